/* hearth-json-string.c: reading the text between two quotation marks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json-parser-private.h"
#include "hearth-utf8-private.h"
#include "hearth-i18n.h"

/* From @at on, the first byte that needs a look: a quotation mark, a backslash, or a mistake.
 * @end if there is none; NULL and @at behind the valid part if the text is not UTF-8. */
static const char *
find_special (const char **at,
              const char  *end)
{
  for (;;)
    {
      const char *walk = *at;
      guint length;

      while (end - walk >= 8)
        {
          guint64 word = _hearth_load_bytes (walk);
          guint64 marks = _hearth_mark_escaped (word) | (word & HEARTH_EACH_BYTE (0x80));

          if (marks != 0)
            {
              walk += _hearth_lowest_mark (marks);
              break;
            }
          walk += 8;
        }
      while (walk < end && (guchar) *walk >= 0x20 && (guchar) *walk < 0x80 && *walk != '"' && *walk != '\\')
        walk++;
      *at = walk;
      if (walk == end || (guchar) *walk < 0x80)
        return walk;
      while (*at < end && (guchar) **at >= 0x80)
        {
          length = _hearth_utf8_length (*at, end);
          if (length == 0)
            return NULL;
          *at += length;
        }
    }
}

/* The code unit of the "\uXXXX" at @at, or -1. */
static int
read_code_unit (const char *at,
                const char *end)
{
  int unit = 0;

  if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      unit = unit * 16 + g_ascii_xdigit_value (at[i]);
    }
  return unit;
}

static gboolean
append_unicode_escape (HearthJsonParser *self)
{
  const char *at = self->at;
  int unit = read_code_unit (at, self->end);
  int low;
  char utf8[6];

  if (unit < 0)
    return _hearth_json_fail (self, HEARTH_JSON_ERROR_SYNTAX, at,
                              _("After \\u four hexadecimal digits must follow.")) != NULL;
  self->at += 6;
  if (unit >= 0xd800 && unit <= 0xdfff)
    {
      low = read_code_unit (self->at, self->end);
      if (unit >= 0xdc00 || low < 0xdc00 || low > 0xdfff)
        return _hearth_json_fail (self, HEARTH_JSON_ERROR_ENCODING, at,
                                  _("This escape is half of a character (a surrogate without its partner).")) != NULL;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
      self->at += 6;
    }
  g_string_append_len (self->scratch, utf8, g_unichar_to_utf8 ((gunichar) unit, utf8));
  return TRUE;
}

static gboolean
append_escape (HearthJsonParser *self)
{
  static const char names[] = "\"\\/bfnrt";
  static const char bytes[] = "\"\\/\b\f\n\r\t";
  char name = self->end - self->at > 1 ? self->at[1] : '\0';
  const char *found;

  if (name == 'u')
    return append_unicode_escape (self);
  found = name != '\0' ? strchr (names, name) : NULL;
  if (found == NULL)
    return _hearth_json_fail (self, HEARTH_JSON_ERROR_SYNTAX, self->at,
                              _("This escape does not exist in JSON. A backslash itself is written \\\\.")) != NULL;
  g_string_append_c (self->scratch, bytes[found - names]);
  self->at += 2;
  return TRUE;
}

static gpointer
fail_in_string (HearthJsonParser *self,
                const char       *opening,
                const char       *special)
{
  if (special == NULL)
    return _hearth_json_fail (self, HEARTH_JSON_ERROR_ENCODING, self->at,
                              _("These bytes are not UTF-8. Save the text as UTF-8."));
  if (special == self->end)
    return _hearth_json_fail (self, HEARTH_JSON_ERROR_SYNTAX, opening,
                              _("The text that starts here is never closed with a double quote."));
  return _hearth_json_fail (self, HEARTH_JSON_ERROR_SYNTAX, special,
                            _("Line breaks, tabs and other control characters must be escaped in text, like \\n."));
}

const char *
_hearth_json_read_string (HearthJsonParser *self,
                          gsize            *length,
                          gboolean         *is_plain)
{
  const char *opening = self->at++;
  const char *from = self->at;
  gboolean is_escaped = FALSE;

  for (;;)
    {
      const char *special = find_special (&self->at, self->end);

      if (special == NULL || special == self->end || (guchar) *special < 0x20)
        return fail_in_string (self, opening, special);
      if (*special == '"' && !is_escaped)
        {
          self->at++;
          *length = (gsize) (special - from);
          *is_plain = TRUE;
          return from;
        }
      if (self->scratch == NULL)
        self->scratch = g_string_sized_new (256);
      if (!is_escaped)
        g_string_truncate (self->scratch, 0);
      is_escaped = TRUE;
      g_string_append_len (self->scratch, from, special - from);
      if (*special == '"')
        break;
      if (!append_escape (self))
        return NULL;
      from = self->at;
    }
  self->at++;
  *length = self->scratch->len;
  *is_plain = FALSE;
  return self->scratch->str;
}
