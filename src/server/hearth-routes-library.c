/* hearth-routes-library.c: workflows of the shared library, to be read only (http-api.md 10)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-i18n.h"
#include "hearth-json.h"
#include "hearth-routes.h"
#include "hearth-safe-path.h"

typedef struct
{
  char *folder;
  char *id; /* NULL: all of them */
} Search;

static void
search_free (Search *search)
{
  g_free (search->folder);
  g_free (search->id);
  g_free (search);
}

static HearthValue *
read_workflow (const char *folder,
               const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GBytes) bytes = hearth_safe_path_read (path, NULL, NULL);

  if (bytes == NULL)
    return NULL;
  return hearth_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL);
}

static int
compare_stems (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_stems (const char *folder)
{
  GPtrArray *stems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (file, ".json") && g_utf8_validate (file, -1, NULL))
        g_ptr_array_add (stems, g_strndup (file, strlen (file) - strlen (".json")));
    }
  g_ptr_array_sort (stems, compare_stems);
  return stems;
}

static HearthValue *
search (Search *job)
{
  g_autoptr (GPtrArray) stems = list_stems (job->folder);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < stems->len; i++)
    {
      const char *stem = g_ptr_array_index (stems, i);
      g_autofree char *file = g_strconcat (stem, ".json", NULL);
      g_autoptr (HearthValue) workflow = read_workflow (job->folder, file);

      if (job->id == NULL)
        hearth_builder_add (&out, NULL,
                            hearth_value_object ("id", hearth_value_string (stem),
                                                 "name", hearth_value_string (hearth_value_get_member_string (workflow, "name", stem)),
                                                 NULL));
      else if (workflow != NULL && (g_str_equal (stem, job->id)
                                    || g_strcmp0 (hearth_value_get_member_string (workflow, "id", NULL), job->id) == 0))
        return g_steal_pointer (&workflow);
    }
  return job->id == NULL ? hearth_builder_end_array (&out) : NULL;
}

static void
search_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  g_task_return_pointer (task, search (task_data), (GDestroyNotify) hearth_value_unref);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  HearthValue *answer = g_task_propagate_pointer (G_TASK (result), NULL);

  if (answer != NULL)
    hearth_request_reply_json (request, SOUP_STATUS_OK, answer);
  else
    hearth_request_reply_error (request, SOUP_STATUS_NOT_FOUND, _("The shared library has no such workflow."));
}

static void
start_search (HearthRequest *request,
              const char    *id)
{
  HearthDataDir *dir = hearth_workspace_get_data_dir (hearth_request_get_workspace (request));
  g_autofree char *library = hearth_data_dir_dup_shared (dir);
  g_autoptr (GTask) task = g_task_new (hearth_request_get_server (request), NULL, found_cb, hearth_request_ref (request));
  Search *job = g_new0 (Search, 1);

  job->folder = g_build_filename (library, "workflows", NULL);
  job->id = g_strdup (id);
  g_task_set_task_data (task, job, (GDestroyNotify) search_free);
  g_task_run_in_thread (task, search_thread);
}

static void
list_library (HearthRequest *request)
{
  start_search (request, NULL);
}

static void
read_library (HearthRequest *request)
{
  start_search (request, hearth_request_get_param (request, "workflowId"));
}

static void
refuse_library (HearthRequest *request)
{
  hearth_request_reply_error (request, SOUP_STATUS_METHOD_NOT_ALLOWED,
                              _("The shared library cannot be changed from here. Save the workflow in a project."));
}

/* --- the table ---------------------------------------------------------------------------- */

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/workflows", .name = "listLibrary",
    .summary = "Workflows of the shared library",
    .handler = list_library },
  { .method = "GET", .pattern = "/api/workflows/:workflowId", .name = "readLibrary",
    .summary = "One of them",
    .handler = read_library },
  { .method = "POST", .pattern = "/api/workflows", .name = "refuseLibrary",
    .summary = "Refused: the library is read only", .limit = HEARTH_MAX_WORKFLOW_BYTES,
    .handler = refuse_library },
  { .method = "PUT", .pattern = "/api/workflows/:workflowId", .name = "refuseLibrary2",
    .summary = "Refused: the library is read only", .limit = HEARTH_MAX_WORKFLOW_BYTES,
    .handler = refuse_library },
  { .method = "DELETE", .pattern = "/api/workflows/:workflowId", .name = "refuseLibrary3",
    .summary = "Refused: the library is read only",
    .handler = refuse_library },
};

const HearthRouteSection hearth_routes_library = { "Shared library", routes, G_N_ELEMENTS (routes) };
