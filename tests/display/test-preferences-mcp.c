/* test-preferences-mcp.c: the preferences window: MCP servers are entered, looked at, allowed, asked and deleted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Run by build-aux/with-display.sh --keyring. The server is tests/mcp/server.py.
 */

#include "session.h"

#include "hearth-json.h"
#include "hearth-mcp-entry.h"
#include "hearth-mcp-group.h"
#include "hearth-mcp-keys-group.h"
#include "hearth-mcp-page.h"
#include "hearth-mcp-row.h"
#include "hearth-mcp-tools-group.h"

static GtkWidget *preferences;

#define KEY "sk-mcp-0123456789-wxyz"

/* --- what a person types --------------------------------------------------------------------------- */

static void
assert_parsed (const char *line,
               const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) parsed = hearth_mcp_entry_parse_line (line, &error);
  g_autoptr (HearthValue) expected = hearth_json_parse (json, -1, NULL);

  g_assert_no_error (error);
  g_assert_true (hearth_value_equal (parsed, expected));
}

/* What is shown can be typed again. */
static void
assert_stays (const char *json)
{
  g_autoptr (HearthValue) server = hearth_json_parse (json, -1, NULL);
  g_autofree char *line = hearth_mcp_entry_to_line (server);

  assert_parsed (line, json);
}

static void
test_line (void)
{
  g_autoptr (GError) error = NULL;

  assert_parsed (" https://a.example/mcp?x=1 ", "{\"url\":\"https://a.example/mcp?x=1\"}");
  assert_parsed ("npx -y 'a b' \"$HOME\"", "{\"command\":[\"npx\",\"-y\",\"a b\",\"$HOME\"]}");
  assert_parsed ("LANG=C _A= run B=2", "{\"command\":[\"run\",\"B=2\"],\"environment\":{\"LANG\":\"C\",\"_A\":\"\"}}");
  assert_parsed ("2A=1 x", "{\"command\":[\"2A=1\",\"x\"]}");
  assert_stays ("{\"command\":[\"run\",\"it's <& $x\",\"\"],\"environment\":{\"A\":\"b c\"}}");
  assert_stays ("{\"url\":\"http://127.0.0.1:8080/mcp\"}");
  g_assert_null (hearth_mcp_entry_parse_line ("run 'it", &error));
  g_assert_error (error, G_SHELL_ERROR, G_SHELL_ERROR_BAD_QUOTING);
}

static void
assert_id (const char *name,
           const char *expected)
{
  g_autoptr (HearthValue) servers = hearth_json_parse ("[{\"id\":\"notes\"},{\"id\":\"notes-2\"}]", -1, NULL);
  g_autofree char *id = hearth_mcp_entry_make_id (name, servers);

  g_assert_cmpstr (id, ==, expected);
}

static void
test_id (void)
{
  assert_id ("My <Own> Files!", "my-own-files");
  assert_id ("Notes", "notes-3");
  assert_id ("笔记", "server");
  assert_id ("a name that is so long that it would not do as a word", "a-name-that-is-so-long-that-it");
}

static void
test_names (void)
{
  g_autoptr (HearthValue) names = hearth_mcp_entry_parse_names (" A, B;C  D,");
  g_autofree char *text = hearth_mcp_entry_join_names (names);

  g_assert_cmpstr (text, ==, "A, B, C, D");
}

/* --- the list and a page ------------------------------------------------------------------------------ */

static GtkWidget *
find_row (void)
{
  return session_find_widget (preferences, HEARTH_TYPE_MCP_ROW);
}

static HearthValue *
get_server (void)
{
  return hearth_mcp_row_get_server (HEARTH_MCP_ROW (find_row ()));
}

static GtkWidget *
get_page_part (const char *name)
{
  return session_get_part (preferences, HEARTH_TYPE_MCP_PAGE, name);
}

static GtkWidget *
get_tools_part (const char *name)
{
  return session_get_part (preferences, HEARTH_TYPE_MCP_TOOLS_GROUP, name);
}

static void
set_text (const char *part,
          const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get_page_part (part)), text);
}

static gboolean
has_page (void)
{
  return session_find_widget (preferences, HEARTH_TYPE_MCP_PAGE) != NULL;
}

static void
open_page (void)
{
  g_signal_emit_by_name (find_row (), "activated");
  g_assert_true (has_page ());
}

static void
click (GtkWidget *button)
{
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static char *
write_line (const char *word)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "mcp", "server.py", NULL);
  g_autofree char *quoted = g_shell_quote (path);

  return g_strdup_printf ("LANG=C python3 %s %s", quoted, word);
}

/* A new one that wants a key stays open until it has it. */
static void
test_add (void)
{
  g_autofree char *line = write_line ("'<b>'");

  g_assert_true (gtk_widget_get_visible (session_get_part (preferences, HEARTH_TYPE_MCP_GROUP, "none")));
  click (session_get_part (preferences, HEARTH_TYPE_MCP_GROUP, "add"));
  g_assert_false (gtk_widget_get_sensitive (get_page_part ("save")));
  g_assert_false (gtk_widget_get_visible (get_page_part ("keys")));
  set_text ("name", "Notes & <More>");
  set_text ("line", line);
  set_text ("names", "API_KEY");
  click (get_page_part ("save"));
  wait_until (gtk_widget_get_visible (get_page_part ("keys")));
  wait_until (find_row () != NULL);
  g_assert_cmpstr (hearth_value_get_member_string (get_server (), "id", NULL), ==, "notes-more");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (find_row ())), ==, "Notes & <More>");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row ())), "LANG=C"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row ())), "'<b>'"));
}

