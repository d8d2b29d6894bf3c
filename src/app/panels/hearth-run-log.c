/* hearth-run-log.c: what the newest run of a document told: lines, times, results as they arrive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-run-log-private.h"

#include "hearth-display.h"

enum
{
  RUN_CHANGED,
  NODE_CHANGED,
  OUTPUT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthRunLog, hearth_run_log, G_TYPE_OBJECT)

static void
free_text (gpointer data)
{
  g_string_free (data, TRUE);
}

static void
add_output_chunk (HearthRunLog         *self,
                  const HearthRunEvent *event)
{
  const char *text = NULL;
  GString *all;

  if (g_strcmp0 (hearth_value_get_member_string (event->value, "type", NULL), "text_chunk") == 0)
    text = hearth_value_get_member_string (event->value, "content", NULL);
  if (text == NULL || event->key == NULL)
    return;

  all = g_hash_table_lookup (self->outputs, event->key);
  if (all == NULL)
    {
      all = g_string_new (NULL);
      g_hash_table_insert (self->outputs, g_strdup (event->key), all);
    }
  g_string_append (all, text);
  g_signal_emit (self, signals[OUTPUT_CHANGED], 0, event->key, text);
}

static void
announce_outputs (HearthRunLog *self,
                  HearthValue  *outputs)
{
  if (!hearth_value_is (outputs, OBJECT))
    return;
  for (gsize i = 0; i < hearth_value_get_length (outputs); i++)
    g_signal_emit (self, signals[OUTPUT_CHANGED], 0, hearth_value_key_at (outputs, i), NULL);
}

static HearthNodeTrace *
get_trace (HearthRunLog *self,
           const char   *node_id)
{
  HearthNodeTrace *trace = g_hash_table_lookup (self->traces, node_id);

  if (trace == NULL)
    {
      trace = hearth_node_trace_new ();
      g_hash_table_insert (self->traces, g_strdup (node_id), trace);
    }
  return trace;
}

static void
handle_event (HearthRunLog         *self,
              const HearthRunEvent *event)
{
  HearthNodeTrace *trace = event->node_id != NULL ? get_trace (self, event->node_id) : NULL;

  if (trace != NULL)
    hearth_node_trace_add (trace, event);
  if (event->kind == HEARTH_EVENT_NODE_ERROR && self->failed_node == NULL)
    self->failed_node = g_strdup (event->node_id);
  _hearth_run_log_tell (self, event, trace);
  switch (event->kind)
    {
    case HEARTH_EVENT_STATUS:
      g_signal_emit (self, signals[RUN_CHANGED], 0);
      break;
    case HEARTH_EVENT_INTERFACE_YIELD:
      add_output_chunk (self, event);
      break;
    case HEARTH_EVENT_INTERFACE_OUTPUTS:
      announce_outputs (self, event->value);
      break;
    default:
      if (event->node_id != NULL)
        g_signal_emit (self, signals[NODE_CHANGED], 0, event->node_id);
      break;
    }
}

static void
run_event_cb (HearthDocument *document,
              gpointer        event,
              HearthRunLog   *self)
{
  const HearthRunEvent *run_event = event;

  g_assert (HEARTH_IS_RUN_LOG (self));

  if (run_event->run == self->run)
    handle_event (self, run_event);
}

static void
run_cb (HearthRunLog *self)
{
  HearthRun *run = hearth_document_get_run (self->document);

  g_assert (HEARTH_IS_RUN_LOG (self));

  if (!g_set_object (&self->run, run))
    return;
  g_list_store_remove_all (self->lines);
  g_hash_table_remove_all (self->outputs);
  g_hash_table_remove_all (self->traces);
  g_clear_pointer (&self->failed_node, g_free);
  g_signal_emit (self, signals[RUN_CHANGED], 0);
}

static void
hearth_run_log_finalize (GObject *object)
{
  HearthRunLog *self = HEARTH_RUN_LOG (object);

  g_clear_object (&self->document);
  g_clear_object (&self->run);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->outputs, g_hash_table_unref);
  g_clear_pointer (&self->traces, g_hash_table_unref);
  g_clear_pointer (&self->failed_node, g_free);

  G_OBJECT_CLASS (hearth_run_log_parent_class)->finalize (object);
}

static void
hearth_run_log_class_init (HearthRunLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_run_log_finalize;

  signals[RUN_CHANGED] = g_signal_new ("run-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  signals[NODE_CHANGED] = g_signal_new ("node-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OUTPUT_CHANGED] = g_signal_new ("output-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
hearth_run_log_init (HearthRunLog *self)
{
  self->lines = g_list_store_new (HEARTH_TYPE_RUN_LINE);
  self->outputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_text);
  self->traces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, hearth_node_trace_free);
}

/* --- public ------------------------------------------------------------------------------- */

HearthRunLog *
hearth_run_log_new (HearthDocument *document)
{
  HearthRunLog *self;

  g_return_val_if_fail (HEARTH_IS_DOCUMENT (document), NULL);

  self = g_object_new (HEARTH_TYPE_RUN_LOG, NULL);
  self->document = g_object_ref (document);
  g_signal_connect_object (document, "run-event", G_CALLBACK (run_event_cb), self, 0);
  g_signal_connect_object (document, "notify::run", G_CALLBACK (run_cb), self, G_CONNECT_SWAPPED);
  run_cb (self);
  return self;
}

GListModel *
hearth_run_log_get_lines (HearthRunLog *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN_LOG (self), NULL);

  return G_LIST_MODEL (self->lines);
}

HearthRun *
hearth_run_log_get_run (HearthRunLog *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN_LOG (self), NULL);

  return self->run;
}

gboolean
hearth_run_log_is_busy (HearthRunLog *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN_LOG (self), FALSE);

  return self->run != NULL && !hearth_run_status_is_final (hearth_run_get_status (self->run));
}

const HearthNodeTrace *
hearth_run_log_get_trace (HearthRunLog *self,
                          const char   *node_id)
{
  g_return_val_if_fail (HEARTH_IS_RUN_LOG (self), NULL);
  g_return_val_if_fail (node_id != NULL, NULL);

  return g_hash_table_lookup (self->traces, node_id);
}

double
hearth_run_log_get_node_ms (HearthRunLog *self,
                            const char   *node_id)
{
  const HearthNodeTrace *trace = hearth_run_log_get_trace (self, node_id);

  return trace != NULL ? hearth_node_trace_get_ms (trace) : -1;
}

const char *
hearth_run_log_get_failed_node (HearthRunLog *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN_LOG (self), NULL);

  return self->failed_node;
}

char *
hearth_run_log_dup_output (HearthRunLog *self,
                           const char   *key)
{
  GString *streamed;
  HearthValue *value;

  g_return_val_if_fail (HEARTH_IS_RUN_LOG (self), NULL);

  if (self->run == NULL)
    return NULL;
  streamed = g_hash_table_lookup (self->outputs, key);
  if (streamed != NULL)
    return g_strndup (streamed->str, streamed->len);
  value = hearth_value_get (hearth_run_get_outputs (self->run), key);
  return value != NULL ? hearth_display_value (value) : NULL;
}
