/* world-book.c: world books, whoever wrote them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "world-book.h"

#define DEFAULT_SCAN_DEPTH 2

WorldBook
world_book_find (HearthValue *value)
{
  HearthValue *data = hearth_value_get (value, "data");
  HearthValue *places[] = { value, hearth_value_get (value, "character_book"), hearth_value_get (data, "character_book"), data };
  WorldBook self = { 0 };

  if (hearth_value_is (value, ARRAY))
    self.value = value;
  for (guint i = 0; i < G_N_ELEMENTS (places) && self.value == NULL; i++)
    if (hearth_value_get_member_kind (places[i], "entries", HEARTH_VALUE_OBJECT) != NULL
        || hearth_value_get_member_kind (places[i], "entries", HEARTH_VALUE_ARRAY) != NULL)
      self.value = places[i];
  self.budget = world_find_integer (self.value, "tokenBudget", "token_budget", -1);
  self.scan_depth = world_find_integer (self.value, "scanDepth", "scan_depth", DEFAULT_SCAN_DEPTH);
  self.recursive = world_find_boolean (self.value, "recursiveScanning", "recursive_scanning", FALSE);
  self.max_rounds = world_find_integer (self.value, "maxRecursionSteps", "max_recursion_steps", 0);
  /* As in SillyTavern, who limits the rounds wants none besides. */
  if (self.max_rounds <= 0)
    self.min_activations = world_find_integer (self.value, "minActivations", "min_activations", 0);
  self.min_activations_depth = world_find_integer (self.value, "minActivationsDepthMax", "min_activations_depth_max", 0);
  return self;
}

/* Higher order first: what has to go when the budget is used up comes last. */
static gint
compare (gconstpointer a,
         gconstpointer b)
{
  const WorldEntry *one = *(WorldEntry *const *) a;
  const WorldEntry *two = *(WorldEntry *const *) b;

  if (one->order != two->order)
    return one->order > two->order ? -1 : 1;
  return one->index < two->index ? -1 : 1;
}

void
world_book_read (const WorldBook *self,
                 guint            number,
                 GPtrArray       *entries)
{
  HearthValue *list = hearth_value_is (self->value, ARRAY) ? self->value : hearth_value_get (self->value, "entries");
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    {
      HearthValue *value = hearth_value_is (list, OBJECT) ? hearth_value_member_at (list, i) : hearth_value_at (list, i);
      WorldEntry *entry;

      if (!hearth_value_is (value, OBJECT))
        continue;
      entry = world_entry_new (self->value, value);
      entry->book = number;
      entry->index = (guint) i;
      g_ptr_array_add (sorted, entry);
    }
  g_ptr_array_sort (sorted, compare);
  for (guint i = 0; i < sorted->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (sorted, i);

      entry->index = entries->len;
      g_ptr_array_add (entries, entry);
    }
}
