/* hearth-expr-path.c: variables, members of objects and elements of lists
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

/* So many variables are looked through for a suggestion. */
#define MAX_SUGGESTED_FROM 1000

/* --- variables -------------------------------------------------------------------- */

static HearthValue *
fail_name (HearthExprEvaluation *self,
           const char           *name)
{
  static const char *const words[] = { "true", "false", "null", "and", "not", "or" };
  const char *best = NULL;

  for (gsize i = 0; i < MIN (hearth_value_get_length (self->variables), MAX_SUGGESTED_FROM); i++)
    _hearth_expr_consider (name, hearth_value_key_at (self->variables, i), &best);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    _hearth_expr_consider (name, words[i], &best);
  if (best == NULL && _hearth_expr_find_function (name) != NULL)
    return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_NAME,
                              _("“%s” is a function, so its arguments must follow in brackets."), name);
  if (best == NULL)
    return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_NAME,
                              _("There is no variable “%s”. Text must stand in quotation marks."), name);
  return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_NAME, _("There is no variable “%s”. Did you mean “%s”?"), name,
                            best);
}

HearthValue *
_hearth_expr_get_variable (HearthExprEvaluation *self,
                           HearthValue          *name)
{
  const char *text = hearth_value_get_string (name, NULL);
  HearthValue *value = hearth_value_get (self->variables, text);

  return value != NULL ? hearth_value_ref (value) : fail_name (self, text);
}

/* --- members and elements ----------------------------------------------------------- */

gboolean
_hearth_expr_get_integer (HearthValue *value,
                          gint64      *number)
{
  double real;

  if (!hearth_value_is_number (value))
    return FALSE;
  *number = hearth_value_get_integer (value);
  if (hearth_value_is (value, INTEGER))
    return TRUE;
  real = hearth_value_get_double (value);
  return real == trunc (real) && fabs (real) < 0x1p63;
}

HearthValue *
_hearth_expr_get_member (HearthExprEvaluation *self,
                         HearthValue          *object,
                         HearthValue          *key)
{
  gsize length;
  const char *name = hearth_value_get_string (key, &length);
  HearthValue *member = NULL;

  if (hearth_value_is (object, NULL))
    return object;
  if (!hearth_value_is (object, OBJECT))
    return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE,
                              _("Only an object has members, but “%s” is looked up in %s here."), name,
                              _hearth_expr_describe (object));
  /* Names are compared up to their first NUL. */
  if (strlen (name) == length)
    member = hearth_value_get (object, name);
  return member != NULL ? member : hearth_value_null ();
}

static HearthValue *
get_element (HearthExprEvaluation *self,
             HearthValue          *list,
             HearthValue          *index)
{
  gint64 n = (gint64) hearth_value_get_length (list);
  gint64 i;

  if (!_hearth_expr_get_integer (index, &i))
    return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE,
                              _("The elements of a list are counted with whole numbers: [0] is the first, [-1] the "
                                "last."));
  if (i < 0)
    i += n;
  return i >= 0 && i < n ? hearth_value_at (list, (gsize) i) : hearth_value_null ();
}

HearthValue *
_hearth_expr_get_index (HearthExprEvaluation *self,
                        HearthValue          *container,
                        HearthValue          *index)
{
  switch (hearth_value_get_kind (container))
    {
    case HEARTH_VALUE_NULL:
      return container;
    case HEARTH_VALUE_ARRAY:
      return get_element (self, container, index);
    case HEARTH_VALUE_OBJECT:
      if (hearth_value_is (index, STRING))
        return _hearth_expr_get_member (self, container, index);
      return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE,
                                _("A member of an object is looked up by its name, but here is %s."),
                                _hearth_expr_describe (index));
    case HEARTH_VALUE_STRING:
      return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE,
                                _("A text has no elements. slice (text, from, to) takes characters out of it."));
    default:
      return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE,
                                _("Only a list has elements and only an object has members, but here is %s."),
                                _hearth_expr_describe (container));
    }
}

/* --- get (value, "path.to[0]") ---------------------------------------------------- */

/* Up to @end; a number counts an element of a list, everything else names a member. */
static HearthValue *
make_key (const char *start,
          const char *end,
          gboolean    is_list)
{
  g_autofree char *name = g_strndup (start, (gsize) (end - start));
  char *rest;
  gint64 number = g_ascii_strtoll (name, &rest, 10);

  if (is_list && (g_ascii_isdigit (*name) || *name == '-') && *rest == '\0' && rest - name <= 18)
    return hearth_value_integer (number);
  return hearth_value_string (name);
}

static HearthValue *
fail_path (HearthExprEvaluation *self,
           const char           *path)
{
  return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_VALUE,
                            _("“%s” is not a path. A path is written like user.name, items[0].name or "
                              "[\"odd name\"].first."),
                            path);
}

/* The key behind @at, which then stands behind it; NULL if there is none. */
static HearthValue *
read_key (const char **at,
          const char  *path,
          gboolean     is_list)
{
  const char *start = *at;
  const char *end;

  if (*start == '[' && (start[1] == '"' || start[1] == '\''))
    {
      end = strchr (start + 2, start[1]);
      if (end == NULL || end[1] != ']')
        return NULL;
      *at = end + 2;
      return make_key (start + 2, end, FALSE);
    }
  if (*start == '[')
    {
      end = strchr (++start, ']');
      *at = end != NULL ? end + 1 : NULL;
    }
  else
    {
      if (start > path && *start++ != '.')
        return NULL;
      end = start + strcspn (start, ".[");
      *at = end;
    }
  return end == NULL || end == start ? NULL : make_key (start, end, is_list);
}

static HearthValue *
follow (HearthExprCall *call,
        const char     *path)
{
  HearthValue *value = call->arguments[0];
  const char *at = path;

  while (*at != '\0' && value != NULL)
    {
      g_autoptr (HearthValue) key = read_key (&at, path, hearth_value_is (value, ARRAY));

      if (key == NULL)
        return fail_path (call->evaluation, path);
      /* Unlike in an expression, everything that does not fit is just not there. */
      if (hearth_value_is (value, OBJECT) ? hearth_value_is (key, STRING)
                                          : hearth_value_is (value, ARRAY) && hearth_value_is (key, INTEGER))
        value = _hearth_expr_get_index (call->evaluation, value, key);
      else
        value = hearth_value_null ();
    }
  return value;
}

HEARTH_EXPR_FUNCTION (get)
{
  HearthValue *path = _hearth_expr_call_text (call, 1);
  HearthValue *found;
  const char *text;
  gsize length;

  if (path == NULL)
    return NULL;
  text = hearth_value_get_string (path, &length);
  /* Each key is charged as one byte at least. */
  if (!_hearth_expr_take_bytes (call->evaluation, length * 16))
    return NULL;
  found = strlen (text) == length ? follow (call, text) : fail_path (call->evaluation, text);
  if (found != NULL && hearth_value_is (found, NULL) && call->n_arguments == 3)
    found = call->arguments[2];
  return found != NULL ? hearth_value_ref (found) : NULL;
}
