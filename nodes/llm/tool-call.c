/* tool-call.c: core:ToolCall, a model chooses a tool and its arguments; what the tool says is the result
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "agent-node.h"

#include "hearth-i18n.h"

#define MAX_PARALLEL 16

static void
tool_call_ended (HearthStep      *step,
                 HearthAgentLoop *loop,
                 HearthAnswer    *answer)
{
  g_autoptr(HearthValue) calls = hearth_agent_loop_dup_calls (loop);
  HearthValue *first = hearth_value_get_length (calls) > 0 ? hearth_value_at (calls, 0) : NULL;
  const char *problem = hearth_value_get_member_string (first, "error", NULL);

  if (first == NULL || problem != NULL)
    {
      g_autofree char *message = problem != NULL
        ? g_strdup_printf (_("The tool “%s” failed: %s"), hearth_value_get_member_string (first, "name", ""), problem)
        : g_strdup (_("The model called no tool. Say in the task what a tool is needed for, or choose another model."));

      hearth_step_fail (step, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, message));
      return;
    }
  hearth_step_yield (step, hearth_chunk_new_finish ("tool_calls"));
  hearth_step_set_output (step, "result", hearth_value_ref (hearth_value_get (first, "result")));
  hearth_step_set_output (step, "name", hearth_value_ref (hearth_value_get (first, "name")));
  hearth_step_set_output (step, "arguments", hearth_value_ref (hearth_value_get (first, "arguments")));
  hearth_step_set_output (step, "tool_calls", g_steal_pointer (&calls));
  hearth_step_set_output (step, "usage", hearth_agent_loop_dup_usage (loop));
  hearth_step_complete (step);
}

static void
tool_call_start (HearthStep *step)
{
  HearthAgentRules rules = { .max_rounds = 1, .max_parallel = MAX_PARALLEL, .only_once = TRUE };

  hearth_agent_node_start (step, &rules, tool_call_ended);
}

static const HearthSlotDecl inputs[] = {
  HEARTH_AGENT_INPUTS (N_("What the tool is needed for."), 0),
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "result", .type = HEARTH_DATA_WILDCARD, .name = "结果", .title = N_("Result"),
    .description = N_("What came of the first call.") },
  { .key = "name", .type = HEARTH_DATA_STRING, .name = "工具", .title = N_("Tool"),
    .description = N_("The tool that the model chose.") },
  { .key = "arguments", .type = HEARTH_DATA_OBJECT, .name = "参数", .title = N_("Arguments"),
    .description = N_("What the model gave it."), .categories = "Json" },
  { .key = "tool_calls", .type = HEARTH_DATA_ARRAY, .name = "工具调用", .title = N_("Calls of Tools"),
    .description = N_("All of them, each with name, arguments, and result or error.") },
  HEARTH_MODEL_SLOTS_ANSWER,
  { NULL },
};

static const HearthSlotDecl config[] = {
  HEARTH_AGENT_CONFIG,
  { NULL },
};

const HearthNodeDecl hearth_node_tool_call = {
  .type = "ToolCall",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "🔧工具调用",
  .title = N_("Call a Tool"),
  .icon = "🔧",
  .description = N_("Lets a model choose one of several tools and what it gets, calls it, and hands out what it says."),
  .width = 320,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .flags = HEARTH_NODE_TOOLS | HEARTH_NODE_PREVIEW_UNSAFE,
  .model_input = "model",
  .version = 1,
  .start = tool_call_start,
  .resume = hearth_agent_node_resume,
};
