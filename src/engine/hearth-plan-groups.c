/* hearth-plan-groups.c: expands node groups in place and finds what feeds a slot across them
 *
 * Every instance becomes a scope of its own. No edge is copied: a slot is followed backwards
 * through the walls of the groups until a node that runs, or a constant, is reached. That
 * resolves fan-out and pass-through edges without special cases.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

#include "hearth-i18n.h"

#include <string.h>

/* A few small workflows that contain each other ten times over name more nodes than fit. */
#define MAX_STEPS 1000000
#define MAX_GROUPS 100000
#define MAX_FORKS 1000000
#define MAX_FORK_DEPTH 200

static HearthScope *
scope_new (HearthPlanBuilder *builder,
           HearthGraph       *graph,
           HearthScope       *parent,
           const char        *instance)
{
  HearthScope *self = g_new0 (HearthScope, 1);

  self->graph = graph;
  self->parent = parent;
  self->instance = g_strdup (instance);
  self->prefix = parent ? g_strconcat (parent->prefix, instance, "/", NULL) : g_strdup ("");
  self->group = -1;
  self->interface_inputs = hearth_graph_get_property (graph, "interfaceInputs");
  self->interface_outputs = hearth_graph_get_property (graph, "interfaceOutputs");
  self->steps = g_hash_table_new (g_str_hash, g_str_equal);
  self->children = g_hash_table_new (g_str_hash, g_str_equal);
  self->output_nodes = g_ptr_array_new ();
  g_ptr_array_add (builder->scopes, self);
  builder->n_edges += hearth_graph_get_n_edges (graph);

  return self;
}

void
hearth_scope_free (HearthScope *self)
{
  g_free (self->instance);
  g_free (self->workflow_id);
  g_free (self->prefix);
  g_hash_table_unref (self->steps);
  g_hash_table_unref (self->children);
  g_ptr_array_unref (self->output_nodes);
  g_free (self);
}

static void
add_step (HearthPlanBuilder *builder,
          HearthScope       *scope,
          HearthNode        *node)
{
  HearthPlan *plan = builder->plan;
  HearthPlanStep step = { .group = scope->group, .first_extra = -1, .bypassed = node->bypassed };
  g_autofree char *id = NULL;
  guint number = plan->steps->len;

  if (scope->parent)
    id = g_strconcat (scope->prefix, node->id, NULL);
  step.id = g_string_chunk_insert (plan->strings, id ? id : node->id);
  step.type_id = _hearth_plan_keep_string (plan, node->type_id);
  step.type = node->type ? hearth_node_type_ref (node->type) : NULL;
  step.config = hearth_value_ref_or_null (node->config);
  step.mode = node->type ? hearth_node_type_get_mode (node->type, node->config) : NULL;
  g_array_append_val (plan->steps, step);

  g_hash_table_insert (scope->steps, node->id, GINT_TO_POINTER (number + 1));
  g_hash_table_insert (plan->by_id, (gpointer) hearth_plan_step (plan, number)->id, GINT_TO_POINTER (number + 1));
  hearth_plan_declare_slots (builder, scope, node, number);
}

static gboolean
is_inside (HearthScope *scope,
           const char  *workflow_id)
{
  for (HearthScope *s = scope; s; s = s->parent)
    if (g_strcmp0 (s->workflow_id, workflow_id) == 0)
      return TRUE;

  return FALSE;
}

static const char *
instance_name (HearthNode *node)
{
  return node->name && *node->name ? node->name : node->id;
}

static HearthGraph *
find_group_graph (HearthPlanBuilder *builder,
                  HearthScope       *scope,
                  HearthNode        *node,
                  const char        *reference,
                  GError           **error)
{
  HearthGraph *graph = builder->groups ? g_hash_table_lookup (builder->groups, reference) : NULL;

  if (is_inside (scope, reference))
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP,
                   _("The group “%s” (%s%s) cannot run: the workflow “%s” contains itself. Remove the group from "
                     "its own workflow."),
                   instance_name (node), scope->prefix, node->id, reference);
      return NULL;
    }
  if (graph == NULL)
    g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP,
                 _("The group “%s” (%s%s) cannot run: its workflow “%s” was not found. Choose another workflow "
                   "for it, or bring the file back."),
                 instance_name (node), scope->prefix, node->id, reference);

  return graph;
}

