/* hearth-routes-history.c: runs that are over, the queue as a whole, and answers to what a run asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-event-json.h"
#include "hearth-history-operations.h"
#include "hearth-routes.h"
#include "hearth-i18n.h"

/* --- one run, as the older address tells it (http-api.md 11.5) -------------------------------- */

/* A node that was passed by counts as complete there. */
static HearthValue *
step_to_json (HearthValue *step)
{
  const char *status = hearth_value_get_member_string (step, "status", "");

  return hearth_value_object ("status", hearth_value_string (g_str_equal (status, "bypassed") ? "complete" : status),
                              "output", hearth_value_ref_or_null (hearth_value_get (step, "output")),
                              "error", hearth_value_ref_or_null (hearth_value_get (step, "error")),
                              "usage", hearth_value_ref_or_null (hearth_value_get (step, "usage")),
                              NULL);
}

static HearthValue *
steps_to_json (HearthValue *steps)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (steps); i++)
    hearth_builder_add (&out, hearth_value_key_at (steps, i), step_to_json (hearth_value_member_at (steps, i)));
  return hearth_builder_end_object (&out);
}

static HearthValue *
record_to_json (HearthValue *record)
{
  static const char *const kept[] = {
    "promptId", "status", "submittedAt", "workflowName", "outputs", "errorInfo", "completedAt", "durationMs", "usage",
  };
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    hearth_builder_add (&out, kept[i], hearth_value_ref_or_null (hearth_value_get (record, kept[i])));
  hearth_builder_add (&out, "nodeStatus", steps_to_json (hearth_value_get (record, "nodes")));
  return hearth_builder_end_object (&out);
}

/* The run lets go of what its nodes gave out when nobody in it needs it; the record still has it. */
static HearthValue *
fill_step (HearthValue *step,
           HearthValue *record)
{
  HearthValue *output = hearth_value_get (record, "output");
  HearthValue *usage = hearth_value_get (record, "usage");
  g_autoptr (HearthValue) filled = NULL;

  filled = output != NULL && hearth_value_get (step, "output") == NULL ? hearth_value_with (step, "output", output)
                                                                       : hearth_value_ref (step);
  return usage != NULL ? hearth_value_with (filled, "usage", usage) : g_steal_pointer (&filled);
}

static HearthValue *
make_questions (HearthRun *run)
{
  g_auto (GStrv) ids = hearth_run_list_asking (run);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (char **id = ids; ids != NULL && *id != NULL; id++)
    hearth_builder_add (&out, *id, hearth_value_ref_or_null (hearth_run_get_question (run, *id)));
  return ids != NULL && *ids != NULL ? hearth_builder_end_object (&out) : NULL;
}

static HearthValue *
run_to_json (HearthRun   *run,
             HearthValue *record)
{
  g_autoptr (HearthValue) live = hearth_run_to_json (run, TRUE);
  HearthValue *steps = hearth_value_get (live, "nodeStatus");
  HearthValue *records = hearth_value_get (record, "nodes");
  g_auto (HearthBuilder) filled = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (steps); i++)
    {
      const char *id = hearth_value_key_at (steps, i);

      hearth_builder_add (&filled, id, fill_step (hearth_value_member_at (steps, i), hearth_value_get (records, id)));
    }
  for (gsize i = 0; i < hearth_value_get_length (live); i++)
    {
      const char *key = hearth_value_key_at (live, i);

      hearth_builder_add (&out, key,
                          g_str_equal (key, "nodeStatus") ? hearth_builder_end_object (&filled)
                                                          : hearth_value_ref (hearth_value_member_at (live, i)));
    }
  hearth_builder_add (&out, "usage", hearth_value_ref_or_null (hearth_value_get (record, "usage")));
  hearth_builder_add (&out, "asks", make_questions (run));
  return hearth_builder_end_object (&out);
}

/* The run went on while its record was read. */
static gboolean
is_behind (HearthValue *record,
           HearthRun   *run)
{
  return !g_str_equal (hearth_value_get_member_string (record, "status", ""),
                       hearth_run_status_to_string (hearth_run_get_status (run)));
}

/* Without a record it is a preview, or the history could not be opened: then what is in memory counts. */
static void
reply_live (HearthRequest *request,
            HearthRun     *run)
{
  g_autofree char *message = NULL;

  if (run != NULL)
    {
      hearth_request_reply_json (request, SOUP_STATUS_OK, hearth_run_to_json (run, TRUE));
      return;
    }
  message = g_strdup_printf (_("There is no run %s, or it is long over."), hearth_request_get_param (request, "promptId"));
  hearth_request_reply_error (request, SOUP_STATUS_NOT_FOUND, message);
}

static void read_prompt (HearthRequest *request);

static void
prompt_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  HearthWorkspace *workspace = HEARTH_WORKSPACE (source);
  g_autoptr (HearthValue) record = hearth_workspace_finish (workspace, result, NULL);
  HearthRun *run = hearth_workspace_lookup_run (workspace, hearth_request_get_param (request, "promptId"));

  if (record == NULL)
    reply_live (request, run);
  else if (run != NULL && is_behind (record, run))
    read_prompt (request);
  else
    hearth_request_reply_json (request, SOUP_STATUS_OK, run != NULL ? run_to_json (run, record) : record_to_json (record));
}

