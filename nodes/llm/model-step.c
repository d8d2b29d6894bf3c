/* model-step.c: a step that asks a model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-step.h"

#include "hearth-i18n.h"

struct _HearthModelStep
{
  HearthStep         *step; /* borrowed */
  HearthModelAsk     *ask;  /* NULL: it has ended */
  char               *source;
  gboolean            streams;
  gboolean            is_waiting;
  HearthModelStepFunc ended;
  gpointer            user_data;
};

gboolean
hearth_model_step_can_ask (HearthStep *step)
{
  g_return_val_if_fail (step != NULL, FALSE);

  if (hearth_step_get_service (step, HEARTH_TYPE_MODEL_ROUTER) != NULL)
    return TRUE;
  hearth_step_fail (step, hearth_shape_new_error ("node", 0, N_("This run has no models that could be asked. Run the workflow in the "
                                                                "window, by “hearthctl run”, or on a server.")));
  return FALSE;
}

/* --- chunks ------------------------------------------------------------------------------ */

static HearthValue *
make_tool_call (const HearthDelta *delta)
{
  g_auto(HearthBuilder) content = HEARTH_BUILDER_INIT;

  hearth_builder_add (&content, "index", hearth_value_integer (delta->index));
  hearth_builder_add_string (&content, "id", delta->id);
  hearth_builder_add_string (&content, "name", delta->name);
  hearth_builder_add_string (&content, "arguments", delta->text);
  return hearth_chunk_new ("tool_call_chunk", hearth_builder_end_object (&content));
}

static HearthValue *
make_chunk (HearthAnswer      *answer,
            const HearthDelta *delta)
{
  switch (delta->kind)
    {
    case HEARTH_DELTA_TEXT:
      return hearth_chunk_new_text (delta->text);
    case HEARTH_DELTA_REASONING:
      return hearth_chunk_new ("custom", hearth_value_object ("kind", hearth_value_string ("reasoning"),
                                                              "text", hearth_value_string (delta->text), NULL));
    case HEARTH_DELTA_TOOL_CALL:
      return make_tool_call (delta);
    case HEARTH_DELTA_USAGE:
    default:
      return hearth_chunk_new ("usage_chunk", hearth_model_step_dup_usage (answer));
    }
}

static HearthValue *
name_source (HearthValue *chunk,
             const char  *source)
{
  g_autoptr(HearthValue) plain = chunk;
  g_autoptr(HearthValue) name = hearth_value_string (source);

  return hearth_value_with (plain, "source", name);
}

static void
delta_cb (HearthAnswer      *answer,
          const HearthDelta *delta,
          gpointer           user_data)
{
  HearthModelStep *self = user_data;
  HearthValue *chunk;

  if (!self->streams)
    return;
  chunk = make_chunk (answer, delta);
  if (self->source != NULL)
    chunk = name_source (chunk, self->source);
  if (!hearth_step_yield (self->step, chunk))
    hearth_model_ask_pause (self->ask);
}

static void
waits_cb (const char *sentence,
          gpointer    user_data)
{
  HearthModelStep *self = user_data;

  self->is_waiting = sentence != NULL;
  hearth_step_set_waiting (self->step, sentence);
}

static void
ended_cb (HearthAnswer *answer,
          const GError *error,
          gpointer      user_data)
{
  HearthModelStep *self = user_data;

  self->ask = NULL;
  if (self->is_waiting)
    waits_cb (NULL, self);
  hearth_model_step_note_usage (self->step);
  self->ended (self, answer, error, self->user_data);
}

/* --- asking -------------------------------------------------------------------------------- */

HearthModelStep *
hearth_model_step_ask (HearthStep               *step,
                       const HearthModelRequest *request,
                       HearthChannel            *channel,
                       HearthSecret             *key,
                       const char               *source,
                       HearthModelStepFunc       ended,
                       gpointer                  user_data)
{
  static const HearthModelEvents events = { delta_cb, ended_cb };
  HearthModelRouter *router = hearth_step_get_service (step, HEARTH_TYPE_MODEL_ROUTER);
  g_autofree char *path = hearth_step_dup_path (step);
  HearthBill bill = { 0 };
  HearthModelStep *self;

  g_return_val_if_fail (router != NULL && request != NULL && ended != NULL, NULL);

  bill.run_id = hearth_step_get_run_id (step);
  bill.node_id = path;
  bill.project_id = hearth_value_get_member_string (hearth_step_get_run_metadata (step), "projectId", NULL);
  self = g_new0 (HearthModelStep, 1);
  self->step = step;
  self->source = g_strdup (source);
  self->streams = request->stream;
  self->ended = ended;
  self->user_data = user_data;
  self->ask = hearth_model_router_ask (router, request, channel, key, &bill, &events, self);
  hearth_model_ask_set_waits (self->ask, waits_cb);
  return self;
}

void
hearth_model_step_resume (HearthModelStep *self)
{
  if (self != NULL && self->ask != NULL)
    hearth_model_ask_resume (self->ask);
}

void
hearth_model_step_free (HearthModelStep *self)
{
  g_clear_pointer (&self->ask, hearth_model_ask_cancel);
  g_free (self->source);
  g_free (self);
}

void
hearth_model_step_note_usage (HearthStep *step)
{
  HearthLedger *ledger = hearth_step_get_service (step, HEARTH_TYPE_LEDGER);
  g_autofree char *path = hearth_step_dup_path (step);
  g_autoptr(HearthValue) usage = NULL;
  HearthSpending spending = { 0 };

  if (ledger == NULL)
    return;
  hearth_ledger_get_step_spending (ledger, hearth_step_get_run_id (step), path, &spending);
  if (spending.calls == 0)
    return;
  usage = hearth_spending_to_value (&spending);
  hearth_step_set_usage (step, usage);
}

/* --- ends ---------------------------------------------------------------------------------- */

void
hearth_model_step_fail (HearthStep   *step,
                        const char   *prefix,
                        const GError *error)
{
  const char *error_class = hearth_model_error_get_class (error);
  g_autofree char *message = NULL;

  g_return_if_fail (step != NULL && error != NULL);

  message = g_strconcat (prefix != NULL ? prefix : "", error->message, NULL);
  hearth_step_fail (step, hearth_error_new_class (error_class != NULL ? error_class : "node",
                                                  hearth_model_error_get_retry_after (error), message));
}

void
hearth_model_step_yield_finish (HearthStep   *step,
                                HearthAnswer *answer)
{
  const char *reason = hearth_answer_get_finish (answer);

  hearth_step_yield (step, hearth_chunk_new_finish (reason != NULL ? reason : "stop"));
}

HearthValue *
hearth_model_step_dup_usage (HearthAnswer *answer)
{
  HearthValue *usage = hearth_answer_dup_usage (answer);

  return usage != NULL ? usage : hearth_value_empty_object ();
}
