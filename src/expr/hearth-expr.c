/* hearth-expr.c: an expression and the mistakes in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-expr.h"

#include <string.h>

#include "hearth-expr-private.h"
#include "hearth-i18n.h"

/* Names longer than this are not compared for a suggestion. */
#define MAX_COMPARED_NAME 40

G_DEFINE_QUARK (hearth-expr-error-quark, hearth_expr_error)

/* --- the tree -------------------------------------------------------------------- */

static void
part_clear_cb (gpointer data)
{
  HearthExprPart *part = data;

  g_clear_pointer (&part->key, hearth_value_unref);
}

static void
node_free_cb (gpointer data)
{
  HearthExprNode *node = data;

  g_clear_pointer (&node->value, hearth_value_unref);
  g_clear_pointer (&node->parts, g_array_unref);
  g_free (node);
}

HearthExprNode *
_hearth_expr_add_node (HearthExpr        *self,
                       HearthExprNodeKind kind,
                       guint              offset)
{
  HearthExprNode *node = g_new0 (HearthExprNode, 1);

  if (self->nodes == NULL)
    self->nodes = g_ptr_array_new_with_free_func (node_free_cb);
  g_ptr_array_add (self->nodes, node);
  node->kind = kind;
  node->offset = offset;
  return node;
}

void
_hearth_expr_node_add (HearthExprNode     *self,
                       HearthExprTokenKind operator,
                       guint               offset,
                       HearthValue        *key,
                       HearthExprNode     *node)
{
  HearthExprPart part = { operator, offset, key, node };

  if (self->parts == NULL)
    {
      self->parts = g_array_new (FALSE, FALSE, sizeof (HearthExprPart));
      g_array_set_clear_func (self->parts, part_clear_cb);
    }
  g_array_append_val (self->parts, part);
}

/* --- mistakes --------------------------------------------------------------------- */

gpointer
_hearth_expr_fail_at (const char     *text,
                      gsize           offset,
                      HearthExprError code,
                      const char     *sentence,
                      GError        **error)
{
  gsize line = 1;
  gsize column = 1;

  for (const char *walk = text; walk < text + offset; walk++)
    if (*walk == '\n')
      {
        line++;
        column = 1;
      }
    else if ((*walk & 0xc0) != 0x80)
      column++;
  if (line > 1)
    /* Translators: the last part is a sentence that says what is wrong there. */
    g_set_error (error, HEARTH_EXPR_ERROR, code, _("Line %zu, column %zu: %s"), line, column, sentence);
  else
    /* Translators: the last part is a sentence that says what is wrong there. */
    g_set_error (error, HEARTH_EXPR_ERROR, code, _("Column %zu: %s"), column, sentence);
  return NULL;
}

/* Levenshtein's distance, row by row; letters that differ only in case count as equal. */
guint
_hearth_expr_distance (const char *a,
                       const char *b)
{
  gsize n_a = strlen (a);
  gsize n_b = strlen (b);
  guint row[MAX_COMPARED_NAME + 1];

  if (n_a > MAX_COMPARED_NAME || n_b > MAX_COMPARED_NAME)
    return G_MAXUINT8;
  for (guint j = 0; j <= n_b; j++)
    row[j] = j;
  for (guint i = 1; i <= n_a; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (guint j = 1; j <= n_b; j++)
        {
          guint above = row[j];
          guint change = g_ascii_tolower (a[i - 1]) == g_ascii_tolower (b[j - 1]) ? 0 : 1;

          row[j] = MIN (MIN (above, row[j - 1]) + 1, diagonal + change);
          diagonal = above;
        }
    }
  return row[n_b];
}

void
_hearth_expr_consider (const char  *name,
                       const char  *candidate,
                       const char **best)
{
  guint distance = _hearth_expr_distance (name, candidate);

  if (distance > MAX (1, strlen (name) / 3))
    return;
  if (*best == NULL || distance < _hearth_expr_distance (name, *best))
    *best = candidate;
}

/* --- public ------------------------------------------------------------------------ */

HearthExpr *
hearth_expr_ref (HearthExpr *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
hearth_expr_unref (HearthExpr *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->variables, g_ptr_array_unref);
  g_free (self->text);
  g_free (self);
}

const char *
hearth_expr_get_text (const HearthExpr *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

char **
hearth_expr_list_variables (const HearthExpr *self)
{
  char **names;

  g_return_val_if_fail (self != NULL, NULL);

  names = g_new0 (char *, self->variables->len + 1);
  for (guint i = 0; i < self->variables->len; i++)
    names[i] = g_strdup (g_ptr_array_index (self->variables, i));
  return names;
}
