/* test-canvas.c: what the canvas shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "canvases.h"

/* --- cards --------------------------------------------------------------------------------- */

static void
test_cards (Fixture *f,
            gconstpointer data)
{
  HearthCard *near = hearth_canvas_get_card (f->canvas, "n0"), *far = hearth_canvas_get_card (f->canvas, "n199");

  g_assert_cmpuint (g_hash_table_size (f->canvas->cards), ==, N_NODES);
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (near)));
  g_assert_false (gtk_widget_get_child_visible (GTK_WIDGET (far)));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (near), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (near), GTK_ACCESSIBLE_PROPERTY_LABEL, "Sum 0");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (near), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Adds numbers.");
  hearth_canvas_zoom_to_fit (f->canvas);
  settle ();
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (far)));
  g_assert_cmpint (f->canvas->lod, <, HEARTH_LOD_TEXT);
}

static void
test_unknown_type (Fixture *f,
                   gconstpointer data)
{
  HearthCardData *card = hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n7"));

  g_assert_true (card->is_unknown);
  g_assert_nonnull (strstr (card->error, "foreign:Thing"));
}

static void
test_run_events (Fixture *f,
                 gconstpointer data)
{
  GtkAccessible *card = GTK_ACCESSIBLE (hearth_canvas_get_card (f->canvas, "n0"));
  g_autoptr (HearthValue) outputs = hearth_value_object ("sum", hearth_value_integer (42), NULL);
  HearthCardData *shown = hearth_card_get_data (HEARTH_CARD (card));

  hearth_canvas_show_event (f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_STATUS, .status = HEARTH_RUN_RUNNING });
  gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_LABEL, "Sum 0, waiting");
  hearth_canvas_show_event (f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = "n0" });
  g_assert_cmpint (shown->state, ==, HEARTH_CARD_RUNNING);
  hearth_canvas_show_event (f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_NODE_YIELD, .node_id = "n0" });
  g_assert_true (hearth_canvas_is_flowing (f->canvas, "n0"));
  hearth_canvas_show_event (f->canvas,
                            &(HearthRunEvent){ .kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n0", .value = outputs });
  g_assert_false (hearth_canvas_is_flowing (f->canvas, "n0"));
  gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_LABEL, "Sum 0, done");
  g_assert_cmpstr (hearth_card_data_find_row (shown, "sum", TRUE)->value, ==, "42");
  hearth_canvas_show_event (
      f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_NODE_ERROR, .node_id = "n1", .message = "No number." });
  hearth_canvas_show_event (f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = "n2/inner" });
  g_assert_cmpint (hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n2"))->state, ==, HEARTH_CARD_RUNNING);
  hearth_canvas_show_event (f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_STATUS, .status = HEARTH_RUN_ERROR });
  g_assert_cmpstr (hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n1"))->error, ==, "No number.");
  g_assert_cmpint (hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n2"))->state, ==, HEARTH_CARD_DONE);
  g_assert_cmpint (hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n9"))->state, ==, HEARTH_CARD_IDLE);
  /* An edit of the node does not wipe out what the run has shown */
  hearth_canvas_store_value (f->canvas, "n0", "b", FALSE, outputs);
  shown = hearth_card_get_data (HEARTH_CARD (card));
  g_assert_cmpstr (hearth_card_data_find_row (shown, "sum", TRUE)->value, ==, "42");
}

static void
show (Fixture *f,
      HearthRunEvent event)
{
  hearth_canvas_show_event (f->canvas, &event);
}

static void
test_reused (Fixture *f,
             gconstpointer data)
{
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n0", .reused = TRUE, .why = "same as before" });
  g_assert_cmpint (get_data (f, "n0")->state, ==, HEARTH_CARD_DONE);
  g_assert_true (get_data (f, "n0")->reused);
  g_assert_cmpstr (get_data (f, "n0")->why, ==, "same as before");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (hearth_canvas_get_card (f->canvas, "n0")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Sum 0, done, from cache");
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_SKIPPED, .node_id = "n1", .message = "Branch not taken." });
  g_assert_cmpint (get_data (f, "n1")->state, ==, HEARTH_CARD_SKIPPED);
  g_assert_cmpstr (get_data (f, "n1")->why, ==, "Branch not taken.");
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_STATUS, .status = HEARTH_RUN_RUNNING });
  g_assert_false (get_data (f, "n0")->reused);
  g_assert_null (get_data (f, "n1")->why);
}

static void
set_config (Fixture *f,
            const char *id,
            const char *key,
            HearthValue *value)
{
  HearthEdit *edit = hearth_edit_new (f->graph, "Config");

  hearth_edit_set_config (edit, id, key, value);
  hearth_history_push (f->history, edit, NULL);
  hearth_value_unref (value);
}

