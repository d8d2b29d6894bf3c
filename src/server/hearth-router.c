/* hearth-router.c: from method and path to the handler
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-router.h"

#include "hearth-guard.h"
#include "hearth-i18n.h"
#include "hearth-json-body.h"
#include "hearth-server-private.h"
#include "hearth-spool.h"

#define MATCH_KEY "hearth-match"

#define DEFAULT_LIMIT (1u << 20)

typedef struct
{
  const HearthRoute *route;
  GHashTable *params;
} Match;

static void
match_free (Match *match)
{
  g_clear_pointer (&match->params, g_hash_table_unref);
  g_free (match);
}

/* --- matching -------------------------------------------------------------------------- */

/* NULL for a bad escape, a NUL or text that is not UTF-8. */
static char *
decode (const char *text,
        gsize       length)
{
  g_autofree char *decoded = g_uri_unescape_segment (text, text + length, NULL);

  if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
    return NULL;
  return g_steal_pointer (&decoded);
}

static gsize
segment_length (const char *text)
{
  const char *slash = strchr (text, '/');

  return slash != NULL ? (gsize) (slash - text) : strlen (text);
}

static gboolean
add_param (GHashTable *params,
           const char *name,
           gsize       name_length,
           const char *text,
           gsize       length)
{
  char *value = decode (text, length);

  if (value == NULL)
    return FALSE;
  g_hash_table_replace (params, g_strndup (name, name_length), value);
  return TRUE;
}

static gboolean
match_segment (const char *pattern,
               gsize       pattern_length,
               const char *text,
               gsize       length,
               GHashTable *params,
               gboolean   *bad_path)
{
  g_autofree char *decoded = NULL;

  if (*pattern == ':')
    {
      if (length == 0)
        return FALSE;
      if (add_param (params, pattern + 1, pattern_length - 1, text, length))
        return TRUE;
      *bad_path = TRUE;
      return FALSE;
    }
  if (length == pattern_length && strncmp (pattern, text, length) == 0)
    return TRUE;
  if (memchr (text, '%', length) == NULL)
    return FALSE;
  decoded = decode (text, length);
  return decoded != NULL && strlen (decoded) == pattern_length && strncmp (pattern, decoded, pattern_length) == 0;
}

/* Both begin behind a slash. */
static gboolean
match_pattern (const char *pattern,
               const char *path,
               GHashTable *params,
               gboolean   *bad_path)
{
  for (;;)
    {
      gsize pattern_length = segment_length (pattern);
      gsize length = segment_length (path);

      if (*pattern == '*')
        {
          *bad_path = !add_param (params, pattern + 1, strlen (pattern + 1), path, strlen (path));
          return !*bad_path;
        }
      if (!match_segment (pattern, pattern_length, path, length, params, bad_path))
        return FALSE;
      pattern += pattern_length;
      path += length;
      if (*pattern == '\0')
        return *path == '\0' || strcmp (path, "/") == 0;
      if (*path == '\0')
        return FALSE;
      pattern++;
      path++;
    }
}

/* FALSE: they differ before the first part that may be anything, as nearly all do. */
static gboolean
may_match (const char *pattern,
           const char *path)
{
  while (*pattern == *path && *pattern != '\0' && *pattern != ':' && *pattern != '*')
    {
      pattern++;
      path++;
    }
  return *pattern == ':' || *pattern == '*' || *pattern == '\0' || *path == '%';
}

static gboolean
match_method (const char *wanted,
              const char *method)
{
  return strcmp (wanted, method) == 0 || (strcmp (method, "HEAD") == 0 && strcmp (wanted, "GET") == 0);
}

static const HearthRoute *
find_by_name (const char *name)
{
  gsize n_sections;
  const HearthRouteSection *const *sections = hearth_routes_get_sections (&n_sections);

  for (gsize s = 0; s < n_sections; s++)
    {
      for (gsize i = 0; i < sections[s]->n_routes; i++)
        {
          if (g_str_equal (sections[s]->routes[i].name, name))
            return &sections[s]->routes[i];
        }
    }
  g_assert_not_reached (); /* a test looks at every row */
}

static const HearthRoute *
match_section (const HearthRouteSection *section,
               const char               *method,
               const char               *path,
               GHashTable               *params,
               gboolean                 *bad_path)
{
  for (gsize i = 0; i < section->n_routes; i++)
    {
      const HearthRoute *route = &section->routes[i];

      if (!may_match (route->pattern, path) || !match_method (route->method, method))
        continue;
      if (match_pattern (route->pattern + 1, path + 1, params, bad_path) || *bad_path)
        return route;
      /* What half of another pattern found is no part of this one. */
      g_hash_table_remove_all (params);
    }
  return NULL;
}

const HearthRoute *
hearth_router_match (const char  *method,
                     const char  *path,
                     GHashTable **params,
                     gboolean    *bad_path)
{
  g_autoptr (GHashTable) found = NULL;
  const HearthRouteSection *const *sections;
  const HearthRoute *route = NULL;
  gsize n_sections;

  g_return_val_if_fail (method != NULL && path != NULL && params != NULL && bad_path != NULL, NULL);

  sections = hearth_routes_get_sections (&n_sections);
  found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  *params = NULL;
  *bad_path = FALSE;
  for (gsize i = 0; *path == '/' && i < n_sections && route == NULL; i++)
    route = match_section (sections[i], method, path, found, bad_path);
  if (route == NULL || *bad_path)
    return NULL;
  *params = g_steal_pointer (&found);
  return route->same_as != NULL ? find_by_name (route->same_as) : route;
}

