/* hearth-change.c: the smallest edit, which can be turned round
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-private.h"

HearthChange *
hearth_change_new (HearthChangeKind kind,
                   const char      *id,
                   int              index,
                   HearthValue     *before,
                   HearthValue     *after)
{
  HearthChange *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_new0 (HearthChange, 1);
  self->kind = kind;
  self->id = g_strdup (id);
  self->index = index;
  self->before = hearth_value_ref_or_null (before);
  self->after = hearth_value_ref_or_null (after);
  return self;
}

void
hearth_change_free (HearthChange *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_clear_pointer (&self->before, hearth_value_unref);
  g_clear_pointer (&self->after, hearth_value_unref);
  g_free (self);
}

HearthChange *
_hearth_change_copy (HearthChange *self)
{
  return hearth_change_new (self->kind, self->id, self->index, self->before, self->after);
}

HearthChange *
_hearth_change_invert (HearthChange *self)
{
  return hearth_change_new (self->kind, self->id, self->index, self->after, self->before);
}

GPtrArray *
_hearth_changes_invert (GPtrArray *changes)
{
  GPtrArray *inverse = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);

  for (guint i = changes->len; i > 0; i--)
    g_ptr_array_add (inverse, _hearth_change_invert (g_ptr_array_index (changes, i - 1)));
  return inverse;
}
