/* hearth-document-recording.c: runs of one workflow that are recorded or replayed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-document-private.h"

#include "hearth-surroundings.h"

/* One tag for both, since one function ends them. */
static GTask *
make_task (HearthDocument     *self,
           GCancellable       *cancellable,
           GAsyncReadyCallback callback,
           gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, make_task);
  return task;
}

static void
surrounded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HearthDocument *self = g_task_get_source_object (task);
  GError *error = NULL;
  HearthSurroundings *surroundings = hearth_workspace_surroundings_finish (HEARTH_WORKSPACE (source), result, &error);

  if (surroundings == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  _hearth_document_run_in (self, surroundings);
  g_task_return_pointer (task, surroundings, g_object_unref);
}

void
hearth_document_record_async (HearthDocument     *self,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_return_if_fail (HEARTH_IS_DOCUMENT (self));

  hearth_workspace_record_in_project_async (self->workspace, self->project_id, self->title, cancellable, surrounded_cb,
                                            make_task (self, cancellable, callback, user_data));
}

void
hearth_document_replay_async (HearthDocument     *self,
                              const char         *path,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_return_if_fail (HEARTH_IS_DOCUMENT (self));
  g_return_if_fail (path != NULL);

  hearth_workspace_replay_async (self->workspace, path, cancellable, surrounded_cb,
                                 make_task (self, cancellable, callback, user_data));
}

HearthSurroundings *
hearth_document_surroundings_finish (HearthDocument *self,
                                     GAsyncResult   *result,
                                     GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, make_task), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
