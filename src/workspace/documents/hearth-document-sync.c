/* hearth-document-sync.c: when somebody else saves or deletes the workflow we have open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-document-private.h"

#include "hearth-graph-diff.h"
#include "hearth-i18n.h"

/* A batch made elsewhere becomes one step of the history, so that either side's work can be had back. */
static void
push_changes (HearthDocument *self,
              GPtrArray      *changes)
{
  HearthEdit *edit = hearth_edit_new (self->graph, _("Changed elsewhere"));
  GPtrArray *recorded = hearth_edit_get_changes (edit);

  hearth_graph_apply (self->graph, changes);
  for (guint i = 0; i < changes->len; i++)
    {
      HearthChange *change = g_ptr_array_index (changes, i);

      g_ptr_array_add (recorded,
                       hearth_change_new (change->kind, change->id, change->index, change->before, change->after));
    }
  hearth_history_push (self->history, edit, NULL);
}

/* FALSE: theirs is not a workflow; then ours stays as it is. */
static gboolean
take_over (HearthDocument *self,
           HearthValue    *theirs)
{
  g_autoptr (HearthGraph) other = hearth_graph_new_from_value (hearth_graph_get_catalog (self->graph), theirs, NULL);
  g_autoptr (GPtrArray) bookkeeping = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  if (other == NULL)
    return FALSE;
  changes = hearth_graph_diff (self->graph, other, &bookkeeping);
  if (bookkeeping->len > 0)
    hearth_graph_apply (self->graph, bookkeeping);
  if (changes->len > 0)
    push_changes (self, changes);
  return TRUE;
}

static void
settle (HearthDocument *self)
{
  self->mark_lied = FALSE;
  hearth_history_mark_saved (self->history);
  _hearth_document_update (self);
}

static gboolean
is_ours (HearthDocument *self,
         const char     *project_id,
         const char     *workflow_id)
{
  return g_strcmp0 (project_id, self->project_id) == 0 && g_strcmp0 (workflow_id, self->workflow_id) == 0;
}

static void
workflow_saved_cb (HearthWorkspace *workspace,
                   const char      *project_id,
                   const char      *workflow_id,
                   HearthValue     *stored,
                   gpointer         origin,
                   HearthDocument  *self)
{
  if (origin == self || !is_ours (self, project_id, workflow_id))
    return;
  if (self->modified)
    {
      g_clear_pointer (&self->theirs, hearth_value_unref);
      self->theirs = hearth_value_ref (stored);
      self->theirs_replaced = FALSE;
      g_signal_emit (self, _hearth_document_signals[HEARTH_DOCUMENT_CONFLICT], 0);
      return;
    }
  if (!take_over (self, stored))
    return;
  settle (self);
  g_signal_emit (self, _hearth_document_signals[HEARTH_DOCUMENT_RELOADED], 0);
}

/* What is on the screen is all there is left, so it counts as not saved. */
static void
workflow_deleted_cb (HearthWorkspace *workspace,
                     const char      *project_id,
                     const char      *workflow_id,
                     HearthDocument  *self)
{
  if (!is_ours (self, project_id, workflow_id))
    return;
  _hearth_workspace_forget_document (workspace, self);
  g_clear_pointer (&self->workflow_id, g_free);
  self->mark_lied = TRUE;
  _hearth_document_update (self);
}

void
_hearth_document_watch_workspace (HearthDocument *self)
{
  g_signal_connect_object (self->workspace, "workflow-saved", G_CALLBACK (workflow_saved_cb), self, 0);
  g_signal_connect_object (self->workspace, "workflow-deleted", G_CALLBACK (workflow_deleted_cb), self, 0);
}

void
hearth_document_take_theirs (HearthDocument *self)
{
  g_autoptr (HearthValue) theirs = NULL;

  g_return_if_fail (HEARTH_IS_DOCUMENT (self));

  theirs = g_steal_pointer (&self->theirs);
  if (theirs == NULL || !take_over (self, theirs))
    return;
  if (!self->theirs_replaced)
    settle (self);
  g_signal_emit (self, _hearth_document_signals[HEARTH_DOCUMENT_RELOADED], 0);
}

void
hearth_document_keep_mine (HearthDocument *self)
{
  g_return_if_fail (HEARTH_IS_DOCUMENT (self));

  g_clear_pointer (&self->theirs, hearth_value_unref);
  /* Undoing back to the old mark would show what is no longer on disk. */
  if (!self->theirs_replaced)
    self->mark_lied = TRUE;
  _hearth_document_update (self);
}
