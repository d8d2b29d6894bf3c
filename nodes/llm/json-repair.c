/* json-repair.c: JSON as models write it, made JSON
 *
 * A reader that is not easily put off writes strict JSON of what it understands; the real parser has the last word.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "json-repair.h"

#include "json-repair-private.h"

#include <string.h>

#include "hearth-i18n.h"

static gboolean repair_value (HearthJsonRepair *self);

/* --- objects and lists ---------------------------------------------------------------------------------- */

static gboolean
repair_key (HearthJsonRepair *self)
{
  gunichar end = _hearth_json_repair_find_end (g_utf8_get_char (self->at));
  g_autofree char *word = NULL;

  if (end != 0)
    {
      _hearth_json_repair_text (self, end);
      return TRUE;
    }
  word = _hearth_json_repair_take_word (self);
  if (*word == '\0')
    return FALSE;
  hearth_json_append_string (self->out, word, -1);
  return TRUE;
}

/* Key, colon and value; a key without a value is null. */
static gboolean
repair_member (HearthJsonRepair *self)
{
  if (!repair_key (self))
    return FALSE;
  g_string_append_c (self->out, ':');
  _hearth_json_repair_skip_blanks (self);
  if (*self->at == ':' || *self->at == '=')
    self->at++;
  _hearth_json_repair_skip_blanks (self);
  if (!repair_value (self))
    g_string_append (self->out, "null");
  return TRUE;
}

/* Up to @close, or to where nothing fits any more, or to the end of a text that was cut. */
static void
repair_members (HearthJsonRepair *self,
                char              close)
{
  gboolean first = TRUE;

  self->at++;
  for (;;)
    {
      gsize before = self->out->len;

      _hearth_json_repair_skip_blanks (self);
      while (*self->at == ',' || *self->at == ';')
        {
          self->at++;
          _hearth_json_repair_skip_blanks (self);
        }
      if (*self->at == close)
        {
          self->at++;
          return;
        }
      if (*self->at == '\0')
        return;
      if (!first)
        g_string_append_c (self->out, ',');
      if (!(close == '}' ? repair_member (self) : repair_value (self)))
        {
          g_string_truncate (self->out, before);
          return;
        }
      first = FALSE;
    }
}

static gboolean
repair_value (HearthJsonRepair *self)
{
  char open = *self->at;
  gunichar end = _hearth_json_repair_find_end (g_utf8_get_char (self->at));

  if (end != 0)
    {
      _hearth_json_repair_text (self, end);
      return TRUE;
    }
  if (open != '{' && open != '[')
    return _hearth_json_repair_word (self);
  if (++self->depth > HEARTH_JSON_MAX_DEPTH)
    return FALSE;
  g_string_append_c (self->out, open);
  repair_members (self, open == '{' ? '}' : ']');
  g_string_append_c (self->out, open == '{' ? '}' : ']');
  self->depth--;
  return TRUE;
}

/* --- where it is ------------------------------------------------------------------------------------------ */

/* Behind the fence, when there is one with something like JSON in it. */
static const char *
find_fenced (const char *text)
{
  const char *fence = text;

  while ((fence = strstr (fence, "```")) != NULL)
    {
      const char *line = strchr (fence, '\n');
      const char *in = line != NULL ? line : fence + 3;

      while (g_ascii_isspace (*in))
        in++;
      if (*in == '{' || *in == '[')
        return in;
      fence += 3;
    }
  return NULL;
}

static const char *
find_beginning (const char *text)
{
  const char *fenced = find_fenced (text);
  const char *bracket = strpbrk (text, "{[");

  if (fenced != NULL)
    return fenced;
  return bracket != NULL ? bracket : text;
}

/* A bare text or number is one only when nothing else is there. */
static HearthValue *
repair_at (const char *text,
           GError    **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  HearthJsonRepair self = { text, out, 0 };
  gboolean is_whole;

  _hearth_json_repair_skip_blanks (&self);
  is_whole = *self.at == '{' || *self.at == '[';
  if (!repair_value (&self))
    g_string_truncate (out, 0);
  _hearth_json_repair_skip_blanks (&self);
  if (!is_whole && *self.at != '\0')
    g_string_truncate (out, 0);
  if (out->len > 0)
    return hearth_json_parse (out->str, out->len, error);
  g_set_error_literal (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_SYNTAX, _("Line 1, column 1: There is no JSON in the text."));
  return NULL;
}

/* "As source [1] says: {…}" */
static gboolean
is_footnote (HearthValue *value)
{
  return hearth_value_is (value, ARRAY)
         && (hearth_value_get_length (value) == 0
             || (hearth_value_get_length (value) == 1 && hearth_value_is_number (hearth_value_at (value, 0))));
}

HearthValue *
hearth_json_repair (const char *text,
                    GError    **error)
{
  HearthValue *value;
  const char *at;

  g_return_val_if_fail (text != NULL, NULL);

  value = hearth_json_parse (text, -1, NULL);
  if (value != NULL)
    return value;
  at = find_beginning (text);
  value = repair_at (at, error);
  while (is_footnote (value) && (at = strchr (at + 1, '{')) != NULL)
    {
      HearthValue *other = repair_at (at, NULL);

      if (other == NULL)
        continue;
      hearth_value_unref (value);
      value = other;
    }
  return value;
}
