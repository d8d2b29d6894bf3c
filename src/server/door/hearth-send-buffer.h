/* hearth-send-buffer.h: bytes that wait for their turn: appended behind, taken off in front
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Empty ones hold no memory: ten thousand silent connections have one each. All zeros is an empty one.
 * Main thread only. */
typedef struct
{
  GByteArray *bytes;
  guint taken; /* of @bytes */
} HearthSendBuffer;

gsize         hearth_send_buffer_get_length (const HearthSendBuffer *self);
const guint8 *hearth_send_buffer_get_data   (const HearthSendBuffer *self);
void          hearth_send_buffer_append     (HearthSendBuffer       *self,
                                             const void             *bytes,
                                             gsize                   length);
void          hearth_send_buffer_take       (HearthSendBuffer       *self,
                                             gsize                   length);
void          hearth_send_buffer_clear      (HearthSendBuffer       *self);
/* What is kept for the next one to be filled. */
void          hearth_send_buffer_drop_spare (void);

G_END_DECLS
