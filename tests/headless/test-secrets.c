/* test-secrets.c: keys in a real keyring, in a locked one, and where there is none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Run by build-aux/with-keyring.sh, so the keyring is a gnome-keyring of this test's own.
 */

#include "config.h"

#include <string.h>

#include "hearth-secrets.h"

#define KEY "sk-canary-0123456789-wxyz"

static const HearthSecretId channel = { HEARTH_SECRET_CHANNEL, "ch_1", "default_user", "openai", "OpenAI – Hearth" };

static GDBusConnection *
get_bus (void)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);
  return bus;
}

static GVariant *
call_service (const char *method,
              GVariant   *arguments)
{
  g_autoptr (GDBusConnection) bus = get_bus ();
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                                  "org.freedesktop.Secret.Service", method, arguments, NULL,
                                                  G_DBUS_CALL_FLAGS_NONE, 10000, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

static void
lock_keyring (void)
{
  const char *const collection[] = { "/org/freedesktop/secrets/collection/login", NULL };
  g_autoptr (GVariant) answer = call_service ("Lock", g_variant_new ("(^ao)", collection));
  g_autoptr (GVariant) locked = g_variant_get_child_value (answer, 0);

  g_assert_cmpuint (g_variant_n_children (locked), ==, 1);
}

/* What the keyring has under these attributes, as seen by everybody else. */
static guint
count_items (const char *name,
             const char *value)
{
  g_auto (GVariantBuilder) attributes = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) unlocked = NULL;

  g_variant_builder_add (&attributes, "{ss}", name, value);
  answer = call_service ("SearchItems", g_variant_new ("(a{ss})", &attributes));
  unlocked = g_variant_get_child_value (answer, 0);
  return (guint) g_variant_n_children (unlocked);
}

