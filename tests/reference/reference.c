/* reference.c: rules 12 to 35 of docs/scheduler.md: what becomes of every node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reference.h"

#include "kinds.h"

#include <limits.h>
#include <string.h>

#define INTERRUPTED "Execution interrupted by user."

typedef struct
{
  Reference *reference;
  gboolean   cancelled;
  RefClock   clock;
  gpointer   user_data;
} Evaluation;

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
  g_free (self->error);
  g_free (self->id);
  g_free (self);
}

static void
group_free (RefGroup *self)
{
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_ptr_array_unref (self->failed);
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

Reference *
reference_new (HearthGraph *graph,
               GHashTable  *groups,
               HearthValue *values,
               HearthValue *mappings)
{
  Reference *self = g_new0 (Reference, 1);

  self->graph = g_object_ref (graph);
  self->graphs = groups;
  self->values = hearth_value_ref_or_null (values);
  self->mappings = hearth_value_ref_or_null (mappings);
  self->scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) scope_free);
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  self->results = g_ptr_array_new_with_free_func (g_free);
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
  g_free (self);
}

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

/* --- values ------------------------------------------------------------------------ */

static gboolean
ended_well (RefNode *node)
{
  return node->fate == REF_DONE || node->fate == REF_BYPASSED;
}

/* Whose stream is it, really (rule 17)? NULL: the output is a plain one. */
static RefNode *
get_streamer (RefNode    *node,
              const char *handle)
{
  if (node->handed_on && g_hash_table_lookup (node->handed_on, handle))
    return g_hash_table_lookup (node->handed_on, handle);
  for (guint i = 0; node->streams && i < node->slots_out->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (node->slots_out, i);

      if (strcmp (slot->key, handle) == 0 && hearth_slot_is (slot, STREAM))
        return node;
    }

  return NULL;
}

static HearthValue *
dup_text (RefNode *streamer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; streamer->chunks && i < streamer->chunks->len; i++)
    {
      HearthValue *chunk = g_ptr_array_index (streamer->chunks, i);

      if (g_strcmp0 (hearth_value_get_member_string (chunk, "type", NULL), "text_chunk") == 0)
        g_string_append (text, hearth_value_get_member_string (chunk, "content", ""));
    }

  return hearth_value_string (text->str);
}

/* New reference, or NULL. */
static HearthValue *
dup_source_value (RefSource *source)
{
  RefNode *streamer;

  if (source->node == NULL)
    return hearth_value_ref_or_null (source->constant);

  streamer = get_streamer (source->node, source->handle);
  if (streamer)
    return ended_well (streamer) ? dup_text (streamer) : NULL;
  return ended_well (source->node) ? hearth_value_ref_or_null (hearth_value_get (source->node->outputs, source->handle))
                                   : NULL;
}

static gboolean
takes_stream (RefInput *input)
{
  return input->slot && hearth_slot_is (input->slot, STREAM) && !input->collects;
}

static HearthValue *
dup_list (RefInput *input)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < input->sources->len; i++)
    {
      HearthValue *value = dup_source_value (&g_array_index (input->sources, RefSource, i));

      hearth_builder_add (&list, NULL, value ? value : hearth_value_null ());
    }

  return hearth_builder_end_array (&list);
}

static void
fill_input (RefInput *input)
{
  RefSource *source = input->sources->len ? &g_array_index (input->sources, RefSource, input->sources->len - 1) : NULL;

  if (source && input->collects)
    input->value = dup_list (input);
  else if (source && takes_stream (input) && source->node && get_streamer (source->node, source->handle))
    input->stream = get_streamer (source->node, source->handle);
  else
    {
      input->value = source ? dup_source_value (source) : NULL;
      if (input->value == NULL)
        input->value = hearth_value_ref_or_null (input->constant);
    }
}

/* --- bypass (rules 16, 17) ---------------------------------------------------------- */

static RefInput *
find_input (RefNode    *node,
            const char *key)
{
  for (guint i = 0; i < node->inputs->len; i++)
    if (strcmp (((RefInput *) g_ptr_array_index (node->inputs, i))->key, key) == 0)
      return g_ptr_array_index (node->inputs, i);

  return NULL;
}

static gboolean
may_pass (RefInput   *input,
          HearthSlot *output)
{
  return input && input->slot && (input->sources->len > 0 || input->constant) && hearth_slot_can_pass (input->slot, output);
}

static RefInput *
choose_input (RefNode    *node,
              HearthSlot *output,
              GHashTable *used)
{
  HearthValue *behaviour = node->node->type->bypass;
  const char *key;

  if (hearth_value_is (behaviour, OBJECT))
    {
      RefInput *input;

      key = hearth_value_get_member_string (hearth_value_get (behaviour, "passThrough"), output->key, NULL);
      input = key ? find_input (node, key) : NULL;
      return may_pass (input, output) ? input : NULL;
    }
  for (guint i = 0; i < node->inputs->len; i++)
    {
      RefInput *input = g_ptr_array_index (node->inputs, i);

      if (may_pass (input, output) && g_hash_table_add (used, input))
        return input;
    }

  return NULL;
}

