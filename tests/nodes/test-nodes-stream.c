/* test-nodes-stream.c: the stream nodes, in a real run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-json.h"
#include "hearth-run.h"
#include "hearth-step.h"
#include "nodes.h"

#include <string.h>

typedef struct
{
  GMainLoop       *loop;
  HearthRun       *run;
  const char      *watched;  /* node whose chunks are collected */
  GPtrArray       *texts;    /* of its text chunks */
  GString         *others;   /* types of its other chunks, each followed by a space */
  GString         *log;
  guint            cancel_after; /* text chunks; 0 never */
  HearthRunStatus  status;
} Observed;

static void
observe_cb (const HearthRunEvent *event,
            gpointer              user_data)
{
  Observed *self = user_data;

  if (event->kind == HEARTH_EVENT_LOG)
    g_string_append_printf (self->log, "%s\n", event->message);
  if (event->kind == HEARTH_EVENT_STATUS && hearth_run_status_is_final (event->status))
    {
      self->status = event->status;
      g_main_loop_quit (self->loop);
    }
  if (event->kind != HEARTH_EVENT_NODE_YIELD || g_strcmp0 (event->node_id, self->watched) != 0)
    return;
  if (hearth_chunk_is (event->value, "text_chunk"))
    g_ptr_array_add (self->texts, g_strdup (hearth_chunk_get_text (event->value)));
  else
    g_string_append_printf (self->others, "%s ", hearth_value_get_member_string (event->value, "type", "?"));
  if (self->cancel_after > 0 && self->texts->len == self->cancel_after)
    hearth_run_cancel (self->run);
}

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("the run does not end");
  return G_SOURCE_REMOVE;
}

static void
observed_clear (Observed *self)
{
  g_main_loop_unref (self->loop);
  g_ptr_array_unref (self->texts);
  g_string_free (self->others, TRUE);
  g_string_free (self->log, TRUE);
  g_object_unref (self->run);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Observed, observed_clear)

static HearthPlan *
make_plan (const char *workflow)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HearthCatalog) catalog = hearth_catalog_new ();
  g_autoptr(HearthValue) value = hearth_json_parse (workflow, -1, &error);
  g_autoptr(HearthGraph) graph = NULL;
  HearthPlan *plan;
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  g_assert_no_error (error);
  hearth_catalog_add_all (catalog, decls, n);
  graph = hearth_graph_new_from_value (catalog, value, &error);
  g_assert_no_error (error);
  plan = hearth_plan_new (graph, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return plan;
}

static void
observe (Observed   *self,
         const char *workflow,
         const char *watched,
         guint       cancel_after)
{
  g_autoptr(HearthPlan) plan = make_plan (workflow);
  guint watchdog;

  self->loop = g_main_loop_new (NULL, FALSE);
  self->run = hearth_run_new (plan, NULL);
  hearth_run_set_keep_outputs (self->run, TRUE);
  self->watched = watched;
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->others = g_string_new (NULL);
  self->log = g_string_new (NULL);
  self->cancel_after = cancel_after;
  self->status = HEARTH_RUN_QUEUED;
  hearth_run_add_observer (self->run, observe_cb, self, NULL);
  watchdog = g_timeout_add_seconds (20, too_late_cb, NULL);
  hearth_run_start (self->run);
  g_main_loop_run (self->loop);
  g_source_remove (watchdog);
}

static char *
join_texts (Observed *self)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < self->texts->len; i++)
    g_string_append (all, g_ptr_array_index (self->texts, i));
  return g_string_free (all, FALSE);
}

#define NODE(id, type, values) \
  "{\"id\":\"" id "\",\"type\":\"core:" type "\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":" values "}"
#define EDGE(id, source, out, target, in) \
  "{\"id\":\"" id "\",\"source\":\"" source "\",\"sourceHandle\":\"" out "\",\"target\":\"" target "\",\"targetHandle\":\"" in "\"}"
#define WORKFLOW(nodes, edges) \
  "{\"name\":\"test\",\"nodes\":[" nodes "],\"edges\":[" edges "],\"viewport\":{\"x\":0,\"y\":0,\"zoom\":1}}"

