/* hearth-credentials.h: who knows the keys of other services that the user has stored; a service of runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_CREDENTIALS (hearth_credentials_get_type ())
G_DECLARE_INTERFACE (HearthCredentials, hearth_credentials, HEARTH, CREDENTIALS, GObject)

struct _HearthCredentialsInterface
{
  GTypeInterface parent;

  void          (*load_async)  (HearthCredentials   *self,
                                const char          *name,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
  HearthSecret *(*load_finish) (HearthCredentials   *self,
                                GAsyncResult        *result,
                                GError             **error);
};

/* @name: its display name, its service or its id; the newest of that name. */
void          hearth_credentials_load_async  (HearthCredentials   *self,
                                              const char          *name,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
/* New reference; NULL with a sentence that says what to do, when there is none or the keyring is locked. */
HearthSecret *hearth_credentials_load_finish (HearthCredentials   *self,
                                              GAsyncResult        *result,
                                              GError             **error);

G_END_DECLS
