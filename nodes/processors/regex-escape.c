/* regex-escape.c: what a backslash means in ECMAScript
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "regex-pattern-private.h"

#include <string.h>

#include "hearth-i18n.h"

#define SPACES "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}"
/* All the others; a class cannot contain a negated class without changing what \w means. */
#define NON_SPACES "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}" \
                   "\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}"

/* Exactly @n_digits hexadecimal digits at @ahead; -1 when they are not there. */
static int
peek_hex (const HearthRegexTranslator *self,
          gsize                        ahead,
          guint                        n_digits)
{
  int value = 0;

  for (guint i = 0; i < n_digits; i++)
    {
      int digit = g_ascii_xdigit_value (_hearth_regex_peek (self, ahead + i));

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* After "\u": hhhh, a pair of halves, or {h…}. FALSE without an error: not such an escape. */
static gboolean
read_unicode (HearthRegexTranslator *self,
              gunichar              *c)
{
  int value = peek_hex (self, 0, 4);

  if (value >= 0)
    {
      int low = _hearth_regex_peek (self, 4) == '\\' && _hearth_regex_peek (self, 5) == 'u' ? peek_hex (self, 6, 4) : -1;

      self->next += 4;
      *c = value;
      if (value >= 0xd800 && value < 0xdc00 && low >= 0xdc00 && low < 0xe000)
        {
          self->next += 6;
          *c = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
        }
      return TRUE;
    }
  if ((self->flags & HEARTH_REGEX_UNICODE) != 0 && _hearth_regex_peek (self, 0) == '{')
    {
      gsize n = 1;

      for (*c = 0; g_ascii_isxdigit (_hearth_regex_peek (self, n)) && *c <= 0x10ffff; n++)
        *c = *c * 16 + g_ascii_xdigit_value (_hearth_regex_peek (self, n));
      if (n == 1 || _hearth_regex_peek (self, n) != '}' || *c > 0x10ffff)
        return FALSE;
      self->next += n + 1;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_unicode_or_u (HearthRegexTranslator *self,
                   gunichar              *c)
{
  if (read_unicode (self, c))
    {
      if (*c >= 0xd800 && *c < 0xe000)
        return _hearth_regex_fail (self, _("half of a surrogate pair stands for no character; "
                                           "write the whole character."));
      return TRUE;
    }
  if ((self->flags & HEARTH_REGEX_UNICODE) != 0)
    return _hearth_regex_fail (self, _("the escape is not valid."));
  *c = 'u';
  return TRUE;
}

/* Up to three octal digits, at most 255. */
static gunichar
read_octal (HearthRegexTranslator *self)
{
  gunichar value = 0;

  while (g_ascii_isdigit (_hearth_regex_peek (self, 0)) && _hearth_regex_peek (self, 0) < '8' && value * 8 + (_hearth_regex_peek (self, 0) - '0') < 256)
    value = value * 8 + (*self->next++ - '0');
  return value;
}

static int
control_letter (char letter)
{
  switch (letter)
    {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'f':
      return '\f';
    case 'v':
      return '\v';
    default:
      return -1;
    }
}

gboolean
_hearth_regex_read_char_escape (HearthRegexTranslator *self,
                                gunichar              *c)
{
  gboolean strict = (self->flags & HEARTH_REGEX_UNICODE) != 0;
  char letter = _hearth_regex_peek (self, 0);
  gboolean next_is_digit = g_ascii_isdigit (_hearth_regex_peek (self, 1));
  int hex = peek_hex (self, 1, 2);

  if (control_letter (letter) >= 0)
    {
      self->next++;
      *c = control_letter (letter);
    }
  else if (letter == 'x' && hex >= 0)
    {
      self->next += 3;
      *c = hex;
    }
  else if (letter == 'u')
    {
      self->next++;
      return read_unicode_or_u (self, c);
    }
  else if (letter == 'c' && g_ascii_isalpha (_hearth_regex_peek (self, 1)))
    {
      *c = self->next[1] & 0x1f;
      self->next += 2;
    }
  else if (letter >= '0' && letter < '8' && (!strict || (letter == '0' && !next_is_digit)))
    *c = read_octal (self);
  else if (strict && g_ascii_isalnum (letter))
    return _hearth_regex_fail (self, _("the escape is not valid."));
  else if (letter == 'c')
    *c = '\\'; /* the letter follows as itself */
  else
    {
      *c = g_utf8_get_char (self->next);
      self->next = g_utf8_next_char (self->next);
    }
  return TRUE;
}

static const char *const long_categories[] = {
  "Letter", "L", "Cased_Letter", "L&", "Uppercase_Letter", "Lu", "Lowercase_Letter", "Ll", "Titlecase_Letter", "Lt",
  "Modifier_Letter", "Lm", "Other_Letter", "Lo", "Mark", "M", "Combining_Mark", "M", "Nonspacing_Mark", "Mn",
  "Spacing_Mark", "Mc", "Enclosing_Mark", "Me", "Number", "N", "Decimal_Number", "Nd", "digit", "Nd",
  "Letter_Number", "Nl", "Other_Number", "No", "Punctuation", "P", "punct", "P", "Connector_Punctuation", "Pc",
  "Dash_Punctuation", "Pd", "Open_Punctuation", "Ps", "Close_Punctuation", "Pe", "Initial_Punctuation", "Pi",
  "Final_Punctuation", "Pf", "Other_Punctuation", "Po", "Symbol", "S", "Math_Symbol", "Sm", "Currency_Symbol", "Sc",
  "Modifier_Symbol", "Sk", "Other_Symbol", "So", "Separator", "Z", "Space_Separator", "Zs", "Line_Separator", "Zl",
  "Paragraph_Separator", "Zp", "Other", "C", "Control", "Cc", "cntrl", "Cc", "Format", "Cf", "Surrogate", "Cs",
  "Private_Use", "Co", "Unassigned", "Cn", NULL,
};

/* "\p{…}" with @self->next at the p. */
static gboolean
put_property (HearthRegexTranslator *self)
{
  const char *close = self->next[1] == '{' ? memchr (self->next, '}', self->end - self->next) : NULL;
  g_autofree char *name = NULL;
  const char *bare;

  if (close == NULL)
    return _hearth_regex_fail (self, _("the name of a property is missing; write it like \\p{Letter}."));
  name = g_strndup (self->next + 2, close - self->next - 2);
  bare = name;
  if (g_str_has_prefix (name, "General_Category="))
    bare = name + strlen ("General_Category=");
  else if (g_str_has_prefix (name, "gc="))
    bare = name + strlen ("gc=");
  for (guint i = 0; long_categories[i] != NULL; i += 2)
    if (g_str_equal (bare, long_categories[i]))
      bare = long_categories[i + 1];
  g_string_append_printf (self->out, "\\%c{%s}", *self->next, bare);
  self->next = close + 1;
  return TRUE;
}

gboolean
_hearth_regex_put_set_escape (HearthRegexTranslator *self,
                              gboolean               in_class,
                              gboolean              *failed)
{
  char letter = _hearth_regex_peek (self, 0);

  switch (letter)
    {
    case 'd':
    case 'D':
    case 'w':
    case 'W':
      g_string_append_printf (self->out, "\\%c", letter);
      break;
    case 's':
      g_string_append (self->out, in_class ? SPACES : "[" SPACES "]");
      break;
    case 'S':
      g_string_append (self->out, in_class ? NON_SPACES : "[^" SPACES "]");
      break;
    case 'p':
    case 'P':
      if ((self->flags & HEARTH_REGEX_UNICODE) == 0)
        return FALSE;
      *failed = !put_property (self);
      return !*failed;
    default:
      return FALSE;
    }
  self->next++;
  return TRUE;
}
