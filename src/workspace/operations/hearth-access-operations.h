/* hearth-access-operations.h: access tokens of other devices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* [{id, name, createdAt, lastUsedAt}], oldest first; without @lastUsedAt: never used. */
extern const HearthOperation hearth_operation_list_access_tokens;
/* name, or none. {id, name, createdAt, token}: @token is told this once. */
extern const HearthOperation hearth_operation_create_access_token;
/* id. null. A running server notices, and cuts the device off. */
extern const HearthOperation hearth_operation_revoke_access_token;
/* {hash: id}: for the server, which lets in who knows what one of them is the hash of. */
extern const HearthOperation hearth_operation_read_access_hashes;

/* id: this token is used now. null. */
extern const HearthOperation hearth_operation_note_access_use;

/* What is kept of a token. */
char *hearth_access_hash (const char *token);
/* The file that changes when one of them comes or goes. */
char *hearth_workspace_dup_access_file (HearthWorkspace *workspace);

G_END_DECLS
