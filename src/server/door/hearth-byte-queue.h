/* hearth-byte-queue.h: bytes that wait for their turn: appended behind, taken off in front
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Empty ones hold no memory: ten thousand silent connections have two each. All zeros is an empty one.
 * Main thread only. */
typedef struct
{
  GByteArray *bytes;
  guint taken; /* of @bytes */
} HearthByteQueue;

gsize         hearth_byte_queue_get_length (const HearthByteQueue *self);
const guint8 *hearth_byte_queue_get_data   (const HearthByteQueue *self);
void          hearth_byte_queue_append     (HearthByteQueue       *self,
                                            const void            *bytes,
                                            gsize                  length);
void          hearth_byte_queue_take       (HearthByteQueue       *self,
                                            gsize                  length);
void          hearth_byte_queue_clear      (HearthByteQueue       *self);
/* What is kept for the next one to be filled. */
void          hearth_byte_queue_drop_spare (void);

G_END_DECLS
