/* human-input.c: core:HumanInput, asks a person and waits for the answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow.h"

#include "hearth-i18n.h"

#define MAX_TIMEOUT (7u * 24 * 60 * 60 * 1000) /* milliseconds */

typedef enum
{
  KIND_TEXT,
  KIND_CHOICE,
  KIND_CONFIRM,
} Kind;

static const char *const kinds[] = { "text", "choice", "confirm" };

typedef struct
{
  Kind         kind;
  char       **choices;
  HearthValue *default_answer; /* or NULL */
  gboolean     uses_default;   /* when the time is over */
  guint        timeout;        /* milliseconds; 0: waits for ever */
  GSource     *watch;
} HumanInput;

static void
human_input_free (gpointer data)
{
  HumanInput *self = data;

  g_clear_pointer (&self->default_answer, hearth_value_unref);
  g_clear_pointer (&self->watch, hearth_shape_unwatch);
  g_strfreev (self->choices);
  g_free (self);
}

/* --- answers ---------------------------------------------------------------------------- */

static HearthValue *
read_confirmation (HearthValue *answer)
{
  static const char *const yes[] = { "true", "yes", "y", "1", "是" };
  static const char *const no[] = { "false", "no", "n", "0", "否" };
  g_autofree char *text = hearth_value_to_text (answer);
  g_autofree char *word = g_utf8_strdown (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    {
      if (g_str_equal (word, yes[i]))
        return hearth_value_boolean (TRUE);
      if (g_str_equal (word, no[i]))
        return hearth_value_boolean (FALSE);
    }
  return NULL;
}

/* The answer as it goes out: a text, one of the choices, yes or no. NULL when it is none. New reference. */
static HearthValue *
read_answer (HumanInput  *self,
             HearthValue *answer)
{
  g_autofree char *text = NULL;

  if (hearth_value_is (answer, NULL) || hearth_value_is (answer, ARRAY) || hearth_value_is (answer, OBJECT))
    return NULL;
  if (self->kind == KIND_CONFIRM)
    return read_confirmation (answer);
  text = hearth_value_to_text (answer);
  if (self->kind == KIND_CHOICE && !g_strv_contains ((const char *const *) self->choices, text))
    return NULL;
  return hearth_value_string (text);
}

static void
end_with_answer (HearthStep  *step,
                 HearthValue *answer)
{
  hearth_step_set_output (step, "answer", answer);
  hearth_step_set_dead (step, "refused");
  hearth_step_complete (step);
}

static void
end_refused (HearthStep *step)
{
  hearth_step_set_dead (step, "answer");
  hearth_step_set_output (step, "refused", hearth_value_boolean (TRUE));
  hearth_step_complete (step);
}

/* --- the question --------------------------------------------------------------------- */

static void ask (HearthStep *step, const char *problem);

static const char *
describe_expected (HumanInput *self)
{
  switch (self->kind)
    {
    case KIND_CHOICE:
      return _("The answer must be one of the choices.");
    case KIND_CONFIRM:
      return _("The answer must be yes or no.");
    case KIND_TEXT:
    default:
      return _("The answer must be a text.");
    }
}

static void
answered_cb (HearthStep  *step,
             HearthValue *answer,
             gpointer     user_data)
{
  HumanInput *self = hearth_step_get_data (step);
  HearthValue *read;

  if (answer == NULL)
    {
      end_refused (step);
      return;
    }
  read = read_answer (self, answer);
  if (read != NULL)
    end_with_answer (step, read);
  else
    ask (step, describe_expected (self));
}

/* @problem: what was wrong with the answer before, or NULL. */
static void
ask (HearthStep *step,
     const char *problem)
{
  HumanInput *self = hearth_step_get_data (step);
  g_autofree char *prompt = hearth_step_dup_input_text (step, "prompt", "");
  g_auto(HearthBuilder) question = HEARTH_BUILDER_INIT;

  hearth_builder_add_string (&question, "prompt", prompt);
  hearth_builder_add_string (&question, "kind", kinds[self->kind]);
  if (self->kind == KIND_CHOICE)
    hearth_builder_add (&question, "choices", hearth_value_strv ((const char *const *) self->choices));
  if (self->default_answer != NULL)
    hearth_builder_add (&question, "default", hearth_value_ref (self->default_answer));
  if (self->timeout > 0)
    hearth_builder_add (&question, "timeoutMs", hearth_value_integer (self->timeout));
  hearth_builder_add_string (&question, "problem", problem);
  hearth_step_ask (step, hearth_builder_end_object (&question), answered_cb, NULL);
}

static void
elapsed_cb (HearthStep *step,
            gpointer    user_data)
{
  HumanInput *self = hearth_step_get_data (step);

  if (self->uses_default)
    end_with_answer (step, hearth_value_ref (self->default_answer));
  else
    hearth_step_fail (step, hearth_shape_new_error ("timeout", 0, N_("Nobody has answered in time.")));
}

/* --- start ------------------------------------------------------------------------------ */

/* One choice in each line; blank lines do not count. */
static char **
read_choices (HearthStep *step)
{
  g_autofree char *text = hearth_flow_dup_config_text (step, "choices", "");
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GStrvBuilder) choices = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_strv_builder_add (choices, lines[i]);
  return g_strv_builder_end (choices);
}

