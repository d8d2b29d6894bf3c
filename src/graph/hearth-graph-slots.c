/* hearth-graph-slots.c: the slots a node really has in its graph
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-private.h"

#include "hearth-i18n.h"

static GPtrArray *
new_slots (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_slot_unref);
}

static gboolean
node_is (HearthNode *node,
         const char *type_id)
{
  return strcmp (node->type_id, type_id) == 0;
}

/* --- interfaces ------------------------------------------------------------------ */

static GPtrArray *
read_interface (HearthValue *object)
{
  GPtrArray *slots = new_slots ();

  for (gsize i = 0; hearth_value_is (object, OBJECT) && i < hearth_value_get_length (object); i++)
    g_ptr_array_add (slots, hearth_slot_new_from_interface (hearth_value_key_at (object, i),
                                                            hearth_value_member_at (object, i)));
  return slots;
}

static gboolean
has_open_slot (GPtrArray *slots)
{
  for (guint i = 0; i < slots->len; i++)
    {
      if (((HearthSlot *) g_ptr_array_index (slots, i))->type == HEARTH_DATA_CONVERTIBLE_ANY)
        return TRUE;
    }
  return FALSE;
}

char *
_hearth_interface_make_key (HearthValue *interface,
                            gboolean     outputs)
{
  for (guint n = 0;; n++)
    {
      char *key = g_strdup_printf (outputs ? "output_%u" : "input_%u", n);

      if (hearth_value_get (interface, key) == NULL)
        return key;
      g_free (key);
    }
}

HearthValue *
_hearth_interface_new_open (const char *key)
{
  return hearth_value_object ("key", hearth_value_string (key),
                              "displayName", hearth_value_string ("*"),
                              "dataFlowType", hearth_value_string ("CONVERTIBLE_ANY"),
                              "allowDynamicType", hearth_value_boolean (TRUE),
                              NULL);
}

/* There is always one open slot to draw the next edge to, even if the file has none
 * (workflow-format.md 1.4); it is written when it is used. */
static GPtrArray *
get_own_interface (HearthGraph *self,
                   gboolean     outputs)
{
  const char *property = outputs ? "interfaceOutputs" : "interfaceInputs";
  GPtrArray **slots = &self->own_interface[outputs ? 1 : 0];
  HearthValue *object;

  if (*slots != NULL)
    return *slots;
  object = hearth_value_get_member_kind (self->shell, property, HEARTH_VALUE_OBJECT);
  *slots = read_interface (object);
  if (!has_open_slot (*slots))
    {
      g_autofree char *key = _hearth_interface_make_key (object, outputs);
      g_autoptr (HearthValue) entry = _hearth_interface_new_open (key);

      g_ptr_array_add (*slots, hearth_slot_new_from_interface (key, entry));
    }
  return *slots;
}

void
_hearth_graph_clear_interface (HearthGraph *self)
{
  g_clear_pointer (&self->own_interface[0], g_ptr_array_unref);
  g_clear_pointer (&self->own_interface[1], g_ptr_array_unref);
}

void
_hearth_group_interface_free (HearthGroupInterface *self)
{
  g_ptr_array_unref (self->inputs);
  g_ptr_array_unref (self->outputs);
  g_free (self);
}

void
hearth_graph_set_group_interface (HearthGraph *self,
                                  const char  *workflow_id,
                                  HearthValue *interface_inputs,
                                  HearthValue *interface_outputs)
{
  g_autoptr (GPtrArray) changes = NULL;
  HearthGroupInterface *group;

  g_return_if_fail (HEARTH_IS_GRAPH (self));
  g_return_if_fail (workflow_id != NULL);

  group = g_new0 (HearthGroupInterface, 1);
  group->inputs = read_interface (interface_inputs);
  group->outputs = read_interface (interface_outputs);
  group->missing = interface_inputs == NULL && interface_outputs == NULL;
  g_hash_table_replace (self->groups, g_strdup (workflow_id), group);

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);
  g_ptr_array_add (changes, hearth_change_new (HEARTH_CHANGE_GROUP_INTERFACE, workflow_id, -1, NULL, NULL));
  _hearth_graph_announce (self, changes);
}

HearthGroupInterface *
_hearth_graph_get_group (HearthGraph *self,
                         HearthNode  *node)
{
  g_autofree char *id = hearth_node_dup_reference (node);
  HearthGroupInterface *group = id != NULL ? g_hash_table_lookup (self->groups, id) : NULL;

  return group != NULL && !group->missing ? group : NULL;
}

/* --- placeholders ------------------------------------------------------------------ */

static void
add_named (GPtrArray  *slots,
           const char *key,
           gboolean    multi)
{
  const HearthSlotDecl decl = {
    .key = key,
    .type = HEARTH_DATA_WILDCARD,
    .flags = multi ? HEARTH_SLOT_MULTI : 0,
  };

  if (*key != '\0' && hearth_slots_find (slots, key) == NULL)
    g_ptr_array_add (slots, hearth_slot_new_from_decl (&decl));
}

