/* hearth-graph-diff.h: what makes one graph into another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

G_BEGIN_DECLS

/* The changes that, applied to @mine, give it the nodes, edges and properties of @theirs. What the
 * program keeps by itself (id, times, version) goes to @bookkeeping instead; either may be empty. */
GPtrArray *hearth_graph_diff (HearthGraph  *mine,
                              HearthGraph  *theirs,
                              GPtrArray   **bookkeeping);

/* Is a member of a workflow a property, rather than its nodes or edges? */
gboolean   hearth_graph_is_property (const char *key);

G_END_DECLS
