/* hearth-value-measure.c: how much memory a value takes, about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-value.h"

#include <string.h>

/* What a value takes besides its text, about. */
#define VALUE_BYTES 48

gsize
hearth_value_measure (const HearthValue *self,
                      gsize              limit)
{
  gsize bytes = VALUE_BYTES;
  gsize length = 0;

  if (hearth_value_is (self, STRING) || hearth_value_is (self, BIG_NUMBER))
    {
      hearth_value_get_string (self, &length);
      return bytes + length;
    }
  if (!hearth_value_is (self, ARRAY) && !hearth_value_is (self, OBJECT))
    return bytes;
  length = hearth_value_get_length (self);
  for (gsize i = 0; i < length && bytes < limit; i++)
    if (hearth_value_is (self, OBJECT))
      bytes += strlen (hearth_value_key_at (self, i))
               + hearth_value_measure (hearth_value_member_at (self, i), limit - bytes);
    else
      bytes += hearth_value_measure (hearth_value_at (self, i), limit - bytes);
  return bytes;
}
