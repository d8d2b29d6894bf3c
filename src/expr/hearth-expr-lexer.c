/* hearth-expr-lexer.c: from text to tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-expr-private.h"
#include "hearth-i18n.h"

typedef struct
{
  const char *text;
  const char *at;
  GArray *tokens;
  GError **error;
} Lexer;

static const struct
{
  const char *text;
  HearthExprTokenKind kind;
} words[] = {
  { "and", TOKEN_AND }, { "false", TOKEN_FALSE }, { "in", TOKEN_IN },     { "not", TOKEN_NOT },
  { "null", TOKEN_NULL }, { "or", TOKEN_OR },     { "true", TOKEN_TRUE },
};

/* Longer signs before those they begin with */
static const struct
{
  const char *text;
  HearthExprTokenKind kind;
} signs[] = {
  { "==", TOKEN_EQUAL },      { "=>", TOKEN_ARROW },        { "!=", TOKEN_UNEQUAL },    { "<=", TOKEN_LESS_EQUAL },
  { ">=", TOKEN_GREATER_EQUAL }, { "&&", TOKEN_AND },       { "||", TOKEN_OR },         { "??", TOKEN_COALESCE },
  { "<", TOKEN_LESS },        { ">", TOKEN_GREATER },       { "!", TOKEN_BANG },        { "+", TOKEN_PLUS },
  { "-", TOKEN_MINUS },       { "*", TOKEN_STAR },          { "/", TOKEN_SLASH },       { "%", TOKEN_PERCENT },
  { "?", TOKEN_QUESTION },    { ":", TOKEN_COLON },         { ",", TOKEN_COMMA },       { ".", TOKEN_DOT },
  { "(", TOKEN_OPEN },        { ")", TOKEN_CLOSE },         { "[", TOKEN_OPEN_LIST },   { "]", TOKEN_CLOSE_LIST },
  { "{", TOKEN_OPEN_OBJECT }, { "}", TOKEN_CLOSE_OBJECT },
};

static gboolean
fail (Lexer      *self,
      const char *at,
      const char *sentence)
{
  _hearth_expr_fail_at (self->text, (gsize) (at - self->text), HEARTH_EXPR_ERROR_SYNTAX, sentence, self->error);
  return FALSE;
}

/* Takes @value. */
static void
add (Lexer              *self,
     HearthExprTokenKind kind,
     const char         *start,
     HearthValue        *value)
{
  HearthExprToken token = { kind, (guint) (start - self->text), (guint) (self->at - start), value };

  g_array_append_val (self->tokens, token);
}

/* --- numbers and names --------------------------------------------------------------- */

static gboolean
is_name_start (const char *at)
{
  return g_ascii_isalpha (*at) || *at == '_' || ((*at & 0x80) && g_unichar_isalpha (g_utf8_get_char (at)));
}

static gboolean
is_name_part (const char *at)
{
  gunichar character;

  if (!(*at & 0x80))
    return g_ascii_isalnum (*at) || *at == '_';
  character = g_utf8_get_char (at);
  return g_unichar_isalnum (character) || g_unichar_ismark (character);
}

static void
read_name (Lexer *self)
{
  const char *start = self->at;
  HearthExprTokenKind kind = TOKEN_NAME;
  gsize length;

  while (is_name_part (self->at))
    self->at = g_utf8_next_char (self->at);
  length = (gsize) (self->at - start);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i].text) == length && memcmp (words[i].text, start, length) == 0)
      kind = words[i].kind;
  add (self, kind, start, NULL);
}

