/* hearth-graph-load.c: from and to the stored workflow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-private.h"
#include "hearth-i18n.h"

static const HearthShapeField workflow_fields[] = {
  { "id", HEARTH_SHAPE_STRING, FALSE },
  { "name", HEARTH_SHAPE_STRING, FALSE },
  { "description", HEARTH_SHAPE_STRING, FALSE },
  { "nodes", HEARTH_SHAPE_ARRAY, TRUE },
  { "edges", HEARTH_SHAPE_ARRAY, FALSE },
  { "viewport", HEARTH_SHAPE_OBJECT, FALSE },
  { "interfaceInputs", HEARTH_SHAPE_OBJECT, FALSE },
  { "interfaceOutputs", HEARTH_SHAPE_OBJECT, FALSE },
  { "referencedWorkflows", HEARTH_SHAPE_ARRAY, FALSE },
  { "previewTarget", HEARTH_SHAPE_OBJECT, FALSE },
  { "createdAt", HEARTH_SHAPE_STRING, FALSE },
  { "updatedAt", HEARTH_SHAPE_STRING, FALSE },
  { "version", HEARTH_SHAPE_STRING, FALSE },
  { 0 },
};

static const HearthShapeField viewport_fields[] = {
  { "x", HEARTH_SHAPE_NUMBER, FALSE },
  { "y", HEARTH_SHAPE_NUMBER, FALSE },
  { "zoom", HEARTH_SHAPE_NUMBER, FALSE },
  { 0 },
};

static const HearthShapeField slot_fields[] = {
  { "key", HEARTH_SHAPE_STRING, FALSE },
  { "dataFlowType", HEARTH_SHAPE_STRING, TRUE },
  { "displayName", HEARTH_SHAPE_STRING, FALSE },
  { "customDescription", HEARTH_SHAPE_STRING, FALSE },
  { "config", HEARTH_SHAPE_OBJECT, FALSE },
  { "matchCategories", HEARTH_SHAPE_ARRAY, FALSE },
  { 0 },
};

static gboolean
check_interface (HearthValue *workflow,
                 const char  *key,
                 GError     **error)
{
  HearthValue *slots = hearth_value_get_member_kind (workflow, key, HEARTH_VALUE_OBJECT);

  if (!_hearth_shape_check_members (workflow, key, HEARTH_SHAPE_OBJECT, "", error))
    return FALSE;
  for (gsize i = 0; slots != NULL && i < hearth_value_get_length (slots); i++)
    {
      g_autofree char *place = g_strconcat (key, ".", hearth_value_key_at (slots, i), NULL);

      if (!_hearth_shape_check_fields (hearth_value_member_at (slots, i), slot_fields, place, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_workflow (HearthValue *workflow,
                GError     **error)
{
  HearthValue *viewport = hearth_value_get_member_kind (workflow, "viewport", HEARTH_VALUE_OBJECT);

  return _hearth_shape_check (workflow, HEARTH_SHAPE_OBJECT, _("The workflow"), error)
         && _hearth_shape_check_fields (workflow, workflow_fields, "", error)
         && (viewport == NULL || _hearth_shape_check_fields (viewport, viewport_fields, "viewport", error))
         && check_interface (workflow, "interfaceInputs", error)
         && check_interface (workflow, "interfaceOutputs", error);
}

/* Only a wrong element needs the name of its place. */
static gboolean
check_element (gboolean   (*check) (HearthValue *stored,
                                    const char  *place,
                                    GError     **error),
               HearthValue *stored,
               const char  *list,
               gsize        index,
               GError     **error)
{
  g_autofree char *place = NULL;

  if (check (stored, "", NULL))
    return TRUE;
  place = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", list, index);
  return check (stored, place, error);
}

static gboolean
load_nodes (HearthGraph *self,
            HearthValue *nodes,
            GError     **error)
{
  for (gsize i = 0; i < hearth_value_get_length (nodes); i++)
    {
      HearthValue *stored = hearth_value_at (nodes, i);
      const char *id;

      if (!check_element (_hearth_node_check, stored, "nodes", i, error))
        return FALSE;
      id = hearth_value_get_member_string (stored, "id", "");
      if (hearth_graph_get_node (self, id) != NULL)
        {
          g_autofree char *place = g_strdup_printf ("nodes[%" G_GSIZE_FORMAT "]", i);

          g_set_error (error, HEARTH_GRAPH_ERROR, HEARTH_GRAPH_ERROR_SHAPE,
                       _("%s.id: another node already has the id “%s”; give one of them a new id"), place, id);
          return FALSE;
        }
      _hearth_graph_insert_node (self, _hearth_node_new (id, stored), -1);
    }
  return TRUE;
}

