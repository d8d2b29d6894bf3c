/* hearth-static.h: answering with a file of a folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-request.h"

G_BEGIN_DECLS

/* The file @relative below @root, which it cannot leave. @type: a constant text, or NULL: by the name's ending. */
void hearth_static_reply (HearthRequest *request,
                          const char    *root,
                          const char    *relative,
                          const char    *type);

G_END_DECLS
