/* hearth-log-line.c: one line in the log of a run (engine.md 15)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-log-line.h"

#include "hearth-id.h"
#include "hearth-json.h"
#include "hearth-step.h"

HearthLogEntry *
_hearth_log_entry_new (const HearthRunEvent *event)
{
  HearthLogEntry *self = g_new0 (HearthLogEntry, 1);

  self->kind = event->kind;
  self->status = event->status;
  self->time_ms = hearth_time_now_ms ();
  self->node_id = g_strdup (event->kind == HEARTH_EVENT_INTERFACE_YIELD ? event->key : event->node_id);
  self->value = hearth_value_ref_or_null (event->value);
  self->message = g_strdup (event->message);
  self->last = event->last;
  self->attempt = event->attempt;
  self->delay_ms = event->delay_ms;
  self->duration_ms = event->kind == HEARTH_EVENT_STATUS ? hearth_run_get_duration_ms (event->run)
                                                         : (double) event->duration_us / 1000;
  return self;
}

void
_hearth_log_entry_free (HearthLogEntry *self)
{
  g_clear_pointer (&self->value, hearth_value_unref);
  g_free (self->node_id);
  g_free (self->message);
  g_free (self);
}

/* --- lines ------------------------------------------------------------------------------------------ */

typedef struct
{
  GString *out;
  const char *run_id;
  HearthSnapshot *snapshot;
  GHashTable *outputs;
  const HearthLogEntry *entry;
} Line;

static void
append_member (GString    *out,
               const char *prefix, /* the member's name and what stands before it, as it is */
               const char *text)
{
  g_string_append (out, prefix);
  hearth_json_append_string (out, text, -1);
}

/* Takes @details. Written without an object in between: there are two lines for every node that runs. */
static void
append (Line        *line,
        const char  *level,
        const char  *event,
        const char  *message,
        HearthValue *details)
{
  g_autofree char *time = hearth_time_to_iso (line->entry->time_ms);
  g_autoptr (HearthValue) owned = details;

  append_member (line->out, "{\"timestamp\":", time);
  append_member (line->out, ",\"promptId\":", line->run_id);
  append_member (line->out, ",\"level\":", level);
  append_member (line->out, ",\"event\":", event);
  append_member (line->out, ",\"message\":", message);
  if (owned != NULL)
    {
      g_string_append (line->out, ",\"details\":");
      hearth_json_append (line->out, owned);
    }
  g_string_append (line->out, "}\n");
}

static HearthValue *
trim_or_null (HearthValue *value)
{
  return value != NULL ? _hearth_log_trim (value) : NULL;
}

static HearthValue *
make_error (Line *line)
{
  g_autofree char *message = _hearth_log_trim_text (line->entry->message != NULL ? line->entry->message : "");

  return hearth_value_object ("name", hearth_value_string ("Error"), "message", hearth_value_string (message), NULL);
}

/* --- nodes ------------------------------------------------------------------------------------------- */

static HearthValue *
make_type (Line *line)
{
  g_autofree char *type =
      line->snapshot != NULL ? _hearth_snapshot_dup_type (line->snapshot, line->entry->node_id) : NULL;

  return type != NULL ? hearth_value_string (type) : NULL;
}

static HearthValue *
lookup_output (const char *node_id,
               gpointer    user_data)
{
  Line *line = user_data;

  return g_hash_table_lookup (line->outputs, node_id);
}

static HearthValue *
make_inputs (Line *line)
{
  g_autoptr (HearthValue) inputs =
      line->snapshot != NULL ? _hearth_snapshot_dup_inputs (line->snapshot, line->entry->node_id) : NULL;
  g_autoptr (HearthValue) resolved = inputs != NULL ? _hearth_inputs_resolve (inputs, lookup_output, line) : NULL;

  return trim_or_null (resolved);
}

static HearthValue *
node_details (Line        *line,
              const char  *key,
              HearthValue *value)
{
  gboolean ended = line->entry->duration_ms > 0;

  return hearth_value_object ("nodeId", hearth_value_string (line->entry->node_id),
                              "nodeType", make_type (line),
                              key, value,
                              ended ? "durationMs" : NULL, ended ? hearth_value_double (line->entry->duration_ms) : NULL,
                              NULL);
}

static HearthValue *
keep_output (Line *line)
{
  HearthValue *output = trim_or_null (line->entry->value);

  if (output != NULL)
    g_hash_table_replace (line->outputs, g_strdup (line->entry->node_id), hearth_value_ref (output));
  return output;
}

static HearthValue *
yield_details (Line *line)
{
  const HearthLogEntry *entry = line->entry;

  return hearth_value_object ("sourceNodeId", hearth_value_string (entry->node_id),
                              "chunk", trim_or_null (entry->value),
                              "isLast", hearth_value_boolean (entry->last),
                              NULL);
}

static void
append_yield (Line       *line,
              const char *event,
              const char *error_event)
{
  g_autofree char *error =
      hearth_value_is (line->entry->value, OBJECT) && hearth_chunk_is (line->entry->value, "error_chunk")
          ? hearth_chunk_dup_error (line->entry->value)
          : NULL;
  g_autofree char *shown = error != NULL ? _hearth_log_trim_text (error) : NULL;

  if (shown == NULL)
    append (line, "DEBUG", event, "A part of a stream", yield_details (line));
  else
    append (line, "ERROR", error_event, "The stream failed",
            hearth_value_object ("sourceNodeId", hearth_value_string (line->entry->node_id),
                                 "error", hearth_value_string (shown), NULL));
}

