/* test-stream.c: chunks on their way: order, full copies, back-pressure, failures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"

#include <string.h>

#define T(id, type, more) N (id, "test:" type, more)
#define GO N ("go", "core:GroupOutput", "")
#define FIN "{\"type\":\"finish_reason_chunk\",\"content\":\"Stream ended\"} last\n"
#define STOP "{\"type\":\"finish_reason_chunk\",\"content\":\"stop\"}"
#define TEXT(t) "{\"type\":\"text_chunk\",\"content\":\"" t "\"}"
#define FAILED "error: One or more nodes failed during execution.\n"

static const char *
member (HearthRun  *run,
        const char *id,
        const char *key)
{
  return hearth_value_get_member_string (hearth_run_get_step_output (run, id), key, NULL);
}

/* The worked example of websocket.md 10. */
static void
test_worked_example (void)
{
  g_autoptr (Recorder) r = record_workflow (
      WI ("wf", "", I ("s", "STRING", ",'displayName':'S out','isStream':true"),
          T ("n1", "text", V ("'v':'Hi'")) "," T ("n2", "source", V ("'count':2")) "," T ("n3", "fail", "") "," GO,
          E ("e1", "n1", "out", "n2", "text") "," E ("e2", "n1", "out", "n3", "x") ","
          E ("e3", "n2", "stream_output", "go", "s")));

  g_assert_cmpstr (r->text->str, ==,
                   "running\nEXECUTING n1\nCOMPLETE n1 {\"out\":\"Hi\"}\nYIELD n1 " FIN
                   "EXECUTING n2\n"
                   "EXECUTING n3\nERROR n3 boom\n"
                   "EXECUTING go\nCOMPLETE go {}\nYIELD go " FIN
                   "YIELD n2 " TEXT ("Hi0 ") "\nIYIELD s (S out) " TEXT ("Hi0 ") "\n"
                   "YIELD n2 " TEXT ("Hi1 ") "\nIYIELD s (S out) " TEXT ("Hi1 ") "\n"
                   "YIELD n2 " STOP " last\nIYIELD s (S out) " STOP "\n"
                   "COMPLETE n2 {\"text_output\":\"Hi0 Hi1 \"}\n"
                   "IYIELD s (S out) " FIN
                   "OUTPUTS {\"s\":\"Hi0 Hi1 \"}\n" FAILED);
}

/* Marked as a stream or not, the aggregated message has the whole text; a plain slot gets it. */
static void
test_plain_consumers (void)
{
  g_autoptr (Recorder) r = record_workflow (
      WI ("wf", "", I ("s", "STRING", "") "," I ("p", "STRING", ""),
          T ("src", "source", V ("'text':'c','count':3")) "," T ("t", "text", "") "," T ("w", "any", "") "," T ("m", "multi", "") "," GO,
          E ("1", "src", "stream_output", "t", "v") "," E ("2", "src", "stream_output", "w", "v") ","
          E ("3", "src", "stream_output", "m", "v__1") "," E ("4", "src", "text_output", "m", "v__0") ","
          E ("5", "src", "stream_output", "go", "s") "," E ("6", "src", "text_output", "go", "p")));
  g_autofree char *outputs = hearth_json_print (hearth_run_get_outputs (r->run));
  g_autofree char *multi = hearth_json_print (hearth_run_get_step_output (r->run, "m"));

  g_assert_cmpstr (member (r->run, "t", "out"), ==, "c0 c1 c2 ");
  g_assert_cmpstr (member (r->run, "w", "out"), ==, "c0 c1 c2 ");
  g_assert_cmpstr (multi, ==, "{\"out\":[\"c0 c1 c2 \",\"c0 c1 c2 \"]}");
  g_assert_cmpstr (outputs, ==, "{\"s\":\"c0 c1 c2 \",\"p\":\"c0 c1 c2 \"}");
  g_assert_null (strstr (r->text->str, "IYIELD"));
}

static void
test_relay (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("src", "source", V ("'text':'c','count':2")) "," T ("r1", "relay", V ("'suffix':'+'")) ","
         T ("r2", "relay", V ("'suffix':'-'")) "," T ("end", "reader", ""),
         E ("1", "src", "stream_output", "r1", "in") "," E ("2", "r1", "out", "r2", "in") "," E ("3", "r2", "out", "end", "in")));

  g_assert_cmpstr (member (r->run, "end", "text"), ==, "c0 +-c1 +-");
  /* the last in the row has started before the first is complete */
  g_assert_cmpint (recorder_find (r, "EXECUTING end"), <, recorder_find (r, "COMPLETE src {\"text_output\":\"c0 c1 \"}"));
}