/* The bytes of a file may be of any type; whoever is not asked by a browser first cannot PUT them. */
static gboolean
takes_any_type (const HearthRoute *route)
{
  return route != NULL && route->body == HEARTH_BODY_BYTES && strcmp (route->method, "POST") != 0;
}

static const char *
get_form_type (const HearthRoute *route)
{
  if (route != NULL && route->body == HEARTH_BODY_BYTES)
    return HEARTH_GUARD_ANY_TYPE;
  return route != NULL && route->body == HEARTH_BODY_FORM ? SOUP_FORM_MIME_TYPE_MULTIPART : NULL;
}

static gboolean
is_spooled (const HearthRoute *route)
{
  return route != NULL && (route->body == HEARTH_BODY_BYTES || route->body == HEARTH_BODY_FORM);
}

static void
attach_spool (SoupServerMessage *message,
              HearthBodyKind     kind,
              HearthServer      *server)
{
  HearthDataDir *dir = hearth_workspace_get_data_dir (_hearth_server_get_workspace (server));
  g_autofree char *folder = hearth_data_dir_dup_temporary (dir);

  hearth_spool_attach (message, kind, folder);
}

void
hearth_router_prepare (SoupServerMessage *message,
                       HearthServer      *server)
{
  Match *match = g_new0 (Match, 1);
  gboolean bad_path;

  match->route = hearth_router_match (soup_server_message_get_method (message),
                                      g_uri_get_path (soup_server_message_get_uri (message)), &match->params, &bad_path);
  g_object_set_data_full (G_OBJECT (message), MATCH_KEY, match, (GDestroyNotify) match_free);
  if (bad_path)
    hearth_guard_refuse (message, SOUP_STATUS_BAD_REQUEST, _("The address holds a broken percent escape."));
  if (!takes_any_type (match->route))
    hearth_guard_refuse_forms (message, get_form_type (match->route));
  hearth_guard_limit_body (message, match->route != NULL && match->route->limit > 0 ? match->route->limit : DEFAULT_LIMIT);
  if (match->route == NULL || soup_server_message_get_status (message) != 0)
    return;
  if (is_spooled (match->route))
    attach_spool (message, match->route->body, server);
  else if (match->route->body == HEARTH_BODY_JSON)
    hearth_json_body_attach (message);
}

/* --- the body ---------------------------------------------------------------------------- */

static void
run_handler (HearthRequest *request,
             HearthValue   *body)
{
  const HearthRoute *route = hearth_request_get_route (request);

  if (body != NULL)
    hearth_request_set_body (request, body);
  if (!hearth_request_collect (request))
    return;
  if (route->handler != NULL)
    route->handler (request);
  else
    hearth_workspace_perform (hearth_request_get_workspace (request), route->operation,
                              hearth_request_get_arguments (request), NULL, hearth_request_answered_cb,
                              hearth_request_ref (request));
}

static gboolean
is_of_type (SoupServerMessage *message,
            const char        *wanted)
{
  const char *type = soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);

  return type != NULL && g_ascii_strcasecmp (type, wanted) == 0;
}

static void
spooled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) body = hearth_spool_end_finish (result, &error);

  if (body == NULL)
    hearth_request_reply_failure (request, error);
  else
    run_handler (request, body);
}

static void
end_spool (HearthRequest     *request,
           SoupServerMessage *message)
{
  if (hearth_request_get_route (request)->body == HEARTH_BODY_FORM && !is_of_type (message, "multipart/form-data"))
    hearth_request_reply_error (request, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE,
                                _("This takes files only: the Content-Type must be multipart/form-data."));
  else
    hearth_spool_end_async (message, hearth_request_get_server (request), spooled_cb, hearth_request_ref (request));
}

static void
handle (HearthRequest     *request,
        SoupServerMessage *message)
{
  if (is_spooled (hearth_request_get_route (request)))
    end_spool (request, message);
  else if (hearth_request_get_route (request)->body == HEARTH_BODY_JSON)
    hearth_json_body_read (request, message, run_handler);
  else
    run_handler (request, NULL);
}

void
hearth_router_dispatch_cb (SoupServer        *soup,
                           SoupServerMessage *message,
                           const char        *path,
                           GHashTable        *query,
                           gpointer           user_data)
{
  Match *match = g_object_get_data (G_OBJECT (message), MATCH_KEY);
  g_autoptr (HearthRequest) request = NULL;

  request = hearth_request_new (user_data, message, match != NULL ? match->route : NULL,
                                match != NULL ? g_steal_pointer (&match->params) : NULL);
  hearth_request_set_query (request, query);
  if (hearth_request_get_route (request) == NULL)
    hearth_request_reply_unknown (request);
  else
    handle (request, message);
  hearth_request_wait (request);
}
