/* hearth-document-run.c: starts, follows and stops the runs of one workflow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-document-private.h"

#include "hearth-before-run.h"
#include "hearth-id.h"
#include "hearth-policy.h"
#include "hearth-step.h"
#include "hearth-surroundings.h"
#include "hearth-i18n.h"

/* --- following ------------------------------------------------------------------------------ */

static void
gather_text (HearthDocument       *self,
             const HearthRunEvent *event)
{
  const char *text = event->value != NULL ? hearth_chunk_get_text (event->value) : NULL;
  GString *stream;

  if (text == NULL)
    return;
  stream = g_hash_table_lookup (self->streams, event->node_id);
  if (stream == NULL)
    {
      stream = g_string_new (NULL);
      g_hash_table_insert (self->streams, g_strdup (event->node_id), stream);
    }
  g_string_append (stream, text);
}

static void
run_event_cb (const HearthRunEvent *event,
              gpointer              user_data)
{
  HearthDocument *self = user_data;

  if (event->kind == HEARTH_EVENT_NODE_YIELD)
    gather_text (self, event);
  g_signal_emit (self, _hearth_document_signals[HEARTH_DOCUMENT_RUN_EVENT], 0, event);
}

void
_hearth_document_leave_run (HearthDocument *self)
{
  if (self->run == NULL)
    return;
  hearth_run_remove_observer (self->run, self->observer);
  g_clear_object (&self->run);
}

static void
follow (HearthDocument *self,
        HearthRun      *run)
{
  _hearth_document_leave_run (self);
  g_hash_table_remove_all (self->streams);
  self->run = g_object_ref (run);
  /* Who looks at a node wants to see what came out of it. */
  if (hearth_run_get_status (run) == HEARTH_RUN_QUEUED)
    hearth_run_set_keep_outputs (run, TRUE);
  self->observer = hearth_run_add_observer (run, run_event_cb, self, NULL);
  if (g_strcmp0 (self->promised_run, hearth_run_get_id (run)) == 0)
    g_clear_pointer (&self->promised_run, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), _hearth_document_properties[HEARTH_DOCUMENT_PROP_RUN]);
}

static gboolean
is_of_ours (HearthDocument *self,
            HearthRun      *run)
{
  HearthValue *metadata = hearth_run_get_metadata (run);
  const char *workflow_id = hearth_value_get_member_string (metadata, "workflowId", NULL);
  const char *project_id = hearth_value_get_member_string (metadata, "projectId", self->project_id);

  return workflow_id != NULL && g_strcmp0 (workflow_id, _hearth_document_get_future_id (self)) == 0
         && g_strcmp0 (project_id, self->project_id) == 0
         && !hearth_value_get_member_boolean (metadata, "isPreviewRun", FALSE);
}

static void
run_added_cb (HearthQueue    *queue,
              HearthRun      *run,
              HearthDocument *self)
{
  if (is_of_ours (self, run))
    follow (self, run);
}

static void
follow_newest (HearthDocument *self,
               GPtrArray      *runs)
{
  for (guint i = 0; i < runs->len; i++)
    if (is_of_ours (self, g_ptr_array_index (runs, i)))
      follow (self, g_ptr_array_index (runs, i));
}

void
_hearth_document_watch_runs (HearthDocument *self)
{
  HearthQueue *queue = hearth_workspace_get_queue (self->workspace);
  g_autoptr (GPtrArray) running = hearth_queue_list_running (queue);
  g_autoptr (GPtrArray) waiting = hearth_queue_list_waiting (queue);

  g_signal_connect_object (queue, "run-added", G_CALLBACK (run_added_cb), self, 0);
  /* It may have been started in a browser before it was opened here. */
  follow_newest (self, running);
  follow_newest (self, waiting);
}

HearthRun *
hearth_document_get_run (HearthDocument *self)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);

  return self->run;
}

const char *
hearth_document_get_stream_text (HearthDocument *self,
                                 const char     *node_id)
{
  GString *stream;

  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (node_id != NULL, NULL);

  stream = g_hash_table_lookup (self->streams, node_id);
  return stream != NULL ? stream->str : NULL;
}

/* --- starting and stopping --------------------------------------------------------------------- */

/* @surroundings: or NULL. */
static HearthEdit *
prepare_run (HearthDocument     *self,
             HearthSurroundings *surroundings)
{
  HearthEdit *edit = hearth_edit_new (self->graph, _("Prepare run"));

  if (surroundings != NULL)
    hearth_surroundings_prepare (surroundings, edit, self->graph);
  else
    hearth_before_run_apply (edit, self->graph, hearth_chance_get_default ());
  return edit;
}

