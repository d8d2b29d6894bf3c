/* test-run-history.c: what is remembered of a run, and what its log shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "runs.h"

#include "hearth-log-line.h"
#include "hearth-run-logger.h"

/* a: 1 + 2; b: divides by 0; c: takes from b; d: passed by */
#define MIXED \
  "{\"nodes\":[" \
  "{\"id\":\"a\",\"type\":\"core:MathOperation\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":{\"a\":1,\"b\":2}," \
  "\"configValues\":{\"operationMode\":\"add\"}}," \
  "{\"id\":\"b\",\"type\":\"core:MathOperation\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":{\"b\":0}," \
  "\"configValues\":{\"operationMode\":\"divide\"}}," \
  "{\"id\":\"c\",\"type\":\"core:MathOperation\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":{\"b\":2}," \
  "\"configValues\":{\"operationMode\":\"add\"}}]," \
  "\"edges\":[" \
  "{\"id\":\"e1\",\"source\":\"a\",\"target\":\"b\",\"sourceHandle\":\"result\",\"targetHandle\":\"a\"}," \
  "{\"id\":\"e2\",\"source\":\"b\",\"target\":\"c\",\"sourceHandle\":\"result\",\"targetHandle\":\"a\"}]}"

#define SLOW \
  "{\"nodes\":[{\"id\":\"s\",\"type\":\"core:TextStream\",\"position\":{\"x\":0,\"y\":0}," \
  "\"inputValues\":{\"text\":\"abcdefghij\",\"chunkSize\":1,\"delayMs\":200}}],\"edges\":[]}"

static HearthValue *
get_node (HearthValue *run,
          const char  *node_id)
{
  return hearth_value_get (hearth_value_get (run, "nodes"), node_id);
}

static const char *
get_status (HearthValue *value)
{
  return hearth_value_get_member_string (value, "status", NULL);
}

static void
test_nodes (Runs         *self,
            gconstpointer data)
{
  g_autoptr (HearthValue) run = NULL;
  g_autofree char *id = g_strdup (hearth_run_get_id (runs_run_text (self, MIXED)));
  HearthValue *a, *b, *c;

  for (int round = 0; round < 2; round++)
    {
      g_clear_pointer (&run, hearth_value_unref);
      run = runs_read (self, id);
      g_assert_cmpstr (get_status (run), ==, "error");
      g_assert_cmpstr (hearth_value_get_member_string (run, "workflowName", NULL), ==, "A test");
      g_assert_cmpint (hearth_value_get_member_integer (run, "completedAt", 0), >=,
                       hearth_value_get_member_integer (run, "submittedAt", 0));
      a = get_node (run, "a");
      b = get_node (run, "b");
      c = get_node (run, "c");
      g_assert_cmpstr (get_status (a), ==, "complete");
      g_assert_cmpstr (hearth_value_get_member_string (a, "type", NULL), ==, "core:MathOperation");
      g_assert_cmpint (hearth_value_get_member_integer (hearth_value_get (a, "output"), "result", 0), ==, 3);
      g_assert_cmpint (hearth_value_get_member_integer (hearth_value_get (a, "input"), "b", 0), ==, 2);
      g_assert_cmpint (hearth_value_get_member_integer (a, "tries", 0), ==, 1);
      g_assert_cmpstr (get_status (b), ==, "error");
      g_assert_cmpint (hearth_value_get_member_integer (hearth_value_get (b, "input"), "a", 0), ==, 3);
      g_assert_nonnull (hearth_value_get_member_string (hearth_value_get (b, "error"), "message", NULL));
      g_assert_cmpstr (get_status (c), ==, "skipped");
      g_assert_null (hearth_value_get (c, "input"));
      runs_reopen (self);
    }
}

static void
test_list (Runs         *self,
           gconstpointer data)
{
  g_autoptr (HearthValue) all = NULL;
  g_autoptr (HearthValue) none = NULL;

  runs_run_text (self, MIXED);
  runs_run_text (self, MIXED);
  all = runs_list (self, "{\"project\":\"p\",\"status\":\"error\",\"q\":\"test\"}");
  g_assert_cmpint (hearth_value_get_member_integer (all, "total", 0), ==, 2);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (hearth_value_get (all, "items"), 0), "promptId", NULL), ==,
                   hearth_run_get_id (self->run));
  none = runs_list (self, "{\"status\":\"complete\"}");
  g_assert_cmpint (hearth_value_get_member_integer (none, "total", -1), ==, 0);
}

static void
test_large_value (Runs         *self,
                  gconstpointer data)
{
  g_autofree char *text = g_strnfill (200000, 't');
  g_autofree char *workflow = g_strdup_printf (
      "{\"nodes\":[{\"id\":\"m\",\"type\":\"core:TextMerge\",\"position\":{\"x\":0,\"y\":0},"
      "\"inputValues\":{\"text_inputs\":[\"%s\",\"end\"]}}],\"edges\":[]}",
      text);
  g_autoptr (HearthValue) run = NULL;
  g_autoptr (HearthValue) value = NULL;
  g_autoptr (HearthValue) arguments = NULL;
  const char *reference;

  runs_run_text (self, workflow);
  run = runs_read (self, hearth_run_get_id (self->run));
  reference = hearth_value_get_member_string (hearth_value_get (hearth_value_get (get_node (run, "m"), "output"), "merged_text"),
                                              "$value", NULL);
  g_assert_nonnull (reference);
  arguments = hearth_value_object ("promptId", hearth_value_string (hearth_run_get_id (self->run)),
                                   "ref", hearth_value_string (reference), NULL);
  value = runs_ask (self, &hearth_operation_read_value, arguments);
  g_assert_cmpuint (strlen (hearth_value_get_string (value, NULL)), >, 200000);
}

static void
test_preview (Runs         *self,
              gconstpointer data)
{
  g_autoptr (HearthValue) workflow = runs_parse (MIXED);
  g_autoptr (HearthGraph) graph = runs_graph (self, workflow);
  g_autoptr (HearthValue) metadata = runs_parse ("{\"isPreviewRun\":true,\"internalId\":\"i\"}");
  HearthRunRequest request = { .graph = graph, .metadata = metadata, .preview = TRUE };
  g_autofree char *logs = g_build_filename (self->base.path, "logs", "executions", NULL);
  g_autoptr (HearthValue) list = NULL;
  g_autoptr (GDir) folder = NULL;

  runs_run (self, &request);
  list = runs_list (self, "{\"status\":\"\"}");
  g_assert_cmpint (hearth_value_get_member_integer (list, "total", -1), ==, 0);
  runs_reopen (self);
  folder = g_dir_open (logs, 0, NULL);
  g_assert_null (folder != NULL ? g_dir_read_name (folder) : NULL);
}

/* A run can be looked at while it goes on; what it leaves when the program ends is not "running". */
static void
test_unfinished (Runs         *self,
                 gconstpointer data)
{
  g_autoptr (HearthValue) workflow = runs_parse (SLOW);
  HearthGraph *graph = runs_graph (self, workflow);
  HearthRunRequest request = { .graph = graph };
  g_autofree char *id = hearth_workspace_submit (self->workspace, &request);
  g_autoptr (HearthValue) before = NULL;
  g_autoptr (HearthValue) after = NULL;

  g_object_unref (graph);
  AWAIT (hearth_workspace_lookup_run (self->workspace, id) != NULL
         && hearth_run_get_step_state (hearth_workspace_lookup_run (self->workspace, id), "s") == HEARTH_STEP_RUNNING);
  before = runs_read (self, id);
  g_assert_cmpstr (get_status (before), ==, "running");
  hearth_workspace_cancel (self->workspace, id);
  AWAIT (self->n_finished == 1);
  after = runs_read (self, id);
  g_assert_cmpstr (get_status (after), ==, "interrupted");
  g_assert_nonnull (get_node (after, "s"));
}

static void
test_many (Runs         *self,
           gconstpointer data)
{
  g_autoptr (HearthValue) workflow = runs_chain (3, 1);
  g_autoptr (HearthGraph) graph = runs_graph (self, workflow);
  HearthRunRequest request = { .graph = graph, .reuse = HEARTH_RUN_REUSE_NOTHING };
  const guint n = g_test_slow () ? 20000 : 5000;
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (HearthValue) list = NULL;
  g_autoptr (HearthValue) run = NULL;
  double seconds;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = hearth_workspace_submit (self->workspace, &request);

      g_assert_nonnull (id);
    }
  AWAIT (self->n_finished == n);
  seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  g_test_message ("%u runs of three nodes in %.2f s", n, seconds);
  list = runs_list (self, "{\"limit\":1,\"status\":\"complete\"}");
  g_assert_cmpint (hearth_value_get_member_integer (list, "total", 0), ==, n);
  run = runs_read (self, hearth_value_get_member_string (hearth_value_at (hearth_value_get (list, "items"), 0), "promptId", ""));
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (run, "nodes")), ==, 3);
}

