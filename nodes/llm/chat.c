/* chat.c: core:Chat, one turn of a conversation: history and words in, answer and longer history out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-input.h"
#include "model-step.h"

#include "hearth-message.h"

#include <string.h>

#include "hearth-i18n.h"

#define PLACE "{{input}}"

/* --- what is asked ---------------------------------------------------------------------------- */

/* The words where the template wants them; behind it when it does not say. */
static char *
fill_template (const char *template,
               const char *words)
{
  g_auto(GStrv) parts = NULL;

  if (*template == '\0')
    return g_strdup (words);
  if (strstr (template, PLACE) == NULL)
    return *words != '\0' ? g_strconcat (template, "\n", words, NULL) : g_strdup (template);
  parts = g_strsplit (template, PLACE, -1);
  return g_strjoinv (words, parts);
}

/* NULL without @error: there is none. */
static HearthValue *
dup_image (HearthStep *step,
           GError    **error)
{
  HearthValue *image = hearth_step_get_input (step, "image");

  return hearth_value_is_truthy (image) ? hearth_model_image_read (image, error) : NULL;
}

static gboolean
add_messages (HearthBuilder *messages,
              HearthStep    *step,
              GError       **error)
{
  g_autofree char *words = hearth_step_dup_input_text (step, "input", "");
  g_autofree char *template = hearth_step_dup_input_text (step, "template", "");
  g_autofree char *text = fill_template (template, words);
  g_autoptr(GError) cause = NULL;
  HearthValue *image;

  hearth_model_input_add_system (messages, step, "system_prompt");
  if (!hearth_model_input_add_history (messages, step, "history", error))
    return FALSE;
  image = dup_image (step, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (*text != '\0' || image != NULL)
    hearth_model_input_add_user (messages, text, image);
  return TRUE;
}

static gboolean
read_input (HearthModelInput *input,
            HearthStep       *step,
            GError          **error)
{
  g_auto(HearthBuilder) messages = HEARTH_BUILDER_INIT;

  if (!hearth_model_input_read (input, step, error) || !add_messages (&messages, step, error))
    return FALSE;
  input->messages = hearth_builder_end_array (&messages);
  if (hearth_value_get_length (input->messages) == 0)
    return hearth_shape_fail (error, N_("There is nothing to answer. Write an input, or connect a history."));
  return TRUE;
}

/* --- what is answered ---------------------------------------------------------------------------- */

/* The system's words are put before it anew each time. */
static HearthValue *
make_history (HearthStep   *step,
              HearthAnswer *answer,
              HearthValue  *messages)
{
  g_autofree char *system = hearth_step_dup_input_text (step, "system_prompt", "");
  g_auto(HearthBuilder) history = HEARTH_BUILDER_INIT;
  gsize first = *hearth_shape_trim (system) != '\0' ? 1 : 0;

  for (gsize i = first; i < hearth_value_get_length (messages); i++)
    hearth_builder_add (&history, NULL, hearth_value_ref (hearth_value_at (messages, i)));
  hearth_builder_add (&history, NULL, hearth_message_new ("assistant", hearth_answer_get_text (answer)));
  return hearth_shape_print_list (&history);
}

static void
answered (HearthStep   *step,
          HearthAnswer *answer,
          HearthValue  *messages)
{
  hearth_model_step_yield_finish (step, answer);
  hearth_step_set_output (step, "reply", hearth_value_string (hearth_answer_get_text (answer)));
  hearth_step_set_output (step, "history", make_history (step, answer, messages));
  hearth_step_set_output (step, "usage", hearth_model_step_dup_usage (answer));
  hearth_step_complete (step);
}

static void
chat_start (HearthStep *step)
{
  static const HearthSingleQuestion kind = { read_input, answered, NULL };

  hearth_single_question_run (step, &kind);
}

static const HearthSlotDecl inputs[] = {
  HEARTH_MODEL_SLOT_HISTORY,
  { .key = "input", .type = HEARTH_DATA_STRING, .name = "用户输入", .title = N_("User's Words"),
    .description = N_("What the user says now. Empty: the history is answered as it is."), .categories = "Prompt UiBlock",
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "", "multiline": true }) },
  { .key = "template", .type = HEARTH_DATA_STRING, .name = "模板", .title = N_("Template"),
    .description = N_("What the model gets in place of the user's words; {{input}} in it stands for them."),
    .categories = "Prompt", .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "", "multiline": true }) },
  { .key = "image", .type = HEARTH_DATA_WILDCARD, .name = "图像", .title = N_("Image"),
    .description = N_("A picture that belongs to the user's words."), .categories = "ImageData Url",
    .flags = HEARTH_SLOT_OPTIONAL },
  HEARTH_MODEL_SLOT_MODEL,
  HEARTH_MODEL_SLOT_SYSTEM,
  HEARTH_MODEL_SLOTS_PARAMETERS (0.7),
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "reply", .type = HEARTH_DATA_STRING, .name = "回复", .title = N_("Reply"),
    .description = N_("What the model said."), .categories = "LlmOutput" },
  { .key = "history", .type = HEARTH_DATA_STRING, .name = "更新后的历史记录", .title = N_("Updated History"),
    .description = N_("The history with these words and the reply, as JSON, for the next turn."),
    .categories = "ChatHistory Json" },
  HEARTH_MODEL_SLOTS_ANSWER,
  { NULL },
};

const HearthNodeDecl hearth_node_chat = {
  .type = "Chat",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "🗨️对话",
  .title = N_("Chat"),
  .icon = "🗨️",
  .description = N_("One turn of a conversation: adds the user's words to a history, asks a model, and adds its reply."),
  .width = 320,
  .inputs = inputs,
  .outputs = outputs,
  .flags = HEARTH_NODE_PREVIEW_UNSAFE,
  .model_input = "model",
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .start = chat_start,
  .resume = hearth_single_question_resume,
};
