/* hearth-run-json.c: a run as the answer to a question (http-api.md 11.2, 11.5)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-event-json.h"

static const char *
step_state_to_string (HearthStepState state)
{
  switch (state)
    {
    case HEARTH_STEP_WAITING:
    case HEARTH_STEP_READY:
      return "queued";
    case HEARTH_STEP_RUNNING:
      return "running";
    case HEARTH_STEP_DONE:
    case HEARTH_STEP_BYPASSED:
      return "complete";
    case HEARTH_STEP_FAILED:
      return "error";
    case HEARTH_STEP_SKIPPED:
      return "skipped";
    case HEARTH_STEP_CANCELLED:
      return "interrupted";
    default:
      g_return_val_if_reached ("idle");
    }
}

static HearthValue *
message_to_json (const char *message)
{
  return hearth_value_object ("message", hearth_value_string (message), NULL);
}

static HearthValue *
step_to_json (HearthRun  *run,
              const char *node_id)
{
  const char *message = hearth_run_get_step_error (run, node_id);

  return hearth_value_object ("status", hearth_value_string (step_state_to_string (hearth_run_get_step_state (run, node_id))),
                              "output", hearth_value_ref_or_null (hearth_run_get_step_output (run, node_id)),
                              "error", message != NULL ? message_to_json (message) : NULL,
                              NULL);
}

static HearthValue *
steps_to_json (HearthRun *run)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  HearthPlan *plan = hearth_run_get_plan (run);

  for (guint i = 0; plan != NULL && i < hearth_plan_get_n_steps (plan); i++)
    {
      const char *id = hearth_plan_get_step_id (plan, i);

      hearth_builder_add (&out, id, step_to_json (run, id));
    }
  return hearth_builder_end_object (&out);
}

static gint64
submitted_ms (HearthRun *run)
{
  gint64 started = hearth_run_get_started_ms (run);

  return started != 0 ? started : hearth_run_get_submitted_ms (run);
}

static void
add_details (HearthBuilder *out,
             HearthRun     *run)
{
  const char *message = hearth_run_get_message (run);
  double duration = hearth_run_get_duration_ms (run);

  hearth_builder_add (out, "nodeStatus", steps_to_json (run));
  hearth_builder_add (out, "outputs", hearth_value_ref_or_null (hearth_run_get_outputs (run)));
  if (message != NULL)
    hearth_builder_add (out, "errorInfo", message_to_json (message));
  if (!hearth_run_status_is_final (hearth_run_get_status (run)))
    return;
  hearth_builder_add (out, "completedAt", hearth_value_integer (submitted_ms (run) + (gint64) duration));
  hearth_builder_add (out, "durationMs", hearth_value_double (duration));
}

HearthValue *
hearth_run_to_json (HearthRun *run,
                    gboolean   full)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (HEARTH_IS_RUN (run), NULL);

  hearth_builder_add_string (&out, "promptId", hearth_run_get_id (run));
  hearth_builder_add_string (&out, "status", hearth_run_status_to_string (hearth_run_get_status (run)));
  hearth_builder_add (&out, "submittedAt", hearth_value_integer (submitted_ms (run)));
  hearth_builder_add_string (&out, "workflowName",
                             hearth_value_get_member_string (hearth_run_get_metadata (run), "workflowName", NULL));
  if (full)
    add_details (&out, run);
  return hearth_builder_end_object (&out);
}

HearthValue *
hearth_run_to_result (HearthRun *run)
{
  HearthValue *outputs;
  const char *message;

  g_return_val_if_fail (HEARTH_IS_RUN (run), NULL);

  outputs = hearth_run_get_outputs (run);
  message = hearth_run_get_message (run);
  return hearth_value_object ("promptId", hearth_value_string (hearth_run_get_id (run)),
                              "status", hearth_value_string (hearth_run_status_to_string (hearth_run_get_status (run))),
                              "outputs", outputs != NULL ? hearth_value_ref (outputs) : hearth_value_empty_object (),
                              "durationMs", hearth_value_double (hearth_run_get_duration_ms (run)),
                              "error", message != NULL ? hearth_value_string (message) : NULL,
                              NULL);
}
