/* hearth-json-error.c: saying what is wrong with a JSON text, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json-parser-private.h"
#include "hearth-utf8-private.h"
#include "hearth-i18n.h"

G_DEFINE_QUARK (hearth-json-error-quark, hearth_json_error)

gpointer
_hearth_json_fail (HearthJsonParser *self,
                   HearthJsonError   code,
                   const char       *at,
                   const char       *sentence)
{
  gsize line = 1;
  gsize column = 1;

  for (const char *walk = self->start; walk < at; walk++)
    {
      if (*walk == '\n')
        line++, column = 1;
      else if (!_hearth_is_utf8_tail ((guchar) *walk))
        column++;
    }
  /* Translators: the last part is a sentence that says what is wrong there. */
  g_set_error (self->error, HEARTH_JSON_ERROR, code, _("Line %zu, column %zu: %s"), line, column, sentence);
  return NULL;
}

/* Mistakes that people and other programs make often get a word of their own. */
static const char *
describe_habit (const HearthJsonParser *self)
{
  gsize left = (gsize) (self->end - self->at);

  switch (*self->at)
    {
    case '/':
    case '#':
      return _("JSON has no comments. Remove it.");
    case '\'':
      return _("Text must stand in double quotes, not in single ones.");
    case '\0':
      return _("There is a NUL byte here. The file is damaged or is not a text file.");
    case '\xef':
      if (left >= 3 && memcmp (self->at, "\xef\xbb\xbf", 3) == 0)
        return _("The text starts with a byte order mark. Save it as UTF-8 without one.");
      return NULL;
    default:
      return NULL;
    }
}

static gboolean
follows_comma (const HearthJsonParser *self)
{
  const char *walk = self->at;

  while (walk > self->start && g_ascii_isspace (walk[-1]))
    walk--;
  return walk > self->start && walk[-1] == ',';
}

static const char *
describe_value (const HearthJsonParser *self)
{
  switch (*self->at)
    {
    case ']':
    case '}':
      if (follows_comma (self))
        return _("There must be no comma before a closing bracket. Remove the comma.");
      return _("A value is missing here.");
    case 'N':
    case 'I':
      return _("JSON has no NaN and no Infinity. Write null or a number.");
    case '+':
    case '.':
      return _("A number must start with a digit or a minus sign.");
    case 'T':
    case 'F':
    case 't':
    case 'f':
    case 'n':
      return _("The only words in JSON are true, false and null, in small letters. Text needs double quotes.");
    default:
      return _("A value is expected here: text in double quotes, a number, true, false, null, [ or {.");
    }
}

static const char *
describe_mismatch (const HearthJsonParser *self,
                   HearthJsonExpected      expected)
{
  switch (expected)
    {
    case HEARTH_JSON_EXPECT_VALUE:
      return describe_value (self);
    case HEARTH_JSON_EXPECT_DIGIT:
      if (self->at > self->start && g_ascii_isdigit (*self->at) && self->at[-1] == '0')
        return _("A number must not start with a zero that more digits follow.");
      return _("A digit is missing in this number.");
    case HEARTH_JSON_EXPECT_KEY:
      if (*self->at == '}' && follows_comma (self))
        return _("There must be no comma before a closing bracket. Remove the comma.");
      return _("The name of a member in double quotes is expected here.");
    case HEARTH_JSON_EXPECT_COLON:
      return _("A colon is expected here, between the name of the member and its value.");
    case HEARTH_JSON_EXPECT_ARRAY_END:
      return _("A comma or ] is expected here.");
    case HEARTH_JSON_EXPECT_OBJECT_END:
      return _("A comma or } is expected here.");
    case HEARTH_JSON_EXPECT_END:
      return _("The value has ended, but more text follows. Remove what follows.");
    default:
      g_assert_not_reached ();
    }
}

gpointer
_hearth_json_mismatch (HearthJsonParser  *self,
                       HearthJsonExpected expected)
{
  const char *sentence;

  if (self->at == self->end && expected == HEARTH_JSON_EXPECT_VALUE && self->n_stack == 0 && self->depth == 0)
    return _hearth_json_fail (self, HEARTH_JSON_ERROR_SYNTAX, self->at, _("There is no JSON here, the text is empty."));
  if (self->at == self->end)
    return _hearth_json_fail (self, HEARTH_JSON_ERROR_SYNTAX, self->at,
                              _("The text ends in the middle. It seems to be cut off."));
  if (_hearth_utf8_length (self->at, self->end) == 0)
    return _hearth_json_fail (self, HEARTH_JSON_ERROR_ENCODING, self->at,
                              _("These bytes are not UTF-8. Save the text as UTF-8."));
  sentence = describe_habit (self);
  return _hearth_json_fail (self, HEARTH_JSON_ERROR_SYNTAX, self->at,
                            sentence != NULL ? sentence : describe_mismatch (self, expected));
}
