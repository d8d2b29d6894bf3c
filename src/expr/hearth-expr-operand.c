/* hearth-expr-operand.c: reading what operators stand between: literals, names, calls and paths
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-json.h"

#include "hearth-expr-evaluation-private.h"
#include "hearth-expr-parser-private.h"
#include "hearth-i18n.h"

char *
_hearth_expr_parser_dup_text (HearthExprParser      *self,
                              const HearthExprToken *token)
{
  return g_strndup (self->expr->text + token->offset, token->length);
}

/* --- literals ------------------------------------------------------------------------ */

/* Takes @value and the token. */
static HearthExprNode *
make_literal (HearthExprParser *self,
              HearthValue      *value)
{
  HearthExprNode *node = _hearth_expr_add_node (self->expr, NODE_LITERAL, _hearth_expr_parser_peek (self)->offset);

  node->value = value;
  self->at++;
  return node;
}

HearthExprNode *
_hearth_expr_parse_number (HearthExprParser *self,
                           gboolean          is_negative)
{
  g_autofree char *digits = _hearth_expr_parser_dup_text (self, _hearth_expr_parser_peek (self));
  g_autofree char *number = g_strconcat (is_negative ? "-" : "", digits, NULL);
  HearthValue *value = hearth_json_parse (number, -1, NULL);

  g_assert (value != NULL); /* the lexer has read it as JSON would */
  return make_literal (self, value);
}

/* Elements, members and arguments: a list with commas up to @close, one comma more is allowed. */
static gboolean
accept_separator (HearthExprParser   *self,
                  HearthExprTokenKind close,
                  const char         *sentence)
{
  return _hearth_expr_parser_accept (self, TOKEN_COMMA) || _hearth_expr_parser_is (self, close) ||
         _hearth_expr_parser_expect (self, close, sentence);
}

static HearthExprNode *
parse_list (HearthExprParser *self)
{
  HearthExprNode *node = _hearth_expr_add_node (self->expr, NODE_LIST, _hearth_expr_parser_peek (self)->offset);

  self->at++;
  while (!_hearth_expr_parser_accept (self, TOKEN_CLOSE_LIST))
    {
      HearthExprNode *element = _hearth_expr_parse_expression (self);

      if (element == NULL)
        return NULL;
      _hearth_expr_node_add (node, TOKEN_COMMA, element->offset, NULL, element);
      if (!accept_separator (self, TOKEN_CLOSE_LIST, _("A comma or ] is expected here.")))
        return NULL;
    }
  return node;
}

static gboolean
is_word (const HearthExprToken *token)
{
  switch (token->kind)
    {
    case TOKEN_NAME:
    case TOKEN_TRUE:
    case TOKEN_FALSE:
    case TOKEN_NULL:
    case TOKEN_IN:
      return TRUE;
    default:
      return token->kind == TOKEN_NOT || token->kind == TOKEN_AND || token->kind == TOKEN_OR;
    }
}

/* The name of a member: any word, also one with a meaning elsewhere. && and || are no words. */
static HearthValue *
accept_word (HearthExprParser *self)
{
  const HearthExprToken *token = _hearth_expr_parser_peek (self);
  const char *text = self->expr->text + token->offset;

  if (!is_word (token) || *text == '&' || *text == '|')
    return NULL;
  self->at++;
  return hearth_value_string_len (text, token->length);
}

static HearthValue *
parse_key (HearthExprParser *self)
{
  const HearthExprToken *token = _hearth_expr_parser_peek (self);
  HearthValue *key = accept_word (self);
  const char *text;
  gsize length;

  if (key != NULL)
    return key;
  if (token->kind != TOKEN_TEXT)
    return _hearth_expr_parser_fail (self, _("The name of a member is expected here, as in {name: value} or "
                                             "{\"odd name\": value}."));
  text = hearth_value_get_string (token->value, &length);
  if (strlen (text) != length)
    return _hearth_expr_parser_fail (self, _("The name of a member cannot hold the character \\u0000."));
  self->at++;
  return hearth_value_ref (token->value);
}

static HearthExprNode *
parse_object (HearthExprParser *self)
{
  HearthExprNode *node = _hearth_expr_add_node (self->expr, NODE_OBJECT, _hearth_expr_parser_peek (self)->offset);

  self->at++;
  while (!_hearth_expr_parser_accept (self, TOKEN_CLOSE_OBJECT))
    {
      g_autoptr (HearthValue) key = parse_key (self);
      HearthExprNode *value;

      if (key == NULL || !_hearth_expr_parser_expect (self, TOKEN_COLON, _("A colon is expected here, between the "
                                                                          "name of the member and its value.")))
        return NULL;
      value = _hearth_expr_parse_expression (self);
      if (value == NULL)
        return NULL;
      _hearth_expr_node_add (node, TOKEN_COMMA, value->offset, g_steal_pointer (&key), value);
      if (!accept_separator (self, TOKEN_CLOSE_OBJECT, _("A comma or } is expected here.")))
        return NULL;
    }
  return node;
}

