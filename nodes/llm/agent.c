/* agent.c: core:Agent, a model that works with tools until it has an answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "agent-node.h"

#include "flow/flow.h"
#include "hearth-json.h"

#include "hearth-i18n.h"

#define DEFAULT_ROUNDS 8
#define MAX_ROUNDS 50
#define DEFAULT_PARALLEL 4
#define MAX_PARALLEL 16

static void
agent_ended (HearthStep      *step,
             HearthAgentLoop *loop,
             HearthAnswer    *answer)
{
  g_autoptr(HearthValue) messages = hearth_agent_loop_dup_messages (loop);
  g_autofree char *json = hearth_json_print (messages);

  hearth_model_step_yield_finish (step, answer);
  hearth_step_set_output (step, "text", hearth_value_string (hearth_answer_get_text (answer)));
  hearth_step_set_output (step, "history", hearth_value_string (json));
  hearth_step_set_output (step, "tool_calls", hearth_agent_loop_dup_calls (loop));
  hearth_step_set_output (step, "rounds", hearth_value_integer (hearth_agent_loop_get_rounds (loop)));
  hearth_step_set_output (step, "usage", hearth_agent_loop_dup_usage (loop));
  hearth_step_complete (step);
}

static void
agent_start (HearthStep *step)
{
  HearthAgentRules rules = { 0 };

  rules.max_rounds = hearth_flow_get_config_count (step, "maxRounds", DEFAULT_ROUNDS, 1, MAX_ROUNDS);
  rules.max_parallel = hearth_flow_get_config_count (step, "parallelism", DEFAULT_PARALLEL, 1, MAX_PARALLEL);
  hearth_agent_node_start (step, &rules, agent_ended);
}

static const HearthSlotDecl inputs[] = {
  HEARTH_AGENT_INPUTS (N_("What is to be done or answered."), 0.7),
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "文本", .title = N_("Text"),
    .description = N_("The answer."), .categories = "LlmOutput" },
  { .key = "history", .type = HEARTH_DATA_STRING, .name = "完整历史记录", .title = N_("History"),
    .description = N_("All messages with the calls of tools and what came of them, as JSON."),
    .categories = "ChatHistory Json" },
  { .key = "tool_calls", .type = HEARTH_DATA_ARRAY, .name = "工具调用", .title = N_("Calls of Tools"),
    .description = N_("Each with round, name, arguments, and result or error.") },
  { .key = "rounds", .type = HEARTH_DATA_INTEGER, .name = "轮数", .title = N_("Rounds"),
    .description = N_("How often the model called tools.") },
  HEARTH_MODEL_SLOTS_ANSWER,
  { NULL },
};

static const HearthSlotDecl config[] = {
  HEARTH_AGENT_CONFIG,
  { .key = "maxRounds", .type = HEARTH_DATA_INTEGER, .name = "最大轮数", .title = N_("Most Rounds"),
    .description = N_("How often the model may call tools until it must answer."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 8, "min": 1, "max": 50 }) },
  { .key = "parallelism", .type = HEARTH_DATA_INTEGER, .name = "并行数", .title = N_("At Once"),
    .description = N_("How many tools of one round work at the same time."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 4, "min": 1, "max": 16 }) },
  { NULL },
};

const HearthNodeDecl hearth_node_agent = {
  .type = "Agent",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "🤖智能体",
  .title = N_("Agent"),
  .icon = "🤖",
  .description = N_("Lets a model work with tools — workflows, addresses, MCP servers — round after round until it has an answer."),
  .width = 320,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .flags = HEARTH_NODE_TOOLS | HEARTH_NODE_PREVIEW_UNSAFE,
  .model_input = "model",
  .version = 1,
  .start = agent_start,
  .resume = hearth_agent_node_resume,
};
