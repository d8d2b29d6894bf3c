/* hearth-expr.h: expressions, the small language of conditions and switches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/**
 * HearthExpr:
 *
 * An expression that was read once and can be evaluated any number of times. It never changes,
 * so any thread may use it; the reference count is atomic. An evaluation sees nothing but the
 * expression and its variables: the same variables give the same result, always and everywhere.
 * The language is described in docs/expressions.md.
 */
typedef struct _HearthExpr HearthExpr;

/**
 * HearthExprError:
 * @HEARTH_EXPR_ERROR_SYNTAX: not an expression
 * @HEARTH_EXPR_ERROR_NAME: no function (when read) or no variable (when evaluated) of that name
 * @HEARTH_EXPR_ERROR_TYPE: a value is of a kind with which this cannot be done
 * @HEARTH_EXPR_ERROR_LIMIT: too long, too deep, too many steps or too much memory
 * @HEARTH_EXPR_ERROR_VALUE: the kind is right, the value is not, such as a division by zero
 *
 * Every message is a sentence for people and starts with "Column C: ", or "Line L, column C: "
 * behind the first line break (both from 1; columns count characters).
 */
typedef enum
{
  HEARTH_EXPR_ERROR_SYNTAX,
  HEARTH_EXPR_ERROR_NAME,
  HEARTH_EXPR_ERROR_TYPE,
  HEARTH_EXPR_ERROR_LIMIT,
  HEARTH_EXPR_ERROR_VALUE,
} HearthExprError;

#define HEARTH_EXPR_ERROR (hearth_expr_error_quark ())
GQuark       hearth_expr_error_quark    (void);

#define HEARTH_EXPR_MAX_LENGTH (64 * 1024)         /* bytes of an expression */
#define HEARTH_EXPR_MAX_DEPTH 64                   /* levels of brackets and the like */
#define HEARTH_EXPR_MAX_STEPS 100000               /* of one evaluation */
#define HEARTH_EXPR_MAX_MEMORY (16 * 1024 * 1024)  /* bytes made by one evaluation; also of its result */

HearthExpr  *hearth_expr_parse          (const char        *text,
                                         GError           **error);
HearthExpr  *hearth_expr_ref            (HearthExpr        *self);
void         hearth_expr_unref          (HearthExpr        *self);
const char  *hearth_expr_get_text       (const HearthExpr  *self);

/* The names that must be members of the variables, each once, in the order of their first use. */
char       **hearth_expr_list_variables (const HearthExpr  *self);

/* @variables is an object; NULL counts as one without members. */
HearthValue *hearth_expr_evaluate       (HearthExpr        *self,
                                         HearthValue       *variables,
                                         GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthExpr, hearth_expr_unref)

G_END_DECLS
