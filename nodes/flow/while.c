/* while.c: core:While, runs another workflow again and again, as long as a condition holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow.h"

#include "hearth-i18n.h"

#define DEFAULT_ROUNDS 100
#define MAX_ROUNDS 100000

typedef struct
{
  HearthStep  *step; /* borrowed; owns this */
  HearthValue *state;
  HearthValue *shared;
  char        *condition;
  char        *input;  /* interface keys */
  char        *output;
  guint        round;  /* rounds that are done */
  guint        max_rounds;
  gboolean     due;    /* the next round can be looked at */
  gboolean     looping;
  GError      *failure;
  GSource     *watch;
} While;

static void
while_free (gpointer data)
{
  While *self = data;

  g_clear_pointer (&self->state, hearth_value_unref);
  g_clear_pointer (&self->shared, hearth_value_unref);
  g_clear_pointer (&self->watch, hearth_shape_unwatch);
  g_clear_error (&self->failure);
  g_free (self->condition);
  g_free (self->input);
  g_free (self->output);
  g_free (self);
}

static void
while_end (While *self)
{
  HearthStep *step = self->step;

  hearth_step_set_output (step, "state", hearth_value_ref (self->state));
  hearth_step_set_output (step, "rounds", hearth_value_integer (self->round));
  hearth_step_complete (step);
}

static gboolean
while_decide (While    *self,
              gboolean *goes_on)
{
  g_autoptr(HearthValue) variables = hearth_value_object ("state", hearth_value_ref (self->state),
                                                          "round", hearth_value_integer (self->round), NULL);

  if (!hearth_flow_decide (self->condition, variables, goes_on, &self->failure))
    return FALSE;
  if (!*goes_on || self->round < self->max_rounds)
    return TRUE;
  g_set_error (&self->failure, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
               ngettext ("The condition still holds after %u round, which is the most that is allowed. Change the "
                         "condition, or allow more rounds.",
                         "The condition still holds after %u rounds, which is the most that is allowed. Change the "
                         "condition, or allow more rounds.", self->max_rounds), self->max_rounds);
  return FALSE;
}

/* --- rounds -------------------------------------------------------------------------- */

static void while_go_on (While *self);

static void
called_cb (HearthStep   *step,
           HearthValue  *outputs,
           const GError *error,
           gpointer      user_data)
{
  While *self = hearth_step_get_data (step);

  if (outputs == NULL)
    {
      self->failure = g_error_new (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                                   /* Translators: rounds count from 0 */
                                   _("Round %u failed: %s"), self->round, error->message);
    }
  else
    {
      hearth_value_unref (self->state);
      self->state = hearth_flow_pick_output (outputs, self->output);
      self->round++;
    }
  self->due = TRUE;
  while_go_on (self);
}

/* FALSE: the step has ended, and @self is gone. */
static gboolean
while_call (While *self)
{
  g_autofree char *tag = g_strdup_printf ("%u", self->round);
  g_autoptr(HearthValue) inputs = hearth_value_with (self->shared, self->input, self->state);

  return hearth_step_call (self->step, tag, inputs, called_cb, NULL);
}

/* FALSE: the step has ended, and @self is gone. */
static gboolean
while_begin_round (While *self)
{
  gboolean goes_on = FALSE;

  if (self->failure == NULL && while_decide (self, &goes_on) && goes_on)
    return while_call (self);
  if (self->failure != NULL)
    hearth_step_fail (self->step, g_steal_pointer (&self->failure));
  else
    while_end (self);
  return FALSE;
}

/* A loop, since a call that comes back at once must not make the stack deeper each round. */
static void
while_go_on (While *self)
{
  if (self->looping)
    return;
  self->looping = TRUE;
  while (self->due)
    {
      self->due = FALSE;
      if (!while_begin_round (self))
        return;
    }
  self->looping = FALSE;
}

/* --- start ------------------------------------------------------------------------------ */

