/* groups.c: rule 10 of docs/scheduler.md: what becomes of groups, and what is handed out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "evaluation.h"

#include <string.h>

static gboolean
is_within (RefGroup *inner,
           RefGroup *outer)
{
  while (inner && inner != outer)
    inner = inner->parent;
  return inner != NULL;
}

gboolean
reference_is_inside (RefNode  *node,
                     RefGroup *group)
{
  return is_within (node->scope->group, group);
}

static RefNode *
get_result_node (RefResult *result)
{
  return result->streamer ? result->streamer : result->source.node;
}

static HearthValue *
dup_result (RefResult *result)
{
  RefNode *node = result->source.node;

  if (node == NULL)
    return hearth_value_ref_or_null (result->source.constant);
  if (ref_node_is_dead (get_result_node (result), result->stream_handle))
    return NULL;
  if (result->streamer)
    return result->streamer->starts ? ref_node_dup_text (result->streamer) : NULL;
  if (node->fate == REF_FAILED && node->starts && node->streams)
    {
      g_autofree char *message = g_strdup_printf ("Error resolving batch output: %s", node->error);

      return hearth_value_object ("type", hearth_value_string ("error_placeholder"), "message",
                                  hearth_value_string (message), NULL);
    }

  return ref_node_ended_well (node) ? hearth_value_ref_or_null (hearth_value_get (node->outputs, result->source.handle)) : NULL;
}

HearthValue *
ref_group_make_outputs (Reference *self,
                        RefGroup  *group)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < self->results->len; i++)
    if (reference_result (self, i)->group == group)
      hearth_builder_add (&builder, reference_result (self, i)->key, dup_result (reference_result (self, i)));

  return hearth_builder_end_object (&builder);
}

typedef struct
{
  guint n_skipped, n_cancelled;
  guint n_untaken, n_untaken_inside, n_inside, n_all;
} Census;

static void
count (RefGroup *group,
       RefNode  *node,
       Census   *census)
{
  gboolean inside = reference_is_inside (node, group);

  gboolean untaken = node->fate == REF_SKIPPED && g_str_has_prefix (node->skip_why, "Branch not taken");

  census->n_inside += inside;
  census->n_all++;
  census->n_untaken += untaken;
  census->n_untaken_inside += untaken && inside;
  if (inside && node->fate == REF_FAILED)
    g_ptr_array_add (group->failed, node);
  else if (node->fate == REF_CUT || node->fate == REF_OPEN)
    census->n_cancelled++;
  else if ((node->fate == REF_SKIPPED && !untaken) || node->fate == REF_FAILED)
    census->n_skipped++;
  group->starts |= inside && node->fate != REF_SKIPPED && node->fate != REF_OPEN;
}

void
ref_group_evaluate (Reference *self,
                    RefGroup  *group)
{
  Census census = { 0 };

  for (guint i = 0; i < self->nodes->len; i++)
    if (reference_is_inside (reference_node (self, i), group))
      count (group, reference_node (self, i), &census);
  for (guint i = 0; i < self->results->len; i++)
    {
      RefResult *result = reference_result (self, i);

      if (is_within (result->group, group) && result->source.node && !reference_is_inside (get_result_node (result), group))
        count (group, get_result_node (result), &census);
    }

  if (group->failed->len > 0)
    group->fate = REF_FAILED;
  else if (census.n_cancelled > 0)
    group->fate = group->starts ? REF_CUT : REF_OPEN;
  else if (census.n_skipped > 0)
    group->fate = group->starts ? REF_FAILED : REF_SKIPPED;
  else if (census.n_inside > 0 ? census.n_untaken_inside == census.n_inside
                               : census.n_untaken > 0 && census.n_untaken == census.n_all)
    group->fate = REF_SKIPPED;
  else
    {
      group->fate = REF_DONE;
      group->starts = TRUE; /* also one without a node */
      group->outputs = ref_group_make_outputs (self, group);
    }
  if (group->parent)
    group->parent->starts |= group->starts && group->fate != REF_SKIPPED;
}