/* --- logs -------------------------------------------------------------------------------------------- */

/* All logs there are, one after the other. */
static char *
read_logs (Runs  *self,
           guint *n_files)
{
  g_autofree char *base = g_build_filename (self->base.path, "logs", "executions", NULL);
  g_autoptr (GDir) days = g_dir_open (base, 0, NULL);
  GString *all = g_string_new (NULL);
  const char *day;

  *n_files = 0;
  while (days != NULL && (day = g_dir_read_name (days)) != NULL)
    {
      g_autofree char *path = g_build_filename (base, day, NULL);
      g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
      const char *name;

      while ((name = g_dir_read_name (folder)) != NULL)
        {
          g_autofree char *file = g_build_filename (path, name, NULL);
          g_autofree char *text = NULL;

          g_assert_true (g_regex_match_simple ("^execution-[\\w-]{21}-\\d\\d-\\d\\d-\\d\\d\\.log$", name, 0, 0));
          g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
          g_string_append (all, text);
          ++*n_files;
        }
    }
  return g_string_free (all, FALSE);
}

static char *
list_events (const char *log)
{
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);
  GString *events = g_string_new (NULL);

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      g_autoptr (HearthValue) entry = runs_parse (*line);

      g_assert_true (g_str_has_suffix (hearth_value_get_member_string (entry, "timestamp", ""), "Z"));
      g_string_append_printf (events, "%s:%s ", hearth_value_get_member_string (entry, "level", ""),
                              hearth_value_get_member_string (entry, "event", ""));
    }
  return g_string_free (events, FALSE);
}

