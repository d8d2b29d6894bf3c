/* hearth-outline.h: how large the workflow of a run was when the run was asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"
#include "hearth-run.h"

G_BEGIN_DECLS

/* What the log of a run says of its workflow as the user sees it: groups count as one node. */
typedef struct
{
  guint    n_nodes, n_edges;
  gboolean has_inputs, has_outputs; /* of the interface */
} HearthOutline;

HearthOutline        _hearth_outline_of_graph (HearthGraph         *graph);
/* The run carries it from now on. */
void                 _hearth_outline_attach   (const HearthOutline *self,
                                               HearthRun           *run);
/* All zero for a run that carries none. */
HearthOutline        _hearth_outline_of_run   (HearthRun           *run);

G_END_DECLS
