/* comparison.c: how a value compares with another one, which may have been typed as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "comparison.h"

#include "shapes.h"

#include "hearth-json.h"

#include <math.h>
#include <string.h>

#include "hearth-i18n.h"

static gboolean
is_compound (HearthValue *value)
{
  return hearth_value_is (value, ARRAY) || hearth_value_is (value, OBJECT);
}

static gboolean
is_nothing (HearthValue *value)
{
  return value == NULL || hearth_value_is (value, NULL);
}

/* --- as text ------------------------------------------------------------------------ */

char *
hearth_comparison_dup_text (HearthValue *value)
{
  if (is_nothing (value))
    return g_strdup ("");
  return is_compound (value) ? hearth_json_print (value) : hearth_value_to_text (value);
}

static char *
to_comparable_text (HearthValue *value,
                    gboolean     ignore_case)
{
  g_autofree char *text = hearth_comparison_dup_text (value);

  return ignore_case ? g_utf8_casefold (text, -1) : g_steal_pointer (&text);
}

static gboolean
compare_texts (HearthValue *value,
               HearthValue *against,
               gboolean     ignore_case,
               gboolean   (*compare) (const char *text, const char *part))
{
  g_autofree char *text = to_comparable_text (value, ignore_case);
  g_autofree char *part = to_comparable_text (against, ignore_case);

  return compare (text, part);
}

static gboolean
text_equals (const char *text,
             const char *other)
{
  return strcmp (text, other) == 0;
}

static gboolean
text_contains (const char *text,
               const char *part)
{
  return strstr (text, part) != NULL;
}

static gboolean
text_starts_with (const char *text,
                  const char *part)
{
  return g_str_has_prefix (text, part);
}

static gboolean
text_ends_with (const char *text,
                const char *part)
{
  return g_str_has_suffix (text, part);
}

/* --- as number ---------------------------------------------------------------------- */

/* The number that @value is or spells, exactly; NULL when it is none. New reference. */
static HearthValue *
to_number (HearthValue *value)
{
  g_autoptr(HearthValue) parsed = NULL;
  const char *text;
  double number;
  gsize length;

  if (value == NULL || hearth_value_is_number (value))
    return hearth_value_ref_or_null (value);
  if (!hearth_value_is (value, STRING))
    return NULL;

  text = hearth_value_get_string (value, &length);
  if (strpbrk (text, "0123456789") == NULL)
    return NULL; /* JavaScript would read "" as 0 */
  parsed = hearth_json_parse (text, length, NULL);
  if (parsed != NULL)
    return hearth_value_is_number (parsed) ? g_steal_pointer (&parsed) : NULL;
  number = hearth_value_to_number (value); /* " +5." */
  return isfinite (number) ? hearth_value_double (number) : NULL;
}

static int
compare_numbers (HearthValue *a,
                 HearthValue *b)
{
  double x, y;

  if (hearth_value_equal (a, b))
    return 0;
  if (hearth_value_is (a, INTEGER) && hearth_value_is (b, INTEGER))
    return hearth_value_get_integer (a) < hearth_value_get_integer (b) ? -1 : 1;
  x = hearth_value_get_double (a);
  y = hearth_value_get_double (b);
  return (x > y) - (x < y);
}

/* --- comparisons ---------------------------------------------------------------------- */

/* @text is a text, @other is not. */
static gboolean
equal_to_text (HearthValue *other,
               HearthValue *text,
               gboolean     ignore_case)
{
  g_autoptr(HearthValue) read = NULL;
  gsize length;
  const char *letters = hearth_value_get_string (text, &length);

  if (is_nothing (other))
    return FALSE;
  if (hearth_value_is (other, BOOLEAN))
    return compare_texts (other, text, ignore_case, text_equals);
  read = is_compound (other) ? hearth_json_parse (letters, length, NULL) : to_number (text);
  return read != NULL && hearth_value_equal (other, read);
}

gboolean
hearth_comparison_equal (HearthValue *value,
                         HearthValue *against,
                         gboolean     ignore_case)
{
  gboolean value_is_text = hearth_value_is (value, STRING);
  gboolean against_is_text = hearth_value_is (against, STRING);

  if (value_is_text && against_is_text)
    return ignore_case ? compare_texts (value, against, TRUE, text_equals) : hearth_value_equal (value, against);
  if (against_is_text)
    return equal_to_text (value, against, ignore_case);
  if (value_is_text)
    return equal_to_text (against, value, ignore_case);
  return (is_nothing (value) && is_nothing (against)) || hearth_value_equal (value, against);
}

gboolean
hearth_comparison_order (HearthValue *value,
                         HearthValue *against,
                         gboolean     ignore_case,
                         int         *order,
                         GError     **error)
{
  g_autoptr(HearthValue) a = to_number (value);
  g_autoptr(HearthValue) b = to_number (against);
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;

  g_return_val_if_fail (order != NULL, FALSE);

  if (is_nothing (value) || is_nothing (against) || is_compound (value) || is_compound (against))
    return hearth_shape_fail (error, N_("Only numbers and texts can be less or greater than others. "
                                        "One of the two values is empty, a list or an object."));
  if (a != NULL && b != NULL)
    {
      *order = compare_numbers (a, b);
      return TRUE;
    }
  text = to_comparable_text (value, ignore_case);
  other = to_comparable_text (against, ignore_case);
  *order = strcmp (text, other); /* UTF-8 sorts like its code points */
  return TRUE;
}

gboolean
hearth_comparison_contains (HearthValue *value,
                            HearthValue *against,
                            gboolean     ignore_case)
{
  g_autofree char *key = NULL;

  if (hearth_value_is (value, ARRAY))
    {
      for (gsize i = 0; i < hearth_value_get_length (value); i++)
        if (hearth_comparison_equal (hearth_value_at (value, i), against, ignore_case))
          return TRUE;
      return FALSE;
    }
  if (!hearth_value_is (value, OBJECT))
    return compare_texts (value, against, ignore_case, text_contains);

  key = to_comparable_text (against, ignore_case);
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    {
      const char *name = hearth_value_key_at (value, i);
      g_autofree char *folded = ignore_case ? g_utf8_casefold (name, -1) : g_strdup (name);

      if (g_str_equal (folded, key))
        return TRUE;
    }
  return FALSE;
}

gboolean
hearth_comparison_starts_with (HearthValue *value,
                               HearthValue *against,
                               gboolean     ignore_case)
{
  return compare_texts (value, against, ignore_case, text_starts_with);
}

gboolean
hearth_comparison_ends_with (HearthValue *value,
                             HearthValue *against,
                             gboolean     ignore_case)
{
  return compare_texts (value, against, ignore_case, text_ends_with);
}

gboolean
hearth_comparison_is_empty (HearthValue *value)
{
  if (is_nothing (value))
    return TRUE;
  if (hearth_value_is (value, STRING))
    return hearth_value_get_string (value, NULL)[0] == '\0';
  return is_compound (value) && hearth_value_get_length (value) == 0;
}
