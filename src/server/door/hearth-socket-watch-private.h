/* hearth-socket-watch-private.h: what the watches of sockets and their calls know of each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-socket-watch.h"

G_BEGIN_DECLS

/* What libsoup waits for. GLib asks it in each round whether it is ready, which is too much for thousands of
 * WebSockets. But there the next source, the last that is made while the function of one is called, is to call the
 * same. So once that is known, sources are attached to a context that never runs, and the function is called here when
 * there is something to read. */
typedef struct
{
  GSource source;

  HearthSocketWatch *watch;
  GObject *stream;
  gboolean is_out;    /* in the context that never runs */
  gboolean is_called; /* its turn has come */
  GList in_turn;      /* if it is out */
} HearthSocketWait;

struct _HearthSocketWatch
{
  guint n_users; /* who made it, and every Wait */
  GSocket *socket;
  HearthSocketWait *waiting; /* borrowed, or NULL */
  GList in_line;
  gboolean is_in_line;
  gboolean has_news; /* the kernel spoke of it, and it was not read to the end since */
  gboolean has_ended;
  gboolean is_overdue;

  GPollableSourceFunc func; /* of the source that is waited with, as soon as it is known */
  gpointer func_data;
  gboolean waits_outside;
  gboolean is_called; /* that function, now */
  gboolean has_pushed; /* the context that never runs */
};

/* hearth-socket-calls.c, for all watches together; each joins before it adds its socket. */
void          _hearth_socket_calls_join        (void);
void          _hearth_socket_calls_leave       (void);
void          _hearth_socket_calls_add         (HearthSocketWatch *watch);
void          _hearth_socket_calls_remove      (HearthSocketWatch *watch);
/* Who waits with @watch, if anybody does, is called as soon as it is its turn. */
void          _hearth_socket_calls_line_up     (HearthSocketWatch *watch);
void          _hearth_socket_calls_leave_line  (HearthSocketWatch *watch);
/* It was called and has come, or will not. */
void          _hearth_socket_calls_end         (HearthSocketWait  *wait);
/* The context that never runs. */
GMainContext *_hearth_socket_calls_get_outside (void);

/* hearth-socket-watch.c: of one that was called and is outside. */
void          _hearth_socket_wait_serve        (HearthSocketWait  *wait);

G_END_DECLS
