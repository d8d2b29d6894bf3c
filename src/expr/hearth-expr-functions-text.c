/* hearth-expr-functions-text.c: functions on text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

/* GLib's functions for whole texts end at the first NUL, and some follow the user's language. */

/* --- characters ------------------------------------------------------------------------ */

gsize
_hearth_expr_count_characters (const char *text,
                               gsize       length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += (text[i] & 0xc0) != 0x80;
  return n;
}

gsize
_hearth_expr_character_offset (const char *text,
                               gsize       length,
                               gsize       n)
{
  const char *at = text;

  for (; n > 0 && at < text + length; n--)
    at = g_utf8_next_char (at);
  return (gsize) (at - text);
}

static HearthValue *
convert (HearthExprCall *call,
         gunichar (*function) (gunichar))
{
  HearthValue *value = _hearth_expr_call_text (call, 0);
  g_autoptr (GString) out = NULL;
  const char *text;
  gsize length;

  if (value == NULL)
    return NULL;
  text = hearth_value_get_string (value, &length);
  if (!_hearth_expr_take_bytes (call->evaluation, length))
    return NULL;
  out = g_string_sized_new (length);
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    g_string_append_unichar (out, function (g_utf8_get_char (at)));
  return _hearth_expr_new_text (call->evaluation, out->str, out->len);
}

HEARTH_EXPR_FUNCTION (lower)
{
  return convert (call, g_unichar_tolower);
}

HEARTH_EXPR_FUNCTION (upper)
{
  return convert (call, g_unichar_toupper);
}

