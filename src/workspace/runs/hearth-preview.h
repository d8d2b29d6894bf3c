/* hearth-preview.h: what of a graph may run in a preview (engine.md 13)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

G_BEGIN_DECLS

/* A graph without the nodes that must not run in a preview and without what depends on them: a
 * result made of missing inputs would be worse than none. @graph itself when it has no such node.
 * New reference. */
HearthGraph *hearth_preview_reduce_graph    (HearthGraph *graph);
/* @mappings (NULL allowed) without those that name nodes @reduced lacks. New reference or NULL. */
HearthValue *hearth_preview_reduce_mappings (HearthGraph *reduced,
                                             HearthValue *mappings);

G_END_DECLS