/* --- names ----------------------------------------------------------------------------- */

static void
remember_variable (HearthExprParser *self,
                   const char       *name)
{
  char *copy;

  if (g_hash_table_contains (self->known, name))
    return;
  copy = g_strdup (name);
  g_ptr_array_add (self->expr->variables, copy);
  g_hash_table_add (self->known, copy);
}

static HearthExprNode *
parse_name (HearthExprParser *self)
{
  const HearthExprToken *token = _hearth_expr_parser_peek (self);
  g_autofree char *name = _hearth_expr_parser_dup_text (self, token);
  HearthExprNode *node = _hearth_expr_add_node (self->expr, NODE_VARIABLE, token->offset);

  self->at++;
  for (guint i = self->scope->len; i > 0; i--)
    if (strcmp (g_ptr_array_index (self->scope, i - 1), name) == 0)
      {
        node->kind = NODE_LOCAL;
        node->slot = i - 1;
        return node;
      }
  remember_variable (self, name);
  node->value = hearth_value_string (name);
  return node;
}

/* --- calls ------------------------------------------------------------------------------- */

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

static HearthExprNode *
parse_call (HearthExprParser *self)
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
      if (!accept_separator (self, TOKEN_CLOSE, _("A comma or ) is expected here.")))
        return NULL;
    }
  return check_arguments (self, node);
}

/* --- brackets and paths -------------------------------------------------------------------- */

static HearthExprNode *
parse_brackets (HearthExprParser *self)
{
  HearthExprNode *node;

  self->at++;
  node = _hearth_expr_parse_expression (self);
  if (node == NULL || !_hearth_expr_parser_expect (self, TOKEN_CLOSE, _("A closing bracket ) is expected here.")))
    return NULL;
  return node;
}

static HearthExprNode *
parse_plain (HearthExprParser *self)
{
  const HearthExprToken *token = _hearth_expr_parser_peek (self);

  switch (token->kind)
    {
    case TOKEN_NUMBER:
      return _hearth_expr_parse_number (self, FALSE);
    case TOKEN_TEXT:
      return make_literal (self, hearth_value_ref (token->value));
    case TOKEN_TRUE:
    case TOKEN_FALSE:
      return make_literal (self, hearth_value_boolean (token->kind == TOKEN_TRUE));
    case TOKEN_NULL:
      return make_literal (self, hearth_value_null ());
    case TOKEN_NAME:
      return _hearth_expr_parser_next (self)->kind == TOKEN_OPEN ? parse_call (self) : parse_name (self);
    case TOKEN_OPEN:
      return parse_brackets (self);
    case TOKEN_OPEN_LIST:
      return parse_list (self);
    case TOKEN_OPEN_OBJECT:
      return parse_object (self);
    default:
      return _hearth_expr_parser_fail (self, token->kind == TOKEN_END
                                                 ? _("The expression ends here, but a value is still missing.")
                                                 : _("A value is expected here: a number, a text in quotation marks, "
                                                     "a name, (, [ or {."));
    }
}

static gboolean
parse_path_part (HearthExprParser *self,
                 HearthExprNode   *path)
{
  HearthExprToken token = *_hearth_expr_parser_peek (self);
  HearthValue *key;
  HearthExprNode *index;

  self->at++;
  if (token.kind == TOKEN_DOT)
    {
      key = accept_word (self);
      if (key == NULL)
        return _hearth_expr_parser_fail (self, _("The name of a member is expected behind the dot; other names are "
                                                 "written [\"odd name\"].")) != NULL;
      _hearth_expr_node_add (path, token.kind, token.offset, key, NULL);
      return TRUE;
    }
  index = _hearth_expr_parse_expression (self);
  if (index == NULL || !_hearth_expr_parser_expect (self, TOKEN_CLOSE_LIST, _("A closing bracket ] is expected here.")))
    return FALSE;
  _hearth_expr_node_add (path, token.kind, token.offset, NULL, index);
  return TRUE;
}

HearthExprNode *
_hearth_expr_parse_operand (HearthExprParser *self)
{
  HearthExprNode *base = parse_plain (self);
  HearthExprNode *path;

  if (base == NULL || !(_hearth_expr_parser_is (self, TOKEN_DOT) || _hearth_expr_parser_is (self, TOKEN_OPEN_LIST)))
    return base;
  path = _hearth_expr_add_node (self->expr, NODE_PATH, base->offset);
  _hearth_expr_node_add (path, TOKEN_DOT, base->offset, NULL, base);
  while (_hearth_expr_parser_is (self, TOKEN_DOT) || _hearth_expr_parser_is (self, TOKEN_OPEN_LIST))
    if (!parse_path_part (self, path))
      return NULL;
  return path;
}
