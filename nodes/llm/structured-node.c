/* structured-node.c: nodes that have a model read a text and answer with a value of a certain form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "structured.h"

#include "hearth-message.h"

typedef struct
{
  HearthStep                 *step; /* borrowed; owns this */
  const HearthStructuredNode *kind;
  HearthStructured           *question;
  GSource                    *watch;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_pointer (&self->question, hearth_structured_free);
  hearth_shape_unwatch (self->watch);
  g_free (self);
}

static void
ended_cb (HearthStructured *question,
          HearthValue      *value,
          const GError     *error,
          gpointer          user_data)
{
  Reading *self = user_data;
  HearthStep *step = self->step;

  if (value == NULL)
    {
      hearth_model_step_fail (step, NULL, error);
      return;
    }
  self->kind->answered (step, question, value);
  hearth_step_set_output (step, "usage", hearth_structured_dup_usage (question));
  hearth_step_complete (step);
}

static gboolean
read_input (HearthModelInput           *input,
            HearthStep                 *step,
            const HearthStructuredNode *kind,
            GError                    **error)
{
  g_autofree char *text = hearth_step_dup_input_text (step, "text", "");
  g_autofree char *more = hearth_step_dup_input_text (step, "instructions", "");
  g_autofree char *instruction = g_strconcat (kind->instruction, *more != '\0' ? "\n" : "", more, NULL);
  g_auto(HearthBuilder) messages = HEARTH_BUILDER_INIT;

  if (!hearth_model_input_read (input, step, error))
    return FALSE;
  if (*text == '\0' && kind->no_text != NULL)
    return hearth_shape_fail_literal (error, kind->no_text);
  hearth_builder_add (&messages, NULL, hearth_message_new ("system", instruction));
  hearth_model_input_add_user (&messages, text, NULL);
  input->messages = hearth_builder_end_array (&messages);
  return TRUE;
}

void
hearth_structured_node_start (HearthStep                 *step,
                              const HearthStructuredNode *kind,
                              guint                       max_answers)
{
  g_auto(HearthModelInput) input = { 0 };
  g_autoptr(HearthValue) schema = NULL;
  GError *error = NULL;
  Reading *self;

  g_return_if_fail (step != NULL && kind != NULL);

  if (!hearth_model_step_can_ask (step))
    return;
  if (read_input (&input, step, kind, &error))
    schema = kind->make_schema (step, &error);
  if (error != NULL)
    {
      hearth_step_fail (step, error);
      return;
    }
  self = g_new0 (Reading, 1);
  self->step = step;
  self->kind = kind;
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_set_data (step, self, reading_free);
  self->question = hearth_structured_ask (step, &input, kind->name, schema, max_answers, ended_cb, self);
}