/* A plain value into a stream slot is just a value, and a stream slot is not filled with a zero. */
static void
test_plain_into_stream (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("t", "text", V ("'v':'x'")) "," T ("l", "lazy", "") "," T ("r", "relay", "") "," T ("none", "relay", ""),
         E ("1", "t", "out", "l", "in") "," E ("2", "t", "out", "r", "in")));
  g_autofree char *lazy = hearth_json_print (hearth_run_get_step_output (r->run, "l"));

  g_assert_cmpstr (lazy, ==, "{\"out\":false}");
  g_assert_cmpstr (hearth_run_get_step_error (r->run, "r"), ==, "not a stream");
  g_assert_cmpstr (hearth_run_get_step_error (r->run, "none"), ==,
                   "Critical error: Missing required input 'in' for node none (test:relay)");
}

/* --- back-pressure ------------------------------------------------------------------- */

static void
test_back_pressure (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (
      W (T ("src", "burst", V ("'text':'c','count':10000")) "," T ("end", "reader", ""), E ("1", "src", "stream_output", "end", "in")));
  g_autoptr (HearthRun) run = hearth_run_new (plan, NULL);

  hearth_run_set_keep_outputs (run, TRUE);
  engine_nodes_reset ();
  hearth_run_start (run);
  iterate_until_final (run);
  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpuint (engine_log.n_yielded, ==, 10000);
  g_assert_cmpuint (engine_log.n_read, ==, 10000);
  g_assert_cmpuint (engine_log.max_queued, <=, HEARTH_STREAM_QUEUE_LENGTH + 1);
  g_assert_cmpuint (engine_log.n_full, >, 10);
  g_assert_true (g_str_has_suffix (member (run, "end", "text"), "c9998 c9999 "));
}

/* Through a relay: the pressure goes on to the source. */
static void
test_back_pressure_chain (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (
      W (T ("src", "burst", V ("'text':'c','count':3000")) "," T ("r", "relay", "") "," T ("end", "reader", ""),
         E ("1", "src", "stream_output", "r", "in") "," E ("2", "r", "out", "end", "in")));
  g_autoptr (HearthRun) run = hearth_run_new (plan, NULL);

  hearth_run_set_keep_outputs (run, TRUE);
  engine_nodes_reset ();
  hearth_run_start (run);
  iterate_until_final (run);
  g_assert_cmpuint (engine_log.n_read, ==, 3000);
  g_assert_cmpuint (engine_log.max_queued, <=, 2 * (HEARTH_STREAM_QUEUE_LENGTH + 1));
}

/* A reader that starts late holds nobody up before, but does from then on. */
static void
test_patience_ends (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (
      W (T ("q", "burst", V ("'count':1")) "," T ("p", "source", V ("'text':'c','count':400")) ","
         T ("c", "reader", V ("'every':3")),
         E ("1", "q", "text_output", "c", "also") "," E ("2", "p", "stream_output", "c", "in")));
  g_autoptr (HearthRun) run = hearth_run_new (plan, NULL);

  hearth_run_set_keep_outputs (run, TRUE);
  engine_nodes_reset ();
  hearth_run_start (run);
  iterate_until_final (run);
  g_assert_cmpuint (engine_log.n_read, ==, 400);
  g_assert_cmpuint (engine_log.max_queued, <=, HEARTH_STREAM_QUEUE_LENGTH + 2); /* and the one of q */
}

static void
test_full_copies (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (
      W (T ("src", "burst", V ("'text':'c','count':1000")) "," T ("a", "reader", "") "," T ("b", "reader", "") "," T ("t", "text", ""),
         E ("1", "src", "stream_output", "a", "in") "," E ("2", "src", "stream_output", "b", "in") ","
         E ("3", "src", "stream_output", "t", "v")));
  g_autoptr (HearthRun) run = hearth_run_new (plan, NULL);

  hearth_run_set_keep_outputs (run, TRUE);
  hearth_run_start (run);
  iterate_until_final (run);
  g_assert_cmpstr (member (run, "a", "text"), ==, member (run, "src", "text_output"));
  g_assert_cmpstr (member (run, "b", "text"), ==, member (run, "src", "text_output"));
  g_assert_cmpstr (member (run, "t", "out"), ==, member (run, "src", "text_output"));
}

