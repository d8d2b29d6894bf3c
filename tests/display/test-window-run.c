/* test-window-run.c: questions, reuse, failures and parts of a workflow, as a user meets them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session.h"

#include "hearth-ask-bar.h"
#include "hearth-canvas-private.h"
#include "hearth-json.h"
#include "hearth-node-form-private.h"
#include "hearth-policy.h"
#include "hearth-run-line.h"

#define ASKING                                                                                                      \
  "{\"name\":\"Asking\",\"nodes\":["                                                                                \
  "{\"id\":\"who\",\"type\":\"core:HumanInput\",\"position\":{\"x\":60,\"y\":80},"                                  \
  "\"inputValues\":{\"prompt\":\"What is your name?\"},\"configValues\":{\"kind\":\"text\",\"default\":\"Ada\"}},"  \
  "{\"id\":\"sure\",\"type\":\"core:HumanInput\",\"position\":{\"x\":60,\"y\":380},"                                \
  "\"inputValues\":{\"prompt\":\"Are you sure?\"},\"configValues\":{\"kind\":\"confirm\"}},"                        \
  "{\"id\":\"which\",\"type\":\"core:HumanInput\",\"position\":{\"x\":420,\"y\":80},"                               \
  "\"inputValues\":{\"prompt\":\"Which one?\"},"                                                                    \
  "\"configValues\":{\"kind\":\"choice\",\"choices\":\"red\\ngreen\",\"default\":\"green\"}}],\"edges\":[]}"

static HearthAskBar *
get_bar (void)
{
  return HEARTH_ASK_BAR (
    session_find_widget (GTK_WIDGET (hearth_window_get_page (session.window)), HEARTH_TYPE_ASK_BAR));
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press (const char *label)
{
  GtkWidget *button = find_button (GTK_WIDGET (get_bar ()), label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_asking (const char *node_id)
{
  return g_strcmp0 (hearth_ask_bar_get_node_id (get_bar ()), node_id) == 0;
}

static HearthValue *
get_output (const char *node_id,
            const char *key)
{
  const HearthNodeTrace *trace = hearth_run_log_get_trace (session_get_log (), node_id);

  return trace != NULL ? hearth_value_get (trace->outputs, key) : NULL;
}

static void
run (const char *action)
{
  session_activate (action);
  wait_until (hearth_run_log_is_busy (session_get_log ()));
}

static void
wait_for_end (void)
{
  wait_until (!hearth_run_log_is_busy (session_get_log ()));
}

/* --- questions ------------------------------------------------------------------------------------ */

static void
test_asks (void)
{
  GtkRevealer *revealer;

  wait_until (session_get_document () != NULL);
  session_import ("Asking", ASKING);
  revealer = GTK_REVEALER (session_find_widget (GTK_WIDGET (get_bar ()), GTK_TYPE_REVEALER));
  g_assert_false (gtk_revealer_get_reveal_child (revealer));
  run ("run");
  wait_until (is_asking ("who"));
  g_assert_true (gtk_revealer_get_reveal_child (revealer));
  /* The proposed answer stands there already */
  g_assert_cmpstr (
    gtk_editable_get_text (GTK_EDITABLE (session_find_widget (GTK_WIDGET (get_bar ()), GTK_TYPE_ENTRY))), ==, "Ada");
  gtk_editable_set_text (GTK_EDITABLE (session_find_widget (GTK_WIDGET (get_bar ()), GTK_TYPE_ENTRY)), "Grace");
  press ("_Answer");
  wait_until (is_asking ("sure"));
  press ("_No");
  wait_until (is_asking ("which"));
  press ("_Answer");
  wait_for_end ();
  g_assert_false (gtk_revealer_get_reveal_child (revealer));
  g_assert_cmpstr (hearth_value_get_string (get_output ("who", "answer"), NULL), ==, "Grace");
  g_assert_false (hearth_value_get_boolean (get_output ("sure", "answer")));
  g_assert_cmpstr (hearth_value_get_string (get_output ("which", "answer"), NULL), ==, "green");
}

static void
test_refuse (void)
{
  run ("run");
  wait_until (is_asking ("who"));
  press ("_Refuse");
  wait_until (!is_asking ("who"));
  wait_until (hearth_value_is_truthy (get_output ("who", "refused")));
  session_activate ("stop");
  wait_for_end ();
  g_assert_null (hearth_ask_bar_get_node_id (get_bar ()));
}

/* --- reuse, parts ------------------------------------------------------------------------------------ */

