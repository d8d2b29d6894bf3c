/* hearth-event-json.c: what happens in a run, in the words of the WebSocket (websocket.md 5, 6)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-event-json.h"

#include "hearth-json.h"

#define INTERFACE_OUTPUTS_ID "__WORKFLOW_INTERFACE_OUTPUTS__"

static void
append_text (GString    *out,
             const char *prefix, /* the member's name and what stands before it, as it is */
             const char *text)
{
  g_string_append (out, prefix);
  hearth_json_append_string (out, text, -1);
}

static void
append_value (GString           *out,
              const char        *prefix,
              const HearthValue *value)
{
  g_string_append (out, prefix);
  if (value != NULL)
    hearth_json_append (out, value);
  else
    g_string_append (out, "{}");
}

/* What the event tells, or, where @gap is wanted, its place. */
static void
append_content (GString              *out,
                const char           *prefix,
                const HearthRunEvent *event,
                gsize                *gap)
{
  if (gap == NULL)
    {
      append_value (out, prefix, event->value);
      return;
    }
  g_string_append (out, prefix);
  *gap = out->len;
}

static void
begin (GString    *out,
       const char *type,
       HearthRun  *run)
{
  g_string_append (out, "{\"type\":\"");
  g_string_append (out, type);
  append_text (out, "\",\"payload\":{\"promptId\":", hearth_run_get_id (run));
}

static void
end (GString *out)
{
  g_string_append (out, "}}");
}

/* What the frontend does not know it ignores. */
static void
append_usage (GString              *out,
              const HearthRunEvent *event)
{
  if (event->usage != NULL)
    append_value (out, ",\"usage\":", event->usage);
}

static void
append_status (GString              *out,
               const HearthRunEvent *event)
{
  begin (out, "EXECUTION_STATUS_UPDATE", event->run);
  append_text (out, ",\"status\":", hearth_run_status_to_string (event->status));
  if (event->status == HEARTH_RUN_ERROR && event->message != NULL)
    {
      append_text (out, ",\"errorInfo\":{\"message\":", event->message);
      g_string_append_c (out, '}');
    }
  append_usage (out, event);
  end (out);
}

static void
append_node_event (GString              *out,
                   const char           *type,
                   const HearthRunEvent *event)
{
  begin (out, type, event->run);
  append_text (out, ",\"nodeId\":", event->node_id);
}

static void
append_last (GString              *out,
             const HearthRunEvent *event,
             gsize                *gap)
{
  append_content (out, ",\"yieldedContent\":", event, gap);
  g_string_append (out, event->last ? ",\"isLastChunk\":true" : ",\"isLastChunk\":false");
}

/* What the frontend does not know it ignores. */
static void
append_complete (GString              *out,
                 const HearthRunEvent *event,
                 gsize                *gap)
{
  append_node_event (out, "NODE_COMPLETE", event);
  append_content (out, ",\"output\":", event, gap);
  if (event->reused)
    g_string_append (out, ",\"reused\":true");
  if (event->reused && event->origin != NULL)
    append_text (out, ",\"reusedFrom\":", event->origin);
  if (event->why != NULL)
    append_text (out, ",\"why\":", event->why);
  if (event->duration_us > 0)
    {
      g_string_append (out, ",\"durationMs\":");
      hearth_json_append_double (out, (double) event->duration_us / 1000);
    }
  append_usage (out, event);
  end (out);
}

static void
append_retry (GString              *out,
              const HearthRunEvent *event)
{
  append_node_event (out, "NODE_RETRY", event);
  g_string_append_printf (out, ",\"attempt\":%u,\"delayMs\":%u", event->attempt, event->delay_ms);
  append_text (out, ",\"message\":", event->message != NULL ? event->message : "");
  end (out);
}

/* The id has another name here than in every other message of a node. */
static void
append_node_yield (GString              *out,
                   const HearthRunEvent *event,
                   gsize                *gap)
{
  begin (out, "NODE_YIELD", event->run);
  append_text (out, ",\"sourceNodeId\":", event->node_id);
  append_last (out, event, gap);
  end (out);
}

