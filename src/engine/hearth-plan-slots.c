/* hearth-plan-slots.c: the inputs and outputs of each step, and what they have without an edge
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

#include <string.h>

static gboolean
is_type (HearthNode *node,
         const char *type_id)
{
  return g_strcmp0 (node->type_id, type_id) == 0;
}

static GPtrArray *
list_interface (HearthGraph *graph,
                const char  *side)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_slot_unref);
  HearthValue *interface = graph ? hearth_graph_get_property (graph, side) : NULL;

  if (hearth_value_is (interface, OBJECT))
    for (gsize i = 0; i < hearth_value_get_length (interface); i++)
      g_ptr_array_add (slots, hearth_slot_new_from_interface (hearth_value_key_at (interface, i),
                                                              hearth_value_member_at (interface, i)));

  return slots;
}

/* Only bypassed instances come here, the others are expanded. */
static GPtrArray *
list_group_slots (HearthPlanBuilder *self,
                  HearthNode        *node,
                  const char        *side)
{
  g_autofree char *reference = hearth_node_dup_reference (node);

  return list_interface (reference && self->groups ? g_hash_table_lookup (self->groups, reference) : NULL, side);
}

static GPtrArray *
list_inputs (HearthPlanBuilder *self,
             HearthScope       *scope,
             HearthNode        *node)
{
  if (node->type == NULL)
    return g_ptr_array_new ();
  if (is_type (node, HEARTH_TYPE_ID_NODE_GROUP))
    return list_group_slots (self, node, "interfaceInputs");
  if (is_type (node, HEARTH_TYPE_ID_GROUP_OUTPUT))
    return list_interface (scope->graph, "interfaceOutputs");

  return g_ptr_array_ref (hearth_node_type_get_inputs (node->type, node->config));
}

static GPtrArray *
list_outputs (HearthPlanBuilder *self,
              HearthScope       *scope,
              HearthNode        *node)
{
  if (node->type == NULL)
    return g_ptr_array_new ();
  if (is_type (node, HEARTH_TYPE_ID_NODE_GROUP))
    return list_group_slots (self, node, "interfaceOutputs");
  if (is_type (node, HEARTH_TYPE_ID_GROUP_INPUT))
    return list_interface (scope->graph, "interfaceInputs");

  return g_ptr_array_ref (hearth_node_type_get_outputs (node->type, node->config));
}

static void
add_input (HearthPlan *plan,
           guint       step,
           const char *key,
           HearthSlot *slot)
{
  HearthPlanInput input = { .key = key };

  if (slot)
    {
      input.slot = hearth_slot_ref (slot);
      input.collects = hearth_slot_is (slot, MULTI);
      input.streams = hearth_slot_is (slot, STREAM);
      input.required = hearth_slot_is (slot, REQUIRED);
      input.is_secret = hearth_slot_is (slot, SECRET);
    }
  g_array_append_val (plan->inputs, input);
  hearth_plan_step (plan, step)->n_inputs++;
}

static int
add_output (HearthPlan *plan,
            const char *key,
            HearthSlot *slot,
            gboolean    streams)
{
  HearthPlanOutput output = { .key = key, .streams = streams, .bypass_input = -1, .alias_step = -1, .next_extra = -1 };

  output.slot = slot ? hearth_slot_ref (slot) : NULL;
  g_array_append_val (plan->outputs, output);
  return plan->outputs->len - 1;
}

static void
declare_outputs (HearthPlanBuilder *self,
                 HearthScope       *scope,
                 HearthNode        *node,
                 HearthPlanStep    *step)
{
  g_autoptr (GPtrArray) slots = list_outputs (self, scope, node);
  /* A bypassed node produces no stream of its own; an interface input is a value by then. */
  gboolean may_stream = !node->bypassed && !is_type (node, HEARTH_TYPE_ID_GROUP_INPUT);

  step->first_output = self->plan->outputs->len;
  for (guint i = 0; i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);
      gboolean streams = may_stream && hearth_slot_is (slot, STREAM);

      add_output (self->plan, slot->key, slot, streams);
      step->streams |= streams;
    }
  step->n_outputs = slots->len;
}

int
hearth_plan_find_input (HearthPlan     *plan,
                        HearthPlanStep *step,
                        const char     *key)
{
  for (guint i = step->first_input; i < step->first_input + step->n_inputs; i++)
    if (strcmp (hearth_plan_input (plan, i)->key, key) == 0)
      return i;

  return -1;
}

/* Inputs that only stored values or edges name (engine.md 3.2, 3). They follow the declared ones
 * at once: the inputs of a step are consecutive. */
static void
declare_strays (HearthPlanBuilder *self,
                HearthScope       *scope,
                HearthNode        *node,
                guint              step)
{
  HearthPlan *plan = self->plan;
  GPtrArray *edges = hearth_graph_get_edges_in (scope->graph, node->id);

  for (gsize i = 0; node->inputs && i < hearth_value_get_length (node->inputs); i++)
    {
      const char *key = hearth_value_key_at (node->inputs, i);

      if (hearth_plan_find_input (plan, hearth_plan_step (plan, step), key) < 0)
        add_input (plan, step, _hearth_plan_keep_string (plan, key), NULL);
    }

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);
      HearthPlanStep *target = hearth_plan_step (plan, step);

      if (*edge->target_key && hearth_plan_find_input (plan, target, edge->target_handle) < 0
          && hearth_plan_find_input (plan, target, edge->target_key) < 0)
        add_input (plan, step, _hearth_plan_keep_string (plan, edge->target_key), NULL);
    }
}

/* Stored value, else config.default; both may be missing. */
static void
set_constants (HearthPlan     *plan,
               HearthPlanStep *step,
               HearthNode     *node)
{
  for (guint i = step->first_input; i < step->first_input + step->n_inputs; i++)
    {
      HearthPlanInput *input = hearth_plan_input (plan, i);
      HearthValue *value = node->inputs ? hearth_value_get (node->inputs, input->key) : NULL;

      if (value == NULL && input->slot)
        value = input->slot->default_value;
      input->constant = hearth_value_ref_or_null (value);
      if (is_type (node, HEARTH_TYPE_ID_GROUP_OUTPUT))
        input->required = FALSE;
    }
}

void
hearth_plan_declare_slots (HearthPlanBuilder *self,
                           HearthScope       *scope,
                           HearthNode        *node,
                           guint              step)
{
  g_autoptr (GPtrArray) slots = list_inputs (self, scope, node);
  HearthPlan *plan = self->plan;

  hearth_plan_step (plan, step)->first_input = plan->inputs->len;
  for (guint i = 0; i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);

      add_input (plan, step, slot->key, slot);
    }
  declare_strays (self, scope, node, step);
  set_constants (plan, hearth_plan_step (plan, step), node);
  declare_outputs (self, scope, node, hearth_plan_step (plan, step));
}

int
hearth_plan_need_output (HearthPlan *self,
                         guint       number,
                         const char *key)
{
  HearthPlanStep *step = hearth_plan_step (self, number);
  int *end = &step->first_extra;
  int made;

  for (guint i = step->first_output; i < step->first_output + step->n_outputs; i++)
    if (strcmp (hearth_plan_output (self, i)->key, key) == 0)
      return i;
  for (; *end >= 0; end = &hearth_plan_output (self, *end)->next_extra)
    if (strcmp (hearth_plan_output (self, *end)->key, key) == 0)
      return *end;

  made = self->outputs->len;
  *end = made; /* before the array may move */
  return add_output (self, _hearth_plan_keep_string (self, key), NULL, FALSE);
}
