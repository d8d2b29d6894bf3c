/* hearth-routes-files.c: looking into folders and files by logical path (http-api.md 13)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-i18n.h"
#include "hearth-json.h"
#include "hearth-routes.h"
#include "hearth-safe-path.h"

/* What a thread does for one request. */
typedef struct
{
  HearthDataDir *dir;
  char *logical;
  gboolean ensure;
} Look;

static void
look_free (Look *look)
{
  hearth_data_dir_unref (look->dir);
  g_free (look->logical);
  g_free (look);
}

static void
look (HearthRequest      *request,
      GTaskThreadFunc     thread,
      GAsyncReadyCallback callback)
{
  Look *job;
  g_autoptr (GTask) task = NULL;
  g_autofree char *logical = g_strstrip (g_strdup (hearth_request_get_param (request, "logicalPath")));

  if (*logical == '\0')
    {
      hearth_request_reply_error (request, SOUP_STATUS_BAD_REQUEST, _("The address names no file or folder."));
      return;
    }
  job = g_new0 (Look, 1);
  job->dir = hearth_data_dir_ref (hearth_workspace_get_data_dir (hearth_request_get_workspace (request)));
  job->logical = g_steal_pointer (&logical);
  job->ensure = g_strcmp0 (hearth_request_get_query (request, "ensureExists"), "true") == 0;
  task = g_task_new (hearth_request_get_server (request), NULL, callback, hearth_request_ref (request));
  g_task_set_task_data (task, job, (GDestroyNotify) look_free);
  g_task_run_in_thread (task, thread);
}

/* --- folders ------------------------------------------------------------------------------ */

static HearthValue *
folder_to_json (const char *parent,
                const char *name)
{
  g_autofree char *path = g_strconcat (parent, g_str_has_suffix (parent, "/") ? "" : "/", name, NULL);

  return hearth_value_object ("id", hearth_value_string (path),
                              "name", hearth_value_string (name),
                              "logicalPath", hearth_value_string (path),
                              "itemType", hearth_value_string ("directory"),
                              "isSymlink", hearth_value_boolean (FALSE),
                              "isWritable", hearth_value_boolean (TRUE),
                              NULL);
}

static HearthValue *
file_to_json (const char *parent,
              GFileInfo  *info)
{
  const char *name = g_file_info_get_name (info);
  g_autofree char *path = g_strconcat (parent, g_str_has_suffix (parent, "/") ? "" : "/", name, NULL);
  g_autofree char *content = g_content_type_guess (name, NULL, 0, NULL);
  g_autofree char *mime = g_content_type_get_mime_type (content);
  gint64 modified = (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) * 1000;

  return hearth_value_object ("id", hearth_value_string (path),
                              "name", hearth_value_string (name),
                              "logicalPath", hearth_value_string (path),
                              "itemType", hearth_value_string ("file"),
                              "size", hearth_value_integer (g_file_info_get_size (info)),
                              "lastModified", hearth_value_integer (modified),
                              "isSymlink", hearth_value_boolean (g_file_info_get_is_symlink (info)),
                              "isWritable", hearth_value_boolean (TRUE),
                              "mimeType", mime != NULL ? hearth_value_string (mime) : NULL,
                              NULL);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (g_file_info_get_name (*(GFileInfo *const *) a), g_file_info_get_name (*(GFileInfo *const *) b));
}

static GPtrArray *
list_infos (GFile   *folder,
            GError **error)
{
  g_autoptr (GPtrArray) infos = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFileEnumerator) entries = NULL;
  GFileInfo *info;

  entries = g_file_enumerate_children (folder,
                                       G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE ","
                                       G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_IS_SYMLINK ","
                                       G_FILE_ATTRIBUTE_TIME_MODIFIED,
                                       G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
  if (entries == NULL)
    return NULL;
  while (g_file_enumerator_iterate (entries, &info, NULL, NULL, error) && info != NULL)
    {
      /* A name that is not UTF-8 has no form in JSON. */
      if (g_utf8_validate (g_file_info_get_name (info), -1, NULL))
        g_ptr_array_add (infos, g_object_ref (info));
    }
  g_ptr_array_sort (infos, compare_names);
  return g_steal_pointer (&infos);
}