#define CHAIN_EDGES EDGE ("1", "s", "stream", "r", "inputStream") "," EDGE ("2", "r", "outputStream", "l", "inputStream")

static void
test_source (void)
{
  g_auto(Observed) seen = { 0 };

  observe (&seen, WORKFLOW (NODE ("s", "TextStream", "{\"text\":\"日本語😀éab\",\"chunkSize\":2,\"delayMs\":1}"), ""), "s", 0);
  g_assert_cmpint (seen.status, ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpuint (seen.texts->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (seen.texts, 0), ==, "日本");
  g_assert_cmpstr (g_ptr_array_index (seen.texts, 1), ==, "語😀");
  g_assert_cmpstr (g_ptr_array_index (seen.texts, 2), ==, "éa");
  g_assert_cmpstr (g_ptr_array_index (seen.texts, 3), ==, "b");
  g_assert_cmpstr (seen.others->str, ==, "finish_reason_chunk ");
  g_assert_cmpstr (hearth_value_get_member_string (hearth_run_get_step_output (seen.run, "s"), "text", NULL), ==,
                   "日本語😀éab");
}

static void
test_source_pace (void)
{
  g_auto(Observed) seen = { 0 };
  gint64 start = g_get_monotonic_time ();

  observe (&seen, WORKFLOW (NODE ("s", "TextStream", "{\"text\":\"abcdef\",\"chunkSize\":1,\"delayMs\":20}"), ""), "s", 0);
  g_assert_cmpuint (seen.texts->len, ==, 6);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 6 * 20 * 1000);
}

