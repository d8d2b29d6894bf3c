/* reference.c: rules 12 to 35 of docs/scheduler.md: what becomes of every node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "evaluation.h"

#include <limits.h>
#include <string.h>

#define INTERRUPTED "Execution interrupted by user."

/* --- making ------------------------------------------------------------------------ */

static void
input_free (RefInput *self)
{
  g_clear_pointer (&self->slot, hearth_slot_unref);
  g_clear_pointer (&self->value, hearth_value_unref);
  g_array_unref (self->sources);
  g_free (self);
}

static void
node_free (RefNode *self)
{
  for (guint i = 0; i < self->inputs->len; i++)
    input_free (g_ptr_array_index (self->inputs, i));
  g_ptr_array_unref (self->inputs);
  g_array_unref (self->befores);
  g_clear_pointer (&self->slots_out, g_ptr_array_unref);
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_clear_pointer (&self->chunks, g_ptr_array_unref);
  g_clear_pointer (&self->handed_on, g_hash_table_unref);
  g_clear_pointer (&self->dead, g_ptr_array_unref);
  g_clear_pointer (&self->callee, reference_free);
  g_ptr_array_unref (self->tries);
  g_ptr_array_unref (self->causes);
  g_ptr_array_unref (self->calls);
  g_free (self->call_error);
  g_free (self->key);
  g_clear_pointer (&self->parts, g_hash_table_unref);
  g_free (self->why);
  g_free (self->error);
  g_free (self->told_id);
  g_free (self->id);
  g_free (self);
}

static void
group_free (RefGroup *self)
{
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_ptr_array_unref (self->failed);
  g_free (self->told_id);
  g_free (self->id);
  g_free (self);
}

static void
scope_free (RefScope *self)
{
  g_hash_table_unref (self->nodes);
  g_hash_table_unref (self->children);
  g_free (self->prefix);
  g_free (self);
}

static Reference *
new_reference (Reference   *caller,
               HearthGraph *graph,
               GHashTable  *groups,
               HearthValue *values,
               HearthValue *mappings,
               const char  *prefix)
{
  Reference *self = g_new0 (Reference, 1);

  self->caller = caller;
  self->prefix = g_strdup (prefix);
  self->graph = g_object_ref (graph);
  self->graphs = groups;
  self->values = hearth_value_ref_or_null (values);
  self->mappings = hearth_value_ref_or_null (mappings);
  self->scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) scope_free);
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  self->results = g_ptr_array_new_with_free_func (g_free);
  return self;
}

Reference *
reference_new (HearthGraph *graph,
               GHashTable  *groups,
               HearthValue *values,
               HearthValue *mappings)
{
  Reference *self = new_reference (NULL, graph, groups, values, mappings, "");

  reference_unfold (self);
  return self;
}

Reference *
reference_new_call (Reference   *caller,
                    RefScope    *scope,
                    const char  *reference,
                    const char  *prefix,
                    HearthValue *values)
{
  HearthGraph *graph = g_hash_table_lookup (caller->graphs, reference);
  Reference *self = new_reference (caller, graph, caller->graphs, values, NULL, prefix);

  self->caller_scope = scope;
  reference_unfold (self);
  return self;
}

void
reference_free (Reference *self)
{
  g_ptr_array_unref (self->results);
  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->scopes);
  g_clear_pointer (&self->values, hearth_value_unref);
  g_clear_pointer (&self->mappings, hearth_value_unref);
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_clear_error (&self->error);
  g_object_unref (self->graph);
  g_free (self->prefix);
  g_free (self);
}

/* --- one after the other ------------------------------------------------------------------ */

static gboolean
is_named (Reference *self,
          RefNode   *node)
{
  for (guint i = 0; self->anew_ids && self->anew_ids[i]; i++)
    {
      gsize length = strlen (self->anew_ids[i]);

      if (strncmp (node->id, self->anew_ids[i], length) == 0 && (node->id[length] == '\0' || node->id[length] == '/'))
        return TRUE;
    }

  return FALSE;
}

/* Rule 72. */
static gboolean
is_anew (Reference *self,
         RefNode   *node)
{
  if (self->anew || is_named (self, node))
    return TRUE;
  for (guint i = 0; i < node->befores->len; i++)
    if (g_array_index (node->befores, RefBefore, i).node->anew)
      return TRUE;

  return FALSE;
}

