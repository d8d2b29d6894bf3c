/* regex-pattern.c: ECMAScript regular expressions in the words of PCRE2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "regex-pattern.h"

#include "shapes.h"

#include <string.h>

#include "hearth-i18n.h"

#define LINE_ENDS "\\n\\r\\x{2028}\\x{2029}"
#define SPACES "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}"
/* All the others; a class cannot contain a negated class without changing what \w means. */
#define NON_SPACES "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}" \
                   "\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}"

/* What an atom of a class is when it is not one character. */
#define CLASS_SET ((gunichar) -1)

typedef struct
{
  const char      *begin;
  const char      *next;
  const char      *end;
  GString         *out;
  HearthRegexFlags flags;
  guint            n_groups;
  gboolean         has_names;
  GError         **error;
} Translator;

static const struct
{
  char             letter;
  HearthRegexFlags flag;
} flag_letters[] = {
  { 'd', HEARTH_REGEX_INDICES },   { 'g', HEARTH_REGEX_GLOBAL },  { 'i', HEARTH_REGEX_IGNORE_CASE },
  { 'm', HEARTH_REGEX_MULTILINE }, { 's', HEARTH_REGEX_DOT_ALL }, { 'u', HEARTH_REGEX_UNICODE },
  { 'y', HEARTH_REGEX_STICKY },
};

static HearthRegexFlags
find_flag (char letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (flag_letters); i++)
    if (flag_letters[i].letter == letter)
      return flag_letters[i].flag;
  return 0;
}

gboolean
hearth_regex_parse_flags (const char       *text,
                          HearthRegexFlags *flags,
                          GError          **error)
{
  g_return_val_if_fail (text != NULL && flags != NULL, FALSE);

  *flags = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      HearthRegexFlags flag = find_flag (*p);

      if (flag == 0 || (*flags & flag) != 0)
        {
          g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                       _("the flags “%s” are not valid; use g, i, m, s, u and y, each once."), text);
          return FALSE;
        }
      *flags |= flag;
    }
  return TRUE;
}

/* --- reading ------------------------------------------------------------------- */

static gboolean
fail (Translator *self,
      const char *reason)
{
  g_set_error (self->error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
               _("at character %ld of its pattern: %s"),
               g_utf8_pointer_to_offset (self->begin, MIN (self->next, self->end)) + 1, reason);
  return FALSE;
}

/* '\0' behind the end. */
static char
peek (const Translator *self,
      gsize             ahead)
{
  return (gsize) (self->end - self->next) > ahead ? self->next[ahead] : '\0';
}

static gboolean
skip (Translator *self,
      char        expected)
{
  if (self->next >= self->end || *self->next != expected)
    return FALSE;
  self->next++;
  return TRUE;
}

