/* hearth-payload-write.c: a graph as the payload the frontend would send (workflow-format.md 4.2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-payload.h"

static HearthValue *
ref_unless_empty (HearthValue *object)
{
  return object != NULL && hearth_value_get_length (object) > 0 ? hearth_value_ref (object) : NULL;
}

static HearthValue *
node_to_json (HearthNode *node)
{
  return hearth_value_object ("id", hearth_value_string (node->id),
                              "fullType", hearth_value_string (node->type_id),
                              "inputs", ref_unless_empty (node->inputs),
                              "configValues", ref_unless_empty (node->config),
                              "bypassed", node->bypassed ? hearth_value_boolean (TRUE) : NULL,
                              "inputConnectionOrders", ref_unless_empty (node->orders),
                              NULL);
}

static HearthValue *
edge_to_json (HearthEdge *edge)
{
  return hearth_value_object ("id", hearth_value_string (edge->id),
                              "sourceNodeId", hearth_value_string (edge->source),
                              "sourceHandle", hearth_value_string (edge->source_handle),
                              "targetNodeId", hearth_value_string (edge->target),
                              "targetHandle", hearth_value_string (edge->target_handle),
                              NULL);
}

static HearthValue *
nodes_to_json (HearthGraph *graph)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < hearth_graph_get_n_nodes (graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (graph, i);

      if (!g_str_equal (node->type_id, HEARTH_TYPE_ID_FRAME))
        hearth_builder_add (&out, NULL, node_to_json (node));
    }
  return hearth_builder_end_array (&out);
}

static HearthValue *
edges_to_json (HearthGraph *graph)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < hearth_graph_get_n_edges (graph); i++)
    hearth_builder_add (&out, NULL, edge_to_json (hearth_graph_edge_at (graph, i)));
  return hearth_builder_end_array (&out);
}

static HearthNode *
find_group_output (HearthGraph *graph)
{
  for (guint i = 0; i < hearth_graph_get_n_nodes (graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (graph, i);

      if (g_str_equal (node->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT))
        return node;
    }
  return NULL;
}

static HearthEdge *
find_edge_into (GPtrArray  *edges,
                const char *handle)
{
  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (g_str_equal (edge->target_handle, handle))
        return edge;
    }
  return NULL;
}

/* The first edge into the first GroupOutput counts; outputs nothing is wired to are left out. */
static HearthValue *
mappings_to_json (HearthGraph *graph)
{
  HearthValue *outputs = hearth_graph_get_property (graph, "interfaceOutputs");
  HearthNode *group_output = find_group_output (graph);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (group_output == NULL || !hearth_value_is (outputs, OBJECT))
    return hearth_value_empty_object ();
  for (gsize i = 0; i < hearth_value_get_length (outputs); i++)
    {
      const char *key = hearth_value_key_at (outputs, i);
      HearthEdge *edge = find_edge_into (hearth_graph_get_edges_in (graph, group_output->id), key);

      if (edge != NULL)
        hearth_builder_add (&out, key,
                            hearth_value_object ("sourceNodeId", hearth_value_string (edge->source),
                                                 "sourceSlotKey", hearth_value_string (edge->source_handle),
                                                 NULL));
    }
  return hearth_builder_end_object (&out);
}

HearthValue *
hearth_payload_from_graph (HearthGraph *graph,
                           HearthValue *metadata)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (graph), NULL);

  return hearth_value_object ("nodes", nodes_to_json (graph),
                              "edges", edges_to_json (graph),
                              "interfaceInputs", hearth_value_ref_or_null (hearth_graph_get_property (graph, "interfaceInputs")),
                              "interfaceOutputs", hearth_value_ref_or_null (hearth_graph_get_property (graph, "interfaceOutputs")),
                              "outputInterfaceMappings", mappings_to_json (graph),
                              "metadata", hearth_value_ref_or_null (metadata),
                              NULL);
}
