/* hearth-edit-values.c: verbs on what a node says: name, values, config
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-edit-private.h"

void
hearth_edit_rename_node (HearthEdit *self,
                         const char *id,
                         const char *name)
{
  g_autoptr (HearthValue) value = NULL;
  HearthNode *node;

  g_return_if_fail (self != NULL);

  node = hearth_graph_get_node (self->graph, id);
  if (node == NULL)
    return;
  /* The type's own name is not stored (workflow-format.md 3.1). */
  if (name != NULL && node->type != NULL
      && (g_str_equal (name, node->type->title) || g_strcmp0 (name, node->type->decl->name) == 0))
    name = NULL;
  value = name != NULL && *name != '\0' ? hearth_value_string (name) : NULL;
  _hearth_edit_set_member (self, node, "displayName", value);
  _hearth_edit_announce (self);
}

void
hearth_edit_set_bypassed (HearthEdit *self,
                          const char *id,
                          gboolean    bypassed)
{
  g_autoptr (HearthValue) value = bypassed ? hearth_value_boolean (TRUE) : NULL;
  HearthNode *node;

  g_return_if_fail (self != NULL);

  node = hearth_graph_get_node (self->graph, id);
  if (node == NULL || node->bypassed == !!bypassed)
    return;
  _hearth_edit_set_member (self, node, "bypassed", value);
  _hearth_edit_announce (self);
}

static gboolean
is_default (HearthGraph *graph,
            HearthNode  *node,
            const char  *key,
            HearthValue *value)
{
  g_autoptr (HearthSlot) slot = NULL;
  HearthValue *effective;

  if (g_str_equal (node->type_id, HEARTH_TYPE_ID_NODE_GROUP) || node->type == NULL)
    return FALSE;
  slot = hearth_graph_find_input (graph, node, key);
  if (slot == NULL)
    return FALSE;
  effective = hearth_slot_get_effective_default (slot);
  return effective != NULL ? hearth_value_equal (effective, value) : hearth_value_is (value, NULL);
}

void
hearth_edit_set_input (HearthEdit  *self,
                       const char  *id,
                       const char  *key,
                       HearthValue *value)
{
  HearthNode *node;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);

  node = hearth_graph_get_node (self->graph, id);
  if (node == NULL || g_str_equal (node->type_id, HEARTH_TYPE_ID_GROUP_INPUT)
      || g_str_equal (node->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT))
    return;
  if (value != NULL && is_default (self->graph, node, key, value))
    value = NULL;
  _hearth_edit_set_inner (self, node, "inputValues", key, value);
  _hearth_edit_announce (self);
}

static void
drop_all_edges (HearthEdit *self,
                HearthNode *node)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *in = hearth_graph_get_edges_in (self->graph, node->id);
  GPtrArray *out = hearth_graph_get_edges_out (self->graph, node->id);

  for (guint i = 0; i < in->len; i++)
    g_ptr_array_add (ids, g_strdup (((HearthEdge *) g_ptr_array_index (in, i))->id));
  for (guint i = 0; i < out->len; i++)
    g_ptr_array_add (ids, g_strdup (((HearthEdge *) g_ptr_array_index (out, i))->id));
  _hearth_edit_drop_edges (self, ids);
}

/* Edges of a group whose new workflow is not known yet are kept: they may well fit. */
static void
follow_reference (HearthEdit *self,
                  HearthNode *node)
{
  g_autofree char *reference = hearth_node_dup_reference (node);

  if (reference == NULL)
    drop_all_edges (self, node);
  else if (_hearth_graph_get_group (self->graph, node) != NULL)
    _hearth_edit_drop_unfit (self, node);
}

void
hearth_edit_set_config (HearthEdit  *self,
                        const char  *id,
                        const char  *key,
                        HearthValue *value)
{
  HearthNode *node;
  gboolean reference, mode;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);

  node = hearth_graph_get_node (self->graph, id);
  if (node == NULL)
    return;
  /* Asked first: @key may be a text of the config that is about to be replaced. */
  reference = g_str_equal (node->type_id, HEARTH_TYPE_ID_NODE_GROUP) && g_str_equal (key, "referencedWorkflowId");
  mode = node->type != NULL && g_strcmp0 (node->type->decl->mode_key, key) == 0;
  _hearth_edit_set_inner (self, node, "configValues", key, value);
  if (reference)
    follow_reference (self, node);
  else if (mode)
    _hearth_edit_drop_unfit (self, node);
  _hearth_edit_announce (self);
}
