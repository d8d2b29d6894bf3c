/* hearth-run-log.c: what the newest run of a document told: lines, times, results as they arrive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-run-log.h"

#include "hearth-display.h"
#include "hearth-node-trace.h"

#include "hearth-i18n.h"

/* Older lines make room: a node may log a line per chunk. */
#define MAX_LINES 2000

struct _HearthRunLog
{
  GObject         parent_instance;

  /* owned */
  HearthDocument *document;
  HearthRun      *run;
  GListStore     *lines;
  GHashTable     *outputs; /* key -> GString: streamed text */
  GHashTable     *traces;  /* node id -> HearthNodeTrace */
  char           *failed_node;
};

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
add_line (HearthRunLog  *self,
          HearthLogTone  tone,
          const char    *node_id,
          const char    *text)
{
  g_autoptr (HearthRunLine) line = hearth_run_line_new (tone, node_id, text);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->lines)) >= MAX_LINES)
    g_list_store_splice (self->lines, 0, MAX_LINES / 10, NULL, 0);
  g_list_store_append (self->lines, line);
}

/* What the user sees on the card; inside a group only the id is known. */
static const char *
get_node_title (HearthRunLog *self,
                const char   *node_id)
{
  HearthNode *node = hearth_graph_get_node (hearth_document_get_graph (self->document), node_id);

  return node != NULL ? hearth_node_get_title (node) : node_id;
}

static void G_GNUC_PRINTF (4, 5)
add_node_line (HearthRunLog  *self,
               HearthLogTone  tone,
               const char    *node_id,
               const char    *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  add_line (self, tone, node_id, text);
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
complete_node (HearthRunLog          *self,
               const HearthNodeTrace *trace,
               const char            *node_id)
{
  const char *title = get_node_title (self, node_id);
  g_autofree char *duration = hearth_display_duration (MAX (0, hearth_node_trace_get_ms (trace)));

  if (trace->reused)
    /* Translators: a node did not run, because an earlier result could be used; its title, and why */
    add_node_line (self, HEARTH_LOG_QUIET, node_id, _("%s: reused (%s)"), title, trace->why != NULL ? trace->why : "");
  else if (trace->why != NULL)
    /* Translators: a node is done; its title, how long it took, why it ran */
    add_node_line (self, HEARTH_LOG_PLAIN, node_id, _("%s: done in %s (%s)"), title, duration, trace->why);
  else
    /* Translators: a node is done; its title, and how long it took */
    add_node_line (self, HEARTH_LOG_PLAIN, node_id, _("%s: done in %s"), title, duration);
}

static void
fail_node (HearthRunLog         *self,
           const HearthRunEvent *event)
{
  g_autofree char *text = hearth_display_error (hearth_document_get_graph (self->document), event->message);

  if (self->failed_node == NULL)
    self->failed_node = g_strdup (event->node_id);
  add_node_line (self, HEARTH_LOG_BAD, event->node_id, "%s: %s", get_node_title (self, event->node_id),
                 text != NULL ? text : "");
}

static void
retry_node (HearthRunLog         *self,
            const HearthRunEvent *event)
{
  g_autofree char *wait = hearth_display_duration (event->delay_ms);

  /* Translators: title of a node, why it failed, which try comes, how long until then */
  add_node_line (self, HEARTH_LOG_QUIET, event->node_id, _("%s: %s Try %u in %s"),
                 get_node_title (self, event->node_id), event->message != NULL ? event->message : "", event->attempt,
                 wait);
}

static void
add_status_line (HearthRunLog         *self,
                 const HearthRunEvent *event)
{
  g_autofree char *duration = hearth_display_duration (hearth_run_get_duration_ms (event->run));
  g_autofree char *error = hearth_display_error (hearth_document_get_graph (self->document), event->message);
  g_autofree char *text = NULL;

  switch (event->status)
    {
    case HEARTH_RUN_QUEUED:
      add_line (self, HEARTH_LOG_QUIET, NULL, _("The run waits for its turn"));
      break;
    case HEARTH_RUN_RUNNING:
      add_line (self, HEARTH_LOG_PLAIN, NULL, _("The run begins"));
      break;
    case HEARTH_RUN_COMPLETE:
      text = g_strdup_printf (_("The run is complete, in %s"), duration);
      add_line (self, HEARTH_LOG_GOOD, NULL, text);
      break;
    case HEARTH_RUN_ERROR:
      text = g_strdup_printf (_("The run failed: %s"), error != NULL ? error : "");
      add_line (self, HEARTH_LOG_BAD, NULL, text);
      break;
    case HEARTH_RUN_INTERRUPTED:
      text = g_strdup_printf (_("The run was stopped after %s"), duration);
      add_line (self, HEARTH_LOG_PLAIN, NULL, text);
      break;
    default:
      g_assert_not_reached ();
    }
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

static void
handle_event (HearthRunLog         *self,
              const HearthRunEvent *event)
{
  if (event->node_id != NULL)
    hearth_node_trace_add (get_trace (self, event->node_id), event);
  switch (event->kind)
    {
    case HEARTH_EVENT_STATUS:
      add_status_line (self, event);
      g_signal_emit (self, signals[RUN_CHANGED], 0);
      return;
    case HEARTH_EVENT_INTERFACE_YIELD:
      add_output_chunk (self, event);
      return;
    case HEARTH_EVENT_INTERFACE_OUTPUTS:
      announce_outputs (self, event->value);
      return;
    case HEARTH_EVENT_NODE_COMPLETE:
      complete_node (self, get_trace (self, event->node_id), event->node_id);
      break;
    case HEARTH_EVENT_NODE_RETRY:
      retry_node (self, event);
      break;
    case HEARTH_EVENT_NODE_ASKS:
      add_node_line (self, HEARTH_LOG_PLAIN, event->node_id, _("%s: waits for your answer"),
                     get_node_title (self, event->node_id));
      break;
    case HEARTH_EVENT_NODE_ERROR:
      fail_node (self, event);
      break;
    case HEARTH_EVENT_NODE_BYPASSED:
      add_node_line (self, HEARTH_LOG_QUIET, event->node_id, _("%s: passed through, because it is muted"),
                     get_node_title (self, event->node_id));
      break;
    case HEARTH_EVENT_NODE_SKIPPED:
      add_node_line (self, HEARTH_LOG_QUIET, event->node_id, _("%s: skipped. %s"),
                     get_node_title (self, event->node_id), event->message != NULL ? event->message : "");
      break;
    case HEARTH_EVENT_LOG:
      add_node_line (self, HEARTH_LOG_QUIET, event->node_id, "%s: %s", get_node_title (self, event->node_id),
                     event->message != NULL ? event->message : "");
      break;
    case HEARTH_EVENT_NODE_EXECUTING:
    case HEARTH_EVENT_NODE_YIELD:
      break;
    default:
      g_assert_not_reached ();
    }
  if (event->node_id != NULL)
    g_signal_emit (self, signals[NODE_CHANGED], 0, event->node_id);
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