static void
test_log (Runs         *self,
          gconstpointer data)
{
  g_autofree char *log = NULL;
  g_autofree char *events = NULL;
  guint n_files;

  runs_run_text (self, MIXED);
  runs_reopen (self);
  log = read_logs (self, &n_files);
  events = list_events (log);
  g_assert_cmpuint (n_files, ==, 1);
  g_assert_true (g_str_has_prefix (events, "INFO:WORKFLOW_EXECUTION_START DEBUG:NODE_EXECUTION_START "
                                           "INFO:NODE_EXECUTION_COMPLETE "));
  g_assert_true (g_str_has_suffix (events, "ERROR:WORKFLOW_EXECUTION_END "));
  g_assert_nonnull (strstr (log, "\"nodeCount\":3,\"edgeCount\":2"));
  g_assert_nonnull (strstr (log, "\"nodeId\":\"b\",\"nodeType\":\"core:MathOperation\",\"inputs\":{\"a\":3,\"b\":0,\"clamp\":false}"));
  g_assert_nonnull (strstr (log, "\"nodeId\":\"c\",\"nodeType\":\"core:MathOperation\",\"error\""));
}

/* Runs at the same time keep to their own files, and each file has its end. */
static void
test_log_of_each (Runs         *self,
                  gconstpointer data)
{
  g_autoptr (HearthValue) workflow = runs_parse (SLOW);
  g_autoptr (HearthGraph) graph = runs_graph (self, workflow);
  HearthRunRequest request = { .graph = graph };
  g_autofree char *log = NULL;
  g_autofree char *events = NULL;
  guint n_files;
  gsize n_ends = 0;

  for (guint i = 0; i < 8; i++)
    g_free (hearth_workspace_submit (self->workspace, &request));
  AWAIT (hearth_queue_get_n_waiting (hearth_workspace_get_queue (self->workspace)) == 3);
  hearth_queue_cancel_all (hearth_workspace_get_queue (self->workspace));
  AWAIT (self->n_finished == 8);
  runs_reopen (self);
  log = read_logs (self, &n_files);
  g_assert_cmpuint (n_files, ==, 8);
  events = list_events (log);
  for (const char *at = events; (at = strstr (at, "WARN:WORKFLOW_INTERRUPTED_SIGNAL WARN:WORKFLOW_EXECUTION_END")) != NULL; at++)
    n_ends++;
  g_assert_cmpuint (n_ends, ==, 8);
}

#define CANARY "sk-canary0123456789abcdef"