static gboolean
read_kind (HumanInput *self,
           HearthStep *step,
           GError    **error)
{
  g_autofree char *kind = hearth_flow_dup_config_text (step, "kind", "text");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kind, kinds[i]))
      self->kind = i;
  self->choices = read_choices (step);
  if (self->kind == KIND_CHOICE && self->choices[0] == NULL)
    return hearth_shape_fail (error, N_("There is nothing to choose from. Write the choices into the node's settings, "
                                        "one in each line."));
  return TRUE;
}

static gboolean
read_default (HumanInput *self,
              HearthStep *step,
              GError    **error)
{
  g_autofree char *text = hearth_flow_dup_config_text (step, "default", NULL);
  g_autofree char *on_timeout = hearth_flow_dup_config_text (step, "onTimeout", "fail");
  g_autoptr(HearthValue) value = NULL;

  self->uses_default = g_str_equal (on_timeout, "default");
  if (text != NULL || (self->uses_default && self->kind == KIND_TEXT))
    {
      value = hearth_value_string (text != NULL ? text : "");
      self->default_answer = read_answer (self, value);
    }
  if (self->default_answer == NULL && (text != NULL || self->uses_default))
    return hearth_shape_fail (error, self->kind == KIND_CHOICE
                                         ? N_("The default answer must be one of the choices. Change the node's settings.")
                                         : N_("The default answer must be yes or no. Change the node's settings."));
  return TRUE;
}

static void
human_input_start (HearthStep *step)
{
  HumanInput *self = g_new0 (HumanInput, 1);
  GError *error = NULL;

  hearth_step_set_data (step, self, human_input_free);
  self->timeout = hearth_flow_get_config_count (step, "timeoutMs", 0, 0, MAX_TIMEOUT);
  if (!read_kind (self, step, &error) || !read_default (self, step, &error))
    {
      hearth_step_fail (step, error);
      return;
    }
  self->watch = hearth_shape_watch_cancel (step);
  if (self->timeout > 0)
    hearth_step_add_timeout (step, self->timeout, elapsed_cb, NULL);
  ask (step, NULL);
}

static const HearthSlotDecl inputs[] = {
  { .key = "prompt", .type = HEARTH_DATA_STRING, .name = "提问", .title = N_("Question"),
    .description = N_("What the person is asked."),
    .categories = "UiBlock", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "", "multiline": true, "placeholder": "请输入问题" }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "answer", .type = HEARTH_DATA_WILDCARD, .name = "回答", .title = N_("Answer"),
    .description = N_("The answer: a text, or yes or no.") },
  { .key = "refused", .type = HEARTH_DATA_BOOLEAN, .name = "拒绝", .title = N_("Refused"),
    .description = N_("Yes, when the person does not want to answer. Skipped otherwise.") },
  { NULL },
};

static const HearthSlotDecl config[] = {
  { .key = "kind", .type = HEARTH_DATA_STRING, .name = "回答方式", .title = N_("Kind of Answer"),
    .description = N_("A text (text), one of several choices (choice), or yes or no (confirm)."),
    .categories = "ComboOption", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "text", "suggestions": [ { "value": "text", "label": "文本" },
                                                                 { "value": "choice", "label": "选择" },
                                                                 { "value": "confirm", "label": "确认" } ] }) },
  { .key = "choices", .type = HEARTH_DATA_STRING, .name = "选项", .title = N_("Choices"),
    .description = N_("What can be chosen, one in each line."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "", "multiline": true }) },
  { .key = "timeoutMs", .type = HEARTH_DATA_INTEGER, .name = "超时 (毫秒)", .title = N_("Time Limit (ms)"),
    .description = N_("How long to wait for the answer, in thousandths of a second; 0: for ever."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 0, "min": 0, "max": 604800000 }) },
  { .key = "onTimeout", .type = HEARTH_DATA_STRING, .name = "超时后", .title = N_("When Time Is Over"),
    .description = N_("Fail (fail), or go on with the default answer (default)."),
    .categories = "ComboOption", .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "fail", "suggestions": [ { "value": "fail", "label": "失败" },
                                                                 { "value": "default", "label": "使用默认回答" } ] }) },
  { .key = "default", .type = HEARTH_DATA_STRING, .name = "默认回答", .title = N_("Default Answer"),
    .description = N_("What is proposed, and what counts as the answer when time is over."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "" }) },
  { NULL },
};

const HearthNodeDecl hearth_node_human_input = {
  .type = "HumanInput",
  .category = "流程控制",
  .category_title = N_("Flow"),
  .name = "🙋人工输入",
  .title = N_("Ask a Person"),
  .icon = "🙋",
  .description = N_("Asks a person and waits for the answer, which may be refused."),
  .width = 280,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .flags = HEARTH_NODE_PREVIEW_UNSAFE,
  .version = 1,
  .start = human_input_start,
};
