/* hearth-access-token.h: who may come in from other devices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A token is 32 random bytes, written as 43 characters of base64url. What is kept is their SHA-256: a
 * random number of 256 bits cannot be guessed from it, so nothing slower is needed. The file
 * (data/access-tokens.json) is for its owner alone. All functions block; call them from a worker
 * thread.
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-value.h"

G_BEGIN_DECLS

#define HEARTH_ACCESS_TOKEN_MAX_NAME 100

/* An array of {id, name, createdAt, hash}, oldest first; @hash: 64 hexadecimal digits. */
HearthValue *hearth_access_token_list   (HearthDataDir *dir,
                                         GError       **error);
/* {id, name, createdAt, token}: the only time that @token is told. @name NULL or "": one is made up. */
HearthValue *hearth_access_token_create (HearthDataDir *dir,
                                         const char    *name,
                                         GError       **error);
/* HEARTH_STORE_ERROR_NOT_FOUND when there is none of that id. */
gboolean     hearth_access_token_revoke (HearthDataDir *dir,
                                         const char    *id,
                                         GError       **error);
/* What is kept of @token: its SHA-256 in 64 hexadecimal digits. Any thread. */
char        *hearth_access_token_hash   (const char    *token);

G_END_DECLS
