/* hearth-expr-evaluate.c: from a tree and variables to a value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

static HearthValue *
evaluate_part (HearthExprEvaluation *self,
               const HearthExprNode *node,
               guint                 i)
{
  return _hearth_expr_evaluate_node (self, _hearth_expr_node_part (node, i)->node);
}

/* --- names and paths ------------------------------------------------------------- */

static HearthValue *
evaluate_path (HearthExprEvaluation *self,
               const HearthExprNode *node)
{
  g_autoptr (HearthValue) value = evaluate_part (self, node, 0);

  for (guint i = 1; value != NULL && i < _hearth_expr_node_count (node); i++)
    {
      const HearthExprPart *part = _hearth_expr_node_part (node, i);
      g_autoptr (HearthValue) index = NULL;
      HearthValue *found = NULL;

      if (part->operator == TOKEN_OPEN_LIST)
        index = _hearth_expr_evaluate_node (self, part->node);
      self->offset = part->offset;
      if (!_hearth_expr_take_step (self))
        return NULL;
      if (part->operator == TOKEN_DOT)
        found = _hearth_expr_get_member (self, value, part->key);
      else if (index != NULL)
        found = _hearth_expr_get_index (self, value, index);
      if (found == NULL)
        return NULL;
      hearth_value_ref (found);
      hearth_value_unref (value);
      value = found;
    }
  return g_steal_pointer (&value);
}

/* --- operators ------------------------------------------------------------------------ */

/* Whether the operands behind one that is @value still matter */
static gboolean
is_decided (HearthExprTokenKind operator,
            HearthValue        *value)
{
  switch (operator)
    {
    case TOKEN_AND:
      return !hearth_value_is_truthy (value);
    case TOKEN_OR:
      return hearth_value_is_truthy (value);
    default:
      return !hearth_value_is (value, NULL);
    }
}

/* and, or, ??: from left to right, no further than needed */
static HearthValue *
evaluate_lazily (HearthExprEvaluation *self,
                 const HearthExprNode *node)
{
  g_autoptr (HearthValue) value = NULL;

  for (guint i = 0; i < _hearth_expr_node_count (node); i++)
    {
      g_clear_pointer (&value, hearth_value_unref);
      value = evaluate_part (self, node, i);
      if (value == NULL)
        return NULL;
      if (is_decided (node->operator, value))
        break;
    }
  if (node->operator == TOKEN_COALESCE)
    return g_steal_pointer (&value);
  return hearth_value_boolean (hearth_value_is_truthy (value));
}

static HearthValue *
evaluate_chain (HearthExprEvaluation *self,
                const HearthExprNode *node)
{
  g_autoptr (HearthValue) value = NULL;

  if (node->operator == TOKEN_AND || node->operator == TOKEN_OR || node->operator == TOKEN_COALESCE)
    return evaluate_lazily (self, node);
  value = evaluate_part (self, node, 0);
  for (guint i = 1; value != NULL && i < _hearth_expr_node_count (node); i++)
    {
      const HearthExprPart *part = _hearth_expr_node_part (node, i);
      g_autoptr (HearthValue) before = g_steal_pointer (&value);
      g_autoptr (HearthValue) operand = _hearth_expr_evaluate_node (self, part->node);

      self->offset = part->offset;
      if (operand != NULL)
        value = _hearth_expr_calculate (self, part->operator, before, operand);
    }
  return g_steal_pointer (&value);
}

static gboolean
compare (HearthExprEvaluation *self,
         HearthExprTokenKind   operator,
         HearthValue          *a,
         HearthValue          *b,
         gboolean             *result)
{
  gboolean is_so = FALSE;
  int order = 0;

  switch (operator)
    {
    case TOKEN_EQUAL:
      return _hearth_expr_equal (self, a, b, result);
    case TOKEN_UNEQUAL:
      if (!_hearth_expr_equal (self, a, b, &is_so))
        return FALSE;
      *result = !is_so;
      return TRUE;
    case TOKEN_IN:
      return _hearth_expr_contains (self, b, a, result);
    case TOKEN_NOT_IN:
      if (!_hearth_expr_contains (self, b, a, &is_so))
        return FALSE;
      *result = !is_so;
      return TRUE;
    default:
      if (!_hearth_expr_order (self, a, b, &order))
        return FALSE;
      *result = operator == TOKEN_LESS ? order < 0
                : operator == TOKEN_LESS_EQUAL ? order <= 0
                : operator == TOKEN_GREATER ? order > 0
                                            : order >= 0;
      return TRUE;
    }
}

static HearthValue *
evaluate_comparison (HearthExprEvaluation *self,
                     const HearthExprNode *node)
{
  g_autoptr (HearthValue) a = evaluate_part (self, node, 0);
  g_autoptr (HearthValue) b = a != NULL ? evaluate_part (self, node, 1) : NULL;
  gboolean result = FALSE;

  self->offset = node->offset;
  return b != NULL && compare (self, node->operator, a, b, &result) ? hearth_value_boolean (result) : NULL;
}

