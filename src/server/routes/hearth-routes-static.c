/* hearth-routes-static.c: the web frontend's files, pictures, and a page of our own without it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-file-operations.h"
#include "hearth-pages.h"
#include "hearth-routes.h"
#include "hearth-send-file.h"
#include "hearth-server-private.h"

#define CACHE_NOT "no-cache"
/* The names of these change with their content. */
#define CACHE_FOR_EVER "public, max-age=31536000, immutable"

/* --- one file ---------------------------------------------------------------------------- */

typedef struct
{
  const char *root; /* NULL: not this one */
  const char *relative;
} Place;

#define MAX_PLACES 3

typedef struct
{
  HearthRequest *request;
  char *roots[MAX_PLACES];
  char *relatives[MAX_PLACES];
  guint n_places;
  guint at;
} Search;

static void
search_free (Search *self)
{
  for (guint i = 0; i < self->n_places; i++)
    {
      g_free (self->roots[i]);
      g_free (self->relatives[i]);
    }
  hearth_request_unref (self->request);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static gboolean
is_text (const char *type)
{
  return g_str_has_prefix (type, "text/") || g_str_equal (type, "application/javascript");
}

static void
reply_found (HearthRequest  *request,
             HearthOpenFile *file, /* taken */
             const char     *relative)
{
  g_autofree char *type = is_text (file->type) ? g_strconcat (file->type, "; charset=utf-8", NULL) : g_strdup (file->type);

  hearth_request_set_header (request, "Cache-Control", g_str_has_prefix (relative, "assets/") ? CACHE_FOR_EVER : CACHE_NOT);
  hearth_request_reply_file (request, file, type);
}

static void look (Search *search);

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Search) search = user_data;
  HearthOpenFile *file = hearth_workspace_open_file_finish (HEARTH_WORKSPACE (source), result, NULL);

  if (file != NULL)
    reply_found (search->request, file, search->relatives[search->at]);
  else if (++search->at < search->n_places)
    look (g_steal_pointer (&search));
  else
    hearth_request_reply_unknown (search->request);
}

static void
look (Search *search)
{
  hearth_workspace_open_file (hearth_request_get_workspace (search->request), search->roots[search->at],
                              search->relatives[search->at], NULL, opened_cb, search);
}

/* The first of @places where there is a file. */
static void
start_search (HearthRequest *request,
              const Place   *places,
              guint          n_places)
{
  Search *search = g_new0 (Search, 1);

  search->request = hearth_request_ref (request);
  for (guint i = 0; i < n_places; i++)
    {
      if (places[i].root == NULL)
        continue;
      search->roots[search->n_places] = g_strdup (places[i].root);
      search->relatives[search->n_places++] = g_strdup (places[i].relative);
    }
  look (search);
}

static char *
dup_public (HearthRequest *request)
{
  return hearth_data_dir_dup_public (hearth_workspace_get_data_dir (hearth_request_get_workspace (request)));
}

static void
get_avatar (HearthRequest *request)
{
  g_autofree char *public = dup_public (request);
  g_autofree char *root = g_build_filename (public, "avatars", NULL);
  const Place place = { root, hearth_request_get_param (request, "path") };

  start_search (request, &place, 1);
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
  g_autofree char *public = dup_public (request);
  /* A page of the frontend that is no file is the frontend's own business. */
  const Place places[] = { { root, path }, { public, path }, { root, "index.html" } };

  if (is_reserved (path))
    hearth_request_reply_unknown (request);
  else if (root != NULL || *path != '\0')
    start_search (request, places, G_N_ELEMENTS (places));
  else
    hearth_pages_reply (request, "status.html");
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
