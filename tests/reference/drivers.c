/* drivers.c: how the models of kinds.c are run by the engine: at once, on a thread, slowly, as streams
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kinds.h"

#include "hearth-stream.h"

#define MAX_STREAMS 2

typedef struct
{
  HearthStep         *step;
  const RefKind      *kind;
  guint               timer;
  gulong              cancel;
  guint               turns;  /* main loop turns that pass before each thing it does */
  guint               turn;
  RefCall             call;   /* of what plays: the whole script */
  guint               played;
  gboolean            deaf;   /* never asks whether it was cancelled */
  guint               n_streams;
  const char         *keys[MAX_STREAMS];
  HearthStreamReader *readers[MAX_STREAMS];
  GPtrArray          *read[MAX_STREAMS];
  gboolean            ended[MAX_STREAMS];
} Work;

/* --- what a step offers a model --------------------------------------------------- */

static HearthValue *
step_input (RefCall    *call,
            const char *key)
{
  return hearth_step_get_input (call->source, key);
}

static HearthValue *
step_config (RefCall    *call,
             const char *key)
{
  return hearth_step_get_config (call->source, key);
}

/* An empty list stands for a stream that was not looked at. */
static GPtrArray *
step_stream (RefCall    *call,
             const char *key)
{
  static GPtrArray *unread;

  if (unread == NULL)
    unread = g_ptr_array_new ();
  return hearth_step_get_stream (call->source, key) ? unread : NULL;
}

static HearthValue *
work_input (RefCall    *call,
            const char *key)
{
  return hearth_step_get_input (((Work *) call->source)->step, key);
}

static HearthValue *
work_config (RefCall    *call,
             const char *key)
{
  return hearth_step_get_config (((Work *) call->source)->step, key);
}

static GPtrArray *
work_stream (RefCall    *call,
             const char *key)
{
  Work *work = call->source;

  for (guint i = 0; i < work->n_streams; i++)
    if (g_str_equal (work->keys[i], key))
      return work->read[i];
  return NULL;
}

static void
give_outputs (HearthStep *step,
              RefCall    *call)
{
  for (gsize i = 0; call->outputs && i < hearth_value_get_length (call->outputs); i++)
    hearth_step_set_output (step, hearth_value_key_at (call->outputs, i),
                            hearth_value_ref (hearth_value_member_at (call->outputs, i)));
}

static void
give_dead (HearthStep *step,
           RefCall    *call)
{
  for (guint i = 0; call->dead && i < call->dead->len; i++)
    hearth_step_set_dead (step, g_ptr_array_index (call->dead, i));
}

static gboolean
call_model (HearthStep *step,
            RefCall    *call,
            GError    **error)
{
  *call = (RefCall) { .get_input = step_input, .get_config = step_config, .get_stream = step_stream, .source = step };
  ref_kinds_lookup (hearth_step_get_type_id (step))->model (call);
  give_outputs (step, call);
  give_dead (step, call);
  if (call->error)
    g_set_error_literal (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, call->error);

  return call->error == NULL;
}

gboolean
ref_driver_run (HearthStep *step,
                GError    **error)
{
  RefCall call;
  gboolean worked = call_model (step, &call, error);

  ref_call_clear (&call);
  return worked;
}

gboolean
ref_driver_compute (HearthStep *step,
                    GError    **error)
{
  hearth_step_log (step, "thinking");
  return ref_driver_run (step, error);
}

/* Streams from inside its run function, deaf to "full". */
gboolean
ref_driver_shout (HearthStep *step,
                  GError    **error)
{
  RefCall call;
  gboolean worked = call_model (step, &call, error);

  for (guint i = 0; call.chunks && i < call.chunks->len; i++)
    hearth_step_yield (step, hearth_value_ref (g_ptr_array_index (call.chunks, i)));
  ref_call_clear (&call);
  return worked;
}

static void
end_step (HearthStep *step,
          RefCall    *call)
{
  if (call->error && call->error_class)
    hearth_step_fail (step, hearth_error_new_class (call->error_class, 0, call->error));
  else if (call->error)
    hearth_step_fail (step, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, call->error));
  else
    hearth_step_complete (step);
}

void
ref_driver_instant (HearthStep *step)
{
  RefCall call;

  call_model (step, &call, NULL);
  end_step (step, &call);
  ref_call_clear (&call);
}

/* --- nodes that take their time ----------------------------------------------------- */

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_handle_id (&work->timer, g_source_remove);
  if (work->cancel)
    g_signal_handler_disconnect (hearth_step_get_cancellable (work->step), work->cancel);
  for (guint i = 0; i < work->n_streams; i++)
    g_clear_pointer (&work->read[i], g_ptr_array_unref);
  ref_call_clear (&work->call);
  g_free (work);
}

