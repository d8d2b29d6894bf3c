/* hearth-expr-operand.c: reading what operators stand between: literals, names and paths
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-json.h"

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
      if (!_hearth_expr_parser_accept_separator (self, TOKEN_CLOSE_LIST, _("A comma or ] is expected here.")))
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
      if (!_hearth_expr_parser_accept_separator (self, TOKEN_CLOSE_OBJECT, _("A comma or } is expected here.")))
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
      return _hearth_expr_parser_next (self)->kind == TOKEN_OPEN ? _hearth_expr_parse_call (self) : parse_name (self);
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
