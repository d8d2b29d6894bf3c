/* hearth-key-hash-private.h: service keys and their hashes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-secret.h"

G_BEGIN_DECLS

/* storage.md 5.5 */
#define HEARTH_KEY_MARK          "ctsk_"
#define HEARTH_KEY_PREFIX_LENGTH 13

HearthSecret *_hearth_key_new    (void);
/* `$argon2id$v=19$m=65536,t=2,p=1$…`, as the reference writes it; NULL without the memory for it. */
char         *_hearth_key_hash   (HearthSecret *secret);
gboolean      _hearth_key_verify (HearthSecret *secret,
                                  const char   *hash);

G_END_DECLS