static gboolean
read_call (While   *self,
           GError **error)
{
  g_autoptr(GError) cause = NULL;

  self->input = hearth_flow_choose_input (self->step, "stateInput", &cause);
  if (cause == NULL)
    self->output = hearth_flow_choose_output (self->step, "stateOutput", &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (self->input == NULL || self->output == NULL)
    return hearth_shape_fail (error, N_("The workflow that this node runs needs an input and an output for the state. "
                                        "Give it both, or choose another workflow."));
  return TRUE;
}

static gboolean
read_settings (While   *self,
               GError **error)
{
  self->condition = hearth_flow_dup_config_text (self->step, "condition", NULL);
  if (self->condition == NULL)
    return hearth_shape_fail (error, N_("The loop has no condition. Write one in the node's settings, such as: "
                                        "round < 3"));
  self->shared = hearth_flow_dup_shared (self->step, "shared", error);
  if (self->shared == NULL || !read_call (self, error))
    return FALSE;
  self->state = hearth_value_ref (hearth_step_get_input (self->step, "state"));
  self->max_rounds = hearth_flow_get_config_count (self->step, "maxRounds", DEFAULT_ROUNDS, 1, MAX_ROUNDS);
  return TRUE;
}

static void
while_start (HearthStep *step)
{
  While *self = g_new0 (While, 1);
  GError *error = NULL;

  self->step = step;
  hearth_step_set_data (step, self, while_free);
  if (!hearth_flow_can_call (step, called_cb))
    return;
  if (!read_settings (self, &error))
    {
      hearth_step_fail (step, error);
      return;
    }
  self->watch = hearth_shape_watch_cancel (step);
  self->due = TRUE;
  while_go_on (self);
}

static const HearthSlotDecl inputs[] = {
  { .key = "state", .type = HEARTH_DATA_WILDCARD, .name = "状态", .title = N_("State"),
    .description = N_("What the first round begins with."), .flags = HEARTH_SLOT_REQUIRED },
  HEARTH_FLOW_SLOT_SHARED (N_("Values for the workflow's other inputs, by key; the same in every round.")),
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "state", .type = HEARTH_DATA_WILDCARD, .name = "状态", .title = N_("State"),
    .description = N_("What the last round has left.") },
  { .key = "rounds", .type = HEARTH_DATA_INTEGER, .name = "轮数", .title = N_("Rounds"),
    .description = N_("How many rounds there were.") },
  { NULL },
};

static const HearthSlotDecl config[] = {
  HEARTH_FLOW_SLOT_WORKFLOW (N_("The workflow that runs in every round.")),
  { .key = "condition", .type = HEARTH_DATA_STRING, .name = "继续条件", .title = N_("As Long As"),
    .description = N_("An expression that is looked at before every round. It sees state, and round, the number of "
                      "rounds so far."),
    .flags = HEARTH_SLOT_REQUIRED, .config = HEARTH_JSON ({ "default": "", "placeholder": "round < 3" }) },
  { .key = "stateInput", .type = HEARTH_DATA_STRING, .name = "接收状态的输入", .title = N_("Input for the State"),
    .description = N_("The key of the workflow's input that takes the state. Empty: its first input."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "" }) },
  { .key = "stateOutput", .type = HEARTH_DATA_STRING, .name = "给出状态的输出", .title = N_("Output for the State"),
    .description = N_("The key of the workflow's output that is the next state. Empty: its first output; *: all, as an "
                      "object."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "" }) },
  { .key = "maxRounds", .type = HEARTH_DATA_INTEGER, .name = "最多轮数", .title = N_("Most Rounds"),
    .description = N_("The node fails when the condition still holds after so many rounds."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 100, "min": 1, "max": 100000 }) },
  { NULL },
};

const HearthNodeDecl hearth_node_while = {
  .type = "While",
  .category = "流程控制",
  .category_title = N_("Flow"),
  .name = "➰条件循环",
  .title = N_("While"),
  .icon = "➰",
  .description = N_("Runs another workflow again and again, as long as a condition holds. What comes out of one round "
                    "goes into the next."),
  .width = 300,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .flags = HEARTH_NODE_CALLS,
  .version = 1,
  .start = while_start,
};
