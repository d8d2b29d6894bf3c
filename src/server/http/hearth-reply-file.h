/* hearth-reply-file.h: a file that somebody put there, as an answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"
#include "hearth-request.h"

G_BEGIN_DECLS

/* Performs @operation and answers with the file that its answer names as `path`. Pictures, sound
 * and video can be shown in the page; everything else, whatever it says it is, is only to be saved, because
 * a page of ours must not run what others wrote. With an ETag. */
void hearth_request_reply_found_file (HearthRequest         *self,
                                      const HearthOperation *operation);

G_END_DECLS
