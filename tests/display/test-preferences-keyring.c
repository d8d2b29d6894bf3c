/* test-preferences-keyring.c: the preferences window: whether the keyring can be used, and keys that stand in clear
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Run by build-aux/with-display.sh --keyring: the keyring is a gnome-keyring of this test's own.
 */

#include "session.h"

#include "hearth-keyring-group.h"
#include "hearth-llm-operations.h"
#include "hearth-sqlite-connection.h"

static GtkWidget *preferences;

#define KEY "sk-in-clear-0123456789-wxyz"

static GtkWidget *
get_part (const char *name)
{
  return session_get_part (preferences, HEARTH_TYPE_KEYRING_GROUP, name);
}

static GtkWidget *
get_group (void)
{
  return session_find_widget (preferences, HEARTH_TYPE_KEYRING_GROUP);
}

static void
update (void)
{
  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (get_group ()));
}

/* As a database of the reference has them. */
static void
plant_keys (void)
{
  g_autofree char *path = g_build_filename (session.data_dir, "data", "app.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSqliteConnection) connection = _hearth_sqlite_connection_open (path, &error);

  g_assert_no_error (error);
  _hearth_sqlite_connection_execute (
    connection,
    "INSERT INTO api_channels (id, user_id, label, base_url, api_key, created_at) VALUES"
    " ('ch_a', 'default_user', 'One & All', 'http://x', '" KEY "', '2026-01-31T12:00:00.000Z'),"
    " ('ch_b', 'default_user', 'Two', 'http://x', '" KEY "', '2026-01-31T12:00:00.000Z')",
    &error);
  g_assert_no_error (error);
}

/* --- the keyring, as its own program works with it --------------------------------------------------- */

#define COLLECTION "/org/freedesktop/secrets/collection/login"

static GVariant *
call_keyring (const char *interface,
              const char *method,
              GVariant   *arguments)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets", interface, method,
                                                  arguments, NULL, G_DBUS_CALL_FLAGS_NONE, 10000, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

static void
lock_keyring (void)
{
  static const char *const collection[] = { COLLECTION, NULL };
  g_autoptr (GVariant) answer = call_keyring ("org.freedesktop.Secret.Service", "Lock", g_variant_new ("(^ao)", collection));

  g_assert_nonnull (answer);
}

/* The password is what build-aux/with-keyring.sh said, with its end of line. */
static void
unlock_keyring (void)
{
  g_autoptr (GVariant) opened = call_keyring ("org.freedesktop.Secret.Service", "OpenSession",
                                              g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  g_autoptr (GVariant) answer = NULL;
  const char *path;

  g_variant_get (opened, "(v&o)", NULL, &path);
  answer = call_keyring ("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
                         g_variant_new ("(o(o@ay@ays))", COLLECTION, path, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
                                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "a password\n", 11, 1), "text/plain"));
  g_assert_nonnull (answer);
}

/* --- what is shown ------------------------------------------------------------------------------------- */

static gboolean
shows (const char *part,
       const char *text)
{
  AdwActionRow *row = ADW_ACTION_ROW (get_part (part));

  return gtk_widget_get_visible (GTK_WIDGET (row))
         && (strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), text) != NULL
             || strstr (adw_action_row_get_subtitle (row), text) != NULL);
}

static void
click (const char *part)
{
  g_signal_emit_by_name (get_part (part), "clicked");
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  HearthValue **answer = user_data;

  *answer = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, NULL);
  g_assert_nonnull (*answer);
}

/* Nothing is said when all is well; who asks after the group is answered after it. */
static void
test_ready (void)
{
  g_autoptr (HearthValue) nothing = hearth_value_empty_object ();
  g_autoptr (HearthValue) answer = NULL;

  hearth_workspace_perform (hearth_application_get_workspace (session.application), &hearth_operation_read_keyring, nothing, NULL,
                            read_cb, &answer);
  wait_until (answer != NULL);
  g_assert_cmpstr (hearth_value_get_member_string (answer, "state", NULL), ==, "ready");
  g_assert_false (gtk_widget_get_visible (get_group ()));
}

static void
test_locked (void)
{
  plant_keys ();
  lock_keyring ();
  update ();
  wait_until (shows ("state", "The Keyring Is Locked"));
  g_assert_true (gtk_widget_get_visible (get_group ()));
  g_assert_true (gtk_widget_get_visible (get_part ("unlock")));
  g_assert_true (shows ("plain", "2 keys stand in clear"));
  g_assert_true (shows ("plain", "One & All, Two"));
}

/* What could not be moved stays, and says why; once, when it is the same for all. */
static void
test_not_moved (void)
{
  const char *text;

  click ("move");
  wait_until (shows ("plain", "The keyring is locked."));
  text = adw_action_row_get_subtitle (ADW_ACTION_ROW (get_part ("plain")));
  g_assert_null (strstr (strstr (text, "is locked.") + 1, "is locked."));
  wait_until (gtk_widget_get_sensitive (get_part ("move")));
}

static void
test_for_session (void)
{
  GtkSwitch *session_switch = GTK_SWITCH (get_part ("session"));

  g_assert_false (gtk_switch_get_active (session_switch));
  gtk_switch_set_active (session_switch, TRUE);
  unlock_keyring ();
  /* Still to be seen, so that it can be taken back. */
  wait_until (!gtk_widget_get_visible (get_part ("state")) && gtk_widget_get_visible (get_part ("session_row"))
              && gtk_switch_get_active (session_switch));
  gtk_switch_set_active (session_switch, FALSE);
  wait_until (!gtk_widget_get_visible (get_part ("session_row")));
}

/* Nobody presses a button again once the password was given. */
static void
test_unlock (void)
{
  lock_keyring ();
  update ();
  wait_until (shows ("state", "The Keyring Is Locked"));
  g_assert_false (shows ("plain", "The keyring is locked."));
  click ("unlock");
  wait_until (shows ("state", "Give its password"));
  unlock_keyring ();
  wait_until (!gtk_widget_get_visible (get_part ("state")));
}

static void
test_moved (void)
{
  click ("move");
  wait_until (!gtk_widget_get_visible (get_group ()));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (!session_begin (&argc, &argv))
    return 0;
  preferences = session_open_preferences ();
  g_test_add_func ("/preferences/keyring/ready", test_ready);
  g_test_add_func ("/preferences/keyring/locked", test_locked);
  g_test_add_func ("/preferences/keyring/not-moved", test_not_moved);
  g_test_add_func ("/preferences/keyring/for-session", test_for_session);
  g_test_add_func ("/preferences/keyring/unlock", test_unlock);
  g_test_add_func ("/preferences/keyring/moved", test_moved);
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (preferences));
  session_end ();
  return status;
}
