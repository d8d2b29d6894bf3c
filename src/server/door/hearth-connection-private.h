/* hearth-connection-private.h: what a connection's two streams tell it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-connection.h"

G_BEGIN_DECLS

/* @self outlives both. */
GInputStream  *_hearth_connection_input_new  (GInputStream      *base,
                                              HearthConnection  *self);
/* What comes now are frames of a WebSocket. */
void           _hearth_connection_input_split    (GInputStream  *stream);
gboolean       _hearth_connection_input_was_text (GInputStream  *stream);
GOutputStream *_hearth_connection_output_new (GOutputStream     *base,
                                              HearthConnection  *self);

/* Takes all of it, however much. */
void           _hearth_connection_output_add    (GOutputStream  *stream,
                                              const void        *buffer,
                                              gsize              length);
/* Hands to the kernel what was gathered. FALSE: it has no room for all of it now; the rest follows. */
gboolean       _hearth_connection_output_flush  (GOutputStream  *stream);
/* The same for the last time. FALSE: the connection is kept until the rest is gone or the line is dead,
 * and then told by _hearth_connection_end(). */
gboolean       _hearth_connection_output_finish (GOutputStream  *stream);

/* @length bytes came. Returns how many of them may be handed on now; the rest is the next request's.
 * *@refused: none, and the connection is to end. */
gsize          _hearth_connection_take       (HearthConnection  *self,
                                              const char        *bytes,
                                              gsize              length,
                                              gboolean          *refused);
/* Says so to the other side, in so far as HTTP is spoken. */
void           _hearth_connection_refuse     (HearthConnection  *self,
                                              GError           **error);
void           _hearth_connection_wrote      (HearthConnection  *self,
                                              gsize              length);
/* From now on what is written goes nowhere. */
void           _hearth_connection_mute       (HearthConnection  *self);
void           _hearth_connection_output_mute (GOutputStream    *stream);
void           _hearth_connection_end        (HearthConnection  *self);

G_END_DECLS
