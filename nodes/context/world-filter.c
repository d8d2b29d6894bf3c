/* world-filter.c: which entries of world books may come in at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "world-scan.h"

static gboolean
has_text (HearthValue *list,
          const char  *text)
{
  for (gsize i = 0; text != NULL && hearth_value_is (list, ARRAY) && i < hearth_value_get_length (list); i++)
    if (hearth_value_is (hearth_value_at (list, i), STRING)
        && g_str_equal (hearth_value_get_string (hearth_value_at (list, i), NULL), text))
      return TRUE;
  return FALSE;
}

static gsize
count (HearthValue *list)
{
  return hearth_value_is (list, ARRAY) ? hearth_value_get_length (list) : 0;
}

/* An entry may be for some characters only, or for all but some. Names and tags are asked one after the other. */
static gboolean
is_for_character (const WorldScan  *scan,
                  const WorldEntry *entry)
{
  HearthValue *names = hearth_value_get (entry->filter, "names");
  HearthValue *tags = hearth_value_get (entry->filter, "tags");
  gboolean excludes = hearth_value_get_member_boolean (entry->filter, "isExclude", FALSE);
  gboolean tagged = FALSE;

  if (count (names) > 0 && has_text (names, scan->character) == excludes)
    return FALSE;
  for (gsize i = 0; !tagged && i < count (scan->tags); i++)
    if (hearth_value_is (hearth_value_at (scan->tags, i), STRING))
      tagged = has_text (tags, hearth_value_get_string (hearth_value_at (scan->tags, i), NULL));
  return count (tags) == 0 || tagged != excludes;
}

/* Answers that were given before were normal ones, as far as one can know. */
static gboolean
is_for_kind (WorldTurn        *self,
             const WorldEntry *entry)
{
  return count (entry->triggers) == 0 || has_text (entry->triggers, self->is_past ? "normal" : self->scan->kind);
}

gboolean
world_may_come (WorldTurn  *self,
                WorldEntry *entry)
{
  const WorldScan *scan = self->scan;

  return entry->enabled && entry->delay <= (gint64) self->length && (gint64) self->n_answers >= entry->min_answers
         && (entry->every == 0 || self->n_answers % entry->every == 0)
         && (entry->greeting < 0 || scan->greeting < 0 || entry->greeting == scan->greeting)
         && is_for_kind (self, entry) && is_for_character (scan, entry);
}