/* One reader ends at once, one is never started because of a failure, one slot is not wired. */
static void
test_unread (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("src", "burst", V ("'text':'c','count':500")) "," T ("lazy", "lazy", "") "," T ("f", "fail", "") ","
         T ("skip", "reader", "") "," T ("free", "burst", V ("'count':500")),
         E ("1", "src", "stream_output", "lazy", "in") "," E ("2", "src", "stream_output", "skip", "in") ","
         E ("3", "f", "out", "skip", "also")));

  g_assert_cmpint (hearth_run_get_step_state (r->run, "src"), ==, HEARTH_STEP_DONE);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "free"), ==, HEARTH_STEP_DONE);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "lazy"), ==, HEARTH_STEP_DONE);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "skip"), ==, HEARTH_STEP_SKIPPED);
}

/* --- what must not lock up ------------------------------------------------------------- */

static void
assert_completes (const char *json)
{
  g_autoptr (HearthPlan) plan = engine_plan (json);
  g_autoptr (HearthRun) run = hearth_run_new (plan, NULL);

  hearth_run_set_keep_outputs (run, TRUE);
  hearth_run_start (run);
  iterate_until_final (run);
  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_COMPLETE);
}

#define BURST(id) T (id, "burst", V ("'text':'c','count':500"))

/* The reader wants the stream and its whole text before it starts. */
static void
test_diamond (void)
{
  assert_completes (W (BURST ("p") "," T ("c", "reader", ""),
                       E ("1", "p", "stream_output", "c", "in") "," E ("2", "p", "text_output", "c", "also")));
  assert_completes (W (BURST ("p") "," T ("t", "text", "") "," T ("c", "reader", ""),
                       E ("1", "p", "stream_output", "c", "in") "," E ("2", "p", "stream_output", "t", "v") ","
                       E ("3", "t", "out", "c", "also")));
  assert_completes (W (BURST ("p") "," T ("r", "relay", "") "," T ("x", "reader", "") "," T ("c", "reader", ""),
                       E ("1", "p", "stream_output", "c", "in") "," E ("2", "p", "stream_output", "r", "in") ","
                       E ("3", "r", "out", "x", "in") "," E ("4", "x", "text", "c", "also")));
}

/* p waits for c, which waits for x, which reads q, which waits for y, which waits for z, which
 * reads p: no way from p to c but the direct one, and still a ring. */
static void
test_ring_of_two (void)
{
  assert_completes (W (BURST ("p") "," BURST ("q") "," T ("c", "reader", "") "," T ("x", "reader", "") ","
                       T ("y", "reader", "") "," T ("z", "reader", ""),
                       E ("1", "p", "stream_output", "c", "in") "," E ("2", "q", "stream_output", "x", "in") ","
                       E ("3", "x", "text", "c", "also") "," E ("4", "q", "stream_output", "y", "in") ","
                       E ("5", "p", "stream_output", "z", "in") "," E ("6", "z", "text", "y", "also")));
}

/* --- failures --------------------------------------------------------------------------- */

static void
test_error_chunk (void)
{
  g_autoptr (Recorder) r = record_workflow (
      WI ("wf", "", I ("s", "STRING", ",'isStream':true") "," I ("p", "STRING", ""),
          T ("src", "source", V ("'text':'c','count':5,'fail_after':1")) "," T ("rd", "reader", "") "," T ("t", "text", "") ","
          T ("behind", "text", "") "," GO,
          E ("1", "src", "stream_output", "rd", "in") "," E ("2", "src", "text_output", "t", "v") ","
          E ("3", "rd", "text", "behind", "v") "," E ("4", "src", "stream_output", "go", "s") ","
          E ("5", "src", "text_output", "go", "p")));
  int error = recorder_find (r, "ERROR src torn");

  g_assert_cmpint (error, >, 0);
  g_assert_cmpint (recorder_find (r, "YIELD src {\"type\":\"error_chunk\",\"content\":\"torn\"} last"), <, error);
  g_assert_cmpint (recorder_find (r, "IYIELD s () {\"type\":\"error_chunk\",\"content\":\"torn\"}"), <, error);
  g_assert_cmpint (recorder_find (r, "IYIELD s () {\"type\":\"finish_reason_chunk\",\"content\":\"Stream ended\"} last"), >, error);
  g_assert_cmpint (recorder_find (r, "OUTPUTS {\"s\":\"c0 \",\"p\":{\"type\":\"error_placeholder\",\"message\":"
                                     "\"Error resolving batch output: torn\"}}"), >, error);
  g_assert_cmpstr (member (r->run, "rd", "text"), ==, "c0 !"); /* it was reading, and saw the last chunk */
  g_assert_cmpint (hearth_run_get_step_state (r->run, "t"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "behind"), ==, HEARTH_STEP_SKIPPED);
}

