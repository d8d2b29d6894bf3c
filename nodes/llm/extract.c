/* extract.c: core:Extract, typed fields out of a text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow/flow.h"
#include "hearth-message.h"
#include "json-schema.h"
#include "structured.h"

#include "hearth-i18n.h"

#define DEFAULT_ANSWERS 3
#define MAX_ANSWERS 10

#define INSTRUCTION \
  "Read the text of the user and extract what is asked for. Take everything from the text; do not invent anything."

typedef struct
{
  HearthStep       *step; /* borrowed; owns this */
  HearthStructured *question;
  GSource          *watch;
} Extract;

static void
extract_free (gpointer data)
{
  Extract *self = data;

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
  Extract *self = user_data;
  HearthStep *step = self->step;

  if (value == NULL)
    {
      hearth_model_step_fail (step, NULL, error);
      return;
    }
  hearth_step_set_output (step, "data", hearth_value_ref (value));
  hearth_step_set_output (step, "attempts", hearth_value_integer (hearth_structured_get_answers (question)));
  hearth_step_set_output (step, "usage", hearth_structured_dup_usage (question));
  hearth_step_complete (step);
}

/* An object is a schema; other text is a list of fields. */
static HearthValue *
dup_schema (HearthStep *step,
            GError    **error)
{
  g_autoptr(HearthValue) schema = hearth_step_dup_input_json (step, "schema", NULL);
  g_autofree char *fields = hearth_step_dup_input_text (step, "schema", "");

  if (hearth_value_is (schema, OBJECT))
    return g_steal_pointer (&schema);
  if (*fields == '{')
    {
      hearth_shape_fail (error, N_("The schema is no valid JSON. Correct it, or write a field on each line instead."));
      return NULL;
    }
  return hearth_json_schema_from_fields (fields, error);
}

static gboolean
read_input (HearthModelInput *input,
            HearthStep       *step,
            GError          **error)
{
  g_autofree char *text = hearth_step_dup_input_text (step, "text", "");
  g_autofree char *more = hearth_step_dup_input_text (step, "instructions", "");
  g_autofree char *instruction = *more != '\0' ? g_strconcat (INSTRUCTION "\n", more, NULL) : g_strdup (INSTRUCTION);
  g_auto(HearthBuilder) messages = HEARTH_BUILDER_INIT;

  if (!hearth_model_input_read (input, step, error))
    return FALSE;
  if (*text == '\0')
    return hearth_shape_fail (error, N_("There is no text to extract from. Write one, or connect a text."));
  hearth_builder_add (&messages, NULL, hearth_message_new ("system", instruction));
  hearth_model_input_add_user (&messages, text, NULL);
  input->messages = hearth_builder_end_array (&messages);
  return TRUE;
}

static void
extract_start (HearthStep *step)
{
  g_auto(HearthModelInput) input = { 0 };
  g_autoptr(HearthValue) schema = NULL;
  GError *error = NULL;
  Extract *self;

  if (!hearth_model_step_can_ask (step))
    return;
  if (read_input (&input, step, &error))
    schema = dup_schema (step, &error);
  if (error != NULL)
    {
      hearth_step_fail (step, error);
      return;
    }
  self = g_new0 (Extract, 1);
  self->step = step;
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_set_data (step, self, extract_free);
  self->question = hearth_structured_ask (step, &input, "extracted", schema,
                                          hearth_flow_get_config_count (step, "maxAttempts", DEFAULT_ANSWERS, 1, MAX_ANSWERS),
                                          ended_cb, self);
}

static const HearthSlotDecl inputs[] = {
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "文本", .title = N_("Text"),
    .description = N_("The text that holds what is looked for."), .categories = "UiBlock", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "", "multiline": true }) },
  { .key = "schema", .type = HEARTH_DATA_STRING, .name = "字段", .title = N_("Fields"),
    .description = N_("What to extract. A field on each line: name, or name: type - what it is; types are text, number, "
                      "integer, boolean, date, list, object, and a ? behind the name lets it be missing. Or a JSON schema."),
    .categories = "Json UiBlock", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "", "multiline": true, "placeholder": "name\nage: integer\ntags?: list" }) },
  { .key = "instructions", .type = HEARTH_DATA_STRING, .name = "补充说明", .title = N_("Instructions"),
    .description = N_("What else the model should know."), .categories = "Prompt", .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "", "multiline": true }) },
  HEARTH_MODEL_SLOT_MODEL,
  HEARTH_MODEL_SLOT_TEMPERATURE (0),
  HEARTH_MODEL_SLOT_MAX_TOKENS,
  HEARTH_MODEL_SLOT_PARAMETERS,
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "data", .type = HEARTH_DATA_OBJECT, .name = "数据", .title = N_("Data"),
    .description = N_("The fields with their values; it fits the schema."), .categories = "Json" },
  { .key = "attempts", .type = HEARTH_DATA_INTEGER, .name = "尝试次数", .title = N_("Answers"),
    .description = N_("How many answers it took until one did fit.") },
  HEARTH_MODEL_SLOT_USAGE,
  { NULL },
};

static const HearthSlotDecl config[] = {
  { .key = "maxAttempts", .type = HEARTH_DATA_INTEGER, .name = "最大尝试次数", .title = N_("Most Answers"),
    .description = N_("How many answers may come until one must fit. Each gets to know what was wrong with the one before."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 3, "min": 1, "max": 10 }) },
  { NULL },
};

const HearthNodeDecl hearth_node_extract = {
  .type = "Extract",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "🧲提取字段",
  .title = N_("Extract"),
  .icon = "🧲",
  .description = N_("Reads a text and fills in fields of given types. The answer is repaired, checked, and asked for again when "
                    "it does not fit."),
  .width = 320,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .flags = HEARTH_NODE_PREVIEW_UNSAFE,
  .model_input = "model",
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .start = extract_start,
};
