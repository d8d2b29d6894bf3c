/* hearth-channel-rows.c: rows of the table of channels, as who asks models knows them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-models-private.h"

#include "hearth-llm-operations.h"
#include "hearth-operation-private.h"
#include "hearth-i18n.h"

static gint64
read_time (const char *text)
{
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL ? g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000 : 0;
}

static char **
read_models (HearthValue *list)
{
  g_autoptr (GStrvBuilder) models = g_strv_builder_new ();

  for (gsize i = 0; hearth_value_is (list, ARRAY) && i < hearth_value_get_length (list); i++)
    if (hearth_value_is (hearth_value_at (list, i), STRING))
      g_strv_builder_add (models, hearth_value_get_string (hearth_value_at (list, i), NULL));
  return g_strv_builder_end (models);
}

/* The frontend only has a providerId to say which service it is. */
static const char *
find_preset (const HearthProvider *provider,
             HearthValue          *row)
{
  static const char *const keys[] = { "preset", "providerId" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const HearthProviderPreset *preset = hearth_provider_find_preset (provider, _hearth_text (row, keys[i]));

      if (preset != NULL)
        return preset->id;
    }
  return NULL;
}

static guint
read_number (HearthValue *row,
             const char  *key)
{
  gint64 number = hearth_value_get_member_integer (row, key, 0);

  return (guint) CLAMP (number, 0, G_MAXINT);
}

/* Whoever picks a kind of service in the frontend's form sends its providerId; adapterType counts before it. */
static const HearthProvider *
find_provider (HearthValue *row)
{
  const char *adapter = _hearth_text (row, "adapterType");
  const HearthProvider *picked = hearth_providers_lookup (_hearth_text (row, "providerId"));

  if (adapter != NULL && *adapter != '\0')
    return hearth_providers_lookup (adapter);
  return picked != NULL ? picked : hearth_providers_lookup (NULL);
}

char *
hearth_channel_explain_unknown (HearthValue *channel)
{
  g_return_val_if_fail (channel != NULL, NULL);

  if (find_provider (channel) != NULL)
    return NULL;
  /* Translators: name of a channel, and of the language of a model service */
  return g_strdup_printf (_("“%s” speaks “%s”, which this version does not know. Choose another kind of service for it."),
                          hearth_value_get_member_string (channel, "label", ""), _hearth_text (channel, "adapterType"));
}

static gboolean
lists_model (HearthValue *row,
             const char  *model)
{
  g_auto (GStrv) models = read_models (hearth_value_get (row, "supportedModels"));

  return models[0] == NULL || g_strv_contains ((const char *const *) models, model);
}

char *
_hearth_channel_rows_explain_unknown (HearthValue *rows,
                                      const char  *model)
{
  for (gsize i = 0; i < hearth_value_get_length (rows); i++)
    {
      HearthValue *row = hearth_value_at (rows, i);

      if (!hearth_value_get_member_boolean (row, "disabled", FALSE) && find_provider (row) == NULL && lists_model (row, model))
        return hearth_channel_explain_unknown (row);
    }
  return NULL;
}

HearthChannel *
_hearth_channel_from_row (HearthValue *row)
{
  const HearthProvider *provider = find_provider (row);
  HearthChannel *channel;

  if (provider == NULL)
    return NULL;
  channel = hearth_channel_new (provider, hearth_value_get_member_string (row, "baseUrl", ""));
  channel->id = g_strdup (hearth_value_get_member_string (row, "id", ""));
  channel->label = g_strdup (_hearth_text (row, "label"));
  channel->preset = g_strdup (find_preset (provider, row));
  channel->headers = hearth_value_ref_or_null (hearth_value_get_member_kind (row, "customHeaders", HEARTH_VALUE_OBJECT));
  channel->models = read_models (hearth_value_get (row, "supportedModels"));
  channel->models_path = g_strdup (_hearth_text (row, "modelListEndpoint"));
  channel->weight = read_number (row, "weight");
  channel->timeout_ms = read_number (row, "timeoutMs");
  channel->disabled = hearth_value_get_member_boolean (row, "disabled", FALSE);
  channel->has_key = hearth_value_get_member_boolean (row, "hasKey", FALSE);
  channel->created_ms = read_time (_hearth_text (row, "createdAt"));
  return channel;
}

GPtrArray *
_hearth_channels_from_rows (HearthValue *rows)
{
  GPtrArray *channels = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_channel_unref);

  for (gsize i = 0; i < hearth_value_get_length (rows); i++)
    {
      HearthChannel *channel = _hearth_channel_from_row (hearth_value_at (rows, i));

      if (channel != NULL)
        g_ptr_array_add (channels, channel);
    }
  return channels;
}
