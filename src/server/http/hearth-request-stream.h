/* hearth-request-stream.h: an answer that is sent in pieces, as they come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-request.h"

G_BEGIN_DECLS

/**
 * HearthRequestStream:
 *
 * Its owner hears when pieces have gone over the line, which is the time to send more, and when the
 * client has hung up; after that nothing is sent any more. Main thread only.
 */
typedef struct _HearthRequestStream HearthRequestStream;

/* @gone: the client hung up. */
typedef void (*HearthRequestStreamFunc) (gpointer user_data,
                                         gboolean gone);

/* The one answer to @request, of which it takes a reference. @func is called from the main loop. */
HearthRequestStream *hearth_request_stream_new        (HearthRequest           *request,
                                                       guint                    status,
                                                       const char              *content_type,
                                                       HearthRequestStreamFunc  func,
                                                       gpointer                 user_data);
/* Ends the answer. */
void                 hearth_request_stream_free       (HearthRequestStream     *self);
void                 hearth_request_stream_send       (HearthRequestStream     *self,
                                                       const char              *data,
                                                       gsize                    length);
/* Not copied. */
void                 hearth_request_stream_send_bytes (HearthRequestStream     *self,
                                                       GBytes                  *data);
/* Bytes that were sent here and have not gone over the line yet. */
gsize                hearth_request_stream_get_unsent (HearthRequestStream     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthRequestStream, hearth_request_stream_free)

G_END_DECLS
