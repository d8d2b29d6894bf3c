/* hearth-keyring-private.h: the Secret Service of the desktop, one question after the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-secrets.h"

G_BEGIN_DECLS

/* Blocking, with errors of HEARTH_SECRETS_ERROR, or G_IO_ERROR_CANCELLED. Each makes a connection of
 * its own, so that a keyring that was started or restarted meanwhile is simply there. */
gboolean      _hearth_keyring_store  (const HearthSecretId  *id,
                                      HearthSecret          *secret,
                                      GCancellable          *cancellable,
                                      GError               **error);
HearthSecret *_hearth_keyring_lookup (const HearthSecretId  *id,
                                      GCancellable          *cancellable,
                                      GError               **error);
gboolean      _hearth_keyring_has    (const HearthSecretId  *id,
                                      GCancellable          *cancellable,
                                      GError               **error);
gboolean      _hearth_keyring_forget (const HearthSecretId  *id,
                                      GCancellable          *cancellable,
                                      GError               **error);
/* TRUE when it is open; does not ask for a password. */
gboolean      _hearth_keyring_check  (GCancellable          *cancellable,
                                      GError               **error);
/* Asks for it. */
gboolean      _hearth_keyring_unlock (GCancellable          *cancellable,
                                      GError               **error);

/* --- hearth-keyring-call.c: a call of D-Bus that ends in time ------------------------------------
 *
 * The libraries' own blocking calls wait for ever for a service that starts and then says nothing.
 * So the others are made, in a main context of this thread's, until their answer or the deadline. */
typedef struct
{
  GMainContext *context;
  GCancellable *cancellable; /* to be given to the calls */
  GSource      *deadline;
  GSource      *stop;        /* the caller's cancellable; or NULL */
  GAsyncResult *result;
  gboolean      late;
} HearthKeyringCall;

void          _hearth_keyring_call_begin (HearthKeyringCall   *self,
                                          guint                milliseconds,
                                          GCancellable        *cancellable);
/* From now on as long as that. */
void          _hearth_keyring_call_extend(HearthKeyringCall   *self,
                                          guint                milliseconds);
void          _hearth_keyring_call_end   (HearthKeyringCall   *self);
/* The callback of each call, with the call as user data. */
void          _hearth_keyring_call_cb    (GObject             *source,
                                          GAsyncResult        *result,
                                          gpointer             user_data);
/* Its result, borrowed until the next wait. */
GAsyncResult *_hearth_keyring_call_wait  (HearthKeyringCall   *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthKeyringCall, _hearth_keyring_call_end)

G_END_DECLS
