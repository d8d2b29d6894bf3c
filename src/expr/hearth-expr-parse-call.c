/* hearth-expr-parse-call.c: reading the call of a function
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-expr-evaluation-private.h"
#include "hearth-expr-parser-private.h"
#include "hearth-i18n.h"

static const HearthExprFunction *
find_function (HearthExprParser *self)
{
  const HearthExprToken *token = _hearth_expr_parser_peek (self);
  g_autofree char *name = _hearth_expr_parser_dup_text (self, token);
  const HearthExprFunction *function = _hearth_expr_find_function (name);
  const char *nearest = function == NULL ? _hearth_expr_nearest_function (name) : NULL;
  g_autofree char *sentence = NULL;

  if (function != NULL)
    return function;
  if (strcmp (name, "matches") == 0)
    sentence = g_strdup (_("Expressions have no regular expressions. Use a node that applies one, and test its "
                           "result here."));
  else if (nearest != NULL)
    sentence = g_strdup_printf (_("There is no function “%s”. Did you mean “%s”?"), name, nearest);
  else
    sentence = g_strdup_printf (_("There is no function “%s”."), name);
  return _hearth_expr_fail_at (self->expr->text, token->offset, HEARTH_EXPR_ERROR_NAME, sentence, self->error);
}

static HearthExprNode *
parse_lambda (HearthExprParser *self)
{
  const HearthExprToken *token = _hearth_expr_parser_peek (self);
  HearthExprNode *node = _hearth_expr_add_node (self->expr, NODE_LAMBDA, token->offset);
  g_autofree char *name = _hearth_expr_parser_dup_text (self, token);
  HearthExprNode *body;

  self->at += 2;
  g_ptr_array_add (self->scope, name);
  body = _hearth_expr_parse_expression (self);
  g_ptr_array_set_size (self->scope, (int) self->scope->len - 1);
  if (body == NULL)
    return NULL;
  _hearth_expr_node_add (node, TOKEN_ARROW, node->offset, NULL, body);
  return node;
}

static HearthExprNode *
parse_argument (HearthExprParser *self,
                HearthExprNode   *call)
{
  gboolean is_lambda =
      _hearth_expr_parser_is (self, TOKEN_NAME) && _hearth_expr_parser_next (self)->kind == TOKEN_ARROW;
  gboolean wants_lambda = call->function->takes_lambda && _hearth_expr_node_count (call) == 1;
  g_autofree char *sentence = NULL;

  if (is_lambda == wants_lambda)
    return is_lambda ? parse_lambda (self) : _hearth_expr_parse_expression (self);
  if (is_lambda)
    sentence = g_strdup_printf (_("A name => expression cannot stand here. Write %s (%s)."), call->function->name,
                                call->function->usage);
  else
    sentence = g_strdup_printf (_("A name, => and an expression are expected here. Write %s (%s)."),
                                call->function->name, call->function->usage);
  return _hearth_expr_parser_fail (self, sentence);
}

static HearthExprNode *
check_arguments (HearthExprParser *self,
                 HearthExprNode   *call)
{
  const HearthExprFunction *function = call->function;
  guint n = _hearth_expr_node_count (call);
  g_autofree char *sentence = NULL;

  if (n >= function->min_arguments &&
      (function->max_arguments == HEARTH_EXPR_ANY_NUMBER || n <= function->max_arguments))
    return call;
  sentence = g_strdup_printf (n < function->min_arguments ? _("Arguments are missing. Write %s (%s).")
                                                          : _("There are too many arguments. Write %s (%s)."),
                              function->name, function->usage);
  return _hearth_expr_fail_at (self->expr->text, call->offset, HEARTH_EXPR_ERROR_SYNTAX, sentence, self->error);
}

HearthExprNode *
_hearth_expr_parse_call (HearthExprParser *self)
{
  HearthExprNode *node = _hearth_expr_add_node (self->expr, NODE_CALL, _hearth_expr_parser_peek (self)->offset);

  node->function = find_function (self);
  if (node->function == NULL)
    return NULL;
  self->at += 2;
  while (!_hearth_expr_parser_accept (self, TOKEN_CLOSE))
    {
      HearthExprNode *argument = parse_argument (self, node);

      if (argument == NULL)
        return NULL;
      _hearth_expr_node_add (node, TOKEN_COMMA, argument->offset, NULL, argument);
      if (!_hearth_expr_parser_accept_separator (self, TOKEN_CLOSE, _("A comma or ) is expected here.")))
        return NULL;
    }
  return check_arguments (self, node);
}
