/* check-reuse.c: rules 68 to 72 of docs/scheduler.md: what was reused, and why or why not
 *
 * When nodes came to their turn and ended is taken from the run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "check.h"

#include <string.h>

void
check_list_keyed (Check     *self,
                  Reference *reference)
{
  for (guint i = 0; i < reference->nodes->len; i++)
    {
      RefNode *node = reference_node (reference, i);

      if (node->key && node->starts)
        {
          g_ptr_array_add (self->keyed, node);
          g_hash_table_insert (self->places, node,
                               g_strdup_printf ("%s\n%s", hearth_graph_get_id (reference->graph), node->id));
        }
      for (guint c = 0; c < node->calls->len; c++)
        check_list_keyed (self, g_ptr_array_index (node->calls, c));
    }
}

/* Has it a result of its kind, kept now or earlier? */
static gboolean
is_known (RefNode *node)
{
  return node->fate == REF_DONE && !node->fell_back;
}

/* Has it left a result? */
static gboolean
is_kept (RefNode *node)
{
  return is_known (node) && !node->reused;
}

/* --- is it reused? ------------------------------------------------------------------------ */

/* Was there a result for @node before place @time of the run? */
static gboolean
has_kept (Check   *self,
          RefNode *node,
          int      time)
{
  for (guint i = 0; i < self->keyed->len; i++)
    {
      RefNode *other = g_ptr_array_index (self->keyed, i);

      if (is_kept (other) && other->ended < time && strcmp (other->key, node->key) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The run whose result stands for that of @node, or NULL. */
static const char *
find_origin (Check   *self,
             RefNode *node)
{
  if (node->key == NULL || self->keyed == NULL || !node->starts || node->anew
      || (node->outside && self->mode != HEARTH_RUN_REUSE_ALL))
    return NULL;
  if (has_kept (self, node, node->began))
    return self->run_id;

  return self->before && has_kept (self->before, node, G_MAXINT) ? self->before->run_id : NULL;
}

/* --- why? --------------------------------------------------------------------------------- */

/* What was last known at @place before place @time of the run; or NULL. */
static RefNode *
find_last (Check      *self,
           const char *place,
           int         time)
{
  RefNode *last = NULL;

  for (guint i = 0; i < self->keyed->len; i++)
    {
      RefNode *other = g_ptr_array_index (self->keyed, i);

      if (is_known (other) && other->ended < time && strcmp (g_hash_table_lookup (self->places, other), place) == 0
          && (last == NULL || last->ended < other->ended))
        last = other;
    }

  return last;
}

static gboolean
differs (RefNode    *node,
         RefNode    *last,
         const char *part)
{
  return g_strcmp0 (g_hash_table_lookup (node->parts, part), g_hash_table_lookup (last->parts, part)) != 0;
}

static char *
explain_change (RefNode *node,
                RefNode *last)
{
  if (last == NULL)
    return g_strdup ("first run");
  if (differs (node, last, "type:"))
    return g_strdup ("the node's version changed");
  if (differs (node, last, "config:"))
    return g_strdup ("configuration changed");
  for (guint i = 0; i < node->inputs->len; i++)
    if (differs (node, last, ((RefInput *) g_ptr_array_index (node->inputs, i))->key))
      return g_strdup_printf ("input “%s” changed", ((RefInput *) g_ptr_array_index (node->inputs, i))->key);
  for (guint i = 0; i < last->inputs->len; i++)
    if (differs (node, last, ((RefInput *) g_ptr_array_index (last->inputs, i))->key))
      return g_strdup_printf ("input “%s” changed", ((RefInput *) g_ptr_array_index (last->inputs, i))->key);

  return g_strdup ("its earlier result was not kept");
}

static char *
explain (Check      *self,
         RefNode    *node,
         const char *origin)
{
  const char *place = self->keyed ? g_hash_table_lookup (self->places, node) : NULL;
  RefNode *last;

  if (node->why && strcmp (node->why, "pinned") == 0)
    return g_strdup (node->why);
  if (place == NULL)
    return NULL;
  if (origin)
    return g_strdup ("same as in the run of 1 January 1970, 00:00");
  if (node->anew)
    return g_strdup ("asked to run anew");
  if (node->outside && self->mode != HEARTH_RUN_REUSE_ALL)
    return g_strdup ("depends on something outside");

  last = find_last (self, place, node->began);
  if (last == NULL && self->before)
    last = find_last (self->before, place, G_MAXINT);
  return explain_change (node, last);
}

void
check_reuse (Check   *self,
             RefNode *node,
             Told    *told)
{
  const char *origin = find_origin (self, node);
  gboolean ended = node->fate == REF_DONE;
  g_autofree char *why = explain (self, node, origin);
  const char *why_ended = ended && node->fell_back ? node->why : why;

  /* Which of two links was the first is known by what the node made of it. */
  if (node->fate == REF_CUT && node->join == HEARTH_JOIN_FIRST)
    return;
  if ((origin != NULL) != told->reused)
    check_complain (self, "node %s %s\n%s", node->told_id,
                    origin ? "ran again, although nothing had changed" : "was reused, and should have run",
                    node->key ? node->key : "(no key)");
  else if (ended && g_strcmp0 (origin, told->origin) != 0)
    check_complain (self, "node %s was reused from run %s instead of %s", node->told_id, told->origin, origin);
  else if (node->starts && g_strcmp0 (why, told->why_began) != 0)
    check_complain (self, "node %s says of its beginning “%s” instead of “%s”", node->told_id, told->why_began, why);
  else if (ended && g_strcmp0 (why_ended, told->why) != 0)
    check_complain (self, "node %s says of its end “%s” instead of “%s”", node->told_id, told->why, why_ended);
}
