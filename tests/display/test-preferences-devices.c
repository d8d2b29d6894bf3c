/* test-preferences-devices.c: the preferences window: whether other devices may come in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session.h"

#include "hearth-access-operations.h"
#include "hearth-devices-group.h"
#include "hearth-qr-view.h"
#include "hearth-token-dialog.h"
#include "hearth-token-row.h"

static GtkWidget *preferences;

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

static char *
write_request (const char *address,
               const char *token)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return g_strdup_printf ("GET /api/plugins HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\n\r\n",
                          g_uri_get_host (uri), g_uri_get_port (uri), token);
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
  g_autofree char *request = write_request (device->address, device->token);
  char answer[64] = { 0 };
  int status = 0;

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

static char *first_token, *second_token;

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
  GtkSwitch *allow = GTK_SWITCH (session_get_part (preferences, HEARTH_TYPE_DEVICES_GROUP, "allow"));

  g_assert_false (gtk_switch_get_active (allow));
  g_assert_false (g_settings_get_boolean (get_settings (), "allow-other-devices"));
  /* Nobody can come in from elsewhere when nobody can come in at all. */
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (allow)));
  g_settings_set_uint (get_settings (), "server-port", find_free_port ());
  g_settings_set_boolean (get_settings (), "server-enabled", TRUE);
  g_assert_cmpuint (hearth_server_get_port (get_server ()), !=, 0);
  g_assert_false (hearth_server_get_allow_other_devices (get_server ()));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (allow)));
  g_assert_false (gtk_widget_is_sensitive (session_get_part (preferences, HEARTH_TYPE_DEVICES_GROUP, "add")));
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

  g_assert_true (gtk_widget_activate (session_get_part (preferences, HEARTH_TYPE_DEVICES_GROUP, "row")));
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
  wait_until (session_count_widgets (preferences, HEARTH_TYPE_TOKEN_ROW) == 1);
}

static void
test_second_token (void)
{
  AdwMessageDialog *dialog;

  g_signal_emit_by_name (session_get_part (preferences, HEARTH_TYPE_DEVICES_GROUP, "add"), "clicked");
  dialog = session_await_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)), "Tablet <&>");
  session_answer (dialog, "accept");
  dialog = session_await_dialog ();
  second_token = take_token (dialog);
  g_assert_cmpstr (second_token, !=, first_token);
  session_answer (dialog, "done");
  wait_until (session_count_widgets (preferences, HEARTH_TYPE_TOKEN_ROW) == 2);
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
  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (session_find_widget (preferences, HEARTH_TYPE_DEVICES_GROUP)));
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
  g_assert_cmpuint (session_count_widgets (preferences, HEARTH_TYPE_TOKEN_ROW), ==, 2);
  press_revoke ("A device");
  session_answer (session_await_dialog (), "revoke");
  wait_until (session_count_widgets (preferences, HEARTH_TYPE_TOKEN_ROW) == 1);
  if (network != NULL)
    wait_until (ask_as_device (network, first_token) == 401);
}

/* A connection that stays open after its first answer. */
static GSocketConnection *
stay_connected (const char *address,
                const char *token)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_uri (client, address, 80, NULL, NULL);
  g_autofree char *request = write_request (address, token);

  g_assert_nonnull (connection);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                            strlen (request), NULL, NULL, NULL));
  wait_until (g_socket_condition_check (g_socket_connection_get_socket (connection), G_IO_IN) & G_IO_IN);
  return g_steal_pointer (&connection);
}

/* Reads what is there; TRUE at the end of it all. */
static gboolean
is_cut (GSocketConnection *connection)
{
  char bytes[4096];
  gssize n;
  g_autoptr (GError) error = NULL;

  do
    n = g_socket_receive_with_blocking (g_socket_connection_get_socket (connection), bytes, sizeof bytes, FALSE, NULL,
                                        &error);
  while (n > 0);
  return n == 0 || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

/* Off cuts others and leaves browsers here alone; on again makes no token, since there is one. */
static void
test_switched_off (void)
{
  g_autofree char *network = hearth_server_dup_network_address (get_server ());
  GtkSwitch *allow = GTK_SWITCH (session_get_part (preferences, HEARTH_TYPE_DEVICES_GROUP, "allow"));
  g_autoptr (GSocketConnection) connection = network != NULL ? stay_connected (network, second_token) : NULL;

  g_assert_false (connection != NULL && is_cut (connection));
  gtk_switch_set_active (allow, FALSE);
  g_assert_false (g_settings_get_boolean (get_settings (), "allow-other-devices"));
  g_assert_false (hearth_server_get_allow_other_devices (get_server ()));
  g_assert_cmpuint (hearth_server_get_port (get_server ()), !=, 0);
  if (connection != NULL)
    {
      wait_until (is_cut (connection));
      g_assert_cmpint (ask_as_device (network, second_token), ==, 0);
    }
  gtk_switch_set_active (allow, TRUE);
  g_assert_true (hearth_server_get_allow_other_devices (get_server ()));
  session_settle (100);
  g_assert_null (session_find_window (ADW_TYPE_MESSAGE_DIALOG));
  gtk_switch_set_active (allow, FALSE);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (!session_begin (&argc, &argv))
    return 0;
  preferences = session_open_preferences ();
  g_test_add_func ("/preferences/devices/off-by-default", test_off_by_default);
  g_test_add_func ("/preferences/devices/switched-on", test_switched_on);
  g_test_add_func ("/preferences/devices/second-token", test_second_token);
  g_test_add_func ("/preferences/devices/use-is-shown", test_use_is_shown);
  g_test_add_func ("/preferences/devices/revoked", test_revoked);
  g_test_add_func ("/preferences/devices/switched-off", test_switched_off);
  status = g_test_run ();
  g_free (first_token);
  g_free (second_token);
  gtk_window_destroy (GTK_WINDOW (preferences));
  session_end ();
  return status;
}
