/* hearth-older-json.c: what happens in a run, in the words of earlier versions (websocket.md 14)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-older-json.h"

#include "hearth-json.h"

static HearthValue *
text_or_nothing (const char *text)
{
  return text != NULL ? hearth_value_string (text) : NULL;
}

static HearthValue *
now (void)
{
  return hearth_value_integer (g_get_real_time () / 1000);
}

static HearthValue *
run_status (const HearthRunEvent *event)
{
  HearthRun *run = event->run;
  const char *id = hearth_value_get_member_string (hearth_run_get_metadata (run), "workflowId", hearth_run_get_id (run));
  gint64 started = hearth_run_get_started_ms (run);
  gboolean over = hearth_run_status_is_final (event->status);

  return hearth_value_object ("workflowId", hearth_value_string (id),
                              "status", hearth_value_string (hearth_run_status_to_string (event->status)),
                              "startTime", started > 0 ? hearth_value_integer (started) : NULL,
                              "endTime", over ? now () : NULL,
                              "error", over ? text_or_nothing (event->message) : NULL,
                              NULL);
}

static HearthValue *
node_status (const HearthRunEvent *event,
             const char           *status)
{
  gboolean begins = event->kind == HEARTH_EVENT_NODE_EXECUTING;
  HearthValue *outputs = event->kind == HEARTH_EVENT_NODE_COMPLETE ? event->value : NULL;

  return hearth_value_object ("nodeId", hearth_value_string (event->node_id),
                              "status", hearth_value_string (status),
                              "outputs", hearth_value_ref_or_null (outputs),
                              "error", event->kind == HEARTH_EVENT_NODE_ERROR ? text_or_nothing (event->message) : NULL,
                              "startTime", begins ? now () : NULL,
                              "endTime", begins ? NULL : now (),
                              NULL);
}

static const char *
state_of (HearthRunEventKind kind)
{
  switch ((int) kind)
    {
    case HEARTH_EVENT_NODE_EXECUTING:
      return "run";
    case HEARTH_EVENT_NODE_COMPLETE:
      return "complete";
    case HEARTH_EVENT_NODE_ERROR:
      return "error";
    case HEARTH_EVENT_NODE_SKIPPED:
      return "skipped";
    default:
      return NULL;
    }
}

char *
hearth_event_to_older_json (const HearthRunEvent *event)
{
  g_autoptr (HearthValue) message = NULL;
  const char *state;

  g_return_val_if_fail (event != NULL, NULL);

  state = state_of (event->kind);
  if (event->kind == HEARTH_EVENT_STATUS)
    message = hearth_value_object ("type", hearth_value_string ("workflow_status_update"), "payload", run_status (event), NULL);
  else if (state != NULL && event->node_id != NULL)
    message = hearth_value_object ("type", hearth_value_string ("node_status_update"),
                                   "payload", node_status (event, state), NULL);
  return message != NULL ? hearth_json_print (message) : NULL;
}
