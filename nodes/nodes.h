/* nodes.h: the catalogue of built-in nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-node-decl.h"

G_BEGIN_DECLS

/* Every node of this folder; the array and what it points to are constant. */
const HearthNodeDecl *const *hearth_nodes_get_decls            (gsize       *n);

/* The text of a browser script, by the client_script_url of a declaration. Fails with G_IO_ERROR:
 * INVALID_ARGUMENT when @url does not end in .js or climbs out of its folder, NOT_FOUND when
 * there is no such script. */
GBytes                      *hearth_nodes_lookup_client_script (const char  *url,
                                                                GError     **error);

G_END_DECLS
