/* hearth-keyring-service.c: whether the keyring answers, is there and is open, and what its refusals mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-keyring-service-private.h"

#include "hearth-i18n.h"

/* A person who types a password. */
#define PERSON_MS (3 * 60 * 1000)

/* --- errors --------------------------------------------------------------------------------------- */

static gboolean
fail_absent (GError **error)
{
  g_set_error_literal (error, HEARTH_SECRETS_ERROR, HEARTH_SECRETS_ERROR_ABSENT,
                       _("This computer's keyring does not answer, so no key can be kept in it. Start GNOME Keyring, KWallet or "
                         "another Secret Service, or keep the key for this session only."));
  return FALSE;
}

gboolean
_hearth_keyring_fail_locked (GError **error)
{
  g_set_error_literal (error, HEARTH_SECRETS_ERROR, HEARTH_SECRETS_ERROR_LOCKED,
                       _("The keyring is locked. Give its password in the window that asks for it, then try again, or keep the key "
                         "for this session only."));
  return FALSE;
}

static gboolean
fail_dismissed (GError **error)
{
  g_set_error_literal (error, HEARTH_SECRETS_ERROR, HEARTH_SECRETS_ERROR_DISMISSED,
                       _("The keyring was not unlocked. Without its password keys can only be kept for this session."));
  return FALSE;
}

static gboolean
is_absence (const GError *reason)
{
  static const int codes[] = { G_DBUS_ERROR_SERVICE_UNKNOWN, G_DBUS_ERROR_NAME_HAS_NO_OWNER, G_DBUS_ERROR_NO_REPLY,
                               G_DBUS_ERROR_DISCONNECTED, G_DBUS_ERROR_TIMED_OUT, G_DBUS_ERROR_SPAWN_CHILD_EXITED };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (reason, G_DBUS_ERROR, codes[i]))
      return TRUE;
  return g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CLOSED) || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

gboolean
_hearth_keyring_fail (HearthKeyringCall *call,
                      GError            *reason,
                      GError           **error)
{
  g_autoptr (GError) owned = reason;

  if (call->late || is_absence (reason))
    return fail_absent (error);
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  if (g_error_matches (reason, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
      || g_error_matches (reason, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT)
      || g_error_matches (reason, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD))
    return _hearth_keyring_fail_locked (error);
  if (reason != NULL)
    g_dbus_error_strip_remote_error (reason);
  g_set_error (error, HEARTH_SECRETS_ERROR, HEARTH_SECRETS_ERROR_FAILED, _("The keyring refused: %s. Look into it with its own program."),
               reason != NULL ? reason->message : _("it gave no reason"));
  return FALSE;
}

/* --- the service ------------------------------------------------------------------------------------ */

/* The connection is the program's one and only: given up half-way, it would fail everybody who asks for
 * it meanwhile, so this step takes no cancellable. And GLib ends the whole program when the session bus
 * goes, unless it is told otherwise. */
static gboolean
connect_bus (HearthKeyringCall *call)
{
  g_autoptr (GDBusConnection) bus = NULL;

  g_bus_get (G_BUS_TYPE_SESSION, NULL, _hearth_keyring_call_cb, call);
  bus = g_bus_get_finish (_hearth_keyring_call_wait (call), NULL);
  if (bus != NULL)
    g_dbus_connection_set_exit_on_close (bus, FALSE);
  return bus != NULL;
}

SecretService *
_hearth_keyring_open (HearthKeyringCall *call,
                      GCancellable      *cancellable,
                      GError           **error)
{
  SecretService *service = NULL;

  if (!g_cancellable_is_cancelled (cancellable) && connect_bus (call))
    {
      secret_service_open (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION, call->cancellable, _hearth_keyring_call_cb,
                           call);
      service = secret_service_open_finish (_hearth_keyring_call_wait (call), NULL);
    }
  if (service == NULL && !g_cancellable_set_error_if_cancelled (cancellable, error))
    fail_absent (error);
  return service;
}

/* The collection new items go to; NULL without an error: there is none yet. */
static SecretCollection *
find_collection (HearthKeyringCall *call,
                 SecretService     *service,
                 GError           **error)
{
  GError *reason = NULL;
  SecretCollection *collection;

  secret_collection_for_alias (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, call->cancellable,
                               _hearth_keyring_call_cb, call);
  collection = secret_collection_for_alias_finish (_hearth_keyring_call_wait (call), &reason);
  if (reason != NULL)
    _hearth_keyring_fail (call, reason, error);
  return collection;
}

/* libsecret would ask the person for the password and wait; here that is a step of its own. */
gboolean
_hearth_keyring_check_open (HearthKeyringCall *call,
                            SecretService     *service,
                            GError           **error)
{
  GError *reason = NULL;
  g_autoptr (SecretCollection) collection = find_collection (call, service, &reason);

  if (reason != NULL)
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  return (collection != NULL && !secret_collection_get_locked (collection)) || _hearth_keyring_fail_locked (error);
}

gboolean
_hearth_keyring_check (GCancellable *cancellable,
                       GError      **error)
{
  g_auto (HearthKeyringCall) call = { NULL };
  g_autoptr (SecretService) service = NULL;

  _hearth_keyring_call_begin (&call, HEARTH_KEYRING_ANSWER_MS, cancellable);
  service = _hearth_keyring_open (&call, cancellable, error);
  return service != NULL && _hearth_keyring_check_open (&call, service, error);
}

/* --- the person ---------------------------------------------------------------------------------------- */

/* A first keyring, as every program of the desktop makes it: the service asks for a password for it. GNOME
 * Keyring makes the id of the label, and "login" is the one that is unlocked at login: it is not translated. */
static gboolean
create_collection (HearthKeyringCall *call,
                   SecretService     *service,
                   GError           **error)
{
  GError *reason = NULL;
  g_autoptr (SecretCollection) collection = NULL;

  secret_collection_create (service, "Login", SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_CREATE_NONE, call->cancellable,
                            _hearth_keyring_call_cb, call);
  collection = secret_collection_create_finish (_hearth_keyring_call_wait (call), &reason);
  g_clear_error (&reason);
  return collection != NULL || fail_dismissed (error);
}

static gboolean
unlock_collection (HearthKeyringCall *call,
                   SecretService     *service,
                   SecretCollection  *collection,
                   GError           **error)
{
  GList one = { .data = collection };
  int n_unlocked;

  if (!secret_collection_get_locked (collection))
    return TRUE;
  secret_service_unlock (service, &one, call->cancellable, _hearth_keyring_call_cb, call);
  n_unlocked = secret_service_unlock_finish (service, _hearth_keyring_call_wait (call), NULL, NULL);
  return n_unlocked > 0 || fail_dismissed (error);
}

gboolean
_hearth_keyring_unlock (GCancellable *cancellable,
                        GError      **error)
{
  g_auto (HearthKeyringCall) call = { NULL };
  g_autoptr (SecretService) service = NULL;
  g_autoptr (SecretCollection) collection = NULL;
  GError *reason = NULL;

  _hearth_keyring_call_begin (&call, HEARTH_KEYRING_ANSWER_MS, cancellable);
  service = _hearth_keyring_open (&call, cancellable, error);
  if (service == NULL)
    return FALSE;
  collection = find_collection (&call, service, &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  _hearth_keyring_call_extend (&call, PERSON_MS);
  return collection != NULL ? unlock_collection (&call, service, collection, error) : create_collection (&call, service, error);
}
