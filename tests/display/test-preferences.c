/* test-preferences.c: the preferences window: who else may come in, and what packs may do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session.h"

#include "hearth-access-operations.h"
#include "hearth-devices-group.h"
#include "hearth-json.h"
#include "hearth-pack-programs-row.h"
#include "hearth-pack-row.h"
#include "hearth-packs-group.h"
#include "hearth-plugin-operations.h"
#include "hearth-preferences.h"
#include "hearth-program-list.h"
#include "hearth-qr-view.h"
#include "hearth-token-dialog.h"
#include "hearth-token-row.h"

static GtkWidget *preferences;

static GtkWidget *
get_part (GType       type,
          const char *name)
{
  GtkWidget *owner = session_find_widget (preferences, type);

  g_assert_nonnull (owner);
  return GTK_WIDGET (gtk_widget_get_template_child (owner, type, name));
}

static guint
count (GtkWidget *root,
       GType      type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (root, type);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count (child, type);
  return n;
}

static HearthServer *
get_server (void)
{
  return hearth_application_get_server (session.application);
}

static GSettings *
get_settings (void)
{
  return hearth_application_get_settings (session.application);
}

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_assert_cmpuint (port, >, 0);
  g_socket_listener_close (listener);
  return port;
}

static void
open_preferences (void)
{
  wait_until (session_get_document () != NULL);
  g_action_group_activate_action (G_ACTION_GROUP (session.application), "preferences", NULL);
  preferences = GTK_WIDGET (session_find_window (HEARTH_TYPE_PREFERENCES));
  g_assert_nonnull (preferences);
  wait_until (gtk_widget_get_mapped (preferences));
}

/* --- another device: it comes from an address of the network ------------------------------------------------- */

typedef struct
{
  char *address; /* "http://192.168.1.5:3233/" */
  char *token;
} Device;

static void
device_free (Device *device)
{
  g_free (device->address);
  g_free (device->token);
  g_free (device);
}

/* The status of GET /api/plugins, or 0 when nobody listens. */
static void
ask_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Device *device = task_data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_uri (client, device->address, 80, NULL, NULL);
  g_autoptr (GUri) uri = g_uri_parse (device->address, G_URI_FLAGS_NONE, NULL);
  g_autofree char *request = NULL;
  char answer[64] = { 0 };
  int status = 0;

  request = g_strdup_printf ("GET /api/plugins HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\n\r\n",
                             g_uri_get_host (uri), g_uri_get_port (uri), device->token);
  if (connection != NULL
      && g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request),
                                    NULL, NULL, NULL)
      && g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, sizeof answer - 1, NULL,
                              NULL) > 12)
    status = atoi (answer + strlen ("HTTP/1.1 "));
  g_task_return_int (task, status);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      status)
{
  *(int *) status = (int) g_task_propagate_int (G_TASK (result), NULL);
}

static int
ask_as_device (const char *address,
               const char *token)
{
  Device *device = g_new0 (Device, 1);
  int status = -1;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, answered_cb, &status);

  device->address = g_strdup (address);
  device->token = g_strdup (token);
  g_task_set_task_data (task, device, (GDestroyNotify) device_free);
  g_task_run_in_thread (task, ask_thread);
  wait_until (status != -1);
  return status;
}

/* --- other devices ---------------------------------------------------------------------------------------------- */

static char *first_token;

static char *
take_token (AdwMessageDialog *dialog)
{
  GtkWidget *card = adw_message_dialog_get_extra_child (dialog);
  GObject *label = gtk_widget_get_template_child (card, HEARTH_TYPE_TOKEN_CARD, "token");

  return g_strdup (gtk_label_get_text (GTK_LABEL (label)));
}

static void
test_off_by_default (void)
{
  GtkSwitch *allow = GTK_SWITCH (get_part (HEARTH_TYPE_DEVICES_GROUP, "allow"));

  g_assert_false (gtk_switch_get_active (allow));
  g_assert_false (g_settings_get_boolean (get_settings (), "allow-other-devices"));
  /* Nobody can come in from elsewhere when nobody can come in at all. */
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (allow)));
  g_settings_set_uint (get_settings (), "server-port", find_free_port ());
  g_settings_set_boolean (get_settings (), "server-enabled", TRUE);
  g_assert_cmpuint (hearth_server_get_port (get_server ()), !=, 0);
  g_assert_false (hearth_server_get_allow_other_devices (get_server ()));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (allow)));
  g_assert_false (gtk_widget_is_sensitive (get_part (HEARTH_TYPE_DEVICES_GROUP, "add")));
}

/* The first device gets its token at once, and nobody sees it again. */
static void
test_switched_on (void)
{
  g_autofree char *network = NULL;
  g_autofree char *path = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *hash = NULL;
  AdwMessageDialog *dialog;
  GtkWidget *code;

  g_assert_true (gtk_widget_activate (get_part (HEARTH_TYPE_DEVICES_GROUP, "row")));
  dialog = session_await_dialog ();
  g_assert_true (g_settings_get_boolean (get_settings (), "allow-other-devices"));
  g_assert_true (hearth_server_get_allow_other_devices (get_server ()));
  first_token = take_token (dialog);
  g_assert_cmpuint (strlen (first_token), ==, 43);
  code = session_find_widget (GTK_WIDGET (dialog), HEARTH_TYPE_QR_VIEW);
  network = hearth_server_dup_network_address (get_server ());
  g_assert_cmpint (gtk_widget_get_visible (code), ==, network != NULL);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (code)), ==, GTK_ACCESSIBLE_ROLE_IMG);
  session_answer (dialog, "done");

  path = hearth_workspace_dup_access_file (hearth_application_get_workspace (session.application));
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  hash = hearth_access_hash (first_token);
  g_assert_nonnull (strstr (kept, hash));
  g_assert_null (strstr (kept, first_token));
  wait_until (count (preferences, HEARTH_TYPE_TOKEN_ROW) == 1);
}