HEARTH_EXPR_FUNCTION (trim)
{
  HearthValue *value = _hearth_expr_call_text (call, 0);
  const char *start, *end;
  gsize length;

  if (value == NULL)
    return NULL;
  start = hearth_value_get_string (value, &length);
  end = start + length;
  while (start < end && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (start < end && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  if (!_hearth_expr_take_bytes (call->evaluation, length))
    return NULL;
  return _hearth_expr_new_text (call->evaluation, start, (gsize) (end - start));
}

/* --- parts -------------------------------------------------------------------------------- */

static gboolean
has_part_at (HearthExprCall *call,
             gboolean        is_end,
             gboolean       *result)
{
  HearthValue *text = _hearth_expr_call_text (call, 0);
  HearthValue *part = text != NULL ? _hearth_expr_call_text (call, 1) : NULL;
  const char *in, *wanted;
  gsize n_in, n_wanted;

  if (part == NULL)
    return FALSE;
  in = hearth_value_get_string (text, &n_in);
  wanted = hearth_value_get_string (part, &n_wanted);
  *result = n_wanted <= n_in && memcmp (is_end ? in + n_in - n_wanted : in, wanted, n_wanted) == 0;
  return _hearth_expr_take_bytes (call->evaluation, n_wanted);
}

HEARTH_EXPR_FUNCTION (starts_with)
{
  gboolean result;

  return has_part_at (call, FALSE, &result) ? hearth_value_boolean (result) : NULL;
}

HEARTH_EXPR_FUNCTION (ends_with)
{
  gboolean result;

  return has_part_at (call, TRUE, &result) ? hearth_value_boolean (result) : NULL;
}

/* --- taking apart and putting together ------------------------------------------------------------ */

static gboolean
add_piece (HearthExprCall *call,
           HearthBuilder  *pieces,
           const char     *text,
           gsize           length)
{
  HearthValue *piece = _hearth_expr_take_memory (call->evaluation, HEARTH_EXPR_ELEMENT_SIZE)
                           ? _hearth_expr_new_text (call->evaluation, text, length)
                           : NULL;

  if (piece != NULL)
    hearth_builder_add (pieces, NULL, piece);
  return piece != NULL && _hearth_expr_take_elements (call->evaluation, 1);
}

static HearthValue *
split_characters (HearthExprCall *call,
                  const char     *text,
                  gsize           length)
{
  g_auto (HearthBuilder) pieces = HEARTH_BUILDER_INIT;

  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    if (!add_piece (call, &pieces, at, (gsize) (g_utf8_next_char (at) - at)))
      return NULL;
  return hearth_builder_end_array (&pieces);
}

HEARTH_EXPR_FUNCTION (split)
{
  HearthValue *value = _hearth_expr_call_text (call, 0);
  HearthValue *separator = value != NULL ? _hearth_expr_call_text (call, 1) : NULL;
  g_auto (HearthBuilder) pieces = HEARTH_BUILDER_INIT;
  const char *text, *wanted, *found;
  gsize length, n_wanted;

  if (separator == NULL)
    return NULL;
  text = hearth_value_get_string (value, &length);
  wanted = hearth_value_get_string (separator, &n_wanted);
  if (n_wanted == 0)
    return split_characters (call, text, length);
  while ((found = _hearth_expr_find_bytes (text, length, wanted, n_wanted)) != NULL)
    {
      if (!add_piece (call, &pieces, text, (gsize) (found - text)) ||
          !_hearth_expr_take_bytes (call->evaluation, n_wanted))
        return NULL;
      length -= (gsize) (found - text) + n_wanted;
      text = found + n_wanted;
    }
  return add_piece (call, &pieces, text, length) ? hearth_builder_end_array (&pieces) : NULL;
}

HEARTH_EXPR_FUNCTION (join)
{
  HearthValue *list = _hearth_expr_call_list (call, 0);
  HearthValue *separator = call->n_arguments == 2 ? _hearth_expr_call_text (call, 1) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  const char *between = "";
  gsize n_between = 0;

  if (list == NULL || (call->n_arguments == 2 && separator == NULL) ||
      !_hearth_expr_take_memory (call->evaluation, HEARTH_EXPR_TEXT_SIZE))
    return NULL;
  if (separator != NULL)
    between = hearth_value_get_string (separator, &n_between);
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      g_autoptr (HearthValue) piece = _hearth_expr_to_text (call->evaluation, hearth_value_at (list, i));
      const char *text;
      gsize length;

      if (piece == NULL || !_hearth_expr_take_elements (call->evaluation, 1))
        return NULL;
      text = hearth_value_get_string (piece, &length);
      if ((i > 0 && !_hearth_expr_append (call->evaluation, out, between, n_between)) ||
          !_hearth_expr_append (call->evaluation, out, text, length))
        return NULL;
    }
  return hearth_value_string_len (out->str, out->len);
}

/* Appends @text with every @from in it changed to @to. */
static gboolean
append_replaced (HearthExprCall *call,
                 GString        *out)
{
  gsize length, n_from, n_to;
  const char *text = hearth_value_get_string (call->arguments[0], &length);
  const char *from = hearth_value_get_string (call->arguments[1], &n_from);
  const char *to = hearth_value_get_string (call->arguments[2], &n_to);
  const char *found;

  while ((found = _hearth_expr_find_bytes (text, length, from, n_from)) != NULL)
    {
      if (!_hearth_expr_append (call->evaluation, out, text, (gsize) (found - text)) ||
          !_hearth_expr_append (call->evaluation, out, to, n_to) ||
          !_hearth_expr_take_bytes (call->evaluation, n_from) || !_hearth_expr_take_elements (call->evaluation, 1))
        return FALSE;
      length -= (gsize) (found - text) + n_from;
      text = found + n_from;
    }
  return _hearth_expr_append (call->evaluation, out, text, length);
}

HEARTH_EXPR_FUNCTION (replace)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gsize n_from;

  for (guint i = 0; i < 3; i++)
    if (_hearth_expr_call_text (call, i) == NULL)
      return NULL;
  hearth_value_get_string (call->arguments[1], &n_from);
  if (n_from == 0)
    return _hearth_expr_fail (call->evaluation, HEARTH_EXPR_ERROR_VALUE,
                              _("An empty text cannot be replaced, it is everywhere."));
  if (!_hearth_expr_take_memory (call->evaluation, HEARTH_EXPR_TEXT_SIZE) || !append_replaced (call, out))
    return NULL;
  return hearth_value_string_len (out->str, out->len);
}
