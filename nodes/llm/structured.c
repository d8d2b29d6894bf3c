/* structured.c: a question whose answer is a value that fits a schema, asked until it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "structured.h"

#include "hearth-message.h"
#include "json-repair.h"
#include "json-schema.h"
#include "usage-sum.h"

#include "hearth-i18n.h"

/* What is said to the model is English, whatever the user's language: models know it best, and recorded calls stay valid. */
#define INSTRUCTION \
  "Answer with one JSON value that fits the JSON schema below, and with nothing else: no explanation, no code fence.\n\n%s"
#define CORRECTION \
  "That answer cannot be used:\n%s\nAnswer again, with nothing but the corrected JSON."

struct _HearthStructured
{
  HearthStep          *step; /* borrowed */
  char                *model;
  HearthValue         *params;
  HearthValue         *messages; /* grows with each answer that did not fit */
  HearthValue         *schema;
  HearthValue         *format;   /* request->schema; NULL: the service would not have it */
  guint                max_answers;
  guint                n_answers;
  HearthUsageSum       usage;
  HearthModelStep     *question;
  HearthStructuredFunc ended;
  gpointer             user_data;
};

void
hearth_structured_free (HearthStructured *self)
{
  g_clear_pointer (&self->question, hearth_model_step_free);
  g_clear_pointer (&self->format, hearth_value_unref);
  hearth_value_unref (self->schema);
  hearth_value_unref (self->messages);
  hearth_value_unref (self->params);
  g_free (self->model);
  g_free (self);
}

guint
hearth_structured_get_answers (HearthStructured *self)
{
  return self->n_answers;
}

HearthValue *
hearth_structured_dup_usage (HearthStructured *self)
{
  return hearth_usage_sum_to_value (&self->usage);
}

/* --- the schema in a request --------------------------------------------------------------------- */

static gboolean
names (HearthValue *list,
       const char  *key)
{
  for (gsize i = 0; hearth_value_is (list, ARRAY) && i < hearth_value_get_length (list); i++)
    if (hearth_value_is (hearth_value_at (list, i), STRING)
        && g_str_equal (hearth_value_get_string (hearth_value_at (list, i), NULL), key))
      return TRUE;
  return FALSE;
}

/* Services that hold a model to a schema strictly take only those that leave nothing open. */
static gboolean
is_strict (HearthValue *schema)
{
  HearthValue *properties = hearth_value_get_member_kind (schema, "properties", HEARTH_VALUE_OBJECT);
  HearthValue *items = hearth_value_get (schema, "items");

  if (g_strcmp0 (hearth_value_get_member_string (schema, "type", NULL), "object") == 0
      && (properties == NULL || hearth_value_get_member_boolean (schema, "additionalProperties", TRUE)))
    return FALSE;
  for (gsize i = 0; properties != NULL && i < hearth_value_get_length (properties); i++)
    if (!names (hearth_value_get (schema, "required"), hearth_value_key_at (properties, i))
        || !is_strict (hearth_value_member_at (properties, i)))
      return FALSE;
  return items == NULL || is_strict (items);
}

static HearthValue *
make_format (const char  *name,
             HearthValue *schema)
{
  return hearth_value_object ("name", hearth_value_string (name), "schema", hearth_value_ref (schema),
                              "strict", hearth_value_boolean (is_strict (schema)), NULL);
}

static HearthValue *
instruct (HearthValue *messages,
          HearthValue *schema)
{
  g_auto(HearthBuilder) all = HEARTH_BUILDER_INIT;
  g_autofree char *json = hearth_json_print (schema);
  g_autofree char *text = g_strdup_printf (INSTRUCTION, json);

  hearth_builder_add (&all, NULL, hearth_message_new ("system", text));
  for (gsize i = 0; i < hearth_value_get_length (messages); i++)
    hearth_builder_add (&all, NULL, hearth_value_ref (hearth_value_at (messages, i)));
  return hearth_builder_end_array (&all);
}

/* --- answers ----------------------------------------------------------------------------------------- */

static void structured_ask (HearthStructured *self);

static void
end_unfit (HearthStructured *self,
           const GError     *misfit)
{
  g_autofree char *message = g_strdup_printf (_("No answer of the model fits; it had %u tries. Choose another model, or ask for less. Of the last one: %s"),
                                              self->n_answers, misfit->message);
  g_autoptr(GError) error = hearth_error_new_class ("bad-answer", 0, message);

  self->ended (self, NULL, error, self->user_data);
}