static gboolean
skip_digits (Lexer *self)
{
  const char *start = self->at;

  while (g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > start;
}

static gboolean
read_number (Lexer *self)
{
  const char *start = self->at;

  if (*start == '0' && g_ascii_isdigit (start[1]))
    return fail (self, start, _("A number must not start with a zero that more digits follow."));
  skip_digits (self);
  if (*self->at == '.')
    {
      self->at++;
      if (!skip_digits (self))
        return fail (self, self->at, _("A digit is expected behind the decimal point."));
    }
  if (*self->at == 'e' || *self->at == 'E')
    {
      self->at++;
      if (*self->at == '+' || *self->at == '-')
        self->at++;
      if (!skip_digits (self))
        return fail (self, self->at, _("A digit is expected in the exponent of this number."));
    }
  if (is_name_part (self->at))
    return fail (self, start, _("A number and a name run together here. A name starts with a letter; between a "
                                "number and a name belongs an operator, such as *."));
  add (self, TOKEN_NUMBER, start, NULL);
  return TRUE;
}

/* --- text --------------------------------------------------------------------------- */

static gboolean
read_hex (const char *at,
          gunichar   *number)
{
  *number = 0;
  for (guint i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return FALSE;
      *number = *number * 16 + (gunichar) g_ascii_xdigit_value (at[i]);
    }
  return TRUE;
}

/* Behind "\u"; two escapes make one character outside the first plane, as in JSON. */
static gboolean
read_unicode_escape (Lexer   *self,
                     GString *out)
{
  const char *escape = self->at - 2;
  gunichar character, low;

  if (!read_hex (self->at, &character))
    return fail (self, escape, _("Four hexadecimal digits are expected behind \\u, as in \\u00e9."));
  self->at += 4;
  if (character >= 0xd800 && character <= 0xdbff && self->at[0] == '\\' && self->at[1] == 'u' &&
      read_hex (self->at + 2, &low) && low >= 0xdc00 && low <= 0xdfff)
    {
      character = 0x10000 + ((character - 0xd800) << 10) + (low - 0xdc00);
      self->at += 6;
    }
  if (character >= 0xd800 && character <= 0xdfff)
    return fail (self, escape, _("This escape is only half of a character; it needs a second one beside it."));
  g_string_append_unichar (out, character);
  return TRUE;
}

static gboolean
read_escape (Lexer   *self,
             GString *out)
{
  static const char letters[] = "nrtbf\\/'\"";
  static const char meanings[] = "\n\r\t\b\f\\/'\"";
  const char *letter;

  self->at += 2;
  if (self->at[-1] == 'u')
    return read_unicode_escape (self, out);
  letter = self->at[-1] != '\0' ? strchr (letters, self->at[-1]) : NULL;
  if (letter == NULL)
    return fail (self, self->at - 2, _("There is no such escape. Behind a backslash stands one of n r t b f u, a "
                                       "quotation mark or a second backslash."));
  g_string_append_c (out, meanings[letter - letters]);
  return TRUE;
}

static gboolean
read_text (Lexer *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *start = self->at++;

  while (*self->at != *start)
    {
      const char *piece = self->at;

      if (*self->at == '\0')
        return fail (self, start, _("This text has no closing quotation mark."));
      if (*self->at == '\\')
        {
          if (!read_escape (self, out))
            return FALSE;
          continue;
        }
      self->at = g_utf8_next_char (self->at);
      g_string_append_len (out, piece, self->at - piece);
    }
  self->at++;
  add (self, TOKEN_TEXT, start, hearth_value_string_len (out->str, out->len));
  return TRUE;
}

/* --- signs ---------------------------------------------------------------------------- */

static gboolean
fail_sign (Lexer *self)
{
  g_autofree char *sentence = NULL;

  switch (g_utf8_get_char (self->at))
    {
    case '=':
      return fail (self, self->at, _("A single = means nothing here. Write == to compare."));
    case '&':
      return fail (self, self->at, _("A single & means nothing here. Write and, or &&."));
    case '|':
      return fail (self, self->at, _("A single | means nothing here. Write or, or ||."));
    case 0x2018:
    case 0x2019:
    case 0x201c:
    case 0x201d:
      return fail (self, self->at, _("Text must stand in straight quotation marks, ' or \"."));
    default:
      sentence = g_strdup_printf (_("The sign “%.*s” means nothing here."),
                                  (int) (g_utf8_next_char (self->at) - self->at), self->at);
      return fail (self, self->at, sentence);
    }
}

static gboolean
read_sign (Lexer *self)
{
  if (g_str_has_prefix (self->at, "===") || g_str_has_prefix (self->at, "!=="))
    return fail (self, self->at, _("There are no signs of three characters. Write == or !=."));
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (self->at, signs[i].text))
      {
        const char *start = self->at;

        self->at += strlen (signs[i].text);
        add (self, signs[i].kind, start, NULL);
        return TRUE;
      }
  return fail_sign (self);
}

static gboolean
read_token (Lexer *self)
{
  if (g_ascii_isdigit (*self->at))
    return read_number (self);
  if (*self->at == '\'' || *self->at == '"')
    return read_text (self);
  if (!is_name_start (self->at))
    return read_sign (self);
  read_name (self);
  return TRUE;
}

/* --- all of it -------------------------------------------------------------------------- */

static void
token_clear_cb (gpointer data)
{
  HearthExprToken *token = data;

  g_clear_pointer (&token->value, hearth_value_unref);
}

static void
skip_space (Lexer *self)
{
  while (*self->at != '\0' && g_unichar_isspace (g_utf8_get_char (self->at)))
    self->at = g_utf8_next_char (self->at);
}

GArray *
_hearth_expr_read_tokens (const char *text,
                          GError    **error)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (HearthExprToken));
  Lexer lexer = { text, text, tokens, error };
  const char *invalid;

  g_array_set_clear_func (tokens, token_clear_cb);
  if (!g_utf8_validate (text, -1, &invalid))
    {
      fail (&lexer, invalid, _("These bytes are not UTF-8."));
      return NULL;
    }
  for (skip_space (&lexer); *lexer.at != '\0'; skip_space (&lexer))
    if (!read_token (&lexer))
      return NULL;
  add (&lexer, TOKEN_END, lexer.at, NULL);
  return g_steal_pointer (&tokens);
}
