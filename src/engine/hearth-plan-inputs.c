/* hearth-plan-inputs.c: what each slot has without an edge, and what its edges bring
 *
 * The order of sources is that of engine.md 3.2 with the corrections of 3.3 and 3.4.
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

/* --- slots --------------------------------------------------------------------- */

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

static int
find_input (HearthPlan     *plan,
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

      if (find_input (plan, hearth_plan_step (plan, step), key) < 0)
        add_input (plan, step, _hearth_plan_keep_string (plan, key), NULL);
    }

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);
      HearthPlanStep *target = hearth_plan_step (plan, step);

      if (*edge->target_key && find_input (plan, target, edge->target_handle) < 0
          && find_input (plan, target, edge->target_key) < 0)
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

/* --- edges ---------------------------------------------------------------------- */

/* engine.md 3.3 [DO]: the editor leaves out what equals the type's zero. */
static void
fill_zero (HearthPlanStep  *step,
           HearthPlanInput *input)
{
  if (input->constant || input->slot == NULL || input->collects || input->streams
      || g_strcmp0 (step->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT) == 0)
    return;

  if (input->slot->type <= HEARTH_DATA_BOOLEAN)
    input->constant = hearth_value_ref_or_null (hearth_data_type_get_zero (input->slot->type));
}

static void
add_link (HearthPlan       *plan,
          guint             target,
          HearthLinkKind    kind,
          HearthPlanSource *source)
{
  HearthPlanLink link = { .source = source->step, .output = -1, .target = target, .kind = kind, .reader = -1 };

  if (source->step < 0)
    link.constant = g_steal_pointer (&source->constant);
  else if (kind != HEARTH_LINK_ORDER)
    link.output = hearth_plan_need_output (plan, source->step, source->handle);
  g_array_append_val (plan->links, link);
}

/* For a single input the last edge wins; the others only make their sources come first. */
static void
link_input (HearthPlan *plan,
            guint       target,
            guint       number,
            GArray     *sources,
            gboolean    several,
            GArray     *losers)
{
  HearthPlanInput *input = hearth_plan_input (plan, number);
  guint first = 0;

  input->collects |= several;
  input->first_link = plan->links->len;
  if (!input->collects && sources->len > 1)
    first = sources->len - 1;
  for (guint i = 0; i < first; i++)
    {
      HearthPlanSource *source = &g_array_index (sources, HearthPlanSource, i);

      if (source->step >= 0)
        g_array_append_val (losers, *source);
    }
  for (guint i = first; i < sources->len; i++)
    add_link (plan, target, HEARTH_LINK_VALUE, &g_array_index (sources, HearthPlanSource, i));

  input->n_links = plan->links->len - input->first_link;
  if (input->n_links == 0)
    fill_zero (hearth_plan_step (plan, target), input);
}

static int
input_of_edge (HearthPlan     *plan,
               HearthPlanStep *step,
               HearthEdge     *edge)
{
  int input;

  if (*edge->target_key == '\0' || *edge->source_handle == '\0')
    return -1;
  input = find_input (plan, step, edge->target_handle);
  return input >= 0 ? input : find_input (plan, step, edge->target_key);
}

static gboolean
collect_sources (HearthPlanBuilder *self,
                 HearthScope       *scope,
                 HearthNode        *node,
                 guint              number,
                 guint              step,
                 GArray            *sources,
                 gboolean          *several,
                 GError           **error)
{
  HearthPlan *plan = self->plan;
  GPtrArray *edges = hearth_graph_get_edges_in (scope->graph, node->id);
  g_autoptr (GPtrArray) ordered = NULL;

  if (hearth_plan_input (plan, number)->collects)
    edges = ordered = hearth_graph_list_multi (scope->graph, node->id, hearth_plan_input (plan, number)->key);
  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (input_of_edge (plan, hearth_plan_step (plan, step), edge) == (int) number
          && !hearth_plan_resolve (self, scope, edge->source, edge->source_handle, sources, several, error))
        return FALSE;
    }

  return TRUE;
}

/* Edges without a handle on either side bring nothing, but still order their ends. */
static gboolean
link_orders (HearthPlanBuilder *self,
             HearthScope       *scope,
             HearthNode        *node,
             guint              step,
             GArray            *losers,
             GError           **error)
{
  HearthPlan *plan = self->plan;
  GPtrArray *edges = hearth_graph_get_edges_in (scope->graph, node->id);
  g_autoptr (GArray) sources = hearth_plan_sources_new ();
  gboolean several = FALSE;

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (input_of_edge (plan, hearth_plan_step (plan, step), edge) < 0
          && !hearth_plan_resolve (self, scope, edge->source, edge->source_handle, sources, &several, error))
        return FALSE;
    }
  for (guint i = 0; i < sources->len; i++)
    if (g_array_index (sources, HearthPlanSource, i).step >= 0)
      add_link (plan, step, HEARTH_LINK_ORDER, &g_array_index (sources, HearthPlanSource, i));
  for (guint i = 0; i < losers->len; i++)
    add_link (plan, step, HEARTH_LINK_ORDER, &g_array_index (losers, HearthPlanSource, i));

  return TRUE;
}

static gboolean
link_step (HearthPlanBuilder *self,
           HearthScope       *scope,
           HearthNode        *node,
           guint              number,
           GError           **error)
{
  HearthPlan *plan = self->plan;
  HearthPlanStep *step = hearth_plan_step (plan, number);
  g_autoptr (GArray) losers = g_array_new (FALSE, FALSE, sizeof (HearthPlanSource));
  g_autoptr (GArray) sources = hearth_plan_sources_new ();

  step->first_link = plan->links->len;
  for (guint i = step->first_input; i < step->first_input + step->n_inputs; i++)
    {
      gboolean several = FALSE;

      g_array_set_size (sources, 0);
      if (!collect_sources (self, scope, node, i, number, sources, &several, error))
        return FALSE;
      link_input (plan, number, i, sources, several, losers);
    }
  if (!link_orders (self, scope, node, number, losers, error))
    return FALSE;
  step->n_links = plan->links->len - step->first_link;

  return TRUE;
}

gboolean
hearth_plan_link_inputs (HearthPlanBuilder *self,
                         HearthScope       *scope,
                         GError           **error)
{
  for (guint i = 0; i < hearth_graph_get_n_nodes (scope->graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (scope->graph, i);
      int step = GPOINTER_TO_INT (g_hash_table_lookup (scope->steps, node->id)) - 1;

      if (step >= 0 && !link_step (self, scope, node, step, error))
        return FALSE;
    }

  return TRUE;
}