static gboolean
cancelled_idle_cb (gpointer user_data)
{
  Work *work = user_data;

  work->timer = 0;
  hearth_step_fail (work->step, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              Work         *work)
{
  g_clear_handle_id (&work->timer, g_source_remove);
  work->timer = g_idle_add (cancelled_idle_cb, work);
}

static guint
get_config_uint (HearthStep *step,
                 const char *key)
{
  HearthValue *value = hearth_step_get_config (step, key);

  return hearth_value_is_number (value) ? (guint) hearth_value_get_integer (value) : 0;
}

static Work *
work_new_deaf (HearthStep *step,
               gboolean    deaf)
{
  Work *work = g_new0 (Work, 1);

  work->step = step;
  work->kind = ref_kinds_lookup (hearth_step_get_type_id (step));
  work->turns = get_config_uint (step, "turns");
  work->call = (RefCall) { .get_input = work_input, .get_config = work_config, .get_stream = work_stream, .source = work };
  hearth_step_set_data (step, work, work_free);
  if (!deaf)
    work->cancel = g_signal_connect (hearth_step_get_cancellable (step), "cancelled", G_CALLBACK (cancelled_cb), work);
  return work;
}

static Work *
work_new (HearthStep *step)
{
  return work_new_deaf (step, FALSE);
}

static void
finish (Work *work)
{
  RefCall call = work->call;
  HearthStep *step = work->step;

  work->call = (RefCall) { 0 };
  give_outputs (step, &call);
  if (work->kind->decl.resume == NULL)
    give_dead (step, &call); /* who streams has said so long ago */
  end_step (step, &call); /* frees the work */
  ref_call_clear (&call);
}

static gboolean
wait_cb (gpointer user_data)
{
  Work *work = user_data;

  if (work->turn++ < work->turns)
    return G_SOURCE_CONTINUE;

  work->timer = 0;
  work->kind->model (&work->call);
  finish (work);
  return G_SOURCE_REMOVE;
}

void
ref_driver_wait (HearthStep *step)
{
  Work *work = work_new (step);
  guint ms = get_config_uint (step, "ms");

  work->timer = ms ? g_timeout_add (ms, wait_cb, work) : g_idle_add (wait_cb, work);
}

/* --- nodes that wait for the clock ---------------------------------------------------- */

guint ref_driver_attempt;

static void
time_cb (HearthStep *step,
         gpointer    user_data)
{
  Work *work = user_data;

  work->kind->model (&work->call);
  finish (work);
}

static void
begin_time (HearthStep *step,
            gboolean    deaf)
{
  Work *work = work_new_deaf (step, deaf);

  hearth_step_log (step, REF_TRY_NOTE);
  work->call.attempt = ref_driver_attempt;
  hearth_step_add_timeout (step, ref_call_get_duration (&work->call), time_cb, work);
}

void
ref_driver_time (HearthStep *step)
{
  begin_time (step, FALSE);
}

void
ref_driver_time_deaf (HearthStep *step)
{
  begin_time (step, TRUE);
}

/* --- sources ------------------------------------------------------------------------ */

/* FALSE: no more for now, or for ever. */
static gboolean
play_one (Work *work)
{
  GPtrArray *chunks = work->call.chunks;

  if (chunks && work->played < chunks->len)
    return hearth_step_yield (work->step, hearth_value_ref (g_ptr_array_index (chunks, work->played++)));

  finish (work);
  return FALSE;
}

static gboolean
play_cb (gpointer user_data)
{
  Work *work = user_data;

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
  Work *work = work_new (step);

  work->kind->model (&work->call);
  give_dead (step, &work->call);
  work->timer = g_idle_add (play_cb, work);
}

void
ref_driver_play_on (HearthStep *step)
{
  Work *work = hearth_step_get_data (step);

  if (work->timer == 0)
    work->timer = g_idle_add (play_cb, work);
}

void
ref_driver_burst_on (HearthStep *step)
{
  Work *work = hearth_step_get_data (step);

  while (work->timer == 0 && play_one (work))
    ;
}

void
ref_driver_burst (HearthStep *step)
{
  Work *work = work_new (step);

  work->kind->model (&work->call);
  give_dead (step, &work->call);
  ref_driver_burst_on (step);
}

/* --- readers ------------------------------------------------------------------------ */

static void
open_streams (Work              *work,
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
gather (Work    *work,
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
has_gathered (Work *work)
{
  for (guint i = 0; i < work->n_streams; i++)
    if (!work->ended[i])
      return FALSE;

  return TRUE;
}

static gboolean
gather_cb (gpointer user_data)
{
  Work *work = user_data;

  if (work->turn++ % (work->turns + 1) != 0)
    return G_SOURCE_CONTINUE;
  gather (work, work->turns > 0);
  if (!has_gathered (work) && work->turns > 0)
    return G_SOURCE_CONTINUE;
  work->timer = 0;
  if (has_gathered (work))
    {
      work->kind->model (&work->call);
      finish (work);
    }

  return G_SOURCE_REMOVE;
}

static void
gather_notify_cb (HearthStreamReader *reader,
                  gpointer            user_data)
{
  Work *work = user_data;

  if (work->timer == 0)
    work->timer = g_idle_add (gather_cb, work);
}

void
ref_driver_gather (HearthStep *step)
{
  Work *work = work_new (step);

  open_streams (work, gather_notify_cb);
  gather_notify_cb (NULL, work);
}

/* FALSE: nothing there, no room, or over. */
static gboolean
relay_one (Work *work)
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
  Work *work = user_data;

  if (work->turn++ < work->turns)
    return G_SOURCE_CONTINUE;
  work->turn = 0;
  work->timer = 0;
  if (relay_one (work))
    work->timer = g_idle_add (relay_cb, work);
  return G_SOURCE_REMOVE;
}

static void
relay_on (Work *work)
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
  Work *work = hearth_step_get_data (step);

  if (work->n_streams > 0)
    relay_on (work);
  else
    ref_driver_burst_on (step);
}

void
ref_driver_relay (HearthStep *step)
{
  Work *work = work_new (step);

  open_streams (work, relay_notify_cb);
  if (work->n_streams == 0) /* a plain value: its text, as one chunk */
    work->kind->model (&work->call);
  ref_driver_relay_on (step);
}
