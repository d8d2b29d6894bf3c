/* hearth-canvas-motion.c: what moves on the canvas while a run goes on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include <math.h>

#define FRAME_INTERVAL (G_USEC_PER_SEC / 30)
#define SWEEP_SECONDS 1.8
#define MARK_SECONDS 0.9
/* How long after a chunk data still counts as on its way. */
#define FLOW_TIME (700 * 1000)

gboolean
hearth_canvas_wants_motion (HearthCanvas *self)
{
  gboolean enabled = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled, NULL);
  return enabled;
}

static gboolean
tick_cb (GtkWidget *widget,
         GdkFrameClock *clock,
         gpointer user_data)
{
  HearthCanvas *self = HEARTH_CANVAS (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double sweep = fmod ((double) now / G_USEC_PER_SEC / SWEEP_SECONDS, 1);
  gboolean any = FALSE;

  if (now - self->last_frame < FRAME_INTERVAL)
    return G_SOURCE_CONTINUE;
  self->last_frame = now;
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);

      if (hearth_card_get_data (card)->state != HEARTH_CARD_RUNNING)
        continue;
      any = TRUE;
      if (gtk_widget_get_child_visible (GTK_WIDGET (card)))
        hearth_card_set_phase (card, sweep);
    }
  if (g_hash_table_size (self->yielded) > 0)
    {
      self->wire_phase = fmod ((double) now / G_USEC_PER_SEC / MARK_SECONDS, 1);
      hearth_canvas_invalidate_wires (self);
    }
  if (any)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  self->wire_phase = -1;
  return G_SOURCE_REMOVE;
}

void
hearth_canvas_start_tick (HearthCanvas *self)
{
  if (self->tick == 0 && hearth_canvas_wants_motion (self))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

void
hearth_canvas_stop_tick (HearthCanvas *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  self->wire_phase = -1;
  if (self->started == NULL)
    return;
  g_hash_table_remove_all (self->started);
  g_hash_table_remove_all (self->yielded);
  g_hash_table_remove_all (self->retries);
}

gboolean
hearth_canvas_is_flowing (HearthCanvas *self,
                          const char *node_id)
{
  gint64 *when = g_hash_table_lookup (self->yielded, node_id);
  HearthCard *card = when != NULL ? hearth_canvas_get_card (self, node_id) : NULL;

  if (card == NULL || hearth_card_get_data (card)->state != HEARTH_CARD_RUNNING)
    return FALSE;
  /* Where nothing moves the marks stand as long as the node runs: nobody would clear them */
  return !hearth_canvas_wants_motion (self) || g_get_monotonic_time () - *when < FLOW_TIME;
}

void
hearth_canvas_note_time (GHashTable *times,
                         const char *node_id)
{
  gint64 *now = g_new (gint64, 1);

  *now = g_get_monotonic_time ();
  g_hash_table_insert (times, g_strdup (node_id), now);
}
