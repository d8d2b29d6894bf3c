/* hearth-routes-static.c: the web frontend's files, pictures, and a page of our own without it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-pages.h"
#include "hearth-routes.h"
#include "hearth-safe-path.h"
#include "hearth-server-private.h"

#define CACHE_NOT "no-cache"
/* The names of these change with their content. */
#define CACHE_FOR_EVER "public, max-age=31536000, immutable"

static const struct
{
  const char *suffix;
  const char *type;
} types[] = {
  { ".css", "text/css; charset=utf-8" },
  { ".gif", "image/gif" },
  { ".html", "text/html; charset=utf-8" },
  { ".ico", "image/x-icon" },
  { ".jpeg", "image/jpeg" },
  { ".jpg", "image/jpeg" },
  { ".js", "text/javascript; charset=utf-8" },
  { ".json", "application/json" },
  { ".map", "application/json" },
  { ".mjs", "text/javascript; charset=utf-8" },
  { ".mp3", "audio/mpeg" },
  { ".mp4", "video/mp4" },
  { ".png", "image/png" },
  { ".svg", "image/svg+xml" },
  { ".ttf", "font/ttf" },
  { ".txt", "text/plain; charset=utf-8" },
  { ".wasm", "application/wasm" },
  { ".webp", "image/webp" },
  { ".woff", "font/woff" },
  { ".woff2", "font/woff2" },
};

static const char *
get_type (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_has_suffix (path, types[i].suffix))
        return types[i].type;
    }
  return "application/octet-stream";
}

/* --- one file ---------------------------------------------------------------------------- */

typedef struct
{
  char *root;
  char *relative;
  char *fallback; /* in @root, when the file is not there; or NULL */
  /* results */
  const char *type;
  char *etag;
  const char *cache;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_free (fetch->root);
  g_free (fetch->relative);
  g_free (fetch->fallback);
  g_free (fetch->etag);
  g_free (fetch);
}

static GBytes *
fetch_one (Fetch      *fetch,
           const char *relative,
           GError    **error)
{
  g_autofree char *path = hearth_safe_path_join (fetch->root, relative, error);

  fetch->type = get_type (relative);
  fetch->cache = g_str_has_prefix (relative, "assets/") ? CACHE_FOR_EVER : CACHE_NOT;
  return path != NULL ? hearth_safe_path_read (path, &fetch->etag, error) : NULL;
}

static void
fetch_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Fetch *fetch = task_data;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = fetch_one (fetch, fetch->relative, &error);

  if (bytes == NULL && fetch->fallback != NULL
      && (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
          || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY)
          || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY)))
    {
      g_clear_error (&error);
      bytes = fetch_one (fetch, fetch->fallback, &error);
    }
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);
  Fetch *fetch = g_task_get_task_data (G_TASK (result));
  const char *known = hearth_request_get_header (request, "If-None-Match");

  if (bytes == NULL)
    {
      hearth_request_reply_unknown (request);
      return;
    }
  hearth_request_set_header (request, "ETag", fetch->etag);
  hearth_request_set_header (request, "Cache-Control", fetch->cache);
  if (known != NULL && strstr (known, fetch->etag) != NULL)
    hearth_request_reply_empty (request, SOUP_STATUS_NOT_MODIFIED);
  else
    hearth_request_reply_bytes (request, SOUP_STATUS_OK, fetch->type, bytes);
}

static void
start_fetch (HearthRequest *request,
             const char    *root,
             const char    *relative,
             const char    *fallback)
{
  g_autoptr (GTask) task = g_task_new (hearth_request_get_server (request), NULL, fetched_cb, hearth_request_ref (request));
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->root = g_strdup (root);
  fetch->relative = g_strdup (relative);
  fetch->fallback = g_strdup (fallback);
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  g_task_run_in_thread (task, fetch_thread);
}

static void
get_avatar (HearthRequest *request)
{
  HearthDataDir *dir = hearth_workspace_get_data_dir (hearth_request_get_workspace (request));
  g_autofree char *public = hearth_data_dir_dup_public (dir);
  g_autofree char *root = g_build_filename (public, "avatars", NULL);

  start_fetch (request, root, hearth_request_get_param (request, "path"), NULL);
}

/* --- pages --------------------------------------------------------------------------------- */

static gboolean
is_reserved (const char *path)
{
  static const char *const names[] = { "api", "ws", "plugins", "avatars" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize length = strlen (names[i]);

      if (strncmp (path, names[i], length) == 0 && (path[length] == '\0' || path[length] == '/'))
        return TRUE;
    }
  return FALSE;
}

static void
get_page (HearthRequest *request)
{
  const char *path = hearth_request_get_param (request, "path");
  const char *root = _hearth_server_get_frontend_dir (hearth_request_get_server (request));

  if (is_reserved (path))
    hearth_request_reply_unknown (request);
  else if (root != NULL)
    start_fetch (request, root, *path != '\0' ? path : "index.html", "index.html");
  else if (*path == '\0')
    hearth_pages_reply (request, "status.html");
  else
    hearth_request_reply_unknown (request);
}

/* --- the table ---------------------------------------------------------------------------- */

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/avatars/*path", .name = "getAvatar",
    .summary = "The user's picture",
    .handler = get_avatar },
  { .method = "GET", .pattern = "/*path", .name = "getPage",
    .summary = "The web frontend, or without one our status page",
    .handler = get_page },
};

const HearthRouteSection hearth_routes_static = { "Pages", routes, G_N_ELEMENTS (routes) };