static void
read_prompt (HearthRequest *request)
{
  hearth_workspace_perform (hearth_request_get_workspace (request), &hearth_operation_read_run,
                            hearth_request_get_arguments (request), NULL, prompt_read_cb, hearth_request_ref (request));
}

/* --- the queue -------------------------------------------------------------------------------------- */

static void
set_paused (HearthRequest *request,
            gboolean       paused)
{
  HearthQueue *queue = hearth_workspace_get_queue (hearth_request_get_workspace (request));

  hearth_queue_set_paused (queue, paused);
  hearth_request_reply_json (request, SOUP_STATUS_OK,
                             hearth_value_object ("paused", hearth_value_boolean (hearth_queue_is_paused (queue)),
                                                  "runningExecutions", hearth_value_integer (hearth_queue_get_n_running (queue)),
                                                  "pendingExecutions", hearth_value_integer (hearth_queue_get_n_waiting (queue)),
                                                  NULL));
}

static void
pause_queue (HearthRequest *request)
{
  set_paused (request, TRUE);
}

static void
resume_queue (HearthRequest *request)
{
  set_paused (request, FALSE);
}

/* --- answers ----------------------------------------------------------------------------------------- */

/* {"nodeId", "answer"}, or {"nodeId", "refuse": true}. */
static void
answer_prompt (HearthRequest *request)
{
  HearthValue *body = hearth_request_get_body (request);
  const char *node_id = hearth_value_get_member_string (body, "nodeId", NULL);
  HearthValue *answer = hearth_value_get (body, "answer");
  gboolean refuse = hearth_value_get_member_boolean (body, "refuse", FALSE);
  HearthRun *run;

  if ((answer != NULL) == refuse)
    {
      hearth_request_reply_error (request, SOUP_STATUS_BAD_REQUEST,
                                  _("Send “nodeId” and either “answer”, or “refuse” as true."));
      return;
    }
  run = hearth_workspace_lookup_run (hearth_request_get_workspace (request), hearth_request_get_param (request, "promptId"));
  if (run != NULL && hearth_run_answer (run, node_id, refuse ? NULL : answer))
    hearth_request_reply_outcome (request, SOUP_STATUS_OK, _("The run goes on."));
  else
    hearth_request_reply_outcome (request, SOUP_STATUS_NOT_FOUND,
                                  _("No such node of this run asks anything now; it may have been answered already."));
}

/* --- the table ---------------------------------------------------------------------------- */

static const HearthBodyField answer_fields[] = {
  { .key = "nodeId", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1 },
  { .key = "answer", .kinds = HEARTH_KINDS_ANY, .text = "What the person says" },
  { .key = "refuse", .kinds = HEARTH_KIND (BOOLEAN), .text = "Instead of an answer" },
  { .key = NULL },
};

static const HearthBodyField list_query[] = {
  { .key = "status", .kinds = HEARTH_KIND (STRING), .text = "complete, error, interrupted, running or queued" },
  { .key = "project", .kinds = HEARTH_KIND (STRING), .text = "The id of a project" },
  { .key = "workflow", .kinds = HEARTH_KIND (STRING), .text = "The id of a workflow" },
  { .key = "q", .kinds = HEARTH_KIND (STRING), .text = "Somewhere in the workflow's name or the message" },
  { .key = "page", .kinds = HEARTH_KIND (INTEGER), .minimum = 1, .maximum = 1000000 },
  { .key = "limit", .kinds = HEARTH_KIND (INTEGER), .minimum = 1, .maximum = 500, .text = "Runs on a page; 50 without" },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/prompt/:promptId", .name = "readPrompt",
    .summary = "A run and its results, also long after it ended",
    .handler = read_prompt },
  { .method = "POST", .pattern = "/api/prompt/:promptId/answer", .name = "answerPrompt",
    .summary = "Answers a node that asks, or refuses to",
    .body = HEARTH_BODY_JSON, .limit = HEARTH_MAX_WORKFLOW_BYTES, .fields = answer_fields,
    .handler = answer_prompt },
  { .method = "POST", .pattern = "/api/queue/pause", .name = "pauseQueue",
    .summary = "Starts no waiting run until the queue is resumed", .body = HEARTH_BODY_JSON,
    .handler = pause_queue },
  { .method = "POST", .pattern = "/api/queue/resume", .name = "resumeQueue",
    .summary = "Lets waiting runs start again", .body = HEARTH_BODY_JSON,
    .handler = resume_queue },
  { .method = "GET", .pattern = "/api/history", .name = "listHistory",
    .summary = "Runs, newest first", .query = list_query,
    .operation = &hearth_operation_list_history },
  { .method = "GET", .pattern = "/api/history/:promptId", .name = "readHistory",
    .summary = "One of them, node by node",
    .operation = &hearth_operation_read_run },
  { .method = "GET", .pattern = "/api/history/:promptId/values/:ref", .name = "readHistoryValue",
    .summary = "A value too large to stand in the run",
    .operation = &hearth_operation_read_value },
};

const HearthRouteSection hearth_routes_history = { "History", routes, G_N_ELEMENTS (routes) };
