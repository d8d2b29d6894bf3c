/* ask.c: nodes that ask a person, as a model and as the engine runs them
 *
 * They ask some rounds; the person takes the same time for each answer. Patience is for all of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models.h"
#include "work.h"

#include <string.h>

static guint
get_uint (RefCall    *call,
          const char *key)
{
  HearthValue *value = call->get_config (call, key);

  return hearth_value_is_number (value) ? (guint) hearth_value_get_integer (value) : 0;
}

static gboolean
runs_out (RefCall *call)
{
  guint patience = get_uint (call, "patience");

  return patience > 0 && patience < get_uint (call, "rounds") * get_uint (call, "wait");
}

guint
ref_call_get_patience (RefCall *call)
{
  return runs_out (call) ? get_uint (call, "patience") : get_uint (call, "rounds") * get_uint (call, "wait");
}

guint
ref_call_count_asks (RefCall *call,
                     double   limit)
{
  guint n_asks = 1, rounds = get_uint (call, "rounds"), wait = get_uint (call, "wait");

  if (runs_out (call))
    limit = MIN (limit, get_uint (call, "patience"));
  while (n_asks < rounds && n_asks * wait < limit)
    n_asks++;

  return n_asks;
}

HearthValue *
ref_call_make_question (RefCall *call,
                        guint    round)
{
  return hearth_value_object ("round", hearth_value_integer (round), "wait", hearth_value_integer (get_uint (call, "wait")),
                              "reply", hearth_value_ref_or_null (call->get_config (call, "reply")), NULL);
}

static void
take_answer (RefCall     *call,
             HearthValue *answer) /* NULL: refused */
{
  if (answer)
    ref_call_set (call, "answer", hearth_value_ref (answer));
  else
    ref_call_set (call, "refused", hearth_value_boolean (TRUE));
  ref_call_kill (call, answer ? "refused" : "answer");
}

void
ref_model_ask (RefCall *call)
{
  if (!runs_out (call))
    take_answer (call, call->get_config (call, "reply"));
  else if (hearth_value_is (call->get_config (call, "lapse"), STRING))
    take_answer (call, call->get_config (call, "lapse"));
  else
    {
      ref_call_fail (call, "nobody answered");
      call->error_class = "timeout";
    }
}

/* --- in the engine ------------------------------------------------------------------------ */

static void ask (RefWork *work);

static void
answered_cb (HearthStep  *step,
             HearthValue *answer,
             gpointer     user_data)
{
  RefWork *work = user_data;

  if (++work->turn < ref_step_get_config_uint (step, "rounds"))
    {
      ask (work);
      return;
    }

  take_answer (&work->call, answer);
  ref_work_finish (work);
}

/* The answer may come before this returns; then there is no @work any more. */
static void
ask (RefWork *work)
{
  hearth_step_ask (work->step, ref_call_make_question (&work->call, work->turn), answered_cb, work);
}

static void
lapsed_cb (HearthStep *step,
           gpointer    user_data)
{
  RefWork *work = user_data;

  work->kind->model (&work->call);
  ref_work_finish (work);
}

void
ref_driver_ask (HearthStep *step)
{
  RefWork *work = ref_work_new_deaf (step, !hearth_value_is_truthy (hearth_step_get_config (step, "listens")));
  guint patience = ref_step_get_config_uint (step, "patience");

  if (patience > 0)
    hearth_step_add_timeout (step, patience, lapsed_cb, work);
  ask (work);
}
