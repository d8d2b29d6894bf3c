/* hearth-expr-private.h: what an expression consists of, for the files of this room only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-expr.h"

G_BEGIN_DECLS

/* --- tokens ------------------------------------------------------------------ */

typedef enum
{
  TOKEN_END,
  TOKEN_NUMBER,
  TOKEN_TEXT,
  TOKEN_NAME,
  TOKEN_TRUE,
  TOKEN_FALSE,
  TOKEN_NULL,
  TOKEN_AND,
  TOKEN_OR,
  TOKEN_NOT,
  TOKEN_BANG,
  TOKEN_IN,
  TOKEN_NOT_IN, /* made by the parser from two words */
  TOKEN_EQUAL,
  TOKEN_UNEQUAL,
  TOKEN_LESS,
  TOKEN_LESS_EQUAL,
  TOKEN_GREATER,
  TOKEN_GREATER_EQUAL,
  TOKEN_PLUS,
  TOKEN_MINUS,
  TOKEN_STAR,
  TOKEN_SLASH,
  TOKEN_PERCENT,
  TOKEN_COALESCE,
  TOKEN_QUESTION,
  TOKEN_COLON,
  TOKEN_COMMA,
  TOKEN_DOT,
  TOKEN_ARROW,
  TOKEN_OPEN,
  TOKEN_CLOSE,
  TOKEN_OPEN_LIST,
  TOKEN_CLOSE_LIST,
  TOKEN_OPEN_OBJECT,
  TOKEN_CLOSE_OBJECT,
} HearthExprTokenKind;

typedef struct
{
  HearthExprTokenKind kind;
  guint offset;       /* bytes from the start of the text */
  guint length;
  HearthValue *value; /* of a TEXT */
} HearthExprToken;

/* All tokens of the text, END last; NULL on error. */
GArray *_hearth_expr_read_tokens (const char *text,
                                  GError    **error);

/* --- the tree ------------------------------------------------------------------ */

typedef struct _HearthExprNode HearthExprNode;
typedef struct _HearthExprFunction HearthExprFunction;

/* Chains of operators and of members lie side by side in one node, so that only brackets make a
 * tree deep. */
typedef enum
{
  NODE_LITERAL,    /* value */
  NODE_VARIABLE,   /* value: its name */
  NODE_LOCAL,      /* slot: the place of the parameter among those around it */
  NODE_PATH,       /* part 0, then DOT with a key or OPEN_LIST with a node */
  NODE_CHAIN,      /* part 0, then operators with operands, applied from left to right */
  NODE_COMPARISON, /* part 0, operator and part 1 */
  NODE_PREFIX,     /* operator and part 0 */
  NODE_CHOICE,     /* condition, then, else */
  NODE_LIST,       /* elements */
  NODE_OBJECT,     /* members: key and node */
  NODE_CALL,       /* function; arguments */
  NODE_LAMBDA,     /* part 0, the body */
} HearthExprNodeKind;

typedef struct
{
  HearthExprTokenKind operator;
  guint offset;
  HearthValue *key;
  HearthExprNode *node;
} HearthExprPart;

struct _HearthExprNode
{
  HearthExprNodeKind kind;
  guint offset;
  HearthExprTokenKind operator;
  guint slot;
  HearthValue *value;
  const HearthExprFunction *function;
  GArray *parts; /* of HearthExprPart; their nodes belong to the expression */
};

struct _HearthExpr
{
  gint ref_count;
  char *text;
  GPtrArray *nodes;     /* all of them, owned */
  GPtrArray *variables; /* names */
  HearthExprNode *root; /* borrowed from nodes */
};

static inline guint
_hearth_expr_node_count (const HearthExprNode *self)
{
  return self->parts != NULL ? self->parts->len : 0;
}

static inline HearthExprPart *
_hearth_expr_node_part (const HearthExprNode *self,
                        guint                 i)
{
  return &g_array_index (self->parts, HearthExprPart, i);
}

HearthExprNode *_hearth_expr_add_node (HearthExpr         *self,
                                       HearthExprNodeKind  kind,
                                       guint               offset);
/* Takes @key. */
void            _hearth_expr_node_add (HearthExprNode      *self,
                                       HearthExprTokenKind  operator,
                                       guint                offset,
                                       HearthValue         *key,
                                       HearthExprNode      *node);

/* --- mistakes -------------------------------------------------------------------- */

/* Puts the place before the sentence; always returns NULL. */
gpointer _hearth_expr_fail_at (const char      *text,
                               gsize            offset,
                               HearthExprError  code,
                               const char      *sentence,
                               GError         **error);
/* How different two names are, at most 255. */
guint    _hearth_expr_distance (const char *a,
                                const char *b);
/* Remembers in @best whichever of it and @candidate is nearer to @name, if that is near enough. */
void     _hearth_expr_consider (const char  *name,
                                const char  *candidate,
                                const char **best);

G_END_DECLS
