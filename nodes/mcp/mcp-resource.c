/* mcp-resource.c: core:McpResource, reads a resource of an MCP server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mcp-step.h"

#include "hearth-i18n.h"

static guint
ask_resource (HearthMcpHub      *hub,
              HearthStep        *step,
              const char        *server,
              HearthMcpAnswered  answered,
              gpointer           user_data)
{
  g_autofree char *uri = hearth_step_dup_input_text (step, "uri", "");

  return hearth_mcp_hub_read_resource (hub, server, uri, answered, user_data);
}

/* A resource may have several parts; the text is all their texts. */
static gboolean
take_resource (HearthStep  *step,
               HearthValue *result,
               GError     **error)
{
  HearthValue *contents = hearth_value_get_member_kind (result, "contents", HEARTH_VALUE_ARRAY);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; contents != NULL && i < hearth_value_get_length (contents); i++)
    {
      const char *part = hearth_value_get_member_string (hearth_value_at (contents, i), "text", NULL);

      if (part != NULL && text->len > 0)
        g_string_append_c (text, '\n');
      if (part != NULL)
        g_string_append (text, part);
    }
  hearth_step_set_output (step, "text", hearth_value_string (text->str));
  hearth_step_set_output (step, "contents", contents != NULL ? hearth_value_ref (contents) : hearth_value_empty_array ());
  return TRUE;
}

static void
mcp_resource_start (HearthStep *step)
{
  g_autofree char *uri = hearth_step_dup_input_text (step, "uri", "");

  if (*uri == '\0')
    hearth_step_fail (step, hearth_shape_new_error ("input", 0, N_("No resource is named. Enter its address.")));
  else
    mcp_step_start (step, ask_resource, take_resource);
}

static const HearthSlotDecl config[] = {
  { .key = "server", .type = HEARTH_DATA_STRING, .name = "服务器", .title = N_("Server"),
    .description = N_("The short name of the MCP server, as entered in the preferences."), .flags = HEARTH_SLOT_REQUIRED },
  { NULL },
};

static const HearthSlotDecl inputs[] = {
  { .key = "uri", .type = HEARTH_DATA_STRING, .name = "地址", .title = N_("Address"),
    .description = N_("The resource's address, as the server names it."), .categories = "Url", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "" }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "文本", .title = N_("Text"),
    .description = N_("Its text.") },
  { .key = "contents", .type = HEARTH_DATA_ARRAY, .name = "内容", .title = N_("Contents"),
    .description = N_("Its parts, with their types; what is no text is in base64."), .categories = "Json" },
  { NULL },
};

const HearthNodeDecl hearth_node_mcp_resource = {
  .type = "McpResource",
  .category = "MCP",
  .category_title = N_("MCP"),
  .name = "📎MCP 资源",
  .title = N_("MCP Resource"),
  .icon = "📎",
  .description = N_("Reads a resource of a Model Context Protocol server."),
  .width = 300,
  .config = config,
  .inputs = inputs,
  .outputs = outputs,
  .flags = HEARTH_NODE_PREVIEW_UNSAFE,
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .start = mcp_resource_start,
};