static void
append_retry (Line *line)
{
  append (line, "WARN", "NODE_RETRY", "The node failed and is tried again",
          hearth_value_object ("nodeId", hearth_value_string (line->entry->node_id),
                               "attempt", hearth_value_integer (line->entry->attempt),
                               "delayMs", hearth_value_integer (line->entry->delay_ms),
                               "error", make_error (line),
                               NULL));
}

static void
append_note (Line *line)
{
  g_autofree char *note = _hearth_log_trim_text (line->entry->message != NULL ? line->entry->message : "");

  append (line, "INFO", "NODE_LOG", note,
          line->entry->node_id != NULL
              ? hearth_value_object ("nodeId", hearth_value_string (line->entry->node_id), NULL)
              : NULL);
}

/* --- the run ------------------------------------------------------------------------------------------- */

static gsize
count (HearthValue *workflow,
       const char  *key)
{
  HearthValue *list = hearth_value_get_member_kind (workflow, key, HEARTH_VALUE_ARRAY);

  return list != NULL ? hearth_value_get_length (list) : 0;
}

static HearthValue *
has_members (HearthValue *workflow,
             const char  *key)
{
  HearthValue *object = hearth_value_get_member_kind (workflow, key, HEARTH_VALUE_OBJECT);

  return hearth_value_boolean (object != NULL && hearth_value_get_length (object) > 0);
}

static void
append_start (Line *line)
{
  HearthValue *workflow = line->snapshot != NULL ? _hearth_snapshot_get_workflow (line->snapshot) : NULL;

  append (line, "INFO", "WORKFLOW_EXECUTION_START", "The run begins",
          hearth_value_object ("nodeCount", hearth_value_integer ((gint64) count (workflow, "nodes")),
                               "edgeCount", hearth_value_integer ((gint64) count (workflow, "edges")),
                               "hasInterfaceInputs", has_members (workflow, "interfaceInputs"),
                               "hasInterfaceOutputs", has_members (workflow, "interfaceOutputs"),
                               NULL));
}

static void
append_end (Line *line)
{
  HearthRunStatus status = line->entry->status;

  if (status == HEARTH_RUN_INTERRUPTED)
    append (line, "WARN", "WORKFLOW_INTERRUPTED_SIGNAL", "The run was stopped", hearth_value_empty_object ());
  append (line, status == HEARTH_RUN_COMPLETE ? "INFO" : status == HEARTH_RUN_ERROR ? "ERROR" : "WARN",
          "WORKFLOW_EXECUTION_END", "The run has ended",
          hearth_value_object ("status", hearth_value_string (hearth_run_status_to_string (status)),
                               "durationMs", hearth_value_double (line->entry->duration_ms),
                               "error", status != HEARTH_RUN_COMPLETE && line->entry->message != NULL ? make_error (line) : NULL,
                               NULL));
}

void
_hearth_log_append (GString              *out,
                    const char           *run_id,
                    HearthSnapshot       *snapshot,
                    GHashTable           *outputs,
                    const HearthLogEntry *entry)
{
  Line line = { out, run_id, snapshot, outputs, entry };

  switch (entry->kind)
    {
    case HEARTH_EVENT_STATUS:
      if (entry->status == HEARTH_RUN_RUNNING)
        append_start (&line);
      else if (hearth_run_status_is_final (entry->status))
        append_end (&line);
      break;
    case HEARTH_EVENT_NODE_EXECUTING:
      append (&line, "DEBUG", "NODE_EXECUTION_START", "A node begins", node_details (&line, "inputs", make_inputs (&line)));
      break;
    case HEARTH_EVENT_NODE_COMPLETE:
      append (&line, "INFO", "NODE_EXECUTION_COMPLETE", "A node is complete",
              node_details (&line, "output", keep_output (&line)));
      break;
    case HEARTH_EVENT_NODE_BYPASSED:
      append (&line, "INFO", "NODE_BYPASSED", "A node is passed by",
              node_details (&line, "pseudoOutputs", keep_output (&line)));
      break;
    case HEARTH_EVENT_NODE_ERROR:
    case HEARTH_EVENT_NODE_SKIPPED:
      append (&line, "ERROR", "NODE_EXECUTION_ERROR",
              entry->kind == HEARTH_EVENT_NODE_ERROR ? "A node failed" : "A node is skipped",
              node_details (&line, "error", make_error (&line)));
      break;
    case HEARTH_EVENT_NODE_YIELD:
      append_yield (&line, "NODE_YIELD", "NODE_YIELD_ERROR");
      break;
    case HEARTH_EVENT_INTERFACE_YIELD:
      append_yield (&line, "INTERFACE_YIELD", "INTERFACE_YIELD_ERROR");
      break;
    case HEARTH_EVENT_NODE_RETRY:
      append_retry (&line);
      break;
    case HEARTH_EVENT_LOG:
      append_note (&line);
      break;
    default:
      break;
    }
}
