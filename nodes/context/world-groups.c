/* world-groups.c: groups of entries of which only one stands in a prompt
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "world-scan.h"

static gboolean
is_in_group (const WorldEntry *entry,
             const char       *group)
{
  return g_strv_contains ((const char *const *) entry->groups, group);
}

/* --- who wins ------------------------------------------------------------------------------------------------- */

static guint
count_found (GPtrArray           *keys,
             const WorldKeyStyle *style,
             WorldView           *view)
{
  guint n = 0;

  for (guint i = 0; i < keys->len; i++)
    n += world_key_is_in (g_ptr_array_index (keys, i), style, view);
  return n;
}

/* How many of its keys are there; secondary ones count where they are wanted. */
static guint
get_score (WorldTurn  *self,
           WorldEntry *entry)
{
  g_auto (WorldView) view = world_turn_show (self, entry);
  guint score = count_found (entry->keys, &entry->style, &view);
  guint n = count_found (entry->secondary, &entry->style, &view);

  if (entry->keys->len == 0)
    return 0;
  if (entry->logic == WORLD_AND_ANY || (entry->logic == WORLD_AND_ALL && n == entry->secondary->len))
    score += n;
  return score;
}

static void
remove_losers (WorldTurn *self,
               GPtrArray *members)
{
  g_autofree guint *scores = g_new (guint, members->len + 1);
  guint best = 0;
  guint kept = 0;

  for (guint i = 0; i < members->len; i++)
    {
      scores[i] = get_score (self, g_ptr_array_index (members, i));
      best = MAX (best, scores[i]);
    }
  for (guint i = 0; i < members->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (members, i);

      if (scores[i] == best || !entry->group_scoring)
        members->pdata[kept++] = entry;
    }
  g_ptr_array_set_size (members, (gint) kept);
}

static WorldEntry *
draw_one (WorldTurn  *self,
          GPtrArray  *members,
          const char *group)
{
  gint64 sum = 0, at;

  for (guint i = 0; i < members->len; i++)
    sum += ((WorldEntry *) g_ptr_array_index (members, i))->group_weight;
  at = (gint64) (world_turn_draw (self, g_str_hash (group)) * (double) sum);
  for (guint i = 0; i < members->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (members, i);

      if ((at -= entry->group_weight) < 0)
        return entry;
    }
  return g_ptr_array_index (members, members->len - 1);
}

/* Those with the most keys, of these the first that overrides, or one drawn by weight. */
static WorldEntry *
choose (WorldTurn  *self,
        GPtrArray  *members,
        const char *group)
{
  for (guint i = 0; i < members->len; i++)
    if (((WorldEntry *) g_ptr_array_index (members, i))->group_scoring)
      {
        remove_losers (self, members);
        break;
      }
  for (guint i = 0; i < members->len; i++)
    if (((WorldEntry *) g_ptr_array_index (members, i))->group_override)
      return g_ptr_array_index (members, i);
  return draw_one (self, members, group);
}

/* --- all groups --------------------------------------------------------------------------------------------- */

static GPtrArray *
list_members (GPtrArray  *found,
              const char *group,
              gboolean    sticky)
{
  GPtrArray *members = g_ptr_array_new ();

  for (guint i = 0; i < found->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (found, i);

      if (is_in_group (entry, group) && (!sticky || entry->is_sticky))
        g_ptr_array_add (members, entry);
    }
  return members;
}

/* All of @group go but those in @kept. */
static void
keep_only (GPtrArray  *found,
           const char *group,
           GPtrArray  *kept)
{
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (found, i);

      if (!is_in_group (entry, group) || g_ptr_array_find (kept, entry, NULL))
        found->pdata[n++] = entry;
    }
  g_ptr_array_set_size (found, (gint) n);
}

static gboolean
is_taken (WorldTurn  *self,
          const char *group)
{
  GPtrArray *entries = self->scan->entries;

  for (guint i = 0; i < entries->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (entries, i);

      if (entry->active && is_in_group (entry, group))
        return TRUE;
    }
  return FALSE;
}

/* What stays from an earlier message stays, and all of it. */
static void
settle (WorldTurn  *self,
        GPtrArray  *found,
        const char *group)
{
  g_autoptr (GPtrArray) kept = list_members (found, group, TRUE);

  if (kept->len == 0 && !is_taken (self, group))
    {
      g_autoptr (GPtrArray) members = list_members (found, group, FALSE);

      if (members->len > 0)
        g_ptr_array_add (kept, choose (self, members, group));
    }
  keep_only (found, group, kept);
}

void
world_settle_groups (WorldTurn *self,
                     GPtrArray *found)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < found->len; i++)
    for (char **group = ((WorldEntry *) g_ptr_array_index (found, i))->groups; *group != NULL; group++)
      if (g_hash_table_add (done, *group))
        g_ptr_array_add (names, *group);
  for (guint i = 0; i < names->len; i++)
    settle (self, found, g_ptr_array_index (names, i));
}