static HearthScope *
add_group (HearthPlanBuilder *builder,
           HearthScope       *scope,
           HearthNode        *node,
           const char        *reference,
           HearthGraph       *graph)
{
  HearthPlan *plan = builder->plan;
  HearthScope *child = scope_new (builder, graph, scope, node->id);
  HearthPlanGroup group = { .parent = scope->group };
  g_autofree char *id = g_strconcat (scope->prefix, node->id, NULL);

  child->workflow_id = g_strdup (reference);
  child->group = plan->groups->len;
  group.id = g_string_chunk_insert (plan->strings, id);
  g_array_append_val (plan->groups, group);
  g_hash_table_insert (plan->by_id, (gpointer) group.id, GINT_TO_POINTER (-(child->group + 1)));
  g_hash_table_insert (scope->children, node->id, child);

  return child;
}

static gboolean expand_scope (HearthPlanBuilder *builder,
                              HearthScope       *scope,
                              GError           **error);

static gboolean
expand_group (HearthPlanBuilder *builder,
              HearthScope       *scope,
              HearthNode        *node,
              const char        *reference,
              GError           **error)
{
  HearthGraph *graph = find_group_graph (builder, scope, node, reference, error);
  HearthPlan *plan = builder->plan;

  if (graph == NULL)
    return FALSE;
  if (plan->steps->len > MAX_STEPS || plan->groups->len > MAX_GROUPS)
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP,
                   _("The group “%s” (%s%s) cannot run: expanded, the workflow has more than %d nodes or %d groups."),
                   instance_name (node), scope->prefix, node->id, MAX_STEPS, MAX_GROUPS);
      return FALSE;
    }

  return expand_scope (builder, add_group (builder, scope, node, reference, graph), error);
}

static gboolean
expand_node (HearthPlanBuilder *builder,
             HearthScope       *scope,
             HearthNode        *node,
             GError           **error)
{
  g_autofree char *reference = NULL;

  if (hearth_node_is_frame (node))
    return TRUE;
  if (g_strcmp0 (node->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT) == 0)
    g_ptr_array_add (scope->output_nodes, node->id);
  if (scope->parent
      && (g_strcmp0 (node->type_id, HEARTH_TYPE_ID_GROUP_INPUT) == 0
          || g_strcmp0 (node->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT) == 0))
    return TRUE;
  if (!node->bypassed && g_strcmp0 (node->type_id, HEARTH_TYPE_ID_NODE_GROUP) == 0)
    reference = hearth_node_dup_reference (node);
  if (reference && *reference)
    return expand_group (builder, scope, node, reference, error);

  add_step (builder, scope, node);
  return TRUE;
}

static gboolean
expand_scope (HearthPlanBuilder *builder,
              HearthScope       *scope,
              GError           **error)
{
  for (guint i = 0; i < hearth_graph_get_n_nodes (scope->graph); i++)
    if (!expand_node (builder, scope, hearth_graph_node_at (scope->graph, i), error))
      return FALSE;

  return TRUE;
}

gboolean
hearth_plan_expand (HearthPlanBuilder *self,
                    HearthGraph       *graph,
                    GError           **error)
{
  HearthScope *scope = scope_new (self, graph, NULL, NULL);

  scope->workflow_id = g_strdup (hearth_graph_get_id (graph));
  return expand_scope (self, scope, error);
}

/* --- following a slot backwards ------------------------------------------------- */

static gboolean
leads_somewhere (HearthScope *scope,
                 HearthEdge  *edge)
{
  HearthNode *node;

  if (*edge->source_handle == '\0')
    return FALSE;
  if (g_hash_table_contains (scope->steps, edge->source) || g_hash_table_contains (scope->children, edge->source))
    return TRUE;

  node = hearth_graph_get_node (scope->graph, edge->source);
  return scope->parent && node && g_strcmp0 (node->type_id, HEARTH_TYPE_ID_GROUP_INPUT) == 0;
}

/* An interface key may itself look like a sub-handle (workflow-format.md 1.5, Hazard). */
static gboolean
hits_slot (HearthEdge  *edge,
           const char  *key,
           HearthValue *interface)
{
  if (strcmp (edge->target_handle, key) == 0)
    return TRUE;

  return strcmp (edge->target_key, key) == 0 && hearth_value_get (interface, edge->target_handle) == NULL;
}

static HearthEdge *
find_output_edge (HearthScope *scope,
                  const char  *key)
{
  for (guint n = 0; n < scope->output_nodes->len; n++)
    {
      GPtrArray *edges = hearth_graph_get_edges_in (scope->graph, g_ptr_array_index (scope->output_nodes, n));

      for (guint i = 0; i < edges->len; i++)
        {
          HearthEdge *edge = g_ptr_array_index (edges, i);

          if (hits_slot (edge, key, scope->interface_outputs) && leads_somewhere (scope, edge))
            return edge;
        }
    }

  return NULL;
}

