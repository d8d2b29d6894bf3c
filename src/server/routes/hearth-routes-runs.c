/* hearth-routes-runs.c: starting, watching and stopping runs (http-api.md 11)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-event-json.h"
#include "hearth-graph-reading.h"
#include "hearth-i18n.h"
#include "hearth-payload.h"
#include "hearth-routes.h"

/* Runs begin and stop at once; should a disk or a node be slow, nobody waits longer (a page gives up
 * after 5 s). */
#define MAX_WAIT_MS 3000

static void
get_stats (HearthRequest *request)
{
  HearthQueue *queue = hearth_workspace_get_queue (hearth_request_get_workspace (request));

  hearth_request_reply_json (request, SOUP_STATUS_OK,
                             hearth_value_object ("maxConcurrentWorkflows", hearth_value_integer (hearth_queue_get_limit (queue)),
                                                  "runningExecutions", hearth_value_integer (hearth_queue_get_n_running (queue)),
                                                  "pendingExecutions", hearth_value_integer (hearth_queue_get_n_waiting (queue)),
                                                  NULL));
}

static HearthValue *
runs_to_json (GPtrArray *runs)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < runs->len; i++)
    hearth_builder_add (&out, NULL, hearth_run_to_json (g_ptr_array_index (runs, i), FALSE));
  return hearth_builder_end_array (&out);
}

static void
list_executions (HearthRequest *request)
{
  HearthQueue *queue = hearth_workspace_get_queue (hearth_request_get_workspace (request));
  g_autoptr (GPtrArray) running = hearth_queue_list_running (queue);
  g_autoptr (GPtrArray) waiting = hearth_queue_list_waiting (queue);

  hearth_request_reply_json (request, SOUP_STATUS_OK,
                             hearth_value_object ("running", runs_to_json (running),
                                                  "pending", runs_to_json (waiting),
                                                  NULL));
}

/* --- answers that wait for the queue -------------------------------------------------------- */

/* One request that waits until the queue says @signal of the run @id. */
typedef struct
{
  HearthRequest *request;
  HearthQueue *queue;
  char *id;
  void (*reply) (HearthRequest *request, const char *id);
  gulong handler;
  guint timeout_id;
} Wait;

static void
wait_end (Wait *wait)
{
  g_signal_handler_disconnect (wait->queue, wait->handler);
  g_source_remove (wait->timeout_id);
  wait->reply (wait->request, wait->id);
  g_object_unref (wait->queue);
  hearth_request_unref (wait->request);
  g_free (wait->id);
  g_free (wait);
}

static void
queue_told_cb (HearthQueue *queue,
               HearthRun   *run,
               Wait        *wait)
{
  if (g_str_equal (hearth_run_get_id (run), wait->id))
    wait_end (wait);
}

static gboolean
wait_timeout_cb (gpointer user_data)
{
  wait_end (user_data);
  return G_SOURCE_CONTINUE; /* removed above */
}

static void
wait_for (HearthRequest *request,
          const char    *signal,
          const char    *id,
          void         (*reply) (HearthRequest *, const char *))
{
  Wait *wait = g_new0 (Wait, 1);

  wait->request = hearth_request_ref (request);
  wait->queue = g_object_ref (hearth_workspace_get_queue (hearth_request_get_workspace (request)));
  wait->id = g_strdup (id);
  wait->reply = reply;
  wait->handler = g_signal_connect_after (wait->queue, signal, G_CALLBACK (queue_told_cb), wait);
  wait->timeout_id = g_timeout_add (MAX_WAIT_MS, wait_timeout_cb, wait);
}

/* --- start ------------------------------------------------------------------------------------ */

static void
reply_submitted (HearthRequest *request,
                 const char    *id)
{
  hearth_request_reply_json (request, SOUP_STATUS_OK, hearth_value_object ("promptId", hearth_value_string (id), NULL));
}

/* Answered when the run can be asked for: a client that polls must not be told it does not exist. */
static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  HearthWorkspace *workspace = hearth_request_get_workspace (request);
  HearthValue *body = hearth_request_get_body (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = hearth_graph_read_finish (result, &error);
  g_autofree char *id = NULL;
  HearthRunRequest run = { 0 };

  if (graph == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  run.graph = graph;
  run.is_final = TRUE;
  run.mappings = hearth_payload_get_mappings (body);
  run.metadata = hearth_payload_get_metadata (body);
  run.project_id = hearth_value_get_member_string (run.metadata, "projectId", NULL);
  run.preview = hearth_value_get_member_boolean (run.metadata, "isPreviewRun", FALSE);
  id = hearth_workspace_submit (workspace, &run);
  if (hearth_workspace_lookup_run (workspace, id) != NULL)
    reply_submitted (request, id);
  else
    wait_for (request, "run-added", id, reply_submitted);
}

static void
submit_prompt (HearthRequest *request)
{
  hearth_graph_read_async (hearth_request_get_body (request), HEARTH_GRAPH_PAYLOAD,
                           hearth_workspace_get_catalog (hearth_request_get_workspace (request)), made_cb,
                           hearth_request_ref (request));
}

/* --- stop -------------------------------------------------------------------------------------- */

static void
reply_stopped (HearthRequest *request,
               const char    *id)
{
  hearth_request_reply_outcome (request, SOUP_STATUS_OK, _("The run was stopped."));
}

/* Answered when the run has ended: its client is to hear of the end over its WebSocket first. */
static void
interrupt (HearthRequest *request)
{
  HearthWorkspace *workspace = hearth_request_get_workspace (request);
  const char *id = hearth_request_get_param (request, "promptId");
  HearthRun *run;

  if (!hearth_workspace_cancel (workspace, id))
    {
      hearth_request_reply_outcome (request, SOUP_STATUS_NOT_FOUND,
                                    _("This run neither runs nor waits; it may have ended already."));
      return;
    }
  run = hearth_workspace_lookup_run (workspace, id);
  if (run != NULL && hearth_run_status_is_final (hearth_run_get_status (run)))
    reply_stopped (request, id);
  else
    wait_for (request, "run-finished", id, reply_stopped);
}

/* --- the table ---------------------------------------------------------------------------- */

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/system_stats", .name = "getStats",
    .summary = "How many runs there are and may be",
    .handler = get_stats },
  { .method = "GET", .pattern = "/api/executions", .name = "listExecutions",
    .summary = "Running and waiting runs",
    .handler = list_executions },
  { .method = "POST", .pattern = "/api/prompt", .name = "submitPrompt",
    .summary = "Starts a run", .body = HEARTH_BODY_JSON, .limit = HEARTH_MAX_WORKFLOW_BYTES,
    .handler = submit_prompt },
  { .method = "DELETE", .pattern = "/api/interrupt/:promptId", .name = "interrupt",
    .summary = "Stops a run",
    .handler = interrupt },
};

const HearthRouteSection hearth_routes_runs = { "Runs", routes, G_N_ELEMENTS (routes) };
