/* regex-pattern.c: ECMAScript regular expressions in the words of PCRE2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "regex-pattern-private.h"

#include "shapes.h"

#include <string.h>

#include "hearth-i18n.h"

#define LINE_ENDS "\\n\\r\\x{2028}\\x{2029}"

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
        return hearth_shape_fail (error, N_("the flags “%s” are not valid; use g, i, m, s, u and y, each once."), text);
      *flags |= flag;
    }
  return TRUE;
}

/* --- reading and writing ------------------------------------------------------- */

gboolean
_hearth_regex_fail (HearthRegexTranslator *self,
                    const char            *reason)
{
  g_set_error (self->error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
               _("at character %ld of its pattern: %s"),
               g_utf8_pointer_to_offset (self->begin, MIN (self->next, self->end)) + 1, reason);
  return FALSE;
}

char
_hearth_regex_peek (const HearthRegexTranslator *self,
                    gsize                        ahead)
{
  return (gsize) (self->end - self->next) > ahead ? self->next[ahead] : '\0';
}

gboolean
_hearth_regex_skip (HearthRegexTranslator *self,
                    char                   expected)
{
  if (self->next >= self->end || *self->next != expected)
    return FALSE;
  self->next++;
  return TRUE;
}

void
_hearth_regex_put_char (HearthRegexTranslator *self,
                        gunichar               c)
{
  if (c < 128 && g_ascii_isalnum ((char) c))
    g_string_append_c (self->out, (char) c);
  else
    g_string_append_printf (self->out, "\\x{%x}", c);
}

/* Groups are counted first: whether \2 is a back reference depends on what comes later. */
static void
count_groups (HearthRegexTranslator *self)
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

/* --- terms ---------------------------------------------------------------------- */

/* FALSE: no such group, the digits are an old way to write a character. */
static gboolean
put_back_reference (HearthRegexTranslator *self)
{
  guint64 number = 0;
  gsize n = 0;

  while (g_ascii_isdigit (_hearth_regex_peek (self, n)) && number <= self->n_groups)
    number = number * 10 + (_hearth_regex_peek (self, n++) - '0');
  if (number < 1 || number > self->n_groups)
    return FALSE;
  g_string_append_printf (self->out, "\\g{%u}", (guint) number);
  self->next += n;
  return TRUE;
}

static gboolean
put_name_reference (HearthRegexTranslator *self)
{
  const char *close = _hearth_regex_peek (self, 1) == '<' ? memchr (self->next, '>', self->end - self->next) : NULL;

  if (close == NULL)
    return _hearth_regex_fail (self, _("the name of a group is missing; write it like \\k<name>."));
  g_string_append_c (self->out, '\\');
  g_string_append_len (self->out, self->next, close + 1 - self->next);
  self->next = close + 1;
  return TRUE;
}

static gboolean
put_escape (HearthRegexTranslator *self)
{
  gboolean failed = FALSE;
  char letter;
  gunichar c;

  self->next++;
  if (self->next >= self->end)
    return _hearth_regex_fail (self, _("it ends with a lone backslash."));
  letter = *self->next;
  if (letter == 'b' || letter == 'B')
    {
      g_string_append_printf (self->out, "\\%c", letter);
      self->next++;
      return TRUE;
    }
  if (_hearth_regex_put_set_escape (self, FALSE, &failed))
    return TRUE;
  if (failed)
    return FALSE;
  if (letter == 'k' && (self->has_names || (self->flags & HEARTH_REGEX_UNICODE) != 0))
    return put_name_reference (self);
  if (letter >= '1' && letter <= '9' && put_back_reference (self))
    return TRUE;
  if (!_hearth_regex_read_char_escape (self, &c))
    return FALSE;
  _hearth_regex_put_char (self, c);
  return TRUE;
}

static gboolean
put_group (HearthRegexTranslator *self)
{
  gsize length = 1;

  if (_hearth_regex_peek (self, 1) == '*')
    return _hearth_regex_fail (self, _("there is nothing to repeat."));
  if (_hearth_regex_peek (self, 1) == '?')
    {
      char kind = _hearth_regex_peek (self, 2);

      if (kind == ':' || kind == '=' || kind == '!')
        length = 3;
      else if (kind == '<' && (_hearth_regex_peek (self, 3) == '=' || _hearth_regex_peek (self, 3) == '!'))
        length = 4;
      else if (kind == '<' && _hearth_regex_peek (self, 3) != '\0')
        length = 3; /* the name follows as it is */
      else
        return _hearth_regex_fail (self, _("this kind of group does not exist."));
    }
  g_string_append_len (self->out, self->next, length);
  self->next += length;
  return TRUE;
}

/* Length of "{2}", "{2,}" or "{2,3}", 0 when the brace stands for itself. */
static gsize
peek_braces (const HearthRegexTranslator *self)
{
  gsize n = 1;

  while (g_ascii_isdigit (_hearth_regex_peek (self, n)))
    n++;
  if (n == 1)
    return 0;
  if (_hearth_regex_peek (self, n) == ',')
    for (n++; g_ascii_isdigit (_hearth_regex_peek (self, n));)
      n++;
  return _hearth_regex_peek (self, n) == '}' ? n + 1 : 0;
}

static gboolean
put_quantifier (HearthRegexTranslator *self,
                gsize                  length)
{
  g_string_append_len (self->out, self->next, length);
  self->next += length;
  if (_hearth_regex_skip (self, '?'))
    g_string_append_c (self->out, '?');
  if (_hearth_regex_peek (self, 0) == '+') /* possessive in PCRE2 */
    return _hearth_regex_fail (self, _("there is nothing to repeat."));
  return TRUE;
}

static gboolean
put_brace (HearthRegexTranslator *self)
{
  gsize length = peek_braces (self);

  if (length > 0)
    return put_quantifier (self, length);
  if ((self->flags & HEARTH_REGEX_UNICODE) != 0)
    return _hearth_regex_fail (self, _("a lone { must be written \\{."));
  g_string_append (self->out, "\\{");
  self->next++;
  return TRUE;
}

static gboolean
put_words (HearthRegexTranslator *self,
           const char            *words)
{
  g_string_append (self->out, words);
  self->next++;
  return TRUE;
}

static gboolean
put_term (HearthRegexTranslator *self)
{
  gboolean by_line = (self->flags & HEARTH_REGEX_MULTILINE) != 0;

  switch (*self->next)
    {
    case '\\':
      return put_escape (self);
    case '[':
      return _hearth_regex_put_class (self);
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
  HearthRegexTranslator self = { pattern, pattern, pattern + length, NULL, flags, 0, FALSE, error };

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
