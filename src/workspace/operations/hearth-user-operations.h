/* hearth-user-operations.h: the user of this data folder, and keys to what is here (http-api.md 5, 6)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* The user context of http-api.md 5. */
extern const HearthOperation hearth_operation_read_session;
/* username. */
extern const HearthOperation hearth_operation_rename_user;
/* path: a file that holds the picture; it is copied. */
extern const HearthOperation hearth_operation_set_avatar;

/* name and scopes, where they are given; keyId. */
extern const HearthOperation hearth_operation_list_service_keys;
extern const HearthOperation hearth_operation_create_service_key;
extern const HearthOperation hearth_operation_delete_service_key;

/* serviceName, credential, displayName where it is given, keyStore as in hearth-llm-operations.h;
 * credentialId. */
extern const HearthOperation hearth_operation_list_credentials;
extern const HearthOperation hearth_operation_create_credential;
extern const HearthOperation hearth_operation_delete_credential;

G_END_DECLS