/* A key in an input, deep in an object, in JSON that is text, and in what a node gives out. */
static void
test_log_secrets (Runs         *self,
                  gconstpointer data)
{
  g_autofree char *log = NULL;
  guint n_files;

  runs_run_text (self,
                 "{\"nodes\":[{\"id\":\"m\",\"type\":\"core:TextMerge\",\"position\":{\"x\":0,\"y\":0},"
                 "\"inputValues\":{\"api_key\":\"" CANARY "\",\"headers\":{\"Authorization\":\"Bearer " CANARY "\"},"
                 "\"max_tokens\":4096,\"deep\":[{\"a\":{\"X-Api-Key\":\"" CANARY "\"}}],"
                 "\"text_inputs\":[\"{\\\"api_key\\\": \\\"" CANARY "\\\"}\",\"key " CANARY "\","
                 "\"Authorization: Bearer canary.x.y.z\"]}}],\"edges\":[]}");
  g_assert_cmpint (hearth_run_get_status (self->run), ==, HEARTH_RUN_COMPLETE);
  runs_reopen (self);
  log = read_logs (self, &n_files);
  g_assert_nonnull (strstr (log, "merged_text"));
  g_assert_null (strstr (log, "canary"));
  g_assert_nonnull (strstr (log, HEARTH_LOG_HIDDEN));
  g_assert_nonnull (strstr (log, "\"max_tokens\":4096"));
}

static void
assert_trimmed (const char *text,
                const char *expected)
{
  g_autoptr (HearthValue) value = runs_parse (text);
  g_autoptr (HearthValue) trimmed = _hearth_log_trim (value);
  g_autofree char *printed = hearth_json_print (trimmed);

  g_assert_cmpstr (printed, ==, expected);
}

static void
test_trim (void)
{
  g_autofree char *long_text = g_strnfill (600, 'x');
  g_autofree char *short_text = g_strnfill (200, 'x');
  g_autofree char *object = g_strdup_printf ("{\"a\":\"%s\",\"content\":\"%s\"}", long_text, long_text);
  g_autofree char *expected =
      g_strdup_printf ("{\"a\":\"%s… (600 characters)\",\"content\":\"%.100s… (600 characters)\"}", short_text, short_text);

  assert_trimmed (object, expected);
  assert_trimmed ("{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":1}}}}}}",
                  "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":\"[Object]\"}}}}}");
  assert_trimmed ("{\"prompt_tokens\":12,\"token\":\"abc\",\"password\":null,\"clientSecret\":\"x\"}",
                  "{\"prompt_tokens\":12,\"token\":\"" HEARTH_LOG_HIDDEN "\",\"password\":\"" HEARTH_LOG_HIDDEN
                  "\",\"clientSecret\":\"" HEARTH_LOG_HIDDEN "\"}");
  assert_trimmed ("\"an ordinary sentence about the secret of tokens\"", "\"an ordinary sentence about the secret of tokens\"");
}

static void
test_old_logs (Runs         *self,
               gconstpointer data)
{
  /* Apart from the workspace's own folder, which it keeps in order on a thread meanwhile. */
  g_autofree char *root = g_build_filename (self->base.path, "apart", NULL);
  g_autofree char *base = g_build_filename (root, "logs", "executions", NULL);
  const char *const days[] = { "2020-01-01", "2020-01-02", "2020-01-03", "notes" };
  HearthDataDir *dir = hearth_data_dir_new (root);

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *path = g_build_filename (base, days[i], NULL);
      g_autofree char *file = g_build_filename (path, i == 1 ? "mine.txt" : "execution-x-00-00-00.log", NULL);

      g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
      g_assert_true (g_file_set_contents (file, "x", 1, NULL));
    }
  _hearth_run_logs_prune (dir, "2020-01-03");
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *path = g_build_filename (base, days[i], NULL);

      g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, i > 0);
    }
  hearth_data_dir_unref (dir);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUNS_TEST ("/run-history/nodes", test_nodes);
  RUNS_TEST ("/run-history/list", test_list);
  RUNS_TEST ("/run-history/large-value", test_large_value);
  RUNS_TEST ("/run-history/preview", test_preview);
  RUNS_TEST ("/run-history/unfinished", test_unfinished);
  RUNS_TEST ("/run-history/many", test_many);
  RUNS_TEST ("/run-history/log", test_log);
  RUNS_TEST ("/run-history/log-of-each", test_log_of_each);
  RUNS_TEST ("/run-history/log-secrets", test_log_secrets);
  g_test_add_func ("/run-history/trim", test_trim);
  RUNS_TEST ("/run-history/old-logs", test_old_logs);
  return g_test_run ();
}
