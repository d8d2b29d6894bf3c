/* hearth-json-mend.c: JSON that services get slightly wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json-mend-private.h"

#include <string.h>

#define ESCAPE_LENGTH 6 /* "\ud83d" */
#define REPLACEMENT "\\ufffd"

/* The code unit of an escape at @at, or -1. */
static int
read_unit (const char *at,
           const char *end)
{
  int unit = 0;

  if (end - at < ESCAPE_LENGTH || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (int i = 2; i < ESCAPE_LENGTH; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      unit = unit * 16 + g_ascii_xdigit_value (at[i]);
    }
  return unit;
}

static gboolean
is_high (int unit)
{
  return unit >= 0xd800 && unit < 0xdc00;
}

static gboolean
is_low (int unit)
{
  return unit >= 0xdc00 && unit < 0xe000;
}

char *
_hearth_json_mend_halves (const char *text,
                          gsize       length)
{
  const char *end = text + length;
  char *copy = NULL;

  for (const char *at = memchr (text, '\\', length); at != NULL; at = memchr (at, '\\', (gsize) (end - at)))
    {
      int unit = read_unit (at, end);

      if (is_high (unit) && is_low (read_unit (at + ESCAPE_LENGTH, end)))
        at += 2 * ESCAPE_LENGTH;
      else if (is_high (unit) || is_low (unit))
        {
          if (copy == NULL)
            copy = g_strndup (text, length);
          memcpy (copy + (at - text), REPLACEMENT, ESCAPE_LENGTH);
          at += ESCAPE_LENGTH;
        }
      else
        at += MIN (2, end - at);
    }
  return copy;
}
