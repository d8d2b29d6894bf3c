/* hearth-routes-chats.c: chats and their messages (http-api.md 15)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-chat-operations.h"
#include "hearth-reply-file.h"
#include "hearth-routes.h"

#define SESSION "/api/chat/sessions/:sessionId"
#define CHAT "/api/chat/:sessionId"
#define MAX_MESSAGE_BYTES ((gsize) 8 << 20)
#define MAX_IMPORT_BYTES ((gsize) 64 << 20)
#define MAX_ASSET_BYTES ((gsize) 1 << 30)

/* --- what may be said ----------------------------------------------------------------------- */

static const HearthBodyField project_query[] = {
  { .key = "projectId", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1 },
  { .key = NULL },
};

/* The web frontend forgets it where it deletes, renames and exports. */
static const HearthBodyField any_project_query[] = {
  { .key = "projectId", .kinds = HEARTH_KIND (STRING), .min_length = 1, .text = "Without it, every project is searched" },
  { .key = NULL },
};

static const char *const types[] = { "chat", "roleplay", "task", "other", NULL };
static const char *const roles[] = { "user", "assistant", "system", NULL };
static const char *const states[] = { "generating", "complete", "error", NULL };
static const char *const formats[] = { "json", "markdown", "text", NULL };
static const char *const import_formats[] = { "json", NULL };

static const HearthBodyField create_fields[] = {
  { .key = "projectId", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1 },
  { .key = "title", .kinds = HEARTH_KIND (STRING), .text = "Without one, a word and the date" },
  { .key = "description", .kinds = HEARTH_KIND (STRING) },
  { .key = "type", .kinds = HEARTH_KIND (STRING), .values = types },
  { .key = "tags", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (STRING) },
  { .key = "settings", .kinds = HEARTH_KIND (OBJECT) },
  { .key = NULL },
};

static const HearthBodyField import_fields[] = {
  { .key = "projectId", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1 },
  { .key = "data", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1, .text = "An exported tree, as text" },
  { .key = "format", .kinds = HEARTH_KIND (STRING), .values = import_formats },
  { .key = NULL },
};

static const HearthBodyField metadata_fields[] = {
  { .key = "title", .kinds = HEARTH_KIND (STRING) },
  { .key = "name", .kinds = HEARTH_KIND (STRING), .text = "The title, as the web frontend calls it" },
  { .key = "description", .kinds = HEARTH_KIND (STRING) },
  { .key = "tags", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (STRING) },
  { .key = "settings", .kinds = HEARTH_KIND (OBJECT) },
  { .key = NULL },
};

static const HearthBodyField export_fields[] = {
  { .key = "format", .kinds = HEARTH_KIND (STRING), .values = formats, .text = "json when it is left out" },
  { .key = NULL },
};

static const HearthBodyField message_fields[] = {
  { .key = "parentId", .kinds = HEARTH_KIND (STRING) | HEARTH_KIND (NULL), .text = "null: it begins a new tree" },
  { .key = "role", .kinds = HEARTH_KIND (STRING), .required = TRUE, .values = roles },
  { .key = "content", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1 },
  { .key = "metadata", .kinds = HEARTH_KIND (OBJECT) },
  { .key = NULL },
};

static const HearthBodyField operation_fields[] = {
  { .key = "type", .kinds = HEARTH_KIND (STRING), .required = TRUE,
    .text = "prune, graft, enable, disable or delete; others are skipped" },
  { .key = "sourceNodeId", .kinds = HEARTH_KIND (STRING), .text = "Of prune and graft" },
  { .key = "targetNodeId", .kinds = HEARTH_KIND (STRING) | HEARTH_KIND (NULL), .text = "Of graft; null: becomes a root" },
  { .key = "nodeIds", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (STRING), .text = "Of enable, disable and delete" },
  { .key = NULL },
};

static const HearthBodyField edit_fields[] = {
  { .key = "operations", .kinds = HEARTH_KIND (ARRAY), .required = TRUE, .items = HEARTH_KIND (OBJECT),
    .members = operation_fields },
  { .key = NULL },
};

static const HearthBodyField state_fields[] = {
  { .key = "isEnabled", .kinds = HEARTH_KIND (BOOLEAN), .text = "A disabled message is not told to the model" },
  { .key = "status", .kinds = HEARTH_KIND (STRING), .values = states },
  { .key = "content", .kinds = HEARTH_KIND (STRING) },
  { .key = "metadata", .kinds = HEARTH_KIND (OBJECT), .text = "Laid over what is there" },
  { .key = NULL },
};

static const HearthBodyField leaf_fields[] = {
  { .key = "leafNodeId", .kinds = HEARTH_KIND (STRING) | HEARTH_KIND (NULL), .required = TRUE },
  { .key = NULL },
};

static const char *const asset_types[] = { "image", "audio", "video", "document", NULL };

static const HearthBodyField asset_fields[] = {
  { .key = "files", .kinds = HEARTH_KIND (ARRAY), .required = TRUE, .min_length = 1, .items = HEARTH_KIND (OBJECT),
    .text = "One file, under any name" },
  { .key = "filename", .kinds = HEARTH_KIND (STRING), .min_length = 1, .text = "Instead of the name that the file came with" },
  { .key = "type", .kinds = HEARTH_KIND (STRING), .values = asset_types, .text = "Without it, what the name's suffix says" },
  { .key = NULL },
};

