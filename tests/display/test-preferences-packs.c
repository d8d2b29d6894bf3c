/* test-preferences-packs.c: the preferences window: which packs there are, and what they may do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session.h"

#include "hearth-command.h"
#include "hearth-json.h"
#include "hearth-pack-programs-row.h"
#include "hearth-pack-row.h"
#include "hearth-packs-group.h"
#include "hearth-plugin-operations.h"
#include "hearth-program-list.h"

static GtkWidget *preferences;

static const char nasty_command[] = "[\"sh\",\"-c\",\"echo 'a\\u202eb'\\n\"]";

static void
write_file (const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (session.data_dir, "plugins", name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
write_packs (void)
{
  g_autofree char *node = g_strdup_printf (
    "{\"type\":\"Say\",\"category\":\"Words\",\"displayName\":\"Say\",\"inputs\":{},\"outputs\":{\"text\":"
    "{\"dataFlowType\":\"STRING\",\"displayName\":\"Text\"}},\"behavior\":{\"program\":{\"command\":%s,"
    "\"network\":true}}}", nasty_command);

  write_file ("bad/plugin.yaml", "name: [");
  write_file ("talk/plugin.yaml", "name: talk\ndisplayName: Talk <& Listen>\nversion: \"1.2\"\nnodes:\n  entry: nodes\n"
                                  "permissions:\n  network: true\n");
  write_file ("talk/nodes/say.json", node);
}

static HearthWorkspace *
get_workspace (void)
{
  return hearth_application_get_workspace (session.application);
}

static HearthValue *
get_talk (void)
{
  return hearth_workspace_find_plugin (get_workspace (), "talk");
}

static gboolean
has_state (const char *key)
{
  return hearth_value_get_member_boolean (get_talk (), key, FALSE);
}

static GtkWidget *
get_nth (GType type,
         guint n)
{
  GtkWidget *row = session_find_widget (preferences, HEARTH_TYPE_PACK_ROW);

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (G_TYPE_CHECK_INSTANCE_TYPE (row, type) && n-- == 0)
      break;
  g_assert_nonnull (row);
  return row;
}

static const char *
get_title (GtkWidget *row)
{
  return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
}

static void
test_no_packs (void)
{
  GtkWidget *folder = session_get_part (preferences, HEARTH_TYPE_PACKS_GROUP, "folder");

  g_assert_cmpuint (session_count_widgets (preferences, HEARTH_TYPE_PACK_ROW), ==, 0);
  g_assert_cmpstr (get_title (folder), ==, "There Are No Packs Yet");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (folder)), session.data_dir));
}

static void
test_packs (void)
{
  GtkWidget *row;

  write_packs ();
  g_signal_emit_by_name (session_get_part (preferences, HEARTH_TYPE_PACKS_GROUP, "reload"), "clicked");
  wait_until (session_count_widgets (preferences, HEARTH_TYPE_PACK_ROW) == 2);
  row = get_nth (HEARTH_TYPE_PACK_ROW, 0);
  g_assert_cmpstr (get_title (row), ==, "bad");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "plugin.yaml"));
  g_assert_false (gtk_widget_get_sensitive (session_find_widget (row, GTK_TYPE_SWITCH)));
  g_assert_false (gtk_widget_get_visible (get_nth (HEARTH_TYPE_PACK_PROGRAMS_ROW, 0)));
  row = get_nth (HEARTH_TYPE_PACK_ROW, 1);
  g_assert_cmpstr (get_title (row), ==, "Talk <& Listen>");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "1.2 · 1 node");
  g_assert_true (gtk_widget_get_visible (get_nth (HEARTH_TYPE_PACK_PROGRAMS_ROW, 1)));
}

/* What cannot be seen does not hide. */
static void
test_command (void)
{
  g_autoptr (HearthValue) command = hearth_json_parse (nasty_command, -1, NULL);
  g_autofree char *text = hearth_command_to_line (command);

  g_assert_cmpstr (text, ==, "sh -c 'echo '\\''a\\u{202E}b'\\''\\u{A}'");
}

static void
test_programs_refused (void)
{
  GtkWidget *row = get_nth (HEARTH_TYPE_PACK_PROGRAMS_ROW, 1);
  GtkSwitch *allowed = GTK_SWITCH (session_find_widget (row, GTK_TYPE_SWITCH));
  AdwMessageDialog *dialog;

  g_assert_false (gtk_switch_get_active (allowed));
  g_assert_true (gtk_widget_activate (row));
  dialog = session_await_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "cancel");
  g_assert_false (gtk_switch_get_state (allowed));
  session_answer (dialog, "cancel");
  g_assert_false (gtk_switch_get_active (allowed));
  g_assert_false (has_state ("allowPrograms"));
}

