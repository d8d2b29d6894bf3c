/* hearth-payload.c: what a client sends to be run, made into a graph (workflow-format.md 4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-payload.h"

#include "hearth-i18n.h"
#include "hearth-payload-private.h"

G_DEFINE_QUARK (hearth-proto-error-quark, hearth_proto_error)

static gboolean
refuse (GError    **error,
        const char *place,
        const char *expected)
{
  /* Translators: a place in a message or file and what should be there: "nodes[3].fullType: expected a string" */
  g_set_error (error, HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE, _("%s: expected %s"), place, expected);
  return FALSE;
}

static gboolean
refuse_member (GError    **error,
               const char *list,
               gsize       index,
               const char *key,
               const char *expected)
{
  g_autofree char *place = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "].%s", list, index, key);

  return refuse (error, place, expected);
}

/* --- nodes ---------------------------------------------------------------------------- */

static gboolean
check_node (HearthValue *node,
            gsize        index,
            GError     **error)
{
  static const struct
  {
    const char *key;
    const char *stored_key;
  } objects[] = {
    { "inputs", "inputValues" },
    { "configValues", "configValues" },
    { "inputConnectionOrders", "inputConnectionOrders" },
  };

  if (!hearth_value_is (hearth_value_get (node, "id"), STRING))
    return refuse_member (error, "nodes", index, "id", _("a string"));
  if (!hearth_value_is (_hearth_payload_member (node, "fullType", "type"), STRING))
    return refuse_member (error, "nodes", index, "fullType", _("a string"));
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      HearthValue *value = _hearth_payload_member (node, objects[i].key, objects[i].stored_key);

      if (value != NULL && !hearth_value_is (value, OBJECT))
        return refuse_member (error, "nodes", index, objects[i].key, _("an object"));
    }
  return TRUE;
}

static HearthValue *
convert_node (HearthValue *node,
              gboolean     preview)
{
  HearthValue *type = _hearth_payload_member (node, "fullType", "type");
  HearthValue *inputs = _hearth_payload_member (node, "inputs", "inputValues");
  HearthValue *config = _hearth_payload_member (node, "configValues", "configValues");
  HearthValue *orders = _hearth_payload_member (node, "inputConnectionOrders", "inputConnectionOrders");
  gboolean bypassed = hearth_value_get_member_boolean (node, "bypassed", FALSE);

  if (inputs != NULL)
    inputs = preview ? _hearth_payload_unwrap (inputs) : hearth_value_ref (inputs);
  return hearth_value_object ("id", hearth_value_ref (hearth_value_get (node, "id")),
                              "type", hearth_value_ref (type),
                              "inputValues", inputs,
                              "configValues", hearth_value_ref_or_null (config),
                              "inputConnectionOrders", hearth_value_ref_or_null (orders),
                              "bypassed", bypassed ? hearth_value_boolean (TRUE) : NULL,
                              NULL);
}

static gboolean
is_frame (HearthValue *node)
{
  HearthValue *type = _hearth_payload_member (node, "fullType", "type");

  return hearth_value_is (type, STRING) && g_str_equal (hearth_value_get_string (type, NULL), HEARTH_TYPE_ID_FRAME);
}

static HearthValue *
convert_nodes (HearthValue *payload,
               gboolean     preview,
               GError     **error)
{
  HearthValue *nodes = hearth_value_get (payload, "nodes");
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  g_autoptr (GHashTable) replaced = NULL;

  if (!hearth_value_is (nodes, ARRAY))
    {
      refuse (error, "nodes", _("a list"));
      return NULL;
    }
  replaced = _hearth_payload_find_replaced (nodes);
  for (gsize i = 0; i < hearth_value_get_length (nodes); i++)
    {
      HearthValue *node = hearth_value_at (nodes, i);

      if (!check_node (node, i, error))
        return NULL;
      if (!is_frame (node) && !g_hash_table_contains (replaced, GSIZE_TO_POINTER (i)))
        hearth_builder_add (&out, NULL, convert_node (node, preview));
    }
  return hearth_builder_end_array (&out);
}

/* --- edges ---------------------------------------------------------------------------- */

