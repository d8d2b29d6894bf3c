/* for-each.c: core:ForEach, runs another workflow once for every item of a list
 *
 * Calls end in any order, so each has its place in two arrays; what goes out is in the order of the items.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow.h"

#include "hearth-i18n.h"

#define DEFAULT_PARALLELISM 4
#define MAX_PARALLELISM 64

typedef struct
{
  HearthStep   *step; /* borrowed; owns this */
  HearthValue  *items;
  HearthValue  *shared;
  char         *input;  /* interface key */
  char         *output; /* interface key, "*", or NULL when the workflow has none */
  guint         parallelism;
  gboolean      collects; /* failures become data */

  gsize         n_items;
  gsize         next;
  guint         n_running;
  HearthValue **results;  /* NULL: not there, or failed */
  char        **messages; /* NULL: did not fail */
  gboolean      pumping;
  GError       *failure;
  GSource      *watch;
} ForEach;

static void
for_each_free (gpointer data)
{
  ForEach *self = data;

  for (gsize i = 0; i < self->n_items; i++)
    {
      g_clear_pointer (&self->results[i], hearth_value_unref);
      g_free (self->messages[i]);
    }
  g_free (self->results);
  g_free (self->messages);
  g_clear_pointer (&self->items, hearth_value_unref);
  g_clear_pointer (&self->shared, hearth_value_unref);
  g_clear_pointer (&self->watch, hearth_shape_unwatch);
  g_clear_error (&self->failure);
  g_free (self->input);
  g_free (self->output);
  g_free (self);
}

static void
for_each_end (ForEach *self)
{
  g_auto(HearthBuilder) results = HEARTH_BUILDER_INIT;
  g_auto(HearthBuilder) errors = HEARTH_BUILDER_INIT;
  HearthStep *step = self->step;

  for (gsize i = 0; i < self->n_items; i++)
    {
      hearth_builder_add (&results, NULL, self->results[i] != NULL ? hearth_value_ref (self->results[i])
                                                                   : hearth_value_null ());
      if (self->messages[i] != NULL)
        hearth_builder_add (&errors, NULL,
                            hearth_value_object ("index", hearth_value_integer (i),
                                                 "message", hearth_value_string (self->messages[i]), NULL));
    }
  hearth_step_set_output (step, "results", hearth_builder_end_array (&results));
  hearth_step_set_output (step, "errors", hearth_builder_end_array (&errors));
  hearth_step_set_output (step, "count", hearth_value_integer (self->n_items));
  hearth_step_complete (step);
}

/* --- calls --------------------------------------------------------------------------- */

static void for_each_pump (ForEach *self);

static void
take_failure (ForEach      *self,
              gsize         index,
              const GError *error)
{
  self->messages[index] = g_strdup (error->message);
  if (!self->collects && self->failure == NULL)
    self->failure = g_error_new (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                                 /* Translators: items count from 0, as in lists */
                                 _("Item %u failed: %s"), (guint) index, error->message);
}

static void
called_cb (HearthStep   *step,
           HearthValue  *outputs,
           const GError *error,
           gpointer      user_data)
{
  ForEach *self = hearth_step_get_data (step);
  gsize index = GPOINTER_TO_SIZE (user_data);

  self->n_running--;
  if (outputs != NULL)
    self->results[index] = hearth_flow_pick_output (outputs, self->output);
  else
    take_failure (self, index, error);
  for_each_pump (self);
}

/* FALSE: the step has failed, and @self is gone. */
static gboolean
for_each_call (ForEach *self,
               gsize    index)
{
  g_autofree char *tag = g_strdup_printf ("%" G_GSIZE_FORMAT, index);
  g_autoptr(HearthValue) inputs = hearth_value_with (self->shared, self->input, hearth_value_at (self->items, index));

  self->n_running++;
  return hearth_step_call (self->step, tag, inputs, called_cb, GSIZE_TO_POINTER (index));
}

/* Starts calls as long as it may; ends the step when there is nothing left to wait for. */
static void
for_each_pump (ForEach *self)
{
  if (self->pumping)
    return; /* a call came back at once; the loop below goes on */
  self->pumping = TRUE;
  while (self->failure == NULL && self->next < self->n_items && self->n_running < self->parallelism)
    if (!for_each_call (self, self->next++))
      return;
  self->pumping = FALSE;

  if (self->failure != NULL)
    hearth_step_fail (self->step, g_steal_pointer (&self->failure));
  else if (self->n_running == 0)
    for_each_end (self);
}

/* --- start ------------------------------------------------------------------------------ */

