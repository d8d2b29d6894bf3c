/* test-run-inputs.c: what history and log say that went into each node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "runs.h"

/* Runs an example of tests/workflows, which may call others there, and reads what is remembered of it. */
static HearthValue *
run_example (Runs       *self,
             const char *name)
{
  g_autofree char *directory = g_test_build_filename (G_TEST_DIST, "workflows", NULL);
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (HearthValue) workflow = NULL;
  g_autoptr (HearthGraph) graph = NULL;
  HearthRunRequest request = { .directory = directory };

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  workflow = runs_parse (text);
  request.graph = graph = runs_graph (self, workflow);
  runs_run (self, &request);
  return runs_read (self, hearth_run_get_id (self->run));
}

static HearthValue *
get_node (HearthValue *run,
          const char  *node_id)
{
  return hearth_value_get (hearth_value_get (run, "nodes"), node_id);
}

/* @expected: JSON, or NULL when there is to be none. */
static void
assert_input (HearthValue *run,
              const char  *node_id,
              const char  *expected)
{
  HearthValue *node = get_node (run, node_id);
  HearthValue *input = hearth_value_get (node, "input");
  g_autofree char *text = input != NULL ? hearth_json_print (input) : NULL;

  g_assert_nonnull (node);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_status (HearthValue *run,
               const char  *node_id,
               const char  *expected)
{
  g_assert_cmpstr (hearth_value_get_member_string (get_node (run, node_id), "status", NULL), ==, expected);
}

/* The only log there is. Closes the workspace, so that it is whole. */
static char *
read_log (Runs *self)
{
  g_autofree char *base = g_build_filename (self->base.path, "logs", "executions", NULL);
  g_autoptr (GDir) days = NULL;
  g_autoptr (GDir) files = NULL;
  g_autofree char *day = NULL;
  g_autofree char *path = NULL;
  char *text = NULL;

  runs_reopen (self);
  days = g_dir_open (base, 0, NULL);
  day = g_build_filename (base, g_dir_read_name (days), NULL);
  files = g_dir_open (day, 0, NULL);
  path = g_build_filename (day, g_dir_read_name (files), NULL);
  g_assert_null (g_dir_read_name (files));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
assert_logged (const char *log,
               const char *node_id,
               const char *type_id,
               const char *inputs)
{
  g_autofree char *wanted =
      g_strdup_printf ("{\"nodeId\":\"%s\",\"nodeType\":\"%s\",\"inputs\":%s}", node_id, type_id, inputs);

  g_assert_nonnull (strstr (log, wanted));
}

/* Over wires, from the instance's own values, from defaults of its interface. */
static void
test_group (Runs         *self,
            gconstpointer data)
{
  g_autoptr (HearthValue) run = run_example (self, "node-group.json");
  g_autofree char *log = NULL;

  assert_input (run, "NodeGroup_1/TextMerge_1", "{\"separator\":\"\",\"text_inputs\":[\"Ada\",\"!\"]}");
  assert_input (run, "TextMerge_1", "{\"separator\":\" \",\"text_inputs\":[\"Ada!\"]}");
  assert_input (run, "NodeGroup_2/TextMerge_1", "{\"separator\":\"\",\"text_inputs\":[\"Ada!\",\"?\"]}");
  assert_input (run, "NodeGroup_2", NULL);
  g_assert_cmpstr (hearth_value_get_member_string (get_node (run, "NodeGroup_2"), "type", NULL), ==, "core:NodeGroup");
  log = read_log (self);
  assert_logged (log, "NodeGroup_2/TextMerge_1", "core:TextMerge",
                 "{\"separator\":\"\",\"text_inputs\":[\"Ada!\",\"?\"]}");
  g_assert_nonnull (strstr (log, "\"nodeCount\":5,\"edgeCount\":5,\"hasInterfaceInputs\":true"));
}

/* Each call of a workflow has inputs of its own; one of them fails in the middle. */
static void
test_for_each (Runs         *self,
               gconstpointer data)
{
  g_autoptr (HearthValue) run = run_example (self, "for-each.json");
  g_autofree char *log = NULL;

  assert_input (run, "each", "{\"items\":[\"one\",\"\",\"three\",\"four\",\"five\"],\"shared\":{\"tail\":\"?!\"}}");
  assert_input (run, "each/0/TextMerge_1", "{\"separator\":\"\",\"text_inputs\":[\"one\",\"?!\"]}");
  assert_input (run, "each/4/TextMerge_1", "{\"separator\":\"\",\"text_inputs\":[\"five\",\"?!\"]}");
  assert_status (run, "each/1/Assert_1", "error");
  assert_input (run, "each/1/Assert_1", "{\"value\":\"\"}");
  assert_status (run, "each/1/TextMerge_1", "skipped");
  assert_input (run, "each/1/TextMerge_1", NULL);
  log = read_log (self);
  assert_logged (log, "each/2/TextMerge_1", "core:TextMerge", "{\"separator\":\"\",\"text_inputs\":[\"three\",\"?!\"]}");
}

static void
test_while (Runs         *self,
            gconstpointer data)
{
  g_autoptr (HearthValue) run = run_example (self, "while.json");

  assert_input (run, "thrice/0/MathOperation_1", "{\"a\":2,\"b\":10,\"clamp\":false}");
  assert_input (run, "thrice/2/MathOperation_1", "{\"a\":200,\"b\":10,\"clamp\":false}");
  assert_input (run, "enough/6/MathOperation_1", "{\"a\":64,\"b\":2,\"clamp\":false}");
}

/* A stream that is read chunk by chunk is none of the values; the text of one is. */
static void
test_stream (Runs         *self,
             gconstpointer data)
{
  g_autoptr (HearthValue) run = run_example (self, "stream-chain.json");
  HearthValue *texts = hearth_value_get (hearth_value_get (get_node (run, "m"), "input"), "text_inputs");

  assert_input (run, "r", "{\"inputStream\":{\"$stream\":true},\"suffix\":\"|\"}");
  g_assert_cmpstr (hearth_value_get_string (hearth_value_at (texts, 0), NULL), ==, "日本語 text 😀");
}

static void
test_reused (Runs         *self,
             gconstpointer data)
{
  g_autoptr (HearthValue) first = run_example (self, "node-group.json");
  g_autoptr (HearthValue) again = run_example (self, "node-group.json");

  g_assert_true (hearth_value_get_member_boolean (get_node (again, "NodeGroup_2/TextMerge_1"), "reused", FALSE));
  assert_input (again, "NodeGroup_2/TextMerge_1", "{\"separator\":\"\",\"text_inputs\":[\"Ada!\",\"?\"]}");
}

#define NODE(id, inputs, more) \
  "{\"id\":\"" id "\",\"type\":\"core:MathOperation\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":{" inputs "}," \
  "\"configValues\":{\"operationMode\":\"divide\"}" more "}"
#define EDGE(id, from, to) \
  "{\"id\":\"" id "\",\"source\":\"" from "\",\"target\":\"" to "\",\"sourceHandle\":\"result\",\"targetHandle\":\"a\"}"

/* a fails for what it got; c never got anything; d is passed by with what came; f is not there. */
static void
test_failed (Runs         *self,
             gconstpointer data)
{
  g_autoptr (HearthValue) run = NULL;

  runs_run_text (self, "{\"nodes\":[" NODE ("a", "\"a\":1,\"b\":0", "") "," NODE ("b", "\"a\":8,\"b\":2", "") ","
                       NODE ("c", "\"b\":2", "") "," NODE ("d", "\"b\":3", ",\"bypassed\":true") ","
                       "{\"id\":\"f\",\"type\":\"core:Regex\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":{\"x\":1}}],"
                       "\"edges\":[" EDGE ("e1", "a", "c") "," EDGE ("e2", "b", "d") "]}");
  run = runs_read (self, hearth_run_get_id (self->run));
  assert_status (run, "a", "error");
  assert_input (run, "a", "{\"a\":1,\"b\":0,\"clamp\":false}");
  assert_input (run, "b", "{\"a\":8,\"b\":2,\"clamp\":false}");
  assert_status (run, "c", "skipped");
  assert_input (run, "c", NULL);
  assert_status (run, "d", "bypassed");
  assert_input (run, "d", "{\"a\":4,\"b\":3,\"clamp\":false}");
  assert_status (run, "f", "error");
  assert_input (run, "f", "{\"x\":1}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUNS_TEST ("/run-inputs/group", test_group);
  RUNS_TEST ("/run-inputs/for-each", test_for_each);
  RUNS_TEST ("/run-inputs/while", test_while);
  RUNS_TEST ("/run-inputs/stream", test_stream);
  RUNS_TEST ("/run-inputs/reused", test_reused);
  RUNS_TEST ("/run-inputs/failed", test_failed);
  return g_test_run ();
}
