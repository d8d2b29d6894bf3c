/* hearth-edit-edges.c: verbs on edges
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-edit-private.h"

#include "hearth-id.h"
#include "hearth-i18n.h"

/* What an edge that is about to be drawn would join. */
typedef struct
{
  HearthNode *source;
  HearthNode *target;
  HearthSlot *output; /* owned */
  HearthSlot *input;  /* owned */
} Joint;

static void
joint_clear (Joint *joint)
{
  g_clear_pointer (&joint->output, hearth_slot_unref);
  g_clear_pointer (&joint->input, hearth_slot_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Joint, joint_clear)

static const char *
type_title (HearthDataType type)
{
  switch (type)
    {
    case HEARTH_DATA_STRING:
      return _("text");
    case HEARTH_DATA_INTEGER:
      return _("whole number");
    case HEARTH_DATA_FLOAT:
      return _("number");
    case HEARTH_DATA_BOOLEAN:
      return _("yes or no");
    case HEARTH_DATA_OBJECT:
      return _("object");
    case HEARTH_DATA_ARRAY:
      return _("list");
    case HEARTH_DATA_BINARY:
      return _("binary data");
    case HEARTH_DATA_WILDCARD:
    case HEARTH_DATA_CONVERTIBLE_ANY:
    default:
      return _("anything");
    }
}

static char *
find_slots (HearthGraph *graph,
            Joint       *joint,
            const char  *source_key,
            const char  *target_key)
{
  joint->output = hearth_graph_find_output (graph, joint->source, source_key);
  if (joint->output == NULL)
    return g_strdup_printf (_("“%s” has no output “%s”."), hearth_node_get_title (joint->source), source_key);
  joint->input = hearth_graph_find_input (graph, joint->target, target_key);
  if (joint->input == NULL)
    return g_strdup_printf (_("“%s” has no input “%s”."), hearth_node_get_title (joint->target), target_key);
  if (hearth_slot_is (joint->input, HIDE_HANDLE)
      || (joint->input->type == HEARTH_DATA_WILDCARD && hearth_slot_has_category (joint->input, "Trigger")))
    return g_strdup_printf (_("The input “%s” cannot be connected."), joint->input->title);
  if (!hearth_slot_can_connect (joint->output, joint->input))
    return g_strdup_printf (_("“%s” gives %s, but “%s” takes %s."), joint->output->title,
                            type_title (joint->output->type), joint->input->title, type_title (joint->input->type));
  return NULL;
}

static char *
resolve (HearthGraph *graph,
         Joint       *joint,
         const char  *source,
         const char  *source_key,
         const char  *target,
         const char  *target_key)
{
  char *why;

  joint->source = hearth_graph_get_node (graph, source);
  joint->target = hearth_graph_get_node (graph, target);
  if (joint->source == NULL || joint->target == NULL)
    return g_strdup_printf (_("There is no node “%s”."), joint->source == NULL ? source : target);
  if (joint->source == joint->target)
    return g_strdup (_("A node cannot feed itself."));
  why = find_slots (graph, joint, source_key, target_key);
  if (why != NULL)
    return why;
  if (hearth_graph_reaches (graph, target, source))
    return g_strdup_printf (_("This would make a circle: “%s” already leads to “%s”."),
                            hearth_node_get_title (joint->target), hearth_node_get_title (joint->source));
  return NULL;
}

char *
hearth_graph_why_not_connect (HearthGraph *graph,
                              const char  *source,
                              const char  *source_key,
                              const char  *target,
                              const char  *target_key)
{
  g_auto (Joint) joint = { 0 };

  g_return_val_if_fail (HEARTH_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (source != NULL && source_key != NULL, NULL);
  g_return_val_if_fail (target != NULL && target_key != NULL, NULL);

  return resolve (graph, &joint, source, source_key, target, target_key);
}

/* --- the verbs ------------------------------------------------------------------------- */

static HearthEdge *
add_edge (HearthEdit *self,
          const char *source,
          const char *source_handle,
          const char *target,
          const char *target_handle)
{
  g_autofree char *id = hearth_id_new_nano (10);
  g_autoptr (HearthValue) stored = hearth_value_object ("id", hearth_value_string (id),
                                                        "source", hearth_value_string (source),
                                                        "target", hearth_value_string (target),
                                                        "sourceHandle", hearth_value_string (source_handle),
                                                        "targetHandle", hearth_value_string (target_handle),
                                                        NULL);

  _hearth_edit_set_edge (self, id, stored);
  return hearth_graph_get_edge (self->graph, id);
}

static HearthEdge *
connect_multi (HearthEdit *self,
               Joint      *joint,
               int         index)
{
  const char *key = joint->input->key;
  g_autoptr (GPtrArray) edges = hearth_graph_list_multi (self->graph, joint->target->id, key);
  g_autofree char *handle = g_strdup_printf ("%s__%u", key, edges->len);
  HearthEdge *edge = add_edge (self, joint->source->id, joint->output->key, joint->target->id, handle);

  if (index < 0 || (guint) index >= edges->len)
    index = -1;
  g_ptr_array_insert (edges, index, edge);
  _hearth_edit_number (self, joint->target->id, key, edges);
  return edge;
}

static HearthEdge *
connect_single (HearthEdit *self,
                Joint      *joint)
{
  GPtrArray *in = hearth_graph_get_edges_in (self->graph, joint->target->id);
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < in->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (in, i);

      if (!g_str_equal (edge->target_handle, joint->input->key))
        continue;
      if (g_str_equal (edge->source, joint->source->id) && g_str_equal (edge->source_handle, joint->output->key))
        return edge;
      g_ptr_array_add (old, g_strdup (edge->id));
    }
  _hearth_edit_drop_edges (self, old);
  return add_edge (self, joint->source->id, joint->output->key, joint->target->id, joint->input->key);
}

static void
adopt_open_slots (HearthEdit *self,
                  Joint      *joint)
{
  if (g_str_equal (joint->source->type_id, HEARTH_TYPE_ID_GROUP_INPUT)
      && joint->output->type == HEARTH_DATA_CONVERTIBLE_ANY)
    _hearth_edit_adopt (self, FALSE, joint->output->key, joint->input);
  if (g_str_equal (joint->target->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT)
      && joint->input->type == HEARTH_DATA_CONVERTIBLE_ANY)
    _hearth_edit_adopt (self, TRUE, joint->input->key, joint->output);
}

HearthEdge *
hearth_edit_connect (HearthEdit *self,
                     const char *source,
                     const char *source_key,
                     const char *target,
                     const char *target_key,
                     int         target_index,
                     GError    **error)
{
  g_auto (Joint) joint = { 0 };
  g_autofree char *why = NULL;
  g_autofree char *key = NULL;
  HearthEdge *edge;
  int index;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (source != NULL && source_key != NULL, NULL);
  g_return_val_if_fail (target != NULL && target_key != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  why = resolve (self->graph, &joint, source, source_key, target, target_key);
  if (why != NULL)
    {
      g_set_error_literal (error, HEARTH_GRAPH_ERROR, HEARTH_GRAPH_ERROR_REFUSED, why);
      return NULL;
    }
  adopt_open_slots (self, &joint);
  if (hearth_slot_is (joint.input, MULTI))
    {
      key = hearth_handle_parse (target_key, &index);
      edge = connect_multi (self, &joint, target_index >= 0 ? target_index : index);
    }
  else
    edge = connect_single (self, &joint);
  _hearth_edit_announce (self);
  return edge;
}

void
hearth_edit_disconnect (HearthEdit *self,
                        const char *edge_id)
{
  g_autoptr (GPtrArray) ids = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (edge_id != NULL);

  ids = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (ids, g_strdup (edge_id));
  _hearth_edit_drop_edges (self, ids);
  _hearth_edit_announce (self);
}
