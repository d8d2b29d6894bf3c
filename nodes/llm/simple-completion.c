/* simple-completion.c: core:SimpleCompletion, a prompt in, a text out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-input.h"
#include "model-step.h"

#include "hearth-i18n.h"

static gboolean
read_input (HearthModelInput *input,
            HearthStep       *step,
            GError          **error)
{
  g_autofree char *prompt = hearth_step_dup_input_text (step, "prompt", "");
  g_auto(HearthBuilder) messages = HEARTH_BUILDER_INIT;

  if (!hearth_model_input_read (input, step, error))
    return FALSE;
  if (*prompt == '\0')
    return hearth_shape_fail (error, N_("There is no prompt. Write one, or connect a text."));
  hearth_model_input_add_system (&messages, step, "system_prompt");
  hearth_model_input_add_user (&messages, prompt, NULL);
  input->messages = hearth_builder_end_array (&messages);
  return TRUE;
}

static void
simple_completion_start (HearthStep *step)
{
  static const HearthSingleQuestion kind = { read_input, hearth_single_question_give_text, NULL };

  hearth_single_question_run (step, &kind);
}

static const HearthSlotDecl inputs[] = {
  { .key = "prompt", .type = HEARTH_DATA_STRING, .name = "提示词", .title = N_("Prompt"),
    .description = N_("What the model is asked."), .categories = "Prompt UiBlock", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "", "multiline": true, "placeholder": "输入提示词" }) },
  HEARTH_MODEL_SLOT_MODEL,
  HEARTH_MODEL_SLOT_SYSTEM,
  HEARTH_MODEL_SLOTS_PARAMETERS (0.7),
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "文本", .title = N_("Text"),
    .description = N_("What the model said."), .categories = "LlmOutput" },
  HEARTH_MODEL_SLOTS_ANSWER,
  { NULL },
};

const HearthNodeDecl hearth_node_simple_completion = {
  .type = "SimpleCompletion",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "✍️文本生成",
  .title = N_("Complete a Prompt"),
  .icon = "✍️",
  .description = N_("Asks a model one thing and hands out what it says, while it says it."),
  .width = 320,
  .inputs = inputs,
  .outputs = outputs,
  .flags = HEARTH_NODE_PREVIEW_UNSAFE,
  .model_input = "model",
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .start = simple_completion_start,
  .resume = hearth_single_question_resume,
};
