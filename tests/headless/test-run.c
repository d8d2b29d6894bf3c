/* test-run.c: one execution of a plan: what it tells, and how it ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "traces.h"

/* --- traces of websocket.md 11 -------------------------------------------------- */

static void
test_empty (void)
{
  assert_trace (W ("", ""), "running\ncomplete\n");
}

static void
test_plain (void)
{
  assert_trace (W (T ("a", "add", V ("'a':1")) "," T ("b", "add", V ("'b':10")), E ("1", "a", "sum", "b", "a")),
                "running\n"
                "EXECUTING a\nCOMPLETE a {\"sum\":2}\nYIELD a " FIN
                "EXECUTING b\nCOMPLETE b {\"sum\":12}\nYIELD b " FIN "complete\n");
}

static void
test_interface (void)
{
  assert_trace (WI ("w", I ("text", "STRING", ",'config':{'default':'Yo'}") "," I ("p", "CONVERTIBLE_ANY", ""),
                    I ("t", "STRING", ""),
                    N ("gi", "core:GroupInput", "") "," N ("go", "core:GroupOutput", ""),
                    E ("1", "gi", "text", "go", "t")),
                "running\n"
                "EXECUTING gi\nCOMPLETE gi {\"text\":\"Yo\"}\nYIELD gi " FIN
                "EXECUTING go\nCOMPLETE go {}\nYIELD go " FIN
                "OUTPUTS {\"t\":\"Yo\"}\ncomplete\n");
}

/* An output that takes several edges has them at its places; an edge to nowhere is no edge. */
static void
test_interface_places (void)
{
  assert_trace (WI ("w", "", I ("m", "STRING", ",'multi':true") "," I ("t", "STRING", ""),
                    T ("a", "text", V ("'v':'a'")) "," N ("go", "core:GroupOutput", ""),
                    E ("1", "a", "out", "go", "m__0") "," E ("2", "gone", "out", "go", "t") "," E ("3", "a", "out", "go", "t")),
                "running\n"
                "EXECUTING a\nCOMPLETE a {\"out\":\"a\"}\nYIELD a " FIN
                "EXECUTING go\nCOMPLETE go {}\nYIELD go " FIN
                "OUTPUTS {\"m\":\"a\",\"t\":\"a\"}\ncomplete\n");
}

static void
test_interface_values (void)
{
  g_autoptr (HearthGraph) graph
      = engine_graph (WI ("w", I ("text", "STRING", ",'config':{'default':'Yo'}"), I ("t", "STRING", ""),
                          N ("gi", "core:GroupInput", "") "," N ("go", "core:GroupOutput", ""),
                          E ("1", "gi", "text", "go", "t")));
  g_autoptr (HearthValue) values
      = hearth_value_object ("text", hearth_value_string ("Hey"), "unknown", hearth_value_integer (1), NULL);
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, NULL, values, NULL, NULL);
  g_autoptr (Recorder) recorder = recorder_new (hearth_run_new (plan, NULL));
  g_autofree char *outputs = NULL;

  hearth_run_set_keep_outputs (recorder->run, TRUE);
  recorder_run (recorder);
  outputs = hearth_json_print (hearth_run_get_outputs (recorder->run));
  g_assert_cmpstr (outputs, ==, "{\"t\":\"Hey\"}");
  assert_output (recorder->run, "gi", "{\"text\":\"Hey\"}");
}

static void
test_unknown_type (void)
{
  assert_trace (W (N ("n1", "demo:Nope", ""), ""),
                "running\nERROR n1 Node type demo:Nope not found or not executable.\n" FAILED);
  assert_trace (W (N ("n1", "demo:Nope", ",'bypassed':true"), ""),
                "running\nERROR n1 Critical error: Node type demo:Nope not found in registry.\n" FAILED);
}

static void
test_missing_input (void)
{
  assert_trace (W (T ("n1", "needy", ""), ""),
                "running\nERROR n1 Critical error: Missing required input 'v' for node n1 (test:needy)\n" FAILED);
  assert_trace (W (T ("m", "multi", ""), ""),
                "running\nERROR m Critical error: Missing required input 'v' for node m (test:multi)\n" FAILED);
}

