/* extract.c: core:Extract, typed fields out of a text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow/flow.h"
#include "json-schema.h"
#include "structured.h"

#include "hearth-i18n.h"

#define DEFAULT_ANSWERS 3
#define MAX_ANSWERS 10

#define INSTRUCTION \
  "Read the text of the user and extract what is asked for. Take everything from the text; do not invent anything."

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

static void
answered (HearthStep       *step,
          HearthStructured *question,
          HearthValue      *value)
{
  hearth_step_set_output (step, "data", hearth_value_ref (value));
  hearth_step_set_output (step, "attempts", hearth_value_integer (hearth_structured_get_answers (question)));
}

static void
extract_start (HearthStep *step)
{
  static const HearthStructuredNode kind = {
    "extracted", INSTRUCTION, N_("There is no text to extract from. Write one, or connect a text."), dup_schema, answered,
  };

  hearth_structured_node_start (step, &kind,
                                hearth_flow_get_config_count (step, "maxAttempts", DEFAULT_ANSWERS, 1, MAX_ANSWERS));
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
  HEARTH_STRUCTURED_SLOT_INSTRUCTIONS (N_("What else the model should know.")),
  HEARTH_MODEL_SLOT_MODEL,
  HEARTH_MODEL_SLOTS_PARAMETERS (0),
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
