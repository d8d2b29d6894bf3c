/* hearth-connection-private.h: the inside of a connection, and what its two streams tell it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-connection.h"

G_BEGIN_DECLS

struct _HearthConnection
{
  GIOStream parent_instance;

  GSocketConnection *base;
  GInputStream *input;
  GOutputStream *output;
  GSocketAddress *local;
  GSocketAddress *remote;

  HearthHeadCheck *check;
  HearthHeadPlace place;
  guint status; /* what a bad request gets */
  gint64 since_us;
  guint64 received;
  guint64 limit; /* of @received; 0: none */
  gboolean is_busy;

  HearthConnectionLeft left; /* it goes on below when this is closed; or NULL */
  gpointer left_data;
  gboolean has_left;

  guint64 written;
  void (*watch) (gpointer user_data);
  gpointer watch_data;
};

/* Where it stands changes; what is counted of it begins anew. */
void           _hearth_connection_enter      (HearthConnection  *self,
                                              HearthHeadPlace    place);
/* @self outlives both. */
GInputStream  *_hearth_connection_input_new  (GInputStream      *base,
                                              HearthConnection  *self);
/* What comes now are frames of a WebSocket. */
void           _hearth_connection_input_split    (GInputStream  *stream,
                                                  guint64        max_message);
void           _hearth_connection_input_wait_outside (GInputStream *stream);
gboolean       _hearth_connection_input_was_text (GInputStream  *stream);
/* Whoever reads next is told that the connection has come to its end; what still comes stays in the kernel. FALSE:
 * not now, something is underway. */
gboolean       _hearth_connection_input_leave    (GInputStream  *stream);
GOutputStream *_hearth_connection_output_new (GOutputStream     *base,
                                              HearthConnection  *self);

/* Takes all of it, however much. */
void           _hearth_connection_output_add    (GOutputStream  *stream,
                                              const void        *buffer,
                                              gsize              length);
gboolean       _hearth_connection_output_is_empty (GOutputStream *stream);
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