static void
test_failure_skips (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("f", "fail", "") "," T ("a", "text", "") "," T ("b", "text", "") "," T ("free", "text", V ("'v':'ok'")) ","
         T ("both", "multi", ""),
         E ("1", "f", "out", "a", "v") "," E ("2", "a", "out", "b", "v") "," E ("3", "free", "out", "both", "v__0") ","
         E ("4", "b", "out", "both", "v__1")));

  g_assert_cmpstr (r->text->str, ==,
                   "running\nEXECUTING f\nERROR f boom\nSKIPPED a\nSKIPPED b\nSKIPPED both\n"
                   "EXECUTING free\nCOMPLETE free {\"out\":\"ok\"}\nYIELD free " FIN FAILED);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "f"), ==, HEARTH_STEP_FAILED);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "b"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "free"), ==, HEARTH_STEP_DONE);
  g_assert_cmpstr (hearth_run_get_step_error (r->run, "f"), ==, "boom");
  g_assert_cmpstr (hearth_run_get_message (r->run), ==, "One or more nodes failed during execution.");
  g_assert_null (hearth_run_get_step_output (r->run, "b"));
}

/* --- at the same time --------------------------------------------------------------- */

static void
test_concurrent (void)
{
  g_autoptr (GString) nodes = g_string_new (NULL);
  g_autofree char *json = NULL;
  g_autoptr (Recorder) r = NULL;

  engine_nodes_reset ();
  for (int i = 0; i < 8; i++)
    g_string_append_printf (nodes, "%s{'id':'s%d','type':'test:slow','inputValues':{'ms':20}}", i ? "," : "", i);
  json = g_strdup_printf ("{'nodes':[%s],'edges':[]}", nodes->str);
  r = record_workflow (json);

  g_assert_cmpint (engine_log.max_running, ==, 8);
  for (int i = 1; i <= 8; i++)
    g_assert_true (g_str_has_prefix (g_ptr_array_index (r->lines, i), "EXECUTING"));
  g_assert_cmpuint (engine_log.n_data_freed, ==, 8);
}

static void
test_compute (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("c", "compute", V ("'n':4,'ms':5")) "," T ("d", "compute", "") "," T ("bad", "compute", V ("'n':-1")) "," T ("e", "text", ""),
         E ("1", "c", "out", "d", "n") "," E ("2", "bad", "out", "e", "v")));

  assert_output (r->run, "d", "{\"out\":16}");
  g_assert_cmpstr (hearth_run_get_step_error (r->run, "bad"), ==, "negative");
  g_assert_cmpint (hearth_run_get_step_state (r->run, "e"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (recorder_find (r, "LOG c computed"), >, recorder_find (r, "EXECUTING c"));
}

/* One after the other whatever each takes, and meanwhile no time passes: not for the node that waits, either. */
static void
test_compute_in_line (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_virtual (0);
  g_autoptr (Recorder) r = record_with_groups (
      W (T ("c", "compute", V ("'n':1,'ms':40")) "," T ("d", "compute", V ("'n':2,'ms':10")) "," T ("e", "compute", V ("'n':3")) ","
         T ("f", "compute", V ("'ms':0")) "," T ("t", "timer", V ("'ms':1")), E ("1", "d", "out", "f", "n")),
      NULL, clock);

  recorder_run (r);
  g_assert_cmpint (recorder_find (r, "COMPLETE c {\"out\":2}"), <, recorder_find (r, "COMPLETE d {\"out\":4}"));
  g_assert_cmpint (recorder_find (r, "COMPLETE d {\"out\":4}"), <, recorder_find (r, "EXECUTING f"));
  g_assert_cmpint (recorder_find (r, "EXECUTING f"), <, recorder_find (r, "COMPLETE e {\"out\":6}"));
  g_assert_cmpint (recorder_find (r, "COMPLETE e {\"out\":6}"), <, recorder_find (r, "COMPLETE f {\"out\":8}"));
  g_assert_cmpint (hearth_run_get_step_state (r->run, "t"), ==, HEARTH_STEP_DONE);
  g_assert_cmpint (hearth_clock_get_now_ms (clock), ==, 1);
}

static void
test_instant (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("i", "instant", V ("'v':'x'")) "," T ("t", "instant", ""), E ("1", "i", "out", "t", "v")));

  assert_output (r->run, "t", "{\"out\":\"x\"}");
}

/* A chain of 10,000: nothing in the engine recurses, neither in running nor in freeing. */
static void
test_long_chain (void)
{
  g_autoptr (GString) nodes = g_string_new (NULL);
  g_autoptr (GString) edges = g_string_new (NULL);
  g_autoptr (HearthPlan) plan = NULL;
  g_autoptr (HearthRun) run = NULL;
  g_autofree char *json = NULL;

  for (int i = 0; i < 10000; i++)
    {
      g_string_append_printf (nodes, "%s{'id':'n%d','type':'test:add'}", i ? "," : "", i);
      if (i)
        g_string_append_printf (edges, "%s{'id':'e%d','source':'n%d','sourceHandle':'sum','target':'n%d','targetHandle':'a'}",
                                i > 1 ? "," : "", i, i - 1, i);
    }
  json = g_strdup_printf ("{'nodes':[%s],'edges':[%s]}", nodes->str, edges->str);
  plan = engine_plan (json);
  run = hearth_run_new (plan, NULL);
  hearth_run_set_keep_outputs (run, TRUE);
  hearth_run_start (run);
  iterate_until_final (run);
  assert_output (run, "n9999", "{\"sum\":10000}");
}

