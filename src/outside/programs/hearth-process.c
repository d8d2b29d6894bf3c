/* hearth-process.c: a process that we have started, and its group: when it has ended, and how it is ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>

#include "hearth-program-private.h"

#define GRACE_SECONDS 2 /* between asking to end and telling it */

/* Lives until it has ended, and what it left behind has, too. */
struct _HearthProcess
{
  grefcount ref_count; /* the caller's, the watch's and the timer's */
  pid_t pid;           /* and group */
  const HearthProcessEvents *events; /* NULL: nobody listens any more */
  gpointer user_data;
  GDestroyNotify destroy;
  gboolean exited;
  gboolean left; /* someone behind */
  guint timer;
};

static void
process_unref (gpointer data)
{
  HearthProcess *self = data;

  if (!g_ref_count_dec (&self->ref_count))
    return;
  self->destroy (self->user_data);
  g_free (self);
}

static void
set_timer (HearthProcess *self,
           GSourceFunc    func)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_ref_count_inc (&self->ref_count);
  self->timer = g_timeout_add_seconds_full (HEARTH_OUTSIDE_PRIORITY, GRACE_SECONDS, func, self, process_unref);
}

static gboolean
kill_cb (gpointer data)
{
  HearthProcess *self = data;

  self->timer = 0;
  if (!self->exited || self->left)
    kill (-self->pid, SIGKILL);
  if (self->exited && self->events != NULL)
    self->events->deserted (self->user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
terminate_cb (gpointer data)
{
  HearthProcess *self = data;

  self->timer = 0;
  kill (-self->pid, SIGTERM);
  set_timer (self, kill_cb);
  return G_SOURCE_REMOVE;
}

/* What it has left behind is asked to end. */
static void
exited_cb (GPid     pid,
           int      status,
           gpointer data)
{
  HearthProcess *self = data;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->exited = TRUE;
  self->left = kill (-self->pid, SIGTERM) == 0;
  if (self->left || self->events != NULL)
    set_timer (self, kill_cb);
  if (self->events != NULL)
    self->events->exited (status, self->user_data);
}

HearthProcess *
_hearth_process_new (pid_t                      pid,
                     const HearthProcessEvents *events,
                     gpointer                   user_data,
                     GDestroyNotify             destroy)
{
  HearthProcess *self = g_new0 (HearthProcess, 1);

  g_ref_count_init (&self->ref_count);
  self->pid = pid;
  self->events = events;
  self->user_data = user_data;
  self->destroy = destroy;
  g_ref_count_inc (&self->ref_count);
  g_child_watch_add_full (HEARTH_OUTSIDE_PRIORITY, pid, exited_cb, self, process_unref);
  return self;
}

void
_hearth_process_end (HearthProcess *self,
                     gboolean       at_once)
{
  self->events = NULL;
  if (self->exited && !self->left)
    g_clear_handle_id (&self->timer, g_source_remove);
  else if (at_once && !self->exited)
    kill (-self->pid, SIGKILL);
  else if (!self->exited)
    set_timer (self, terminate_cb);
  process_unref (self);
}
