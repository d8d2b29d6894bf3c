/* hearth-frame-splitter.h: large frames of a WebSocket, cut into small ones on their way to libsoup
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup waits until a frame is there as a whole and then goes through all of it at once, to unmask it;
 * and once more, when a message of text is complete, to see whether it is UTF-8. With a workflow of many
 * megabytes nobody else would be served for a tenth of a second. So it gets frames of a few KiB (RFC 6455
 * 5.4), and is told that the message is binary: whoever parses it, on a thread, looks at every byte anyway.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No frame that is longer reaches libsoup. */
#define HEARTH_FRAME_SPLITTER_MAX (32 * 1024)

typedef struct _HearthFrameSplitter HearthFrameSplitter;

/* Of a message of more than @max_message bytes one byte more is handed on, and then its end; the rest of it goes
 * nowhere. */
HearthFrameSplitter *hearth_frame_splitter_new        (guint64              max_message);
void                 hearth_frame_splitter_free       (HearthFrameSplitter *self);
/* Reads at most *@in_length bytes as a page sends them, and puts *@in_length to how many it took; writes at
 * most @out_length. Returns how many it wrote. It stops behind each message. */
gsize                hearth_frame_splitter_feed       (HearthFrameSplitter *self,
                                                       const guint8        *in,
                                                       gsize               *in_length,
                                                       guint8              *out,
                                                       gsize                out_length);
/* Has it something to write with nothing more read? */
gboolean             hearth_frame_splitter_has_output (HearthFrameSplitter *self);
/* The last message that ended: text that libsoup takes for binary. */
gboolean             hearth_frame_splitter_was_text   (HearthFrameSplitter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthFrameSplitter, hearth_frame_splitter_free)

G_END_DECLS