static void
append_interface_yield (GString              *out,
                        const HearthRunEvent *event,
                        gsize                *gap)
{
  begin (out, "WORKFLOW_INTERFACE_YIELD", event->run);
  append_text (out, ",\"interfaceOutputKey\":", event->key);
  if (event->display_name != NULL)
    append_text (out, ",\"interfaceOutputDisplayName\":", event->display_name);
  append_last (out, event, gap);
  end (out);
}

static void
append_node_error (GString              *out,
                   const HearthRunEvent *event)
{
  append_node_event (out, "NODE_ERROR", event);
  append_text (out, ",\"errorDetails\":{\"message\":", event->message ? event->message : "");
  g_string_append_c (out, '}');
  append_usage (out, event);
  end (out);
}

static void
append_interface_outputs (GString              *out,
                          const HearthRunEvent *event,
                          gsize                *gap)
{
  begin (out, "NODE_COMPLETE", event->run);
  append_content (out, ",\"nodeId\":\"" INTERFACE_OUTPUTS_ID "\",\"output\":", event, gap);
  end (out);
}

static gboolean
append_event (GString              *out,
              const HearthRunEvent *event,
              gsize                *gap)
{
  switch (event->kind)
    {
    case HEARTH_EVENT_STATUS:
      append_status (out, event);
      return TRUE;
    case HEARTH_EVENT_NODE_EXECUTING:
      append_node_event (out, "NODE_EXECUTING", event);
      end (out);
      return TRUE;
    case HEARTH_EVENT_NODE_YIELD:
      append_node_yield (out, event, gap);
      return TRUE;
    case HEARTH_EVENT_NODE_COMPLETE:
      append_complete (out, event, gap);
      return TRUE;
    case HEARTH_EVENT_NODE_ERROR:
      append_node_error (out, event);
      return TRUE;
    case HEARTH_EVENT_NODE_BYPASSED:
      append_node_event (out, "NODE_BYPASSED", event);
      append_content (out, ",\"pseudoOutputs\":", event, gap);
      end (out);
      return TRUE;
    case HEARTH_EVENT_INTERFACE_YIELD:
      append_interface_yield (out, event, gap);
      return TRUE;
    case HEARTH_EVENT_INTERFACE_OUTPUTS:
      append_interface_outputs (out, event, gap);
      return TRUE;
    case HEARTH_EVENT_NODE_RETRY:
      append_retry (out, event);
      return TRUE;
    case HEARTH_EVENT_NODE_ASKS:
      append_node_event (out, "NODE_ASKS", event);
      append_content (out, ",\"question\":", event, gap);
      end (out);
      return TRUE;
    case HEARTH_EVENT_NODE_SKIPPED:
    case HEARTH_EVENT_LOG:
    case HEARTH_EVENT_NODE_WAITS:
      return FALSE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
hearth_event_append_json (GString              *out,
                          const HearthRunEvent *event)
{
  g_return_val_if_fail (out != NULL && event != NULL, FALSE);

  return append_event (out, event, NULL);
}

gboolean
hearth_event_append_json_around (GString              *out,
                                 const HearthRunEvent *event,
                                 gsize                *gap)
{
  g_return_val_if_fail (out != NULL && event != NULL && gap != NULL, FALSE);

  *gap = 0;
  return append_event (out, event, gap);
}

void
hearth_message_append_accepted (GString    *out,
                                const char *prompt_id)
{
  g_return_if_fail (out != NULL && prompt_id != NULL);

  append_text (out, "{\"type\":\"PROMPT_ACCEPTED_RESPONSE\",\"payload\":{\"promptId\":", prompt_id);
  end (out);
}

void
hearth_message_append_queue (GString     *out,
                             HearthQueue *queue)
{
  g_return_if_fail (out != NULL && HEARTH_IS_QUEUE (queue));

  g_string_append_printf (out,
                          "{\"type\":\"SYSTEM_QUEUE_UPDATE\",\"payload\":"
                          "{\"runningExecutions\":%u,\"pendingExecutions\":%u}}",
                          hearth_queue_get_n_running (queue), hearth_queue_get_n_waiting (queue));
}

void
hearth_message_append_error (GString    *out,
                             const char *message)
{
  g_return_if_fail (out != NULL && message != NULL);

  append_text (out, "{\"type\":\"error\",\"payload\":{\"message\":", message);
  end (out);
}