static HearthValue *
dup_empty (RefNode    *node,
           HearthSlot *output)
{
  HearthValue *behaviour = node->node->type->bypass;
  HearthValue *value = hearth_value_get (hearth_value_get (behaviour, "defaults"), output->key);

  if (value == NULL)
    value = hearth_data_type_get_zero (output->type);
  return value ? hearth_value_ref (value) : hearth_value_null ();
}

/* Which streams a bypassed node hands on is known before anything runs. */
static void
bypass (RefNode *node)
{
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);
  g_auto (HearthBuilder) outputs = HEARTH_BUILDER_INIT;

  node->handed_on = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < node->slots_out->len && !hearth_value_is (node->node->type->bypass, STRING); i++)
    {
      HearthSlot *output = g_ptr_array_index (node->slots_out, i);
      RefInput *input = choose_input (node, output, used);

      if (input && input->stream)
        g_hash_table_insert (node->handed_on, output->key, input->stream);
      else
        hearth_builder_add (&outputs, output->key,
                            input && input->value ? hearth_value_ref (input->value) : dup_empty (node, output));
    }
  node->outputs = hearth_builder_end_object (&outputs);
}

/* --- running -------------------------------------------------------------------------- */

static HearthValue *
call_input (RefCall    *call,
            const char *key)
{
  RefInput *input = find_input (call->source, key);

  return input ? input->value : NULL;
}

static HearthValue *
call_config (RefCall    *call,
             const char *key)
{
  HearthNode *node = ((RefNode *) call->source)->node;
  HearthValue *value = node->config ? hearth_value_get (node->config, key) : NULL;
  HearthSlot *slot = value ? NULL : hearth_slots_find (node->type->config, key);

  return value ? value : slot ? slot->default_value : NULL;
}

static GPtrArray *
call_stream (RefCall    *call,
             const char *key)
{
  static GPtrArray *none;
  RefInput *input = find_input (call->source, key);

  if (none == NULL)
    none = g_ptr_array_new ();
  if (input == NULL || input->stream == NULL)
    return NULL;
  return input->stream->chunks ? input->stream->chunks : none;
}

static char *
dup_chunk_error (HearthValue *chunk)
{
  HearthValue *content = hearth_value_get (chunk, "content");

  if (hearth_value_is (content, STRING))
    return g_strdup (hearth_value_get_string (content, NULL));
  return g_strdup (hearth_value_get_member_string (content, "message", "Node yielded an error chunk."));
}

/* Rules 18, 23, 26: what a stream says, and how it ends. */
static void
end_stream (RefNode *node,
            RefCall *call)
{
  if (call->chunks == NULL)
    call->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  if (call->error)
    ref_call_yield (call, hearth_value_object ("type", hearth_value_string ("error_chunk"), "content",
                                               hearth_value_string (call->error), NULL));
  for (guint i = 0; i < call->chunks->len && call->error == NULL; i++)
    {
      HearthValue *chunk = g_ptr_array_index (call->chunks, i);

      if (strcmp (hearth_value_get_member_string (chunk, "type", ""), "error_chunk") != 0)
        continue;
      g_assert (i == call->chunks->len - 1);
      call->error = dup_chunk_error (chunk);
    }
  node->chunks = g_steal_pointer (&call->chunks);
}

static void
run (Reference *self,
     RefNode   *node)
{
  const RefKind *kind = ref_kinds_lookup (node->node->type_id);
  RefCall call = { call_input, call_config, call_stream, node, NULL, NULL, NULL };

  g_assert (kind != NULL);
  node->starts = TRUE;
  kind->model (&call);
  if (node->streams)
    end_stream (node, &call);
  if (call.error)
    node->error = g_steal_pointer (&call.error);
  else if (strcmp (node->node->type_id, HEARTH_TYPE_ID_GROUP_INPUT) == 0)
    {
      HearthValue *interface = hearth_graph_get_property (self->graph, "interfaceInputs");

      for (gsize i = 0; interface && i < hearth_value_get_length (interface); i++)
        {
          const char *key = hearth_value_key_at (interface, i);
          HearthValue *value = self->values ? hearth_value_get (self->values, key) : NULL;

          if (value == NULL)
            value = hearth_value_get (hearth_value_get (hearth_value_member_at (interface, i), "config"), "default");
          ref_call_set (&call, key, hearth_value_ref_or_null (value));
        }
      node->outputs = g_steal_pointer (&call.outputs);
    }
  else
    node->outputs = g_steal_pointer (&call.outputs);
  node->fate = node->error ? REF_FAILED : REF_DONE;
  ref_call_clear (&call);
}

static RefInput *
find_missing (RefNode *node)
{
  for (guint i = 0; i < node->inputs->len && strcmp (node->node->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT) != 0; i++)
    {
      RefInput *input = g_ptr_array_index (node->inputs, i);

      if (input->slot && hearth_slot_is (input->slot, REQUIRED) && !input->value && !input->stream)
        return input;
    }

  return NULL;
}