/* What nobody declares is known only by what the file says about it: edges and values. */
static GPtrArray *
list_named (HearthGraph *self,
            HearthNode  *node,
            gboolean     outputs)
{
  GPtrArray *slots = new_slots ();
  GPtrArray *edges = outputs ? hearth_graph_get_edges_out (self, node->id) : hearth_graph_get_edges_in (self, node->id);

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (outputs)
        add_named (slots, edge->source_handle, FALSE);
      else
        add_named (slots, edge->target_key, edge->target_index >= 0);
    }
  for (gsize i = 0; !outputs && node->inputs != NULL && i < hearth_value_get_length (node->inputs); i++)
    add_named (slots, hearth_value_key_at (node->inputs, i), FALSE);
  return slots;
}

/* --- fallback ------------------------------------------------------------------------- */

static gboolean
takes_fallback (HearthNode *node)
{
  HearthValue *policy = hearth_value_get_member_kind (node->config, HEARTH_POLICY_KEY, HEARTH_VALUE_OBJECT);

  return g_strcmp0 (hearth_value_get_member_string (policy, "onFailure", NULL), "input") == 0;
}

static GPtrArray *
with_fallback (GPtrArray *slots)
{
  static const HearthSlotDecl decl = {
    .key = HEARTH_FALLBACK_INPUT,
    .type = HEARTH_DATA_WILDCARD,
    .name = "备用值",
    .title = N_("Fallback"),
    .description = N_("What the node gives when it fails."),
  };
  GPtrArray *more = new_slots ();

  for (guint i = 0; i < slots->len; i++)
    g_ptr_array_add (more, hearth_slot_ref (g_ptr_array_index (slots, i)));
  g_ptr_array_add (more, hearth_slot_new_from_decl (&decl));
  return more;
}

/* --- lists --------------------------------------------------------------------------- */

static GPtrArray *
ref_group_slots (HearthGraph *self,
                 HearthNode  *node,
                 gboolean     outputs)
{
  HearthGroupInterface *group = _hearth_graph_get_group (self, node);

  if (group == NULL)
    return list_named (self, node, outputs);
  return g_ptr_array_ref (outputs ? group->outputs : group->inputs);
}

GPtrArray *
_hearth_graph_ref_slots (HearthGraph *self,
                         HearthNode  *node,
                         gboolean     outputs)
{
  GPtrArray *slots;

  if (hearth_node_is_frame (node))
    return new_slots ();
  if (node_is (node, HEARTH_TYPE_ID_GROUP_INPUT) && outputs)
    return g_ptr_array_ref (get_own_interface (self, FALSE));
  if (node_is (node, HEARTH_TYPE_ID_GROUP_OUTPUT) && !outputs)
    return g_ptr_array_ref (get_own_interface (self, TRUE));
  if (node_is (node, HEARTH_TYPE_ID_NODE_GROUP))
    return ref_group_slots (self, node, outputs);
  if (node->type == NULL)
    return list_named (self, node, outputs);
  slots = outputs ? hearth_node_type_get_outputs (node->type, node->config)
                  : hearth_node_type_get_inputs (node->type, node->config);
  return !outputs && takes_fallback (node) ? with_fallback (slots) : g_ptr_array_ref (slots);
}

static GPtrArray *
copy_slots (HearthGraph *self,
            HearthNode  *node,
            gboolean     outputs)
{
  g_autoptr (GPtrArray) slots = _hearth_graph_ref_slots (self, node, outputs);
  GPtrArray *copy = new_slots ();

  for (guint i = 0; i < slots->len; i++)
    g_ptr_array_add (copy, hearth_slot_ref (g_ptr_array_index (slots, i)));
  return copy;
}

GPtrArray *
hearth_graph_list_inputs (HearthGraph *self,
                          HearthNode  *node)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);
  g_return_val_if_fail (node != NULL, NULL);

  return copy_slots (self, node, FALSE);
}

GPtrArray *
hearth_graph_list_outputs (HearthGraph *self,
                           HearthNode  *node)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);
  g_return_val_if_fail (node != NULL, NULL);

  return copy_slots (self, node, TRUE);
}

HearthSlot *
hearth_graph_find_input (HearthGraph *self,
                         HearthNode  *node,
                         const char  *handle)
{
  g_autoptr (GPtrArray) slots = NULL;
  g_autofree char *key = NULL;
  HearthSlot *slot;
  int index;

  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);
  g_return_val_if_fail (node != NULL && handle != NULL, NULL);

  slots = _hearth_graph_ref_slots (self, node, FALSE);
  slot = hearth_slots_find (slots, handle);
  if (slot != NULL)
    return hearth_slot_ref (slot);
  key = hearth_handle_parse (handle, &index);
  slot = index >= 0 ? hearth_slots_find (slots, key) : NULL;
  return slot != NULL && hearth_slot_is (slot, MULTI) ? hearth_slot_ref (slot) : NULL;
}

HearthSlot *
hearth_graph_find_output (HearthGraph *self,
                          HearthNode  *node,
                          const char  *handle)
{
  g_autoptr (GPtrArray) slots = NULL;
  HearthSlot *slot;

  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);
  g_return_val_if_fail (node != NULL && handle != NULL, NULL);

  slots = _hearth_graph_ref_slots (self, node, TRUE);
  slot = hearth_slots_find (slots, handle);
  return slot != NULL ? hearth_slot_ref (slot) : NULL;
}