static HearthValue *
evaluate_prefix (HearthExprEvaluation *self,
                 const HearthExprNode *node)
{
  g_autoptr (HearthValue) value = evaluate_part (self, node, 0);

  self->offset = node->offset;
  if (value == NULL)
    return NULL;
  if (node->operator == TOKEN_BANG)
    return hearth_value_boolean (!hearth_value_is_truthy (value));
  if (hearth_value_is (value, INTEGER))
    return _hearth_expr_calculate (self, TOKEN_MINUS, hearth_value_integer (0), value);
  if (hearth_value_is_number (value))
    return _hearth_expr_new_double (self, -hearth_value_get_double (value));
  return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE, _("The sign - needs a number, but here is %s."),
                            _hearth_expr_describe (value));
}

static HearthValue *
evaluate_choice (HearthExprEvaluation *self,
                 const HearthExprNode *node)
{
  g_autoptr (HearthValue) condition = evaluate_part (self, node, 0);

  return condition != NULL ? evaluate_part (self, node, hearth_value_is_truthy (condition) ? 1 : 2) : NULL;
}

/* --- brackets ---------------------------------------------------------------------------- */

static void
value_unref_cb (gpointer value)
{
  hearth_value_unref (value);
}

/* What the parts are, but for lambdas; NULL on error. */
static GPtrArray *
evaluate_parts (HearthExprEvaluation *self,
                const HearthExprNode *node)
{
  guint n = _hearth_expr_node_count (node);
  g_autoptr (GPtrArray) values = g_ptr_array_new_full (n, value_unref_cb);

  for (guint i = 0; i < n; i++)
    {
      HearthValue *value;

      if (_hearth_expr_node_part (node, i)->node->kind == NODE_LAMBDA)
        continue;
      value = evaluate_part (self, node, i);
      if (value == NULL)
        return NULL;
      g_ptr_array_add (values, value);
    }
  self->offset = node->offset;
  return g_steal_pointer (&values);
}

static HearthValue *
evaluate_list (HearthExprEvaluation *self,
               const HearthExprNode *node)
{
  g_autoptr (GPtrArray) values = evaluate_parts (self, node);

  return values != NULL ? _hearth_expr_new_list (self, (HearthValue **) values->pdata, values->len) : NULL;
}

static HearthValue *
evaluate_object (HearthExprEvaluation *self,
                 const HearthExprNode *node)
{
  g_autoptr (GPtrArray) values = evaluate_parts (self, node);
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  if (values == NULL || !_hearth_expr_take_memory (self, (values->len + 1) * HEARTH_EXPR_MEMBER_SIZE))
    return NULL;
  for (guint i = 0; i < values->len; i++)
    hearth_builder_add (&builder, hearth_value_get_string (_hearth_expr_node_part (node, i)->key, NULL),
                        hearth_value_ref (g_ptr_array_index (values, i)));
  return hearth_builder_end_object (&builder);
}

static HearthValue *
evaluate_call (HearthExprEvaluation *self,
               const HearthExprNode *node)
{
  g_autoptr (GPtrArray) values = evaluate_parts (self, node);
  HearthExprCall call = { self, node->function, NULL, 0, NULL, node->offset };

  if (values == NULL)
    return NULL;
  call.arguments = (HearthValue **) values->pdata;
  call.n_arguments = values->len;
  if (node->function->takes_lambda && _hearth_expr_node_count (node) > 1)
    call.lambda = _hearth_expr_node_part (node, 1)->node;
  return node->function->run (&call);
}

/* --- all of it --------------------------------------------------------------------------- */

static HearthValue *
evaluate_kind (HearthExprEvaluation *self,
               const HearthExprNode *node)
{
  switch (node->kind)
    {
    case NODE_LITERAL:
      return hearth_value_ref (node->value);
    case NODE_VARIABLE:
      return _hearth_expr_get_variable (self, node->value);
    case NODE_LOCAL:
      return hearth_value_ref (g_ptr_array_index (self->locals, node->slot));
    case NODE_PATH:
      return evaluate_path (self, node);
    case NODE_CHAIN:
      return evaluate_chain (self, node);
    case NODE_COMPARISON:
      return evaluate_comparison (self, node);
    case NODE_PREFIX:
      return evaluate_prefix (self, node);
    case NODE_CHOICE:
      return evaluate_choice (self, node);
    case NODE_LIST:
      return evaluate_list (self, node);
    case NODE_OBJECT:
      return evaluate_object (self, node);
    case NODE_CALL:
      return evaluate_call (self, node);
    case NODE_LAMBDA:
    default:
      g_assert_not_reached ();
    }
}

HearthValue *
_hearth_expr_evaluate_node (HearthExprEvaluation *self,
                            const HearthExprNode *node)
{
  self->offset = node->offset;
  return _hearth_expr_take_step (self) ? evaluate_kind (self, node) : NULL;
}

HearthValue *
hearth_expr_evaluate (HearthExpr  *self,
                      HearthValue *variables,
                      GError     **error)
{
  g_autoptr (GPtrArray) locals = g_ptr_array_new ();
  g_autoptr (HearthValue) value = NULL;
  HearthExprEvaluation evaluation = { .expr = self, .variables = variables, .locals = locals };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (variables == NULL || hearth_value_is (variables, OBJECT), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  value = _hearth_expr_evaluate_node (&evaluation, self->root);
  evaluation.offset = self->root->offset;
  if (value != NULL && _hearth_expr_check_result (&evaluation, value))
    return g_steal_pointer (&value);
  g_assert (evaluation.error != NULL);
  g_propagate_error (error, evaluation.error);
  return NULL;
}
