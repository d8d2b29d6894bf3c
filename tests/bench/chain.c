/* chain.c: a long chain of nodes from the catalogue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chain.h"

#include "nodes.h"

HearthCatalog *
bench_catalog_new (void)
{
  HearthCatalog *catalog = hearth_catalog_new ();
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  hearth_catalog_add_all (catalog, decls, n);
  return catalog;
}

static HearthValue *
make_node (guint i,
           guint start)
{
  g_autofree char *id = g_strdup_printf ("MathOperation_%u", i);
  HearthValue *a = i == 0 ? hearth_value_integer (start) : NULL;

  return hearth_value_object ("id", hearth_value_string (id), "type", hearth_value_string ("core:MathOperation"),
                              "position",
                              hearth_value_object ("x", hearth_value_integer (300 * i), "y", hearth_value_integer (0), NULL),
                              "inputValues", hearth_value_object ("a", a, "b", hearth_value_integer (1), NULL),
                              "configValues", hearth_value_object ("operationMode", hearth_value_string ("add"), NULL),
                              NULL);
}

static HearthValue *
make_edge (guint i)
{
  g_autofree char *id = g_strdup_printf ("edge_%u", i);
  g_autofree char *source = g_strdup_printf ("MathOperation_%u", i - 1);
  g_autofree char *target = g_strdup_printf ("MathOperation_%u", i);

  return hearth_value_object ("id", hearth_value_string (id), "source", hearth_value_string (source), "sourceHandle",
                              hearth_value_string ("result"), "target", hearth_value_string (target), "targetHandle",
                              hearth_value_string ("a"), NULL);
}

HearthGraph *
bench_chain_new (HearthCatalog *catalog,
                 guint          n_nodes,
                 guint          start)
{
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) edges = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) workflow = NULL;
  g_autoptr (GError) error = NULL;
  HearthGraph *graph;

  for (guint i = 0; i < n_nodes; i++)
    {
      hearth_builder_add (&nodes, NULL, make_node (i, start));
      if (i > 0)
        hearth_builder_add (&edges, NULL, make_edge (i));
    }
  workflow = hearth_value_object ("nodes", hearth_builder_end_array (&nodes), "edges",
                                  hearth_builder_end_array (&edges), NULL);
  graph = hearth_graph_new_from_value (catalog, workflow, &error);
  g_assert_no_error (error);
  return graph;
}
