/* hearth-model-wait.c: a question that nobody can be asked for now waits, and says so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-router-private.h"

#include "hearth-i18n.h"

/* Rounds through the channels, with a pause between them when one asked for it */
#define MAX_ROUNDS 4
/* A channel that wants to be left alone for longer is not waited for. */
#define LONGEST_PAUSE_MS 30000
/* For one that does not say how long: doubled from round to round */
#define FIRST_PAUSE_MS 1000

typedef struct
{
  HearthChannel *channel; /* borrowed; NULL: there is none to wait for */
  gint64 ms;
  gboolean is_asked_for;  /* by its service */
} Pause;

void
_hearth_model_wait_tell (HearthModelAsk *self,
                         const char     *sentence)
{
  if (sentence == NULL && !self->waiting)
    return;
  self->waiting = sentence != NULL;
  if (self->waits != NULL)
    self->waits (sentence, self->user_data);
}

/* --- for how long -------------------------------------------------------------------------------------- */

/* The shortest counts. */
static void
consider (Pause         *self,
          HearthChannel *channel,
          gint64         ms,
          gboolean       is_asked_for)
{
  if (ms > 0 && (self->channel == NULL || ms < self->ms))
    *self = (Pause) { channel, ms, is_asked_for };
}

/* Until the first channel of those that only take no more requests for now. */
static void
find_pause (HearthModelAsk *self,
            Pause          *pause)
{
  for (guint i = 0; i < self->failures->len; i++)
    {
      const HearthFailure *failure = g_ptr_array_index (self->failures, i);
      guint retry_after = hearth_model_error_get_retry_after (failure->error);

      consider (pause, failure->channel, retry_after, TRUE);
      if (retry_after == 0 && g_error_matches (failure->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_RATE_LIMIT))
        consider (pause, failure->channel, (gint64) FIRST_PAUSE_MS << self->round, FALSE);
    }
  for (guint i = 0; self->fixed == NULL && i < self->order->len; i++)
    {
      HearthChannel *channel = g_ptr_array_index (self->order, i);
      gint64 ready_in;

      if (hearth_channel_health_get_state (self->router->health, channel->id, &ready_in) == HEARTH_CHANNEL_WAITING)
        consider (pause, channel, ready_in, TRUE);
    }
}

/* Those who were sent away together do not come back together. */
static guint
add_jitter (HearthModelAsk *self,
            gint64          pause_ms)
{
  return (guint) pause_ms + hearth_chance_draw_below (self->router->chance, (guint32) (pause_ms / 5) + 2);
}

/* --- waiting --------------------------------------------------------------------------------------------- */

static char *
format_moment (HearthModelAsk *self,
               guint           in_ms)
{
  gint64 moment = hearth_clock_get_unix_ms (self->router->clock) + in_ms;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (moment / 1000);

  return time != NULL ? g_date_time_format (time, "%H:%M:%S") : g_strdup ("");
}

static char *
describe (HearthModelAsk *self,
          const Pause    *pause,
          guint           in_ms)
{
  const char *name = _hearth_channel_get_label (pause->channel);
  g_autofree char *moment = format_moment (self, in_ms);

  if (!pause->is_asked_for)
    /* Translators: name of a channel, and a time of day */
    return g_strdup_printf (_("“%s” takes no more requests for now; trying again at %s."), name, moment);
  /* Translators: name of a channel, seconds, and a time of day */
  return g_strdup_printf (_("“%s” asks to wait %u s; trying again at %s."), name, (guint) ((pause->ms + 999) / 1000), moment);
}

static void
over_cb (gpointer data)
{
  g_autoptr (HearthModelAsk) self = _hearth_model_ask_ref (data);

  self->timer = 0;
  _hearth_model_wait_tell (self, NULL);
  if (!self->ended)
    _hearth_model_ask_next_round (self);
}

gboolean
_hearth_model_wait_begin (HearthModelAsk *self)
{
  Pause pause = { 0 };
  g_autofree char *sentence = NULL;
  guint in_ms;

  find_pause (self, &pause);
  if (pause.channel == NULL || pause.ms > LONGEST_PAUSE_MS || self->round + 1 >= MAX_ROUNDS)
    return FALSE;
  in_ms = add_jitter (self, pause.ms);
  sentence = describe (self, &pause, in_ms);
  self->timer = hearth_clock_add_timeout (self->router->clock, in_ms, over_cb, self);
  _hearth_model_wait_tell (self, sentence);
  return TRUE;
}