static void
forget (RefNode *node)
{
  g_clear_pointer (&node->outputs, hearth_value_unref);
  g_clear_pointer (&node->chunks, g_ptr_array_unref);
  g_clear_pointer (&node->dead, g_ptr_array_unref);
  g_clear_pointer (&node->error, g_free);
  g_clear_pointer (&node->key, g_free);
  g_clear_pointer (&node->parts, g_hash_table_unref);
  g_clear_pointer (&node->why, g_free);
  g_ptr_array_set_size (node->tries, 0);
  g_ptr_array_set_size (node->calls, 0);
  node->starts = node->opened = node->fell_back = FALSE;
}

/* Is it what the run made of it, as far as it got? */
static gboolean
fits (RefNode        *node,
      const RefTimes *times)
{
  if (times->chunk)
    return node->chunks && node->chunks->len > 0 && hearth_value_equal (g_ptr_array_index (node->chunks, 0), times->chunk);
  if (times->error)
    return g_strcmp0 (node->error, times->error) == 0;

  return node->outputs && times->outputs && hearth_value_equal (node->outputs, times->outputs);
}

/* Where two links come alive together, what the node made of it decides. */
static void
start (Evaluation     *self,
       RefNode        *node,
       const RefTimes *times)
{
  guint n_choices = ref_node_count_choices (self, node);

  for (guint i = 0; i < n_choices; i++)
    {
      forget (node);
      ref_node_choose (self, node, i);
      ref_node_fill_inputs (node);
      if (node->node->type && node->node->bypassed)
        ref_node_bypass (node);
      ref_node_start (self, node, times);
      if (fits (node, times))
        return;
    }
}

static void
evaluate (Evaluation *self,
          RefNode    *node)
{
  RefTimes times = self->clock (node->told_id, self->user_data);
  gboolean skipped;

  node->began = times.began;
  node->ended = times.ended;
  node->reused = times.reused;
  node->skip_why = times.skip_why ? times.skip_why : "";
  ref_node_look_through (node);
  node->anew = is_anew (self->reference, node);
  if (node->node->type && node->node->bypassed)
    ref_node_hand_on (node);

  skipped = ref_node_is_skipped (self, node);
  if (skipped && !(self->cancelled && times.skipped < 0))
    node->fate = REF_SKIPPED;
  else if (self->cancelled && node->began < 0)
    node->fate = REF_OPEN;
  else
    start (self, node, &times);
  if (self->cancelled && node->starts && node->ended < 0)
    {
      node->fate = REF_CUT;
      g_free (node->error);
      node->error = g_strdup (INTERRUPTED);
    }
  else if (node->fate == REF_FAILED && node->ended < 0)
    node->ended = INT_MAX; /* it should have: the comparison will say so */
}

static gboolean
is_ready (RefNode *node)
{
  for (guint i = 0; i < node->befores->len; i++)
    if (g_array_index (node->befores, RefBefore, i).node->fate == REF_UNKNOWN)
      return FALSE;

  return TRUE;
}

/* --- all of them -------------------------------------------------------------------------- */

void
reference_evaluate (Reference *self,
                    gboolean   cancelled,
                    RefClock   clock,
                    gpointer   user_data)
{
  Evaluation evaluation = { self, cancelled, clock, user_data };
  guint n_left = self->nodes->len;

  g_assert (self->error == NULL);

  while (n_left > 0)
    for (guint i = 0; i < self->nodes->len; i++)
      if (reference_node (self, i)->fate == REF_UNKNOWN && is_ready (reference_node (self, i)))
        {
          evaluate (&evaluation, reference_node (self, i));
          self->fails |= reference_node (self, i)->fate == REF_FAILED;
          n_left--;
        }
  for (guint i = 0; i < self->results->len; i++)
    {
      RefResult *result = reference_result (self, i);

      if (result->source.node)
        {
          result->stream_handle = result->source.handle;
          result->streamer = ref_node_get_streamer (result->source.node, result->source.handle, &result->stream_handle);
        }
      result->streams &= result->streamer != NULL;
    }
  for (guint i = self->groups->len; i-- > 0;) /* inner ones first */
    ref_group_evaluate (self, reference_group (self, i));
  for (guint i = 0; i < self->results->len && self->outputs == NULL; i++)
    if (reference_result (self, i)->group == NULL)
      self->outputs = ref_group_make_outputs (self, NULL);
}
