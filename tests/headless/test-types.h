/* test-types.h: a handful of node types, so that the graph is tested without the node catalogue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

static const HearthSlotDecl text_merge_inputs[] = {
  { .key = "separator", .type = HEARTH_DATA_STRING, .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "\\n", "multiline": false }) },
  { .key = "text_inputs", .type = HEARTH_DATA_STRING, .name = "Texts", .categories = "UiBlock",
    .flags = HEARTH_SLOT_REQUIRED | HEARTH_SLOT_MULTI },
  { 0 },
};

static const HearthSlotDecl text_merge_outputs[] = {
  { .key = "merged_text", .type = HEARTH_DATA_STRING, .name = "Merged" },
  { 0 },
};

static const HearthNodeDecl text_merge_decl = {
  .type = "TextMerge", .category = "Test", .name = "Merge texts",
  .inputs = text_merge_inputs, .outputs = text_merge_outputs,
};

static const HearthNodeDecl caller_decl = {
  .type = "Caller", .category = "Test", .name = "Caller", .flags = HEARTH_NODE_CALLS,
};

static const HearthSlotDecl create_message_inputs[] = {
  { .key = "role", .type = HEARTH_DATA_STRING, .categories = "ComboOption", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "user", "suggestions": [ { "value": "system", "label": "system" } ] }) },
  { .key = "content", .type = HEARTH_DATA_STRING, .categories = "UiBlock CanPreview", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "", "multiline": true }) },
  { 0 },
};

static const HearthSlotDecl messages_outputs[] = {
  { .key = "messages", .type = HEARTH_DATA_STRING, .name = "Messages", .categories = "Json ChatHistory" },
  { 0 },
};

static const HearthNodeDecl create_message_decl = {
  .type = "CreateMessage", .category = "Test", .name = "Message",
  .inputs = create_message_inputs, .outputs = messages_outputs,
};

static const HearthSlotDecl merge_messages_inputs[] = {
  { .key = "message_inputs", .type = HEARTH_DATA_STRING, .categories = "Json ChatMessage ChatHistory",
    .flags = HEARTH_SLOT_REQUIRED | HEARTH_SLOT_MULTI },
  { 0 },
};

static const HearthNodeDecl merge_messages_decl = {
  .type = "MergeMessages", .category = "Test", .name = "Merge messages",
  .inputs = merge_messages_inputs, .outputs = messages_outputs,
};

static const HearthSlotDecl add_inputs[] = {
  { .key = "a", .type = HEARTH_DATA_FLOAT, .flags = HEARTH_SLOT_REQUIRED },
  { .key = "b", .type = HEARTH_DATA_FLOAT, .flags = HEARTH_SLOT_REQUIRED },
  { .key = "clamp", .type = HEARTH_DATA_BOOLEAN, .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": false }) },
  { 0 },
};

static const HearthSlotDecl sqrt_inputs[] = {
  { .key = "value", .type = HEARTH_DATA_FLOAT, .name = "Value", .flags = HEARTH_SLOT_REQUIRED },
  { .key = "clamp", .type = HEARTH_DATA_BOOLEAN, .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": false }) },
  { 0 },
};

static const HearthSlotDecl math_outputs[] = {
  { .key = "result", .type = HEARTH_DATA_FLOAT },
  { 0 },
};

static const HearthModeDecl math_modes[] = {
  { .id = "add", .name = "Add", .inputs = add_inputs, .outputs = math_outputs },
  { .id = "sqrt", .name = "Square root", .inputs = sqrt_inputs, .outputs = math_outputs },
  { 0 },
};

static const HearthSlotDecl math_config[] = {
  { .key = "operationMode", .type = HEARTH_DATA_STRING, .categories = "ComboOption", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "add" }) },
  { 0 },
};

static const HearthNodeDecl math_decl = {
  .type = "MathOperation", .category = "Test", .name = "Math",
  .inputs = add_inputs, .outputs = math_outputs, .config = math_config,
  .modes = math_modes, .mode_key = "operationMode", .default_mode = "add",
  .config_values = HEARTH_JSON ({ "operationMode": "add" }),
};

/* One slot of every sort the rules speak of. */
static const HearthSlotDecl various_inputs[] = {
  { .key = "stream", .type = HEARTH_DATA_WILDCARD, .flags = HEARTH_SLOT_STREAM },
  { .key = "object", .type = HEARTH_DATA_OBJECT, .name = "Object", .flags = HEARTH_SLOT_REQUIRED },
  { .key = "list", .type = HEARTH_DATA_ARRAY },
  { .key = "count", .type = HEARTH_DATA_INTEGER, .name = "Count", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "min": 0, "max": 10 }) },
  { .key = "flag", .type = HEARTH_DATA_BOOLEAN },
  { .key = "button", .type = HEARTH_DATA_WILDCARD, .categories = "Trigger" },
  { .key = "hidden", .type = HEARTH_DATA_STRING, .flags = HEARTH_SLOT_HIDE_HANDLE },
  { .key = "any", .type = HEARTH_DATA_WILDCARD },
  { 0 },
};

