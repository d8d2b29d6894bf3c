/* nodes.c: the one table of built-in nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "nodes.h"

#include <gio/gio.h>
#include <string.h>

#include "hearth-i18n.h"

/* Made by glib-compile-resources from nodes.gresource.xml. */
void hearth_nodes_register_resource (void);

#define RESOURCE_ROOT "/io/github/hearthstudio/Hearth/nodes/"

/* Keep alphabetized */
#define ALL_NODES(NODE) \
  NODE (api_settings) \
  NODE (agent) \
  NODE (apply_regex) \
  NODE (assert) \
  NODE (character_card_loader) \
  NODE (chat) \
  NODE (classify) \
  NODE (compare) \
  NODE (condition) \
  NODE (context_builder) \
  NODE (create_message) \
  NODE (delay) \
  NODE (embed) \
  NODE (extract) \
  NODE (for_each) \
  NODE (generic_llm_request) \
  NODE (group_input) \
  NODE (group_output) \
  NODE (history) \
  NODE (history_loader) \
  NODE (http_request) \
  NODE (human_input) \
  NODE (image_describe) \
  NODE (math_operation) \
  NODE (matrix_operation) \
  NODE (mcp_resource) \
  NODE (mcp_tool) \
  NODE (merge) \
  NODE (merge_history) \
  NODE (merge_messages) \
  NODE (node_group) \
  NODE (open_ai) \
  NODE (open_ai_chat) \
  NODE (preset_loader) \
  NODE (random_number) \
  NODE (regex_rule_loader) \
  NODE (simple_completion) \
  NODE (stream_logger) \
  NODE (stream_suffix_relay) \
  NODE (switch) \
  NODE (test_widgets) \
  NODE (text_merge) \
  NODE (text_stream) \
  NODE (tool_call) \
  NODE (try) \
  NODE (while) \
  NODE (world_book_loader)

#define DECLARE(name) extern const HearthNodeDecl hearth_node_##name;
#define LIST(name) &hearth_node_##name,

ALL_NODES (DECLARE)

static const HearthNodeDecl *const nodes[] = { ALL_NODES (LIST) };

const HearthNodeDecl *const *
hearth_nodes_get_decls (gsize *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = G_N_ELEMENTS (nodes);
  return nodes;
}

/* A constructor in a static library is dropped by the linker, so the resource is registered here. */
static void
register_resource (void)
{
  static gsize registered = 0;

  if (g_once_init_enter (&registered))
    {
      hearth_nodes_register_resource ();
      g_once_init_leave (&registered, 1);
    }
}

GBytes *
hearth_nodes_lookup_client_script (const char *url,
                                   GError    **error)
{
  g_autofree char *path = NULL;
  GBytes *script;

  g_return_val_if_fail (url != NULL, NULL);

  if (!g_str_has_suffix (url, ".js") || strstr (url, "..") != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is not the address of a client script."), url);
      return NULL;
    }
  register_resource ();
  path = g_strconcat (RESOURCE_ROOT, url, NULL);
  script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (script == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no client script “%s”."), url);
  return script;
}
