/* json-repair-words.c: blanks, texts, words and numbers of JSON as models write it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "json-repair-private.h"

#include "hearth-json.h"

#include <string.h>

#define CURLY_OPEN 0x201c
#define CURLY_CLOSE 0x201d
#define CURLY_SINGLE_OPEN 0x2018
#define CURLY_SINGLE_CLOSE 0x2019

/* --- between values ------------------------------------------------------------------------------ */

static void
skip_comment (HearthJsonRepair *self)
{
  const char *end = self->at[1] == '*' ? strstr (self->at + 2, "*/") : strchr (self->at, '\n');

  if (end == NULL)
    self->at += strlen (self->at);
  else
    self->at = end + (self->at[1] == '*' ? 2 : 1);
}

void
_hearth_json_repair_skip_blanks (HearthJsonRepair *self)
{
  for (;;)
    {
      gunichar c = g_utf8_get_char (self->at);

      if (c == '/' && (self->at[1] == '/' || self->at[1] == '*'))
        skip_comment (self);
      else if (c != 0 && (g_unichar_isspace (c) || c == 0xfeff))
        self->at = g_utf8_next_char (self->at);
      else
        return;
    }
}

/* --- texts ----------------------------------------------------------------------------------------- */

gunichar
_hearth_json_repair_find_end (gunichar quote)
{
  switch (quote)
    {
    case '"':
    case '\'':
    case '`':
      return quote;
    case CURLY_OPEN:
    case CURLY_CLOSE:
      return CURLY_CLOSE;
    case CURLY_SINGLE_OPEN:
    case CURLY_SINGLE_CLOSE:
      return CURLY_SINGLE_CLOSE;
    default:
      return 0;
    }
}

static gboolean
is_unicode_escape (const char *digits)
{
  for (guint i = 0; i < 4; i++)
    if (!g_ascii_isxdigit (digits[i]))
      return FALSE;
  return TRUE;
}

/* At a backslash. One that escapes nothing is meant as itself. */
static void
repair_escape (HearthJsonRepair *self,
               GString          *text)
{
  char letter = self->at[1];

  if (letter == '\0')
    {
      self->at++;
      return;
    }
  if (letter == 'u' ? is_unicode_escape (self->at + 2) : strchr ("\"\\/bfnrt", letter) != NULL)
    {
      gsize length = letter == 'u' ? 6 : 2;

      g_string_append_len (text, self->at, length);
      self->at += length;
      return;
    }
  if (letter == '\n' || letter == '\'' || letter == '`') /* a continued line, a quote of another language */
    self->at++;
  else
    {
      g_string_append (text, "\\\\");
      self->at++;
    }
}

static void
append_character (GString *text,
                  gunichar c)
{
  if (c == '"')
    g_string_append (text, "\\\"");
  else if (c == '\n')
    g_string_append (text, "\\n");
  else if (c == '\r')
    g_string_append (text, "\\r");
  else if (c == '\t')
    g_string_append (text, "\\t");
  else if (c < 0x20)
    g_string_append_printf (text, "\\u%04x", c);
  else
    g_string_append_unichar (text, c);
}

/* A quote inside of a text that nobody escaped: what follows on its line is not what follows a text. */
static gboolean
is_inner_quote (const char *behind)
{
  while (*behind == ' ' || *behind == '\t')
    behind++;
  return *behind != '\0' && strchr (",:;=}]/\r\n", *behind) == NULL && _hearth_json_repair_find_end (g_utf8_get_char (behind)) == 0;
}

void
_hearth_json_repair_text (HearthJsonRepair *self,
                          gunichar          end)
{
  self->at = g_utf8_next_char (self->at);
  g_string_append_c (self->out, '"');
  while (*self->at != '\0')
    {
      gunichar c = g_utf8_get_char (self->at);

      if (c == '\\')
        {
          repair_escape (self, self->out);
          continue;
        }
      self->at = g_utf8_next_char (self->at);
      if (c == end && !is_inner_quote (self->at))
        break;
      append_character (self->out, c);
    }
  g_string_append_c (self->out, '"');
}

/* --- words and numbers -------------------------------------------------------------------------------- */

static gboolean
is_of_word (gunichar c)
{
  return g_unichar_isalnum (c) || c == '_' || c == '-' || c == '+' || c == '.' || c == '$';
}

char *
_hearth_json_repair_take_word (HearthJsonRepair *self)
{
  const char *begin = self->at;

  while (*self->at != '\0' && is_of_word (g_utf8_get_char (self->at)))
    self->at = g_utf8_next_char (self->at);
  return g_strndup (begin, self->at - begin);
}

static gboolean
is_json_word (const char *word)
{
  g_autoptr(HearthValue) value = hearth_json_parse (word, -1, NULL);

  return value != NULL;
}

/* As a value; other words are texts. */
static void
append_word (GString    *out,
             const char *word)
{
  static const struct
  {
    const char *word;
    const char *json;
  } words[] = {
    { "True", "true" }, { "False", "false" }, { "None", "null" }, { "undefined", "null" }, { "NaN", "null" },
    { "TRUE", "true" }, { "FALSE", "false" }, { "NULL", "null" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      word = words[i].json;
  if (*word == '+')
    word++;
  if (is_json_word (word))
    g_string_append (out, word);
  else
    hearth_json_append_string (out, word, -1);
}

gboolean
_hearth_json_repair_word (HearthJsonRepair *self)
{
  g_autofree char *word = _hearth_json_repair_take_word (self);

  if (*word == '\0')
    return FALSE;
  append_word (self->out, word);
  return TRUE;
}
