/* single-question.c: nodes that ask a model one question
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-step.h"

typedef struct
{
  HearthStep                 *step; /* borrowed; owns this */
  const HearthSingleQuestion *kind;
  HearthValue                *messages;
  HearthModelStep            *question;
  GSource                    *watch;
} Single;

static void
single_free (gpointer data)
{
  Single *self = data;

  g_clear_pointer (&self->question, hearth_model_step_free);
  g_clear_pointer (&self->messages, hearth_value_unref);
  hearth_shape_unwatch (self->watch);
  g_free (self);
}

static void
ended_cb (HearthModelStep *question,
          HearthAnswer    *answer,
          const GError    *error,
          gpointer         user_data)
{
  Single *self = user_data;

  if (error == NULL)
    self->kind->answered (self->step, answer, self->messages);
  else if (self->kind->failed != NULL)
    self->kind->failed (self->step, error, self->messages);
  else
    hearth_model_step_fail (self->step, NULL, error);
}

void
hearth_single_question_start (HearthStep                 *step,
                              const HearthModelRequest   *request,
                              HearthChannel              *channel,
                              HearthSecret               *key,
                              const HearthSingleQuestion *kind)
{
  Single *self;

  g_return_if_fail (step != NULL && request != NULL && kind != NULL);

  self = g_new0 (Single, 1);
  self->step = step;
  self->kind = kind;
  self->messages = hearth_value_ref (request->messages);
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_set_data (step, self, single_free);
  self->question = hearth_model_step_ask (step, request, channel, key, NULL, ended_cb, self);
}

void
hearth_single_question_run (HearthStep                 *step,
                            const HearthSingleQuestion *kind)
{
  g_auto(HearthModelInput) input = { 0 };
  HearthModelRequest request = { .stream = TRUE };
  GError *error = NULL;

  g_return_if_fail (step != NULL && kind != NULL);

  if (!hearth_model_step_can_ask (step))
    return;
  if (!kind->read (&input, step, &error))
    {
      hearth_step_fail (step, error);
      return;
    }
  hearth_model_input_fill (&input, &request);
  hearth_single_question_start (step, &request, NULL, NULL, kind);
}

void
hearth_single_question_give_text (HearthStep   *step,
                                  HearthAnswer *answer,
                                  HearthValue  *messages)
{
  hearth_model_step_yield_finish (step, answer);
  hearth_step_set_output (step, "text", hearth_value_string (hearth_answer_get_text (answer)));
  hearth_step_set_output (step, "usage", hearth_model_step_dup_usage (answer));
  hearth_step_complete (step);
}

void
hearth_single_question_resume (HearthStep *step)
{
  Single *self = hearth_step_get_data (step);

  if (self != NULL)
    hearth_model_step_resume (self->question);
}
