/* test-window.c: the window with the demo project, as a user goes through it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session.h"

#include "hearth-id.h"
#include "hearth-json.h"
#include "hearth-node-form-private.h"
#include "hearth-node-list.h"
#include "hearth-palette.h"
#include "hearth-result-row.h"
#include "hearth-value-row.h"

static GtkWidget *
find_value_row (GtkWidget  *root,
                const char *key)
{
  if (HEARTH_IS_VALUE_ROW (root) && g_str_equal (hearth_value_row_get_slot (HEARTH_VALUE_ROW (root))->key, key))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_value_row (child, key);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* --- tests: one after the other, like a session at the window ---------------------------------------------- */

static void
test_first_start (void)
{
  wait_until (session_get_document () != NULL);
  g_assert_cmpstr (hearth_document_get_title (session_get_document ()), ==, "Welcome");
  g_assert_cmpstr (gtk_label_get_label (session.window->title), ==, "Welcome");
  g_assert_cmpstr (gtk_label_get_label (session.window->project_label), ==, "Demo");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (session.window)), ==, "Welcome — Demo");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (session.window->stack), ==, "editor");
  g_assert_true (g_settings_get_boolean (session.window->settings, "demo-installed"));
}

static void
test_actions (void)
{
  static const char *const names[] = { "save",         "run",       "stop",         "add-node",   "new-workflow",
                                       "close-tab",    "import",    "new-project",  "show-projects", "side-pane",
                                       "inspector",    "dock",
                                       "run-anew",     "run-from",  "run-to" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (g_action_group_has_action (G_ACTION_GROUP (session.window), names[i]));
  g_assert_true (g_action_group_has_action (G_ACTION_GROUP (session.application), "preferences"));
  g_assert_true (session_is_enabled ("run"));
  g_assert_false (session_is_enabled ("stop"));
  g_assert_false (session_is_enabled ("save"));
}

/* No plain key may be the application's: it would be stolen from text fields. */
static void
test_keys (void)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (GTK_APPLICATION (session.application));

  g_assert_cmpuint (g_strv_length (actions), >, 8);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (GTK_APPLICATION (session.application), actions[i]);

      for (guint j = 0; keys[j] != NULL; j++)
        {
          GdkModifierType modifiers;
          guint key;

          g_assert_true (gtk_accelerator_parse (keys[j], &key, &modifiers));
          g_assert_true ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
                         (key >= GDK_KEY_F1 && key <= GDK_KEY_F12));
        }
    }
}

static void
test_palette (void)
{
  guint before = hearth_graph_get_n_nodes (session_get_graph ());
  GtkWidget *palette, *search;

  session_activate ("add-node");
  palette = session_find_widget (GTK_WIDGET (hearth_window_get_page (session.window)), HEARTH_TYPE_PALETTE);
  g_assert_nonnull (palette);
  wait_until (gtk_widget_get_mapped (palette));
  search = session_find_widget (palette, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (search), "merge tex");
  hearth_node_list_pick_selected (HEARTH_NODE_LIST (session_find_widget (palette, HEARTH_TYPE_NODE_LIST)));
  wait_until (hearth_graph_get_n_nodes (session_get_graph ()) == before + 1);
  g_assert_cmpstr (hearth_canvas_get_selected_node (session_get_canvas ())->type_id, ==, "core:TextMerge");
  wait_until (!gtk_widget_get_visible (palette));
}

static void
test_title_dot (void)
{
  g_assert_true (hearth_document_is_modified (session_get_document ()));
  g_assert_cmpstr (gtk_label_get_label (session.window->title), ==, "Welcome •");
  g_assert_true (session_is_enabled ("save"));
}

static void
test_undo (void)
{
  guint n = hearth_graph_get_n_nodes (session_get_graph ());

  gtk_widget_activate_action (GTK_WIDGET (session_get_canvas ()), "canvas.undo", NULL);
  wait_until (hearth_graph_get_n_nodes (session_get_graph ()) == n - 1);
  g_assert_false (hearth_document_is_modified (session_get_document ()));
  g_assert_cmpstr (gtk_label_get_label (session.window->title), ==, "Welcome");
}