/* An error chunk that is passed on fails the relay as well. */
static void
test_error_relayed (void)
{
  g_autoptr (Recorder) r = record_workflow (W (T ("src", "burst", V ("'count':5,'fail_after':2")) "," T ("r", "relay", ""),
                                               E ("1", "src", "stream_output", "r", "in")));

  g_assert_cmpint (hearth_run_get_step_state (r->run, "src"), ==, HEARTH_STEP_FAILED);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "r"), ==, HEARTH_STEP_FAILED);
  g_assert_cmpstr (hearth_run_get_step_error (r->run, "r"), ==, "torn");
}

static void
late_fail_start (HearthStep *step)
{
  hearth_step_yield (step, hearth_chunk_new_text ("a"));
  hearth_step_fail (step, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no more"));
}

/* A stream node that fails without an error chunk gets one made. */
static void
test_fail_makes_chunk (void)
{
  static const HearthSlotDecl outputs[] = { { .key = "s", .type = HEARTH_DATA_STRING, .flags = HEARTH_SLOT_STREAM }, { 0 } };
  static const HearthNodeDecl decl = { .type = "latefail", .space = "test", .category = "t", .name = "t", .title = "t",
                                       .description = "t", .outputs = outputs, .start = late_fail_start };
  g_autoptr (Recorder) r = NULL;

  hearth_catalog_add (engine_catalog (), &decl);
  r = record_workflow (W (T ("n", "latefail", ""), ""));
  g_assert_cmpstr (r->text->str, ==,
                   "running\nEXECUTING n\nYIELD n " TEXT ("a") "\n"
                   "YIELD n {\"type\":\"error_chunk\",\"content\":\"no more\"} last\nERROR n no more\n" FAILED);
}

/* --- bypass, groups ------------------------------------------------------------------------ */

/* A bypassed relay hands the very stream on. */
static void
test_bypassed_relay (void)
{
  g_autoptr (Recorder) r = record_workflow (
      WI ("wf", "", I ("s", "STRING", ",'isStream':true"),
          T ("src", "burst", V ("'text':'c','count':100")) "," T ("r1", "relay", ",'bypassed':true") ","
          T ("r2", "relay", ",'bypassed':true") "," T ("end", "reader", "") "," T ("t", "text", "") "," GO,
          E ("1", "src", "stream_output", "r1", "in") "," E ("2", "r1", "out", "r2", "in") "," E ("3", "r2", "out", "end", "in") ","
          E ("4", "r2", "out", "t", "v") "," E ("5", "r2", "out", "go", "s")));

  g_assert_cmpstr (member (r->run, "end", "text"), ==, member (r->run, "src", "text_output"));
  g_assert_cmpstr (member (r->run, "t", "out"), ==, member (r->run, "src", "text_output"));
  g_assert_cmpint (recorder_find (r, "BYPASSED r2 {}"), >, 0);
  g_assert_cmpint (recorder_find (r, "IYIELD s () " TEXT ("c99 ")), >, 0);
}

static void
test_group_stream (void)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "g",
      WI ("g", I ("in", "STRING", ",'isStream':true"), I ("out", "STRING", ",'isStream':true"),
          N ("gi", "core:GroupInput", "") "," T ("r", "relay", V ("'suffix':'+'")) "," GO,
          E ("1", "gi", "in", "r", "in") "," E ("2", "r", "out", "go", "out")),
      NULL);
  g_autoptr (HearthGraph) graph = engine_graph (
      W (T ("src", "source", V ("'text':'c','count':2")) ","
         N ("G", "core:NodeGroup", ",'configValues':{'referencedWorkflowId':'g'}") "," T ("end", "reader", ""),
         E ("1", "src", "stream_output", "G", "in") "," E ("2", "G", "out", "end", "in")));
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, groups, NULL, NULL, NULL);
  g_autoptr (Recorder) r = recorder_new (hearth_run_new (plan, NULL));

  hearth_run_set_keep_outputs (r->run, TRUE);
  recorder_run (r);
  g_assert_cmpstr (member (r->run, "end", "text"), ==, "c0 +c1 +");
  g_assert_cmpint (recorder_find (r, "COMPLETE G {\"out\":\"c0 +c1 +\"}"), >, recorder_find (r, "COMPLETE G/r {}"));
}

