/* hearth-json-double.c: numbers to text, the shortest that reads back equal, as ECMAScript writes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "hearth-json-number-private.h"
#include "hearth-value-private.h"

/* The number is 0.digits times ten to the point. */
typedef struct
{
  char digits[24];
  int n_digits;
  int point;
} Decimal;

/* Writes the digits of @number so that they end before @end; returns where they start. */
static char *
write_digits (char   *end,
              guint64 number)
{
  static const char pairs[] = "0001020304050607080910111213141516171819"
                              "2021222324252627282930313233343536373839"
                              "4041424344454647484950515253545556575859"
                              "6061626364656667686970717273747576777879"
                              "8081828384858687888990919293949596979899";

  for (; number >= 100; number /= 100)
    memcpy (end -= 2, pairs + 2 * (number % 100), 2);
  if (number >= 10)
    memcpy (end -= 2, pairs + 2 * number, 2);
  else
    *--end = (char) ('0' + number);
  return end;
}

gsize
_hearth_json_write_integer (char   *out,
                            gint64 number)
{
  char buffer[24];
  char *end = buffer + sizeof buffer;
  char *start = write_digits (end, number < 0 ? -(guint64) number : (guint64) number);

  if (number < 0)
    *--start = '-';
  memcpy (out, start, (gsize) (end - start));
  return (gsize) (end - start);
}

/* --- the digits ------------------------------------------------------------------ */