static gboolean
stands_in_data_dir (const char *text)
{
  g_autofree char *path = g_build_filename (session.data_dir, "config", "mcp_servers.json", NULL);
  g_autofree char *found = NULL;

  g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
  return strstr (found, text) != NULL;
}

/* It goes into the keyring, and neither the field nor the file keeps it. */
static void
test_key (void)
{
  GtkWidget *row = session_find_widget (get_page_part ("keys"), ADW_TYPE_PASSWORD_ENTRY_ROW);

  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "API_KEY");
  gtk_editable_set_text (GTK_EDITABLE (row), KEY);
  g_signal_emit_by_name (row, "apply");
  wait_until (*gtk_editable_get_text (GTK_EDITABLE (row)) == '\0');
  g_assert_false (stands_in_data_dir (KEY));
  g_assert_false (gtk_widget_get_sensitive (get_tools_part ("list")));
  click (get_page_part ("save"));
  wait_until (!has_page ());
}

/* --- allowing -------------------------------------------------------------------------------------------- */

static GtkSwitch *
get_switch (void)
{
  return GTK_SWITCH (session_find_widget (find_row (), GTK_TYPE_SWITCH));
}

static void
test_refused (void)
{
  AdwMessageDialog *dialog;
  GtkWidget *shown;

  gtk_switch_set_active (get_switch (), TRUE);
  dialog = session_await_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "cancel");
  shown = session_find_widget (adw_message_dialog_get_extra_child (dialog), GTK_TYPE_LABEL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (shown)), ==, hearth_value_get_member_string (get_server (), "commandLine", NULL));
  session_answer (dialog, "cancel");
  g_assert_false (gtk_switch_get_active (get_switch ()));
  g_assert_false (stands_in_data_dir ("allowed"));
}

static void
test_allowed (void)
{
  gtk_switch_set_active (get_switch (), TRUE);
  session_answer (session_await_dialog (), "allow");
  wait_until (gtk_switch_get_state (get_switch ()));
  g_assert_true (stands_in_data_dir ("allowed"));
}

static void
test_tools (void)
{
  open_page ();
  click (get_tools_part ("list"));
  g_assert_false (gtk_widget_get_sensitive (get_tools_part ("list")));
  wait_until (gtk_widget_get_sensitive (get_tools_part ("list")));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (get_tools_part ("row"))), ==, "5 tools");
  g_assert_cmpuint (session_count_widgets (get_page_part ("tools"), ADW_TYPE_ACTION_ROW), ==, 6);
}

/* Another command has to be looked at again; the one that was kept open while it changed is not allowed by a yes. */
static void
test_changed (void)
{
  g_autofree char *line = write_line ("other");
  g_autofree char *third = write_line ("third");
  AdwMessageDialog *dialog;

  set_text ("line", line);
  click (get_page_part ("save"));
  wait_until (!has_page ());
  wait_until (!gtk_switch_get_state (get_switch ()));
  gtk_switch_set_active (get_switch (), TRUE);
  dialog = session_await_dialog ();
  open_page ();
  set_text ("line", third);
  click (get_page_part ("save"));
  wait_until (!has_page ());
  session_answer (dialog, "allow");
  wait_until (strstr (hearth_value_get_member_string (get_server (), "commandLine", ""), "third") != NULL);
  wait_until (!gtk_switch_get_active (get_switch ()));
  g_assert_false (hearth_value_get_member_boolean (get_server (), "isAllowed", TRUE));
}

static void
test_bad_line (void)
{
  open_page ();
  set_text ("line", "python3 'server");
  click (get_page_part ("save"));
  g_assert_true (has_page ());
  set_text ("line", "https://");
  click (get_page_part ("save"));
  wait_until (gtk_widget_get_sensitive (get_page_part ("save")));
  g_assert_true (has_page ());
  g_assert_true (stands_in_data_dir ("third"));
}

static void
test_delete (void)
{
  click (get_page_part ("delete"));
  session_answer (session_await_dialog (), "cancel");
  g_assert_true (has_page ());
  click (get_page_part ("delete"));
  session_answer (session_await_dialog (), "delete");
  wait_until (!has_page ());
  wait_until (find_row () == NULL);
  g_assert_true (gtk_widget_get_visible (session_get_part (preferences, HEARTH_TYPE_MCP_GROUP, "none")));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (!session_begin (&argc, &argv))
    return 0;
  preferences = session_open_preferences ();
  g_test_add_func ("/preferences/mcp/line", test_line);
  g_test_add_func ("/preferences/mcp/id", test_id);
  g_test_add_func ("/preferences/mcp/names", test_names);
  g_test_add_func ("/preferences/mcp/add", test_add);
  g_test_add_func ("/preferences/mcp/key", test_key);
  g_test_add_func ("/preferences/mcp/refused", test_refused);
  g_test_add_func ("/preferences/mcp/allowed", test_allowed);
  g_test_add_func ("/preferences/mcp/tools", test_tools);
  g_test_add_func ("/preferences/mcp/changed", test_changed);
  g_test_add_func ("/preferences/mcp/bad-line", test_bad_line);
  g_test_add_func ("/preferences/mcp/delete", test_delete);
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (preferences));
  session_end ();
  return status;
}
