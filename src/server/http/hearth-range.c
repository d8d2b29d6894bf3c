/* hearth-range.c: which part of a file a request wants (RFC 9110, 14)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-range.h"

#include <string.h>

/* Digits only, up to @stop. FALSE when there are none, or too many. */
static gboolean
read_number (const char **at,
             char         stop,
             guint64     *number)
{
  gsize length = strspn (*at, "0123456789");
  g_autofree char *digits = g_strndup (*at, length);

  if (length == 0 || (*at)[length] != stop || !g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT64, number, NULL))
    return FALSE;
  *at += length;
  return TRUE;
}

static HearthRangeKind
end_of_file (guint64  length,
             guint64  size,
             guint64 *start)
{
  if (length == 0 || size == 0)
    return HEARTH_RANGE_NONE;
  *start = size - MIN (length, size);
  return HEARTH_RANGE_PART;
}

HearthRangeKind
hearth_range_parse (const char *header,
                    guint64     size,
                    guint64    *start,
                    guint64    *end)
{
  guint64 first;
  guint64 last;

  g_return_val_if_fail (start != NULL && end != NULL, HEARTH_RANGE_ALL);

  *start = 0;
  *end = size;
  if (header == NULL || g_ascii_strncasecmp (header, "bytes=", 6) != 0)
    return HEARTH_RANGE_ALL;
  header += 6;
  header += strspn (header, " ");
  if (*header == '-')
    {
      header++;
      return read_number (&header, '\0', &last) ? end_of_file (last, size, start) : HEARTH_RANGE_ALL;
    }
  if (!read_number (&header, '-', &first))
    return HEARTH_RANGE_ALL;
  header++;
  if (*header == '\0')
    last = G_MAXINT64;
  else if (!read_number (&header, '\0', &last) || last < first)
    return HEARTH_RANGE_ALL;
  if (first >= size)
    return HEARTH_RANGE_NONE;
  *start = first;
  *end = last < size - 1 ? last + 1 : size;
  return HEARTH_RANGE_PART;
}