static HearthValue *
make_metadata (HearthDocument *self)
{
  const char *workflow_id = _hearth_document_get_future_id (self);
  g_autofree char *uuid = hearth_id_new_uuid ();
  g_autofree char *internal_id = g_strconcat ("hearth_", uuid, NULL);

  return hearth_value_object ("internalId", hearth_value_string (internal_id),
                              "workflowId", workflow_id != NULL ? hearth_value_string (workflow_id) : NULL,
                              "workflowName", hearth_value_string (self->title),
                              "projectId", hearth_value_string (self->project_id),
                              NULL);
}

/* With what else is in @request. */
static void
submit (HearthDocument   *self,
        HearthRunRequest *request)
{
  g_autoptr (HearthValue) metadata = make_metadata (self);

  request->graph = self->graph;
  request->metadata = metadata;
  request->project_id = self->project_id;
  g_free (self->promised_run);
  self->promised_run = hearth_workspace_submit (self->workspace, request);
}

static char *
run (HearthDocument    *self,
     HearthRunReuse     reuse,
     const char *const *anew,
     const char *const *only)
{
  HearthRunRequest request = { .reuse = reuse, .anew = anew, .only = only };

  hearth_history_push (self->history, prepare_run (self, NULL), NULL);
  submit (self, &request);
  return g_strdup (self->promised_run);
}

/* A replay only looks back: what nodes changed in themselves at that time, they do not keep. Its plan is made, or its
 * graph copied, when it is submitted. */
void
_hearth_document_run_in (HearthDocument     *self,
                         HearthSurroundings *surroundings)
{
  HearthRunRequest request = { .reuse = HEARTH_RUN_REUSE_NOTHING, .surroundings = surroundings };
  HearthEdit *edit = prepare_run (self, surroundings);
  gboolean is_replay = hearth_surroundings_get_kind (surroundings) == HEARTH_SURROUNDINGS_REPLAYED;

  if (!is_replay)
    hearth_history_push (self->history, edit, NULL);
  submit (self, &request);
  if (is_replay)
    hearth_edit_revert (edit);
}

char *
hearth_document_run (HearthDocument *self)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);

  return run (self, HEARTH_RUN_REUSE_PURE, NULL, NULL);
}

char *
hearth_document_run_from (HearthDocument    *self,
                          const char *const *node_ids)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (node_ids != NULL, NULL);

  return run (self, HEARTH_RUN_REUSE_ALL, node_ids, NULL);
}

char *
hearth_document_run_to (HearthDocument    *self,
                        const char *const *node_ids)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (node_ids != NULL, NULL);

  return run (self, HEARTH_RUN_REUSE_PURE, NULL, node_ids);
}

char *
hearth_document_run_anew (HearthDocument *self)
{
  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);

  return run (self, HEARTH_RUN_REUSE_NOTHING, NULL, NULL);
}

void
hearth_document_stop (HearthDocument *self)
{
  g_return_if_fail (HEARTH_IS_DOCUMENT (self));

  if (self->promised_run != NULL)
    hearth_workspace_cancel (self->workspace, self->promised_run);
  if (self->run != NULL && !hearth_run_status_is_final (hearth_run_get_status (self->run)))
    hearth_workspace_cancel (self->workspace, hearth_run_get_id (self->run));
}

/* --- pins ----------------------------------------------------------------------------------------- */

void
hearth_document_set_pinned (HearthDocument *self,
                            const char     *node_id,
                            HearthValue    *outputs)
{
  HearthEdit *edit;

  g_return_if_fail (HEARTH_IS_DOCUMENT (self));
  g_return_if_fail (node_id != NULL);
  g_return_if_fail (outputs == NULL || hearth_value_is (outputs, OBJECT));

  edit = hearth_edit_new (self->graph, outputs != NULL ? _("Pin outputs") : _("Unpin outputs"));
  hearth_edit_set_config (edit, node_id, HEARTH_PINNED_KEY, outputs);
  hearth_history_push (self->history, edit, NULL);
}

HearthValue *
hearth_document_get_pinned (HearthDocument *self,
                            const char     *node_id)
{
  HearthNode *node;

  g_return_val_if_fail (HEARTH_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (node_id != NULL, NULL);

  node = hearth_graph_get_node (self->graph, node_id);
  return node != NULL ? hearth_value_get_member_kind (node->config, HEARTH_PINNED_KEY, HEARTH_VALUE_OBJECT) : NULL;
}