static void
test_retry (Fixture *f,
            gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  set_config (f, "n0", HEARTH_POLICY_KEY,
              hearth_value_object ("retry", hearth_value_object ("count", hearth_value_integer (3), NULL), NULL));
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = "n0" });
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_RETRY, .node_id = "n0", .attempt = 2, .delay_ms = 40, .message = "Busy." });
  g_assert_cmpstr (hearth_card_data_get_notice (get_data (f, "n0")), ==, "Try 2 of 4 in 1 s. Busy.");
  g_assert_cmpint (get_data (f, "n0")->state, ==, HEARTH_CARD_RUNNING);
  /* Once the wait is over it does not say that there is one */
  while (strstr (get_data (f, "n0")->note, " s.") != NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (get_data (f, "n0")->note, ==, "Try 2 of 4");
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_RETRY, .node_id = "n0", .attempt = 3, .delay_ms = 60000 });
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n0" });
  g_assert_null (get_data (f, "n0")->note);
  g_assert_cmpuint (g_hash_table_size (f->canvas->retries), ==, 0);
}

/* For a service, say; the node goes on running, and a group says it for the node in it. */
static void
test_waits (Fixture *f,
            gconstpointer data)
{
  static const char *const nodes[][2] = { { "n0", "n0" }, { "n1/inner", "n1" } };

  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = nodes[i][0] });
      show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_WAITS, .node_id = nodes[i][0], .message = "Trying again at 12:03:20." });
      g_assert_cmpstr (hearth_card_data_get_notice (get_data (f, nodes[i][1])), ==, "Trying again at 12:03:20.");
      g_assert_cmpint (get_data (f, nodes[i][1])->state, ==, HEARTH_CARD_RUNNING);
      show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_WAITS, .node_id = nodes[i][0] });
      g_assert_null (hearth_card_data_get_notice (get_data (f, nodes[i][1])));
      g_assert_cmpint (get_data (f, nodes[i][1])->state, ==, HEARTH_CARD_RUNNING);
    }
}

static void
test_asks (Fixture *f,
           gconstpointer data)
{
  g_autoptr (HearthValue) question = hearth_value_object ("prompt", hearth_value_string ("Who\nare you?"), NULL);

  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = "n0" });
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_ASKS, .node_id = "n0", .value = question });
  g_assert_cmpint (get_data (f, "n0")->state, ==, HEARTH_CARD_ASKING);
  g_assert_cmpstr (get_data (f, "n0")->note, ==, "Who are you?");
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n0" });
  g_assert_cmpint (get_data (f, "n0")->state, ==, HEARTH_CARD_DONE);
  g_assert_null (get_data (f, "n0")->note);
  /* Inside a group it is the group that asks */
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = "n1/q" });
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_ASKS, .node_id = "n1/q", .value = question });
  g_assert_cmpint (get_data (f, "n1")->state, ==, HEARTH_CARD_ASKING);
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n1/q" });
  g_assert_cmpint (get_data (f, "n1")->state, ==, HEARTH_CARD_RUNNING);
}

static void
test_problems (Fixture *f,
               gconstpointer data)
{
  HearthProblem weak = { .level = HEARTH_PROBLEM_WARNING, .node_id = (char *) "n0", .message = (char *) "Odd." };
  HearthProblem hard = { .level = HEARTH_PROBLEM_ERROR, .node_id = (char *) "n1/inner", .message = (char *) "Bad." };
  HearthProblem other = { .level = HEARTH_PROBLEM_ERROR, .node_id = (char *) "n0", .message = (char *) "Worse." };
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();

  g_ptr_array_add (problems, &weak);
  g_ptr_array_add (problems, &hard);
  hearth_canvas_set_problems (f->canvas, problems);
  g_assert_cmpstr (get_data (f, "n0")->problem, ==, "Odd.");
  g_assert_false (get_data (f, "n0")->problem_is_error);
  g_assert_true (get_data (f, "n1")->problem_is_error);
  g_assert_null (get_data (f, "n2")->problem);
  /* An edit does not take the mark away; the next check does */
  set_config (f, "n0", "x", hearth_value_integer (1));
  g_assert_cmpstr (get_data (f, "n0")->problem, ==, "Odd.");
  g_ptr_array_add (problems, &other);
  hearth_canvas_set_problems (f->canvas, problems);
  g_assert_cmpstr (get_data (f, "n0")->problem, ==, "Odd.\nWorse.");
  g_assert_true (get_data (f, "n0")->problem_is_error);
  hearth_canvas_set_problems (f->canvas, NULL);
  g_assert_null (get_data (f, "n0")->problem);
}

static void
test_pinned (Fixture *f,
             gconstpointer data)
{
  g_assert_false (get_data (f, "n0")->pinned);
  set_config (f, "n0", HEARTH_PINNED_KEY, hearth_value_object ("sum", hearth_value_integer (1), NULL));
  g_assert_true (get_data (f, "n0")->pinned);
  hearth_history_undo (f->history);
  g_assert_false (get_data (f, "n0")->pinned);
}

int
main (int argc,
      char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }
  adw_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/canvas/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("cards", test_cards);
  ADD ("unknown-type", test_unknown_type);
  ADD ("run-events", test_run_events);
  ADD ("reused", test_reused);
  ADD ("retry", test_retry);
  ADD ("waits", test_waits);
  ADD ("asks", test_asks);
  ADD ("problems", test_problems);
  ADD ("pinned", test_pinned);
  return g_test_run ();
}
