/* classify.c: core:Classify, which of several labels a text has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "structured.h"

#include "hearth-i18n.h"

#define MAX_ANSWERS 3

#define INSTRUCTION \
  "Decide which one of the given labels fits the text of the user best, and how sure you are of that, from 0 to 1."

/* --- labels --------------------------------------------------------------------------------------- */

/* A list, its JSON, or text with one on each line or between commas. */
static HearthValue *
dup_labels (HearthStep *step,
            GError    **error)
{
  g_autoptr(HearthValue) list = hearth_step_dup_input_json (step, "labels", NULL);
  g_autofree char *text = hearth_step_dup_input_text (step, "labels", "");
  g_autoptr(HearthValue) labels = hearth_shape_split_list (hearth_value_is (list, ARRAY) ? list : NULL, text);

  if (hearth_value_get_length (labels) >= 2)
    return g_steal_pointer (&labels);
  hearth_shape_fail (error, N_("There must be two labels at least, each on a line of its own."));
  return NULL;
}

static gint64
find_label (HearthValue *labels,
            HearthValue *label)
{
  for (gsize i = 0; i < hearth_value_get_length (labels); i++)
    if (hearth_value_equal (hearth_value_at (labels, i), label))
      return i;
  return -1;
}

static HearthValue *
make_schema (HearthStep *step,
             GError    **error)
{
  HearthValue *labels = dup_labels (step, error);
  HearthValue *label, *confidence;

  if (labels == NULL)
    return NULL;
  label = hearth_value_object ("type", hearth_value_string ("string"), "enum", labels, NULL);
  confidence = hearth_value_object ("type", hearth_value_string ("number"), "minimum", hearth_value_integer (0),
                                    "maximum", hearth_value_integer (1), NULL);
  return hearth_value_object ("type", hearth_value_string ("object"),
                              "properties", hearth_value_object ("label", label, "confidence", confidence, NULL),
                              "required", hearth_value_strv ((const char *const[]){ "label", "confidence", NULL }),
                              "additionalProperties", hearth_value_boolean (FALSE), NULL);
}

/* --- the answer ------------------------------------------------------------------------------------- */

static void
answered (HearthStep       *step,
          HearthStructured *question,
          HearthValue      *value)
{
  g_autoptr(HearthValue) labels = dup_labels (step, NULL);
  HearthValue *label = hearth_value_get (value, "label");

  hearth_step_set_output (step, "label", hearth_value_ref (label));
  hearth_step_set_output (step, "index", hearth_value_integer (find_label (labels, label)));
  hearth_step_set_output (step, "confidence", hearth_value_ref (hearth_value_get (value, "confidence")));
}

static void
classify_start (HearthStep *step)
{
  static const HearthStructuredNode kind = { "label", INSTRUCTION, NULL, make_schema, answered };

  hearth_structured_node_start (step, &kind, MAX_ANSWERS);
}

static const HearthSlotDecl inputs[] = {
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "文本", .title = N_("Text"),
    .description = N_("What is to be sorted."), .categories = "UiBlock", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "", "multiline": true }) },
  { .key = "labels", .type = HEARTH_DATA_STRING, .name = "标签", .title = N_("Labels"),
    .description = N_("Among which the model chooses: one on each line, or a list."), .categories = "Json UiBlock",
    .flags = HEARTH_SLOT_REQUIRED, .config = HEARTH_JSON ({ "default": "", "multiline": true }) },
  HEARTH_STRUCTURED_SLOT_INSTRUCTIONS (N_("What the labels mean, or what else the model should know.")),
  HEARTH_MODEL_SLOT_MODEL,
  HEARTH_MODEL_SLOTS_PARAMETERS (0),
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "label", .type = HEARTH_DATA_STRING, .name = "标签", .title = N_("Label"),
    .description = N_("The one that fits best. A Switch sends it on its way.") },
  { .key = "index", .type = HEARTH_DATA_INTEGER, .name = "序号", .title = N_("Index"),
    .description = N_("Which of the labels it is, counted from 0.") },
  { .key = "confidence", .type = HEARTH_DATA_FLOAT, .name = "置信度", .title = N_("Confidence"),
    .description = N_("How sure the model says it is, from 0 to 1.") },
  HEARTH_MODEL_SLOT_USAGE,
  { NULL },
};

const HearthNodeDecl hearth_node_classify = {
  .type = "Classify",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "🏷️文本分类",
  .title = N_("Classify"),
  .icon = "🏷️",
  .description = N_("Asks a model which of several labels a text has."),
  .width = 300,
  .inputs = inputs,
  .outputs = outputs,
  .flags = HEARTH_NODE_PREVIEW_UNSAFE,
  .model_input = "model",
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .start = classify_start,
};