static void
append_digit (Decimal *decimal,
              int      digit)
{
  if (decimal->n_digits == 0 && digit == 0)
    decimal->point--;
  else
    decimal->digits[decimal->n_digits++] = (char) ('0' + digit);
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 Wide;

/* Goes on with @rest, the part behind the point, in units of which one is @shift bits; stops at
 * the first digit where what is left lies closer than half the way to the next double, @low below
 * and @high above (Steele and White 1990, with numbers that fit the machine). */
static void
append_fraction (Decimal *decimal,
                 Wide     rest,
                 int      shift,
                 Wide     low,
                 Wide     high,
                 gboolean is_even)
{
  const Wide unit = (Wide) 1 << shift;

  for (;;)
    {
      gboolean is_below, is_above;
      int digit;

      rest *= 10, low *= 10, high *= 10;
      digit = (int) (rest >> shift);
      rest &= unit - 1;
      is_below = is_even ? rest <= low : rest < low;
      is_above = is_even ? rest + high >= unit : rest + high > unit;
      if (is_below || is_above)
        {
          if (!is_below || (is_above && (rest * 2 > unit || (rest * 2 == unit && digit % 2 == 1))))
            digit++;
          append_digit (decimal, digit);
          return;
        }
      append_digit (decimal, digit);
    }
}

/* For numbers with a part behind the point that are not tiny; FALSE for all others. */
static gboolean
find_digits_fast (Decimal *decimal,
                  double   number)
{
  int exponent;
  guint64 mantissa = (guint64) ldexp (frexp (number, &exponent), 53);
  int shift = 53 - exponent; /* number = mantissa / 2^shift */
  gboolean is_power_of_two = mantissa == G_GUINT64_CONSTANT (1) << 52;
  guint64 whole;
  char *end = decimal->digits + 20;

  if (shift < 1 || shift > 112)
    return FALSE;
  whole = shift < 64 ? mantissa >> shift : 0;
  *decimal = (Decimal){ 0 };
  if (whole != 0)
    {
      char *start = write_digits (end, whole);

      decimal->n_digits = decimal->point = (int) (end - start);
      memmove (decimal->digits, start, (gsize) decimal->n_digits);
    }
  /* Quarters of the last bit, so that the margins are whole: below a power of two doubles lie
   * twice as close. */
  append_fraction (decimal, ((Wide) mantissa << 2) & (((Wide) 1 << (shift + 2)) - 1), shift + 2,
                   is_power_of_two ? 1 : 2, 2, mantissa % 2 == 0);
  return TRUE;
}
#else
static gboolean
find_digits_fast (Decimal *decimal,
                  double   number)
{
  return FALSE;
}
#endif

/* Most numbers people type have at most three digits behind the point. The quotient is rounded just
 * as reading the digits would be, so if it is the number the digits are right; with not more than
 * 15 of them there are no others. */
static gboolean
find_typed_digits (Decimal *decimal,
                   double   number)
{
  double scaled = nearbyint (number * 1000);
  char *end = decimal->digits + 20;
  char *start;

  if (scaled < 1 || scaled >= 1e15 || scaled / 1000 != number)
    return FALSE;
  start = write_digits (end, (guint64) scaled);
  decimal->n_digits = (int) (end - start);
  decimal->point = decimal->n_digits - 3;
  memmove (decimal->digits, start, (gsize) decimal->n_digits);
  while (decimal->digits[decimal->n_digits - 1] == '0')
    decimal->n_digits--;
  return TRUE;
}

static void
set_precision (Decimal *decimal,
               double   number,
               int      precision)
{
  char format[8];
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  const char *at = text;

  g_snprintf (format, sizeof format, "%%.%de", precision - 1);
  g_ascii_formatd (text, sizeof text, format, number);
  *decimal = (Decimal){ 0 };
  for (; *at != 'e'; at++)
    if (*at != '.')
      append_digit (decimal, *at - '0');
  decimal->point = atoi (at + 1) + 1;
}

/* The next decimal with as many digits; FALSE if that takes one digit more. */
static gboolean
step_up (Decimal *decimal)
{
  int i = decimal->n_digits - 1;

  for (; i >= 0 && decimal->digits[i] == '9'; i--)
    decimal->digits[i] = '0';
  if (i < 0)
    return FALSE;
  decimal->digits[i]++;
  return TRUE;
}

static gboolean
reads_back (const Decimal *decimal,
            double         number)
{
  char text[48];

  g_snprintf (text, sizeof text, "0.%.*se%d", decimal->n_digits, decimal->digits, decimal->point);
  return g_ascii_strtod (text, NULL) == number;
}

static void
find_digits_slowly (Decimal *decimal,
                    double   number)
{
  int exponent;
  gboolean is_power_of_two = frexp (number, &exponent) == 0.5;
  int first = number < DBL_MIN ? 1 : DBL_DIG; /* close to zero doubles hold fewer digits */

  for (int precision = first; precision <= 17; precision++)
    {
      set_precision (decimal, number, precision);
      if (precision == 17 || reads_back (decimal, number))
        break;
      /* Below a power of two doubles lie closer, so the nearest decimal may be another double's
       * while the one above it is ours. */
      if (is_power_of_two && step_up (decimal) && reads_back (decimal, number))
        break;
    }
  while (decimal->n_digits > 1 && decimal->digits[decimal->n_digits - 1] == '0')
    decimal->n_digits--;
}

/* --- the text (ECMAScript, Number::toString) ----------------------------------------- */

static char *
write_zeros (char *at,
             int   n)
{
  memset (at, '0', (gsize) n);
  return at + n;
}

static char *
write_bytes (char       *at,
             const char *bytes,
             int         n)
{
  memcpy (at, bytes, (gsize) n);
  return at + n;
}

static char *
write_exponent (char          *at,
                const Decimal *decimal)
{
  int exponent = decimal->point - 1;

  *at++ = decimal->digits[0];
  if (decimal->n_digits > 1)
    {
      *at++ = '.';
      at = write_bytes (at, decimal->digits + 1, decimal->n_digits - 1);
    }
  *at++ = 'e';
  *at++ = exponent < 0 ? '-' : '+';
  return at + _hearth_json_write_integer (at, ABS (exponent));
}

static char *
write_decimal (char          *at,
               const Decimal *decimal)
{
  int n_digits = decimal->n_digits;
  int point = decimal->point;

  if (point > 21 || point < -5)
    return write_exponent (at, decimal);
  if (point >= n_digits)
    return write_zeros (write_bytes (at, decimal->digits, n_digits), point - n_digits);
  if (point <= 0)
    {
      at = write_zeros (write_bytes (at, "0.", 2), -point);
      return write_bytes (at, decimal->digits, n_digits);
    }
  at = write_bytes (at, decimal->digits, point);
  *at++ = '.';
  return write_bytes (at, decimal->digits + point, n_digits - point);
}

gsize
_hearth_json_write_double (char   *out,
                           double number)
{
  char *at = out;
  Decimal decimal;

  g_assert (isfinite (number));
  if (fabs (number) < (double) HEARTH_MAX_EXACT_INTEGER && number == trunc (number))
    return _hearth_json_write_integer (out, (gint64) number);
  if (number < 0)
    *at++ = '-';
  number = fabs (number);
  if (!find_typed_digits (&decimal, number) && !find_digits_fast (&decimal, number))
    find_digits_slowly (&decimal, number);
  return (gsize) (write_decimal (at, &decimal) - out);
}
