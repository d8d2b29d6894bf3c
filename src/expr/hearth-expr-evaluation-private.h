/* hearth-expr-evaluation-private.h: one evaluation, its budget, and what functions may do in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <string.h>

#include "hearth-expr-private.h"

G_BEGIN_DECLS

typedef struct
{
  const HearthExpr *expr; /* borrowed, as are the variables */
  HearthValue *variables;
  GPtrArray *locals;      /* values of the parameters around, outermost first */
  guint offset;           /* where in the text a mistake is reported now */
  guint64 ticks;          /* parts of steps, spent */
  gsize memory;           /* bytes, spent */
  GError *error;
} HearthExprEvaluation;

/* What is charged for a piece of memory, about what it takes. */
#define HEARTH_EXPR_ELEMENT_SIZE 16
#define HEARTH_EXPR_MEMBER_SIZE 48
#define HEARTH_EXPR_TEXT_SIZE 32

HearthValue *_hearth_expr_evaluate_node (HearthExprEvaluation *self,
                                         const HearthExprNode *node);

/* The first mistake is the one that counts; always returns NULL. */
gpointer     _hearth_expr_fail          (HearthExprEvaluation *self,
                                         HearthExprError       code,
                                         const char           *format,
                                         ...) G_GNUC_PRINTF (3, 4);
/* "a number", "a list", … for sentences */
const char  *_hearth_expr_describe      (HearthValue          *value);

/* --- budget: all of these fail with LIMIT ------------------------------------------- */

gboolean     _hearth_expr_take_step     (HearthExprEvaluation *self);
gboolean     _hearth_expr_take_memory   (HearthExprEvaluation *self,
                                         gsize                 n_bytes);
gboolean     _hearth_expr_take_bytes    (HearthExprEvaluation *self, /* steps to look at a text */
                                         gsize                 n_bytes);
gboolean     _hearth_expr_take_elements (HearthExprEvaluation *self, /* steps to look at a list */
                                         gsize                 n_elements);
gboolean     _hearth_expr_take_walk     (HearthExprEvaluation *self, /* steps to look at all of a value */
                                         HearthValue          *value);
gboolean     _hearth_expr_check_result  (HearthExprEvaluation *self,
                                         HearthValue          *value);

/* --- making, charged ------------------------------------------------------------------ */

HearthValue *_hearth_expr_new_text      (HearthExprEvaluation *self,
                                         const char           *text,
                                         gsize                 length);
HearthValue *_hearth_expr_new_list      (HearthExprEvaluation *self,
                                         HearthValue *const   *elements,
                                         gsize                 n_elements);
HearthValue *_hearth_expr_new_double    (HearthExprEvaluation *self,
                                         double                number);
gboolean     _hearth_expr_append        (HearthExprEvaluation *self,
                                         GString              *out,
                                         const char           *text,
                                         gsize                 length);

/* --- operators -------------------------------------------------------------------------- */

HearthValue *_hearth_expr_calculate     (HearthExprEvaluation *self,
                                         HearthExprTokenKind   operator,
                                         HearthValue          *a,
                                         HearthValue          *b);
gboolean     _hearth_expr_equal         (HearthExprEvaluation *self,
                                         HearthValue          *a,
                                         HearthValue          *b,
                                         gboolean             *is_equal);
/* Two numbers or two texts; @order is below, at or above 0. */
gboolean     _hearth_expr_order         (HearthExprEvaluation *self,
                                         HearthValue          *a,
                                         HearthValue          *b,
                                         int                  *order);
gboolean     _hearth_expr_contains      (HearthExprEvaluation *self,
                                         HearthValue          *container,
                                         HearthValue          *item,
                                         gboolean             *is_in);
/* The place of an equal element, or -1 */
gboolean     _hearth_expr_find          (HearthExprEvaluation *self,
                                         HearthValue          *list,
                                         HearthValue          *item,
                                         gssize               *place);
/* NULL if they are nowhere */
const char  *_hearth_expr_find_bytes    (const char           *text,
                                         gsize                 length,
                                         const char           *wanted,
                                         gsize                 n_wanted);
/* The place of the bytes of @part in @text, or -1 */
gssize       _hearth_expr_find_text     (HearthValue          *text,
                                         HearthValue          *part);

/* --- paths ------------------------------------------------------------------------------- */

/* A new reference */
HearthValue *_hearth_expr_get_variable  (HearthExprEvaluation *self,
                                         HearthValue          *name);
/* Borrowed; what is not there is null, and so is everything in null. NULL on error. */
HearthValue *_hearth_expr_get_member    (HearthExprEvaluation *self,
                                         HearthValue          *object,
                                         HearthValue          *key);
HearthValue *_hearth_expr_get_index     (HearthExprEvaluation *self,
                                         HearthValue          *container,
                                         HearthValue          *index);

