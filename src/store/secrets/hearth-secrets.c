/* hearth-secrets.c: secrets in the keyring or in the memory of this session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-keyring-private.h"

#include "hearth-i18n.h"

struct _HearthSecrets
{
  gatomicrefcount ref_count;
  gint place; /* atomic; HearthSecretPlace */
  GMutex mutex;
  GHashTable *session;  /* address -> HearthSecret; guarded by mutex */
  GThread *asking;      /* guarded by mutex; or NULL */
  gint is_asking;       /* atomic */
  GCancellable *ending; /* fires when the object goes */
};

G_DEFINE_QUARK (hearth-secrets-error-quark, hearth_secrets_error)

HearthSecrets *
hearth_secrets_new (void)
{
  HearthSecrets *self = g_new0 (HearthSecrets, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->session = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hearth_secret_unref);
  self->ending = g_cancellable_new ();
  return self;
}

HearthSecrets *
hearth_secrets_ref (HearthSecrets *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hearth_secrets_unref (HearthSecrets *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_cancellable_cancel (self->ending);
  g_clear_pointer (&self->asking, g_thread_join);
  g_hash_table_unref (self->session);
  g_object_unref (self->ending);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

HearthSecretPlace
hearth_secrets_get_place (HearthSecrets *self)
{
  g_return_val_if_fail (self != NULL, HEARTH_SECRET_KEYRING);

  return (HearthSecretPlace) g_atomic_int_get (&self->place);
}

void
hearth_secrets_set_place (HearthSecrets    *self,
                          HearthSecretPlace place)
{
  g_return_if_fail (self != NULL);

  g_atomic_int_set (&self->place, (gint) place);
}

/* --- the session ------------------------------------------------------------------------------------ */

static char *
make_address (const HearthSecretId *id)
{
  return g_strjoin ("\n", id->kind, id->item, id->user, NULL);
}

/* @secret NULL: takes it out. */
static void
set_in_session (HearthSecrets        *self,
                const HearthSecretId *id,
                HearthSecret         *secret)
{
  g_autofree char *address = make_address (id);

  g_mutex_lock (&self->mutex);
  if (secret != NULL)
    g_hash_table_replace (self->session, g_steal_pointer (&address), hearth_secret_ref (secret));
  else
    g_hash_table_remove (self->session, address);
  g_mutex_unlock (&self->mutex);
}

static HearthSecret *
find_in_session (HearthSecrets        *self,
                 const HearthSecretId *id)
{
  g_autofree char *address = make_address (id);
  HearthSecret *secret;

  g_mutex_lock (&self->mutex);
  secret = g_hash_table_lookup (self->session, address);
  if (secret != NULL)
    hearth_secret_ref (secret);
  g_mutex_unlock (&self->mutex);
  return secret;
}

gboolean
hearth_secrets_has_in_session (HearthSecrets        *self,
                               const HearthSecretId *id)
{
  g_autoptr (HearthSecret) secret = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  secret = find_in_session (self, id);
  return secret != NULL;
}

/* --- asking for the password ------------------------------------------------------------------------- */

static gpointer
ask_thread (gpointer data)
{
  HearthSecrets *self = data;

  _hearth_keyring_unlock (self->ending, NULL);
  g_atomic_int_set (&self->is_asking, FALSE);
  return NULL;
}

/* One window at a time. The thread borrows the object, which waits for it before it goes. */
void
hearth_secrets_ask (HearthSecrets *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_compare_and_exchange (&self->is_asking, FALSE, TRUE))
    return;
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->asking, g_thread_join);
  self->asking = g_thread_new ("hearth-keyring", ask_thread, self);
  g_mutex_unlock (&self->mutex);
}

/* --- both ------------------------------------------------------------------------------------------------ */

/* Takes @reason. When it is only the password that lacks, trying again shall help. */
static void
tell (HearthSecrets *self,
      GError        *reason,
      GError       **error)
{
  if (g_error_matches (reason, HEARTH_SECRETS_ERROR, HEARTH_SECRETS_ERROR_LOCKED))
    hearth_secrets_ask (self);
  g_propagate_error (error, reason);
}

/* What lies in the keyring from before must not come back after a restart, but a keyring that cannot
 * be asked is no reason to refuse. */
static gboolean
keep_for_session (HearthSecrets        *self,
                  const HearthSecretId *id,
                  HearthSecret         *secret,
                  GCancellable         *cancellable)
{
  set_in_session (self, id, secret);
  _hearth_keyring_forget (id, cancellable, NULL);
  return TRUE;
}

gboolean
hearth_secrets_store (HearthSecrets        *self,
                      const HearthSecretId *id,
                      HearthSecret         *secret,
                      HearthSecretPlace     place,
                      GCancellable         *cancellable,
                      GError              **error)
{
  GError *reason = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL && id->kind != NULL && id->item != NULL && id->user != NULL, FALSE);
  g_return_val_if_fail (secret != NULL, FALSE);

  if (place == HEARTH_SECRET_SESSION)
    return keep_for_session (self, id, secret, cancellable);
  if (_hearth_keyring_store (id, secret, cancellable, &reason))
    {
      set_in_session (self, id, NULL);
      return TRUE;
    }
  tell (self, reason, error);
  return FALSE;
}

HearthSecret *
hearth_secrets_lookup (HearthSecrets        *self,
                       const HearthSecretId *id,
                       GCancellable         *cancellable,
                       GError              **error)
{
  HearthSecret *secret;
  GError *reason = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL && id->kind != NULL && id->item != NULL && id->user != NULL, NULL);

  secret = find_in_session (self, id);
  if (secret == NULL)
    secret = _hearth_keyring_lookup (id, cancellable, &reason);
  if (secret == NULL)
    tell (self, reason, error);
  return secret;
}

gboolean
hearth_secrets_has (HearthSecrets        *self,
                    const HearthSecretId *id,
                    GCancellable         *cancellable,
                    GError              **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL && id->kind != NULL && id->item != NULL && id->user != NULL, FALSE);

  return hearth_secrets_has_in_session (self, id) || _hearth_keyring_has (id, cancellable, error);
}

gboolean
hearth_secrets_forget (HearthSecrets        *self,
                       const HearthSecretId *id,
                       GCancellable         *cancellable,
                       GError              **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL && id->kind != NULL && id->item != NULL && id->user != NULL, FALSE);

  set_in_session (self, id, NULL);
  return _hearth_keyring_forget (id, cancellable, error);
}

HearthKeyringState
hearth_secrets_get_state (HearthSecrets *self,
                          GCancellable  *cancellable,
                          char         **message)
{
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (self != NULL, HEARTH_KEYRING_ABSENT);

  if (_hearth_keyring_check (cancellable, &reason))
    return HEARTH_KEYRING_READY;
  if (message != NULL)
    *message = g_strdup (reason->message);
  return g_error_matches (reason, HEARTH_SECRETS_ERROR, HEARTH_SECRETS_ERROR_LOCKED) ? HEARTH_KEYRING_LOCKED : HEARTH_KEYRING_ABSENT;
}

gboolean
hearth_secrets_unlock (HearthSecrets *self,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return _hearth_keyring_unlock (cancellable, error);
}
