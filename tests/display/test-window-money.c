/* test-window-money.c: what models took is shown, ceilings are entered, and a run that one has stopped goes on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session.h"

#include "hearth-node-form-private.h"
#include "hearth-output-view.h"
#include "hearth-spending-group.h"
#include "hearth-usage-operations.h"

/* The second call follows the first, so that a ceiling is reached between them. */
#define TWO_CALLS                                                                                                     \
  "{\"name\":\"Two calls\",\"nodes\":["                                                                               \
  "{\"id\":\"first\",\"type\":\"core:SimpleCompletion\",\"position\":{\"x\":0,\"y\":0},"                              \
  "\"inputValues\":{\"prompt\":\"Name a river.\",\"model\":\"core:offline-quick\"}},"                                 \
  "{\"id\":\"second\",\"type\":\"core:SimpleCompletion\",\"position\":{\"x\":400,\"y\":0},"                           \
  "\"inputValues\":{\"model\":\"core:offline-quick\"}}],"                                                             \
  "\"edges\":[{\"id\":\"e\",\"source\":\"first\",\"sourceHandle\":\"text\",\"target\":\"second\",\"targetHandle\":\"prompt\"}]}"

/* --- ceilings in the preferences ------------------------------------------------------------------------- */

static GtkWidget *preferences;

static GtkWidget *
get_scope (const char *name)
{
  return session_get_part (preferences, HEARTH_TYPE_SPENDING_GROUP, name);
}

static const char *
get_subtitle (const char *scope)
{
  return adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (get_scope (scope)));
}

static GtkWidget *
find_entry (GtkWidget  *root,
            const char *title)
{
  if (ADW_IS_ENTRY_ROW (root) && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
enter (const char *scope,
       const char *title,
       const char *text)
{
  GtkWidget *entry = find_entry (get_scope (scope), title);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "apply");
  return entry;
}

static gboolean
stands_in_budget (const char *text)
{
  g_autofree char *path = g_build_filename (session.data_dir, "data", "budget.json", NULL);
  g_autofree char *found = NULL;

  return g_file_get_contents (path, &found, NULL, NULL) && strstr (found, text) != NULL;
}

static void
test_ceilings (void)
{
  GtkWidget *entry;

  preferences = session_open_preferences ();
  wait_until (g_strcmp0 (get_subtitle ("run"), "No ceiling") == 0);
  enter ("run", "Money", "2,5");
  wait_until (g_strcmp0 (get_subtitle ("run"), "2.5 USD") == 0);
  enter ("run", "Calls", "50");
  wait_until (g_strcmp0 (get_subtitle ("run"), "2.5 USD, 50 calls") == 0);
  g_assert_true (stands_in_budget ("2.5"));
  entry = enter ("day", "Tokens", "many");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  enter ("day", "Tokens", "1.5");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  enter ("day", "Tokens", "1000000");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  wait_until (g_strcmp0 (get_subtitle ("day"), "1000000 tokens") == 0);
  g_assert_cmpstr (get_subtitle ("project"), ==, "No ceiling");
}

static void
test_no_ceilings (void)
{
  enter ("run", "Money", "");
  wait_until (g_strcmp0 (get_subtitle ("run"), "50 calls") == 0);
  enter ("run", "Calls", " ");
  enter ("day", "Tokens", "");
  wait_until (g_strcmp0 (get_subtitle ("run"), "No ceiling") == 0 && g_strcmp0 (get_subtitle ("day"), "No ceiling") == 0);
}

static gboolean
is_spent (const char *row,
          const char *words)
{
  const char *subtitle = adw_action_row_get_subtitle (ADW_ACTION_ROW (get_scope (row)));

  return subtitle != NULL && strstr (subtitle, words) != NULL;
}

/* --- what a run took --------------------------------------------------------------------------------------- */

static HearthRun *
get_run (void)
{
  return hearth_run_log_get_run (session_get_log ());
}

static void
run (void)
{
  session_activate ("run-anew");
  wait_until (hearth_run_log_is_busy (session_get_log ()));
  wait_until (!hearth_run_log_is_busy (session_get_log ()));
}

static GtkLabel *
get_total (void)
{
  return GTK_LABEL (session_get_part (GTK_WIDGET (session.window), HEARTH_TYPE_OUTPUT_VIEW, "usage"));
}

static void
test_usage (void)
{
  HearthNodeForm *form;

  session_import ("Two calls", TWO_CALLS);
  g_assert_true (is_spent ("today", "Nothing"));
  run ();
  g_assert_cmpint (hearth_run_get_status (get_run ()), ==, HEARTH_RUN_COMPLETE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_total ())));
  g_assert_nonnull (strstr (gtk_label_get_text (get_total ()), "2 calls"));
  hearth_canvas_reveal (session_get_canvas (), "first");
  wait_until (session_find_widget (GTK_WIDGET (session.window), HEARTH_TYPE_NODE_FORM) != NULL);
  form = HEARTH_NODE_FORM (session_find_widget (GTK_WIDGET (session.window), HEARTH_TYPE_NODE_FORM));
  wait_until (gtk_widget_get_visible (GTK_WIDGET (form->usage)));
  g_assert_nonnull (strstr (gtk_label_get_text (form->usage), "1 call,"));
  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (session_find_widget (preferences, HEARTH_TYPE_SPENDING_GROUP)));
  wait_until (is_spent ("today", "2 calls") && is_spent ("month", "2 calls"));
}

