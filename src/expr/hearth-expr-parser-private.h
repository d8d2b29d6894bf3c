/* hearth-expr-parser-private.h: what the two halves of the parser share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-expr-private.h"

G_BEGIN_DECLS

typedef struct
{
  HearthExpr *expr;
  GArray *tokens;
  guint at;
  guint depth;
  GHashTable *known; /* names among the expression's variables; borrowed */
  GPtrArray *scope;  /* names of the parameters around, outermost first; borrowed */
  GError **error;
} HearthExprParser;

static inline const HearthExprToken *
_hearth_expr_parser_peek (const HearthExprParser *self)
{
  return &g_array_index (self->tokens, HearthExprToken, self->at);
}

/* The last token is END and is never passed. */
static inline const HearthExprToken *
_hearth_expr_parser_next (const HearthExprParser *self)
{
  return &g_array_index (self->tokens, HearthExprToken, MIN (self->at + 1, self->tokens->len - 1));
}

static inline gboolean
_hearth_expr_parser_is (const HearthExprParser *self,
                        HearthExprTokenKind     kind)
{
  return _hearth_expr_parser_peek (self)->kind == kind;
}

static inline gboolean
_hearth_expr_parser_accept (HearthExprParser   *self,
                            HearthExprTokenKind kind)
{
  if (!_hearth_expr_parser_is (self, kind))
    return FALSE;
  if (kind != TOKEN_END)
    self->at++;
  return TRUE;
}

/* At the token that comes next; always returns NULL. */
gpointer        _hearth_expr_parser_fail       (HearthExprParser    *self,
                                                const char          *sentence);
gboolean        _hearth_expr_parser_expect     (HearthExprParser    *self,
                                                HearthExprTokenKind  kind,
                                                const char          *sentence);
/* Between elements, members and arguments, before @close; one comma more is allowed. */
gboolean        _hearth_expr_parser_accept_separator (HearthExprParser *self,
                                                HearthExprTokenKind  close,
                                                const char          *sentence);
gboolean        _hearth_expr_parser_enter      (HearthExprParser    *self);
char           *_hearth_expr_parser_dup_text   (HearthExprParser    *self,
                                                const HearthExprToken *token);
HearthExprNode *_hearth_expr_parse_expression  (HearthExprParser    *self);
/* A literal, a name, a call, brackets, and the path behind it. */
HearthExprNode *_hearth_expr_parse_operand     (HearthExprParser    *self);
/* A name with ( behind it comes next. */
HearthExprNode *_hearth_expr_parse_call        (HearthExprParser    *self);
HearthExprNode *_hearth_expr_parse_number      (HearthExprParser    *self,
                                                gboolean             is_negative);

G_END_DECLS
