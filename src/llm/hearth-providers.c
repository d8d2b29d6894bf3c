/* hearth-providers.c: the table of providers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-providers-private.h"

#include <string.h>

/* The default first, then as people look for them. */
static const HearthProvider *const providers[] = {
  &hearth_provider_openai,
  &hearth_provider_anthropic,
  &hearth_provider_gemini,
  &hearth_provider_responses,
  &hearth_provider_ollama,
  &hearth_provider_offline,
};

const HearthProvider *const *
hearth_providers_get (gsize *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = G_N_ELEMENTS (providers);
  return providers;
}

const HearthProvider *
hearth_providers_lookup (const char *id)
{
  if (id == NULL || *id == '\0')
    return providers[0];
  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    if (strcmp (providers[i]->id, id) == 0)
      return providers[i];
  return NULL;
}

const HearthProviderPreset *
hearth_provider_find_preset (const HearthProvider *self,
                             const char           *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (const HearthProviderPreset *preset = self->presets; id != NULL && preset != NULL && preset->id != NULL; preset++)
    if (strcmp (preset->id, id) == 0)
      return preset;
  return NULL;
}

void
hearth_provider_message_clear (HearthProviderMessage *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->uri);
  g_clear_pointer (&self->headers, hearth_value_unref);
  g_clear_pointer (&self->body, hearth_value_unref);
  *self = (HearthProviderMessage) { 0 };
}