static void
test_second_token (void)
{
  AdwMessageDialog *dialog;
  g_autofree char *token = NULL;

  g_signal_emit_by_name (get_part (HEARTH_TYPE_DEVICES_GROUP, "add"), "clicked");
  dialog = session_await_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)), "Tablet <&>");
  session_answer (dialog, "accept");
  dialog = session_await_dialog ();
  token = take_token (dialog);
  g_assert_cmpstr (token, !=, first_token);
  session_answer (dialog, "done");
  wait_until (count (preferences, HEARTH_TYPE_TOKEN_ROW) == 2);
}

static GtkWidget *
find_token_row (const char *name)
{
  GtkWidget *row = session_find_widget (preferences, HEARTH_TYPE_TOKEN_ROW);

  while (row != NULL && !g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), name))
    row = gtk_widget_get_next_sibling (row);
  g_assert_nonnull (row);
  return row;
}

static void
press_revoke (const char *name)
{
  g_signal_emit_by_name (session_find_widget (find_token_row (name), GTK_TYPE_BUTTON), "clicked");
}

static void
test_use_is_shown (void)
{
  g_autofree char *network = hearth_server_dup_network_address (get_server ());

  if (network == NULL)
    {
      g_test_skip ("this machine has no address but the loopback's");
      return;
    }
  g_assert_cmpint (ask_as_device (network, "guess"), ==, 401);
  g_assert_cmpint (ask_as_device (network, first_token), ==, 200);
  hearth_devices_group_update (HEARTH_DEVICES_GROUP (session_find_widget (preferences, HEARTH_TYPE_DEVICES_GROUP)));
  wait_until (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_token_row ("A device"))), "last used") != NULL);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_token_row ("Tablet <&>"))), "not used"));
}

static void
test_revoked (void)
{
  AdwMessageDialog *dialog;
  g_autofree char *network = hearth_server_dup_network_address (get_server ());

  press_revoke ("A device");
  dialog = session_await_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "cancel");
  session_answer (dialog, "cancel");
  g_assert_cmpuint (count (preferences, HEARTH_TYPE_TOKEN_ROW), ==, 2);
  press_revoke ("A device");
  session_answer (session_await_dialog (), "revoke");
  wait_until (count (preferences, HEARTH_TYPE_TOKEN_ROW) == 1);
  if (network != NULL)
    wait_until (ask_as_device (network, first_token) == 401);
}

/* Off cuts others and leaves browsers here alone; on again makes no token, since there is one. */
static void
test_switched_off (void)
{
  g_autofree char *network = hearth_server_dup_network_address (get_server ());
  GtkSwitch *allow = GTK_SWITCH (get_part (HEARTH_TYPE_DEVICES_GROUP, "allow"));

  gtk_switch_set_active (allow, FALSE);
  g_assert_false (g_settings_get_boolean (get_settings (), "allow-other-devices"));
  g_assert_false (hearth_server_get_allow_other_devices (get_server ()));
  g_assert_cmpuint (hearth_server_get_port (get_server ()), !=, 0);
  if (network != NULL)
    g_assert_cmpint (ask_as_device (network, first_token), ==, 0);
  gtk_switch_set_active (allow, TRUE);
  g_assert_true (hearth_server_get_allow_other_devices (get_server ()));
  session_settle (100);
  g_assert_null (session_find_window (ADW_TYPE_MESSAGE_DIALOG));
  gtk_switch_set_active (allow, FALSE);
}

/* --- packs -------------------------------------------------------------------------------------------------------- */

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
  GtkWidget *folder = get_part (HEARTH_TYPE_PACKS_GROUP, "folder");

  g_assert_cmpuint (count (preferences, HEARTH_TYPE_PACK_ROW), ==, 0);
  g_assert_cmpstr (get_title (folder), ==, "There Are No Packs Yet");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (folder)), session.data_dir));
}

static void
test_packs (void)
{
  GtkWidget *row;

  write_packs ();
  g_signal_emit_by_name (get_part (HEARTH_TYPE_PACKS_GROUP, "reload"), "clicked");
  wait_until (count (preferences, HEARTH_TYPE_PACK_ROW) == 2);
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
  g_autofree char *text = hearth_program_list_write_command (command);

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
  g_signal_emit_by_name (get_part (HEARTH_TYPE_PACKS_GROUP, "reload"), "clicked");
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
  open_preferences ();
  g_test_add_func ("/preferences/devices/off-by-default", test_off_by_default);
  g_test_add_func ("/preferences/devices/switched-on", test_switched_on);
  g_test_add_func ("/preferences/devices/second-token", test_second_token);
  g_test_add_func ("/preferences/devices/use-is-shown", test_use_is_shown);
  g_test_add_func ("/preferences/devices/revoked", test_revoked);
  g_test_add_func ("/preferences/devices/switched-off", test_switched_off);
  g_test_add_func ("/preferences/packs/none", test_no_packs);
  g_test_add_func ("/preferences/packs/listed", test_packs);
  g_test_add_func ("/preferences/packs/command", test_command);
  g_test_add_func ("/preferences/packs/programs-refused", test_programs_refused);
  g_test_add_func ("/preferences/packs/programs-allowed", test_programs_allowed);
  g_test_add_func ("/preferences/packs/programs-exchanged", test_programs_exchanged);
  g_test_add_func ("/preferences/packs/off", test_pack_off);
  status = g_test_run ();
  g_free (first_token);
  gtk_window_destroy (GTK_WINDOW (preferences));
  session_end ();
  return status;
}
