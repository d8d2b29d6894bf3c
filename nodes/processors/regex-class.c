/* regex-class.c: sets of characters in square brackets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "regex-pattern-private.h"

#include "hearth-i18n.h"

/* What an atom of a class is when it is not one character. */
#define CLASS_SET ((gunichar) -1)

/* One atom of a class: a character in @c, or CLASS_SET when a set was written out. */
static gboolean
read_class_atom (HearthRegexTranslator *self,
                 gunichar              *c)
{
  gboolean failed = FALSE;

  if (!_hearth_regex_skip (self, '\\'))
    {
      *c = g_utf8_get_char (self->next);
      self->next = g_utf8_next_char (self->next);
      return TRUE;
    }
  if (self->next >= self->end)
    return _hearth_regex_fail (self, _("it ends with a lone backslash."));
  if (_hearth_regex_skip (self, 'b'))
    {
      *c = '\b';
      return TRUE;
    }
  if (_hearth_regex_put_set_escape (self, TRUE, &failed))
    {
      *c = CLASS_SET;
      return TRUE;
    }
  if (!failed && _hearth_regex_peek (self, 0) == '-')
    {
      self->next++;
      *c = '-';
      return TRUE;
    }
  return !failed && _hearth_regex_read_char_escape (self, c);
}

static gboolean
put_class_item (HearthRegexTranslator *self)
{
  gunichar first, last;

  if (!read_class_atom (self, &first))
    return FALSE;
  if (_hearth_regex_peek (self, 0) != '-' || _hearth_regex_peek (self, 1) == ']' || self->end - self->next < 2)
    {
      if (first != CLASS_SET)
        _hearth_regex_put_char (self, first);
      return TRUE;
    }
  self->next++;
  if (!read_class_atom (self, &last))
    return FALSE;
  if (first == CLASS_SET || last == CLASS_SET)
    {
      /* Not a range: the hyphen is one of the characters. */
      if (first != CLASS_SET)
        _hearth_regex_put_char (self, first);
      if (last != CLASS_SET)
        _hearth_regex_put_char (self, last);
      g_string_append (self->out, "\\x{2d}");
      return TRUE;
    }
  if (first > last)
    return _hearth_regex_fail (self, _("the range ends before it begins."));
  _hearth_regex_put_char (self, first);
  g_string_append_c (self->out, '-');
  _hearth_regex_put_char (self, last);
  return TRUE;
}

gboolean
_hearth_regex_put_class (HearthRegexTranslator *self)
{
  gboolean negated;

  self->next++;
  negated = _hearth_regex_skip (self, '^');
  if (_hearth_regex_skip (self, ']'))
    {
      g_string_append (self->out, negated ? "(?:.)" : "(?!)");
      return TRUE;
    }
  g_string_append (self->out, negated ? "[^" : "[");
  while (!_hearth_regex_skip (self, ']'))
    {
      if (self->next >= self->end)
        return _hearth_regex_fail (self, _("a closing ] is missing."));
      if (!put_class_item (self))
        return FALSE;
    }
  g_string_append_c (self->out, ']');
  return TRUE;
}
