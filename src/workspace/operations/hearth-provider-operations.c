/* hearth-provider-operations.c: which kinds of services there are, and how those that are set up do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-llm-operations.h"
#include "hearth-models-private.h"
#include "hearth-operation-private.h"
#include "hearth-i18n.h"

/* --- kinds of services ----------------------------------------------------------------------------------- */

/* Those without a network need no channel, so nobody has to choose them for one. */
static HearthValue *
list_providers (HearthStorage *storage,
                HearthValue   *arguments,
                GError       **error)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  gsize n;
  const HearthProvider *const *providers = hearth_providers_get (&n);

  for (gsize i = 0; i < n; i++)
    if (providers[i]->local == NULL)
      hearth_builder_add (&list, NULL,
                          hearth_value_object ("id", hearth_value_string (providers[i]->id), "name",
                                               hearth_value_string (providers[i]->name), NULL));
  return hearth_builder_end_array (&list);
}

const HearthOperation hearth_operation_list_providers = { .work = list_providers, .place = HEARTH_OPERATION_HELPERS };

static void
add_presets (const HearthProvider *provider,
             HearthBuilder        *list)
{
  for (const HearthProviderPreset *preset = provider->presets; preset != NULL && preset->id != NULL; preset++)
    hearth_builder_add (list, NULL,
                        hearth_value_object ("id", hearth_value_string (preset->id),
                                             "name", hearth_value_string (preset->name),
                                             "providerId", hearth_value_string (provider->id),
                                             "baseUrl", hearth_value_string (preset->base_url != NULL ? preset->base_url : ""),
                                             "needsKey", hearth_value_boolean (provider->needs_key && !preset->local),
                                             "local", hearth_value_boolean (preset->local),
                                             NULL));
}

static HearthValue *
list_presets (HearthStorage *storage,
              HearthValue   *arguments,
              GError       **error)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  gsize n;
  const HearthProvider *const *providers = hearth_providers_get (&n);

  for (gsize i = 0; i < n; i++)
    if (providers[i]->local == NULL)
      add_presets (providers[i], &list);
  return hearth_builder_end_array (&list);
}

const HearthOperation hearth_operation_list_presets = { .work = list_presets, .place = HEARTH_OPERATION_HELPERS };

/* --- channels that need no set-up ---------------------------------------------------------------------- */

static HearthValue *
describe_own (const HearthChannel *channel)
{
  return hearth_value_object ("id", hearth_value_string (channel->id),
                              "label", hearth_value_string (channel->label),
                              "supportedModels", hearth_value_strv ((const char *const *) channel->models),
                              NULL);
}

static void
list_own_channels (HearthWorkspace *workspace,
                   HearthValue     *arguments,
                   GTask           *task)
{
  g_autoptr (GTask) owned = task;
  GPtrArray *own = hearth_model_router_get_own_channels (workspace->live->router);
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < own->len; i++)
    hearth_builder_add (&list, NULL, describe_own (g_ptr_array_index (own, i)));
  g_task_return_pointer (task, hearth_builder_end_array (&list), (GDestroyNotify) hearth_value_unref);
}

const HearthOperation hearth_operation_list_own_channels = { .start = list_own_channels };

/* --- how channels do --------------------------------------------------------------------------------------- */

static HearthValue *
list_health (HearthWorkspace *workspace,
             HearthValue     *rows)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (rows); i++)
    hearth_builder_add (&list, NULL,
                        hearth_model_router_dup_health (workspace->live->router,
                                                        hearth_value_get_member_string (hearth_value_at (rows, i), "id", "")));
  return hearth_builder_end_array (&list);
}

static HearthValue *
find_health (HearthValue *list,
             const char  *id,
             GError     **error)
{
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    if (g_strcmp0 (_hearth_text (hearth_value_at (list, i), "id"), id) == 0)
      return hearth_value_ref (hearth_value_at (list, i));
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                       _("There is no such channel; it may have been deleted already."));
  return NULL;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  HearthWorkspace *workspace = HEARTH_WORKSPACE (source);
  g_autoptr (GTask) task = user_data;
  const char *id = _hearth_text (g_task_get_task_data (task), "channelId");
  GError *error = NULL;
  g_autoptr (HearthValue) loaded = hearth_workspace_finish (workspace, result, &error);
  g_autoptr (HearthValue) list = loaded != NULL ? list_health (workspace, hearth_value_get (loaded, "channels")) : NULL;
  HearthValue *answer = NULL;

  if (list != NULL)
    answer = id != NULL ? find_health (list, id, &error) : hearth_value_ref (list);
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) hearth_value_unref);
  else
    g_task_return_error (task, error);
}

static void
read_health (HearthWorkspace *workspace,
             HearthValue     *arguments,
             GTask           *task)
{
  g_task_set_task_data (task, hearth_value_ref (arguments), (GDestroyNotify) hearth_value_unref);
  _hearth_models_load (workspace, NULL, NULL, loaded_cb, task);
}

const HearthOperation hearth_operation_read_channel_health = { .start = read_health };
