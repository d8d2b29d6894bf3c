/* hearth-provider-address.c: where a channel's service has its routes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-provider-write-private.h"

#include <string.h>

#include "hearth-i18n.h"

static gboolean
is_http (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  return host != NULL && *host != '\0'
      && (g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http"));
}

GUri *
_hearth_provider_parse_base (const HearthChannel *channel,
                             GError             **error)
{
  g_autoptr (GUri) uri = g_uri_parse (channel->base_url, G_URI_FLAGS_ENCODED, NULL);
  const HearthProviderPreset *preset = channel->provider->presets;

  if (uri != NULL && is_http (uri))
    return g_steal_pointer (&uri);
  g_set_error (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID,
               /* Translators: %s is an example of such an address */
               _("The channel's base URL is no http:// or https:// address. It looks like “%s”."),
               preset != NULL && preset->base_url != NULL ? preset->base_url : "https://example.org/v1");
  return NULL;
}

char *
_hearth_provider_dup_base_path (GUri *base)
{
  char *path = g_strdup (g_uri_get_path (base));

  for (gsize length = strlen (path); length > 0 && path[length - 1] == '/'; length--)
    path[length - 1] = '\0';
  return path;
}

gboolean
_hearth_provider_address (const HearthChannel   *channel,
                         const char            *method,
                         const char            *path,
                         const char            *query,
                         HearthProviderMessage *message,
                         GError               **error)
{
  g_autoptr (GUri) base = _hearth_provider_parse_base (channel, error);
  g_autoptr (GUri) uri = NULL;
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);
  g_autofree char *base_path = NULL;
  g_autofree char *whole = NULL;

  if (base == NULL)
    return FALSE;
  base_path = _hearth_provider_dup_base_path (base);
  whole = g_strconcat (base_path, parts[0], NULL);
  if (query == NULL)
    query = parts[1];
  uri = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (base), NULL, g_uri_get_host (base), g_uri_get_port (base),
                     whole, query != NULL ? query : g_uri_get_query (base), NULL);
  message->method = method;
  message->uri = g_uri_to_string (uri);
  return TRUE;
}

static gboolean
is_same_origin (GUri *a,
                GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) && g_uri_get_port (a) == g_uri_get_port (b)
      && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0;
}

static gboolean
use_whole_address (const HearthChannel   *channel,
                   HearthProviderMessage *message,
                   gboolean              *takes_key,
                   GError               **error)
{
  g_autoptr (GUri) base = _hearth_provider_parse_base (channel, error);
  g_autoptr (GUri) uri = g_uri_parse (channel->models_path, G_URI_FLAGS_ENCODED, NULL);

  if (base == NULL)
    return FALSE;
  if (uri == NULL || !is_http (uri))
    return hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID,
                                   _("The channel's address of the list of models is no address. Enter a path like /models, or nothing."));
  message->method = "GET";
  message->uri = g_strdup (channel->models_path);
  *takes_key = is_same_origin (base, uri);
  return TRUE;
}

gboolean
_hearth_provider_models_address (const HearthChannel   *channel,
                                const char            *path,
                                const char            *query,
                                HearthProviderMessage *message,
                                gboolean              *takes_key,
                                GError               **error)
{
  const char *own = channel->models_path;
  g_autofree char *rooted = NULL;

  *takes_key = TRUE;
  if (own == NULL || *own == '\0')
    return _hearth_provider_address (channel, "GET", path, query, message, error);
  if (g_str_has_prefix (own, "http://") || g_str_has_prefix (own, "https://"))
    return use_whole_address (channel, message, takes_key, error);
  rooted = g_strconcat (*own == '/' ? "" : "/", own, NULL);
  return _hearth_provider_address (channel, "GET", rooted, NULL, message, error);
}
