/* hearth-plan-groups.c: expands node groups in place: every instance becomes a scope of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

#include "hearth-i18n.h"

#include <string.h>

/* A few small workflows that contain each other ten times over name more nodes than fit. */
#define MAX_STEPS 1000000
#define MAX_GROUPS 100000

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
read_policy (HearthPlan     *plan,
             HearthPlanStep *step)
{
  g_autoptr (GError) error = NULL;

  if (step->config == NULL || step->bypassed)
    return;

  step->policy = hearth_policy_new_from_config (step->config, &error);
  step->pinned = hearth_value_get_member_kind (step->config, HEARTH_PINNED_KEY, HEARTH_VALUE_OBJECT);
  if (error)
    step->refusal = _hearth_plan_keep_string (plan, error->message);
}

static guint
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
  read_policy (plan, &step);
  g_array_append_val (plan->steps, step);

  g_hash_table_insert (scope->steps, node->id, GINT_TO_POINTER (number + 1));
  g_hash_table_insert (plan->by_id, (gpointer) hearth_plan_step (plan, number)->id, GINT_TO_POINTER (number + 1));
  hearth_plan_declare_slots (builder, scope, node, number);
  return number;
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

  if (hearth_plan_is_inside (builder, scope, reference))
    {
      hearth_plan_refuse_recursion (builder, scope, node, reference, error);
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
  guint step;

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

  step = add_step (builder, scope, node);
  if (!node->bypassed && node->type && node->type->decl->flags & HEARTH_NODE_CALLS)
    return hearth_plan_attach_call (builder, scope, node, step, error);
  if (!node->bypassed && node->type && node->type->decl->flags & HEARTH_NODE_TOOLS)
    return hearth_plan_attach_tools (builder, scope, node, step, error);
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