static HearthValue *
list_folder (const char *path,
             const char *normal,
             GError    **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) infos = list_infos (folder, &local_error);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  /* A folder that is not there is an empty one. */
  if (infos == NULL && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return hearth_value_empty_array ();
  if (infos == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  for (guint i = 0; i < infos->len; i++)
    {
      GFileInfo *info = g_ptr_array_index (infos, i);
      gboolean is_folder = g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY;

      hearth_builder_add (&out, NULL, is_folder ? folder_to_json (normal, g_file_info_get_name (info))
                                                : file_to_json (normal, info));
    }
  return hearth_builder_end_array (&out);
}

static HearthValue *
list_shared_areas (void)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  hearth_builder_add (&out, NULL, folder_to_json ("shared://", "library"));
  hearth_builder_add (&out, NULL, folder_to_json ("shared://", "templates"));
  return hearth_builder_end_array (&out);
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Look *job = task_data;
  g_autofree char *normal = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = hearth_safe_path_resolve (job->dir, job->logical, &normal, &error);
  HearthValue *list = NULL;

  if (path != NULL && *path == '\0')
    list = list_shared_areas ();
  else if (path != NULL)
    {
      if (job->ensure)
        g_mkdir_with_parents (path, 0755);
      list = list_folder (path, normal, &error);
    }
  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) hearth_value_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  HearthValue *list = g_task_propagate_pointer (G_TASK (result), &error);

  if (list != NULL)
    hearth_request_reply_json (request, SOUP_STATUS_OK, list);
  else
    hearth_request_reply_failure (request, error);
}

static void
list_files (HearthRequest *request)
{
  look (request, list_thread, listed_cb);
}

/* --- files ---------------------------------------------------------------------------------- */

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Look *job = task_data;
  g_autofree char *normal = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = hearth_safe_path_resolve (job->dir, job->logical, &normal, &error);
  GBytes *bytes = NULL;

  if (path != NULL && *path == '\0')
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, _("“%s” is a folder."), job->logical);
  else if (path != NULL)
    bytes = hearth_safe_path_read (path, NULL, &error);
  /* A file that is not there reads as empty. */
  if (bytes == NULL && (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
                        || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY)))
    bytes = g_bytes_new (NULL, 0);
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
reply_content (HearthRequest *request,
               GBytes        *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (HearthValue) value = length > 0 ? hearth_json_parse (text, (gssize) length, NULL) : NULL;
  g_autofree char *plain = NULL;

  if (hearth_value_is (value, OBJECT) || hearth_value_is (value, ARRAY))
    hearth_request_reply_bytes (request, SOUP_STATUS_OK, "application/json", bytes);
  else if (value != NULL && !hearth_value_is (value, NULL))
    {
      plain = hearth_value_to_text (value);
      hearth_request_reply_text (request, SOUP_STATUS_OK, plain);
    }
  else if (length == 0 || value != NULL)
    hearth_request_reply_empty (request, SOUP_STATUS_OK);
  else
    hearth_request_reply_bytes (request, SOUP_STATUS_OK, "text/plain;charset=utf-8", bytes);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);

  if (bytes != NULL)
    reply_content (request, bytes);
  else
    hearth_request_reply_failure (request, error);
}

static void
read_file (HearthRequest *request)
{
  look (request, read_thread, read_cb);
}

/* --- the table ---------------------------------------------------------------------------- */

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/fam/list/*logicalPath", .name = "listFiles",
    .summary = "A folder; ?ensureExists=true makes it",
    .handler = list_files },
  { .method = "GET", .pattern = "/api/fam/read/*logicalPath", .name = "readFile",
    .summary = "A file as JSON or text",
    .handler = read_file },
};

const HearthRouteSection hearth_routes_files = { "Files", routes, G_N_ELEMENTS (routes) };
