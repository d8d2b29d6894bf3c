/* chain.h: a long chain of nodes from the catalogue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

G_BEGIN_DECLS

/* Every node type of the program. */
HearthCatalog *bench_catalog_new (void);
/* Each core:MathOperation adds one to what the one before it says; the first one to @start. */
HearthGraph   *bench_chain_new   (HearthCatalog *catalog,
                                  guint          n_nodes,
                                  guint          start);

G_END_DECLS
