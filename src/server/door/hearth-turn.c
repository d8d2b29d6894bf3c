/* hearth-turn.c: how long connections may keep one round of the main loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-turn.h"

static struct
{
  gint64 round_us; /* what GLib takes for the time in this round: it looks once in each */
  gint64 begin_us;
} turn;

gboolean
hearth_turn_is_over (void)
{
  GSource *source = g_main_current_source ();
  gint64 now_us = g_get_monotonic_time ();
  gint64 round_us;

  if (source == NULL)
    return FALSE;
  round_us = g_source_get_time (source);
  if (round_us != turn.round_us)
    {
      turn.round_us = round_us;
      turn.begin_us = now_us;
    }
  return now_us - turn.begin_us > HEARTH_TURN_MS * 1000;
}
