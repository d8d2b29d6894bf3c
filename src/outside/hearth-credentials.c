/* hearth-credentials.c: who knows the keys of other services that the user has stored; a service of runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-credentials.h"

G_DEFINE_INTERFACE (HearthCredentials, hearth_credentials, G_TYPE_OBJECT)

static void
hearth_credentials_default_init (HearthCredentialsInterface *iface)
{
}

void
hearth_credentials_load_async (HearthCredentials  *self,
                               const char         *name,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_return_if_fail (HEARTH_IS_CREDENTIALS (self));
  g_return_if_fail (name != NULL);

  HEARTH_CREDENTIALS_GET_IFACE (self)->load_async (self, name, cancellable, callback, user_data);
}

HearthSecret *
hearth_credentials_load_finish (HearthCredentials *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (HEARTH_IS_CREDENTIALS (self), NULL);

  return HEARTH_CREDENTIALS_GET_IFACE (self)->load_finish (self, result, error);
}
