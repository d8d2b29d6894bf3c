/* compare.c: core:Compare, the same prompt to several models, side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow/flow.h"
#include "model-input.h"
#include "model-step.h"

#include "hearth-outside.h"

#include "hearth-i18n.h"

#define DEFAULT_PARALLEL 4
#define MAX_PARALLEL 16

typedef struct _Compare Compare;

typedef struct
{
  Compare         *compare;  /* borrowed */
  const char      *model;    /* borrowed from @models */
  HearthModelStep *question; /* NULL: not asked yet, or answered */
  gint64           began_ms; /* of the clock of calls */
  HearthValue     *result;
  char            *error;
} Side;

struct _Compare
{
  HearthStep       *step;   /* borrowed; owns this */
  HearthModelInput  input;
  HearthValue      *models; /* an array of texts */
  Side             *sides;
  gsize             n_sides;
  gsize             next;
  guint             n_running;
  guint             n_failed;
  guint             parallel;
  GError           *failure; /* the first */
  GSource          *watch;
};

static void
compare_free (gpointer data)
{
  Compare *self = data;

  for (gsize i = 0; i < self->n_sides; i++)
    {
      g_clear_pointer (&self->sides[i].question, hearth_model_step_free);
      g_clear_pointer (&self->sides[i].result, hearth_value_unref);
      g_free (self->sides[i].error);
    }
  g_free (self->sides);
  g_clear_pointer (&self->models, hearth_value_unref);
  g_clear_pointer (&self->watch, hearth_shape_unwatch);
  hearth_model_input_clear (&self->input);
  g_clear_error (&self->failure);
  g_free (self);
}

/* --- ends -------------------------------------------------------------------------------------------- */

static void
compare_end (Compare *self)
{
  g_auto(HearthBuilder) results = HEARTH_BUILDER_INIT;
  g_auto(HearthBuilder) texts = HEARTH_BUILDER_INIT;
  g_auto(HearthBuilder) errors = HEARTH_BUILDER_INIT;
  HearthStep *step = self->step;

  for (gsize i = 0; i < self->n_sides; i++)
    {
      Side *side = &self->sides[i];

      hearth_builder_add (&results, NULL, hearth_value_ref (side->result));
      if (side->error == NULL)
        hearth_builder_add (&texts, side->model, hearth_value_ref (hearth_value_get (side->result, "text")));
      hearth_builder_add_string (&errors, side->model, side->error);
    }
  hearth_step_yield (step, hearth_chunk_new_finish ("stop"));
  hearth_step_set_output (step, "results", hearth_builder_end_array (&results));
  hearth_step_set_output (step, "texts", hearth_builder_end_object (&texts));
  hearth_step_set_output (step, "errors", hearth_builder_end_object (&errors));
  hearth_step_complete (step);
}

/* --- asking --------------------------------------------------------------------------------------------- */

static void compare_pump (Compare *self);

/* As long as it took, or as it took when it was recorded. */
static gint64
get_now_ms (HearthStep *step)
{
  HearthOutside *outside = hearth_step_get_service (step, HEARTH_TYPE_OUTSIDE);

  return hearth_clock_get_now_ms (outside != NULL ? hearth_outside_get_clock (outside) : hearth_clock_get_default ());
}

static void
take_answer (Side         *side,
             HearthAnswer *answer,
             const GError *error)
{
  Compare *self = side->compare;
  const char *finish = hearth_answer_get_finish (answer);
  g_auto(HearthBuilder) result = HEARTH_BUILDER_INIT;

  hearth_builder_add_string (&result, "model", side->model);
  hearth_builder_add_string (&result, "text", hearth_answer_get_text (answer));
  hearth_builder_add_string (&result, "finish_reason", finish);
  hearth_builder_add (&result, "usage", hearth_model_step_dup_usage (answer));
  hearth_builder_add (&result, "duration_ms",
                      hearth_value_integer (get_now_ms (side->compare->step) - side->began_ms));
  hearth_builder_add_string (&result, "error", error != NULL ? error->message : NULL);
  side->result = hearth_builder_end_object (&result);
  if (error == NULL)
    return;
  self->n_failed++;
  side->error = g_strdup (error->message);
  if (self->failure == NULL)
    self->failure = g_error_copy (error);
}

static void
ended_cb (HearthModelStep *question,
          HearthAnswer    *answer,
          const GError    *error,
          gpointer         user_data)
{
  Side *side = user_data;
  Compare *self = side->compare;

  take_answer (side, answer, error);
  g_clear_pointer (&side->question, hearth_model_step_free);
  self->n_running--;
  /* What is used up is so for the others too. */
  if (g_error_matches (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BUDGET))
    hearth_model_step_fail (self->step, NULL, error);
  else
    compare_pump (self);
}

static void
ask_one (Compare *self,
         Side    *side)
{
  HearthModelRequest request = { .stream = TRUE };

  hearth_model_input_fill (&self->input, &request);
  request.model = side->model;
  side->began_ms = get_now_ms (self->step);
  self->n_running++;
  side->question = hearth_model_step_ask (self->step, &request, NULL, NULL, side->model, ended_cb, side);
}

