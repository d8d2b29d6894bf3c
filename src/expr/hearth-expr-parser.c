/* hearth-expr-parser.c: from tokens to a tree: operators and what binds how strongly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-expr-parser-private.h"
#include "hearth-i18n.h"

/* From the weakest to the strongest; operands of the last are prefixed or plain. */
typedef enum
{
  LEVEL_OR,
  LEVEL_AND,
  LEVEL_NOT,
  LEVEL_COMPARISON,
  LEVEL_COALESCE,
  LEVEL_SUM,
  LEVEL_PRODUCT,
  LEVEL_PREFIX,
} Level;

static HearthExprNode *parse_level (HearthExprParser *self,
                                    Level             level);

gpointer
_hearth_expr_parser_fail (HearthExprParser *self,
                          const char       *sentence)
{
  return _hearth_expr_fail_at (self->expr->text, _hearth_expr_parser_peek (self)->offset, HEARTH_EXPR_ERROR_SYNTAX,
                               sentence, self->error);
}

gboolean
_hearth_expr_parser_expect (HearthExprParser   *self,
                            HearthExprTokenKind kind,
                            const char         *sentence)
{
  if (_hearth_expr_parser_accept (self, kind))
    return TRUE;
  _hearth_expr_parser_fail (self, sentence);
  return FALSE;
}

gboolean
_hearth_expr_parser_accept_separator (HearthExprParser   *self,
                                      HearthExprTokenKind close,
                                      const char         *sentence)
{
  return _hearth_expr_parser_accept (self, TOKEN_COMMA) || _hearth_expr_parser_is (self, close) ||
         _hearth_expr_parser_expect (self, close, sentence);
}

gboolean
_hearth_expr_parser_enter (HearthExprParser *self)
{
  g_autofree char *sentence = NULL;

  if (++self->depth <= HEARTH_EXPR_MAX_DEPTH)
    return TRUE;
  sentence = g_strdup_printf (_("This is nested deeper than %d levels. Split the expression."), HEARTH_EXPR_MAX_DEPTH);
  _hearth_expr_fail_at (self->expr->text, _hearth_expr_parser_peek (self)->offset, HEARTH_EXPR_ERROR_LIMIT, sentence,
                        self->error);
  return FALSE;
}

/* --- operators ------------------------------------------------------------------- */

static Level
get_level (HearthExprTokenKind kind)
{
  switch (kind)
    {
    case TOKEN_OR:
      return LEVEL_OR;
    case TOKEN_AND:
      return LEVEL_AND;
    case TOKEN_COALESCE:
      return LEVEL_COALESCE;
    case TOKEN_PLUS:
    case TOKEN_MINUS:
      return LEVEL_SUM;
    case TOKEN_STAR:
    case TOKEN_SLASH:
    case TOKEN_PERCENT:
      return LEVEL_PRODUCT;
    default:
      return kind >= TOKEN_IN && kind <= TOKEN_GREATER_EQUAL ? LEVEL_COMPARISON : LEVEL_PREFIX;
    }
}

/* Takes the comparison that comes next, if one does. */
static gboolean
accept_comparison (HearthExprParser    *self,
                   HearthExprTokenKind *operator)
{
  const HearthExprToken *token = _hearth_expr_parser_peek (self);

  if (token->kind == TOKEN_NOT && _hearth_expr_parser_next (self)->kind == TOKEN_IN)
    {
      *operator = TOKEN_NOT_IN;
      self->at += 2;
      return TRUE;
    }
  *operator = token->kind;
  return get_level (token->kind) == LEVEL_COMPARISON && _hearth_expr_parser_accept (self, token->kind);
}

static HearthExprNode *
parse_comparison (HearthExprParser *self)
{
  HearthExprNode *first = parse_level (self, LEVEL_COMPARISON + 1);
  HearthExprTokenKind operator, second_operator;
  HearthExprNode *node, *second;
  guint offset = _hearth_expr_parser_peek (self)->offset;
  guint before;

  if (first == NULL || !accept_comparison (self, &operator))
    return first;
  second = parse_level (self, LEVEL_COMPARISON + 1);
  if (second == NULL)
    return NULL;
  before = self->at;
  if (accept_comparison (self, &second_operator))
    {
      self->at = before;
      return _hearth_expr_parser_fail (self, _("Comparisons cannot be chained. Join two of them with and, as in "
                                               "1 < a and a < 5."));
    }
  node = _hearth_expr_add_node (self->expr, NODE_COMPARISON, offset);
  node->operator = operator;
  _hearth_expr_node_add (node, operator, offset, NULL, first);
  _hearth_expr_node_add (node, operator, offset, NULL, second);
  return node;
}

static HearthExprNode *
parse_chain (HearthExprParser *self,
             Level             level)
{
  HearthExprNode *operand = parse_level (self, level + 1);
  HearthExprNode *node;
  HearthExprToken token = *_hearth_expr_parser_peek (self);

  if (operand == NULL || get_level (token.kind) != level)
    return operand;
  node = _hearth_expr_add_node (self->expr, NODE_CHAIN, token.offset);
  node->operator = token.kind;
  _hearth_expr_node_add (node, token.kind, token.offset, NULL, operand);
  while (get_level (token.kind) == level)
    {
      _hearth_expr_parser_accept (self, token.kind);
      operand = parse_level (self, level + 1);
      if (operand == NULL)
        return NULL;
      _hearth_expr_node_add (node, token.kind, token.offset, NULL, operand);
      token = *_hearth_expr_parser_peek (self);
    }
  return node;
}

