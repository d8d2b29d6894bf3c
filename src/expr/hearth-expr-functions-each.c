/* hearth-expr-functions-each.c: functions that look at each element of a list through name => expression
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-expr-evaluation-private.h"

static void
value_unref_cb (gpointer value)
{
  hearth_value_unref (value);
}

/* What becomes of each element; NULL on error. */
static GPtrArray *
apply_to_each (HearthExprCall *call,
               HearthValue    *list)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (value_unref_cb);
  gsize n = hearth_value_get_length (list);

  if (!_hearth_expr_take_elements (call->evaluation, n))
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      HearthValue *result = _hearth_expr_call_apply (call, hearth_value_at (list, i));

      if (result == NULL)
        return NULL;
      g_ptr_array_add (results, result);
    }
  return g_steal_pointer (&results);
}

HEARTH_EXPR_FUNCTION (map)
{
  HearthValue *list = _hearth_expr_call_list (call, 0);
  g_autoptr (GPtrArray) results = list != NULL ? apply_to_each (call, list) : NULL;

  if (results == NULL)
    return NULL;
  return _hearth_expr_new_list (call->evaluation, (HearthValue **) results->pdata, results->len);
}

/* Calls the condition for one element after the other, until one for which it is @until. */
static gboolean
search (HearthExprCall *call,
        gboolean        until,
        gboolean       *is_found)
{
  HearthValue *list = _hearth_expr_call_list (call, 0);

  *is_found = FALSE;
  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list) && !*is_found; i++)
    {
      g_autoptr (HearthValue) result = _hearth_expr_call_apply (call, hearth_value_at (list, i));

      if (result == NULL || !_hearth_expr_take_elements (call->evaluation, 1))
        return FALSE;
      *is_found = hearth_value_is_truthy (result) == until;
    }
  return list != NULL;
}

HEARTH_EXPR_FUNCTION (any)
{
  gboolean is_found;

  return search (call, TRUE, &is_found) ? hearth_value_boolean (is_found) : NULL;
}

HEARTH_EXPR_FUNCTION (all)
{
  gboolean is_found;

  return search (call, FALSE, &is_found) ? hearth_value_boolean (!is_found) : NULL;
}

/* The elements that pass, borrowed; NULL on error. */
static GPtrArray *
select_elements (HearthExprCall *call)
{
  HearthValue *list = _hearth_expr_call_list (call, 0);
  g_autoptr (GPtrArray) passed = g_ptr_array_new ();

  if (list == NULL || !_hearth_expr_take_elements (call->evaluation, hearth_value_get_length (list)))
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      g_autoptr (HearthValue) result = _hearth_expr_call_apply (call, hearth_value_at (list, i));

      if (result == NULL)
        return NULL;
      if (hearth_value_is_truthy (result))
        g_ptr_array_add (passed, hearth_value_at (list, i));
    }
  return g_steal_pointer (&passed);
}

HEARTH_EXPR_FUNCTION (filter)
{
  g_autoptr (GPtrArray) passed = select_elements (call);

  if (passed == NULL)
    return NULL;
  return _hearth_expr_new_list (call->evaluation, (HearthValue **) passed->pdata, passed->len);
}

HEARTH_EXPR_FUNCTION (count)
{
  g_autoptr (GPtrArray) passed = select_elements (call);

  return passed != NULL ? hearth_value_integer (passed->len) : NULL;
}

/* --- sorting ---------------------------------------------------------------------- */

typedef struct
{
  HearthValue *value;
  HearthValue *key;
  gsize place;
} Entry;

/* After a mistake the order no longer matters, only an end. */
static int
compare_entry_cb (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  const Entry *entry_a = a;
  const Entry *entry_b = b;
  HearthExprEvaluation *evaluation = data;
  int order = 0;

  if (evaluation->error == NULL && _hearth_expr_take_elements (evaluation, 1))
    _hearth_expr_order (evaluation, entry_a->key, entry_b->key, &order);
  return order != 0 ? order : (entry_a->place > entry_b->place) - (entry_a->place < entry_b->place);
}

HEARTH_EXPR_FUNCTION (sort)
{
  HearthValue *list = _hearth_expr_call_list (call, 0);
  g_autoptr (GPtrArray) keys = list != NULL ? apply_to_each (call, list) : NULL;
  g_autofree Entry *entries = NULL;
  g_autofree HearthValue **sorted = NULL;

  if (keys == NULL)
    return NULL;
  entries = g_new (Entry, keys->len + 1);
  for (guint i = 0; i < keys->len; i++)
    entries[i] = (Entry) { hearth_value_at (list, i), g_ptr_array_index (keys, i), i };
  g_qsort_with_data (entries, (int) keys->len, sizeof (Entry), compare_entry_cb, call->evaluation);
  if (call->evaluation->error != NULL)
    return NULL;
  sorted = g_new (HearthValue *, keys->len + 1);
  for (guint i = 0; i < keys->len; i++)
    sorted[i] = entries[i].value;
  return _hearth_expr_new_list (call->evaluation, sorted, keys->len);
}