static void
test_source_empty (void)
{
  g_auto(Observed) seen = { 0 };

  observe (&seen, WORKFLOW (NODE ("s", "TextStream", "{\"chunkSize\":\"x\",\"delayMs\":-5}"), ""), "s", 0);
  g_assert_cmpint (seen.status, ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpuint (seen.texts->len, ==, 0);
  g_assert_cmpstr (seen.others->str, ==, "finish_reason_chunk ");
}

static void
test_chain (void)
{
  g_auto(Observed) seen = { 0 };
  g_autofree char *all = NULL;

  observe (&seen, WORKFLOW (NODE ("s", "TextStream", "{\"text\":\"one two\",\"chunkSize\":4,\"delayMs\":1}") ","
                            NODE ("r", "StreamSuffixRelay", "{\"suffix\":\"|\\\\n\"}") ","
                            NODE ("l", "StreamLogger", "{}"), CHAIN_EDGES), "l", 0);
  all = join_texts (&seen);
  g_assert_cmpint (seen.status, ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpstr (all, ==, "one |\ntwo|\n");
  g_assert_cmpstr (seen.others->str, ==, "finish_reason_chunk ");
  g_assert_cmpstr (seen.log->str, ==, "text_chunk: one |\n\ntext_chunk: two|\n\nfinish_reason_chunk: stop\n");
}

static void
test_log_is_cut (void)
{
  g_auto(Observed) seen = { 0 };
  g_autofree char *text = g_strnfill (120, 'x');
  g_autofree char *workflow = g_strdup_printf (WORKFLOW (NODE ("s", "TextStream", "{\"text\":\"%s\",\"chunkSize\":120,\"delayMs\":0}") ","
                                                         NODE ("l", "StreamLogger", "{}"),
                                                         EDGE ("1", "s", "stream", "l", "inputStream")), text);
  g_autofree char *first = NULL;

  observe (&seen, workflow, "l", 0);
  first = g_strndup (seen.log->str, strcspn (seen.log->str, "\n"));
  g_assert_cmpuint (strlen (first), ==, strlen ("text_chunk: ") + 100);
  g_assert_true (g_str_has_suffix (first, "x..."));
  g_assert_cmpstr (g_ptr_array_index (seen.texts, 0), ==, text); /* only the log is cut */
}

/* Far more chunks than any queue holds, as fast as they go: none is lost, none overtakes. */
static void
test_many (void)
{
  g_auto(Observed) seen = { 0 };
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *workflow = NULL;
  g_autofree char *all = NULL;

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (text, "%04u", i);
  workflow = g_strdup_printf (WORKFLOW (NODE ("s", "TextStream", "{\"text\":\"%s\",\"chunkSize\":4,\"delayMs\":0}") ","
                                        NODE ("r", "StreamSuffixRelay", "{\"suffix\":\"\"}") ","
                                        NODE ("l", "StreamLogger", "{}"), CHAIN_EDGES), text->str);
  observe (&seen, workflow, "l", 0);
  all = join_texts (&seen);
  g_assert_cmpint (seen.status, ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpuint (seen.texts->len, ==, 4000);
  g_assert_cmpstr (all, ==, text->str);
}

static void
test_cancel (void)
{
  g_auto(Observed) seen = { 0 };
  gint64 start = g_get_monotonic_time ();

  observe (&seen, WORKFLOW (NODE ("s", "TextStream", "{\"text\":\"abcdefgh\",\"chunkSize\":1,\"delayMs\":100}") ","
                            NODE ("r", "StreamSuffixRelay", "{}") ","
                            NODE ("l", "StreamLogger", "{}"), CHAIN_EDGES), "l", 2);
  g_assert_cmpint (seen.status, ==, HEARTH_RUN_INTERRUPTED);
  g_assert_cmpuint (seen.texts->len, ==, 2);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC * 7 / 10);
}

/* A plain value at a stream input. */
static void
test_not_a_stream (const void *data)
{
  const char *type = data;
  g_auto(Observed) seen = { 0 };
  g_autofree char *workflow = g_strdup_printf (WORKFLOW (NODE ("t", "TextMerge", "{\"text_inputs\":\"x\"}") ","
                                                         NODE ("r", "%s", "{}"),
                                                         EDGE ("1", "t", "merged_text", "r", "inputStream")), type);

  observe (&seen, workflow, "r", 0);
  g_assert_cmpint (seen.status, ==, HEARTH_RUN_ERROR);
  g_assert_cmpstr (seen.others->str, ==, "error_chunk ");
  g_assert_cmpint (hearth_run_get_step_state (seen.run, "r"), ==, HEARTH_STEP_FAILED);
  g_assert_nonnull (strstr (hearth_run_get_step_error (seen.run, "r"), "inputStream"));
}

/* What fails upstream fails downstream, with the same words. */
static void
test_error_passes_through (void)
{
  g_auto(Observed) seen = { 0 };

  observe (&seen, WORKFLOW (NODE ("t", "TextMerge", "{\"text_inputs\":\"x\"}") ","
                            NODE ("r", "StreamSuffixRelay", "{}") ","
                            NODE ("l", "StreamLogger", "{}"),
                            EDGE ("1", "t", "merged_text", "r", "inputStream") ","
                            EDGE ("2", "r", "outputStream", "l", "inputStream")), "l", 0);
  g_assert_cmpint (seen.status, ==, HEARTH_RUN_ERROR);
  g_assert_cmpint (hearth_run_get_step_state (seen.run, "l"), !=, HEARTH_STEP_DONE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/stream/source", test_source);
  g_test_add_func ("/nodes/stream/source-pace", test_source_pace);
  g_test_add_func ("/nodes/stream/source-empty", test_source_empty);
  g_test_add_func ("/nodes/stream/chain", test_chain);
  g_test_add_func ("/nodes/stream/log-is-cut", test_log_is_cut);
  g_test_add_func ("/nodes/stream/many", test_many);
  g_test_add_func ("/nodes/stream/cancel", test_cancel);
  g_test_add_data_func ("/nodes/stream/not-a-stream/relay", "StreamSuffixRelay", test_not_a_stream);
  g_test_add_data_func ("/nodes/stream/not-a-stream/logger", "StreamLogger", test_not_a_stream);
  g_test_add_func ("/nodes/stream/error-passes-through", test_error_passes_through);
  return g_test_run ();
}
