/* hearth-post.c: what was gathered goes out when the loop is about to wait
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-post.h"

#include "hearth-byte-queue.h"
#include "hearth-turn.h"

static struct
{
  HearthPostFunc func;
  GSource *source;
  guint n_members;
  GQueue waiting;
} post;

/* Called before the loop waits. To be dispatched would be one round too late. What does not fit into half a turn waits
 * for the next round. */
static gboolean
post_prepare (GSource *source,
              int     *timeout)
{
  gint64 end_us = g_get_monotonic_time () + HEARTH_TURN_MS * 1000 / 2;

  while (post.waiting.length > 0 && g_get_monotonic_time () < end_us)
    post.func (g_queue_pop_head_link (&post.waiting)->data);
  *timeout = post.waiting.length > 0 ? 0 : -1;
  return FALSE;
}

void
_hearth_post_join (HearthPostFunc func)
{
  static GSourceFuncs funcs = { .prepare = post_prepare };

  post.func = func;
  if (post.n_members++ > 0)
    return;
  post.source = g_source_new (&funcs, sizeof (GSource));
  g_source_set_name (post.source, "hearth-post");
  g_source_set_priority (post.source, G_PRIORITY_HIGH);
  g_source_attach (post.source, NULL);
}

void
_hearth_post_leave (void)
{
  if (--post.n_members > 0)
    return;
  g_source_destroy (post.source);
  g_clear_pointer (&post.source, g_source_unref);
  hearth_byte_queue_drop_spare ();
}

void
_hearth_post_add (GList *link)
{
  g_queue_push_tail_link (&post.waiting, link);
}

void
_hearth_post_remove (GList *link)
{
  g_queue_unlink (&post.waiting, link);
}