/* A group that only passes a stream through is complete with the stream, and also when a bypassed
 * node stands between. */
static void
test_group_passes_stream (void)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "g",
      WI ("g", I ("in", "STRING", ",'isStream':true"), I ("out", "STRING", ",'isStream':true"),
          N ("gi", "core:GroupInput", "") "," GO, E ("1", "gi", "in", "go", "out")),
      NULL);
  g_autoptr (HearthGraph) graph = engine_graph (
      W (T ("src", "source", V ("'text':'c','count':2")) "," T ("by", "relay", ",'bypassed':true") ","
         N ("G", "core:NodeGroup", ",'configValues':{'referencedWorkflowId':'g'}"),
         E ("1", "src", "stream_output", "by", "in") "," E ("2", "by", "out", "G", "in")));
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, groups, NULL, NULL, NULL);
  g_autoptr (Recorder) r = recorder_new (hearth_run_new (plan, NULL));

  hearth_run_set_keep_outputs (r->run, TRUE);
  recorder_run (r);
  g_assert_cmpint (recorder_find (r, "COMPLETE G {\"out\":\"c0 c1 \"}"), >,
                   recorder_find (r, "COMPLETE src {\"text_output\":\"c0 c1 \"}"));
}

/* --- chunks -------------------------------------------------------------------------------- */

static void
test_chunks (void)
{
  g_autoptr (HearthValue) text = hearth_chunk_new_text ("t");
  g_autoptr (HearthValue) error = hearth_chunk_new_error ("bad");
  g_autoptr (HearthValue) rich = hearth_chunk_new (
      "error_chunk", hearth_value_object ("message", hearth_value_string ("worse"), "code", hearth_value_integer (1), NULL));
  g_autoptr (HearthValue) odd = hearth_chunk_new ("error_chunk", hearth_value_integer (1));
  g_autofree char *message = hearth_chunk_dup_error (error);
  g_autofree char *rich_message = hearth_chunk_dup_error (rich);
  g_autofree char *odd_message = hearth_chunk_dup_error (odd);

  g_assert_cmpstr (hearth_chunk_get_text (text), ==, "t");
  g_assert_null (hearth_chunk_get_text (error));
  g_assert_true (hearth_chunk_is (error, "error_chunk"));
  g_assert_cmpstr (message, ==, "bad");
  g_assert_cmpstr (rich_message, ==, "worse");
  g_assert_cmpstr (odd_message, ==, "Node yielded an error chunk.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stream/worked-example", test_worked_example);
  g_test_add_func ("/stream/plain-consumers", test_plain_consumers);
  g_test_add_func ("/stream/relay", test_relay);
  g_test_add_func ("/stream/plain-into-stream", test_plain_into_stream);
  g_test_add_func ("/stream/back-pressure", test_back_pressure);
  g_test_add_func ("/stream/back-pressure-chain", test_back_pressure_chain);
  g_test_add_func ("/stream/patience-ends", test_patience_ends);
  g_test_add_func ("/stream/full-copies", test_full_copies);
  g_test_add_func ("/stream/unread", test_unread);
  g_test_add_func ("/stream/diamond", test_diamond);
  g_test_add_func ("/stream/ring-of-two", test_ring_of_two);
  g_test_add_func ("/stream/error-chunk", test_error_chunk);
  g_test_add_func ("/stream/error-relayed", test_error_relayed);
  g_test_add_func ("/stream/fail-makes-chunk", test_fail_makes_chunk);
  g_test_add_func ("/stream/group-passes", test_group_passes_stream);
  g_test_add_func ("/stream/bypassed-relay", test_bypassed_relay);
  g_test_add_func ("/stream/group-stream", test_group_stream);
  g_test_add_func ("/stream/chunks", test_chunks);

  return g_test_run ();
}
