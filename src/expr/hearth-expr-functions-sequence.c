/* hearth-expr-functions-sequence.c: functions for which a text is a list of characters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

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
