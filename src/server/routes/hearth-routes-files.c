/* hearth-routes-files.c: the file manager (http-api.md 13)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-file-operations.h"
#include "hearth-send-file.h"
#include "hearth-routes.h"

#include "hearth-i18n.h"

/* Settings and language packs are small, but people put pictures into JSON. */
#define JSON_LIMIT (64u << 20)
#define UPLOAD_LIMIT (G_GUINT64_CONSTANT (8) << 30)

/* --- one file -------------------------------------------------------------------------------- */

/* The tail of the address without white space around it; NULL when it is empty, then answered. */
static char *
dup_path (HearthRequest *request)
{
  g_autofree char *path = g_strstrip (g_strdup (hearth_request_get_param (request, "logicalPath")));

  if (*path != '\0')
    return g_steal_pointer (&path);
  hearth_request_reply_error (request, SOUP_STATUS_BAD_REQUEST, _("The address names no file or folder."));
  return NULL;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthFileText) text = hearth_workspace_read_text_finish (HEARTH_WORKSPACE (source), result, &error);

  if (text != NULL)
    hearth_request_reply_bytes (request, SOUP_STATUS_OK, text->type, text->bytes);
  else
    hearth_request_reply_failure (request, error);
}

static void
read_file (HearthRequest *request)
{
  g_autofree char *path = dup_path (request);

  if (path != NULL)
    hearth_workspace_read_text (hearth_request_get_workspace (request), path, NULL, read_cb, hearth_request_ref (request));
}

static void
download_file (HearthRequest *request)
{
  g_autofree char *path = dup_path (request);

  if (path != NULL)
    hearth_request_reply_download (request, path);
}

/* --- many files at once -------------------------------------------------------------------------- */

/* 200, 207 when not all of them could be done, and what the first error means when none could. */
static guint
get_status (HearthValue *answer)
{
  g_autoptr (GError) reason = NULL;

  if (hearth_value_get_length (hearth_value_get (answer, "errors")) == 0)
    return SOUP_STATUS_OK;
  if (hearth_value_get_length (hearth_value_get (answer, "items")) > 0)
    return SOUP_STATUS_MULTI_STATUS;
  reason = g_error_new_literal (HEARTH_STORE_ERROR, (int) hearth_value_get_member_integer (answer, "code", 0), "");
  return hearth_error_to_status (reason);
}

static HearthValue *
make_partial (HearthValue *answer,
              HearthValue *results) /* taken; or NULL */
{
  HearthValue *errors = hearth_value_get (answer, "errors");
  gsize n_failed = hearth_value_get_length (errors);
  gsize n_done = hearth_value_get_length (hearth_value_get (answer, "items"));
  g_autofree char *message = NULL;

  /* Translators: how many files were done, and how many were to be */
  message = g_strdup_printf (_("Done: %u of %u. The others say why not."), (guint) n_done, (guint) (n_done + n_failed));
  return hearth_value_object ("message", hearth_value_string (message),
                              "results", results,
                              "errors", hearth_value_ref (errors),
                              NULL);
}

static HearthValue *
finish (HearthRequest *request,
        GObject       *source,
        GAsyncResult  *result)
{
  g_autoptr (GError) error = NULL;
  HearthValue *answer = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (answer == NULL)
    hearth_request_reply_failure (request, error);
  return answer;
}

static void
perform (HearthRequest         *request,
         const HearthOperation *operation,
         GAsyncReadyCallback    callback)
{
  hearth_workspace_perform (hearth_request_get_workspace (request), operation, hearth_request_get_arguments (request), NULL,
                            callback, hearth_request_ref (request));
}

/* As a success alone tells them, and as they stand among failures. */
static HearthValue *
make_moved (HearthValue *items,
            gboolean     all)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (items); i++)
    {
      HearthValue *item = hearth_value_at (items, i);

      hearth_builder_add (&out, NULL, all ? hearth_value_with (item, "sourcePath", NULL)
                                          : hearth_value_object ("sourcePath", hearth_value_ref (hearth_value_get (item, "sourcePath")),
                                                                 "destinationLogicalPath", hearth_value_ref (hearth_value_get (item, "logicalPath")),
                                                                 "status", hearth_value_string ("moved"),
                                                                 NULL));
    }
  return hearth_builder_end_array (&out);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (HearthValue) answer = finish (request, source, result);
  HearthValue *items = hearth_value_get (answer, "items");
  guint status = answer != NULL ? get_status (answer) : 0;

  if (status == SOUP_STATUS_OK)
    hearth_request_reply_json (request, status, make_moved (items, TRUE));
  else if (answer != NULL)
    hearth_request_reply_json (request, status, make_partial (answer, make_moved (items, FALSE)));
}

static void
move_files (HearthRequest *request)
{
  perform (request, &hearth_operation_move_files, moved_cb);
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (HearthValue) answer = finish (request, source, result);
  guint status = answer != NULL ? get_status (answer) : 0;

  if (status == SOUP_STATUS_OK)
    hearth_request_reply_empty (request, SOUP_STATUS_NO_CONTENT);
  else if (answer != NULL)
    hearth_request_reply_json (request, status, make_partial (answer, NULL));
}

