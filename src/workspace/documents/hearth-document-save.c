/* hearth-document-save.c: from the graph to the file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-document-private.h"

#include "hearth-graph-diff.h"
#include "hearth-i18n.h"

/* What goes to disk: the graph as it stands, with the list that is computed at every save. */
static HearthValue *
make_whole (HearthDocument *self,
            const char     *name)
{
  g_auto (GStrv) references = hearth_graph_list_references (self->graph);
  g_autoptr (HearthValue) list = hearth_value_strv ((const char *const *) references);
  g_autoptr (HearthValue) title = name != NULL ? hearth_value_string (name) : NULL;
  g_autoptr (HearthValue) bare = hearth_graph_to_value (self->graph);
  g_autoptr (HearthValue) whole = hearth_value_with (bare, "referencedWorkflows", list);

  return title != NULL ? hearth_value_with (whole, "name", title) : g_steal_pointer (&whole);
}

static void
adopt_property (HearthDocument *self,
                const char     *key,
                HearthValue    *sent,
                HearthValue    *stored,
                GPtrArray      *changes)
{
  HearthValue *own = hearth_graph_get_property (self->graph, key);

  if (hearth_value_equal (own, stored))
    return;
  /* The name and the references were made for sending, so they differ from the start. */
  if (hearth_value_equal (own, sent) || g_str_equal (key, "name") || g_str_equal (key, "referencedWorkflows"))
    g_ptr_array_add (changes, hearth_change_new (HEARTH_CHANGE_PROPERTY, key, -1, own, stored));
}

/* The store has filled in times and defaults. They are not the user's edits and no steps of the
 * history; what the user has changed since stays. */
static void
adopt_answer (HearthDocument *self,
              HearthValue    *sent,
              HearthValue    *answer)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);

  for (gsize i = 0; i < hearth_value_get_length (answer); i++)
    if (hearth_graph_is_property (hearth_value_key_at (answer, i)))
      adopt_property (self, hearth_value_key_at (answer, i), hearth_value_get (sent, hearth_value_key_at (answer, i)),
                      hearth_value_member_at (answer, i), changes);
  if (changes->len > 0)
    hearth_graph_apply (self->graph, changes);
}

static void
set_workflow_id (HearthDocument *self,
                 const char     *id)
{
  if (g_strcmp0 (self->workflow_id, id) == 0)
    return;
  _hearth_workspace_forget_document (self->workspace, self);
  g_free (self->workflow_id);
  self->workflow_id = g_strdup (id);
  _hearth_workspace_remember_document (self->workspace, self);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  HearthDocument *self = g_task_get_source_object (task);
  HearthValue *sent = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  self->saving = FALSE;
  if (answer != NULL)
    {
      set_workflow_id (self, hearth_value_get_member_string (answer, "id", NULL));
      self->mark_lied = FALSE;
      self->theirs_replaced = self->theirs != NULL;
      adopt_answer (self, sent, answer);
    }
  else
    self->mark_lied = TRUE;
  _hearth_document_update (self);
  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
check_save (HearthDocument *self,
            const char     *name,
            GTask          *task)
{
  const char *known = hearth_graph_get_name (self->graph);

  if (self->saving)
    g_task_return_new_error (task, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO,
                             _("“%s” is being saved already. Wait a moment, then save again."), self->title);
  else if ((name == NULL || *name == '\0') && (known == NULL || *known == '\0'))
    g_task_return_new_error (task, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                             _("A new workflow needs a name. Give it one and save again."));
  else
    return TRUE;
  return FALSE;
}

void
hearth_document_save_async (HearthDocument     *self,
                            const char         *name,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task;
  HearthValue *whole;

  g_return_if_fail (HEARTH_IS_DOCUMENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hearth_document_save_async);
  if (!check_save (self, name, task))
    {
      g_object_unref (task);
      return;
    }
  whole = make_whole (self, name != NULL && *name != '\0' ? name : NULL);
  g_task_set_task_data (task, whole, (GDestroyNotify) hearth_value_unref);
  self->saving = TRUE;
  /* The mark belongs to the state that is sent; edits made meanwhile come behind it. If the disk
   * refuses, the mark lies and is not believed until a save succeeds. */
  hearth_history_mark_saved (self->history);
  _hearth_document_update (self);
  if (self->workflow_id != NULL)
    _hearth_workspace_save_whole (self->workspace, self->project_id, self->workflow_id, whole, self, NULL, saved_cb,
                                  task);
  else
    hearth_workspace_save_workflow (self->workspace, self->project_id, NULL, whole, self, NULL, saved_cb, task);
}

gboolean
hearth_document_save_finish (HearthDocument *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