/* not, ! and -; the operand is on @level. */
static HearthExprNode *
parse_prefixed (HearthExprParser *self,
                Level             level)
{
  HearthExprToken token = *_hearth_expr_parser_peek (self);
  HearthExprNode *node, *operand;

  _hearth_expr_parser_accept (self, token.kind);
  if (token.kind == TOKEN_MINUS && _hearth_expr_parser_is (self, TOKEN_NUMBER))
    return _hearth_expr_parse_number (self, TRUE);
  if (!_hearth_expr_parser_enter (self))
    return NULL;
  operand = parse_level (self, level);
  self->depth--;
  if (operand == NULL)
    return NULL;
  node = _hearth_expr_add_node (self->expr, NODE_PREFIX, token.offset);
  node->operator = token.kind == TOKEN_NOT ? TOKEN_BANG : token.kind;
  _hearth_expr_node_add (node, node->operator, token.offset, NULL, operand);
  return node;
}

static HearthExprNode *
parse_level (HearthExprParser *self,
             Level             level)
{
  switch (level)
    {
    case LEVEL_NOT:
      return _hearth_expr_parser_is (self, TOKEN_NOT) ? parse_prefixed (self, LEVEL_NOT) : parse_comparison (self);
    case LEVEL_COMPARISON:
      return parse_comparison (self);
    case LEVEL_PREFIX:
      if (_hearth_expr_parser_is (self, TOKEN_BANG) || _hearth_expr_parser_is (self, TOKEN_MINUS))
        return parse_prefixed (self, LEVEL_PREFIX);
      return _hearth_expr_parse_operand (self);
    default:
      return parse_chain (self, level);
    }
}

/* --- choices ------------------------------------------------------------------------ */

static HearthExprNode *
parse_choice (HearthExprParser *self,
              HearthExprNode   *condition)
{
  guint offset = _hearth_expr_parser_peek (self)->offset;
  HearthExprNode *node, *yes, *no;

  _hearth_expr_parser_accept (self, TOKEN_QUESTION);
  yes = _hearth_expr_parse_expression (self);
  if (yes == NULL || !_hearth_expr_parser_expect (self, TOKEN_COLON, _("A colon is expected here, as in condition ? "
                                                                      "one value : other value.")))
    return NULL;
  no = _hearth_expr_parse_expression (self);
  if (no == NULL)
    return NULL;
  node = _hearth_expr_add_node (self->expr, NODE_CHOICE, offset);
  _hearth_expr_node_add (node, TOKEN_QUESTION, offset, NULL, condition);
  _hearth_expr_node_add (node, TOKEN_QUESTION, offset, NULL, yes);
  _hearth_expr_node_add (node, TOKEN_QUESTION, offset, NULL, no);
  return node;
}

HearthExprNode *
_hearth_expr_parse_expression (HearthExprParser *self)
{
  HearthExprNode *node;

  if (!_hearth_expr_parser_enter (self))
    return NULL;
  node = parse_level (self, LEVEL_OR);
  if (node != NULL && _hearth_expr_parser_is (self, TOKEN_QUESTION))
    node = parse_choice (self, node);
  self->depth--;
  return node;
}

/* --- public --------------------------------------------------------------------------- */

static const char *
describe_rest (const HearthExprParser *self)
{
  switch (_hearth_expr_parser_peek (self)->kind)
    {
    case TOKEN_CLOSE:
    case TOKEN_CLOSE_LIST:
    case TOKEN_CLOSE_OBJECT:
      return _("This closing bracket has no opening one.");
    case TOKEN_ARROW:
      return _("A name => expression can only stand in a function such as map or filter, as its second argument.");
    default:
      return _("The expression has ended, but more follows. An operator such as and or + is expected here.");
    }
}

static gboolean
parse_all (HearthExprParser *self)
{
  if (_hearth_expr_parser_is (self, TOKEN_END))
    {
      _hearth_expr_parser_fail (self, _("There is no expression here, the text is empty."));
      return FALSE;
    }
  self->expr->root = _hearth_expr_parse_expression (self);
  return self->expr->root != NULL && _hearth_expr_parser_expect (self, TOKEN_END, describe_rest (self));
}

HearthExpr *
hearth_expr_parse (const char *text,
                   GError    **error)
{
  g_autoptr (HearthExpr) expr = NULL;
  g_autoptr (GArray) tokens = NULL;
  g_autoptr (GPtrArray) scope = g_ptr_array_new ();
  g_autofree char *sentence = NULL;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  HearthExprParser parser = { .known = known, .scope = scope, .error = error };

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (strlen (text) > HEARTH_EXPR_MAX_LENGTH)
    {
      sentence = g_strdup_printf (_("The expression is longer than %d bytes. Split it."), HEARTH_EXPR_MAX_LENGTH);
      return _hearth_expr_fail_at (text, 0, HEARTH_EXPR_ERROR_LIMIT, sentence, error);
    }
  tokens = _hearth_expr_read_tokens (text, error);
  if (tokens == NULL)
    return NULL;
  expr = g_new0 (HearthExpr, 1);
  expr->ref_count = 1;
  expr->text = g_strdup (text);
  expr->variables = g_ptr_array_new_with_free_func (g_free);
  parser.expr = expr;
  parser.tokens = tokens;
  return parse_all (&parser) ? g_steal_pointer (&expr) : NULL;
}
