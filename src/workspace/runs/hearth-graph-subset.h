/* hearth-graph-subset.h: a graph without some of its nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

G_BEGIN_DECLS

/* A copy without the nodes whose ids are in @unwanted and without their edges. */
HearthGraph *_hearth_graph_without   (HearthGraph       *graph,
                                      GHashTable        *unwanted);
/* A copy of these nodes and all that their values depend on; frames stay. */
HearthGraph *_hearth_graph_up_to     (HearthGraph       *graph,
                                      const char *const *node_ids);

G_END_DECLS
