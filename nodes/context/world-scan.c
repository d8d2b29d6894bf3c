/* world-scan.c: which entries of world books a conversation calls up
 *
 * Some entries stay for a while after they were called up, or do not come again for a while. Nobody keeps a note of that
 * from one message to the next: it is found out anew by looking at the conversation as it was before each of its answers,
 * one after the other. So the same conversation always has the same entries.
 *
 * That goes back N_TURNS answers at least and twice as many at most. Where it begins only moves once in N_TURNS answers:
 * if it moved with each, an entry that comes and goes would come and go otherwise each time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "world-scan.h"

#define N_TURNS 256

/* --- from message to message --------------------------------------------------------------------------------- */

static gboolean
has_memory (const WorldEntry *entry)
{
  return entry->enabled && (entry->sticky > 0 || entry->cooldown > 0);
}

/* Times that are over end. After it stayed an entry does not come again for a while, if it has such a time. */
static void
begin_turn (WorldEntry *entry,
            gint64      length)
{
  if (entry->sticky_until > 0 && length >= entry->sticky_until)
    {
      entry->sticky_until = 0;
      if (entry->cooldown > 0)
        entry->cooldown_until = length + entry->cooldown;
    }
  if (entry->cooldown_until > 0 && length >= entry->cooldown_until)
    entry->cooldown_until = 0;
  entry->is_sticky = entry->sticky_until > 0;
  entry->is_cooling = entry->cooldown_until > 0;
}

/* A time that has begun is not begun again. */
static void
end_turn (WorldEntry *entry,
          gint64      length)
{
  if (!entry->active)
    return;
  if (entry->sticky > 0 && entry->sticky_until == 0)
    entry->sticky_until = length + entry->sticky;
  if (entry->cooldown > 0 && entry->cooldown_until == 0)
    entry->cooldown_until = length + entry->cooldown;
}

static gboolean
run_turn (WorldScan *self,
          WorldTurn *turn)
{
  turn->scan = self;
  turn->seed = world_chat_get_seed (self->chat, turn->length);
  for (guint i = 0; i < self->entries->len; i++)
    begin_turn (g_ptr_array_index (self->entries, i), turn->length);
  if (!world_turn_run (turn))
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    end_turn (g_ptr_array_index (self->entries, i), turn->length);
  return TRUE;
}

/* --- all of it ------------------------------------------------------------------------------------------------ */

/* What was said when the message at @i was answered by it; a greeting answers nothing. */
static gboolean
is_turn (WorldScan *self,
         guint      i)
{
  return i > 0 && g_array_index (self->chat->messages, WorldText, i).is_answer;
}

static guint
count_turns (WorldScan *self)
{
  guint n = 0;

  for (guint i = 0; i < self->chat->messages->len; i++)
    n += is_turn (self, i);
  return n;
}

/* What an entry says may set variables, which the past must not do for the prompt that is made now. */
static gboolean
replay (WorldScan *self)
{
  guint n_turns = count_turns (self);
  guint first = n_turns < N_TURNS ? 0 : (n_turns / N_TURNS - 1) * N_TURNS;
  guint n_answers = 0;
  guint n = 0;

  for (guint i = 0; i < self->chat->messages->len; i++)
    {
      if (is_turn (self, i) && n++ >= first)
        {
          g_autoptr (HearthMacros) macros = hearth_macros_new_from (self->macros);
          WorldTurn turn = { .length = i, .n_answers = n_answers, .is_past = TRUE, .macros = macros };

          if (!run_turn (self, &turn))
            return FALSE;
        }
      n_answers += g_array_index (self->chat->messages, WorldText, i).is_answer;
    }
  return TRUE;
}

static guint
count_answers (WorldScan *self)
{
  guint n = 0;

  for (guint i = 0; i < self->chat->messages->len; i++)
    n += g_array_index (self->chat->messages, WorldText, i).is_answer;
  return n;
}

static void
prepare_keys (GPtrArray           *keys,
              const WorldKeyStyle *style,
              HearthMacros        *macros)
{
  for (guint i = 0; i < keys->len; i++)
    world_key_prepare (g_ptr_array_index (keys, i), style, macros);
}

/* Entries that are off are never looked at. */
static gboolean
prepare (WorldScan *self)
{
  gboolean remembers = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->enabled)
        continue;
      prepare_keys (entry->keys, &entry->style, self->macros);
      prepare_keys (entry->secondary, &entry->style, self->macros);
      prepare_keys (entry->excluded_keys, &entry->style, self->macros);
      for (guint k = 0; k < entry->more_keys->len; k++)
        prepare_keys (g_ptr_array_index (entry->more_keys, k), &entry->style, self->macros);
      remembers |= has_memory (entry);
    }
  return remembers;
}

gboolean
world_scan (WorldScan *self)
{
  WorldTurn turn = { 0 };

  g_return_val_if_fail (self != NULL, FALSE);

  if (prepare (self) && !replay (self))
    return FALSE;
  turn.length = self->chat->messages->len;
  turn.n_answers = count_answers (self);
  turn.macros = self->macros;
  return run_turn (self, &turn);
}

/* The higher the order, the nearer to the end; of equals the one that came in later comes first, as in SillyTavern. */
static gint
compare (gconstpointer a,
         gconstpointer b)
{
  const WorldEntry *one = *(WorldEntry *const *) a;
  const WorldEntry *two = *(WorldEntry *const *) b;

  if (one->order != two->order)
    return one->order < two->order ? -1 : 1;
  return one->rank > two->rank ? -1 : 1;
}

GPtrArray *
world_list_active (GPtrArray *entries)
{
  GPtrArray *active = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    if (((WorldEntry *) g_ptr_array_index (entries, i))->active)
      g_ptr_array_add (active, g_ptr_array_index (entries, i));
  g_ptr_array_sort (active, compare);
  return active;
}
