/* hearth-expr-functions-text.c: functions on text, and those that treat a text like a list
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

HEARTH_EXPR_FUNCTION (contains)
{
  gboolean result;

  if (!_hearth_expr_contains (call->evaluation, call->arguments[0], call->arguments[1], &result))
    return NULL;
  return hearth_value_boolean (result);
}

static HearthValue *
index_of_text (HearthExprCall *call)
{
  HearthValue *part = _hearth_expr_call_text (call, 1);
  gssize place;
  const char *text;
  gsize length;

  if (part == NULL)
    return NULL;
  text = hearth_value_get_string (call->arguments[0], &length);
  if (!_hearth_expr_take_bytes (call->evaluation, length))
    return NULL;
  place = _hearth_expr_find_text (call->arguments[0], part);
  return hearth_value_integer (place < 0 ? -1 : (gint64) _hearth_expr_count_characters (text, (gsize) place));
}

HEARTH_EXPR_FUNCTION (index_of)
{
  HearthValue *list;
  gssize place;

  if (hearth_value_is (call->arguments[0], STRING))
    return index_of_text (call);
  list = _hearth_expr_call_list (call, 0);
  if (list == NULL || !_hearth_expr_find (call->evaluation, list, call->arguments[1], &place))
    return NULL;
  return hearth_value_integer (place);
}

HEARTH_EXPR_FUNCTION (length)
{
  HearthValue *value = call->arguments[0];
  const char *text;
  gsize length;

  if (hearth_value_is (value, ARRAY) || hearth_value_is (value, OBJECT))
    return hearth_value_integer ((gint64) hearth_value_get_length (value));
  if (!hearth_value_is (value, STRING))
    return _hearth_expr_fail (call->evaluation, HEARTH_EXPR_ERROR_TYPE,
                              _("Only a text, a list or an object has a length, but here is %s."),
                              _hearth_expr_describe (value));
  text = hearth_value_get_string (value, &length);
  if (!_hearth_expr_take_bytes (call->evaluation, length))
    return NULL;
  return hearth_value_integer ((gint64) _hearth_expr_count_characters (text, length));
}

/* --- slices ---------------------------------------------------------------------------------- */

/* Argument @i as a place among @n, also one counted from the end. */
static gboolean
read_place (HearthExprCall *call,
            guint           i,
            gsize           n,
            gsize          *place)
{
  gint64 number;

  if (i >= call->n_arguments || hearth_value_is (call->arguments[i], NULL))
    return TRUE;
  if (!_hearth_expr_call_integer (call, i, &number))
    return FALSE;
  if (number < 0)
    number = MAX (number, -(gint64) n) + (gint64) n;
  *place = MIN ((gsize) number, n);
  return TRUE;
}

static HearthValue *
slice_text (HearthExprCall *call)
{
  gsize length;
  const char *text = hearth_value_get_string (call->arguments[0], &length);
  gsize n = _hearth_expr_count_characters (text, length);
  gsize from = 0;
  gsize to = n;
  gsize start, end;

  if (!_hearth_expr_take_bytes (call->evaluation, length * 2) || !read_place (call, 1, n, &from) ||
      !read_place (call, 2, n, &to))
    return NULL;
  start = _hearth_expr_character_offset (text, length, from);
  end = start + _hearth_expr_character_offset (text + start, length - start, to > from ? to - from : 0);
  return _hearth_expr_new_text (call->evaluation, text + start, end - start);
}

HEARTH_EXPR_FUNCTION (slice)
{
  HearthValue *list;
  g_autofree HearthValue **elements = NULL;
  gsize n, from, to;

  if (hearth_value_is (call->arguments[0], STRING))
    return slice_text (call);
  list = _hearth_expr_call_list (call, 0);
  n = to = hearth_value_get_length (list);
  from = 0;
  if (list == NULL || !read_place (call, 1, n, &from) || !read_place (call, 2, n, &to))
    return NULL;
  to = MAX (from, to);
  elements = g_new (HearthValue *, to - from + 1);
  for (gsize i = from; i < to; i++)
    elements[i - from] = hearth_value_at (list, i);
  return _hearth_expr_new_list (call->evaluation, elements, to - from);
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
  while ((found = memmem (text, length, wanted, n_wanted)) != NULL)
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

  while ((found = memmem (text, length, from, n_from)) != NULL)
    {
      if (!_hearth_expr_append (call->evaluation, out, text, (gsize) (found - text)) ||
          !_hearth_expr_append (call->evaluation, out, to, n_to) || !_hearth_expr_take_bytes (call->evaluation, n_from))
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
