/* hearth-pages.h: our own pages and scripts, which are part of the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-request.h"

G_BEGIN_DECLS

/* The file src/server/pages/@name in the language that the browser prefers, or 404. Pages may use nothing but what comes
 * from us. */
void hearth_pages_reply (HearthRequest *request,
                         const char    *name);

G_END_DECLS
