/* hearth-routes-runs.c: starting, watching and stopping runs (http-api.md 11)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-event-json.h"
#include "hearth-i18n.h"
#include "hearth-payload.h"
#include "hearth-routes.h"

/* A run that was told to stop does so at once; should a node not listen, nobody waits for it longer. */
#define MAX_INTERRUPT_WAIT_MS 3000

void
hearth_route_get_stats (HearthRequest *request)
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

void
hearth_route_list_executions (HearthRequest *request)
{
  HearthQueue *queue = hearth_workspace_get_queue (hearth_request_get_workspace (request));
  g_autoptr (GPtrArray) running = hearth_queue_list_running (queue);
  g_autoptr (GPtrArray) waiting = hearth_queue_list_waiting (queue);

  hearth_request_reply_json (request, SOUP_STATUS_OK,
                             hearth_value_object ("running", runs_to_json (running),
                                                  "pending", runs_to_json (waiting),
                                                  NULL));
}

void
hearth_route_submit_prompt (HearthRequest *request)
{
  HearthWorkspace *workspace = hearth_request_get_workspace (request);
  HearthValue *body = hearth_request_get_body (request);
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  HearthRunRequest run = { 0 };

  graph = hearth_payload_to_graph (body, hearth_workspace_get_catalog (workspace), &error);
  if (graph == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  run.graph = graph;
  run.mappings = hearth_payload_get_mappings (body);
  run.metadata = hearth_payload_get_metadata (body);
  run.project_id = hearth_value_get_member_string (run.metadata, "projectId", NULL);
  run.preview = hearth_value_get_member_boolean (run.metadata, "isPreviewRun", FALSE);
  id = hearth_workspace_submit (workspace, &run);
  hearth_request_reply_json (request, SOUP_STATUS_OK, hearth_value_object ("promptId", hearth_value_string (id), NULL));
}

static void
reply_no_run (HearthRequest *request,
              const char    *id)
{
  g_autofree char *message = g_strdup_printf (_("There is no run %s, or it is long over."), id);

  hearth_request_reply_error (request, SOUP_STATUS_NOT_FOUND, message);
}

void
hearth_route_get_prompt (HearthRequest *request)
{
  const char *id = hearth_request_get_param (request, "promptId");
  HearthRun *run = hearth_workspace_lookup_run (hearth_request_get_workspace (request), id);

  if (run != NULL)
    hearth_request_reply_json (request, SOUP_STATUS_OK, hearth_run_to_json (run, TRUE));
  else
    reply_no_run (request, id);
}

/* --- interrupt --------------------------------------------------------------------------- */

/* The answer comes when the run has ended, so that a client hears of the end first over its
 * WebSocket. */
typedef struct
{
  HearthRequest *request;
  HearthRun *run;
  gulong finished_id;
  guint timeout_id;
} Interrupt;

static void
interrupt_end (Interrupt *interrupt)
{
  g_signal_handler_disconnect (interrupt->run, interrupt->finished_id);
  g_source_remove (interrupt->timeout_id);
  hearth_request_reply_outcome (interrupt->request, SOUP_STATUS_OK, _("The run was stopped."));
  g_object_unref (interrupt->run);
  hearth_request_unref (interrupt->request);
  g_free (interrupt);
}

static void
run_finished_cb (HearthRun *run,
                 Interrupt *interrupt)
{
  interrupt_end (interrupt);
}

static gboolean
interrupt_timeout_cb (gpointer user_data)
{
  interrupt_end (user_data);
  return G_SOURCE_CONTINUE; /* removed above */
}

static void
wait_for_end (HearthRequest *request,
              HearthRun     *run)
{
  Interrupt *interrupt = g_new0 (Interrupt, 1);

  interrupt->request = hearth_request_ref (request);
  interrupt->run = g_object_ref (run);
  interrupt->finished_id = g_signal_connect_after (run, "finished", G_CALLBACK (run_finished_cb), interrupt);
  interrupt->timeout_id = g_timeout_add (MAX_INTERRUPT_WAIT_MS, interrupt_timeout_cb, interrupt);
}

void
hearth_route_interrupt (HearthRequest *request)
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
  if (run != NULL && !hearth_run_status_is_final (hearth_run_get_status (run)))
    wait_for_end (request, run);
  else
    hearth_request_reply_outcome (request, SOUP_STATUS_OK, _("The run was stopped."));
}
