/* hearth-plan-calls.c: plans of the workflows that nodes call, made once per workflow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

#include "hearth-i18n.h"

#include <string.h>

static const char *
get_title (HearthNode *node)
{
  return node->name && *node->name ? node->name : node->id;
}

gboolean
hearth_plan_is_inside (HearthPlanBuilder *self,
                       HearthScope       *scope,
                       const char        *workflow_id)
{
  for (; self; scope = self->caller_scope, self = self->caller)
    for (HearthScope *s = scope; s; s = s->parent)
      if (g_strcmp0 (s->workflow_id, workflow_id) == 0)
        return TRUE;

  return FALSE;
}

void
hearth_plan_refuse_recursion (HearthPlanBuilder *self,
                              HearthScope       *scope,
                              HearthNode        *node,
                              const char        *workflow_id,
                              GError           **error)
{
  self->recursive = TRUE;
  g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP,
               _("The group “%s” (%s%s) cannot run: the workflow “%s” contains itself. Remove the group from "
                 "its own workflow."),
               get_title (node), scope->prefix, node->id, workflow_id);
}

static const char *
explain_missing (HearthPlanBuilder *self,
                 HearthNode        *node,
                 const char        *reference)
{
  g_autofree char *message = NULL;

  if (reference == NULL || *reference == '\0')
    message = g_strdup_printf (_("The node “%s” names no workflow to run. Choose one in its settings."), get_title (node));
  else
    message = g_strdup_printf (_("The workflow “%s” that the node “%s” runs was not found. Choose another one in its "
                                 "settings, or bring the file back."),
                               reference, get_title (node));

  return _hearth_plan_keep_string (self->plan, message);
}

/* New reference. Everything but recursion is the node's own failure, when its turn comes: then NULL with @refusal. */
static gboolean
make_call (HearthPlanBuilder *self,
           HearthScope       *scope,
           HearthGraph       *graph,
           const char        *reference,
           HearthPlan       **made,
           const char       **refusal,
           GError           **error)
{
  g_autoptr (GError) cause = NULL;
  HearthPlan *plan = g_hash_table_lookup (self->called, reference);

  if (plan == NULL)
    {
      plan = hearth_plan_make (graph, self->groups, NULL, NULL, self, scope, &cause);
      if (plan)
        g_hash_table_insert (self->called, g_strdup (reference), plan);
    }
  if (plan)
    *made = hearth_plan_ref (plan);
  else if (self->recursive)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  else
    *refusal = _hearth_plan_keep_string (self->plan, cause->message);

  return TRUE;
}

static gboolean
set_call (HearthPlanBuilder *self,
          HearthScope       *scope,
          HearthGraph       *graph,
          const char        *reference,
          guint              step,
          GError           **error)
{
  HearthPlan *plan = NULL;
  const char *refusal = NULL;

  if (!make_call (self, scope, graph, reference, &plan, &refusal, error))
    return FALSE;
  /* The array of steps may have moved while the called ones were planned. */
  hearth_plan_step (self->plan, step)->call = plan;
  hearth_plan_step (self->plan, step)->call_error = refusal;
  return TRUE;
}

/* The workflow that a type brings along; the plan keeps nothing of the graph. */
static gboolean
attach_own (HearthPlanBuilder *self,
            HearthScope       *scope,
            HearthNode        *node,
            guint              step,
            GError           **error)
{
  const char *id = node->type->workflow_id;
  g_autoptr (GError) cause = NULL;
  g_autoptr (HearthGraph) graph = NULL;

  if (hearth_plan_is_inside (self, scope, id))
    {
      hearth_plan_refuse_recursion (self, scope, node, id, error);
      return FALSE;
    }
  graph = hearth_graph_new_from_value (hearth_graph_get_catalog (scope->graph), node->type->workflow, &cause);
  if (graph != NULL)
    return set_call (self, scope, graph, id, step, error);
  hearth_plan_step (self->plan, step)->call_error = _hearth_plan_keep_string (self->plan, cause->message);
  return TRUE;
}

gboolean
hearth_plan_attach_call (HearthPlanBuilder *self,
                         HearthScope       *scope,
                         HearthNode        *node,
                         guint              step,
                         GError           **error)
{
  g_autofree char *reference = hearth_node_dup_reference (node);
  HearthGraph *graph = reference && self->groups ? g_hash_table_lookup (self->groups, reference) : NULL;

  if (node->type->workflow)
    return attach_own (self, scope, node, step, error);
  if (reference && *reference && hearth_plan_is_inside (self, scope, reference))
    {
      hearth_plan_refuse_recursion (self, scope, node, reference, error);
      return FALSE;
    }
  if (graph == NULL)
    {
      hearth_plan_step (self->plan, step)->call_error = explain_missing (self, node, reference);
      return TRUE;
    }

  return set_call (self, scope, graph, reference, step, error);
}

/* --- tools ---------------------------------------------------------------------------------- */

static void
clear_tool (gpointer data)
{
  HearthPlanTool *tool = data;

  g_clear_pointer (&tool->plan, hearth_plan_unref);
  g_clear_pointer (&tool->about, hearth_value_unref);
}

static HearthValue *
describe (HearthGraph *graph,
          const char  *id)
{
  static const char *const members[] = { "name", "description", "interfaceInputs", "interfaceOutputs" };
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  hearth_builder_add_string (&builder, "id", id);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    hearth_builder_add (&builder, members[i], hearth_value_ref_or_null (hearth_graph_get_property (graph, members[i])));
  return hearth_builder_end_object (&builder);
}

static const char *
explain_missing_tool (HearthPlanBuilder *self,
                      HearthNode        *node,
                      const char        *id)
{
  g_autofree char *message = g_strdup_printf (_("The workflow “%s”, a tool of the node “%s”, was not found. Take it off the "
                                                "node's list, or bring the file back."),
                                              id, get_title (node));

  return _hearth_plan_keep_string (self->plan, message);
}

static gboolean
make_tool (HearthPlanBuilder *self,
           HearthScope       *scope,
           HearthNode        *node,
           const char        *id,
           HearthPlanTool    *tool,
           GError           **error)
{
  HearthGraph *graph = self->groups ? g_hash_table_lookup (self->groups, id) : NULL;

  tool->id = _hearth_plan_keep_string (self->plan, id);
  if (hearth_plan_is_inside (self, scope, id))
    {
      hearth_plan_refuse_recursion (self, scope, node, id, error);
      return FALSE;
    }
  if (graph == NULL)
    {
      tool->error = explain_missing_tool (self, node, id);
      return TRUE;
    }
  tool->about = describe (graph, id);
  return make_call (self, scope, graph, id, &tool->plan, &tool->error, error);
}

gboolean
hearth_plan_attach_tools (HearthPlanBuilder *self,
                          HearthScope       *scope,
                          HearthNode        *node,
                          guint              step,
                          GError           **error)
{
  g_auto (GStrv) ids = hearth_node_list_tools (node);
  g_autoptr (GArray) tools = g_array_new (FALSE, TRUE, sizeof (HearthPlanTool));

  g_array_set_clear_func (tools, clear_tool);
  g_array_set_size (tools, g_strv_length (ids));
  for (guint i = 0; i < tools->len; i++)
    if (!make_tool (self, scope, node, ids[i], &g_array_index (tools, HearthPlanTool, i), error))
      return FALSE;
  hearth_plan_step (self->plan, step)->tools = g_steal_pointer (&tools);
  return TRUE;
}