/* Edges of the surrounding graph into the instance's slot @key, in true order. */
static GPtrArray *
list_outer_edges (HearthScope *scope,
                  const char  *key,
                  gboolean     multi)
{
  GPtrArray *found = g_ptr_array_new ();
  g_autoptr (GPtrArray) ordered = NULL;
  GPtrArray *edges;

  if (multi)
    edges = ordered = hearth_graph_list_multi (scope->parent->graph, scope->instance, key);
  else
    edges = hearth_graph_get_edges_in (scope->parent->graph, scope->instance);
  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (hits_slot (edge, key, scope->interface_inputs) && leads_somewhere (scope->parent, edge))
        g_ptr_array_add (found, edge);
    }

  return found;
}

/* workflow-format.md 4.3 [DO]: the instance's value, the interface's default, the type's zero. */
static HearthValue *
dup_unconnected_value (HearthScope *scope,
                       const char  *key)
{
  HearthNode *node = hearth_graph_get_node (scope->parent->graph, scope->instance);
  HearthValue *entry = hearth_value_get (scope->interface_inputs, key);
  HearthValue *value = node->inputs ? hearth_value_get (node->inputs, key) : NULL;
  g_autoptr (HearthSlot) slot = NULL;

  if (value == NULL && hearth_value_is (entry, OBJECT))
    {
      slot = hearth_slot_new_from_interface (key, entry);
      value = slot->default_value ? slot->default_value : hearth_data_type_get_zero (slot->type);
    }

  return hearth_value_ref_or_null (value);
}

static void
add_source (GArray      *sources,
            int          step,
            const char  *handle,
            HearthValue *constant)
{
  HearthPlanSource source = { step, handle, constant };

  g_array_append_val (sources, source);
}

static gboolean
resolve_outer_edges (HearthPlanBuilder *self,
                     HearthScope       *scope,
                     GPtrArray         *edges,
                     GArray            *sources,
                     gboolean          *several,
                     GError           **error)
{
  gboolean found = TRUE;

  if (self->n_forks++ > MAX_FORKS || self->fork_depth > MAX_FORK_DEPTH)
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP,
                   _("The groups of this workflow pass their inputs on too often to be expanded."));
      return FALSE;
    }

  *several = TRUE;
  self->fork_depth++;
  for (guint i = 0; found && i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      found = hearth_plan_resolve (self, scope, edge->source, edge->source_handle, sources, several, error);
    }
  self->fork_depth--;

  return found;
}

static gboolean
refuse_endless (HearthScope *scope,
                const char  *node_id,
                GError     **error)
{
  g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CYCLE,
               "Workflow contains a cycle involving nodes: %s%s", scope->prefix, node_id);
  return FALSE;
}

gboolean
hearth_plan_resolve (HearthPlanBuilder *self,
                     HearthScope       *scope,
                     const char        *node_id,
                     const char        *handle,
                     GArray            *sources,
                     gboolean          *several,
                     GError           **error)
{
  /* A way that takes more edges than there are goes in circles: a pass-through fed by itself. */
  for (gsize hops = 0; hops <= self->n_edges; hops++)
    {
      int step = GPOINTER_TO_INT (g_hash_table_lookup (scope->steps, node_id)) - 1;
      HearthScope *child = g_hash_table_lookup (scope->children, node_id);
      HearthNode *node = hearth_graph_get_node (scope->graph, node_id);
      HearthEdge *edge;

      if (step >= 0)
        {
          add_source (sources, step, handle, NULL);
          return TRUE;
        }
      else if (child)
        {
          edge = find_output_edge (child, handle);
          scope = child;
        }
      else if (scope->parent && node && g_strcmp0 (node->type_id, HEARTH_TYPE_ID_GROUP_INPUT) == 0)
        {
          HearthValue *entry = hearth_value_get (scope->interface_inputs, handle);
          gboolean multi = hearth_value_get_member_boolean (entry, "multi", FALSE);
          g_autoptr (GPtrArray) edges = list_outer_edges (scope, handle, multi);

          if (edges->len == 0)
            {
              g_autoptr (HearthValue) value = dup_unconnected_value (scope, handle);

              if (value)
                add_source (sources, -1, handle, g_steal_pointer (&value));
              return TRUE;
            }
          if (multi)
            return resolve_outer_edges (self, scope->parent, edges, sources, several, error);
          edge = g_ptr_array_index (edges, edges->len - 1);
          scope = scope->parent;
        }
      else
        return TRUE;

      if (edge == NULL)
        return TRUE;
      node_id = edge->source;
      handle = edge->source_handle;
    }

  return refuse_endless (scope, node_id, error);
}
