/* hearth-expr-functions-list.c: functions on lists and objects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

/* Longer lists could not be looked at within the steps of one evaluation. */
#define MAX_RANGE 100000

HEARTH_EXPR_FUNCTION (first)
{
  HearthValue *list = _hearth_expr_call_list (call, 0);

  if (list == NULL)
    return NULL;
  return hearth_value_get_length (list) > 0 ? hearth_value_ref (hearth_value_at (list, 0)) : hearth_value_null ();
}

HEARTH_EXPR_FUNCTION (last)
{
  HearthValue *list = _hearth_expr_call_list (call, 0);
  gsize n = hearth_value_get_length (list);

  if (list == NULL)
    return NULL;
  return n > 0 ? hearth_value_ref (hearth_value_at (list, n - 1)) : hearth_value_null ();
}

HEARTH_EXPR_FUNCTION (keys)
{
  HearthValue *object = _hearth_expr_call_object (call, 0);
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  gsize n = hearth_value_get_length (object);

  if (object == NULL || !_hearth_expr_take_memory (call->evaluation, HEARTH_EXPR_ELEMENT_SIZE * (n + 1)) ||
      !_hearth_expr_take_elements (call->evaluation, n))
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      const char *key = hearth_value_key_at (object, i);
      HearthValue *text = _hearth_expr_new_text (call->evaluation, key, strlen (key));

      if (text == NULL)
        return NULL;
      hearth_builder_add (&builder, NULL, text);
    }
  return hearth_builder_end_array (&builder);
}

HEARTH_EXPR_FUNCTION (values)
{
  HearthValue *object = _hearth_expr_call_object (call, 0);
  g_autofree HearthValue **members = NULL;
  gsize n = hearth_value_get_length (object);

  if (object == NULL)
    return NULL;
  members = g_new (HearthValue *, n + 1);
  for (gsize i = 0; i < n; i++)
    members[i] = hearth_value_member_at (object, i);
  return _hearth_expr_new_list (call->evaluation, members, n);
}

HEARTH_EXPR_FUNCTION (reverse)
{
  HearthValue *list = _hearth_expr_call_list (call, 0);
  g_autofree HearthValue **elements = NULL;
  gsize n = hearth_value_get_length (list);

  if (list == NULL)
    return NULL;
  elements = g_new (HearthValue *, n + 1);
  for (gsize i = 0; i < n; i++)
    elements[i] = hearth_value_at (list, n - 1 - i);
  return _hearth_expr_new_list (call->evaluation, elements, n);
}

/* Charged as it grows: one list can stand in another many times. */
static gboolean
splice (HearthExprCall *call,
        GPtrArray      *out,
        HearthValue    *element)
{
  gsize n = hearth_value_is (element, ARRAY) ? hearth_value_get_length (element) : 1;

  if (!_hearth_expr_take_memory (call->evaluation, HEARTH_EXPR_ELEMENT_SIZE * n) ||
      !_hearth_expr_take_elements (call->evaluation, n + 1))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (out, hearth_value_is (element, ARRAY) ? hearth_value_at (element, i) : element);
  return TRUE;
}

HEARTH_EXPR_FUNCTION (flatten)
{
  HearthValue *list = _hearth_expr_call_list (call, 0);
  g_autoptr (GPtrArray) elements = g_ptr_array_new ();

  if (list == NULL || !_hearth_expr_take_memory (call->evaluation, HEARTH_EXPR_ELEMENT_SIZE))
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    if (!splice (call, elements, hearth_value_at (list, i)))
      return NULL;
  return hearth_value_array ((HearthValue **) elements->pdata, elements->len);
}

HEARTH_EXPR_FUNCTION (range)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  gint64 n;

  if (!_hearth_expr_call_integer (call, 0, &n))
    return NULL;
  if (n > MAX_RANGE)
    return _hearth_expr_fail (call->evaluation, HEARTH_EXPR_ERROR_LIMIT, _("A range has at most %d numbers."), MAX_RANGE);
  /* Every number but a small one is a piece of memory of its own. */
  n = MAX (n, 0);
  if (!_hearth_expr_take_memory (call->evaluation, HEARTH_EXPR_ELEMENT_SIZE * (2 * (gsize) n + 1)) ||
      !_hearth_expr_take_elements (call->evaluation, (gsize) n))
    return NULL;
  for (gint64 i = 0; i < n; i++)
    hearth_builder_add (&builder, NULL, hearth_value_integer (i));
  return hearth_builder_end_array (&builder);
}

/* --- unique --------------------------------------------------------------------------- */

static guint
hash_bytes (const char *bytes,
            gsize       length)
{
  guint hash = 5381;

  for (gsize i = 0; i < length; i++)
    hash = hash * 33 + (guchar) bytes[i];
  return hash;
}

/* Equal numbers of all kinds are one and the same double. */
static guint
hash_scalar (HearthValue *value)
{
  const char *text;
  gsize length;
  double number;

  if (hearth_value_is (value, STRING))
    {
      text = hearth_value_get_string (value, &length);
      return hash_bytes (text, length);
    }
  if (hearth_value_is_number (value))
    {
      number = hearth_value_get_double (value) + 0.0; /* no zero below zero */
      return hash_bytes ((const char *) &number, sizeof number);
    }
  return (guint) hearth_value_get_kind (value) * 7919 + (guint) hearth_value_get_length (value) +
         (hearth_value_is (value, BOOLEAN) && hearth_value_get_boolean (value));
}

/* Also of the children, one level deep; the order of members makes no difference. */
static guint
hash_value (HearthValue *value)
{
  guint hash = hash_scalar (value);

  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    if (hearth_value_is (value, ARRAY))
      hash = hash * 31 + hash_scalar (hearth_value_at (value, i));
    else
      hash += hash_scalar (hearth_value_member_at (value, i)) * 31 +
              hash_bytes (hearth_value_key_at (value, i), strlen (hearth_value_key_at (value, i)));
  return hash;
}

/* Puts @value among those with its hash if none of them is equal. */
static gboolean
add_if_new (HearthExprCall *call,
            GHashTable     *seen,
            HearthValue    *value,
            gboolean       *is_new)
{
  GPtrArray *alike;
  gpointer hash;

  *is_new = FALSE;
  if (!_hearth_expr_take_walk (call->evaluation, value))
    return FALSE;
  hash = GUINT_TO_POINTER (hash_value (value));
  alike = g_hash_table_lookup (seen, hash);
  if (alike == NULL)
    g_hash_table_insert (seen, hash, alike = g_ptr_array_new ());
  for (guint i = 0; i < alike->len; i++)
    {
      gboolean is_equal;

      if (!_hearth_expr_take_elements (call->evaluation, 1) ||
          !_hearth_expr_equal (call->evaluation, g_ptr_array_index (alike, i), value, &is_equal))
        return FALSE;
      if (is_equal)
        return TRUE;
    }
  *is_new = TRUE;
  g_ptr_array_add (alike, value);
  return TRUE;
}

HEARTH_EXPR_FUNCTION (unique)
{
  HearthValue *list = _hearth_expr_call_list (call, 0);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) elements = g_ptr_array_new ();

  if (list == NULL)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      HearthValue *element = hearth_value_at (list, i);
      gboolean is_new;

      if (!add_if_new (call, seen, element, &is_new))
        return NULL;
      if (is_new)
        g_ptr_array_add (elements, element);
    }
  return _hearth_expr_new_list (call->evaluation, (HearthValue **) elements->pdata, elements->len);
}
