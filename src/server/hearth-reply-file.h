/* hearth-reply-file.h: a file that somebody put there, as an answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-request.h"

G_BEGIN_DECLS

/* A handler: answers with the file that the answer of the route's operation names as `path`. Pictures, sound
 * and video can be shown in the page; everything else, whatever it says it is, is only to be saved, because
 * a page of ours must not run what others wrote. With an ETag. */
void hearth_request_reply_found_file (HearthRequest *self);

G_END_DECLS
