/* hearth-provider-read.c: members of answers, whatever they turn out to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-provider-read.h"

#include "hearth-i18n.h"

#define MAX_COUNT (G_GINT64_CONSTANT (1) << 53)

HearthValue *
hearth_read_array (HearthValue *object,
                   const char  *key)
{
  return hearth_value_get_member_kind (object, key, HEARTH_VALUE_ARRAY);
}

HearthValue *
hearth_read_object (HearthValue *object,
                    const char  *key)
{
  return hearth_value_get_member_kind (object, key, HEARTH_VALUE_OBJECT);
}

const char *
hearth_read_string (HearthValue *object,
                    const char  *key)
{
  return hearth_value_get_member_string (object, key, NULL);
}

gint64
hearth_read_count (HearthValue *object,
                   const char  *key)
{
  double number = hearth_value_get_member_double (object, key, -1);

  if (!(number >= 0))
    return -1;
  return number >= (double) MAX_COUNT ? MAX_COUNT : (gint64) number;
}

gint64
hearth_read_add_counts (gint64 a,
                        gint64 b)
{
  return a < 0 ? b : b < 0 ? a : a + b;
}

guint
hearth_read_index (HearthValue *object,
                   const char  *key)
{
  gint64 index = hearth_read_count (object, key);

  return index < 0 || index >= HEARTH_ANSWER_NO_INDEX ? HEARTH_ANSWER_NO_INDEX : (guint) index;
}

HearthValue *
hearth_read_at (HearthValue *array,
                gsize        index)
{
  HearthValue *element;

  if (!hearth_value_is (array, ARRAY) || index >= hearth_value_get_length (array))
    return NULL;
  element = hearth_value_at (array, index);
  return hearth_value_is (element, OBJECT) ? element : NULL;
}

static gboolean
is_vector (HearthValue *array)
{
  gboolean is_vector = hearth_value_is (array, ARRAY) && hearth_value_get_length (array) > 0;

  for (gsize i = 0; is_vector && i < hearth_value_get_length (array); i++)
    is_vector = hearth_value_is_number (hearth_value_at (array, i));
  return is_vector;
}

HearthValue *
hearth_read_vectors (HearthValue *list,
                     HearthValue *(*find) (HearthValue *list,
                                           gsize        index),
                     GError **error)
{
  g_auto (HearthBuilder) vectors = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      HearthValue *vector = find (list, i);

      if (!is_vector (vector))
        {
          hearth_model_error_set (error, HEARTH_MODEL_ERROR_BAD_ANSWER,
                                  _("The service's answer has no numbers where an embedding should be. Choose another model."));
          return NULL;
        }
      hearth_builder_add (&vectors, NULL, hearth_value_ref (vector));
    }
  return hearth_builder_end_array (&vectors);
}
