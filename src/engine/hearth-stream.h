/* hearth-stream.h: the consumer's end of a stream of chunks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-engine-types.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_STREAM_CHUNK, /* a chunk was handed over */
  HEARTH_STREAM_EMPTY, /* nothing now; the notify function will be called */
  HEARTH_STREAM_END,   /* the producer has ended (also after an error chunk, which came first) */
} HearthStreamState;

typedef void (*HearthStreamNotify) (HearthStreamReader *reader,
                                    gpointer            user_data);

/* How many chunks wait for one consumer before its producer is told to stop. */
#define HEARTH_STREAM_QUEUE_LENGTH 64

/* Main thread only. Every reader gets every chunk of its producer, from the first one on.
 * On HEARTH_STREAM_CHUNK the caller owns *chunk. */
HearthStreamState   hearth_stream_reader_read       (HearthStreamReader  *self,
                                                     HearthValue        **chunk);
/* Called (never from inside read) when there may be something to read again. */
void                hearth_stream_reader_set_notify (HearthStreamReader  *self,
                                                     HearthStreamNotify   notify,
                                                     gpointer             user_data);
/* No more is wanted: what waits is dropped, the producer is never held up by this reader again.
 * Happens by itself when the consuming step ends. */
void                hearth_stream_reader_close      (HearthStreamReader  *self);

G_END_DECLS
