/* hearth-keys-table.h: keys of our own API and keys of others: what the database knows of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions block; call them from a worker thread.
 */

#pragma once

#include "hearth-database.h"
#include "hearth-secret.h"

G_BEGIN_DECLS

/* --- service keys: what a program shows to be let in here (http-api.md 6.3) ------------------------
 *
 * Only a hash is stored. A key is {"id", "name"?, "prefix", "scopes", "createdAt", "lastUsedAt"?}. */

/* The newest first. */
HearthValue *hearth_keys_table_list          (HearthDatabase  *self,
                                              const char      *user,
                                              GError         **error);
/* @name NULL: none. @scopes: an array of texts, or NULL. The answer has "secret" as well, this once.
 * Takes 64 MiB and a tenth of a second, on purpose. */
HearthValue *hearth_keys_table_create        (HearthDatabase  *self,
                                              const char      *user,
                                              const char      *name,
                                              HearthValue     *scopes,
                                              GError         **error);
gboolean     hearth_keys_table_delete        (HearthDatabase  *self,
                                              const char      *user,
                                              const char      *id,
                                              GError         **error);
/* The key with "userId", or NULL; NULL without an error: there is none like it. Notes the time of
 * use. As slow as making one, whether the key is right, wrong or not even similar. */
HearthValue *hearth_keys_table_verify        (HearthDatabase  *self,
                                              HearthSecret    *secret,
                                              GError         **error);

/* --- credentials: keys of other services (http-api.md 6.4) -----------------------------------------
 *
 * The credential itself goes into the keyring under its id (hearth-secrets.h), never through here. A
 * credential is {"id", "serviceName", "displayName"?, "displayHint"?: {"prefix", "suffix"}, "createdAt"}. */

/* From this length on the first and last four characters are shown. */
#define HEARTH_CREDENTIAL_HINT_FROM 13

/* {"prefix", "suffix"}; both "" for a short one, which would be half told. */
HearthValue *hearth_credential_make_hint     (HearthSecret    *credential);

HearthValue *hearth_credentials_table_list   (HearthDatabase  *self,
                                              const char      *user,
                                              GError         **error);
/* @display_name NULL: none. @hint as above. */
HearthValue *hearth_credentials_table_create (HearthDatabase  *self,
                                              const char      *id,
                                              const char      *user,
                                              const char      *service_name,
                                              const char      *display_name,
                                              HearthValue     *hint,
                                              GError         **error);
gboolean     hearth_credentials_table_delete (HearthDatabase  *self,
                                              const char      *user,
                                              const char      *id,
                                              GError         **error);

G_END_DECLS
