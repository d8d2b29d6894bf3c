/* wires.h: what the parts of the reference that follow edges share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reference.h"

G_BEGIN_DECLS

/* sources.c; @side: "interfaceInputs", "interfaceOutputs"; NULL if there is none */
HearthValue *ref_graph_get_interface    (HearthGraph *graph,
                                         const char  *side);
/* Puts @edge where it belongs among @edges into the multi-input @key (rule 5). */
void         ref_edges_insert           (GPtrArray   *edges,
                                         HearthNode  *node,
                                         const char  *key,
                                         HearthEdge  *edge);
/* The edge that feeds output @key of the instance that @scope is: the first one; or NULL. */
HearthEdge  *ref_scope_find_output_edge (RefScope    *scope,
                                         const char  *key);
/* Adds to @sources what the output is wired to, backwards through the walls of groups (rule 7).
 * @several: a multi-input of an interface is on the way. FALSE: it goes round in a ring. */
gboolean     ref_scope_find_sources     (Reference   *self,
                                         RefScope    *scope,
                                         const char  *node_id,
                                         const char  *handle,
                                         GArray      *sources,
                                         gboolean    *several,
                                         guint        hops);

G_END_DECLS
