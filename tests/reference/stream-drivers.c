/* stream-drivers.c: how models with streams are run by the engine: chunk by chunk, or in a rush
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "work.h"

/* --- sources ------------------------------------------------------------------------ */

/* FALSE: no more for now, or for ever. */
static gboolean
play_one (RefWork *work)
{
  GPtrArray *chunks = work->call.chunks;

  if (chunks && work->played < chunks->len)
    return hearth_step_yield (work->step, hearth_value_ref (g_ptr_array_index (chunks, work->played++)));

  ref_work_finish (work);
  return FALSE;
}

static gboolean
play_cb (gpointer user_data)
{
  RefWork *work = user_data;

  if (work->turn++ < work->turns)
    return G_SOURCE_CONTINUE;

  work->turn = 0;
  work->timer = 0;
  if (play_one (work))
    work->timer = g_idle_add (play_cb, work);
  return G_SOURCE_REMOVE;
}

void
ref_driver_play (HearthStep *step)
{
  RefWork *work = ref_work_new (step);

  work->kind->model (&work->call);
  ref_give_dead (step, &work->call);
  work->timer = g_idle_add (play_cb, work);
}

void
ref_driver_play_on (HearthStep *step)
{
  RefWork *work = hearth_step_get_data (step);

  if (work->timer == 0)
    work->timer = g_idle_add (play_cb, work);
}

void
ref_driver_burst_on (HearthStep *step)
{
  RefWork *work = hearth_step_get_data (step);

  while (work->timer == 0 && play_one (work))
    ;
}

void
ref_driver_burst (HearthStep *step)
{
  RefWork *work = ref_work_new (step);

  work->kind->model (&work->call);
  ref_give_dead (step, &work->call);
  ref_driver_burst_on (step);
}

/* --- readers ------------------------------------------------------------------------ */

static void
open_streams (RefWork           *work,
              HearthStreamNotify notify)
{
  const HearthSlotDecl *slots = work->kind->decl.inputs;

  for (guint i = 0; slots[i].key; i++)
    {
      HearthStreamReader *reader = hearth_step_get_stream (work->step, slots[i].key);

      if (reader == NULL)
        continue;
      g_assert (work->n_streams < MAX_STREAMS);
      work->keys[work->n_streams] = slots[i].key;
      work->read[work->n_streams] = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
      work->readers[work->n_streams++] = reader;
      hearth_stream_reader_set_notify (reader, notify, work);
    }
}

/* Reads of every stream what there is, or one chunk each. */
static void
gather (RefWork *work,
        gboolean slowly)
{
  guint max = work->kind->max_read ? work->kind->max_read : G_MAXUINT;

  for (guint i = 0; i < work->n_streams; i++)
    {
      HearthStreamState state = HEARTH_STREAM_CHUNK;
      HearthValue *chunk;

      while (!work->ended[i] && state == HEARTH_STREAM_CHUNK && work->read[i]->len < max)
        {
          state = hearth_stream_reader_read (work->readers[i], &chunk);
          if (state == HEARTH_STREAM_CHUNK)
            g_ptr_array_add (work->read[i], chunk);
          if (slowly)
            break;
        }
      work->ended[i] |= state == HEARTH_STREAM_END || work->read[i]->len >= max;
    }
}

static gboolean
has_gathered (RefWork *work)
{
  for (guint i = 0; i < work->n_streams; i++)
    if (!work->ended[i])
      return FALSE;

  return TRUE;
}

static gboolean
gather_cb (gpointer user_data)
{
  RefWork *work = user_data;

  if (work->turn++ % (work->turns + 1) != 0)
    return G_SOURCE_CONTINUE;
  gather (work, work->turns > 0);
  if (!has_gathered (work) && work->turns > 0)
    return G_SOURCE_CONTINUE;
  work->timer = 0;
  if (has_gathered (work))
    {
      work->kind->model (&work->call);
      ref_work_finish (work);
    }

  return G_SOURCE_REMOVE;
}

static void
gather_notify_cb (HearthStreamReader *reader,
                  gpointer            user_data)
{
  RefWork *work = user_data;

  if (work->timer == 0)
    work->timer = g_idle_add (gather_cb, work);
}

void
ref_driver_gather (HearthStep *step)
{
  RefWork *work = ref_work_new (step);

  open_streams (work, gather_notify_cb);
  gather_notify_cb (NULL, work);
}

/* FALSE: nothing there, no room, or over. */
static gboolean
relay_one (RefWork *work)
{
  g_autoptr (HearthValue) chunk = NULL;
  HearthStreamState state = hearth_stream_reader_read (work->readers[0], &chunk);

  if (state == HEARTH_STREAM_CHUNK)
    {
      work->played++;
      return hearth_step_yield (work->step, work->kind->maps (&work->call, chunk));
    }
  if (state == HEARTH_STREAM_END)
    {
      hearth_step_set_output (work->step, "n", hearth_value_integer (work->played));
      hearth_step_complete (work->step);
    }

  return FALSE;
}

static gboolean
relay_cb (gpointer user_data)
{
  RefWork *work = user_data;

  if (work->turn++ < work->turns)
    return G_SOURCE_CONTINUE;
  work->turn = 0;
  work->timer = 0;
  if (relay_one (work))
    work->timer = g_idle_add (relay_cb, work);
  return G_SOURCE_REMOVE;
}

static void
relay_on (RefWork *work)
{
  if (work->timer != 0)
    return;
  if (work->turns > 0)
    work->timer = g_idle_add (relay_cb, work);
  else
    while (relay_one (work))
      ;
}

static void
relay_notify_cb (HearthStreamReader *reader,
                 gpointer            user_data)
{
  relay_on (user_data);
}

void
ref_driver_relay_on (HearthStep *step)
{
  RefWork *work = hearth_step_get_data (step);

  if (work->n_streams > 0)
    relay_on (work);
  else
    ref_driver_burst_on (step);
}

void
ref_driver_relay (HearthStep *step)
{
  RefWork *work = ref_work_new (step);

  open_streams (work, relay_notify_cb);
  if (work->n_streams == 0) /* a plain value: its text, as one chunk */
    work->kind->model (&work->call);
  ref_driver_relay_on (step);
}
