/* hearth-workspace-files.c: files opened and read on a worker thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-file-operations.h"

#include "hearth-json.h"
#include "hearth-workspace-private.h"

/* --- open files ------------------------------------------------------------------------------ */

static gpointer
open_file_work (HearthJob *job,
                GError   **error)
{
  return job->more_text != NULL ? hearth_open_file_new_beneath (job->more_text, job->text, error)
                                : hearth_open_file_new (job->storage->dir, job->text, error);
}

void
hearth_workspace_open_file (HearthWorkspace    *self,
                            const char         *root,
                            const char         *path,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (path != NULL);

  job = _hearth_job_new (self, open_file_work, hearth_workspace_open_file, cancellable, callback, user_data);
  job->free_answer = (GDestroyNotify) hearth_open_file_free;
  job->text = g_strdup (path);
  job->more_text = g_strdup (root);
  _hearth_job_push (job, self->helper_pool);
}

HearthOpenFile *
hearth_workspace_open_file_finish (HearthWorkspace *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- files as text ------------------------------------------------------------------------------ */

void
hearth_file_text_free (HearthFileText *self)
{
  g_return_if_fail (self != NULL);

  g_bytes_unref (self->bytes);
  g_free (self);
}

static HearthFileText *
make_text (const char *type,
           GBytes     *bytes) /* taken */
{
  HearthFileText *self = g_new0 (HearthFileText, 1);

  self->bytes = bytes;
  self->type = type;
  return self;
}

/* Objects and arrays as they are in the file, other values as their text (http-api.md 13.3). */
static HearthFileText *
judge (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (HearthValue) value = length > 0 ? hearth_json_parse (text, (gssize) length, NULL) : NULL;
  char *plain;

  if (length == 0 || hearth_value_is (value, NULL))
    return make_text (NULL, g_bytes_new (NULL, 0));
  if (value == NULL)
    return make_text ("text/plain;charset=utf-8", g_bytes_ref (bytes));
  if (hearth_value_is (value, OBJECT) || hearth_value_is (value, ARRAY))
    return make_text ("application/json", g_bytes_ref (bytes));
  plain = hearth_value_to_text (value);
  return make_text ("text/plain;charset=utf-8", g_bytes_new_take (plain, strlen (plain)));
}

static gpointer
read_text_work (HearthJob *job,
                GError   **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) bytes = hearth_file_store_read (job->storage->dir, job->text, &reason);

  if (bytes == NULL && g_error_matches (reason, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND))
    bytes = g_bytes_new (NULL, 0);
  if (bytes != NULL)
    return judge (bytes);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

void
hearth_workspace_read_text (HearthWorkspace    *self,
                            const char         *path,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (path != NULL);

  job = _hearth_job_new (self, read_text_work, hearth_workspace_read_text, cancellable, callback, user_data);
  job->free_answer = (GDestroyNotify) hearth_file_text_free;
  job->text = g_strdup (path);
  _hearth_job_push (job, self->helper_pool);
}

HearthFileText *
hearth_workspace_read_text_finish (HearthWorkspace *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
