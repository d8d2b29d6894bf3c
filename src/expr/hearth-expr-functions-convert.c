/* hearth-expr-functions-convert.c: functions from one kind of value to another, and about any kind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json.h"

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

/* What a piece of JSON text takes in memory once it is read, roughly */
#define PARSED_FACTOR 4
/* Characters of a text in a message */
#define MAX_SHOWN 40

/* --- to text ----------------------------------------------------------------------- */

HEARTH_EXPR_FUNCTION (json)
{
  g_autoptr (GString) out = NULL;

  if (!_hearth_expr_take_walk (call->evaluation, call->arguments[0]))
    return NULL;
  out = g_string_new (NULL);
  hearth_json_append (out, call->arguments[0]);
  return _hearth_expr_new_text (call->evaluation, out->str, out->len);
}

HearthValue *
_hearth_expr_to_text (HearthExprEvaluation *self,
                      HearthValue          *value)
{
  g_autoptr (GString) out = NULL;

  if (hearth_value_is (value, STRING))
    return hearth_value_ref (value);
  if (hearth_value_is (value, NULL))
    return hearth_value_string ("");
  if (!_hearth_expr_take_walk (self, value))
    return NULL;
  out = g_string_new (NULL);
  hearth_json_append (out, value);
  return _hearth_expr_new_text (self, out->str, out->len);
}

HEARTH_EXPR_FUNCTION (text)
{
  return _hearth_expr_to_text (call->evaluation, call->arguments[0]);
}

/* --- from text ------------------------------------------------------------------------ */

HEARTH_EXPR_FUNCTION (parse)
{
  HearthValue *text = _hearth_expr_call_text (call, 0);
  g_autoptr (GError) error = NULL;
  HearthValue *value;
  const char *json;
  gsize length;

  if (text == NULL)
    return NULL;
  json = hearth_value_get_string (text, &length);
  if (!_hearth_expr_take_memory (call->evaluation, length * PARSED_FACTOR) ||
      !_hearth_expr_take_bytes (call->evaluation, length * PARSED_FACTOR))
    return NULL;
  value = hearth_json_parse (json, (gssize) length, &error);
  if (value != NULL)
    return value;
  /* Translators: a sentence about the mistake in the JSON text follows. */
  return _hearth_expr_fail (call->evaluation, HEARTH_EXPR_ERROR_VALUE, _("The text is not JSON. %s"), error->message);
}

/* Numbers as people write them: spaces around, a plus sign, zeros in front or none are all right. */
static HearthValue *
read_number (const char *text,
             gsize       length)
{
  g_autofree char *copy = g_strndup (text, length);
  const char *at = g_strstrip (copy);
  g_autoptr (GString) number = g_string_new (*at == '-' ? "-" : "");
  gsize n_zeros;

  if (strlen (text) != length)
    return NULL;
  if (*at == '-' || *at == '+')
    at++;
  n_zeros = strspn (at, "0");
  at += n_zeros;
  if (!g_ascii_isdigit (*at))
    {
      if (n_zeros == 0 && !(at[0] == '.' && g_ascii_isdigit (at[1])))
        return NULL;
      g_string_append_c (number, '0');
    }
  g_string_append (number, at);
  if (strspn (number->str, "+-.0123456789eE") != number->len)
    return NULL;
  return hearth_json_parse (number->str, (gssize) number->len, NULL);
}

static HearthValue *
convert_text (HearthExprCall *call,
              HearthValue    *value)
{
  gsize length;
  const char *text = hearth_value_get_string (value, &length);
  HearthValue *number;

  if (!_hearth_expr_take_bytes (call->evaluation, length * PARSED_FACTOR))
    return NULL;
  number = read_number (text, length);
  if (number != NULL)
    return number;
  if (call->n_arguments == 2)
    return hearth_value_ref (call->arguments[1]);
  return _hearth_expr_fail (call->evaluation, HEARTH_EXPR_ERROR_VALUE,
                            _("This text is not a number: “%.*s”. number (text, 0) gives 0 then."),
                            (int) _hearth_expr_character_offset (text, length, MAX_SHOWN), text);
}

HEARTH_EXPR_FUNCTION (number)
{
  HearthValue *value = call->arguments[0];

  if (hearth_value_is_number (value))
    return hearth_value_ref (value);
  if (hearth_value_is (value, BOOLEAN))
    return hearth_value_integer (hearth_value_get_boolean (value) ? 1 : 0);
  if (hearth_value_is (value, STRING))
    return convert_text (call, value);
  if (call->n_arguments == 2)
    return hearth_value_ref (call->arguments[1]);
  return _hearth_expr_fail (call->evaluation, HEARTH_EXPR_ERROR_TYPE,
                            _("A number cannot be made of %s. number (value, 0) gives 0 then."),
                            _hearth_expr_describe (value));
}

/* --- about any value --------------------------------------------------------------------- */

HEARTH_EXPR_FUNCTION (type)
{
  switch (hearth_value_get_kind (call->arguments[0]))
    {
    case HEARTH_VALUE_NULL:
      return hearth_value_string ("null");
    case HEARTH_VALUE_BOOLEAN:
      return hearth_value_string ("boolean");
    case HEARTH_VALUE_STRING:
      return hearth_value_string ("text");
    case HEARTH_VALUE_ARRAY:
      return hearth_value_string ("list");
    case HEARTH_VALUE_OBJECT:
      return hearth_value_string ("object");
    default:
      return hearth_value_string ("number");
    }
}

HEARTH_EXPR_FUNCTION (is_empty)
{
  HearthValue *value = call->arguments[0];
  gsize length;

  switch (hearth_value_get_kind (value))
    {
    case HEARTH_VALUE_NULL:
      return hearth_value_boolean (TRUE);
    case HEARTH_VALUE_STRING:
      hearth_value_get_string (value, &length);
      return hearth_value_boolean (length == 0);
    case HEARTH_VALUE_ARRAY:
    case HEARTH_VALUE_OBJECT:
      return hearth_value_boolean (hearth_value_get_length (value) == 0);
    default:
      return hearth_value_boolean (FALSE);
    }
}

HEARTH_EXPR_FUNCTION (coalesce)
{
  for (guint i = 0; i < call->n_arguments; i++)
    if (!hearth_value_is (call->arguments[i], NULL))
      return hearth_value_ref (call->arguments[i]);
  return hearth_value_null ();
}
