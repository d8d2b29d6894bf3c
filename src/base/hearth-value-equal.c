/* hearth-value-equal.c: are two values the same?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json-number-private.h"
#include "hearth-value-private.h"

/* Two containers whose children up to @next have been compared. */
typedef struct
{
  const HearthValue *a;
  const HearthValue *b;
  gsize next;
} Pair;

/* Beyond what both can hold exactly a double means the decimal number it is written as: then
 * what is written and read again is equal, and equal stays transitive. */
static gboolean
is_written_equal (const HearthValue *a,
                  const HearthValue *b)
{
  g_autoptr (GString) text_a = g_string_new (NULL);
  g_autoptr (GString) text_b = g_string_new (NULL);

  hearth_json_append (text_a, a);
  hearth_json_append (text_b, b);
  return _hearth_json_is_same_decimal (text_a->str, text_a->len, text_b->str, text_b->len);
}

static gboolean
is_number_equal (const HearthValue *a,
                 const HearthValue *b)
{
  const HearthValue *integer = a->kind == HEARTH_VALUE_INTEGER ? a : b;
  const HearthValue *other = integer == a ? b : a;

  if (integer->kind == HEARTH_VALUE_INTEGER && other->kind == HEARTH_VALUE_INTEGER)
    return integer->integer == other->integer;
  if (a->kind == HEARTH_VALUE_DOUBLE && b->kind == HEARTH_VALUE_DOUBLE)
    return a->number == b->number;
  if (integer->kind == HEARTH_VALUE_INTEGER && other->kind == HEARTH_VALUE_DOUBLE &&
      integer->integer >= -HEARTH_MAX_EXACT_INTEGER && integer->integer <= HEARTH_MAX_EXACT_INTEGER)
    return (double) integer->integer == other->number;
  return is_written_equal (a, b);
}

/* All but the children of containers, which are only counted. */
static gboolean
is_shallow_equal (const HearthValue *a,
                  const HearthValue *b)
{
  if (hearth_value_is_number (a) && hearth_value_is_number (b))
    return is_number_equal (a, b);
  if (a->kind != b->kind)
    return FALSE;
  switch ((HearthValueKind) a->kind)
    {
    case HEARTH_VALUE_BOOLEAN:
      return a->integer == b->integer;
    case HEARTH_VALUE_STRING:
      return _hearth_value_has_text (a, _hearth_value_text (b), b->length);
    case HEARTH_VALUE_ARRAY:
    case HEARTH_VALUE_OBJECT:
      return a->length == b->length;
    default:
      return TRUE;
    }
}

static const HearthValue *
get_child (const HearthValue *container,
           gsize              i)
{
  return container->kind == HEARTH_VALUE_ARRAY ? _hearth_value_elements (container)[i]
                                               : _hearth_value_members (container)[i].value;
}

/* The child of the pair's b to compare with child @i of its a; NULL if there is none. */
static const HearthValue *
get_counterpart (const Pair *pair,
                 gsize       i)
{
  const HearthMember *members_b = _hearth_value_members (pair->b);
  const HearthValue *key;
  gssize place;

  if (pair->a->kind == HEARTH_VALUE_ARRAY)
    return _hearth_value_elements (pair->b)[i];
  key = _hearth_value_members (pair->a)[i].key;
  if (_hearth_value_has_text (members_b[i].key, _hearth_value_text (key), key->length))
    return members_b[i].value;
  place = _hearth_object_find (pair->b, _hearth_value_text (key), key->length);
  return place < 0 ? NULL : members_b[place].value;
}

/* Leaves the containers whose children have all been compared; NULL when none is left. */
static Pair *
get_open_pair (GArray *pairs)
{
  while (pairs != NULL && pairs->len > 0)
    {
      Pair *pair = &g_array_index (pairs, Pair, pairs->len - 1);

      if (pair->next < pair->a->length)
        return pair;
      g_array_set_size (pairs, pairs->len - 1);
    }
  return NULL;
}

gboolean
hearth_value_equal (const HearthValue *a,
                    const HearthValue *b)
{
  g_autoptr (GArray) pairs = NULL;

  for (;;)
    {
      Pair *pair;

      if (a != b && (a == NULL || b == NULL || !is_shallow_equal (a, b)))
        return FALSE;
      if (a != b && hearth_value_get_length (a) > 0)
        {
          Pair entered = { a, b, 0 };

          if (pairs == NULL)
            pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
          g_array_append_val (pairs, entered);
        }
      pair = get_open_pair (pairs);
      if (pair == NULL)
        return TRUE;
      a = get_child (pair->a, pair->next);
      b = get_counterpart (pair, pair->next);
      pair->next++;
    }
}