/* --- files ------------------------------------------------------------------------------ */

static char *
make_disposition (const char *name)
{
  GString *header = g_string_new ("attachment; ");

  /* Quotes, as long as it needs nothing else. */
  (g_str_is_ascii (name) ? soup_header_g_string_append_param_quoted : soup_header_g_string_append_param) (header, "filename", name);
  return g_string_free (header, FALSE);
}

static void
exported_cb (GObject      *workspace,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);
  g_autofree char *disposition = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize length;

  if (answer == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  text = hearth_value_get_string (hearth_value_get (answer, "text"), &length);
  bytes = g_bytes_new (text, length);
  disposition = make_disposition (hearth_value_get_member_string (answer, "name", ""));
  hearth_request_set_header (request, "Content-Disposition", disposition);
  hearth_request_reply_bytes (request, SOUP_STATUS_OK,
                              hearth_value_get_member_boolean (answer, "isJson", FALSE) ? "application/json"
                                                                                        : "text/plain;charset=utf-8",
                              bytes);
}

static void
export_chat (HearthRequest *request)
{
  hearth_workspace_perform (hearth_request_get_workspace (request), &hearth_operation_export_chat,
                            hearth_request_get_arguments (request), NULL, exported_cb, hearth_request_ref (request));
}

static void
get_asset (HearthRequest *request)
{
  hearth_request_reply_found_file (request, &hearth_operation_find_chat_asset);
}

/* --- the table ------------------------------------------------------------------------------ */

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/chat/sessions", .name = "listChats",
    .summary = "The chats of a project, newest first", .query = project_query,
    .operation = &hearth_operation_list_chats },
  { .method = "POST", .pattern = "/api/chat/sessions", .name = "createChat",
    .summary = "Begins a chat",
    .body = HEARTH_BODY_JSON, .fields = create_fields, .success = SOUP_STATUS_CREATED,
    .operation = &hearth_operation_create_chat },
  { .method = "POST", .pattern = "/api/chat/sessions/import", .name = "importChat",
    .summary = "A new chat from an exported one",
    .body = HEARTH_BODY_JSON, .limit = MAX_IMPORT_BYTES, .fields = import_fields, .success = SOUP_STATUS_CREATED,
    .operation = &hearth_operation_import_chat },
  { .method = "DELETE", .pattern = SESSION, .name = "deleteChat",
    .summary = "Moves a chat and its files to the recycle bin", .query = any_project_query,
    .success = SOUP_STATUS_NO_CONTENT,
    .operation = &hearth_operation_delete_chat },
  { .method = "PUT", .pattern = SESSION "/metadata", .name = "updateChat",
    .summary = "Changes title, description, tags and settings of a chat", .query = any_project_query,
    .body = HEARTH_BODY_JSON, .fields = metadata_fields,
    .operation = &hearth_operation_update_chat },
  { .method = "POST", .pattern = SESSION "/export", .name = "exportChat",
    .summary = "The chat as a file: JSON, Markdown or text", .query = any_project_query,
    .body = HEARTH_BODY_JSON, .fields = export_fields,
    .handler = export_chat },
  { .method = "GET", .pattern = CHAT "/tree", .name = "readChat",
    .summary = "All messages of a chat", .query = project_query,
    .operation = &hearth_operation_read_chat },
  { .method = "POST", .pattern = CHAT "/message", .name = "appendMessage",
    .summary = "Adds a message below another one", .query = project_query,
    .body = HEARTH_BODY_JSON, .limit = MAX_MESSAGE_BYTES, .fields = message_fields, .success = SOUP_STATUS_CREATED,
    .operation = &hearth_operation_append_message },
  { .method = "PUT", .pattern = CHAT "/tree/edit", .name = "editChat",
    .summary = "Cuts, moves, disables and deletes messages", .query = project_query,
    .body = HEARTH_BODY_JSON, .fields = edit_fields,
    .operation = &hearth_operation_edit_chat },
  { .method = "PUT", .pattern = CHAT "/node/:nodeId/state", .name = "setMessageState",
    .summary = "Changes one message", .query = project_query,
    .body = HEARTH_BODY_JSON, .limit = MAX_MESSAGE_BYTES, .fields = state_fields,
    .operation = &hearth_operation_set_message_state },
  { .method = "PUT", .pattern = CHAT "/active_leaf", .name = "setActiveLeaf",
    .summary = "Chooses the branch that is told to the model", .query = project_query,
    .body = HEARTH_BODY_JSON, .fields = leaf_fields,
    .operation = &hearth_operation_set_active_leaf },
  { .method = "GET", .pattern = CHAT "/assets", .name = "listChatAssets",
    .summary = "The files of a chat", .query = project_query,
    .operation = &hearth_operation_list_chat_assets },
  { .method = "POST", .pattern = CHAT "/assets", .name = "addChatAsset",
    .summary = "Attaches a file to a chat", .query = project_query,
    .body = HEARTH_BODY_FORM, .limit = MAX_ASSET_BYTES, .fields = asset_fields, .success = SOUP_STATUS_CREATED,
    .operation = &hearth_operation_add_chat_asset },
  { .method = "GET", .pattern = CHAT "/assets/:assetName", .name = "getChatAsset",
    .summary = "One of them", .query = any_project_query,
    .handler = get_asset },
};

const HearthRouteSection hearth_routes_chats = { "Chats", routes, G_N_ELEMENTS (routes) };
