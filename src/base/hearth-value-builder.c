/* hearth-value-builder.c: arrays and objects made piece by piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdarg.h>

#include "hearth-value-private.h"

static void
unref_value_cb (gpointer value)
{
  hearth_value_unref (value);
}

void
hearth_builder_add (HearthBuilder *self,
                    const char    *key,
                    HearthValue   *value)
{
  g_return_if_fail (self != NULL);

  if (value == NULL)
    return;
  if (self->values == NULL)
    self->values = g_ptr_array_new_with_free_func (unref_value_cb);
  if (key != NULL)
    {
      if (self->keys == NULL)
        self->keys = g_ptr_array_new_with_free_func (unref_value_cb);
      g_ptr_array_add (self->keys, hearth_value_string (key));
    }
  g_ptr_array_add (self->values, value);
}

void
hearth_builder_add_string (HearthBuilder *self,
                           const char    *key,
                           const char    *text)
{
  if (text != NULL)
    hearth_builder_add (self, key, hearth_value_string (text));
}

HearthValue *
hearth_builder_end_array (HearthBuilder *self)
{
  HearthValue *array;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->keys == NULL, NULL);

  if (self->values == NULL)
    return hearth_value_empty_array ();
  array = hearth_value_array ((HearthValue **) self->values->pdata, self->values->len);
  hearth_builder_clear (self);
  return array;
}

HearthValue *
hearth_builder_end_object (HearthBuilder *self)
{
  HearthValue *object;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((self->keys != NULL ? self->keys->len : 0) == (self->values != NULL ? self->values->len : 0),
                        NULL);

  if (self->values == NULL)
    return hearth_value_empty_object ();
  object = _hearth_object_alloc (self->values->len);
  for (guint i = 0; i < self->values->len; i++)
    {
      HearthMember *member = &_hearth_value_members (object)[i];

      member->key = hearth_value_ref (g_ptr_array_index (self->keys, i));
      member->value = hearth_value_ref (g_ptr_array_index (self->values, i));
    }
  _hearth_object_settle (object);
  hearth_builder_clear (self);
  return object;
}

void
hearth_builder_clear (HearthBuilder *self)
{
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
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
