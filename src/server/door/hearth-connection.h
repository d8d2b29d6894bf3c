/* hearth-connection.h: one accepted connection: what comes is checked, what goes is counted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "hearth-head-check.h"

G_BEGIN_DECLS

/* A stream over another one, for soup_server_accept_iostream(). */
#define HEARTH_TYPE_CONNECTION (hearth_connection_get_type ())
G_DECLARE_FINAL_TYPE (HearthConnection, hearth_connection, HEARTH, CONNECTION, GIOStream)

HearthConnection *hearth_connection_new                (GSocketConnection *base);
/* The one a request came over; borrowed. */
HearthConnection *hearth_connection_of                 (SoupServerMessage *message);
GSocket          *hearth_connection_get_socket         (HearthConnection  *self);
/* Where it comes from and goes to; borrowed. hearth_connection_of() knows it by the remote one. */
GSocketAddress   *hearth_connection_get_local_address  (HearthConnection  *self);
GSocketAddress   *hearth_connection_get_remote_address (HearthConnection  *self);
/* From this computer itself? */
gboolean          hearth_connection_is_loopback        (HearthConnection  *self);

/* A request is being answered. */
void              hearth_connection_set_busy           (HearthConnection  *self,
                                                        gboolean           is_busy);
gboolean          hearth_connection_is_busy            (HearthConnection  *self);
HearthHeadPlace   hearth_connection_get_place          (HearthConnection  *self);
/* When that place was entered (monotonic µs), and the bytes that came since. */
gint64            hearth_connection_get_since          (HearthConnection  *self);
guint64           hearth_connection_get_received       (HearthConnection  *self);
/* It became a WebSocket. Messages of more than @max_message bytes end with one byte more (hearth-frame-splitter.h). */
void              hearth_connection_end_http           (HearthConnection  *self,
                                                        guint64            max_message);
/* Of a WebSocket of libsoup's: while nothing comes, the main loop has nothing to do with it (hearth-socket-watch.h). */
void              hearth_connection_wait_outside       (HearthConnection  *self);
/* Of a message that libsoup says is binary: is it text all the same (hearth-frame-splitter.h)? */
gboolean          hearth_connection_was_text           (HearthConnection  *self);
/* After @bytes more it cannot be read from; 0: no limit. Begins anew with each call. */
void              hearth_connection_limit_reading      (HearthConnection  *self,
                                                        guint64            bytes);

/* Writes all of it, past libsoup, which formats two lines for a log nobody reads and reads through
 * the text once more for each frame of a WebSocket. It never blocks and takes any amount: who calls has
 * an eye on hearth_connection_get_written(). */
void              hearth_connection_send               (HearthConnection  *self,
                                                        const void        *buffer,
                                                        gsize              length);
/* All that was handed to the kernel so far. */
guint64           hearth_connection_get_written        (HearthConnection  *self);
/* @callback is called each time that number has grown, from inside of a write; NULL ends it. */
void              hearth_connection_watch_writing      (HearthConnection  *self,
                                                        void             (*callback) (gpointer user_data),
                                                        gpointer           user_data);
/* Between two requests: libsoup is told that this is the end, and when it has closed it, @left gets the connection
 * below, which goes on; what came meanwhile can be read from it. NULL: it is closed after all. FALSE: not now. */
typedef void    (*HearthConnectionLeft)                (HearthConnection  *self,
                                                        GSocketConnection *base,
                                                        gpointer           user_data);
gboolean          hearth_connection_leave              (HearthConnection  *self,
                                                        HearthConnectionLeft left,
                                                        gpointer           user_data);
/* Cuts the line. Whoever reads or writes notices. */
void              hearth_connection_cut                (HearthConnection  *self);

G_END_DECLS