/* --- cancel --------------------------------------------------------------------------- */

#define BUSY                                                                                                           \
  WI ("busy", "", I ("s", "STRING", ",'isStream':true") "," I ("t", "STRING", ""),                                     \
      T ("a", "text", V ("'v':'x'")) "," T ("src", "source", V ("'text':'c','count':5")) "," T ("r", "relay", "") ","  \
      T ("rd", "reader", "") "," T ("w", "slow", V ("'ms':3")) "," T ("c", "compute", V ("'ms':3")) ","                \
      T ("z", "multi", "") "," T ("f", "fail", "") "," T ("by", "text", BYPASSED) "," GO,                              \
      E ("1", "a", "out", "src", "text") "," E ("2", "src", "stream_output", "r", "in") "," E ("3", "r", "out", "rd", "in") ","    \
      E ("4", "rd", "text", "z", "v__0") "," E ("5", "c", "out", "z", "v__1") "," E ("6", "w", "out", "z", "v__2") "," \
      E ("7", "r", "out", "go", "s") "," E ("8", "z", "out", "go", "t"))

static void
test_cancel_everywhere (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (BUSY);
  guint n_events = G_MAXUINT;

  for (guint k = 0; k < n_events; k++)
    {
      g_autoptr (Recorder) recorder = recorder_new (hearth_run_new (plan, NULL));
      HearthRunStatus status;

      recorder->cancel_at = k;
      recorder_run (recorder);
      for (int i = 0; i < 50; i++)
        g_main_context_iteration (NULL, FALSE);
      g_assert_cmpuint (recorder->n_after, ==, 0);
      status = hearth_run_get_status (recorder->run);
      if (k + 3 < recorder->n_events)
        g_assert_cmpint (status, ==, HEARTH_RUN_INTERRUPTED);
      if (status == HEARTH_RUN_INTERRUPTED)
        g_assert_null (hearth_run_get_outputs (recorder->run));
      else
        n_events = recorder->n_events;
      g_assert_cmpuint (k, <, 500);
    }
}

static void
test_cancel_tells_running (void)
{
  g_autoptr (HearthPlan) plan
      = engine_plan (W (T ("w", "slow", V ("'ms':10000")) "," T ("t", "text", ""), E ("1", "w", "out", "t", "v")));
  g_autoptr (Recorder) r = recorder_new (hearth_run_new (plan, NULL));

  hearth_run_set_keep_outputs (r->run, TRUE);
  r->cancel_at = 1;
  recorder_run (r);
  g_assert_cmpstr (r->text->str, ==, "running\nEXECUTING w\nERROR w Execution interrupted by user.\ninterrupted\n");
  g_assert_cmpint (hearth_run_get_step_state (r->run, "t"), ==, HEARTH_STEP_CANCELLED);
}

static void
test_cancel_queued (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (W (T ("t", "text", ""), ""));
  g_autoptr (Recorder) r = recorder_new (hearth_run_new (plan, NULL));

  hearth_run_set_keep_outputs (r->run, TRUE);
  hearth_run_cancel (r->run);
  hearth_run_cancel (r->run);
  g_assert_cmpstr (r->text->str, ==, "interrupted\n");
}

static void
test_cancel_stubborn (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (W (T ("w", "stubborn", V ("'ms':2500")), ""));
  g_autoptr (Recorder) r = recorder_new (hearth_run_new (plan, NULL));
  HearthRun *run = r->run;

  hearth_run_set_keep_outputs (r->run, TRUE);
  r->cancel_at = 1;
  g_test_expect_message ("hearth-engine", G_LOG_LEVEL_WARNING, "*did not stop*");
  recorder_run (r);
  g_test_assert_expected_messages ();
  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_INTERRUPTED);

  g_object_add_weak_pointer (G_OBJECT (run), (gpointer *) &run);
  g_clear_object (&r->run);
  g_assert_nonnull (run); /* kept for the node that still holds its step */
  while (run)
    g_main_context_iteration (NULL, TRUE);
}

/* --- the rest ------------------------------------------------------------------------- */

static void
test_failed_plan (void)
{
  GError *error = g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CYCLE, "no order");
  g_autoptr (Recorder) r = recorder_new (hearth_run_new_failed (error, NULL));

  recorder_run (r);
  g_assert_cmpstr (r->text->str, ==, "running\nerror: no order\n");
  g_assert_null (hearth_run_get_plan (r->run));
  g_assert_cmpint (hearth_run_get_step_state (r->run, "any"), ==, HEARTH_STEP_WAITING);
}

