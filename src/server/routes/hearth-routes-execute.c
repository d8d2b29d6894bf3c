/* hearth-routes-execute.c: running a stored workflow by its id
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-reading.h"
#include "hearth-memory.h"
#include "hearth-routes.h"
#include "hearth-run-metadata.h"
#include "hearth-run-stream.h"
#include "hearth-workflow-operations.h"

static HearthRunStreamForm
choose_form (HearthRequest *request)
{
  const char *accept = hearth_request_get_header (request, "Accept");

  if (!hearth_value_get_member_boolean (hearth_request_get_arguments (request), "stream", TRUE))
    return HEARTH_RUN_STREAM_RESULT;
  return accept != NULL && strstr (accept, "text/event-stream") != NULL ? HEARTH_RUN_STREAM_EVENTS : HEARTH_RUN_STREAM_LINES;
}

typedef struct
{
  HearthRequest *request;
  HearthValue *found;
} Execution;

static void
execution_free (Execution *self)
{
  hearth_request_unref (self->request);
  hearth_memory_release_value (self->found);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Execution, execution_free)

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Execution) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = hearth_graph_read_finish (result, &error);
  g_autoptr (HearthValue) metadata = NULL;
  HearthRunRequest run = { .graph = graph, .is_final = TRUE };

  if (graph == NULL)
    {
      hearth_request_reply_failure (self->request, error);
      return;
    }
  run.project_id = hearth_value_get_member_string (self->found, "projectId", NULL);
  run.inputs = hearth_value_get (hearth_request_get_arguments (self->request), "inputs");
  run.metadata = metadata = hearth_run_metadata_new (hearth_value_get (self->found, "workflow"), run.project_id);
  hearth_run_stream_start (self->request, &run, choose_form (self->request));
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  HearthWorkspace *workspace = HEARTH_WORKSPACE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) found = hearth_workspace_finish (workspace, result, &error);
  HearthValue *workflow = hearth_value_get (found, "workflow");
  Execution *self;

  if (found == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  self = g_new0 (Execution, 1);
  self->request = g_steal_pointer (&request);
  self->found = g_steal_pointer (&found);
  hearth_graph_read_async (workflow, HEARTH_GRAPH_STORED, hearth_workspace_get_catalog (workspace), made_cb, self);
}

static void
execute (HearthRequest *request)
{
  hearth_workspace_perform (hearth_request_get_workspace (request), &hearth_operation_find_workflow,
                            hearth_request_get_arguments (request), NULL, found_cb, hearth_request_ref (request));
}

static const HearthBodyField fields[] = {
  { .key = "inputs", .kinds = HEARTH_KIND (OBJECT), .text = "Values for the workflow's own inputs, by key" },
  { .key = "projectId", .kinds = HEARTH_KIND (STRING), .text = "Where it is; without, the shared library and then all projects" },
  { .key = "stream", .kinds = HEARTH_KIND (BOOLEAN), .text = "false: one object at the end instead of every message" },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "POST", .pattern = "/api/workflows/:workflowId/execute", .name = "executeWorkflow",
    .summary = "Runs a stored workflow and answers with its messages as they come",
    .body = HEARTH_BODY_JSON, .limit = HEARTH_MAX_WORKFLOW_BYTES, .fields = fields,
    .handler = execute },
};

const HearthRouteSection hearth_routes_execute = { "Running by id", routes, G_N_ELEMENTS (routes) };