#define SUMS                                                                                                         \
  "{\"name\":\"Sums\",\"nodes\":["                                                                                   \
  "{\"id\":\"a\",\"type\":\"core:MathOperation\",\"position\":{\"x\":60,\"y\":80},\"inputValues\":{\"a\":1,\"b\":2}}," \
  "{\"id\":\"b\",\"type\":\"core:MathOperation\",\"position\":{\"x\":420,\"y\":80},\"inputValues\":{\"b\":4}},"      \
  "{\"id\":\"c\",\"type\":\"core:MathOperation\",\"position\":{\"x\":780,\"y\":80},\"inputValues\":{\"b\":5}}],"     \
  "\"edges\":[{\"id\":\"e1\",\"source\":\"a\",\"sourceHandle\":\"result\",\"target\":\"b\",\"targetHandle\":\"a\"}," \
  "{\"id\":\"e2\",\"source\":\"b\",\"sourceHandle\":\"result\",\"target\":\"c\",\"targetHandle\":\"a\"}]}"

/* A run of three sums may be over before anybody looks. */
static void
run_through (const char *action)
{
  HearthRun *before = hearth_run_log_get_run (session_get_log ());

  session_activate (action);
  wait_until (hearth_run_log_get_run (session_get_log ()) != before);
  wait_for_end ();
}

static gboolean
is_reused (const char *node_id)
{
  const HearthNodeTrace *trace = hearth_run_log_get_trace (session_get_log (), node_id);

  return trace != NULL && trace->reused;
}

static void
select_node (const char *id)
{
  hearth_canvas_select (session_get_canvas (), (const char *const[]){ id, NULL });
}

static HearthNodeForm *
get_form (void)
{
  GtkWidget *form = session_find_widget (GTK_WIDGET (session.window->inspector), HEARTH_TYPE_NODE_FORM);

  g_assert_nonnull (form);
  return HEARTH_NODE_FORM (form);
}

static gboolean
has_line (const char *text)
{
  GListModel *lines = hearth_run_log_get_lines (session_get_log ());

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (HearthRunLine) line = g_list_model_get_item (lines, i);

      if (strstr (hearth_run_line_get_text (line), text) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_reuse (void)
{
  session_import ("Sums", SUMS);
  run_through ("run");
  g_assert_false (is_reused ("b"));
  g_assert_cmpfloat (hearth_value_get_double (get_output ("c", "result")), ==, 12);
  select_node ("b");
  run_through ("run");
  g_assert_true (is_reused ("b"));
  g_assert_true (has_line (": reused ("));
  g_assert_cmpfloat (hearth_value_get_double (get_output ("c", "result")), ==, 12);
  wait_until (g_str_equal (gtk_label_get_label (get_form ()->state), "from cache"));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (get_form ()->why), "Reused: "));
  run_through ("run-anew");
  g_assert_false (is_reused ("b"));
  g_assert_false (has_line (": reused ("));
  wait_until (g_str_has_prefix (gtk_label_get_label (get_form ()->state), "done"));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (get_form ()->why), "Ran: "));
}

static void
test_parts (void)
{
  select_node ("b");
  run_through ("run-from");
  g_assert_true (is_reused ("a"));
  g_assert_false (is_reused ("b"));
  g_assert_false (is_reused ("c"));
  g_assert_nonnull (get_output ("c", "result"));
  run_through ("run-to");
  g_assert_nonnull (get_output ("b", "result"));
  g_assert_null (get_output ("c", "result"));
}

static void
test_pin (void)
{
  select_node ("b");
  gtk_widget_activate_action (GTK_WIDGET (session_get_canvas ()), "canvas.pin", NULL);
  g_assert_cmpfloat (
    hearth_value_get_member_double (hearth_document_get_pinned (session_get_document (), "b"), "result", 0), ==, 7);
  gtk_widget_activate_action (GTK_WIDGET (session_get_canvas ()), "canvas.pin", NULL);
  g_assert_null (hearth_document_get_pinned (session_get_document (), "b"));
}

/* --- failures ------------------------------------------------------------------------------------------- */

static HearthValue *
get_policy (const char *id)
{
  return hearth_value_get (hearth_graph_get_node (session_get_graph (), id)->config, HEARTH_POLICY_KEY);
}

static void
test_policy (void)
{
  GtkWidget *form = GTK_WIDGET (get_form ()->policy);
  GtkWidget *spin = session_find_widget (form, GTK_TYPE_SPIN_BUTTON);
  GtkWidget *then = session_find_widget (form, ADW_TYPE_COMBO_ROW);

  select_node ("a");
  g_assert_true (gtk_widget_get_visible (form));
  g_assert_null (get_policy ("a"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 4);
  g_assert_cmpfloat (
    hearth_value_get_member_double (hearth_value_get (get_policy ("a"), "retry"), "count", 0), ==, 3);
  adw_combo_row_set_selected (ADW_COMBO_ROW (then), 1);
  g_assert_cmpstr (hearth_value_get_member_string (get_policy ("a"), "onFailure", NULL), ==, "value");
  /* Another node shows its own, and nothing is written into it */
  select_node ("b");
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin)), ==, 1);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (then)), ==, 0);
  g_assert_null (get_policy ("b"));
  select_node ("a");
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin)), ==, 4);
  adw_combo_row_set_selected (ADW_COMBO_ROW (then), 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 1);
  g_assert_null (get_policy ("a"));
}

