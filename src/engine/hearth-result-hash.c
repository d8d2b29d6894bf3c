/* hearth-result-hash.c: 128 bits that stand for a value
 *
 * Members of objects count in their order, because a node may print them. Whole numbers are the
 * same however they are kept: 1 and 1.0 print alike.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-result-hash.h"

#include <math.h>
#include <string.h>
#include <xxhash.h>

enum
{
  TAG_UNDEFINED = 'u',
  TAG_NULL = '0',
  TAG_FALSE = 'f',
  TAG_TRUE = 't',
  TAG_INTEGER = 'i',
  TAG_DOUBLE = 'd',
  TAG_BIG_NUMBER = 'b',
  TAG_STRING = 's',
  TAG_ARRAY = 'a',
  TAG_OBJECT = 'o',
  TAG_KEY = 'k',
};

static void
add_piece (HearthHashInput *self,
           guint8           tag,
           gconstpointer    data,
           gsize            length)
{
  guint old = self->len;

  g_byte_array_set_size (self, old + 1 + length);
  self->data[old] = tag;
  if (length)
    memcpy (self->data + old + 1, data, length);
}

static void
add_sized (HearthHashInput *self,
           guint8           tag,
           const char      *text,
           guint64          length)
{
  add_piece (self, tag, &length, sizeof length);
  g_byte_array_append (self, (const guint8 *) text, length);
}

static void
add_double (HearthHashInput *self,
            double           number)
{
  gint64 whole;

  if (number >= -9007199254740992.0 && number <= 9007199254740992.0 && floor (number) == number
      && !(number == 0 && signbit (number)))
    {
      whole = number;
      add_piece (self, TAG_INTEGER, &whole, sizeof whole);
    }
  else
    add_piece (self, TAG_DOUBLE, &number, sizeof number);
}

static void
add_members (HearthHashInput   *self,
             const HearthValue *value,
             gboolean           named)
{
  guint64 length = hearth_value_get_length (value);

  add_piece (self, named ? TAG_OBJECT : TAG_ARRAY, &length, sizeof length);
  for (gsize i = 0; i < length; i++)
    {
      if (named)
        hearth_hash_add_text (self, hearth_value_key_at (value, i));
      hearth_hash_add_value (self, named ? hearth_value_member_at (value, i) : hearth_value_at (value, i));
    }
}

void
hearth_hash_add_value (HearthHashInput   *self,
                       const HearthValue *value)
{
  const char *text;
  gint64 integer;
  gsize length;

  if (value == NULL)
    {
      add_piece (self, TAG_UNDEFINED, NULL, 0);
      return;
    }
  switch (hearth_value_get_kind (value))
    {
    case HEARTH_VALUE_NULL:
      add_piece (self, TAG_NULL, NULL, 0);
      break;
    case HEARTH_VALUE_BOOLEAN:
      add_piece (self, hearth_value_get_boolean (value) ? TAG_TRUE : TAG_FALSE, NULL, 0);
      break;
    case HEARTH_VALUE_INTEGER:
      integer = hearth_value_get_integer (value);
      add_piece (self, TAG_INTEGER, &integer, sizeof integer);
      break;
    case HEARTH_VALUE_DOUBLE:
      add_double (self, hearth_value_get_double (value));
      break;
    case HEARTH_VALUE_BIG_NUMBER:
    case HEARTH_VALUE_STRING:
      text = hearth_value_get_string (value, &length);
      add_sized (self, hearth_value_get_kind (value) == HEARTH_VALUE_STRING ? TAG_STRING : TAG_BIG_NUMBER, text, length);
      break;
    case HEARTH_VALUE_ARRAY:
    case HEARTH_VALUE_OBJECT:
    default:
      add_members (self, value, hearth_value_get_kind (value) == HEARTH_VALUE_OBJECT);
    }
}

void
hearth_hash_add_text (HearthHashInput *self,
                      const char      *text)
{
  add_sized (self, TAG_STRING, text, strlen (text));
}

void
hearth_hash_add_key (HearthHashInput       *self,
                     const HearthResultKey *key)
{
  add_piece (self, TAG_KEY, key, sizeof *key);
}

HearthResultKey
hearth_hash_finish (HearthHashInput *self)
{
  XXH128_hash_t hash = XXH3_128bits (self->data, self->len);

  g_byte_array_set_size (self, 0);
  return (HearthResultKey) { hash.high64, hash.low64 };
}