typedef struct
{
  HearthRun *run;
  guint      id;
  guint      n_events, n_freed;
} Leaver;

static void
leave_cb (const HearthRunEvent *event,
          gpointer              user_data)
{
  Leaver *leaver = user_data;

  if (++leaver->n_events == 2)
    hearth_run_remove_observer (leaver->run, leaver->id);
}

static void
freed_cb (gpointer user_data)
{
  ((Leaver *) user_data)->n_freed++;
}

static void
test_observers (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (W (T ("t", "text", ""), ""));
  HearthRun *run = hearth_run_new (plan, NULL);
  Leaver first = { run, 0, 0, 0 }, second = { run, 0, 0, 0 };
  g_autoptr (Recorder) r = NULL;

  first.id = hearth_run_add_observer (run, leave_cb, &first, freed_cb);
  r = recorder_new (run);
  second.id = hearth_run_add_observer (run, leave_cb, &second, freed_cb);
  recorder_run (r);
  g_assert_cmpuint (first.n_events, ==, 2);
  g_assert_cmpuint (second.n_events, ==, 2);
  g_assert_cmpuint (first.n_freed + second.n_freed, ==, 2);
  g_assert_cmpuint (r->n_events, ==, 5);
}

static void
test_facts (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (W (T ("w", "slow", V ("'ms':5")), ""));
  g_autoptr (HearthValue) metadata = hearth_value_object ("internalId", hearth_value_string ("tab"), NULL);
  g_autoptr (HearthRun) run = hearth_run_new (plan, metadata);
  g_autoptr (HearthRun) other = hearth_run_new (plan, NULL);

  hearth_run_set_keep_outputs (other, TRUE);
  hearth_run_set_keep_outputs (run, TRUE);
  g_assert_cmpuint (strlen (hearth_run_get_id (run)), ==, 21);
  g_assert_cmpstr (hearth_run_get_id (run), !=, hearth_run_get_id (other));
  g_assert_cmpint (hearth_run_get_started_ms (run), ==, 0);
  g_assert_true (hearth_run_get_metadata (run) == metadata);
  hearth_run_start (run);
  iterate_until_final (run);
  g_assert_cmpint (hearth_run_get_started_ms (run), >=, hearth_run_get_submitted_ms (run));
  g_assert_cmpfloat (hearth_run_get_duration_ms (run), >=, 4.0);
}

static void
twice_start (HearthStep *step)
{
  hearth_step_complete (step);
  hearth_step_complete (step);
}

static void
test_ended_twice (void)
{
  static const HearthNodeDecl decl
      = { .type = "twice", .space = "test", .category = "t", .name = "t", .title = "t", .description = "t", .start = twice_start };

  hearth_catalog_add (engine_catalog (), &decl);
  g_test_expect_message ("hearth-engine", G_LOG_LEVEL_CRITICAL, "*ended twice*");
  assert_trace (W (T ("t", "twice", ""), ""), "running\nEXECUTING t\nCOMPLETE t {}\nYIELD t " FIN "complete\n");
  g_test_assert_expected_messages ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run/empty", test_empty);
  g_test_add_func ("/run/plain", test_plain);
  g_test_add_func ("/run/interface", test_interface);
  g_test_add_func ("/run/interface-places", test_interface_places);
  g_test_add_func ("/run/interface-values", test_interface_values);
  g_test_add_func ("/run/unknown-type", test_unknown_type);
  g_test_add_func ("/run/missing-input", test_missing_input);
  g_test_add_func ("/run/failure-skips", test_failure_skips);
  g_test_add_func ("/run/concurrent", test_concurrent);
  g_test_add_func ("/run/compute", test_compute);
  g_test_add_func ("/run/compute-in-line", test_compute_in_line);
  g_test_add_func ("/run/instant", test_instant);
  g_test_add_func ("/run/long-chain", test_long_chain);
  g_test_add_func ("/run/cancel-everywhere", test_cancel_everywhere);
  g_test_add_func ("/run/cancel-tells-running", test_cancel_tells_running);
  g_test_add_func ("/run/cancel-queued", test_cancel_queued);
  g_test_add_func ("/run/cancel-stubborn", test_cancel_stubborn);
  g_test_add_func ("/run/failed-plan", test_failed_plan);
  g_test_add_func ("/run/observers", test_observers);
  g_test_add_func ("/run/facts", test_facts);
  g_test_add_func ("/run/ended-twice", test_ended_twice);

  return g_test_run ();
}
