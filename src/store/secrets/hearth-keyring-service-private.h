/* hearth-keyring-service-private.h: the Secret Service itself, for those who ask it for items
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsecret/secret.h>

#include "hearth-keyring-private.h"

G_BEGIN_DECLS

/* Below what a web page waits for an answer. */
#define HEARTH_KEYRING_ANSWER_MS 4000

SecretService *_hearth_keyring_open        (HearthKeyringCall *call,
                                            GCancellable      *cancellable,
                                            GError           **error);
/* Whether new items can be stored: FALSE with an error when it is locked. */
gboolean       _hearth_keyring_check_open  (HearthKeyringCall *call,
                                            SecretService     *service,
                                            GError           **error);
/* Takes @reason, which may be NULL: then the service said “no” without a word. Returns FALSE. */
gboolean       _hearth_keyring_fail        (HearthKeyringCall *call,
                                            GError            *reason,
                                            GError           **error);
/* Returns FALSE. */
gboolean       _hearth_keyring_fail_locked (GError           **error);

G_END_DECLS
