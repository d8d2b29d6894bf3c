/* runs.h: a workspace with its data folder open, and runs in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "await.h"
#include "hearth-graph.h"
#include "hearth-history-operations.h"
#include "hearth-json.h"
#include "hearth-workspace.h"
#include "temporary.h"

typedef struct
{
  Temporary base;
  HearthWorkspace *workspace;
  char *awaited;    /* id of the run that is waited for */
  HearthRun *run;   /* the last one that finished while it was waited for */
  GString *told;    /* what its nodes were told: "a:reused b:ran " */
  guint n_reused, n_ran;
  guint n_finished;
} Runs;

static inline HearthValue *
runs_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  HearthValue *value = hearth_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static inline void
runs_event_cb (const HearthRunEvent *event,
               gpointer              user_data)
{
  Runs *self = user_data;

  if (event->kind != HEARTH_EVENT_NODE_COMPLETE)
    return;
  if (event->reused)
    self->n_reused++;
  else
    self->n_ran++;
  if (self->told->len < 10000)
    g_string_append_printf (self->told, "%s:%s ", event->node_id, event->reused ? "reused" : "ran");
}

static inline void
runs_added_cb (HearthQueue *queue,
               HearthRun   *run,
               Runs        *self)
{
  if (g_strcmp0 (hearth_run_get_id (run), self->awaited) == 0)
    hearth_run_add_observer (run, runs_event_cb, self, NULL);
}

static inline void
runs_finished_cb (HearthQueue *queue,
                  HearthRun   *run,
                  Runs        *self)
{
  self->n_finished++;
  if (g_strcmp0 (hearth_run_get_id (run), self->awaited) == 0)
    g_set_object (&self->run, run);
}

static inline void
runs_open (Runs *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HearthQueue *queue;

  self->workspace = hearth_workspace_new (self->base.path);
  hearth_workspace_open_async (self->workspace, FALSE, NULL, await_cb, &result);
  AWAIT (result != NULL);
  hearth_workspace_open_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  queue = hearth_workspace_get_queue (self->workspace);
  g_signal_connect (queue, "run-added", G_CALLBACK (runs_added_cb), self);
  g_signal_connect (queue, "run-finished", G_CALLBACK (runs_finished_cb), self);
}

static inline void
runs_close (Runs *self)
{
  g_clear_object (&self->run);
  g_assert_finalize_object (self->workspace);
  self->workspace = NULL;
}

/* As if the program had been ended and started again. */
static inline void
runs_reopen (Runs *self)
{
  runs_close (self);
  runs_open (self);
}

static inline void
runs_set_up (Runs         *self,
             gconstpointer data)
{
  temporary_set_up (&self->base, data);
  self->told = g_string_new (NULL);
  runs_open (self);
}

static inline void
runs_tear_down (Runs         *self,
                gconstpointer data)
{
  runs_close (self);
  g_free (self->awaited);
  g_string_free (self->told, TRUE);
  temporary_tear_down (&self->base, data);
}

#define RUNS_TEST(name, function) g_test_add (name, Runs, NULL, runs_set_up, function, runs_tear_down)

static inline HearthGraph *
runs_graph (Runs        *self,
            HearthValue *workflow)
{
  g_autoptr (GError) error = NULL;
  HearthGraph *graph = hearth_graph_new_from_value (hearth_workspace_get_catalog (self->workspace), workflow, &error);

  g_assert_no_error (error);
  return graph;
}

/* Submits and waits for the end; self->run is the run then. */
static inline HearthRun *
runs_run (Runs             *self,
          HearthRunRequest *request)
{
  g_clear_object (&self->run);
  g_string_truncate (self->told, 0);
  self->n_reused = self->n_ran = 0;
  g_free (self->awaited);
  self->awaited = hearth_workspace_submit (self->workspace, request);
  AWAIT (self->run != NULL);
  return self->run;
}

static inline HearthRun *
runs_run_workflow (Runs        *self,
                   HearthValue *workflow)
{
  g_autoptr (HearthGraph) graph = runs_graph (self, workflow);
  HearthRunRequest request = { .graph = graph };
  g_autoptr (HearthValue) metadata =
      hearth_value_object ("workflowId", hearth_value_string ("w"), "workflowName", hearth_value_string ("A test"),
                           "projectId", hearth_value_string ("p"), NULL);

  request.metadata = metadata;
  return runs_run (self, &request);
}

static inline HearthRun *
runs_run_text (Runs       *self,
               const char *text)
{
  g_autoptr (HearthValue) workflow = runs_parse (text);

  return runs_run_workflow (self, workflow);
}

/* Takes the result. */
static inline HearthValue *
runs_ask (Runs                  *self,
          const HearthOperation *operation,
          HearthValue           *arguments)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  HearthValue *answer;

  hearth_workspace_perform (self->workspace, operation, arguments, NULL, await_cb, &result);
  AWAIT (result != NULL);
  answer = hearth_workspace_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  return answer;
}

static inline HearthValue *
runs_read (Runs       *self,
           const char *run_id)
{
  g_autoptr (HearthValue) arguments = hearth_value_object ("promptId", hearth_value_string (run_id), NULL);

  return runs_ask (self, &hearth_operation_read_run, arguments);
}

static inline HearthValue *
runs_list (Runs       *self,
           const char *filter)
{
  g_autoptr (HearthValue) arguments = runs_parse (filter);

  return runs_ask (self, &hearth_operation_list_history, arguments);
}

/* A chain of @n additions: n0 adds 1 to @start, each other 1 to the one before. */
static inline HearthValue *
runs_chain (guint n,
            guint start)
{
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) edges = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *node = g_strdup_printf (
          "{\"id\":\"n%u\",\"type\":\"core:MathOperation\",\"position\":{\"x\":%u,\"y\":0},"
          "\"inputValues\":{\"a\":%u,\"b\":1},\"configValues\":{\"operationMode\":\"add\"}}",
          i, i, start);
      g_autofree char *edge = g_strdup_printf (
          "{\"id\":\"e%u\",\"source\":\"n%d\",\"target\":\"n%u\",\"sourceHandle\":\"result\",\"targetHandle\":\"a\"}", i,
          (int) i - 1, i);

      hearth_builder_add (&nodes, NULL, runs_parse (node));
      if (i > 0)
        hearth_builder_add (&edges, NULL, runs_parse (edge));
    }
  return hearth_value_object ("nodes", hearth_builder_end_array (&nodes), "edges", hearth_builder_end_array (&edges),
                              NULL);
}
