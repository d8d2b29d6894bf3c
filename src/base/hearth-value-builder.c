/* hearth-value-builder.c: arrays and objects made piece by piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdarg.h>

#include "hearth-value-private.h"

/* Most have no more; an array's members have no keys. */
#define FIRST_SIZE 8

static inline HearthMember *
get_members (const HearthBuilder *self)
{
  return self->members;
}

void
hearth_builder_add (HearthBuilder *self,
                    const char    *key,
                    HearthValue   *value)
{
  g_return_if_fail (self != NULL);

  if (value == NULL)
    return;
  if (self->n_members == self->n_allocated)
    {
      self->n_allocated = MAX (FIRST_SIZE, 2 * self->n_allocated);
      self->members = g_renew (HearthMember, self->members, self->n_allocated);
    }
  get_members (self)[self->n_members++] = (HearthMember) { key != NULL ? hearth_value_string (key) : NULL, value };
}

void
hearth_builder_add_string (HearthBuilder *self,
                           const char    *key,
                           const char    *text)
{
  if (text != NULL)
    hearth_builder_add (self, key, hearth_value_string (text));
}

/* What it holds has moved. */
static void
empty (HearthBuilder *self)
{
  g_free (self->members);
  *self = (HearthBuilder) HEARTH_BUILDER_INIT;
}

HearthValue *
hearth_builder_end_array (HearthBuilder *self)
{
  HearthValue *array;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->n_members == 0 || get_members (self)[0].key == NULL, NULL);

  if (self->n_members == 0)
    return hearth_value_empty_array ();
  array = _hearth_value_alloc (HEARTH_VALUE_ARRAY, self->n_members * sizeof (HearthValue *));
  array->length = self->n_members;
  for (guint i = 0; i < self->n_members; i++)
    _hearth_value_elements (array)[i] = get_members (self)[i].value;
  empty (self);
  return array;
}

HearthValue *
hearth_builder_end_object (HearthBuilder *self)
{
  HearthValue *object;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->n_members == 0 || get_members (self)[0].key != NULL, NULL);

  if (self->n_members == 0)
    return hearth_value_empty_object ();
  object = _hearth_object_alloc (self->n_members);
  memcpy (_hearth_value_members (object), self->members, self->n_members * sizeof (HearthMember));
  _hearth_object_settle (object);
  empty (self);
  return object;
}

void
hearth_builder_clear (HearthBuilder *self)
{
  for (guint i = 0; i < self->n_members; i++)
    {
      g_clear_pointer (&get_members (self)[i].key, hearth_value_unref);
      hearth_value_unref (get_members (self)[i].value);
    }
  empty (self);
}

static gsize
count_members (const char *first_key,
               va_list     arguments)
{
  gsize n = 0;

  for (const char *key = first_key; key != NULL; key = va_arg (arguments, const char *))
    if (va_arg (arguments, HearthValue *) != NULL)
      n++;
  return n;
}

/* Every message and log line is made here: counted first, so that nothing but the object is allocated. */
HearthValue *
hearth_value_object (const char *first_key,
                     ...)
{
  HearthValue *object;
  HearthMember *member;
  va_list arguments;

  va_start (arguments, first_key);
  object = _hearth_object_alloc (count_members (first_key, arguments));
  va_end (arguments);

  member = _hearth_value_members (object);
  va_start (arguments, first_key);
  for (const char *key = first_key; key != NULL; key = va_arg (arguments, const char *))
    {
      HearthValue *value = va_arg (arguments, HearthValue *);

      if (value == NULL)
        continue;
      member->key = hearth_value_string (key);
      member->value = value;
      member++;
    }
  va_end (arguments);
  _hearth_object_settle (object);
  return object;
}