/* --- a ceiling ------------------------------------------------------------------------------------------------ */

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_offer (void)
{
  return find_button (GTK_WIDGET (session.window), "_Raise and Go On…");
}

/* Stops before the second call. Results of streams are not kept, so that it takes two more when it goes on. */
static void
test_raise (void)
{
  HearthRun *stopped;
  AdwMessageDialog *dialog;
  GtkWidget *calls;

  enter ("run", "Calls", "1");
  wait_until (g_strcmp0 (get_subtitle ("run"), "1 call") == 0);
  run ();
  stopped = get_run ();
  g_assert_cmpint (hearth_run_get_status (stopped), ==, HEARTH_RUN_ERROR);
  g_assert_nonnull (hearth_run_get_stop_message (stopped));
  wait_until (find_offer () != NULL);
  g_signal_emit_by_name (find_offer (), "clicked");
  dialog = session_await_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_body (dialog), ==, hearth_run_get_stop_message (stopped));
  calls = find_entry (adw_message_dialog_get_extra_child (dialog), "Calls");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (calls)), ==, "1");
  gtk_editable_set_text (GTK_EDITABLE (calls), "two");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "raise"));
  gtk_editable_set_text (GTK_EDITABLE (calls), "3");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "raise"));
  session_answer (dialog, "raise");
  wait_until (get_run () != stopped && !hearth_run_log_is_busy (session_get_log ()));
  g_assert_cmpint (hearth_run_get_status (get_run ()), ==, HEARTH_RUN_COMPLETE);
}

/* The ceiling of the day is reached, while that of the run would have let it go on: the day's is offered. */
static void
test_raise_reached (void)
{
  AdwMessageDialog *dialog;
  GtkWidget *calls;

  enter ("run", "Calls", "100");
  enter ("day", "Calls", "1");
  wait_until (g_strcmp0 (get_subtitle ("run"), "100 calls") == 0 && g_strcmp0 (get_subtitle ("day"), "1 call") == 0);
  run ();
  g_assert_nonnull (strstr (hearth_run_get_stop_message (get_run ()), "for today"));
  wait_until (find_offer () != NULL);
  g_signal_emit_by_name (find_offer (), "clicked");
  dialog = session_await_dialog ();
  calls = find_entry (adw_message_dialog_get_extra_child (dialog), "Calls");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (calls)), ==, "1");
  gtk_editable_set_text (GTK_EDITABLE (calls), "1000");
  session_answer (dialog, "raise");
  wait_until (hearth_run_get_status (get_run ()) == HEARTH_RUN_COMPLETE);
  enter ("day", "Calls", "");
  enter ("run", "Calls", "1");
  wait_until (g_strcmp0 (get_subtitle ("run"), "1 call") == 0);
}

/* What was offered for one run goes when the next one begins. */
static void
test_offer_ends (void)
{
  run ();
  g_assert_nonnull (hearth_run_get_stop_message (get_run ()));
  wait_until (find_offer () != NULL);
  enter ("run", "Calls", "");
  wait_until (g_strcmp0 (get_subtitle ("run"), "No ceiling") == 0);
  run ();
  g_assert_cmpint (hearth_run_get_status (get_run ()), ==, HEARTH_RUN_COMPLETE);
  wait_until (find_offer () == NULL);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (!session_begin (&argc, &argv))
    return 0;
  g_test_add_func ("/window/money/ceilings", test_ceilings);
  g_test_add_func ("/window/money/no-ceilings", test_no_ceilings);
  g_test_add_func ("/window/money/usage", test_usage);
  g_test_add_func ("/window/money/raise", test_raise);
  g_test_add_func ("/window/money/raise-reached", test_raise_reached);
  g_test_add_func ("/window/money/offer-ends", test_offer_ends);
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (preferences));
  session_end ();
  return status;
}
