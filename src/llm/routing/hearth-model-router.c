/* hearth-model-router.c: who asks for a model gets the channel that can answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-router-private.h"

G_DEFINE_FINAL_TYPE (HearthModelRouter, hearth_model_router, G_TYPE_OBJECT)

static void
hearth_model_router_finalize (GObject *object)
{
  HearthModelRouter *self = HEARTH_MODEL_ROUTER (object);

  hearth_channel_health_free (self->health);
  hearth_channel_choice_free (self->choice);
  g_ptr_array_unref (self->own_channels);
  g_hash_table_unref (self->refusals);
  g_clear_object (&self->clock);
  g_clear_object (&self->chance);
  g_clear_object (&self->ledger);
  g_clear_object (&self->outside);
  G_OBJECT_CLASS (hearth_model_router_parent_class)->finalize (object);
}

static void
hearth_model_router_class_init (HearthModelRouterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_model_router_finalize;
}

gboolean
hearth_channel_wants_key (const HearthChannel *channel)
{
  const HearthProviderPreset *presets;

  g_return_val_if_fail (channel != NULL, FALSE);

  presets = channel->provider->needs_key ? channel->provider->presets : NULL;
  for (guint i = 0; presets != NULL && presets[i].id != NULL; i++)
    if (g_strcmp0 (presets[i].base_url, channel->base_url) == 0)
      return !presets[i].local;
  return FALSE;
}

static void
hearth_model_router_init (HearthModelRouter *self)
{
  self->clock = g_object_ref (hearth_clock_get_default ());
  self->chance = g_object_ref (hearth_chance_get_default ());
  self->health = hearth_channel_health_new (self->clock);
  self->choice = hearth_channel_choice_new ();
  self->refusals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->own_channels = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_channel_unref);
  g_ptr_array_add (self->own_channels, hearth_channel_new_offline ());
}

HearthModelRouter *
hearth_model_router_new (HearthOutside             *outside,
                         HearthLedger              *ledger,
                         const HearthChannelSource *source,
                         gpointer                   owner)
{
  HearthModelRouter *self;

  g_return_val_if_fail (HEARTH_IS_OUTSIDE (outside), NULL);
  g_return_val_if_fail (ledger == NULL || HEARTH_IS_LEDGER (ledger), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  self = g_object_new (HEARTH_TYPE_MODEL_ROUTER, NULL);
  self->outside = g_object_ref (outside);
  g_set_object (&self->ledger, ledger);
  self->source = source;
  self->owner = owner;
  return self;
}

void
hearth_model_router_close (HearthModelRouter *self)
{
  g_return_if_fail (HEARTH_IS_MODEL_ROUTER (self));

  self->source = NULL;
  self->owner = NULL;
}

void
hearth_model_router_set_chance (HearthModelRouter *self,
                                HearthChance      *chance)
{
  g_return_if_fail (HEARTH_IS_MODEL_ROUTER (self));
  g_return_if_fail (HEARTH_IS_CHANCE (chance));

  g_set_object (&self->chance, chance);
}

void
hearth_model_router_set_clock (HearthModelRouter *self,
                               HearthClock       *clock)
{
  g_return_if_fail (HEARTH_IS_MODEL_ROUTER (self));
  g_return_if_fail (HEARTH_IS_CLOCK (clock));

  g_set_object (&self->clock, clock);
  hearth_channel_health_free (self->health);
  self->health = hearth_channel_health_new (clock);
}

/* --- asking ------------------------------------------------------------------------------------------- */

HearthModelAsk *
hearth_model_router_ask (HearthModelRouter        *self,
                         const HearthModelRequest *request,
                         HearthChannel            *channel,
                         HearthSecret             *key,
                         const HearthBill         *bill,
                         const HearthModelEvents  *events,
                         gpointer                  user_data)
{
  HearthModelAsk *ask;

  g_return_val_if_fail (HEARTH_IS_MODEL_ROUTER (self), NULL);
  g_return_val_if_fail (request != NULL && request->model != NULL, NULL);
  g_return_val_if_fail (events != NULL, NULL);

  ask = _hearth_model_ask_new (self, bill, user_data);
  ask->question.request = hearth_model_request_copy (request);
  ask->question.model = g_strdup (request->model);
  ask->events = *events;
  ask->fixed = channel != NULL ? hearth_channel_ref (channel) : NULL;
  ask->fixed_key = key != NULL ? hearth_secret_ref (key) : NULL;
  _hearth_model_ask_begin (ask);
  return ask;
}

HearthModelAsk *
hearth_model_router_embed (HearthModelRouter   *self,
                           const char          *model,
                           HearthValue         *texts,
                           const HearthBill    *bill,
                           HearthModelValueFunc ended,
                           gpointer             user_data)
{
  HearthModelAsk *ask;

  g_return_val_if_fail (HEARTH_IS_MODEL_ROUTER (self), NULL);
  g_return_val_if_fail (model != NULL && hearth_value_is (texts, ARRAY), NULL);
  g_return_val_if_fail (ended != NULL, NULL);

  ask = _hearth_model_ask_new (self, bill, user_data);
  ask->question.model = g_strdup (model);
  ask->question.texts = hearth_value_ref (texts);
  ask->value_ended = ended;
  _hearth_model_ask_begin (ask);
  return ask;
}

/* --- health ---------------------------------------------------------------------------------------------- */

HearthValue *
hearth_model_router_dup_health (HearthModelRouter *self,
                                const char        *channel_id)
{
  g_return_val_if_fail (HEARTH_IS_MODEL_ROUTER (self), NULL);
  g_return_val_if_fail (channel_id != NULL, NULL);

  return hearth_channel_health_to_value (self->health, channel_id);
}

static gboolean
is_of_channel (gpointer key,
               gpointer refusals,
               gpointer channel)
{
  return g_str_has_prefix (key, channel);
}

void
hearth_model_router_forget (HearthModelRouter *self,
                            const char        *channel_id)
{
  g_autofree char *prefix = NULL;

  g_return_if_fail (HEARTH_IS_MODEL_ROUTER (self));
  g_return_if_fail (channel_id != NULL);

  hearth_channel_health_forget (self->health, channel_id);
  prefix = g_strconcat (channel_id, "\n", NULL);
  g_hash_table_foreach_remove (self->refusals, is_of_channel, prefix);
}

/* One that stands in no table is what answers at its address. */
GPtrArray *
_hearth_model_router_get_refusals (HearthModelRouter *self,
                                   HearthChannel     *channel,
                                   const char        *model)
{
  g_autofree char *key = g_strconcat (channel->id != NULL ? channel->id : channel->base_url, "\n", model, NULL);
  GPtrArray *refusals = g_hash_table_lookup (self->refusals, key);

  if (refusals != NULL)
    return refusals;
  refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_hash_table_insert (self->refusals, g_steal_pointer (&key), refusals);
  return refusals;
}

GPtrArray *
hearth_model_router_get_own_channels (HearthModelRouter *self)
{
  g_return_val_if_fail (HEARTH_IS_MODEL_ROUTER (self), NULL);

  return self->own_channels;
}
