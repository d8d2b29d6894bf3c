/* test-window-files.c: nodes that read files: which there are, and which one is chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session.h"

#include "hearth-canvas-private.h"
#include "hearth-file-operations.h"
#include "hearth-value-row.h"

/* The files of the library are offered for a node that reads one; what is chosen stands on its card. */
static void
test_file_choice (void)
{
  g_autofree char *folder = g_build_filename (session.data_dir, "userData", "default_user", "library", "SillyTavern",
                                              "CharacterCard", NULL);
  g_autofree char *file = g_build_filename (folder, "owl.json", NULL);
  static const char *const ids[] = { "L", NULL };
  HearthCardRow *card_row;
  GtkWidget *row, *drop_down;
  HearthNode *node;

  wait_until (session_get_document () != NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "{}", -1, NULL));
  session_import ("Loader", "{\"name\":\"Loader\",\"nodes\":[{\"id\":\"L\",\"type\":\"core:CharacterCardLoader\","
                            "\"position\":{\"x\":0,\"y\":0}}],\"edges\":[]}");
  hearth_canvas_select (session_get_canvas (), ids);
  wait_until ((row = session_find_widget (GTK_WIDGET (session.window->inspector), HEARTH_TYPE_VALUE_ROW)) != NULL);
  drop_down = session_find_widget (row, GTK_TYPE_DROP_DOWN);
  wait_until (g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (drop_down))) == 2);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), 0);
  node = hearth_graph_get_node (session_get_graph (), "L");
  g_assert_cmpstr (hearth_value_get_member_string (node->config, "cardResource", NULL), ==,
                   "user://library/SillyTavern/CharacterCard/owl.json");
  card_row = hearth_card_data_find_config (hearth_card_get_data (hearth_canvas_get_card (session_get_canvas (), "L")), "cardResource");
  g_assert_cmpstr (card_row->value, ==, "owl.json");
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(HearthValue **) user_data = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);
  g_assert_no_error (error);
}

/* A file from elsewhere becomes one of the project, and the node reads it. */
static void
test_import (void)
{
  g_autofree char *path = g_build_filename (session.data_dir, "mine.json", NULL);
  HearthValueRow *row = HEARTH_VALUE_ROW (session_find_widget (GTK_WIDGET (session.window->inspector), HEARTH_TYPE_VALUE_ROW));
  g_autoptr (HearthValue) arguments = hearth_value_object ("path", hearth_value_string (path),
                                                           "projectId", hearth_value_string ("Demo"), NULL);
  g_autoptr (HearthValue) file = NULL;
  HearthNode *node;

  g_assert_true (g_file_set_contents (path, "{\"spec\":\"chara_card_v2\",\"data\":{\"name\":\"Owl\"}}", -1, NULL));
  hearth_workspace_perform (session.window->workspace, &hearth_operation_import_file, arguments, NULL, imported_cb, &file);
  wait_until (file != NULL);
  hearth_value_row_choose (row, hearth_value_get (file, "logicalPath"));
  node = hearth_graph_get_node (session_get_graph (), "L");
  g_assert_cmpstr (hearth_value_get_member_string (node->config, "cardResource", NULL), ==, "project://files/mine.json");
  session_activate ("run-anew");
  wait_until (hearth_run_log_is_busy (session_get_log ()));
  wait_until (!hearth_run_log_is_busy (session_get_log ()));
  g_assert_cmpint (hearth_run_get_status (hearth_run_log_get_run (session_get_log ())), ==, HEARTH_RUN_COMPLETE);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (!session_begin (&argc, &argv))
    return 0;
  g_test_add_func ("/window/files/choice", test_file_choice);
  g_test_add_func ("/window/files/import", test_import);
  status = g_test_run ();
  session_end ();
  return status;
}