static HearthValue *
dup_items (HearthStep *step,
           GError    **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthValue) items = hearth_step_dup_input_json (step, "items", &cause);

  if (hearth_value_is (items, ARRAY))
    return g_steal_pointer (&items);
  if (cause != NULL)
    g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, _("The items are not a list in JSON: %s"),
                 cause->message);
  else
    hearth_shape_fail (error, N_("The items are not a list. Connect a list, or write one in JSON."));
  return NULL;
}

static gboolean
read_call (ForEach *self,
           GError **error)
{
  g_autoptr(GError) cause = NULL;

  self->input = hearth_flow_choose_input (self->step, "itemInput", &cause);
  if (cause == NULL)
    self->output = hearth_flow_choose_output (self->step, "output", &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (self->input == NULL)
    return hearth_shape_fail (error, N_("The workflow that this node runs has no input that could take an item. "
                                        "Give it one, or choose another workflow."));
  return TRUE;
}

static gboolean
read_settings (ForEach *self,
               GError **error)
{
  g_autofree char *on_error = hearth_flow_dup_config_text (self->step, "onError", "collect");

  self->items = dup_items (self->step, error);
  self->shared = self->items != NULL ? hearth_flow_dup_shared (self->step, "shared", error) : NULL;
  if (self->shared == NULL || !read_call (self, error))
    return FALSE;
  self->parallelism = hearth_flow_get_config_count (self->step, "parallelism", DEFAULT_PARALLELISM, 1, MAX_PARALLELISM);
  self->collects = !g_str_equal (on_error, "fail");
  self->n_items = hearth_value_get_length (self->items);
  self->results = g_new0 (HearthValue *, self->n_items);
  self->messages = g_new0 (char *, self->n_items);
  return TRUE;
}

static void
for_each_start (HearthStep *step)
{
  ForEach *self = g_new0 (ForEach, 1);
  GError *error = NULL;

  self->step = step;
  hearth_step_set_data (step, self, for_each_free);
  if (!hearth_flow_can_call (step, called_cb))
    return;
  if (!read_settings (self, &error))
    {
      hearth_step_fail (step, error);
      return;
    }
  self->watch = hearth_shape_watch_cancel (step);
  for_each_pump (self);
}

static const HearthSlotDecl inputs[] = {
  { .key = "items", .type = HEARTH_DATA_ARRAY, .name = "列表", .title = N_("Items"),
    .description = N_("The list. Each of its items goes into one call of the workflow."),
    .flags = HEARTH_SLOT_REQUIRED },
  HEARTH_FLOW_SLOT_SHARED (N_("Values for the workflow's other inputs, by key; the same in every call.")),
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "results", .type = HEARTH_DATA_ARRAY, .name = "结果列表", .title = N_("Results"),
    .description = N_("What came out for each item, in the order of the items; null where a call failed.") },
  { .key = "errors", .type = HEARTH_DATA_ARRAY, .name = "错误列表", .title = N_("Errors"),
    .description = N_("The calls that failed, each with index (from 0) and message.") },
  { .key = "count", .type = HEARTH_DATA_INTEGER, .name = "数量", .title = N_("Count"),
    .description = N_("How many items there were.") },
  { NULL },
};

static const HearthSlotDecl config[] = {
  HEARTH_FLOW_SLOT_WORKFLOW (N_("The workflow that runs for every item.")),
  { .key = "itemInput", .type = HEARTH_DATA_STRING, .name = "接收项目的输入", .title = N_("Input for the Item"),
    .description = N_("The key of the workflow's input that takes the item. Empty: its first input."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "" }) },
  { .key = "output", .type = HEARTH_DATA_STRING, .name = "读取的输出", .title = N_("Output"),
    .description = N_("The key of the workflow's output that is collected. Empty: its first output; *: all, as an object."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "" }) },
  { .key = "parallelism", .type = HEARTH_DATA_INTEGER, .name = "并行数", .title = N_("At Once"),
    .description = N_("How many calls run at the same time."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 4, "min": 1, "max": 64 }) },
  { .key = "onError", .type = HEARTH_DATA_STRING, .name = "出错时", .title = N_("When a Call Fails"),
    .description = N_("Note the error and go on (collect), or stop and fail (fail)."),
    .categories = "ComboOption", .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "collect",
                             "suggestions": [ { "value": "collect", "label": "记录并继续" },
                                              { "value": "fail", "label": "立即失败" } ] }) },
  { NULL },
};

const HearthNodeDecl hearth_node_for_each = {
  .type = "ForEach",
  .category = "流程控制",
  .category_title = N_("Flow"),
  .name = "🔁逐项执行",
  .title = N_("For Each"),
  .icon = "🔁",
  .description = N_("Runs another workflow once for every item of a list, several at a time, and collects the results."),
  .width = 300,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .flags = HEARTH_NODE_CALLS,
  .version = 1,
  .start = for_each_start,
};
