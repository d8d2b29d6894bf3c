/* hearth-socket-watch.c: tells when a socket can be read, once and again, at little cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-socket-watch.h"

/* Whoever hangs up or asks something costs some tens of microseconds, and GLib serves all who are ready in one
 * round of the loop. When a thousand are, most wait for the next one; each that was served is the last in line. */
#define MAX_PER_ROUND 32

/* Has the descriptor; it is dispatched only when nobody waits. g_source_add_unix_fd() would dispatch it
 * each time. */
struct _HearthSocketWatch
{
  GSource source;

  GSocket *socket;
  GPollFD polled;
  gboolean is_polled;
  GSource *waiting; /* a Wait, borrowed, or NULL */
  gboolean is_overdue;
};

/* Of all watches. */
static struct
{
  GSource *source; /* sees a round begin */
  guint n_watches;
  guint n_ready; /* in this one */
} rounds;

/* Inside of the source of a stream: it makes that one ready. */
typedef struct
{
  GSource source;

  HearthSocketWatch *watch;
  gboolean is_ready;
} Wait;

/* --- rounds ----------------------------------------------------------------------------------------- */

static gboolean
round_prepare (GSource *source,
               int     *timeout)
{
  *timeout = -1;
  rounds.n_ready = 0;
  return FALSE;
}

static gboolean
take_turn (void)
{
  return rounds.n_ready++ < MAX_PER_ROUND;
}

static void
join_rounds (void)
{
  static GSourceFuncs funcs = { .prepare = round_prepare };

  if (rounds.n_watches++ > 0)
    return;
  rounds.source = g_source_new (&funcs, sizeof (GSource));
  g_source_set_name (rounds.source, "hearth-socket-watch");
  g_source_set_priority (rounds.source, G_PRIORITY_HIGH);
  g_source_attach (rounds.source, NULL);
}

static void
leave_rounds (void)
{
  if (--rounds.n_watches > 0)
    return;
  g_source_destroy (rounds.source);
  g_clear_pointer (&rounds.source, g_source_unref);
}

/* --- watching ------------------------------------------------------------------------------------- */

static gboolean
has_news (HearthSocketWatch *self)
{
  return self->is_polled && self->polled.revents != 0;
}

static gboolean
watch_check (GSource *source)
{
  HearthSocketWatch *self = (HearthSocketWatch *) source;

  return has_news (self) && (self->waiting == NULL || g_source_is_destroyed (self->waiting));
}

/* Something came that nobody wants yet: without a rest the loop would come round at once, for ever. */
static gboolean
watch_dispatch (GSource    *source,
                GSourceFunc callback,
                gpointer    user_data)
{
  HearthSocketWatch *self = (HearthSocketWatch *) source;

  g_source_remove_poll (source, &self->polled);
  self->is_polled = FALSE;
  return G_SOURCE_CONTINUE;
}

static void
watch_finalize (GSource *source)
{
  g_object_unref (((HearthSocketWatch *) source)->socket);
  leave_rounds ();
}

HearthSocketWatch *
hearth_socket_watch_new (GSocket *socket)
{
  static GSourceFuncs funcs = { .check = watch_check, .dispatch = watch_dispatch, .finalize = watch_finalize };
  HearthSocketWatch *self;

  g_return_val_if_fail (G_IS_SOCKET (socket), NULL);

  self = (HearthSocketWatch *) g_source_new (&funcs, sizeof (HearthSocketWatch));
  g_source_set_name (&self->source, "hearth-socket-watch");
  self->socket = g_object_ref (socket);
  self->polled.fd = g_socket_get_fd (socket);
  self->polled.events = G_IO_IN | G_IO_HUP | G_IO_ERR;
  g_source_attach (&self->source, NULL);
  join_rounds ();
  return self;
}

void
hearth_socket_watch_end (HearthSocketWatch *self)
{
  g_return_if_fail (self != NULL);

  g_source_destroy (&self->source);
}

void
hearth_socket_watch_free (HearthSocketWatch *self)
{
  g_return_if_fail (self != NULL);

  hearth_socket_watch_end (self);
  g_source_unref (&self->source);
}

/* --- waiting --------------------------------------------------------------------------------------- */

static gboolean
wait_prepare (GSource *source,
              int     *timeout)
{
  Wait *self = (Wait *) source;
  HearthSocketWatch *watch = self->watch;

  *timeout = -1;
  if (self->is_ready || g_source_is_destroyed (&watch->source))
    return take_turn ();
  if (!watch->is_polled)
    {
      watch->polled.revents = 0;
      watch->is_polled = TRUE;
      g_source_add_poll (&watch->source, &watch->polled);
    }
  return FALSE;
}

static gboolean
wait_check (GSource *source)
{
  return has_news (((Wait *) source)->watch) && take_turn ();
}

/* Before the source around it, which has the callback. */
static gboolean
wait_dispatch (GSource    *source,
               GSourceFunc callback,
               gpointer    user_data)
{
  Wait *self = (Wait *) source;

  self->watch->is_overdue = !self->is_ready && !has_news (self->watch);
  return G_SOURCE_CONTINUE;
}

static void
wait_finalize (GSource *source)
{
  Wait *self = (Wait *) source;

  if (self->watch->waiting == source)
    self->watch->waiting = NULL;
  g_source_unref (&self->watch->source);
}

GSource *
hearth_socket_watch_create_source (HearthSocketWatch *self,
                                   GObject           *stream,
                                   gboolean           is_ready,
                                   GCancellable      *cancellable)
{
  static GSourceFuncs funcs = { wait_prepare, wait_check, wait_dispatch, wait_finalize, NULL, NULL };
  g_autoptr (GSource) inner = NULL;
  GSource *outer;
  guint seconds;

  g_return_val_if_fail (self != NULL && G_IS_OBJECT (stream), NULL);

  seconds = g_socket_get_timeout (self->socket);
  inner = g_source_new (&funcs, sizeof (Wait));
  ((Wait *) inner)->watch = (HearthSocketWatch *) g_source_ref (&self->source);
  ((Wait *) inner)->is_ready = is_ready;
  if (seconds > 0)
    g_source_set_ready_time (inner, g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC);
  self->waiting = inner;
  self->is_overdue = FALSE;
  outer = g_pollable_source_new_full (stream, NULL, cancellable);
  g_source_add_child_source (outer, inner);
  return outer;
}

gboolean
hearth_socket_watch_is_overdue (HearthSocketWatch *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_overdue;
}
