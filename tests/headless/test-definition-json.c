/* test-definition-json.c: node types as GET /api/nodes serves them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-definition-json.h"

static const HearthSlotDecl inputs[] = {
  { .key = "text", .type = HEARTH_DATA_STRING, .name = "文本", .title = "Text", .description = "What to say",
    .categories = "UiBlock CanPreview", .flags = HEARTH_SLOT_OPTIONAL | HEARTH_SLOT_MULTI,
    .config = HEARTH_JSON ({ "default": 0, "min": -1.5 }), .actions = HEARTH_JSON ([ { "id": "a" } ]) },
  { .key = "any", .type = HEARTH_DATA_CONVERTIBLE_ANY, .flags = HEARTH_SLOT_REQUIRED | HEARTH_SLOT_DYNAMIC },
  { 0 },
};

static const HearthSlotDecl outputs[] = {
  { .key = "s", .type = HEARTH_DATA_STRING, .description = "", .flags = HEARTH_SLOT_STREAM | HEARTH_SLOT_HIDE_HANDLE },
  { 0 },
};

static const HearthSlotDecl config[] = {
  { .key = "operation", .type = HEARTH_DATA_STRING, .flags = HEARTH_SLOT_REQUIRED },
  { 0 },
};

static const HearthModeDecl modes[] = {
  { .id = "add", .name = "加", .title = "Add", .inputs = inputs, .outputs = outputs },
  { 0 },
};

static const HearthNodeDecl plain = {
  .type = "Plain", .space = "test", .category = "类", .name = "🧪Plain", .title = "Plain", .description = "Does nothing",
  .inputs = inputs, .outputs = outputs,
};

static const HearthNodeDecl rich = {
  .type = "Rich", .category = "c", .name = "Rich", .title = "Rich", .description = "", .width = 260, .modes = modes,
  .config = config, .mode_key = "operation", .default_mode = "add", .config_values = HEARTH_JSON ({ "operation": "add" }),
  .client_script_url = "client-scripts/Rich.js", .bypass = HEARTH_JSON ("mute"),
  .flags = HEARTH_NODE_DYNAMIC_SLOTS | HEARTH_NODE_PREVIEW_UNSAFE,
};

#define INPUTS                                                                                                         \
  "{\"text\":{\"dataFlowType\":\"STRING\",\"displayName\":\"文本\",\"description\":\"What to say\",\"required\":false," \
  "\"multi\":true,\"matchCategories\":[\"UiBlock\",\"CanPreview\"],\"config\":{\"default\":0,\"min\":-1.5},"           \
  "\"actions\":[{\"id\":\"a\"}]},"                                                                                     \
  "\"any\":{\"dataFlowType\":\"CONVERTIBLE_ANY\",\"displayName\":\"any\",\"required\":true,\"allowDynamicType\":true}}"
#define OUTPUTS                                                                                                        \
  "{\"s\":{\"dataFlowType\":\"STRING\",\"displayName\":\"s\",\"description\":\"\",\"isStream\":true,"                  \
  "\"hideHandle\":true}}"

static void
assert_json (const HearthNodeDecl *decl,
             const char           *wanted)
{
  g_autoptr (HearthNodeType) type = hearth_node_type_new (decl);
  g_autoptr (HearthValue) value = hearth_node_type_to_json (type);
  g_autofree char *text = hearth_json_print (value);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_plain (void)
{
  assert_json (&plain,
               "{\"type\":\"Plain\",\"namespace\":\"test\",\"category\":\"类\",\"displayName\":\"🧪Plain\","
               "\"description\":\"Does nothing\",\"inputs\":" INPUTS ",\"outputs\":" OUTPUTS "}");
}

static void
test_rich (void)
{
  assert_json (&rich,
               "{\"type\":\"Rich\",\"namespace\":\"core\",\"category\":\"c\",\"displayName\":\"Rich\",\"description\":\"\","
               "\"width\":260,\"clientScriptUrl\":\"client-scripts/Rich.js\",\"dynamicSlots\":true,"
               "\"isPreviewUnsafe\":true,\"bypassBehavior\":\"mute\",\"configValues\":{\"operation\":\"add\"},"
               "\"modeConfigKey\":\"operation\",\"defaultModeId\":\"add\","
               "\"configSchema\":{\"operation\":{\"dataFlowType\":\"STRING\",\"displayName\":\"operation\",\"required\":true}},"
               "\"inputs\":" INPUTS ",\"outputs\":" OUTPUTS ","
               "\"modes\":{\"add\":{\"id\":\"add\",\"displayName\":\"加\",\"description\":\"Add\",\"inputs\":" INPUTS
               ",\"outputs\":" OUTPUTS "}}}");
}

static void
test_catalog (void)
{
  g_autoptr (HearthCatalog) catalog = hearth_catalog_new ();
  g_autoptr (HearthValue) value = NULL;

  hearth_catalog_add (catalog, &rich);
  hearth_catalog_add (catalog, &plain);
  value = hearth_catalog_to_json (catalog);
  g_assert_true (hearth_value_is (value, ARRAY));
  g_assert_cmpuint (hearth_value_get_length (value), ==, 2);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (value, 0), "type", NULL), ==, "Rich");
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (value, 1), "type", NULL), ==, "Plain");
  g_assert_null (hearth_value_get (hearth_value_at (value, 0), "filePath"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/definition-json/plain", test_plain);
  g_test_add_func ("/definition-json/rich", test_rich);
  g_test_add_func ("/definition-json/catalog", test_catalog);
  return g_test_run ();
}
