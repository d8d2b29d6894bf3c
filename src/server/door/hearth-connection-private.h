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
GOutputStream *_hearth_connection_output_new (GOutputStream     *base,
                                              HearthConnection  *self);

/* While on, small pieces are kept back; what waits goes with the change to off. */
void           _hearth_connection_output_gather (GOutputStream  *stream,
                                              gboolean           on);

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

G_END_DECLS
