/* hearth-socket-watch.h: tells when a socket can be read, once and again, at little cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup makes a source whenever it waits for something to read, several in each request, and each
 * that GLib adds to or takes from what it polls is a call of the kernel, and a walk through all the
 * others. So here one stays for as long as the connection does, and those that come and go ask it.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HearthSocketWatch HearthSocketWatch;

/* For the main thread. */
HearthSocketWatch *hearth_socket_watch_new           (GSocket           *socket);
/* Before @socket is closed. From here on every source is ready at once. */
void               hearth_socket_watch_end           (HearthSocketWatch *self);
void               hearth_socket_watch_free          (HearthSocketWatch *self);
/* Ready, or soon if many are, when the socket can be read, has come to its end or when its timeout (g_socket_set_timeout())
 * is over; or at once, when @is_ready. One at a time. For g_pollable_input_stream_create_source();
 * @stream is what its callback gets. */
GSource           *hearth_socket_watch_create_source (HearthSocketWatch *self,
                                                      GObject           *stream,
                                                      gboolean           is_ready,
                                                      GCancellable      *cancellable);
/* Whether the last of them was ready only because the timeout was over. */
gboolean           hearth_socket_watch_is_overdue    (HearthSocketWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSocketWatch, hearth_socket_watch_free)

G_END_DECLS