static void
test_inspector (void)
{
  static const char *const ids[] = { "MathOperation_1", NULL };
  GtkWidget *row;
  HearthValueEditor *editor;
  HearthNode *node;

  hearth_canvas_select (session_get_canvas (), ids);
  wait_until ((row = find_value_row (GTK_WIDGET (session.window->inspector), "b")) != NULL);
  editor = hearth_value_row_get_editor (HEARTH_VALUE_ROW (row));
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (hearth_value_editor_get_widget (editor))), ==, 7);

  /* typed: goes into the graph, as one step */
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (hearth_value_editor_get_widget (editor)), 8);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (hearth_value_editor_get_widget (editor)), 9);
  node = hearth_graph_get_node (session_get_graph (), ids[0]);
  g_assert_cmpfloat (hearth_value_get_member_double (node->inputs, "b", 0), ==, 9);
  g_assert_cmpuint (hearth_history_get_position (hearth_document_get_history (session_get_document ())), ==, 1);

  /* changed elsewhere: shows in the field and makes no new step */
  hearth_history_undo (hearth_document_get_history (session_get_document ()));
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (hearth_value_editor_get_widget (editor))), ==, 7);
  g_assert_cmpuint (hearth_history_get_position (hearth_document_get_history (session_get_document ())), ==, 0);
  hearth_history_redo (hearth_document_get_history (session_get_document ()));
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (hearth_value_editor_get_widget (editor))), ==, 9);
}

/* Changing the mode gives other rows; the mode's own row stays the same widget. */
static void
test_mode (void)
{
  GtkWidget *row = find_value_row (GTK_WIDGET (session.window->inspector), "operationMode");
  HearthValueEditor *editor;
  HearthNode *node = hearth_graph_get_node (session_get_graph (), "MathOperation_1");
  g_autoptr (HearthValue) add = hearth_value_string ("add");
  HearthEdit *edit;

  g_assert_nonnull (row);
  editor = hearth_value_row_get_editor (HEARTH_VALUE_ROW (row));
  g_assert_cmpstr (hearth_value_get_string (hearth_value_editor_get_value (editor), NULL), ==, "multiply");
  edit = hearth_edit_new (session_get_graph (), "Mode");
  hearth_edit_set_config (edit, node->id, "operationMode", add);
  hearth_history_push (hearth_document_get_history (session_get_document ()), edit, NULL);
  row = find_value_row (GTK_WIDGET (session.window->inspector), "operationMode");
  editor = hearth_value_row_get_editor (HEARTH_VALUE_ROW (row));
  g_assert_cmpstr (hearth_value_get_string (hearth_value_editor_get_value (editor), NULL), ==, "add");
  hearth_history_undo (hearth_document_get_history (session_get_document ()));
}