/* An edge needs an id only inside the program: one that has none, or shares it, gets another
 * there, and its stored form stays as it is. */
static char *
choose_edge_id (HearthGraph *self,
                HearthValue *stored,
                gsize        index)
{
  const char *id = hearth_value_get_member_string (stored, "id", NULL);
  char *unique;

  if (id != NULL && hearth_graph_get_edge (self, id) == NULL)
    return g_strdup (id);
  unique = g_strdup_printf ("%s#%" G_GSIZE_FORMAT, id != NULL ? id : "edge", index);
  while (hearth_graph_get_edge (self, unique) != NULL)
    {
      g_autofree char *taken = g_steal_pointer (&unique);

      unique = g_strconcat (taken, "#", NULL);
    }
  return unique;
}

static gboolean
load_edges (HearthGraph *self,
            HearthValue *edges,
            GError     **error)
{
  for (gsize i = 0; edges != NULL && i < hearth_value_get_length (edges); i++)
    {
      HearthValue *stored = hearth_value_at (edges, i);
      g_autofree char *id = NULL;

      if (!check_element (_hearth_edge_check, stored, "edges", i, error))
        return FALSE;
      id = choose_edge_id (self, stored, i);
      _hearth_graph_insert_edge (self, _hearth_edge_new (id, stored), -1);
    }
  return TRUE;
}

HearthGraph *
hearth_graph_new_from_value (HearthCatalog *catalog,
                             HearthValue   *workflow,
                             GError       **error)
{
  g_autoptr (HearthGraph) self = NULL;
  g_autoptr (HearthValue) without_nodes = NULL;
  g_autoptr (HearthValue) shell = NULL;
  g_autoptr (HearthValue) empty = NULL;
  HearthValue *edges;

  g_return_val_if_fail (HEARTH_IS_CATALOG (catalog), NULL);
  g_return_val_if_fail (workflow != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_workflow (workflow, error))
    return NULL;
  self = hearth_graph_new (catalog);
  edges = hearth_value_get_member_kind (workflow, "edges", HEARTH_VALUE_ARRAY);
  if (!load_nodes (self, hearth_value_get (workflow, "nodes"), error) || !load_edges (self, edges, error))
    return NULL;

  /* The lists themselves are dropped, or every element would live twice after the first edit. */
  empty = hearth_value_empty_array ();
  without_nodes = hearth_value_with (workflow, "nodes", empty);
  shell = edges != NULL ? hearth_value_with (without_nodes, "edges", empty) : hearth_value_ref (without_nodes);
  _hearth_graph_set_shell (self, shell);
  return g_steal_pointer (&self);
}

static HearthValue *
list_nodes (HearthGraph *self)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < self->nodes->len; i++)
    hearth_builder_add (&list, NULL, hearth_value_ref (((HearthNode *) g_ptr_array_index (self->nodes, i))->stored));
  return hearth_builder_end_array (&list);
}

static HearthValue *
list_edges (HearthGraph *self)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < self->edges->len; i++)
    hearth_builder_add (&list, NULL, hearth_value_ref (((HearthEdge *) g_ptr_array_index (self->edges, i))->stored));
  return hearth_builder_end_array (&list);
}

HearthValue *
hearth_graph_to_value (HearthGraph *self)
{
  g_autoptr (HearthValue) nodes = NULL;
  g_autoptr (HearthValue) edges = NULL;
  g_autoptr (HearthValue) with_nodes = NULL;

  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);

  nodes = list_nodes (self);
  edges = list_edges (self);
  with_nodes = hearth_value_with (self->shell, "nodes", nodes);
  if (self->edges->len == 0 && !hearth_value_is (hearth_value_get (self->shell, "edges"), ARRAY))
    return g_steal_pointer (&with_nodes);
  return hearth_value_with (with_nodes, "edges", edges);
}