/* Once more, with what was wrong. */
static void
correct (HearthStructured *self,
         const char       *answer,
         const GError     *misfit)
{
  g_auto(HearthBuilder) all = HEARTH_BUILDER_INIT;
  g_autofree char *text = g_strdup_printf (CORRECTION, hearth_error_get_plain (misfit));
  g_autofree char *line = g_strdup_printf (_("Answer %u does not fit, the model is asked again: %s"), self->n_answers,
                                           misfit->message);

  hearth_step_log (self->step, line);
  for (gsize i = 0; i < hearth_value_get_length (self->messages); i++)
    hearth_builder_add (&all, NULL, hearth_value_ref (hearth_value_at (self->messages, i)));
  hearth_builder_add (&all, NULL, hearth_message_new ("assistant", answer));
  hearth_builder_add (&all, NULL, hearth_message_new ("user", text));
  hearth_value_unref (self->messages);
  self->messages = hearth_builder_end_array (&all);
  structured_ask (self);
}

/* Where the JSON is wrong helps a person, who sees the text; a model writes it anew. */
static GError *
make_misfit (const GError *cause)
{
  GError *misfit = g_error_new (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, _("It is not JSON. %s"), cause->message);

  hearth_error_set_plain (misfit, g_error_matches (cause, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_DUPLICATE_KEY)
                                  ? "It is not JSON: an object names one of its members twice." : "It is not JSON.");
  return misfit;
}

/* NULL with @misfit: it is of no use. */
static HearthValue *
read_value (HearthStructured *self,
            const char       *text,
            GError          **misfit)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthValue) value = hearth_json_repair (text, &cause);

  if (value == NULL)
    g_propagate_error (misfit, make_misfit (cause));
  else if (hearth_json_schema_check (self->schema, value, misfit))
    return g_steal_pointer (&value);
  return NULL;
}

static void
take_answer (HearthStructured *self,
             HearthAnswer     *answer)
{
  const char *text = hearth_answer_get_text (answer);
  g_autoptr(GError) misfit = NULL;
  g_autoptr(HearthValue) value = read_value (self, text, &misfit);
  g_autofree char *copy = NULL;

  self->n_answers++;
  hearth_usage_sum_add (&self->usage, hearth_answer_get_usage (answer));
  if (value != NULL)
    self->ended (self, value, NULL, self->user_data);
  else if (self->n_answers >= self->max_answers)
    end_unfit (self, misfit);
  else
    {
      copy = g_strdup (text);
      g_clear_pointer (&self->question, hearth_model_step_free);
      correct (self, copy, misfit);
    }
}

static void
ended_cb (HearthModelStep *question,
          HearthAnswer    *answer,
          const GError    *error,
          gpointer         user_data)
{
  HearthStructured *self = user_data;

  if (error == NULL)
    {
      take_answer (self, answer);
      return;
    }
  if (!g_error_matches (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID) || self->format == NULL)
    {
      self->ended (self, NULL, error, self->user_data);
      return;
    }
  hearth_step_log (self->step, _("The service would not take the schema; the model is asked without."));
  g_clear_pointer (&self->format, hearth_value_unref);
  g_clear_pointer (&self->question, hearth_model_step_free);
  structured_ask (self);
}

static void
structured_ask (HearthStructured *self)
{
  HearthModelRequest request = { 0 };

  request.model = self->model;
  request.params = self->params;
  request.messages = self->messages;
  request.schema = self->format;
  self->question = hearth_model_step_ask (self->step, &request, NULL, NULL, NULL, ended_cb, self);
}

HearthStructured *
hearth_structured_ask (HearthStep           *step,
                       HearthModelInput     *input,
                       const char           *name,
                       HearthValue          *schema,
                       guint                 max_answers,
                       HearthStructuredFunc  ended,
                       gpointer              user_data)
{
  HearthStructured *self;

  g_return_val_if_fail (step != NULL && input != NULL && schema != NULL && ended != NULL, NULL);

  self = g_new0 (HearthStructured, 1);
  self->step = step;
  self->model = g_strdup (hearth_shape_trim (input->model));
  self->params = hearth_value_ref (input->params);
  self->messages = instruct (input->messages, schema);
  self->schema = hearth_value_ref (schema);
  self->format = make_format (name, schema);
  self->max_answers = MAX (1, max_answers);
  self->ended = ended;
  self->user_data = user_data;
  structured_ask (self);
  return self;
}
