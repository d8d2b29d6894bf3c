/* hearth-openai-address.c: where the services that speak OpenAI's language have their routes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-openai-private.h"

#include <string.h>

#include "hearth-provider-write-private.h"

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
  { HEARTH_OPENAI_DEEPSEEK, "deepseek", "api.deepseek.com" },
  { HEARTH_OPENAI_MISTRAL, "mistral", "api.mistral.ai" },
  { HEARTH_OPENAI_OPENROUTER, "openrouter", "openrouter.ai" },
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

/* The resource's own address gets the path of a deployment, which is named like the model; one that already leads to a
 * deployment, or to the routes without versions ("/openai/v1"), stays. Models are listed beside the deployments. */
static char *
make_azure_path (char       *base_path,
                 const char *path,
                 const char *model)
{
  const char *room = g_str_has_suffix (base_path, "/openai") ? "" : "/openai";
  char *deployments = strstr (base_path, "/deployments/");
  g_autofree char *name = model != NULL ? g_uri_escape_string (model, NULL, FALSE) : NULL;

  if (g_str_has_suffix (base_path, "/v1") || (deployments != NULL && model != NULL))
    return g_strconcat (base_path, path, NULL);
  if (model != NULL)
    return g_strconcat (base_path, room, "/deployments/", name, path, NULL);
  if (deployments == NULL)
    return g_strconcat (base_path, room, path, NULL);
  *deployments = '\0';
  return g_strconcat (base_path, path, NULL);
}

static gboolean
address_azure (const HearthChannel   *channel,
               const char            *method,
               const char            *path,
               const char            *model,
               HearthProviderMessage *message,
               GError               **error)
{
  g_autoptr (GUri) base = _hearth_provider_parse_base (channel, error);
  g_autofree char *base_path = base != NULL ? _hearth_provider_dup_base_path (base) : NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *query;

  if (base == NULL)
    return FALSE;
  query = g_uri_get_query (base);
  if (query == NULL && !g_str_has_suffix (base_path, "/v1"))
    query = AZURE_VERSION;
  whole = make_azure_path (base_path, path, model);
  uri = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (base), NULL, g_uri_get_host (base), g_uri_get_port (base), whole,
                     query, NULL);
  message->method = method;
  message->uri = g_uri_to_string (uri);
  return TRUE;
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

  use_key (service, message);
  if (service == HEARTH_OPENAI_AZURE)
    return address_azure (channel, method, path, model, message, error);
  return _hearth_provider_address (channel, method, path, NULL, message, error);
}

gboolean
_hearth_openai_models_address (const HearthChannel   *channel,
                               HearthProviderMessage *message,
                               GError               **error)
{
  HearthOpenaiService service = _hearth_openai_get_service (channel);
  gboolean takes_key;

  if (service == HEARTH_OPENAI_AZURE && (channel->models_path == NULL || *channel->models_path == '\0'))
    return _hearth_openai_address (channel, "GET", "/models", NULL, message, error);
  if (!_hearth_provider_models_address (channel, "/models", NULL, message, &takes_key, error))
    return FALSE;
  if (takes_key)
    use_key (service, message);
  return TRUE;
}