static void
delete_files (HearthRequest *request)
{
  perform (request, &hearth_operation_delete_files, deleted_cb);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (HearthValue) answer = finish (request, source, result);
  HearthValue *items = hearth_value_get (answer, "items");
  guint status = answer != NULL ? get_status (answer) : 0;

  if (status == SOUP_STATUS_OK)
    hearth_request_reply_json (request, status, hearth_value_ref (items));
  else if (answer != NULL)
    hearth_request_reply_json (request, status, make_partial (answer, hearth_value_ref (items)));
}

static void
upload_files (HearthRequest *request)
{
  perform (request, &hearth_operation_take_files, taken_cb);
}

/* --- the table ---------------------------------------------------------------------------- */

#define TEXT(name, what) \
  { .key = name, .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1, .text = what }
#define TEXTS(name, what) \
  { .key = name, .kinds = HEARTH_KIND (ARRAY), .required = TRUE, .min_length = 1, .items = HEARTH_KIND (STRING), .text = what }

static const HearthBodyField list_query[] = {
  { .key = "ensureExists", .kinds = HEARTH_KIND (STRING), .text = "“true”: makes the folder when it is missing" },
  { NULL },
};

static const HearthBodyField write_fields[] = {
  TEXT ("logicalPath", "of the file; not percent-encoded"),
  { .key = "content", .kinds = HEARTH_KINDS_ANY, .required = TRUE, .text = "what the file is to hold" },
  { NULL },
};

static const HearthBodyField folder_fields[] = {
  TEXT ("parentLogicalPath", "where the folder is to be; not percent-encoded"),
  TEXT ("dirName", "of the folder"),
  { NULL },
};

static const HearthBodyField rename_fields[] = {
  TEXT ("logicalPath", "of the file or folder; decoded once"),
  TEXT ("newName", "without a folder"),
  { NULL },
};

static const HearthBodyField move_fields[] = {
  TEXTS ("sourcePaths", "of files and folders; each decoded once"),
  TEXT ("targetParentPath", "the folder they go to; decoded once"),
  { NULL },
};

static const HearthBodyField delete_fields[] = {
  TEXTS ("logicalPaths", "of files and folders; each decoded once"),
  { NULL },
};

static const HearthBodyField upload_fields[] = {
  { .key = "files", .kinds = HEARTH_KIND (ARRAY), .required = TRUE, .min_length = 1, .items = HEARTH_KIND (OBJECT),
    .text = "one or more files" },
  { NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/fam/list/*logicalPath", .name = "listFiles",
    .summary = "What is in a folder; nothing when there is no such folder",
    .query = list_query,
    .operation = &hearth_operation_list_files },
  { .method = "GET", .pattern = "/api/fam/read/*logicalPath", .name = "readFile",
    .summary = "A file as JSON or text; empty when there is no such file",
    .handler = read_file },
  { .method = "POST", .pattern = "/api/fam/write-json", .name = "writeJsonFile",
    .summary = "Writes a JSON file, and the folders above it",
    .body = HEARTH_BODY_JSON, .limit = JSON_LIMIT, .fields = write_fields, .invalid = 422, .success = 204,
    .operation = &hearth_operation_write_json },
  { .method = "GET", .pattern = "/api/fam/download/*logicalPath", .name = "downloadFile",
    .summary = "The bytes of a file, also in part",
    .handler = download_file },
  { .method = "POST", .pattern = "/api/fam/create-dir", .name = "createFolder",
    .summary = "Makes a folder",
    .body = HEARTH_BODY_JSON, .fields = folder_fields, .invalid = 422, .success = 201,
    .operation = &hearth_operation_create_folder },
  { .method = "PUT", .pattern = "/api/fam/rename", .name = "renameFile",
    .summary = "Gives a file or folder another name",
    .body = HEARTH_BODY_JSON, .fields = rename_fields, .invalid = 422,
    .operation = &hearth_operation_rename_file },
  { .method = "PUT", .pattern = "/api/fam/move", .name = "moveFiles",
    .summary = "Moves files and folders into another folder",
    .body = HEARTH_BODY_JSON, .fields = move_fields, .invalid = 422,
    .handler = move_files },
  { .method = "DELETE", .pattern = "/api/fam/delete", .name = "deleteFiles",
    .summary = "Deletes files and folders for ever",
    .body = HEARTH_BODY_JSON, .fields = delete_fields, .invalid = 422, .success = 204,
    .handler = delete_files },
  { .method = "POST", .pattern = "/api/fam/upload/*logicalPath", .name = "uploadFiles",
    .summary = "Puts files into a folder, in place of those of the same name",
    .body = HEARTH_BODY_FORM, .limit = UPLOAD_LIMIT, .fields = upload_fields, .invalid = 422,
    .handler = upload_files },
};

const HearthRouteSection hearth_routes_files = { "Files", routes, G_N_ELEMENTS (routes) };
