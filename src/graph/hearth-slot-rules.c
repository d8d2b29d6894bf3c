/* hearth-slot-rules.c: which slots fit together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-node-type.h"

gboolean
hearth_slot_has_category (const HearthSlot *self,
                          const char       *category)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (category != NULL, FALSE);

  return g_strv_contains ((const char *const *) self->categories, category);
}

static gboolean
is_behaviour (const char *category)
{
  return strcmp (category, "BehaviorWildcard") == 0 || strcmp (category, "BehaviorConvertible") == 0;
}

static gboolean
share_category (const HearthSlot *a,
                const HearthSlot *b,
                gboolean          behaviours_count)
{
  for (guint i = 0; a->categories[i] != NULL; i++)
    {
      const char *category = a->categories[i];

      /* Two blanks in a declaration make an empty entry. */
      if (*category == '\0' || (!behaviours_count && is_behaviour (category)))
        continue;
      if (hearth_slot_has_category (b, category))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_wild (const HearthSlot *slot)
{
  return slot->type == HEARTH_DATA_WILDCARD || hearth_slot_has_category (slot, "BehaviorWildcard");
}

static gboolean
is_convertible (const HearthSlot *slot)
{
  return slot->type == HEARTH_DATA_CONVERTIBLE_ANY || hearth_slot_has_category (slot, "BehaviorConvertible");
}

/* Rule 4 of nodes.md 2.4. */
static gboolean
type_fits (HearthDataType source,
           HearthDataType target)
{
  if (source == target)
    return TRUE;
  if (source == HEARTH_DATA_INTEGER && target == HEARTH_DATA_FLOAT)
    return TRUE;
  return target == HEARTH_DATA_STRING
         && (source == HEARTH_DATA_INTEGER || source == HEARTH_DATA_FLOAT || source == HEARTH_DATA_BOOLEAN);
}

/* Rule 5: a text goes wherever code or a choice is wanted, and back. */
static gboolean
text_fits (const HearthSlot *source,
           const HearthSlot *target)
{
  if (source->type == HEARTH_DATA_STRING
      && (hearth_slot_has_category (target, "Code") || hearth_slot_has_category (target, "ComboOption")))
    return TRUE;
  return target->type == HEARTH_DATA_STRING
         && (hearth_slot_has_category (source, "Code") || hearth_slot_has_category (source, "ComboOption"));
}

gboolean
hearth_slot_can_connect (const HearthSlot *source,
                         const HearthSlot *target)
{
  gboolean source_wild, target_wild, source_convertible, target_convertible;

  g_return_val_if_fail (source != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  source_wild = is_wild (source);
  target_wild = is_wild (target);
  source_convertible = is_convertible (source);
  target_convertible = is_convertible (target);

  if ((source_wild && !target_convertible) || (target_wild && !source_convertible) || (source_wild && target_wild))
    return TRUE;
  if ((source_convertible && !target_wild) || (target_convertible && !source_wild))
    return TRUE;
  return share_category (source, target, FALSE) || type_fits (source->type, target->type)
         || text_fits (source, target);
}

gboolean
hearth_slot_can_pass (const HearthSlot *input,
                      const HearthSlot *output)
{
  g_return_val_if_fail (input != NULL, FALSE);
  g_return_val_if_fail (output != NULL, FALSE);

  if (hearth_slot_is (input, STREAM) != hearth_slot_is (output, STREAM))
    return FALSE;
  if (is_wild (input) || is_wild (output))
    return TRUE;
  if (input->type == HEARTH_DATA_CONVERTIBLE_ANY || output->type == HEARTH_DATA_CONVERTIBLE_ANY)
    return TRUE;
  return share_category (input, output, TRUE) || type_fits (input->type, output->type);
}