/* Exactly @n_digits hexadecimal digits at @ahead; -1 when they are not there. */
static int
peek_hex (const Translator *self,
          gsize             ahead,
          guint             n_digits)
{
  int value = 0;

  for (guint i = 0; i < n_digits; i++)
    {
      int digit = g_ascii_xdigit_value (peek (self, ahead + i));

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

static void
put_char (Translator *self,
          gunichar    c)
{
  if (c < 128 && g_ascii_isalnum ((char) c))
    g_string_append_c (self->out, (char) c);
  else
    g_string_append_printf (self->out, "\\x{%x}", c);
}

/* Groups are counted first: whether \2 is a back reference depends on what comes later. */
static void
count_groups (Translator *self)
{
  gboolean in_class = FALSE;

  for (const char *p = self->begin; p < self->end; p++)
    {
      gsize rest = self->end - p;

      if (*p == '\\')
        p++;
      else if (in_class)
        in_class = *p != ']';
      else if (*p == '[')
        in_class = TRUE;
      else if (*p == '(' && (rest < 2 || p[1] != '?'))
        self->n_groups++;
      else if (*p == '(' && rest > 3 && p[2] == '<' && p[3] != '=' && p[3] != '!')
        {
          self->n_groups++;
          self->has_names = TRUE;
        }
    }
}

/* --- escapes --------------------------------------------------------------------- */

/* After "\u": hhhh, a pair of halves, or {h…}. FALSE without an error: not such an escape. */
static gboolean
read_unicode (Translator *self,
              gunichar   *c)
{
  int value = peek_hex (self, 0, 4);

  if (value >= 0)
    {
      int low = peek (self, 4) == '\\' && peek (self, 5) == 'u' ? peek_hex (self, 6, 4) : -1;

      self->next += 4;
      *c = value;
      if (value >= 0xd800 && value < 0xdc00 && low >= 0xdc00 && low < 0xe000)
        {
          self->next += 6;
          *c = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
        }
      return TRUE;
    }
  if ((self->flags & HEARTH_REGEX_UNICODE) != 0 && peek (self, 0) == '{')
    {
      gsize n = 1;

      for (*c = 0; g_ascii_isxdigit (peek (self, n)) && *c <= 0x10ffff; n++)
        *c = *c * 16 + g_ascii_xdigit_value (peek (self, n));
      if (n == 1 || peek (self, n) != '}' || *c > 0x10ffff)
        return FALSE;
      self->next += n + 1;
      return TRUE;
    }
  return FALSE;
}

/* Up to three octal digits, at most 255. */
static gunichar
read_octal (Translator *self)
{
  gunichar value = 0;

  while (g_ascii_isdigit (peek (self, 0)) && peek (self, 0) < '8' && value * 8 + (peek (self, 0) - '0') < 256)
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

/* An escape that stands for one character; @self->next is behind the backslash. */
static gboolean
read_char_escape (Translator *self,
                  gunichar   *c)
{
  gboolean strict = (self->flags & HEARTH_REGEX_UNICODE) != 0;
  char letter = peek (self, 0);
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
  else if (letter == 'u' && (self->next++, read_unicode (self, c)))
    {
      if (*c >= 0xd800 && *c < 0xe000)
        return fail (self, _("half of a surrogate pair stands for no character; write the whole character."));
    }
  else if (letter == 'u')
    {
      if (strict)
        return fail (self, _("the escape is not valid."));
      *c = 'u';
    }
  else if (letter == 'c' && g_ascii_isalpha (peek (self, 1)))
    {
      *c = self->next[1] & 0x1f;
      self->next += 2;
    }
  else if (g_ascii_isdigit (letter) && letter < '8' && (!strict || (letter == '0' && !g_ascii_isdigit (peek (self, 1)))))
    *c = read_octal (self);
  else if (strict && g_ascii_isalnum (letter))
    return fail (self, _("the escape is not valid."));
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
put_property (Translator *self)
{
  const char *close = self->next[1] == '{' ? memchr (self->next, '}', self->end - self->next) : NULL;
  g_autofree char *name = NULL;
  const char *bare;

  if (close == NULL)
    return fail (self, _("the name of a property is missing; write it like \\p{Letter}."));
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

/* The sets \d \w \s \p, outside of a class or inside; FALSE without an error: not one of them. */
static gboolean
put_set_escape (Translator *self,
                gboolean    in_class,
                gboolean   *failed)
{
  char letter = peek (self, 0);

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

/* --- classes ------------------------------------------------------------------------ */

/* One atom of a class: a character in @c, or CLASS_SET when a set was written out. */
static gboolean
read_class_atom (Translator *self,
                 gunichar   *c)
{
  gboolean failed = FALSE;

  if (!skip (self, '\\'))
    {
      *c = g_utf8_get_char (self->next);
      self->next = g_utf8_next_char (self->next);
      return TRUE;
    }
  if (self->next >= self->end)
    return fail (self, _("it ends with a lone backslash."));
  if (skip (self, 'b'))
    {
      *c = '\b';
      return TRUE;
    }
  if (put_set_escape (self, TRUE, &failed))
    {
      *c = CLASS_SET;
      return TRUE;
    }
  if (!failed && peek (self, 0) == '-')
    {
      self->next++;
      *c = '-';
      return TRUE;
    }
  return !failed && read_char_escape (self, c);
}

static gboolean
put_class_item (Translator *self)
{
  gunichar first, last;

  if (!read_class_atom (self, &first))
    return FALSE;
  if (peek (self, 0) != '-' || peek (self, 1) == ']' || self->end - self->next < 2)
    {
      if (first != CLASS_SET)
        put_char (self, first);
      return TRUE;
    }
  self->next++;
  if (!read_class_atom (self, &last))
    return FALSE;
  if (first == CLASS_SET || last == CLASS_SET)
    {
      /* Not a range: the hyphen is one of the characters. */
      if (first != CLASS_SET)
        put_char (self, first);
      if (last != CLASS_SET)
        put_char (self, last);
      g_string_append (self->out, "\\x{2d}");
      return TRUE;
    }
  if (first > last)
    return fail (self, _("the range ends before it begins."));
  put_char (self, first);
  g_string_append_c (self->out, '-');
  put_char (self, last);
  return TRUE;
}

static gboolean
put_class (Translator *self)
{
  gboolean negated;

  self->next++;
  negated = skip (self, '^');
  if (skip (self, ']'))
    {
      g_string_append (self->out, negated ? "(?:.)" : "(?!)");
      return TRUE;
    }
  g_string_append (self->out, negated ? "[^" : "[");
  while (!skip (self, ']'))
    {
      if (self->next >= self->end)
        return fail (self, _("a closing ] is missing."));
      if (!put_class_item (self))
        return FALSE;
    }
  g_string_append_c (self->out, ']');
  return TRUE;
}

/* --- outside of classes ------------------------------------------------------------ */

static gboolean
put_back_reference (Translator *self,
                    gboolean   *done)
{
  guint64 number = 0;
  gsize n = 0;

  while (g_ascii_isdigit (peek (self, n)) && number <= self->n_groups)
    number = number * 10 + (peek (self, n++) - '0');
  *done = number >= 1 && number <= self->n_groups;
  if (!*done)
    return TRUE;
  g_string_append_printf (self->out, "\\g{%u}", (guint) number);
  self->next += n;
  return TRUE;
}

static gboolean
put_name_reference (Translator *self)
{
  const char *close = peek (self, 1) == '<' ? memchr (self->next, '>', self->end - self->next) : NULL;

  if (close == NULL)
    return fail (self, _("the name of a group is missing; write it like \\k<name>."));
  g_string_append_c (self->out, '\\');
  g_string_append_len (self->out, self->next, close + 1 - self->next);
  self->next = close + 1;
  return TRUE;
}

static gboolean
put_escape (Translator *self)
{
  gboolean failed = FALSE, done = FALSE;
  char letter;
  gunichar c;

  self->next++;
  if (self->next >= self->end)
    return fail (self, _("it ends with a lone backslash."));
  letter = *self->next;
  if (letter == 'b' || letter == 'B')
    {
      g_string_append_printf (self->out, "\\%c", letter);
      self->next++;
      return TRUE;
    }
  if (put_set_escape (self, FALSE, &failed))
    return TRUE;
  if (failed)
    return FALSE;
  if (letter == 'k' && (self->has_names || (self->flags & HEARTH_REGEX_UNICODE) != 0))
    return put_name_reference (self);
  if (letter >= '1' && letter <= '9')
    put_back_reference (self, &done);
  if (done)
    return TRUE;
  if (!read_char_escape (self, &c))
    return FALSE;
  put_char (self, c);
  return TRUE;
}

static gboolean
put_group (Translator *self)
{
  gsize length = 1;

  if (peek (self, 1) == '*')
    return fail (self, _("there is nothing to repeat."));
  if (peek (self, 1) == '?')
    {
      char kind = peek (self, 2);

      if (kind == ':' || kind == '=' || kind == '!')
        length = 3;
      else if (kind == '<' && (peek (self, 3) == '=' || peek (self, 3) == '!'))
        length = 4;
      else if (kind == '<' && peek (self, 3) != '\0')
        length = 3; /* the name follows as it is */
      else
        return fail (self, _("this kind of group does not exist."));
    }
  g_string_append_len (self->out, self->next, length);
  self->next += length;
  return TRUE;
}

/* Length of "{2}", "{2,}" or "{2,3}", 0 when the brace stands for itself. */
static gsize
peek_braces (const Translator *self)
{
  gsize n = 1;

  while (g_ascii_isdigit (peek (self, n)))
    n++;
  if (n == 1)
    return 0;
  if (peek (self, n) == ',')
    for (n++; g_ascii_isdigit (peek (self, n));)
      n++;
  return peek (self, n) == '}' ? n + 1 : 0;
}

static gboolean
put_quantifier (Translator *self,
                gsize       length)
{
  g_string_append_len (self->out, self->next, length);
  self->next += length;
  if (skip (self, '?'))
    g_string_append_c (self->out, '?');
  if (peek (self, 0) == '+') /* possessive in PCRE2 */
    return fail (self, _("there is nothing to repeat."));
  return TRUE;
}

static gboolean
put_brace (Translator *self)
{
  gsize length = peek_braces (self);

  if (length > 0)
    return put_quantifier (self, length);
  if ((self->flags & HEARTH_REGEX_UNICODE) != 0)
    return fail (self, _("a lone { must be written \\{."));
  g_string_append (self->out, "\\{");
  self->next++;
  return TRUE;
}

static gboolean
put_words (Translator *self,
           const char *words)
{
  g_string_append (self->out, words);
  self->next++;
  return TRUE;
}

static gboolean
put_term (Translator *self)
{
  gboolean by_line = (self->flags & HEARTH_REGEX_MULTILINE) != 0;

  switch (*self->next)
    {
    case '\\':
      return put_escape (self);
    case '[':
      return put_class (self);
    case '(':
      return put_group (self);
    case '{':
      return put_brace (self);
    case '*':
    case '+':
    case '?':
      return put_quantifier (self, 1);
    case '.':
      return put_words (self, (self->flags & HEARTH_REGEX_DOT_ALL) != 0 ? "." : "[^" LINE_ENDS "]");
    case '^':
      return put_words (self, by_line ? "(?<![^" LINE_ENDS "])" : "^");
    case '$':
      return put_words (self, by_line ? "(?![^" LINE_ENDS "])" : "$");
    default:
      g_string_append_c (self->out, *self->next++);
      return TRUE;
    }
}

GString *
hearth_regex_translate (const char      *pattern,
                        gsize            length,
                        HearthRegexFlags flags,
                        GError         **error)
{
  Translator self = { pattern, pattern, pattern + length, NULL, flags, 0, FALSE, error };

  g_return_val_if_fail (pattern != NULL, NULL);

  self.out = g_string_new (NULL);
  count_groups (&self);
  while (self.next < self.end)
    if (!put_term (&self))
      {
        g_string_free (self.out, TRUE);
        return NULL;
      }
  return self.out;
}