static gboolean
check_edge (HearthValue *edge,
            gsize        index,
            GError     **error)
{
  static const struct
  {
    const char *key;
    const char *stored_key;
    gboolean required;
  } members[] = {
    { "sourceNodeId", "source", TRUE },
    { "targetNodeId", "target", TRUE },
    { "sourceHandle", "sourceHandle", FALSE },
    { "targetHandle", "targetHandle", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      HearthValue *value = _hearth_payload_member (edge, members[i].key, members[i].stored_key);

      if (value == NULL ? members[i].required : !hearth_value_is (value, STRING))
        return refuse_member (error, "edges", index, members[i].key, _("a string"));
    }
  return TRUE;
}

static HearthValue *
convert_edge (HearthValue *edge,
              GHashTable  *used_ids)
{
  g_autofree char *id = _hearth_payload_edge_id (edge, used_ids);
  HearthValue *source = _hearth_payload_member (edge, "sourceNodeId", "source");
  HearthValue *target = _hearth_payload_member (edge, "targetNodeId", "target");

  return hearth_value_object ("id", hearth_value_string (id),
                              "source", hearth_value_ref (source),
                              "target", hearth_value_ref (target),
                              "sourceHandle", hearth_value_string (hearth_value_get_member_string (edge, "sourceHandle", "")),
                              "targetHandle", hearth_value_string (hearth_value_get_member_string (edge, "targetHandle", "")),
                              NULL);
}

static HearthValue *
convert_edges (HearthValue *payload,
               GError     **error)
{
  HearthValue *edges = hearth_value_get (payload, "edges");
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  g_autoptr (GHashTable) used_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!hearth_value_is (edges, ARRAY))
    {
      refuse (error, "edges", _("a list"));
      return NULL;
    }
  for (gsize i = 0; i < hearth_value_get_length (edges); i++)
    {
      HearthValue *edge = hearth_value_at (edges, i);

      if (!check_edge (edge, i, error))
        return NULL;
      hearth_builder_add (&out, NULL, convert_edge (edge, used_ids));
    }
  return hearth_builder_end_array (&out);
}

/* --- the whole ------------------------------------------------------------------------- */

static gboolean
check_objects (HearthValue *payload,
               GError     **error)
{
  static const char *const keys[] = { "interfaceInputs", "interfaceOutputs", "outputInterfaceMappings", "metadata" };

  if (!hearth_value_is (payload, OBJECT))
    return refuse (error, "payload", _("an object"));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      HearthValue *value = _hearth_payload_member (payload, keys[i], keys[i]);

      if (value != NULL && !hearth_value_is (value, OBJECT))
        return refuse (error, keys[i], _("an object"));
    }
  return TRUE;
}

static HearthValue *
dup_object (HearthValue *payload,
            const char  *key)
{
  return hearth_value_ref_or_null (hearth_value_get_member_kind (payload, key, HEARTH_VALUE_OBJECT));
}

static HearthValue *
convert (HearthValue *payload,
         GError     **error)
{
  HearthValue *metadata = hearth_payload_get_metadata (payload);
  const char *id = hearth_value_get_member_string (payload, "workflowId", NULL);
  const char *name = hearth_value_get_member_string (metadata, "workflowName", NULL);
  g_autoptr (HearthValue) nodes = NULL;
  g_autoptr (HearthValue) edges = NULL;

  if (!check_objects (payload, error))
    return NULL;
  nodes = convert_nodes (payload, hearth_value_get_member_boolean (metadata, "isPreviewRun", FALSE), error);
  edges = nodes != NULL ? convert_edges (payload, error) : NULL;
  if (edges == NULL)
    return NULL;
  id = id != NULL ? id : hearth_value_get_member_string (metadata, "workflowId", NULL);
  return hearth_value_object ("id", id != NULL ? hearth_value_string (id) : NULL,
                              "name", name != NULL ? hearth_value_string (name) : NULL,
                              "nodes", g_steal_pointer (&nodes),
                              "edges", g_steal_pointer (&edges),
                              "interfaceInputs", dup_object (payload, "interfaceInputs"),
                              "interfaceOutputs", dup_object (payload, "interfaceOutputs"),
                              NULL);
}

HearthGraph *
hearth_payload_to_graph (HearthValue   *payload,
                         HearthCatalog *catalog,
                         GError       **error)
{
  g_autoptr (HearthValue) workflow = NULL;
  g_autoptr (GError) local_error = NULL;
  HearthGraph *graph;

  g_return_val_if_fail (HEARTH_IS_CATALOG (catalog), NULL);

  workflow = convert (payload, error);
  if (workflow == NULL)
    return NULL;
  graph = hearth_graph_new_from_value (catalog, workflow, &local_error);
  if (graph == NULL)
    g_set_error_literal (error, HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE, local_error->message);
  return graph;
}

HearthValue *
hearth_payload_get_mappings (HearthValue *payload)
{
  return hearth_value_get_member_kind (payload, "outputInterfaceMappings", HEARTH_VALUE_OBJECT);
}

HearthValue *
hearth_payload_get_metadata (HearthValue *payload)
{
  return hearth_value_get_member_kind (payload, "metadata", HEARTH_VALUE_OBJECT);
}

gboolean
hearth_payload_is_payload (HearthValue *value)
{
  HearthValue *nodes = hearth_value_get_member_kind (value, "nodes", HEARTH_VALUE_ARRAY);

  for (gsize i = 0; nodes != NULL && i < hearth_value_get_length (nodes); i++)
    {
      HearthValue *node = hearth_value_at (nodes, i);

      if (hearth_value_get (node, "fullType") != NULL)
        return TRUE;
      if (hearth_value_get (node, "type") != NULL)
        return FALSE;
    }
  return hearth_value_get (value, "outputInterfaceMappings") != NULL || hearth_value_get (value, "metadata") != NULL;
}