static void
store (HearthSecrets        *secrets,
       const HearthSecretId *id,
       const char           *key,
       HearthSecretPlace     place)
{
  g_autoptr (HearthSecret) secret = hearth_secret_new (key);
  g_autoptr (GError) error = NULL;

  hearth_secrets_store (secrets, id, secret, place, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_key (HearthSecrets        *secrets,
            const HearthSecretId *id,
            const char           *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSecret) secret = hearth_secrets_lookup (secrets, id, NULL, &error);

  if (key == NULL)
    {
      g_assert_error (error, HEARTH_SECRETS_ERROR, HEARTH_SECRETS_ERROR_MISSING);
      g_assert_false (hearth_secrets_has (secrets, id, NULL, NULL));
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (hearth_secret_get_text (secret), ==, key);
  g_assert_true (hearth_secrets_has (secrets, id, NULL, NULL));
}

/* Every way in refuses with @code, at once, and says what to do; no sentence has the key in it. */
static void
assert_refused (HearthSecrets *secrets,
                int            code)
{
  g_autoptr (HearthSecret) secret = hearth_secret_new (KEY);
  g_autoptr (GError) error = NULL;

  g_assert_false (hearth_secrets_store (secrets, &channel, secret, HEARTH_SECRET_KEYRING, NULL, &error));
  g_assert_error (error, HEARTH_SECRETS_ERROR, code);
  g_assert_null (strstr (error->message, "canary"));
  g_assert_nonnull (strstr (error->message, "session only"));
  g_clear_error (&error);
  g_assert_null (hearth_secrets_lookup (secrets, &channel, NULL, &error));
  g_assert_error (error, HEARTH_SECRETS_ERROR, code);
  g_clear_error (&error);
  g_assert_false (hearth_secrets_forget (secrets, &channel, NULL, &error));
  g_assert_error (error, HEARTH_SECRETS_ERROR, code);
}

/* --- an open keyring ------------------------------------------------------------------------------ */

static void
test_keyring (void)
{
  g_autoptr (HearthSecrets) secrets = hearth_secrets_new ();
  g_autoptr (HearthSecrets) later = hearth_secrets_new ();
  HearthSecretId other = channel;
  g_autoptr (GError) error = NULL;

  other.user = "ann";
  g_assert_cmpint (hearth_secrets_get_state (secrets, NULL, NULL), ==, HEARTH_KEYRING_READY);
  assert_key (secrets, &channel, NULL);
  store (secrets, &channel, KEY, HEARTH_SECRET_KEYRING);
  assert_key (secrets, &channel, KEY);
  assert_key (secrets, &other, NULL);
  assert_key (later, &channel, KEY);
  g_assert_false (hearth_secrets_has_in_session (secrets, &channel));

  store (secrets, &channel, "another", HEARTH_SECRET_KEYRING);
  assert_key (secrets, &channel, "another");
  g_assert_true (hearth_secrets_forget (secrets, &channel, NULL, &error));
  g_assert_no_error (error);
  assert_key (secrets, &channel, NULL);
  g_assert_true (hearth_secrets_forget (secrets, &channel, NULL, &error));
  g_assert_cmpuint (count_items ("item", "ch_1"), ==, 0);
}

/* People find it by its attributes; there is one item only, whatever the provider was before. */
static void
test_provider (void)
{
  g_autoptr (HearthSecrets) secrets = hearth_secrets_new ();
  HearthSecretId moved = channel;

  moved.provider = "ollama";
  store (secrets, &channel, KEY, HEARTH_SECRET_KEYRING);
  g_assert_cmpuint (count_items ("provider", "openai"), ==, 1);
  g_assert_cmpuint (count_items ("xdg:schema", HEARTH_APPLICATION_ID), ==, 1);
  store (secrets, &moved, "local", HEARTH_SECRET_KEYRING);
  g_assert_cmpuint (count_items ("provider", "openai"), ==, 0);
  g_assert_cmpuint (count_items ("provider", "ollama"), ==, 1);
  assert_key (secrets, &channel, "local");
  g_assert_true (hearth_secrets_forget (secrets, &channel, NULL, NULL));
}

static void
test_session (void)
{
  g_autoptr (HearthSecrets) secrets = hearth_secrets_new ();
  g_autoptr (HearthSecrets) later = hearth_secrets_new ();

  store (secrets, &channel, KEY, HEARTH_SECRET_KEYRING);
  store (secrets, &channel, "for now", HEARTH_SECRET_SESSION);
  assert_key (secrets, &channel, "for now");
  assert_key (later, &channel, NULL);
  store (secrets, &channel, KEY, HEARTH_SECRET_KEYRING);
  g_assert_false (hearth_secrets_has_in_session (secrets, &channel));
  assert_key (later, &channel, KEY);
  g_assert_true (hearth_secrets_forget (secrets, &channel, NULL, NULL));
  g_assert_cmpint (hearth_secrets_get_place (secrets), ==, HEARTH_SECRET_KEYRING);
}

static void
test_cancelled (void)
{
  g_autoptr (HearthSecrets) secrets = hearth_secrets_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (hearth_secrets_lookup (secrets, &channel, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
use_thread (gpointer data)
{
  g_autofree char *item = g_strdup_printf ("ch_%p", (gpointer) g_thread_self ());
  HearthSecretId id = channel;

  id.item = item;
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s %u", item, i);

      store (data, &id, key, HEARTH_SECRET_KEYRING);
      assert_key (data, &id, key);
    }
  g_assert_true (hearth_secrets_forget (data, &id, NULL, NULL));
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (HearthSecrets) secrets = hearth_secrets_new ();
  GThread *threads[6];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("user", use_thread, secrets);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* --- none, and a locked one ------------------------------------------------------------------------- */

/* In a process whose environment the tests below have made. */
static void
test_absent (void)
{
  g_autoptr (HearthSecrets) secrets = hearth_secrets_new ();
  g_autofree char *message = NULL;

  g_assert_cmpint (hearth_secrets_get_state (secrets, NULL, &message), ==, HEARTH_KEYRING_ABSENT);
  g_assert_nonnull (message);
  assert_refused (secrets, HEARTH_SECRETS_ERROR_ABSENT);
  g_assert_false (hearth_secrets_unlock (secrets, NULL, NULL));
  store (secrets, &channel, KEY, HEARTH_SECRET_SESSION);
  assert_key (secrets, &channel, KEY);
}

static void
run_absent (const char *address,
            const char *runtime_dir)
{
  g_autofree char *old_address = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  g_autofree char *old_runtime_dir = g_strdup (g_getenv ("XDG_RUNTIME_DIR"));

  if (address != NULL)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  else
    g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_setenv ("XDG_RUNTIME_DIR", runtime_dir, TRUE);
  g_test_trap_subprocess ("/secrets/absent/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", old_address, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", old_runtime_dir, TRUE);
  g_test_trap_assert_passed ();
}

static void
test_without_bus (void)
{
  run_absent (NULL, "/nowhere");
}

static void
test_dead_bus (void)
{
  run_absent ("unix:path=/nowhere/bus", "/nowhere");
}

/* A service that took the name and then says nothing: the call ends all the same. */
static GDBusMessage *
swallow_cb (GDBusConnection *connection,
            GDBusMessage    *message,
            gboolean         incoming,
            gpointer         user_data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    g_clear_object (&message);
  return message;
}

static void
test_silent (void)
{
  g_autoptr (HearthSecrets) secrets = hearth_secrets_new ();
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) service = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_test_dbus_up (bus);
  service = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus), G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (service, swallow_cb, NULL, NULL);
  answer = g_dbus_connection_call_sync (service, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                        &error);
  g_assert_no_error (error);
  g_assert_null (hearth_secrets_lookup (secrets, &channel, NULL, &error));
  g_assert_error (error, HEARTH_SECRETS_ERROR, HEARTH_SECRETS_ERROR_ABSENT);
  g_clear_object (&service);
  g_test_dbus_stop (bus);
}

static void
test_silent_service (void)
{
  g_test_trap_subprocess ("/secrets/silent/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* Last: nobody is there to unlock it again. */
static void
test_locked (void)
{
  g_autoptr (HearthSecrets) secrets = hearth_secrets_new ();
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  store (secrets, &channel, KEY, HEARTH_SECRET_KEYRING);
  lock_keyring ();
  g_assert_cmpint (hearth_secrets_get_state (secrets, NULL, &message), ==, HEARTH_KEYRING_LOCKED);
  g_assert_nonnull (message);
  assert_refused (secrets, HEARTH_SECRETS_ERROR_LOCKED);
  g_assert_false (hearth_secrets_unlock (secrets, NULL, &error));
  g_assert_error (error, HEARTH_SECRETS_ERROR, HEARTH_SECRETS_ERROR_DISMISSED);
  store (secrets, &channel, "for now", HEARTH_SECRET_SESSION);
  assert_key (secrets, &channel, "for now");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secrets/keyring", test_keyring);
  g_test_add_func ("/secrets/provider", test_provider);
  g_test_add_func ("/secrets/session", test_session);
  g_test_add_func ("/secrets/cancelled", test_cancelled);
  g_test_add_func ("/secrets/threads", test_threads);
  g_test_add_func ("/secrets/without-bus", test_without_bus);
  g_test_add_func ("/secrets/dead-bus", test_dead_bus);
  g_test_add_func ("/secrets/silent-service", test_silent_service);
  g_test_add_func ("/secrets/silent/subprocess", test_silent);
  g_test_add_func ("/secrets/absent/subprocess", test_absent);
  g_test_add_func ("/secrets/locked", test_locked);

  return g_test_run ();
}
