/* hearth-outline.c: how large the workflow of a run was when the run was asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-outline.h"

static gboolean
has_members (HearthGraph *graph,
             const char  *key)
{
  HearthValue *object = hearth_graph_get_property (graph, key);

  return hearth_value_is (object, OBJECT) && hearth_value_get_length (object) > 0;
}

HearthOutline
_hearth_outline_of_graph (HearthGraph *graph)
{
  return (HearthOutline) {
    .n_nodes = hearth_graph_get_n_nodes (graph),
    .n_edges = hearth_graph_get_n_edges (graph),
    .has_inputs = has_members (graph, "interfaceInputs"),
    .has_outputs = has_members (graph, "interfaceOutputs"),
  };
}

static GQuark
outline_quark (void)
{
  return g_quark_from_static_string ("hearth-outline");
}

void
_hearth_outline_attach (const HearthOutline *self,
                        HearthRun           *run)
{
  g_object_set_qdata_full (G_OBJECT (run), outline_quark (), g_memdup2 (self, sizeof *self), g_free);
}

HearthOutline
_hearth_outline_of_run (HearthRun *run)
{
  HearthOutline *outline = g_object_get_qdata (G_OBJECT (run), outline_quark ());

  return outline != NULL ? *outline : (HearthOutline) { 0 };
}