/* Rule 15. */
static void
start (Reference *self,
       RefNode   *node)
{
  HearthNode *graph_node = node->node;
  RefInput *missing = find_missing (node);

  node->fate = REF_FAILED;
  if (graph_node->type == NULL && graph_node->bypassed)
    node->error = g_strdup_printf ("Critical error: Node type %s not found in registry.", graph_node->type_id);
  else if (graph_node->type == NULL)
    node->error = g_strdup_printf ("Node type %s not found or not executable.", graph_node->type_id);
  else if (graph_node->bypassed)
    node->fate = REF_BYPASSED;
  else if (missing)
    node->error = g_strdup_printf ("Critical error: Missing required input '%s' for node %s (%s)", missing->key, node->id,
                                   graph_node->type_id);
  else
    run (self, node);
}

/* --- failures (rules 24, 25) ------------------------------------------------------------ */

/* Did the failure of @failed get as far as to what comes after @node? It goes through those that
 * were running then and those that were skipped, not through those that had ended well. */
static gboolean
spreads (RefNode *node,
         RefNode *failed)
{
  if (node == failed)
    return TRUE;
  if (node->fate == REF_UNKNOWN || node->fate == REF_OPEN)
    return FALSE;
  if (node->fate != REF_SKIPPED && node->ended >= 0 && node->ended < failed->ended)
    return FALSE;
  for (guint i = 0; i < node->befores->len; i++)
    if (spreads (g_array_index (node->befores, RefBefore, i).node, failed))
      return TRUE;

  return FALSE;
}

static gboolean
is_skipped (Evaluation *self,
            RefNode    *node)
{
  for (guint i = 0; i < self->reference->nodes->len; i++)
    {
      RefNode *failed = reference_node (self->reference, i);

      if (failed->fate != REF_FAILED || (node->began >= 0 && node->began < failed->ended))
        continue;
      for (guint b = 0; b < node->befores->len; b++)
        if (spreads (g_array_index (node->befores, RefBefore, b).node, failed))
          return TRUE;
    }

  return FALSE;
}

/* --- one after the other ------------------------------------------------------------------ */

/* Rule 17: who reads a stream that a bypassed node hands on has nothing to do with that node. */
static void
look_through (RefNode *node)
{
  for (guint i = 0; i < node->befores->len; i++)
    {
      RefBefore *before = &g_array_index (node->befores, RefBefore, i);
      RefNode *streamer = before->input ? get_streamer (before->node, before->handle) : NULL;

      before->streams = streamer && takes_stream (before->input);
      if (streamer)
        before->node = streamer;
    }
}

static void
evaluate (Evaluation *self,
          RefNode    *node)
{
  RefTimes times = self->clock (node->id, self->user_data);

  node->began = times.began;
  node->ended = times.ended;
  look_through (node);
  for (guint i = 0; i < node->inputs->len; i++)
    fill_input (g_ptr_array_index (node->inputs, i));
  if (node->node->type && node->node->bypassed)
    bypass (node);

  if (is_skipped (self, node))
    node->fate = REF_SKIPPED;
  else if (self->cancelled && node->began < 0)
    node->fate = REF_OPEN;
  else
    start (self->reference, node);
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

/* --- groups (rule 10) ----------------------------------------------------------------------- */

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
  if (result->streamer)
    return result->streamer->starts ? dup_text (result->streamer) : NULL;
  if (node->fate == REF_FAILED && node->starts && node->streams)
    {
      g_autofree char *message = g_strdup_printf ("Error resolving batch output: %s", node->error);

      return hearth_value_object ("type", hearth_value_string ("error_placeholder"), "message",
                                  hearth_value_string (message), NULL);
    }

  return ended_well (node) ? hearth_value_ref_or_null (hearth_value_get (node->outputs, result->source.handle)) : NULL;
}

static HearthValue *
make_outputs (Reference *self,
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
} Census;

static void
count (RefGroup *group,
       RefNode  *node,
       Census   *census)
{
  gboolean inside = reference_is_inside (node, group);

  if (inside && node->fate == REF_FAILED)
    g_ptr_array_add (group->failed, node);
  else if (node->fate == REF_CUT || node->fate == REF_OPEN)
    census->n_cancelled++;
  else if (node->fate == REF_SKIPPED || node->fate == REF_FAILED)
    census->n_skipped++;
  group->starts |= inside && node->fate != REF_SKIPPED && node->fate != REF_OPEN;
}

static void
evaluate_group (Reference *self,
                RefGroup  *group)
{
  Census census = { 0, 0 };

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
  else
    {
      group->fate = REF_DONE;
      group->starts = TRUE; /* also one without a node */
      group->outputs = make_outputs (self, group);
    }
  if (group->parent)
    group->parent->starts |= group->starts;
}

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
        result->streamer = get_streamer (result->source.node, result->source.handle);
      result->streams &= result->streamer != NULL;
    }
  for (guint i = self->groups->len; i-- > 0;) /* inner ones first */
    evaluate_group (self, reference_group (self, i));
  for (guint i = 0; i < self->results->len && self->outputs == NULL; i++)
    if (reference_result (self, i)->group == NULL)
      self->outputs = make_outputs (self, NULL);
}
