/* links.c: rules 24, 25 and 40 to 47 of docs/scheduler.md: which links are dead, and who is skipped for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "evaluation.h"

#include <limits.h>
#include <string.h>

/* Rule 17: who reads a stream that a bypassed node hands on has nothing to do with that node. */
void
ref_node_look_through (RefNode *node)
{
  for (guint i = 0; i < node->befores->len; i++)
    {
      RefBefore *before = &g_array_index (node->befores, RefBefore, i);
      const char *handle;
      RefNode *streamer = before->input ? ref_node_get_streamer (before->node, before->handle, &handle) : NULL;

      before->streams = streamer && ref_input_takes_stream (before->input);
      if (streamer)
        {
          before->node = streamer;
          before->handle = g_intern_string (handle);
        }
    }
}

static gboolean
is_seen (RefBefore *before)
{
  return before->input == NULL || !g_array_index (before->input->sources, RefSource, before->source).unseen;
}

/* Was @node reading the stream of @failed when that failed, directly or through others that were
 * reading? Then nothing behind it starts any more. */
static gboolean
carries (RefNode *node,
         RefNode *failed)
{
  if (node == failed)
    return TRUE;
  if (node->began < 0 || node->began > failed->ended || (node->ended >= 0 && node->ended < failed->ended))
    return FALSE;
  if (node->fate == REF_SKIPPED || node->fate == REF_BYPASSED)
    return FALSE;
  for (guint i = 0; i < node->befores->len; i++)
    {
      RefBefore *before = &g_array_index (node->befores, RefBefore, i);

      if (before->streams && is_seen (before) && carries (before->node, failed))
        return TRUE;
    }

  return FALSE;
}

static void
blame (RefNode    *node,
       RefNode    *cause,
       const char *handle)
{
  if (handle)
    g_ptr_array_add (node->causes, g_strdup_printf ("Branch not taken: the node “%s” did not take “%s”.", cause->id, handle));
  else
    g_ptr_array_add (node->causes, g_strdup_printf ("Skipped, because the node “%s” before it failed.", cause->id));
}

/* Does a failure reach the link, by way of one that reads? */
static gboolean
is_struck (Evaluation *self,
           RefNode    *node,
           RefBefore  *before)
{
  gboolean joins = node->join != HEARTH_JOIN_ALL || before->fallback;
  gboolean struck = FALSE;

  for (guint i = 0; i < self->reference->nodes->len; i++)
    {
      RefNode *failed = reference_node (self->reference, i);

      if (failed->fate != REF_FAILED || (failed == before->node && !before->streams))
        continue;
      if (before->streams && (joins || (node->began >= 0 && node->began < failed->ended)))
        continue;
      if (!carries (before->node, failed))
        continue;
      blame (node, failed, NULL);
      struck = TRUE;
    }

  return struck;
}

/* Rules 40, 41, 47. Says why as well. */
static gboolean
is_dead (Evaluation *self,
         RefNode    *node,
         RefBefore  *before)
{
  RefNode *source = before->node;
  gboolean settled = before->streams ? source->opened : ref_node_ended_well (source);
  gboolean untaken = settled && ref_node_is_dead (source, before->handle);
  gboolean failed = source->fate == REF_FAILED && !settled;

  if (source->fate == REF_SKIPPED)
    g_ptr_array_add (node->causes, g_strdup (source->skip_why));
  if (untaken)
    blame (node, source, before->handle);
  if (failed)
    blame (node, source, NULL);

  /* Which of several came first is told by the run. */
  return is_struck (self, node, before) || source->fate == REF_SKIPPED || untaken || failed;
}

static gboolean
counts (RefNode   *node,
        RefBefore *before)
{
  if (before->ignored || before->fallback)
    return FALSE;

  return node->join != HEARTH_JOIN_FIRST || before->input != NULL;
}

static void
choose_join (RefNode *node)
{
  HearthNodeType *type = node->node->type;
  guint n_links = 0;

  node->join = type && type->decl->join ? type->decl->join (node->node->config) : HEARTH_JOIN_ALL;
  for (guint i = 0; i < node->befores->len; i++)
    n_links += counts (node, &g_array_index (node->befores, RefBefore, i));
  if (n_links == 0) /* rule 46 */
    node->join = HEARTH_JOIN_ALL;
}

