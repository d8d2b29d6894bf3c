/* unfold.c: rules 1 to 11 and 50 of docs/scheduler.md: which nodes run, and what is wired to what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reference.h"

#include <string.h>

gboolean
reference_is_type (HearthNode *node,
         const char *type_id)
{
  return g_strcmp0 (node->type_id, type_id) == 0;
}

static RefScope *
add_scope (Reference  *self,
           RefScope   *parent,
           HearthNode *instance,
           HearthGraph *graph)
{
  RefScope *scope = g_new0 (RefScope, 1);

  scope->graph = graph;
  scope->parent = parent;
  scope->instance = instance;
  scope->prefix = parent ? g_strconcat (parent->prefix, instance->id, "/", NULL) : g_strdup ("");
  scope->nodes = g_hash_table_new (g_str_hash, g_str_equal);
  scope->children = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_add (self->scopes, scope);
  return scope;
}

/* --- rule 1, 7: which nodes there are -------------------------------------------- */

/* Rule 50. */
static gboolean
add_callee (Reference *self,
            RefNode   *made)
{
  g_autofree char *reference = hearth_node_dup_reference (made->node);
  Reference *within = self;

  for (RefScope *scope = made->scope; within; scope = within->caller_scope, within = within->caller)
    for (RefScope *s = scope; s; s = s->parent)
      if (reference && *reference && g_strcmp0 (s->workflow_id, reference) == 0)
        {
          self->recursive = TRUE;
          return reference_refuse (self, HEARTH_ENGINE_ERROR_GROUP, made->id);
        }
  if (reference == NULL || self->graphs == NULL || !g_hash_table_contains (self->graphs, reference))
    {
      made->call_error = g_strdup (reference ? reference : "");
      return TRUE;
    }

  made->callee = reference_new_call (self, made->scope, reference, "", NULL);
  self->recursive = made->callee->recursive;
  if (self->recursive)
    return reference_refuse (self, HEARTH_ENGINE_ERROR_GROUP, made->callee->error->message);
  if (made->callee->error)
    made->call_error = g_strdup (made->callee->error->message);
  return TRUE;
}

static gboolean
add_node (Reference  *self,
          RefScope   *scope,
          HearthNode *node)
{
  RefNode *made = g_new0 (RefNode, 1);

  made->id = g_strconcat (scope->prefix, node->id, NULL);
  made->told_id = g_strconcat (self->prefix, made->id, NULL);
  made->node = node;
  made->scope = scope;
  made->inputs = g_ptr_array_new ();
  made->tries = g_ptr_array_new_with_free_func (g_free);
  made->causes = g_ptr_array_new_with_free_func (g_free);
  made->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  made->befores = g_array_new (FALSE, TRUE, sizeof (RefBefore));
  g_ptr_array_add (self->nodes, made);
  g_hash_table_insert (scope->nodes, node->id, made);
  return node->bypassed || node->type == NULL || !(node->type->decl->flags & HEARTH_NODE_CALLS) || add_callee (self, made);
}

static gboolean add_nodes (Reference *self,
                           RefScope  *scope);

gboolean
reference_refuse (Reference  *self,
        HearthEngineError code,
        const char *text)
{
  g_set_error_literal (&self->error, HEARTH_ENGINE_ERROR, code, text);
  return FALSE;
}

/* Rule 9. */
static gboolean
add_instance (Reference  *self,
              RefScope   *scope,
              HearthNode *node,
              const char *reference)
{
  HearthGraph *graph = self->graphs ? g_hash_table_lookup (self->graphs, reference) : NULL;
  g_autofree char *id = g_strconcat (scope->prefix, node->id, NULL);
  RefGroup *group;
  RefScope *child;
  Reference *within = self;

  for (RefScope *outer = scope; within; outer = within->caller_scope, within = within->caller)
    for (RefScope *s = outer; s; s = s->parent)
      if (g_strcmp0 (s->workflow_id, reference) == 0)
        {
          self->recursive = TRUE;
          return reference_refuse (self, HEARTH_ENGINE_ERROR_GROUP, id);
        }
  if (graph == NULL)
    return reference_refuse (self, HEARTH_ENGINE_ERROR_GROUP, id);

  child = add_scope (self, scope, node, graph);
  child->workflow_id = g_intern_string (reference);
  group = child->group = g_new0 (RefGroup, 1);
  group->id = g_steal_pointer (&id);
  group->told_id = g_strconcat (self->prefix, group->id, NULL);
  group->parent = scope->group;
  group->scope = child;
  group->failed = g_ptr_array_new ();
  g_ptr_array_add (self->groups, group);
  g_hash_table_insert (scope->children, node->id, child);
  return add_nodes (self, child);
}

static gboolean
add_nodes (Reference *self,
           RefScope  *scope)
{
  for (guint i = 0; i < hearth_graph_get_n_nodes (scope->graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (scope->graph, i);
      g_autofree char *reference = reference_is_type (node, HEARTH_TYPE_ID_NODE_GROUP) ? hearth_node_dup_reference (node) : NULL;
      gboolean wall = reference_is_type (node, HEARTH_TYPE_ID_GROUP_INPUT) || reference_is_type (node, HEARTH_TYPE_ID_GROUP_OUTPUT);

      if (hearth_node_is_frame (node) || (wall && scope->parent))
        continue;
      if (reference && *reference && !node->bypassed)
        {
          if (!add_instance (self, scope, node, reference))
            return FALSE;
        }
      else if (!add_node (self, scope, node))
        return FALSE;
    }

  return TRUE;
}

/* --- rule 4: slots ------------------------------------------------------------------ */

static GPtrArray *
list_interface (HearthGraph *graph,
                const char  *side)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_slot_unref);
  HearthValue *interface = graph ? hearth_graph_get_property (graph, side) : NULL;

  for (gsize i = 0; interface && i < hearth_value_get_length (interface); i++)
    g_ptr_array_add (slots, hearth_slot_new_from_interface (hearth_value_key_at (interface, i),
                                                            hearth_value_member_at (interface, i)));
  return slots;
}

