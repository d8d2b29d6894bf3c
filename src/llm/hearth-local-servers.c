/* hearth-local-servers.c: who answers at the usual ports of this machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-local-servers.h"

#include "hearth-model-call.h"

#define DEADLINE_MS 1000

typedef struct
{
  HearthLocalSearch *search;
  HearthLocalPlace place;
  HearthModelCall *call; /* NULL: it has ended */
  HearthValue *server;   /* NULL: there is none */
} Knock;

struct _HearthLocalSearch
{
  Knock *knocks;
  guint n_knocks;
  guint n_open;
  guint source; /* there is nowhere to knock */
  HearthLocalServersFunc done;
  gpointer user_data;
};

static void
search_free (HearthLocalSearch *self)
{
  for (guint i = 0; i < self->n_knocks; i++)
    {
      g_clear_pointer (&self->knocks[i].call, hearth_model_call_cancel);
      g_clear_pointer (&self->knocks[i].server, hearth_value_unref);
    }
  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self->knocks);
  g_free (self);
}

static void
end (HearthLocalSearch *self)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) servers = NULL;

  for (guint i = 0; i < self->n_knocks; i++)
    hearth_builder_add (&list, NULL, hearth_value_ref_or_null (self->knocks[i].server));
  servers = hearth_builder_end_array (&list);
  self->done (servers, self->user_data);
  search_free (self);
}

static gboolean
end_cb (gpointer user_data)
{
  HearthLocalSearch *self = user_data;

  self->source = 0;
  end (self);
  return G_SOURCE_REMOVE;
}

/* Who does not answer, or not like a server of models, is none. */
static void
listed_cb (HearthValue       *models,
           const HearthUsage *usage,
           const GError      *error,
           gpointer           user_data)
{
  Knock *knock = user_data;
  const HearthLocalPlace *place = &knock->place;

  knock->call = NULL;
  if (models != NULL)
    knock->server = hearth_value_object ("provider", hearth_value_string (place->provider->id),
                                         "preset", hearth_value_string (place->preset),
                                         "name", hearth_value_string (place->name),
                                         "baseUrl", hearth_value_string (place->base_url),
                                         "models", hearth_value_ref (models), NULL);
  if (--knock->search->n_open == 0)
    end (knock->search);
}

static void
begin (Knock         *knock,
       HearthOutside *outside)
{
  g_autoptr (HearthChannel) channel = hearth_channel_new (knock->place.provider, knock->place.base_url);

  channel->preset = g_strdup (knock->place.preset);
  channel->timeout_ms = DEADLINE_MS;
  knock->search->n_open++;
  knock->call = hearth_model_call_list (outside, channel, NULL, listed_cb, knock);
}

static void
add_place (GArray                     *places,
           const HearthProvider       *provider,
           const HearthProviderPreset *preset)
{
  HearthLocalPlace place = { provider, preset->id, preset->name, preset->base_url };

  g_array_append_val (places, place);
}

/* core:offline is no server. */
static GArray *
list_usual_places (void)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (HearthLocalPlace));
  gsize n_providers;
  const HearthProvider *const *providers = hearth_providers_get (&n_providers);

  for (gsize i = 0; i < n_providers; i++)
    for (const HearthProviderPreset *preset = providers[i]->presets; preset != NULL && preset->id != NULL; preset++)
      if (preset->local && providers[i]->local == NULL)
        add_place (places, providers[i], preset);
  return places;
}

static HearthLocalSearch *
start (HearthOutside          *outside,
       const HearthLocalPlace *places,
       gsize                   n_places,
       HearthLocalServersFunc  done,
       gpointer                user_data)
{
  HearthLocalSearch *self = g_new0 (HearthLocalSearch, 1);

  self->done = done;
  self->user_data = user_data;
  self->n_knocks = (guint) n_places;
  self->knocks = g_new0 (Knock, n_places);
  for (gsize i = 0; i < n_places; i++)
    {
      self->knocks[i].search = self;
      self->knocks[i].place = places[i];
      begin (&self->knocks[i], outside);
    }
  if (n_places == 0)
    self->source = g_idle_add (end_cb, self);
  return self;
}

HearthLocalSearch *
hearth_local_search_start (HearthOutside          *outside,
                           const HearthLocalPlace *places,
                           gsize                   n_places,
                           HearthLocalServersFunc  done,
                           gpointer                user_data)
{
  g_autoptr (GArray) usual = NULL;

  g_return_val_if_fail (HEARTH_IS_OUTSIDE (outside) && done != NULL, NULL);

  if (places != NULL)
    return start (outside, places, n_places, done, user_data);
  usual = list_usual_places ();
  return start (outside, (const HearthLocalPlace *) usual->data, usual->len, done, user_data);
}

void
hearth_local_search_cancel (HearthLocalSearch *self)
{
  g_return_if_fail (self != NULL);

  search_free (self);
}