static const HearthSlotDecl various_outputs[] = {
  { .key = "stream", .type = HEARTH_DATA_WILDCARD, .flags = HEARTH_SLOT_STREAM },
  { .key = "object", .type = HEARTH_DATA_OBJECT, .name = "Object" },
  { .key = "count", .type = HEARTH_DATA_INTEGER, .name = "Count" },
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "Text" },
  { .key = "any", .type = HEARTH_DATA_WILDCARD },
  { 0 },
};

static const HearthNodeDecl various_decl = {
  .type = "Various", .space = "test", .category = "Test", .name = "Various", .width = 320,
  .inputs = various_inputs, .outputs = various_outputs,
};

static const HearthSlotDecl needy_inputs[] = {
  { .key = "stream", .type = HEARTH_DATA_WILDCARD, .name = "Stream", .flags = HEARTH_SLOT_STREAM | HEARTH_SLOT_REQUIRED },
  { .key = "anything", .type = HEARTH_DATA_WILDCARD, .flags = HEARTH_SLOT_REQUIRED },
  { .key = "text", .type = HEARTH_DATA_STRING, .flags = HEARTH_SLOT_REQUIRED },
  { 0 },
};

static const HearthNodeDecl needy_decl = {
  .type = "Needy", .space = "test", .category = "Test", .name = "Needy", .inputs = needy_inputs,
};

/* Asks the models that "model" names. */
static const HearthSlotDecl asker_inputs[] = {
  { .key = "model", .type = HEARTH_DATA_WILDCARD, .name = "Model", .config = HEARTH_JSON ({ "default": "here" }) },
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "Text" },
  { 0 },
};

static const HearthNodeDecl asker_decl = {
  .type = "Asker", .space = "test", .category = "Test", .name = "Asker", .inputs = asker_inputs, .outputs = math_outputs,
  .model_input = "model",
};

static const HearthSlotDecl open_inputs[] = {
  { .key = "input_0", .type = HEARTH_DATA_CONVERTIBLE_ANY, .name = "*", .categories = "BehaviorConvertible",
    .flags = HEARTH_SLOT_DYNAMIC },
  { 0 },
};

static const HearthSlotDecl open_outputs[] = {
  { .key = "output_0", .type = HEARTH_DATA_CONVERTIBLE_ANY, .name = "*", .categories = "BehaviorConvertible",
    .flags = HEARTH_SLOT_DYNAMIC },
  { 0 },
};

static const HearthNodeDecl group_input_decl = {
  .type = "GroupInput", .category = "Group", .name = "Inputs", .outputs = open_outputs,
  .flags = HEARTH_NODE_DYNAMIC_SLOTS,
};

static const HearthNodeDecl group_output_decl = {
  .type = "GroupOutput", .category = "Group", .name = "Outputs", .inputs = open_inputs,
  .flags = HEARTH_NODE_DYNAMIC_SLOTS,
};

static const HearthNodeDecl node_group_decl = {
  .type = "NodeGroup", .category = "Group", .name = "Group", .width = 250,
};

static inline HearthCatalog *
test_catalog_new (void)
{
  static const HearthNodeDecl *const decls[] = {
    &text_merge_decl, &caller_decl, &create_message_decl, &merge_messages_decl, &math_decl,       &various_decl,
    &needy_decl,      &group_input_decl,    &group_output_decl,   &node_group_decl, &asker_decl,
  };
  HearthCatalog *catalog = hearth_catalog_new ();

  hearth_catalog_add_all (catalog, decls, G_N_ELEMENTS (decls));
  return catalog;
}

static inline HearthValue *
test_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  HearthValue *value = hearth_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static inline HearthValue *
test_read_value (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "workflows", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return test_parse (text);
}

static inline HearthGraph *
test_graph_from_value (HearthValue *value)
{
  g_autoptr (HearthCatalog) catalog = test_catalog_new ();
  g_autoptr (GError) error = NULL;
  HearthGraph *graph = hearth_graph_new_from_value (catalog, value, &error);

  g_assert_no_error (error);
  return graph;
}

static inline HearthGraph *
test_graph_new (const char *text)
{
  g_autoptr (HearthValue) value = test_parse (text);

  return test_graph_from_value (value);
}

static inline HearthGraph *
test_graph_read (const char *name)
{
  g_autoptr (HearthValue) value = test_read_value (name);

  return test_graph_from_value (value);
}

static inline char *
test_print (HearthGraph *graph)
{
  g_autoptr (HearthValue) value = hearth_graph_to_value (graph);

  return hearth_json_print (value);
}
