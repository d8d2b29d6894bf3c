/* agent-node.h: what the nodes that let models call tools have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "agent-loop.h"

G_BEGIN_DECLS

/* It went well: sets the outputs and ends the step. @answer: NULL with only_once. */
typedef void (*HearthAgentNodeEnded) (HearthStep      *step,
                                      HearthAgentLoop *loop,
                                      HearthAnswer    *answer);

/* The whole start function: gathers the tools that the settings name, then lets the model of the inputs work. */
void hearth_agent_node_start  (HearthStep             *step,
                               const HearthAgentRules *rules,
                               HearthAgentNodeEnded    ended);
void hearth_agent_node_resume (HearthStep             *step);

/* The inputs of all of them: what is to be done (@about says it), and who does it. */
#define HEARTH_AGENT_INPUTS(about, temperature) \
  { .key = "prompt", .type = HEARTH_DATA_STRING, .name = "任务", .title = N_("Task"), .description = about, \
    .categories = "Prompt UiBlock", .flags = HEARTH_SLOT_REQUIRED, \
    .config = HEARTH_JSON ({ "default": "", "multiline": true }) }, \
  HEARTH_MODEL_SLOT_HISTORY, HEARTH_MODEL_SLOT_MODEL, HEARTH_MODEL_SLOT_SYSTEM, HEARTH_MODEL_SLOTS_PARAMETERS (temperature)
#define HEARTH_AGENT_SLOT_WORKFLOWS \
  { .key = "toolWorkflows", .type = HEARTH_DATA_ARRAY, .name = "工作流工具", .title = N_("Workflows as Tools"), \
    .description = N_("The workflows that the model may call, a list of their ids: [\"weather\"]. Name, description and " \
                      "inputs of each tell the model what it does."), \
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": [], "languageHint": "json" }) }
#define HEARTH_AGENT_SLOT_HTTP \
  { .key = "httpTools", .type = HEARTH_DATA_ARRAY, .name = "HTTP 工具", .title = N_("Addresses as Tools"), \
    .description = N_("A list of objects with name, description, method, url and parameters (a JSON schema); {word} in the " \
                      "url stands for that parameter."), \
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": [], "languageHint": "json" }) }
#define HEARTH_AGENT_SLOT_MCP \
  { .key = "mcpTools", .type = HEARTH_DATA_STRING, .name = "MCP 工具", .title = N_("Tools of MCP Servers"), \
    .description = N_("Names of MCP servers whose tools the model may call, on a line each; server/tool for a single one."), \
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "", "multiline": true }) }
/* The settings of all of them. */
#define HEARTH_AGENT_CONFIG HEARTH_AGENT_SLOT_WORKFLOWS, HEARTH_AGENT_SLOT_HTTP, HEARTH_AGENT_SLOT_MCP

G_END_DECLS
