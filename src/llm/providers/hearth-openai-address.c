/* hearth-openai-address.c: where the services that speak OpenAI's language have their routes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-openai-private.h"

#include <string.h>

#include "hearth-i18n.h"

#define AZURE_VERSION "api-version=2024-10-21"

static const struct
{
  HearthOpenaiService service;
  const char *preset;
  const char *host_end;
} services[] = {
  { HEARTH_OPENAI_ITSELF, "openai", "api.openai.com" },
  { HEARTH_OPENAI_AZURE, "azure", ".openai.azure.com" },
  { HEARTH_OPENAI_AZURE, "azure", ".cognitiveservices.azure.com" },
  { HEARTH_OPENAI_AZURE, "azure", ".services.ai.azure.com" },
  { HEARTH_OPENAI_MISTRAL, "mistral", "api.mistral.ai" },
};

/* Any address may be behind "openai": its preset is what a channel has that was never told another. */
HearthOpenaiService
_hearth_openai_get_service (const HearthChannel *channel)
{
  g_autoptr (GUri) uri = g_uri_parse (channel->base_url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      if (services[i].service != HEARTH_OPENAI_ITSELF && g_strcmp0 (channel->preset, services[i].preset) == 0)
        return services[i].service;
      if (host != NULL && g_str_has_suffix (host, services[i].host_end))
        return services[i].service;
    }
  return HEARTH_OPENAI_ANY;
}

static GUri *
parse_base (const HearthChannel *channel,
            GError             **error)
{
  g_autoptr (GUri) uri = g_uri_parse (channel->base_url, G_URI_FLAGS_ENCODED, NULL);

  if (uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
      && (strcmp (g_uri_get_scheme (uri), "https") == 0 || strcmp (g_uri_get_scheme (uri), "http") == 0))
    return g_steal_pointer (&uri);
  hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID,
                          _("The channel's base URL is no http:// or https:// address. It looks like “https://api.openai.com/v1”."));
  return NULL;
}

static char *
replace_path (GUri       *base,
              const char *path,
              const char *query)
{
  g_autoptr (GUri) uri = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (base), g_uri_get_userinfo (base),
                                      g_uri_get_host (base), g_uri_get_port (base), path, query, NULL);

  return g_uri_to_string (uri);
}

/* Without slashes at its end. */
static char *
dup_base_path (GUri *base)
{
  char *path = g_strdup (g_uri_get_path (base));

  for (gsize length = strlen (path); length > 0 && path[length - 1] == '/'; length--)
    path[length - 1] = '\0';
  return path;
}

/* @path may bring a query with it. */
static char *
make_uri (GUri       *base,
          const char *path)
{
  g_autofree char *base_path = dup_base_path (base);
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);
  g_autofree char *whole = g_strconcat (base_path, parts[0], NULL);

  return replace_path (base, whole, parts[1] != NULL ? parts[1] : g_uri_get_query (base));
}

/* The resource's own address gets the path of a deployment, which is named like the model; one that already leads to a
 * deployment, or to the routes without versions ("/openai/v1"), stays. */
static char *
make_azure_uri (GUri       *base,
                const char *path,
                const char *model)
{
  g_autofree char *base_path = dup_base_path (base);
  g_autofree char *name = model != NULL ? g_uri_escape_string (model, NULL, FALSE) : NULL;
  g_autofree char *whole = NULL;
  const char *query = g_uri_get_query (base);

  if (g_str_has_suffix (base_path, "/v1"))
    whole = g_strconcat (base_path, path, NULL);
  else if (strstr (base_path, "/deployments/") != NULL && model != NULL)
    whole = g_strconcat (base_path, path, NULL);
  else if (model != NULL)
    whole = g_strconcat (base_path, g_str_has_suffix (base_path, "/openai") ? "" : "/openai", "/deployments/", name, path, NULL);
  else
    {
      char *deployments = strstr (base_path, "/deployments/");

      if (deployments != NULL)
        *deployments = '\0';
      whole = g_strconcat (base_path, g_str_has_suffix (base_path, "/openai") ? "" : "/openai", path, NULL);
    }
  if (query == NULL && !g_str_has_suffix (base_path, "/v1"))
    query = AZURE_VERSION;
  return replace_path (base, whole, query);
}

static void
use_key (HearthOpenaiService    service,
         HearthProviderMessage *message)
{
  message->secret_header = service == HEARTH_OPENAI_AZURE ? "api-key" : "Authorization";
  message->secret_prefix = service == HEARTH_OPENAI_AZURE ? NULL : "Bearer ";
}

gboolean
_hearth_openai_address (const HearthChannel   *channel,
                        const char            *method,
                        const char            *path,
                        const char            *model,
                        HearthProviderMessage *message,
                        GError               **error)
{
  HearthOpenaiService service = _hearth_openai_get_service (channel);
  g_autoptr (GUri) base = parse_base (channel, error);

  if (base == NULL)
    return FALSE;
  message->method = method;
  if (service == HEARTH_OPENAI_AZURE)
    message->uri = make_azure_uri (base, path, model);
  else
    message->uri = make_uri (base, path);
  use_key (service, message);
  return TRUE;
}

static gboolean
is_same_origin (GUri *a,
                GUri *b)
{
  return strcmp (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0 && g_uri_get_port (a) == g_uri_get_port (b)
      && g_uri_get_host (b) != NULL && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0;
}

/* A whole address that leads to somebody else does not get the key. */
gboolean
_hearth_openai_models_address (const HearthChannel   *channel,
                               HearthProviderMessage *message,
                               GError               **error)
{
  const char *path = channel->models_path;
  g_autofree char *rooted = NULL;

  if (path == NULL || *path == '\0')
    return _hearth_openai_address (channel, "GET", "/models", NULL, message, error);
  if (!g_str_has_prefix (path, "http://") && !g_str_has_prefix (path, "https://"))
    {
      rooted = g_strconcat (*path == '/' ? "" : "/", path, NULL);
      return _hearth_openai_address (channel, "GET", rooted, NULL, message, error);
    }
  {
    g_autoptr (GUri) base = parse_base (channel, error);
    g_autoptr (GUri) uri = g_uri_parse (path, G_URI_FLAGS_ENCODED, NULL);

    if (base == NULL)
      return FALSE;
    if (uri == NULL)
      return hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID, _("The channel's address of the list of models is no address."));
    message->method = "GET";
    message->uri = g_strdup (path);
    if (is_same_origin (base, uri))
      use_key (_hearth_openai_get_service (channel), message);
    return TRUE;
  }
}