static void
test_save (void)
{
  g_autofree char *path = g_build_filename (session.data_dir, "userData", "default_user", "projects", "Demo",
                                            "workflows", "Welcome.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (HearthValue) stored = NULL;
  g_autoptr (GError) error = NULL;
  HearthValue *nodes;
  double b = 0;

  session_activate ("save");
  wait_until (!hearth_document_is_modified (session_get_document ()));
  g_assert_cmpstr (gtk_label_get_label (session.window->title), ==, "Welcome");
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  stored = hearth_json_parse (text, -1, &error);
  g_assert_no_error (error);
  nodes = hearth_value_get (stored, "nodes");
  for (gsize i = 0; i < hearth_value_get_length (nodes); i++)
    if (g_str_equal (hearth_value_get_member_string (hearth_value_at (nodes, i), "id", ""), "MathOperation_1"))
      b = hearth_value_get_member_double (hearth_value_get (hearth_value_at (nodes, i), "inputValues"), "b", 0);
  g_assert_cmpfloat (b, ==, 9);
}

static gboolean
has_text (HearthOutputView *output,
          const char       *key)
{
  g_autofree char *text = hearth_output_view_dup_text (output, key);

  return text != NULL && *text != '\0';
}

static void
test_run (void)
{
  HearthRunLog *log = hearth_editor_page_get_run_log (hearth_window_get_page (session.window));
  HearthOutputView *output = hearth_dock_get_output (session.window->dock);
  g_autofree char *some = NULL;
  g_autofree char *all = NULL;
  g_autofree char *number = NULL;

  session_activate ("run");
  wait_until (hearth_run_log_is_busy (log));
  g_assert_false (session_is_enabled ("run"));
  g_assert_true (session_is_enabled ("stop"));
  g_assert_cmpstr (gtk_label_get_label (session.window->run_label), ==, "Stop");

  /* words arrive while it still runs */
  wait_until (has_text (output, "greeting"));
  some = hearth_output_view_dup_text (output, "greeting");
  g_assert_true (hearth_run_log_is_busy (log));

  wait_until (!hearth_run_log_is_busy (log));
  g_assert_cmpint (hearth_run_get_status (hearth_run_log_get_run (log)), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpstr (gtk_label_get_label (session.window->run_label), ==, "Run");
  all = hearth_output_view_dup_text (output, "greeting");
  g_assert_true (g_str_has_prefix (all, "Hello, Ada, welcome to Hearth!"));
  g_assert_cmpuint (strlen (all), >, strlen (some));
  number = hearth_output_view_dup_text (output, "number");
  g_assert_cmpstr (number, ==, "54");
  g_assert_true (g_str_has_prefix (gtk_label_get_label (session.window->status), "done in "));
  g_assert_cmpuint (g_list_model_get_n_items (hearth_run_log_get_lines (log)), >, 4);
  g_assert_cmpfloat (hearth_run_log_get_node_ms (log, "TextStream_1"), >, 0);
}

/* The result of the selected node stands in the inspector. */
static void
test_result (void)
{
  GtkWidget *row = session_find_widget (GTK_WIDGET (session.window->inspector), HEARTH_TYPE_RESULT_ROW);

  g_assert_nonnull (row);
  wait_until (g_strcmp0 (hearth_result_row_get_text (HEARTH_RESULT_ROW (row)), "54") == 0);
}

static void
test_stop (void)
{
  HearthRunLog *log = hearth_editor_page_get_run_log (hearth_window_get_page (session.window));

  session_activate ("run");
  wait_until (hearth_run_log_is_busy (log));
  session_activate ("stop");
  wait_until (!hearth_run_log_is_busy (log));
  g_assert_cmpint (hearth_run_get_status (hearth_run_log_get_run (log)), ==, HEARTH_RUN_INTERRUPTED);
}

static void
test_problems (void)
{
  HearthProblems *problems = hearth_editor_page_get_problems (hearth_window_get_page (session.window));
  HearthEdit *edit = hearth_edit_new (session_get_graph (), "Cut");

  g_assert_cmpuint (hearth_problems_get_n (problems), ==, 0);
  hearth_edit_disconnect (edit, "Wk3mPq8sTa");
  hearth_edit_disconnect (edit, "Wk3mPq8sTb");
  hearth_edit_disconnect (edit, "Wk3mPq8sTc");
  hearth_history_push (hearth_document_get_history (session_get_document ()), edit, NULL);
  wait_until (hearth_problems_get_n (problems) > 0);
  g_assert_nonnull (hearth_problems_at (problems, 0)->message);
  hearth_history_undo (hearth_document_get_history (session_get_document ()));
  wait_until (hearth_problems_get_n (problems) == 0);
}

/* A file becomes a workflow of its own: nothing is written, everything it holds is there. */
static void
test_import (void)
{
  g_autofree char *path = g_build_filename (session.data_dir, "from-elsewhere.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *text = "{\"name\":\"Elsewhere\",\"nodes\":[{\"id\":\"n1\",\"type\":\"strange:Thing\",\"position\":"
                     "{\"x\":1,\"y\":2},\"secret\":[1,2]}],\"edges\":[],\"viewport\":{\"x\":0,\"y\":0,\"zoom\":1},"
                     "\"own\":{\"kept\":true}}";
  HearthNode *node;
  GFile *files[] = { file };

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_application_open (G_APPLICATION (session.application), files, 1, "");
  wait_until (g_strcmp0 (hearth_document_get_title (session_get_document ()), "Elsewhere") == 0);
  g_assert_null (hearth_document_get_workflow_id (session_get_document ()));
  g_assert_true (hearth_document_is_modified (session_get_document ()));
  g_assert_cmpuint (hearth_graph_get_n_nodes (session_get_graph ()), ==, 1);
  node = hearth_graph_get_node (session_get_graph (), "n1");
  g_assert_nonnull (node);
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (node->stored, "secret")), ==, 2);
  g_assert_true (hearth_value_get_member_boolean (hearth_graph_get_property (session_get_graph (), "own"), "kept", FALSE));
}

/* The same workflow saved by somebody else while there are edits here: a bar asks, and the answer holds. */
static GtkRevealer *
find_conflict_bar (void)
{
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (hearth_window_get_page (session.window)));

  return GTK_REVEALER (session_find_widget (box, GTK_TYPE_REVEALER));
}

static void
ignore_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      done)
{
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, NULL);

  g_assert_nonnull (answer);
  *(gboolean *) done = TRUE;
}