/* --- functions ---------------------------------------------------------------------------- */

typedef struct
{
  HearthExprEvaluation *evaluation;
  const HearthExprFunction *function;
  HearthValue **arguments;
  guint n_arguments;
  const HearthExprNode *lambda; /* the second argument when it is name => expression, or NULL */
  guint offset;
} HearthExprCall;

struct _HearthExprFunction
{
  const char *name;
  const char *usage;       /* the arguments, as in the documentation */
  const char *description; /* one line, for people */
  guint8 min_arguments;
  guint8 max_arguments;    /* HEARTH_EXPR_ANY_NUMBER: no limit */
  gboolean takes_lambda;   /* as the second argument */
  HearthValue *(*run) (HearthExprCall *call);
};

#define HEARTH_EXPR_ANY_NUMBER 255

const HearthExprFunction *_hearth_expr_functions     (gsize      *n_functions);
const HearthExprFunction *_hearth_expr_find_function (const char *name);
const char               *_hearth_expr_nearest_function (const char *name);

/* Argument @i if it is of that kind; else fails with TYPE and returns NULL. */
HearthValue *_hearth_expr_call_text     (HearthExprCall *call, guint i);
HearthValue *_hearth_expr_call_list     (HearthExprCall *call, guint i);
HearthValue *_hearth_expr_call_object   (HearthExprCall *call, guint i);
HearthValue *_hearth_expr_call_number   (HearthExprCall *call, guint i);
gboolean     _hearth_expr_call_integer  (HearthExprCall *call, guint i, gint64 *number);
/* What the lambda makes of @element, or the element itself if there is none; a new reference. */
HearthValue *_hearth_expr_call_apply    (HearthExprCall *call, HearthValue *element);
gboolean     _hearth_expr_get_integer   (HearthValue *value, gint64 *number);

/* --- text as characters --------------------------------------------------------------------- */

gsize        _hearth_expr_count_characters (const char *text, gsize length);
/* The byte at which character @n begins, at most @length. */
gsize        _hearth_expr_character_offset (const char *text, gsize length, gsize n);
/* How the functions text () and join () write a value; NULL on error. */
HearthValue *_hearth_expr_to_text          (HearthExprEvaluation *self, HearthValue *value);

#define HEARTH_EXPR_FUNCTION(name) HearthValue *_hearth_expr_function_##name (HearthExprCall *call)
HEARTH_EXPR_FUNCTION (abs);
HEARTH_EXPR_FUNCTION (all);
HEARTH_EXPR_FUNCTION (any);
HEARTH_EXPR_FUNCTION (avg);
HEARTH_EXPR_FUNCTION (ceil);
HEARTH_EXPR_FUNCTION (coalesce);
HEARTH_EXPR_FUNCTION (contains);
HEARTH_EXPR_FUNCTION (count);
HEARTH_EXPR_FUNCTION (ends_with);
HEARTH_EXPR_FUNCTION (filter);
HEARTH_EXPR_FUNCTION (first);
HEARTH_EXPR_FUNCTION (flatten);
HEARTH_EXPR_FUNCTION (floor);
HEARTH_EXPR_FUNCTION (get);
HEARTH_EXPR_FUNCTION (index_of);
HEARTH_EXPR_FUNCTION (is_empty);
HEARTH_EXPR_FUNCTION (join);
HEARTH_EXPR_FUNCTION (json);
HEARTH_EXPR_FUNCTION (keys);
HEARTH_EXPR_FUNCTION (last);
HEARTH_EXPR_FUNCTION (length);
HEARTH_EXPR_FUNCTION (lower);
HEARTH_EXPR_FUNCTION (map);
HEARTH_EXPR_FUNCTION (max);
HEARTH_EXPR_FUNCTION (min);
HEARTH_EXPR_FUNCTION (number);
HEARTH_EXPR_FUNCTION (parse);
HEARTH_EXPR_FUNCTION (range);
HEARTH_EXPR_FUNCTION (replace);
HEARTH_EXPR_FUNCTION (reverse);
HEARTH_EXPR_FUNCTION (round);
HEARTH_EXPR_FUNCTION (slice);
HEARTH_EXPR_FUNCTION (sort);
HEARTH_EXPR_FUNCTION (split);
HEARTH_EXPR_FUNCTION (starts_with);
HEARTH_EXPR_FUNCTION (sum);
HEARTH_EXPR_FUNCTION (text);
HEARTH_EXPR_FUNCTION (trim);
HEARTH_EXPR_FUNCTION (type);
HEARTH_EXPR_FUNCTION (unique);
HEARTH_EXPR_FUNCTION (upper);
HEARTH_EXPR_FUNCTION (values);

G_END_DECLS
