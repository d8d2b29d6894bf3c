/* hearth-json-number.c: numbers from text: exact where they can be, else kept as they are written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <float.h>
#include <string.h>

#include "hearth-json-number-private.h"
#include "hearth-value-private.h"

/* So many digits always fit a guint64. */
#define MAX_DIGITS 19
/* So many significant digits survive the way through a double. */
#define MAX_SAFE_DIGITS DBL_DIG
/* Exponents are cut off here, far beyond every double. */
#define MAX_EXPONENT 1000000000

typedef struct
{
  gboolean is_negative;
  gboolean is_whole;     /* neither point nor exponent */
  guint64 digits;        /* the first MAX_DIGITS significant ones */
  gsize n_digits;        /* significant ones, all of them */
  gint64 exponent;       /* the number is the digits times ten to this, if all fit */
} Number;

static inline gboolean
is_digit (const char *at,
          const char *end)
{
  return at < end && g_ascii_isdigit (*at);
}

static const char *
scan_digits (Number     *number,
             const char *at,
             const char *end)
{
  for (; is_digit (at, end); at++)
    {
      if (number->n_digits < MAX_DIGITS)
        number->digits = number->digits * 10 + (guint64) (*at - '0');
      if (number->digits != 0)
        number->n_digits++;
    }
  return at;
}

static const char *
scan_exponent (Number     *number,
               const char *at,
               const char *end)
{
  gboolean is_negative = at < end && *at == '-';
  gint64 exponent = 0;

  if (at < end && (*at == '-' || *at == '+'))
    at++;
  for (; is_digit (at, end); at++)
    if (exponent < MAX_EXPONENT)
      exponent = exponent * 10 + (*at - '0');
  number->exponent += is_negative ? -exponent : exponent;
  return at;
}

/* Moves @at behind the number, or to where it stops being one; then FALSE. */
static gboolean
scan_number (Number      *number,
             const char **at,
             const char  *end)
{
  const char *start;

  *number = (Number){ .is_negative = *at < end && **at == '-', .is_whole = TRUE };
  if (number->is_negative)
    ++*at;
  start = *at;
  *at = scan_digits (number, start, end);
  if (*at == start)
    return FALSE;
  if (*start == '0' && *at > start + 1)
    {
      *at = start + 1;
      return FALSE;
    }
  if (*at < end && **at == '.')
    {
      start = ++*at;
      *at = scan_digits (number, start, end);
      number->exponent = start - *at;
      number->is_whole = FALSE;
    }
  if ((*at < end && (**at | 0x20) == 'e') && g_ascii_isdigit ((*at)[-1]))
    {
      ++*at;
      *at = scan_exponent (number, *at, end);
      number->is_whole = FALSE;
    }
  return g_ascii_isdigit ((*at)[-1]);
}

static double
read_double_slowly (const char *text,
                    gsize       length)
{
  char buffer[64];
  g_autofree char *copy = length < sizeof buffer ? NULL : g_strndup (text, length);

  if (copy == NULL)
    {
      memcpy (buffer, text, length);
      buffer[length] = '\0';
    }
  return g_ascii_strtod (copy != NULL ? copy : buffer, NULL);
}

/* When digits and power of ten are both exact doubles one rounded operation gives the nearest
 * double to the number (Clinger 1990). */
static gboolean
read_double_fast (const Number *number,
                  double       *value)
{
  static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
  gint64 exponent = number->exponent;

  if (FLT_EVAL_METHOD != 0 || number->n_digits > MAX_DIGITS || number->digits > (guint64) HEARTH_MAX_EXACT_INTEGER ||
      ABS (exponent) >= (gint64) G_N_ELEMENTS (powers))
    return FALSE;
  *value = exponent < 0 ? (double) number->digits / powers[-exponent] : (double) number->digits * powers[exponent];
  if (number->is_negative)
    *value = -*value;
  return TRUE;
}

/* Would a document that is read and saved carry another number than before? Digits behind the
 * point may go where no double can keep them, digits of a whole number and magnitude may not. */
static gboolean
is_lost (const Number *number,
         double        value,
         const char   *text,
         gsize         length)
{
  char written[HEARTH_NUMBER_TEXT_SIZE];

  if (!isfinite (value) || (value == 0 && number->n_digits > 0))
    return TRUE;
  if (number->n_digits <= MAX_SAFE_DIGITS || fabs (value) < (double) HEARTH_MAX_EXACT_INTEGER)
    return FALSE;
  return !_hearth_json_is_same_decimal (text, length, written, _hearth_json_write_double (written, value));
}

HearthValue *
_hearth_json_read_number (const char **at,
                          const char  *end)
{
  const char *text = *at;
  gsize length;
  Number number;
  double value;

  if (!scan_number (&number, at, end))
    return NULL;
  length = (gsize) (*at - text);
  if (number.is_whole && number.n_digits <= MAX_DIGITS && (number.digits != 0 || !number.is_negative))
    {
      if (number.digits <= G_MAXINT64)
        return hearth_value_integer (number.is_negative ? -(gint64) number.digits : (gint64) number.digits);
      if (number.is_negative && number.digits == (guint64) G_MAXINT64 + 1)
        return hearth_value_integer (G_MININT64);
    }
  if (number.is_whole && number.digits != 0)
    return _hearth_value_new_text (HEARTH_VALUE_BIG_NUMBER, text, length);
  if (!read_double_fast (&number, &value))
    value = read_double_slowly (text, length);
  if (is_lost (&number, value, text, length))
    return _hearth_value_new_text (HEARTH_VALUE_BIG_NUMBER, text, length);
  return hearth_value_double (value);
}

/* --- comparing decimals ----------------------------------------------------------- */

/* The significant digits without zeros at either end; the number is 0.digits times ten to @point. */
static void
normalize_decimal (const char *text,
                   gsize       length,
                   GString    *digits,
                   gint64     *point)
{
  Number ignored = { 0 };
  gboolean is_past_point = FALSE;
  const char *at = text;
  const char *end = text + length;

  *point = 0;
  for (; at < end && (*at | 0x20) != 'e'; at++)
    {
      if (*at == '.')
        is_past_point = TRUE;
      if (!g_ascii_isdigit (*at))
        continue;
      if (digits->len > 0 || *at != '0')
        g_string_append_c (digits, *at);
      if (is_past_point ? digits->len == 0 : digits->len > 0)
        *point += is_past_point ? -1 : 1;
    }
  while (digits->len > 0 && digits->str[digits->len - 1] == '0')
    g_string_truncate (digits, digits->len - 1);
  if (at < end)
    scan_exponent (&ignored, at + 1, end);
  *point = digits->len == 0 ? 0 : *point + ignored.exponent;
}

gboolean
_hearth_json_is_same_decimal (const char *a,
                              gsize       length_a,
                              const char *b,
                              gsize       length_b)
{
  g_autoptr (GString) digits_a = g_string_new (NULL);
  g_autoptr (GString) digits_b = g_string_new (NULL);
  gint64 point_a, point_b;

  normalize_decimal (a, length_a, digits_a, &point_a);
  normalize_decimal (b, length_b, digits_b, &point_b);
  return point_a == point_b && g_string_equal (digits_a, digits_b) &&
         (digits_a->len == 0 || (*a == '-') == (*b == '-'));
}