/* When it came alive; INT_MAX: never. */
static int
get_time (RefBefore *before)
{
  if (before->streams)
    return before->node->opened ? before->node->began : INT_MAX;
  return ref_node_ended_well (before->node) && before->node->ended >= 0 ? before->node->ended : INT_MAX;
}

gboolean
ref_node_is_skipped (Evaluation *self,
                     RefNode    *node)
{
  guint n_links = 0, n_dead = 0;

  choose_join (node);
  for (guint i = 0; i < node->befores->len; i++)
    {
      RefBefore *before = &g_array_index (node->befores, RefBefore, i);
      gboolean dead;

      if (before->ignored || !(counts (node, before) || before->fallback))
        continue;
      if (before->fallback)
        {
          g_autoptr (GPtrArray) causes = g_steal_pointer (&node->causes);

          node->causes = g_ptr_array_new_with_free_func (g_free);
          dead = is_dead (self, node, before);
          g_ptr_array_unref (node->causes);
          node->causes = g_steal_pointer (&causes);
        }
      else
        dead = is_dead (self, node, before);
      if (before->fallback && node->join == HEARTH_JOIN_FIRST) /* rule 64: it does not wait for that */
        dead |= get_time (before) > node->began;
      if (before->input && before->node->fate != REF_UNKNOWN)
        g_array_index (before->input->sources, RefSource, before->source).unseen = dead;
      n_links += counts (node, before);
      n_dead += dead && counts (node, before);
    }
  for (guint i = 0; i < node->befores->len; i++)
    {
      RefBefore *before = &g_array_index (node->befores, RefBefore, i);

      if (before->ignored)
        g_array_index (before->input->sources, RefSource, before->source).unseen = TRUE;
    }

  return node->join == HEARTH_JOIN_ALL ? n_dead > 0 : n_dead == n_links;
}

/* --- joins ------------------------------------------------------------------------------ */

static gboolean
may_be_first (RefNode   *node,
              RefBefore *before,
              int        earliest)
{
  RefSource *source = before->input ? &g_array_index (before->input->sources, RefSource, before->source) : NULL;

  return source && counts (node, before) && source->handle != NULL && get_time (before) == earliest;
}

static int
find_earliest (RefNode *node,
               GArray  *dead)
{
  int earliest = INT_MAX;

  for (guint i = 0; i < node->befores->len; i++)
    {
      RefBefore *before = &g_array_index (node->befores, RefBefore, i);

      if (counts (node, before) && !g_array_index (dead, gboolean, i))
        earliest = MIN (earliest, get_time (before));
    }

  return earliest;
}

static GArray *
list_dead (Evaluation *self,
           RefNode    *node)
{
  GArray *dead = g_array_new (FALSE, TRUE, sizeof (gboolean));

  for (guint i = 0; i < node->befores->len; i++)
    {
      RefBefore *before = &g_array_index (node->befores, RefBefore, i);
      gboolean is = counts (node, before) && is_dead (self, node, before);

      g_array_append_val (dead, is);
    }

  return dead;
}

/* Two links may come alive in the same moment; the rules do not say which is first then. */
guint
ref_node_count_choices (Evaluation *self,
                        RefNode    *node)
{
  g_autoptr (GArray) dead = list_dead (self, node);
  int earliest = find_earliest (node, dead);
  guint n_choices = 0;

  if (node->join != HEARTH_JOIN_FIRST || earliest == INT_MAX)
    return 1;
  for (guint i = 0; i < node->befores->len; i++)
    n_choices += !g_array_index (dead, gboolean, i)
                 && may_be_first (node, &g_array_index (node->befores, RefBefore, i), earliest);

  return n_choices;
}

gboolean
ref_node_choose (Evaluation *self,
                 RefNode    *node,
                 guint       choice)
{
  g_autoptr (GArray) dead = list_dead (self, node);
  int earliest = find_earliest (node, dead);

  if (node->join != HEARTH_JOIN_FIRST)
    return TRUE;
  for (guint i = 0; i < node->befores->len; i++)
    {
      RefBefore *before = &g_array_index (node->befores, RefBefore, i);
      gboolean candidate = !g_array_index (dead, gboolean, i) && may_be_first (node, before, earliest);

      if (before->input && !before->fallback)
        g_array_index (before->input->sources, RefSource, before->source).unseen = !candidate || choice-- != 0;
    }

  return earliest != INT_MAX;
}