static void
test_conflict (void)
{
  g_autoptr (HearthValue) name = hearth_value_string ("from elsewhere");
  g_autoptr (HearthValue) whole = hearth_graph_to_value (session_get_graph ());
  g_autoptr (HearthValue) theirs = hearth_value_with (whole, "description", name);
  g_autoptr (HearthValue) mine = hearth_value_string ("mine");
  HearthEdit *edit = hearth_edit_new (session_get_graph (), "Describe");
  gboolean done = FALSE;

  hearth_edit_set_property (edit, "description", mine);
  hearth_history_push (hearth_document_get_history (session_get_document ()), edit, NULL);
  g_assert_false (gtk_revealer_get_reveal_child (find_conflict_bar ()));
  hearth_workspace_save_workflow (session.window->workspace, "Demo",
                                  hearth_document_get_workflow_id (session_get_document ()), theirs, NULL, NULL, ignore_cb,
                                  &done);
  wait_until (done && gtk_revealer_get_reveal_child (find_conflict_bar ()));
  g_signal_emit_by_name (session_find_widget (GTK_WIDGET (find_conflict_bar ()), GTK_TYPE_BUTTON), "clicked");
  g_assert_false (gtk_revealer_get_reveal_child (find_conflict_bar ()));
  wait_until (hearth_value_equal (hearth_graph_get_property (session_get_graph (), "description"), name));
}

/* Closing a tab with unsaved work asks; the answer decides. */
static void
test_close_asks (void)
{
  int n = adw_tab_view_get_n_pages (session.window->tabs);
  AdwMessageDialog *dialog;

  session_activate ("close-tab");
  dialog = session_await_dialog ();
  g_assert_cmpint (adw_tab_view_get_n_pages (session.window->tabs), ==, n);
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "save");
  adw_message_dialog_response (dialog, "discard");
  wait_until (adw_tab_view_get_n_pages (session.window->tabs) == n - 1);
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpstr (hearth_document_get_title (session_get_document ()), ==, "Welcome");
}

static void
test_panes (void)
{
  static const char *const ids[] = { "MathOperation_1", NULL };
  GtkWidget *inspector = adw_flap_get_flap (session.window->inspector_flap);
  int minimum;

  /* What was shown before does not keep it wide. */
  hearth_canvas_select (session_get_canvas (), ids);
  wait_until (find_value_row (inspector, "b") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (session_get_canvas ()), "canvas.select-none", NULL);
  session_settle (100);
  gtk_widget_measure (inspector, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 300);
  g_assert_cmpint (gtk_widget_get_width (inspector), ==, 300);
  g_action_group_change_action_state (G_ACTION_GROUP (session.window), "inspector", g_variant_new_boolean (FALSE));
  g_assert_false (g_settings_get_boolean (session.window->settings, "inspector-visible"));
  g_action_group_change_action_state (G_ACTION_GROUP (session.window), "inspector", g_variant_new_boolean (TRUE));
  g_action_group_change_action_state (G_ACTION_GROUP (session.window), "dock", g_variant_new_boolean (TRUE));
  g_assert_true (g_settings_get_boolean (session.window->settings, "dock-visible"));
}

static void
test_start_page (void)
{
  session_activate ("show-projects");
  wait_until (g_str_equal (gtk_stack_get_visible_child_name (session.window->stack), "start"));
  wait_until (session_find_widget (GTK_WIDGET (session.window->start), GTK_TYPE_FLOW_BOX_CHILD) != NULL);
  g_assert_null (hearth_window_get_page (session.window));
  g_assert_false (session_is_enabled ("run"));
  g_signal_emit_by_name (session.window->start, "open", "Demo");
  wait_until (session_get_document () != NULL);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (!session_begin (&argc, &argv))
    return 0;
  g_test_add_func ("/window/first-start", test_first_start);
  g_test_add_func ("/window/actions", test_actions);
  g_test_add_func ("/window/keys", test_keys);
  g_test_add_func ("/window/palette", test_palette);
  g_test_add_func ("/window/title-dot", test_title_dot);
  g_test_add_func ("/window/undo", test_undo);
  g_test_add_func ("/window/inspector", test_inspector);
  g_test_add_func ("/window/mode", test_mode);
  g_test_add_func ("/window/save", test_save);
  g_test_add_func ("/window/run", test_run);
  g_test_add_func ("/window/result", test_result);
  g_test_add_func ("/window/stop", test_stop);
  g_test_add_func ("/window/problems", test_problems);
  g_test_add_func ("/window/conflict", test_conflict);
  g_test_add_func ("/window/import", test_import);
  g_test_add_func ("/window/close-asks", test_close_asks);
  g_test_add_func ("/window/panes", test_panes);
  g_test_add_func ("/window/start-page", test_start_page);
  status = g_test_run ();
  session_end ();
  return status;
}
