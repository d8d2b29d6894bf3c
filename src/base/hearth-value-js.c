/* hearth-value-js.c: values as JavaScript sees them (ECMAScript, ToBoolean, ToNumber and ToString)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json-number-private.h"
#include "hearth-value-private.h"

gboolean
hearth_value_is_truthy (const HearthValue *self)
{
  if (self == NULL)
    return FALSE;
  switch ((HearthValueKind) self->kind)
    {
    case HEARTH_VALUE_NULL:
      return FALSE;
    case HEARTH_VALUE_BOOLEAN:
    case HEARTH_VALUE_INTEGER:
      return self->integer != 0;
    case HEARTH_VALUE_DOUBLE:
    case HEARTH_VALUE_BIG_NUMBER:
      return hearth_value_get_double (self) != 0;
    case HEARTH_VALUE_STRING:
      return self->length > 0;
    default:
      return TRUE;
    }
}

/* --- to a number ------------------------------------------------------------------ */

static gboolean
is_js_space (gunichar character)
{
  if (character == 0xfeff || (character >= '\t' && character <= '\r'))
    return TRUE;
  switch (g_unichar_type (character))
    {
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
trim (const char **start,
      const char **end)
{
  while (*start < *end && is_js_space (g_utf8_get_char (*start)))
    *start = g_utf8_next_char (*start);
  while (*start < *end)
    {
      const char *last = g_utf8_prev_char (*end);

      if (!is_js_space (g_utf8_get_char (last)))
        return;
      *end = last;
    }
}

static const char *
skip_digits (const char *at,
             const char *end)
{
  while (at < end && g_ascii_isdigit (*at))
    at++;
  return at;
}

static double
read_radix (const char *at,
            const char *end,
            int         radix)
{
  double number = at < end ? 0 : NAN;

  for (; at < end; at++)
    {
      int digit = g_ascii_xdigit_value (*at);

      if (digit < 0 || digit >= radix)
        return NAN;
      number = number * radix + digit;
    }
  return number;
}

/* StrDecimalLiteral: "5.", ".5" and "+5e-3" are numbers, "e5", "0x" and "1_000" are not. */
static double
read_decimal (const char *start,
              const char *end)
{
  gboolean has_sign = *start == '+' || *start == '-';
  const char *at = start + (has_sign ? 1 : 0);
  const char *before, *behind;

  if (end - at == 8 && memcmp (at, "Infinity", 8) == 0)
    return *start == '-' ? -INFINITY : INFINITY;
  before = at;
  at = skip_digits (at, end);
  behind = at;
  if (at < end && *at == '.')
    at = skip_digits (++at, end);
  if (behind == before && at <= behind + 1)
    return NAN;
  if (at < end && (*at | 0x20) == 'e')
    {
      at++;
      if (at < end && (*at == '+' || *at == '-'))
        at++;
      if (at == end || !g_ascii_isdigit (*at))
        return NAN;
      at = skip_digits (at, end);
    }
  return at == end ? g_ascii_strtod (start, NULL) : NAN;
}

static double
text_to_number (const char *text,
                gsize       length)
{
  const char *start = text;
  const char *end = text + length;

  trim (&start, &end);
  if (start == end)
    return 0;
  if (end - start >= 2 && start[0] == '0')
    switch (start[1] | 0x20)
      {
      case 'x':
        return read_radix (start + 2, end, 16);
      case 'o':
        return read_radix (start + 2, end, 8);
      case 'b':
        return read_radix (start + 2, end, 2);
      default:
        break;
      }
  return read_decimal (start, end);
}

double
hearth_value_to_number (const HearthValue *self)
{
  g_autofree char *text = NULL;

  if (self == NULL)
    return NAN;
  switch ((HearthValueKind) self->kind)
    {
    case HEARTH_VALUE_NULL:
      return 0;
    case HEARTH_VALUE_BOOLEAN:
      return self->integer != 0 ? 1 : 0;
    case HEARTH_VALUE_STRING:
      return text_to_number (_hearth_value_text (self), self->length);
    case HEARTH_VALUE_ARRAY:
      text = hearth_value_to_text (self);
      return text_to_number (text, strlen (text));
    case HEARTH_VALUE_OBJECT:
      return NAN;
    default:
      return hearth_value_get_double (self);
    }
}

/* --- to text -------------------------------------------------------------------------- */

/* Numbers are written with all the digits they have, also those JavaScript would have lost. */
static void
append_leaf (GString           *out,
             const HearthValue *value)
{
  switch ((HearthValueKind) value->kind)
    {
    case HEARTH_VALUE_STRING:
      g_string_append_len (out, _hearth_value_text (value), (gssize) value->length);
      break;
    case HEARTH_VALUE_OBJECT:
      g_string_append (out, "[object Object]");
      break;
    case HEARTH_VALUE_ARRAY:
      break;
    default:
      hearth_json_append (out, value);
      break;
    }
}

/* An array whose elements up to @next have been written. */
typedef struct
{
  const HearthValue *array;
  gsize next;
} Level;

/* Arrays within arrays are joined as well; null in an array is empty text. */
static void
append_array (GString           *out,
              const HearthValue *array)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  Level first = { array, 0 };

  g_array_append_val (levels, first);
  while (levels->len > 0)
    {
      Level *level = &g_array_index (levels, Level, levels->len - 1);
      const HearthValue *element;

      if (level->next == level->array->length)
        {
          g_array_set_size (levels, levels->len - 1);
          continue;
        }
      if (level->next > 0)
        g_string_append_c (out, ',');
      element = _hearth_value_elements (level->array)[level->next++];
      if (hearth_value_is (element, ARRAY))
        {
          Level inner = { element, 0 };

          g_array_append_val (levels, inner);
        }
      else if (!hearth_value_is (element, NULL))
        append_leaf (out, element);
    }
}

char *
hearth_value_to_text (const HearthValue *self)
{
  GString *out;

  if (self == NULL)
    return g_strdup ("undefined");
  if (self->kind == HEARTH_VALUE_STRING)
    return g_strndup (_hearth_value_text (self), self->length);
  out = g_string_new (NULL);
  if (hearth_value_is (self, ARRAY))
    append_array (out, self);
  else
    append_leaf (out, self);
  return g_string_free (out, FALSE);
}
