/* hearth-chat-operations.h: chats and their messages (http-api.md 15)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* Arguments: projectId (where a chat is named, it may be left out: every project is searched) and sessionId,
 * and the members that http-api.md 15 has for the body. */

/* Answers: the sessions; the new session; {success}; null. */
extern const HearthOperation hearth_operation_list_chats;
extern const HearthOperation hearth_operation_create_chat;
extern const HearthOperation hearth_operation_import_chat; /* data: the text of an exported tree */
extern const HearthOperation hearth_operation_update_chat; /* name counts as title */
extern const HearthOperation hearth_operation_delete_chat;
/* format: json, markdown or text. Answer: {name, isJson, text} */
extern const HearthOperation hearth_operation_export_chat;

/* Answers: the tree; {nodeId, tree}; the tree; {success, tree}; {success, activeLeafId}. */
extern const HearthOperation hearth_operation_read_chat;
extern const HearthOperation hearth_operation_append_message;
extern const HearthOperation hearth_operation_edit_chat;
extern const HearthOperation hearth_operation_set_message_state;
extern const HearthOperation hearth_operation_set_active_leaf;

/* hearth-chat-asset-operations.c. Answers: [{id, name, size, lastModified}]; {success, assetPath: {id, url}, url};
 * {path} of assetName. To add one: files, of which the first counts, [{path, name}]; filename and type, or nothing. */
extern const HearthOperation hearth_operation_list_chat_assets;
extern const HearthOperation hearth_operation_add_chat_asset;
extern const HearthOperation hearth_operation_find_chat_asset;

G_END_DECLS