/* What a file holds is shown and kept, also where there is no field for it. */
static void
test_foreign_policy (void)
{
  g_autoptr (HearthValue) policy = hearth_json_parse (
    "{\"retry\":{\"count\":2,\"jitter\":0.5,\"on\":[\"rate-limit\"]},\"onFailure\":\"input\",\"own\":1}", -1, NULL);
  GtkWidget *form = GTK_WIDGET (get_form ()->policy);
  AdwComboRow *then = ADW_COMBO_ROW (session_find_widget (form, ADW_TYPE_COMBO_ROW));
  HearthEdit *edit = hearth_edit_new (session_get_graph (), "Policy");

  hearth_edit_set_config (edit, "c", HEARTH_POLICY_KEY, policy);
  hearth_history_push (hearth_document_get_history (session_get_document ()), edit, NULL);
  select_node ("c");
  g_assert_cmpuint (adw_combo_row_get_selected (then), ==, 2);
  g_assert_true (hearth_value_equal (get_policy ("c"), policy));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (session_find_widget (form, GTK_TYPE_SPIN_BUTTON)), 6);
  g_assert_cmpfloat (hearth_value_get_member_double (hearth_value_get (get_policy ("c"), "retry"), "count", 0), ==, 5);
  g_assert_cmpfloat (hearth_value_get_member_double (hearth_value_get (get_policy ("c"), "retry"), "jitter", 0), ==, 0.5);
  g_assert_cmpfloat (hearth_value_get_member_double (get_policy ("c"), "own", 0), ==, 1);
  g_assert_cmpstr (hearth_value_get_member_string (get_policy ("c"), "onFailure", NULL), ==, "input");
  select_node ("b");
  g_assert_cmpuint (adw_combo_row_get_selected (then), ==, 0);
  g_assert_null (get_policy ("b"));
  hearth_history_undo (hearth_document_get_history (session_get_document ()));
}

/* What is missing is marked before the run, and a sentence after it. */
static void
test_missing (void)
{
  HearthCardData *card;

  session_import ("Missing", "{\"name\":\"Missing\",\"nodes\":["
                             "{\"id\":\"m\",\"type\":\"core:TextMerge\",\"position\":{\"x\":0,\"y\":0}},"
                             "{\"id\":\"u\",\"type\":\"x:Y\",\"position\":{\"x\":400,\"y\":0}}],\"edges\":[]}");
  card = hearth_card_get_data (hearth_canvas_get_card (session_get_canvas (), "m"));
  wait_until (card->problem != NULL);
  g_assert_true (card->problem_is_error);
  select_node ("m");
  run_through ("run");
  g_assert_cmpstr (card->error, ==, "“Texts” needs a value.");
  wait_until (gtk_widget_get_visible (GTK_WIDGET (get_form ()->failure)));
  g_assert_cmpstr (gtk_label_get_label (get_form ()->failure), ==, "“Texts” needs a value.");
  g_assert_true (has_line (": “Texts” needs a value."));
  g_assert_true (has_line ("This kind of node (“x:Y”) is not installed."));
  g_assert_false (has_line ("Critical error"));
}

static void
test_queue (void)
{
  HearthQueue *queue = hearth_workspace_get_queue (session.window->workspace);
  GtkWidget *pause = session_find_widget (GTK_WIDGET (session.window->queue), GTK_TYPE_SWITCH);

  g_assert_nonnull (pause);
  gtk_switch_set_active (GTK_SWITCH (pause), TRUE);
  g_assert_true (hearth_queue_is_paused (queue));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (session.window->queue)));
  run ("run");
  session_settle (100);
  g_assert_cmpint (hearth_run_get_status (hearth_run_log_get_run (session_get_log ())), ==, HEARTH_RUN_QUEUED);
  gtk_switch_set_active (GTK_SWITCH (pause), FALSE);
  wait_for_end ();
  g_assert_cmpint (hearth_run_get_status (hearth_run_log_get_run (session_get_log ())), ==, HEARTH_RUN_COMPLETE);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (!session_begin (&argc, &argv))
    return 0;
  g_test_add_func ("/window-run/asks", test_asks);
  g_test_add_func ("/window-run/refuse", test_refuse);
  g_test_add_func ("/window-run/reuse", test_reuse);
  g_test_add_func ("/window-run/parts", test_parts);
  g_test_add_func ("/window-run/pin", test_pin);
  g_test_add_func ("/window-run/policy", test_policy);
  g_test_add_func ("/window-run/foreign-policy", test_foreign_policy);
  g_test_add_func ("/window-run/queue", test_queue);
  g_test_add_func ("/window-run/missing", test_missing);
  status = g_test_run ();
  session_end ();
  return status;
}
