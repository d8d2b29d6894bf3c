/* hearth-channel-choice.c: which channel is asked for a model, and which one after it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-channel-choice.h"

/* Of a channel without one, beside others that have one */
#define USUAL_WEIGHT 100

struct _HearthChannelChoice
{
  GHashTable *credits; /* "channel id\nmodel" -> gint64: what the channel still has to get */
};

HearthChannelChoice *
hearth_channel_choice_new (void)
{
  HearthChannelChoice *self = g_new0 (HearthChannelChoice, 1);

  self->credits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
hearth_channel_choice_free (HearthChannelChoice *self)
{
  g_hash_table_unref (self->credits);
  g_free (self);
}

static gint64
get_weight (const HearthChannel *channel)
{
  return channel->weight > 0 ? channel->weight : USUAL_WEIGHT;
}

/* --- in turns ---------------------------------------------------------------------------------------- */

static gint64 *
need_credit (HearthChannelChoice *self,
             const HearthChannel *channel,
             const char          *model)
{
  g_autofree char *key = g_strconcat (channel->id, "\n", model, NULL);
  gint64 *credit = g_hash_table_lookup (self->credits, key);

  if (credit == NULL)
    {
      credit = g_new0 (gint64, 1);
      g_hash_table_insert (self->credits, g_steal_pointer (&key), credit);
    }
  return credit;
}

/* Everybody is credited with his weight, and who has the most pays for all: a smooth round, in which a channel of
 * three times the weight gets three of four calls, but not three in a row. @channels: the first counts at a tie. */
static guint
take_turns (HearthChannelChoice *self,
            GPtrArray           *channels,
            const char          *model)
{
  gint64 total = 0;
  gint64 *most = NULL;
  guint chosen = 0;

  for (guint i = 0; i < channels->len; i++)
    {
      HearthChannel *channel = g_ptr_array_index (channels, i);
      gint64 *credit = need_credit (self, channel, model);

      *credit += get_weight (channel);
      total += get_weight (channel);
      if (most == NULL || *credit > *most)
        {
          most = credit;
          chosen = i;
        }
    }
  if (most != NULL)
    *most -= total;
  return chosen;
}

static gboolean
has_weights (GPtrArray *channels)
{
  for (guint i = 0; i < channels->len; i++)
    if (((HearthChannel *) g_ptr_array_index (channels, i))->weight > 0)
      return TRUE;
  return FALSE;
}

/* --- the order ----------------------------------------------------------------------------------------- */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const HearthChannel *first = *(HearthChannel *const *) a;
  const HearthChannel *second = *(HearthChannel *const *) b;

  if (get_weight (first) != get_weight (second))
    return get_weight (first) > get_weight (second) ? -1 : 1;
  return first->created_ms < second->created_ms ? -1 : first->created_ms > second->created_ms;
}

static void
move_to_front (GPtrArray *channels,
               guint      index)
{
  HearthChannel *channel = g_ptr_array_steal_index (channels, index);

  g_ptr_array_insert (channels, 0, channel);
}

static gint
find_id (GPtrArray  *channels,
         const char *id)
{
  for (guint i = 0; i < channels->len; i++)
    if (g_strcmp0 (((HearthChannel *) g_ptr_array_index (channels, i))->id, id) == 0)
      return (gint) i;
  return -1;
}

GPtrArray *
hearth_channel_choice_order (HearthChannelChoice *self,
                             GPtrArray           *channels,
                             const char          *model,
                             const char          *preferred,
                             HearthChannelHealth *health)
{
  g_autoptr (GPtrArray) ready = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_channel_unref);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_channel_unref);
  gint first;

  g_return_val_if_fail (self != NULL && channels != NULL && model != NULL && health != NULL, NULL);

  for (guint i = 0; i < channels->len; i++)
    {
      HearthChannel *channel = g_ptr_array_index (channels, i);

      if (!channel->disabled && hearth_channel_has_model (channel, model))
        g_ptr_array_add (hearth_channel_health_get_state (health, channel->id, NULL) == HEARTH_CHANNEL_READY ? ready : others,
                         hearth_channel_ref (channel));
    }
  g_ptr_array_sort (ready, compare);
  g_ptr_array_sort (others, compare);
  first = preferred != NULL ? find_id (ready, preferred) : -1;
  if (first < 0 && has_weights (ready))
    first = (gint) take_turns (self, ready, model);
  if (first > 0)
    move_to_front (ready, (guint) first);
  g_ptr_array_extend_and_steal (ready, g_steal_pointer (&others));
  return g_steal_pointer (&ready);
}
