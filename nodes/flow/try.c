/* try.c: core:Try, runs another workflow and makes its failure a value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow.h"

#include "hearth-i18n.h"

typedef struct
{
  char    *output; /* interface key, "*", or NULL when the workflow has none */
  GSource *watch;
} Try;

static void
try_free (gpointer data)
{
  Try *self = data;

  g_clear_pointer (&self->watch, hearth_shape_unwatch);
  g_free (self->output);
  g_free (self);
}

static void
called_cb (HearthStep   *step,
           HearthValue  *outputs,
           const GError *error,
           gpointer      user_data)
{
  Try *self = hearth_step_get_data (step);

  if (outputs != NULL)
    {
      hearth_step_set_output (step, "result", hearth_flow_pick_output (outputs, self->output));
      hearth_step_set_output (step, "outputs", hearth_value_ref (outputs));
      hearth_step_set_dead (step, "error");
    }
  else
    {
      hearth_step_set_dead (step, "result");
      hearth_step_set_dead (step, "outputs");
      hearth_step_set_output (step, "error",
                              hearth_value_object ("message", hearth_value_string (error->message), NULL));
    }
  hearth_step_complete (step);
}

/* What the workflow gets, by key; NULL on error. */
static HearthValue *
make_inputs (HearthStep *step,
             GError    **error)
{
  HearthValue *value = hearth_step_get_input (step, "value");
  g_autoptr(HearthValue) shared = hearth_flow_dup_shared (step, "inputs", error);
  g_autofree char *key = NULL;

  if (shared == NULL || value == NULL)
    return g_steal_pointer (&shared);
  key = hearth_flow_choose_input (step, "valueInput", error);
  if (key != NULL)
    return hearth_value_with (shared, key, value);
  if (error != NULL && *error == NULL)
    hearth_shape_fail (error, N_("The workflow that this node runs has no input that could take the value. "
                                 "Give it one, or choose another workflow."));
  return NULL;
}

static void
try_start (HearthStep *step)
{
  Try *self = g_new0 (Try, 1);
  g_autoptr(HearthValue) inputs = NULL;
  GError *error = NULL;

  hearth_step_set_data (step, self, try_free);
  if (!hearth_flow_can_call (step, called_cb))
    return;
  self->output = hearth_flow_choose_output (step, "output", &error);
  if (error == NULL)
    inputs = make_inputs (step, &error);
  if (error != NULL)
    {
      hearth_step_fail (step, error);
      return;
    }
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_call (step, "try", inputs, called_cb, NULL);
}

static const HearthSlotDecl inputs[] = {
  { .key = "value", .type = HEARTH_DATA_WILDCARD, .name = "值", .title = N_("Value"),
    .description = N_("A value for one of the workflow's inputs."), .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "inputs", .type = HEARTH_DATA_OBJECT, .name = "其他输入", .title = N_("Other Values"),
    .description = N_("Values for the workflow's other inputs, by key."),
    .categories = "Json", .flags = HEARTH_SLOT_OPTIONAL },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "result", .type = HEARTH_DATA_WILDCARD, .name = "结果", .title = N_("Result"),
    .description = N_("What came out, when the workflow went well.") },
  { .key = "outputs", .type = HEARTH_DATA_OBJECT, .name = "所有输出", .title = N_("Outputs"),
    .description = N_("Everything that came out, by key, when the workflow went well."), .categories = "Json" },
  { .key = "error", .type = HEARTH_DATA_OBJECT, .name = "错误", .title = N_("Error"),
    .description = N_("An object with the message, when the workflow failed: the beginning of the fallback branch."),
    .categories = "Json" },
  { NULL },
};

static const HearthSlotDecl config[] = {
  HEARTH_FLOW_SLOT_WORKFLOW (N_("The workflow that is tried.")),
  { .key = "valueInput", .type = HEARTH_DATA_STRING, .name = "接收值的输入", .title = N_("Input for the Value"),
    .description = N_("The key of the workflow's input that takes the value. Empty: its first input."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "" }) },
  { .key = "output", .type = HEARTH_DATA_STRING, .name = "读取的输出", .title = N_("Output"),
    .description = N_("The key of the workflow's output that is the result. Empty: its first output; *: all, as an object."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "" }) },
  { NULL },
};

const HearthNodeDecl hearth_node_try = {
  .type = "Try",
  .category = "流程控制",
  .category_title = N_("Flow"),
  .name = "🛟尝试执行",
  .title = N_("Try"),
  .icon = "🛟",
  .description = N_("Runs another workflow. When that fails, the error goes the other way instead of stopping this one."),
  .width = 280,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .flags = HEARTH_NODE_CALLS,
  .version = 1,
  .start = try_start,
};
