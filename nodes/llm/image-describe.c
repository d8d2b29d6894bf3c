/* image-describe.c: core:ImageDescribe, what a model sees in a picture
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
  HearthValue *image;

  if (!hearth_model_input_read (input, step, error))
    return FALSE;
  if (!hearth_value_is_truthy (hearth_step_get_input (step, "image")))
    return hearth_shape_fail (error, N_("There is no image. Connect one."));
  image = hearth_model_image_read (hearth_step_get_input (step, "image"), error);
  if (image == NULL)
    return FALSE;
  hearth_model_input_add_user (&messages, prompt, image);
  input->messages = hearth_builder_end_array (&messages);
  return TRUE;
}

static void
image_describe_start (HearthStep *step)
{
  static const HearthSingleQuestion kind = { read_input, hearth_single_question_give_text, NULL };

  hearth_single_question_run (step, &kind);
}

static const HearthSlotDecl inputs[] = {
  { .key = "image", .type = HEARTH_DATA_WILDCARD, .name = "图像", .title = N_("Image"),
    .description = N_("An address (https: or data:), a picture in base64, or an object with one of them as url or data."),
    .categories = "ImageData Url", .flags = HEARTH_SLOT_REQUIRED },
  { .key = "prompt", .type = HEARTH_DATA_STRING, .name = "问题", .title = N_("Question"),
    .description = N_("What is to be said about the image."), .categories = "Prompt UiBlock",
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "Describe this image.", "multiline": true }) },
  HEARTH_MODEL_SLOT_MODEL,
  HEARTH_MODEL_SLOTS_PARAMETERS (0.7),
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "描述", .title = N_("Description"),
    .description = N_("What the model said about it."), .categories = "LlmOutput" },
  HEARTH_MODEL_SLOTS_ANSWER,
  { NULL },
};

const HearthNodeDecl hearth_node_image_describe = {
  .type = "ImageDescribe",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "🖼️描述图像",
  .title = N_("Image (Describe)"),
  .icon = "🖼️",
  .description = N_("Shows a model a picture and hands out what it says about it."),
  .width = 320,
  .inputs = inputs,
  .outputs = outputs,
  .flags = HEARTH_NODE_PREVIEW_UNSAFE,
  .model_input = "model",
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .start = image_describe_start,
  .resume = hearth_single_question_resume,
};
