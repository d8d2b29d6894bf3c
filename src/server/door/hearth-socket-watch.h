/* hearth-socket-watch.h: tells when a socket can be read, once and again, at little cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup makes a source whenever it waits for something to read, several in each request, and each
 * descriptor that GLib polls is looked at by the kernel in each round of the loop. So here all sockets lie in one
 * epoll descriptor, from when the connection is made, and the sources that come and go are told by it.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HearthSocketWatch HearthSocketWatch;

/* For the main thread. */
HearthSocketWatch *hearth_socket_watch_new           (GSocket           *socket);
/* Before @socket is closed. From here on every source is ready, as after hearth_socket_watch_call(). */
void               hearth_socket_watch_end           (HearthSocketWatch *self);
void               hearth_socket_watch_free          (HearthSocketWatch *self);
/* Who waits, or will, is told to read although nothing came. */
void               hearth_socket_watch_call          (HearthSocketWatch *self);
/* From here on a source that is made while the function of another is called has the same function, and is the last
 * thing that is done there: then the loop needs not know of it. Who waits is told to read once, to see the function. */
void               hearth_socket_watch_wait_outside  (HearthSocketWatch *self);
/* Reading got all there was, or less than it wanted. Otherwise who waits next is told at once: the kernel
 * says only once that something came. */
void               hearth_socket_watch_was_emptied   (HearthSocketWatch *self);
/* Ready, or soon if many are, when the socket can be read, has come to its end or when its timeout (g_socket_set_timeout())
 * is over; or in the next round, when @is_ready. One at a time. For g_pollable_input_stream_create_source();
 * @stream is what its callback gets. */
GSource           *hearth_socket_watch_create_source (HearthSocketWatch *self,
                                                      GObject           *stream,
                                                      gboolean           is_ready,
                                                      GCancellable      *cancellable);
/* Whether the last of them was ready only because the timeout was over. */
gboolean           hearth_socket_watch_is_overdue    (HearthSocketWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSocketWatch, hearth_socket_watch_free)

G_END_DECLS
