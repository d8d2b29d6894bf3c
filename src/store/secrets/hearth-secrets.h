/* hearth-secrets.h: where keys of services are kept: the keyring of the desktop, or this session's memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions that take a GError block; call them from a worker thread. Each ends within a few
 * seconds, also when the keyring hangs, but hearth_secrets_unlock(): it waits for a person. When
 * storing or looking up finds the keyring locked, it says so at once and lets the person be asked for
 * the password meanwhile, so that trying again helps.
 */

#pragma once

#include "hearth-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HearthSecretsError:
 * @HEARTH_SECRETS_ERROR_ABSENT: no keyring answers; what is to be kept can only be kept for the session
 * @HEARTH_SECRETS_ERROR_LOCKED: it wants its password first, or was never set up
 * @HEARTH_SECRETS_ERROR_DISMISSED: the person did not give that password
 * @HEARTH_SECRETS_ERROR_MISSING: the keyring is open and has no such key
 * @HEARTH_SECRETS_ERROR_FAILED: anything else; the keyring's own words are in the message
 */
typedef enum
{
  HEARTH_SECRETS_ERROR_ABSENT,
  HEARTH_SECRETS_ERROR_LOCKED,
  HEARTH_SECRETS_ERROR_DISMISSED,
  HEARTH_SECRETS_ERROR_MISSING,
  HEARTH_SECRETS_ERROR_FAILED,
} HearthSecretsError;

#define HEARTH_SECRETS_ERROR (hearth_secrets_error_quark ())
GQuark hearth_secrets_error_quark (void);

/**
 * HearthSecretPlace:
 * @HEARTH_SECRET_KEYRING: survives a restart
 * @HEARTH_SECRET_SESSION: in memory until the program ends. Only ever what a person asked for: nothing
 *   falls back to it, and nothing at all falls back to a file
 */
typedef enum
{
  HEARTH_SECRET_KEYRING,
  HEARTH_SECRET_SESSION,
} HearthSecretPlace;

typedef enum
{
  HEARTH_KEYRING_READY,
  HEARTH_KEYRING_LOCKED,
  HEARTH_KEYRING_ABSENT,
} HearthKeyringState;

#define HEARTH_SECRET_CHANNEL    "channel"
#define HEARTH_SECRET_CREDENTIAL "credential"

/* What a secret is filed under. @kind, @item and @user are its address; @provider and @label are for
 * the person who looks into the keyring, count when a secret is stored and may be NULL. */
typedef struct
{
  const char *kind;
  const char *item;
  const char *user;
  const char *provider;
  const char *label;
} HearthSecretId;

/* Counted, any thread. Making one touches nothing. */
typedef struct _HearthSecrets HearthSecrets;

HearthSecrets      *hearth_secrets_new        (void);
HearthSecrets      *hearth_secrets_ref        (HearthSecrets         *self);
void                hearth_secrets_unref      (HearthSecrets         *self);

/* Where secrets go for which nobody says so. The keyring, until a person decides otherwise. */
HearthSecretPlace   hearth_secrets_get_place  (HearthSecrets         *self);
void                hearth_secrets_set_place  (HearthSecrets         *self,
                                               HearthSecretPlace      place);

/* Replaces what is there under the same address; afterwards it is in this one place only. Into the
 * session it goes always. */
gboolean            hearth_secrets_store      (HearthSecrets         *self,
                                               const HearthSecretId  *id,
                                               HearthSecret          *secret,
                                               HearthSecretPlace      place,
                                               GCancellable          *cancellable,
                                               GError               **error);
/* New reference. The session first, then the keyring; never “missing” of a locked keyring. */
HearthSecret       *hearth_secrets_lookup     (HearthSecrets         *self,
                                               const HearthSecretId  *id,
                                               GCancellable          *cancellable,
                                               GError               **error);
/* FALSE without an error: certainly not there. Also answers for a locked keyring that shows its items. */
gboolean            hearth_secrets_has        (HearthSecrets         *self,
                                               const HearthSecretId  *id,
                                               GCancellable          *cancellable,
                                               GError               **error);
/* Does not touch the keyring. */
gboolean            hearth_secrets_has_in_session (HearthSecrets     *self,
                                               const HearthSecretId  *id);
/* In both places; one that is not there is forgotten already. */
gboolean            hearth_secrets_forget     (HearthSecrets         *self,
                                               const HearthSecretId  *id,
                                               GCancellable          *cancellable,
                                               GError               **error);

/* A sentence for anything but READY goes into @message, which may be NULL. */
HearthKeyringState  hearth_secrets_get_state  (HearthSecrets         *self,
                                               GCancellable          *cancellable,
                                               char                 **message);
/* Lets the desktop ask the person for the keyring's password, or for a first one, and waits for it,
 * minutes if need be. */
gboolean            hearth_secrets_unlock     (HearthSecrets         *self,
                                               GCancellable          *cancellable,
                                               GError               **error);

/* The same on a thread of its own, without waiting; once at a time. */
void                hearth_secrets_ask        (HearthSecrets         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSecrets, hearth_secrets_unref)

G_END_DECLS
