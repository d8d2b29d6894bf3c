/* hearth-log-line.c: one line in the log of a run (engine.md 15)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-log-line.h"

#include "hearth-id.h"
#include "hearth-json.h"
#include "hearth-step.h"

/* --- lines ------------------------------------------------------------------------------------------ */

typedef struct
{
  GString *out;
  const HearthNote *note;
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
  g_autofree char *time = hearth_time_to_iso (line->note->time_ms);
  g_autoptr (HearthValue) owned = details;

  append_member (line->out, "{\"timestamp\":", time);
  append_member (line->out, ",\"promptId\":", line->note->run->id);
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
  g_autofree char *message = _hearth_log_trim_text (line->note->message != NULL ? line->note->message : "");

  return hearth_value_object ("name", hearth_value_string ("Error"), "message", hearth_value_string (message), NULL);
}

/* --- nodes ------------------------------------------------------------------------------------------- */

static HearthValue *
node_details (Line        *line,
              const char  *key,
              HearthValue *value)
{
  const HearthNote *note = line->note;
  gboolean ended = note->duration_ms > 0;

  return hearth_value_object ("nodeId", hearth_value_string (note->node_id),
                              "nodeType", note->type_id != NULL ? hearth_value_string (note->type_id) : NULL,
                              key, value,
                              ended ? "durationMs" : NULL, ended ? hearth_value_double (note->duration_ms) : NULL,
                              NULL);
}

static HearthValue *
yield_details (Line *line)
{
  const HearthNote *note = line->note;

  return hearth_value_object ("sourceNodeId", hearth_value_string (note->node_id),
                              "chunk", trim_or_null (note->value),
                              "isLast", hearth_value_boolean (note->last),
                              NULL);
}

static void
append_yield (Line       *line,
              const char *event,
              const char *error_event)
{
  g_autofree char *error =
      hearth_value_is (line->note->value, OBJECT) && hearth_chunk_is (line->note->value, "error_chunk")
          ? hearth_chunk_dup_error (line->note->value)
          : NULL;
  g_autofree char *shown = error != NULL ? _hearth_log_trim_text (error) : NULL;

  if (shown == NULL)
    append (line, "DEBUG", event, "A part of a stream", yield_details (line));
  else
    append (line, "ERROR", error_event, "The stream failed",
            hearth_value_object ("sourceNodeId", hearth_value_string (line->note->node_id),
                                 "error", hearth_value_string (shown), NULL));
}

static void
append_retry (Line *line)
{
  append (line, "WARN", "NODE_RETRY", "The node failed and is tried again",
          hearth_value_object ("nodeId", hearth_value_string (line->note->node_id),
                               "attempt", hearth_value_integer (line->note->attempt),
                               "delayMs", hearth_value_integer (line->note->delay_ms),
                               "error", make_error (line),
                               NULL));
}

static void
append_note (Line *line)
{
  g_autofree char *note = _hearth_log_trim_text (line->note->message != NULL ? line->note->message : "");

  append (line, "INFO", "NODE_LOG", note,
          line->note->node_id != NULL
              ? hearth_value_object ("nodeId", hearth_value_string (line->note->node_id), NULL)
              : NULL);
}

/* --- the run ------------------------------------------------------------------------------------------- */

static void
append_start (Line *line)
{
  const HearthOutline *outline = &line->note->run->outline;

  append (line, "INFO", "WORKFLOW_EXECUTION_START", "The run begins",
          hearth_value_object ("nodeCount", hearth_value_integer (outline->n_nodes),
                               "edgeCount", hearth_value_integer (outline->n_edges),
                               "hasInterfaceInputs", hearth_value_boolean (outline->has_inputs),
                               "hasInterfaceOutputs", hearth_value_boolean (outline->has_outputs),
                               NULL));
}

static void
append_end (Line *line)
{
  HearthRunStatus status = line->note->status;

  if (status == HEARTH_RUN_INTERRUPTED)
    append (line, "WARN", "WORKFLOW_INTERRUPTED_SIGNAL", "The run was stopped", hearth_value_empty_object ());
  append (line, status == HEARTH_RUN_COMPLETE ? "INFO" : status == HEARTH_RUN_ERROR ? "ERROR" : "WARN",
          "WORKFLOW_EXECUTION_END", "The run has ended",
          hearth_value_object ("status", hearth_value_string (hearth_run_status_to_string (status)),
                               "durationMs", hearth_value_double (line->note->duration_ms),
                               "error", status != HEARTH_RUN_COMPLETE && line->note->message != NULL ? make_error (line) : NULL,
                               NULL));
}

void
_hearth_log_append (GString          *out,
                    const HearthNote *note)
{
  Line line = { out, note };

  switch (note->kind)
    {
    case HEARTH_EVENT_STATUS:
      if (note->status == HEARTH_RUN_RUNNING)
        append_start (&line);
      else if (hearth_run_status_is_final (note->status))
        append_end (&line);
      break;
    case HEARTH_EVENT_NODE_EXECUTING:
      append (&line, "DEBUG", "NODE_EXECUTION_START", "A node begins", node_details (&line, "inputs", trim_or_null (note->input)));
      break;
    case HEARTH_EVENT_NODE_COMPLETE:
      append (&line, "INFO", "NODE_EXECUTION_COMPLETE", "A node is complete",
              node_details (&line, "output", trim_or_null (note->value)));
      break;
    case HEARTH_EVENT_NODE_BYPASSED:
      append (&line, "INFO", "NODE_BYPASSED", "A node is passed by",
              node_details (&line, "pseudoOutputs", trim_or_null (note->value)));
      break;
    case HEARTH_EVENT_NODE_ERROR:
    case HEARTH_EVENT_NODE_SKIPPED:
      append (&line, "ERROR", "NODE_EXECUTION_ERROR",
              note->kind == HEARTH_EVENT_NODE_ERROR ? "A node failed" : "A node is skipped",
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
