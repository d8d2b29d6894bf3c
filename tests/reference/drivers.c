/* drivers.c: how models are run by the engine: at once, on a thread, slowly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "work.h"

gboolean
ref_driver_run (HearthStep *step,
                GError    **error)
{
  RefCall call;
  gboolean worked = ref_call_model (step, &call, error);

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
  gboolean worked = ref_call_model (step, &call, error);

  for (guint i = 0; call.chunks && i < call.chunks->len; i++)
    hearth_step_yield (step, hearth_value_ref (g_ptr_array_index (call.chunks, i)));
  ref_call_clear (&call);
  return worked;
}

void
ref_driver_instant (HearthStep *step)
{
  RefCall call;

  ref_call_model (step, &call, NULL);
  ref_end_step (step, &call);
  ref_call_clear (&call);
}

static gboolean
wait_cb (gpointer user_data)
{
  RefWork *work = user_data;

  if (work->turn++ < work->turns)
    return G_SOURCE_CONTINUE;

  work->timer = 0;
  work->kind->model (&work->call);
  ref_work_finish (work);
  return G_SOURCE_REMOVE;
}

void
ref_driver_wait (HearthStep *step)
{
  RefWork *work = ref_work_new (step);
  guint ms = ref_step_get_config_uint (step, "ms");

  work->timer = ms ? g_timeout_add (ms, wait_cb, work) : g_idle_add (wait_cb, work);
}

/* --- nodes that wait for the clock ---------------------------------------------------- */

guint ref_driver_attempt;

static void
time_cb (HearthStep *step,
         gpointer    user_data)
{
  RefWork *work = user_data;

  work->kind->model (&work->call);
  ref_work_finish (work);
}

static void
begin_time (HearthStep *step,
            gboolean    deaf)
{
  RefWork *work = ref_work_new_deaf (step, deaf);

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