static void
test_programs_allowed (void)
{
  GtkWidget *row = get_nth (HEARTH_TYPE_PACK_PROGRAMS_ROW, 1);
  GtkSwitch *allowed = GTK_SWITCH (session_find_widget (row, GTK_TYPE_SWITCH));
  AdwMessageDialog *dialog;

  gtk_switch_set_active (allowed, TRUE);
  session_answer (session_await_dialog (), "allow");
  wait_until (has_state ("allowPrograms"));
  g_assert_false (has_state ("allowNetwork"));
  wait_until (gtk_switch_get_state (allowed));
  gtk_switch_set_active (allowed, FALSE);
  wait_until (!has_state ("allowPrograms"));

  gtk_switch_set_active (allowed, TRUE);
  dialog = session_await_dialog ();
  gtk_check_button_set_active (GTK_CHECK_BUTTON (session_find_widget (adw_message_dialog_get_extra_child (dialog),
                                                                      GTK_TYPE_CHECK_BUTTON)), TRUE);
  session_answer (dialog, "allow");
  wait_until (has_state ("allowNetwork"));
  g_assert_true (has_state ("allowPrograms"));
  gtk_switch_set_active (allowed, FALSE);
  wait_until (!has_state ("allowPrograms"));
  g_assert_false (has_state ("allowNetwork"));
}

/* A yes to one program is no yes to what has taken its place meanwhile. */
static void
test_programs_exchanged (void)
{
  GtkWidget *row = get_nth (HEARTH_TYPE_PACK_PROGRAMS_ROW, 1);
  GtkSwitch *allowed = GTK_SWITCH (session_find_widget (row, GTK_TYPE_SWITCH));
  HearthValue *before = get_talk ();
  AdwMessageDialog *dialog;

  gtk_switch_set_active (allowed, TRUE);
  dialog = session_await_dialog ();
  write_file ("talk/nodes/say.json", "{\"type\":\"Say\",\"category\":\"Words\",\"displayName\":\"Say\",\"inputs\":{},"
                                     "\"outputs\":{\"text\":{\"dataFlowType\":\"STRING\",\"displayName\":\"Text\"}},"
                                     "\"behavior\":{\"program\":{\"command\":[\"sh\",\"-c\",\"other\"]}}}");
  g_signal_emit_by_name (session_get_part (preferences, HEARTH_TYPE_PACKS_GROUP, "reload"), "clicked");
  wait_until (get_talk () != before);
  session_answer (dialog, "allow");
  session_settle (100);
  g_assert_false (has_state ("allowPrograms"));
  g_assert_false (gtk_switch_get_active (allowed));
}

static void
test_pack_off (void)
{
  GtkWidget *row = get_nth (HEARTH_TYPE_PACK_ROW, 1);
  HearthCatalog *catalog = hearth_workspace_get_catalog (get_workspace ());

  g_assert_nonnull (hearth_catalog_lookup (catalog, "talk:Say"));
  g_assert_true (gtk_widget_activate (row));
  wait_until (!has_state ("enabled"));
  g_assert_null (hearth_catalog_lookup (catalog, "talk:Say"));
  wait_until (g_str_equal (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "1.2 · Off"));
  g_assert_false (gtk_widget_get_visible (get_nth (HEARTH_TYPE_PACK_PROGRAMS_ROW, 1)));
  g_assert_true (gtk_widget_activate (row));
  wait_until (has_state ("enabled"));
  g_assert_nonnull (hearth_catalog_lookup (catalog, "talk:Say"));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (!session_begin (&argc, &argv))
    return 0;
  preferences = session_open_preferences ();
  g_test_add_func ("/preferences/packs/none", test_no_packs);
  g_test_add_func ("/preferences/packs/listed", test_packs);
  g_test_add_func ("/preferences/packs/command", test_command);
  g_test_add_func ("/preferences/packs/programs-refused", test_programs_refused);
  g_test_add_func ("/preferences/packs/programs-allowed", test_programs_allowed);
  g_test_add_func ("/preferences/packs/programs-exchanged", test_programs_exchanged);
  g_test_add_func ("/preferences/packs/off", test_pack_off);
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (preferences));
  session_end ();
  return status;
}