static void
compare_pump (Compare *self)
{
  while (self->next < self->n_sides && self->n_running < self->parallel)
    ask_one (self, &self->sides[self->next++]);
  if (self->n_running > 0)
    return;
  if (self->n_failed < self->n_sides)
    compare_end (self);
  else
    hearth_model_step_fail (self->step, self->n_sides > 1 ? _("All models failed. The first: ") : NULL, self->failure);
}

/* --- start ---------------------------------------------------------------------------------------------- */

static gboolean
read_models (Compare *self,
             GError **error)
{
  g_autoptr(HearthValue) list = hearth_step_dup_input_json (self->step, "models", NULL);
  g_autofree char *text = hearth_step_dup_input_text (self->step, "models", "");

  self->models = hearth_shape_split_list (hearth_value_is (list, ARRAY) ? list : NULL, text);
  self->n_sides = hearth_value_get_length (self->models);
  if (self->n_sides == 0)
    return hearth_shape_fail (error, N_("No models are named. Write one on each line."));
  self->sides = g_new0 (Side, self->n_sides);
  for (gsize i = 0; i < self->n_sides; i++)
    {
      self->sides[i].compare = self;
      self->sides[i].model = hearth_value_get_string (hearth_value_at (self->models, i), NULL);
    }
  return TRUE;
}

static gboolean
read_input (Compare *self,
            GError **error)
{
  g_autofree char *prompt = hearth_step_dup_input_text (self->step, "prompt", "");
  g_auto(HearthBuilder) messages = HEARTH_BUILDER_INIT;

  if (!read_models (self, error) || !hearth_model_input_read_params (&self->input, self->step, error))
    return FALSE;
  if (*prompt == '\0')
    return hearth_shape_fail (error, N_("There is no prompt. Write one, or connect a text."));
  hearth_model_input_add_system (&messages, self->step, "system_prompt");
  hearth_model_input_add_user (&messages, prompt, NULL);
  self->input.messages = hearth_builder_end_array (&messages);
  self->parallel = hearth_flow_get_config_count (self->step, "parallelism", DEFAULT_PARALLEL, 1, MAX_PARALLEL);
  return TRUE;
}

static void
compare_start (HearthStep *step)
{
  Compare *self;
  GError *error = NULL;

  if (!hearth_model_step_can_ask (step))
    return;
  self = g_new0 (Compare, 1);
  self->step = step;
  hearth_step_set_data (step, self, compare_free);
  if (!read_input (self, &error))
    {
      hearth_step_fail (step, error);
      return;
    }
  self->watch = hearth_shape_watch_cancel (step);
  compare_pump (self);
}

static void
compare_resume (HearthStep *step)
{
  Compare *self = hearth_step_get_data (step);

  for (gsize i = 0; self != NULL && i < self->n_sides; i++)
    hearth_model_step_resume (self->sides[i].question);
}

static const HearthSlotDecl inputs[] = {
  { .key = "prompt", .type = HEARTH_DATA_STRING, .name = "提示词", .title = N_("Prompt"),
    .description = N_("What all models are asked."), .categories = "Prompt UiBlock", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "", "multiline": true }) },
  { .key = "models", .type = HEARTH_DATA_STRING, .name = "模型列表", .title = N_("Models"),
    .description = N_("Which models answer: one on each line, or a list."), .categories = "Json UiBlock",
    .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "core:offline\ncore:offline-quick", "multiline": true }) },
  HEARTH_MODEL_SLOT_SYSTEM,
  HEARTH_MODEL_SLOTS_PARAMETERS (0.7),
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "results", .type = HEARTH_DATA_ARRAY, .name = "结果列表", .title = N_("Results"),
    .description = N_("For each model, in their order: model, text, finish_reason, usage, duration_ms, and error.") },
  { .key = "texts", .type = HEARTH_DATA_OBJECT, .name = "文本", .title = N_("Texts"),
    .description = N_("What each model said, by its name."), .categories = "Json" },
  { .key = "errors", .type = HEARTH_DATA_OBJECT, .name = "错误", .title = N_("Errors"),
    .description = N_("Why a model did not answer, by its name."), .categories = "Json" },
  { .key = "stream_output", .type = HEARTH_DATA_STRING, .name = "流式输出", .title = N_("Stream"),
    .description = N_("All answers while they are being written; each piece says in “source” whose it is."),
    .categories = "StreamChunk", .flags = HEARTH_SLOT_STREAM },
  { NULL },
};

static const HearthSlotDecl config[] = {
  { .key = "parallelism", .type = HEARTH_DATA_INTEGER, .name = "并行数", .title = N_("At Once"),
    .description = N_("How many models are asked at the same time."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 4, "min": 1, "max": 16 }) },
  { NULL },
};

const HearthNodeDecl hearth_node_compare = {
  .type = "Compare",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "⚖️模型对比",
  .title = N_("Compare Models"),
  .icon = "⚖️",
  .description = N_("Asks several models the same and puts what they say, took and cost side by side."),
  .width = 320,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .flags = HEARTH_NODE_PREVIEW_UNSAFE,
  .model_input = "models",
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .start = compare_start,
  .resume = compare_resume,
};
