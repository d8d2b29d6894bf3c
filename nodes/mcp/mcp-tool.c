/* mcp-tool.c: core:McpTool, has a tool of an MCP server do something
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mcp-step.h"

#include "hearth-i18n.h"

static guint
ask_tool (HearthMcpHub      *hub,
          HearthStep        *step,
          const char        *server,
          HearthMcpAnswered  answered,
          gpointer           user_data)
{
  g_autoptr (HearthValue) arguments = hearth_shape_dup_json (step, "arguments", NULL);
  HearthValue *tool = hearth_step_get_config (step, "tool");

  return hearth_mcp_hub_call_tool (hub, server, hearth_value_get_string (tool, NULL), arguments, 0, answered, user_data);
}

/* A tool that could not do it says so in its result. */
static gboolean
take_result (HearthStep  *step,
             HearthValue *result,
             GError     **error)
{
  g_autofree char *text = hearth_mcp_result_dup_text (result);
  HearthValue *content = hearth_value_get (result, "content");
  HearthValue *structured = hearth_value_get (result, "structuredContent");

  if (hearth_value_get_member_boolean (result, "isError", FALSE))
    {
      g_autofree char *message = g_strdup_printf (_("The tool failed: %s"), text);

      g_propagate_error (error, hearth_error_new_class ("refused", 0, message));
      return FALSE;
    }
  hearth_step_set_output (step, "text", hearth_value_string (text));
  hearth_step_set_output (step, "content", hearth_value_ref_or_null (content));
  if (structured != NULL)
    hearth_step_set_output (step, "structured", hearth_value_ref (structured));
  return TRUE;
}

static void
mcp_tool_start (HearthStep *step)
{
  HearthValue *tool = hearth_step_get_config (step, "tool");
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) arguments = hearth_shape_dup_json (step, "arguments", &error);

  if (!hearth_value_is (tool, STRING) || *hearth_value_get_string (tool, NULL) == '\0')
    hearth_step_fail (step, hearth_shape_new_error ("input", 0, N_("No tool is named. Enter its name in the node's settings.")));
  else if (error != NULL || (arguments != NULL && !hearth_value_is (arguments, OBJECT)))
    hearth_step_fail (step, hearth_shape_new_error ("input", 0, N_("The arguments of a tool are an object in JSON, like {\"city\": \"Ulm\"}.")));
  else
    mcp_step_start (step, ask_tool, take_result);
}

static const HearthSlotDecl config[] = {
  { .key = "server", .type = HEARTH_DATA_STRING, .name = "服务器", .title = N_("Server"),
    .description = N_("The short name of the MCP server, as entered in the preferences."), .flags = HEARTH_SLOT_REQUIRED },
  { .key = "tool", .type = HEARTH_DATA_STRING, .name = "工具", .title = N_("Tool"),
    .description = N_("The name of the tool; “hearthctl mcp tools SERVER” lists them."), .flags = HEARTH_SLOT_REQUIRED },
  { NULL },
};

static const HearthSlotDecl inputs[] = {
  { .key = "arguments", .type = HEARTH_DATA_OBJECT, .name = "参数", .title = N_("Arguments"),
    .description = N_("What the tool is to work on: an object whose members the tool names."), .categories = "Json",
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": {}, "languageHint": "json" }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "文本", .title = N_("Text"),
    .description = N_("The texts of the result, one under the other.") },
  { .key = "content", .type = HEARTH_DATA_ARRAY, .name = "内容", .title = N_("Content"),
    .description = N_("All parts of the result: texts, pictures, resources."), .categories = "Json" },
  { .key = "structured", .type = HEARTH_DATA_OBJECT, .name = "结构化结果", .title = N_("Structured result"),
    .description = N_("The result as data, when the tool gives one."), .categories = "Json" },
  { NULL },
};

const HearthNodeDecl hearth_node_mcp_tool = {
  .type = "McpTool",
  .category = "MCP",
  .category_title = N_("MCP"),
  .name = "🧰MCP 工具",
  .title = N_("MCP Tool"),
  .icon = "🧰",
  .description = N_("Has a tool of a Model Context Protocol server do something. The server is started only if you have "
                    "allowed its command."),
  .width = 300,
  .config = config,
  .inputs = inputs,
  .outputs = outputs,
  .flags = HEARTH_NODE_PREVIEW_UNSAFE,
  .version = 1,
  .reuse = HEARTH_REUSE_NEVER,
  .start = mcp_tool_start,
};