static GPtrArray *
list_slots (Reference *self,
            RefNode   *node,
            gboolean   outputs)
{
  const char *wall = outputs ? HEARTH_TYPE_ID_GROUP_INPUT : HEARTH_TYPE_ID_GROUP_OUTPUT;
  HearthNodeType *type = node->node->type;
  GPtrArray *slots;

  if (type == NULL)
    return g_ptr_array_new ();
  if (reference_is_type (node->node, HEARTH_TYPE_ID_NODE_GROUP)) /* a bypassed one, rule 11 */
    {
      g_autofree char *reference = hearth_node_dup_reference (node->node);

      return list_interface (reference && self->graphs ? g_hash_table_lookup (self->graphs, reference) : NULL,
                             outputs ? "interfaceOutputs" : "interfaceInputs");
    }
  if (reference_is_type (node->node, wall)) /* inside, a workflow's inputs are outputs */
    return list_interface (node->scope->graph, outputs ? "interfaceInputs" : "interfaceOutputs");

  slots = outputs ? hearth_node_type_get_outputs (type, node->node->config)
                  : hearth_node_type_get_inputs (type, node->node->config);
  return g_ptr_array_ref (slots);
}

RefInput *
reference_find_input (RefNode    *node,
            const char *key)
{
  for (guint i = 0; i < node->inputs->len; i++)
    if (strcmp (((RefInput *) g_ptr_array_index (node->inputs, i))->key, key) == 0)
      return g_ptr_array_index (node->inputs, i);

  return NULL;
}

static void
add_input (RefNode    *node,
           const char *key,
           HearthSlot *slot)
{
  RefInput *input = g_new0 (RefInput, 1);
  HearthValue *stored = node->node->inputs ? hearth_value_get (node->node->inputs, key) : NULL;

  input->key = g_intern_string (key);
  input->slot = slot ? hearth_slot_ref (slot) : NULL;
  input->sources = g_array_new (FALSE, TRUE, sizeof (RefSource));
  input->collects = slot && hearth_slot_is (slot, MULTI);
  input->constant = stored ? stored : slot ? slot->default_value : NULL;
  g_ptr_array_add (node->inputs, input);
}

/* Declared inputs, then those that only the file names. */
static void
add_inputs (Reference *self,
            RefNode   *node)
{
  g_autoptr (GPtrArray) slots = list_slots (self, node, FALSE);
  GPtrArray *edges = hearth_graph_get_edges_in (node->scope->graph, node->node->id);
  HearthValue *stored = node->node->inputs;

  for (guint i = 0; i < slots->len; i++)
    add_input (node, ((HearthSlot *) g_ptr_array_index (slots, i))->key, g_ptr_array_index (slots, i));
  for (gsize i = 0; stored && i < hearth_value_get_length (stored); i++)
    if (!reference_find_input (node, hearth_value_key_at (stored, i)))
      add_input (node, hearth_value_key_at (stored, i), NULL);
  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (*edge->target_key && !reference_find_input (node, edge->target_handle) && !reference_find_input (node, edge->target_key))
        add_input (node, edge->target_key, NULL);
    }

  node->slots_out = list_slots (self, node, TRUE);
  for (guint i = 0; i < node->slots_out->len; i++)
    if (hearth_slot_is ((HearthSlot *) g_ptr_array_index (node->slots_out, i), STREAM))
      node->streams = !node->node->bypassed && !reference_is_type (node->node, HEARTH_TYPE_ID_GROUP_INPUT);
}

/* --- rule 2 --------------------------------------------------------------------------- */

/* Takes away, again and again, what waits for nobody that is left. */
static gboolean
check_order (Reference *self)
{
  g_autoptr (GHashTable) sorted = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) text = g_string_new ("Workflow contains a cycle involving nodes: ");
  gsize empty = text->len;
  gboolean found = TRUE;

  while (found)
    {
      found = FALSE;
      for (guint i = 0; i < self->nodes->len; i++)
        {
          RefNode *node = reference_node (self, i);
          gboolean waits = FALSE;

          for (guint b = 0; b < node->befores->len; b++)
            waits |= !g_hash_table_contains (sorted, g_array_index (node->befores, RefBefore, b).node);
          if (!waits && g_hash_table_add (sorted, node))
            found = TRUE;
        }
    }
  for (guint i = 0; i < self->nodes->len; i++)
    if (!g_hash_table_contains (sorted, reference_node (self, i)))
      g_string_append_printf (text, "%s%s", text->len > empty ? ", " : "", reference_node (self, i)->id);

  return text->len == empty || reference_refuse (self, HEARTH_ENGINE_ERROR_CYCLE, text->str);
}

gboolean
reference_unfold (Reference *self)
{
  RefScope *top = add_scope (self, NULL, NULL, self->graph);
  gboolean good;

  top->workflow_id = hearth_graph_get_id (self->graph);
  good = add_nodes (self, top);
  for (guint i = 0; good && i < self->nodes->len; i++)
    add_inputs (self, reference_node (self, i));

  return good && reference_wire (self) && check_order (self);
}
