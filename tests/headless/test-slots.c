/* test-slots.c: data types, slots, the rules for joining them, node types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-types.h"

static void
test_data_type_names (void)
{
  HearthDataType type;

  for (guint i = 0; i < HEARTH_N_DATA_TYPES; i++)
    {
      g_assert_true (hearth_data_type_from_string (hearth_data_type_to_string (i), &type));
      g_assert_cmpint (type, ==, i);
    }
  g_assert_cmpstr (hearth_data_type_to_string (HEARTH_DATA_CONVERTIBLE_ANY), ==, "CONVERTIBLE_ANY");
  g_assert_false (hearth_data_type_from_string ("any", &type));
  g_assert_cmpint (type, ==, HEARTH_DATA_WILDCARD);
  g_assert_false (hearth_data_type_from_string (NULL, &type));
}

static void
test_data_type_zero (void)
{
  static const char *const texts[] = { "\"\"", "0", "0", "false", "{}", "[]", NULL, NULL, NULL };

  for (guint i = 0; i < HEARTH_N_DATA_TYPES; i++)
    {
      HearthValue *zero = hearth_data_type_get_zero (i);
      g_autofree char *text = zero != NULL ? hearth_json_print (zero) : NULL;

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

typedef struct
{
  HearthDataType type;
  const char *categories;
} Side;

#define S(type, categories) { HEARTH_DATA_##type, categories }

/* nodes.md 2.4, rule by rule. */
static const struct
{
  const char *rule;
  Side source;
  Side target;
  gboolean allowed;
} connect_table[] = {
  { "1 wild source", S (WILDCARD, NULL), S (STRING, NULL), TRUE },
  { "1 wild target", S (OBJECT, NULL), S (WILDCARD, NULL), TRUE },
  { "1 both wild", S (WILDCARD, NULL), S (WILDCARD, NULL), TRUE },
  { "1 wild by category", S (ARRAY, "BehaviorWildcard"), S (BINARY, NULL), TRUE },
  { "2 convertible source", S (CONVERTIBLE_ANY, NULL), S (ARRAY, NULL), TRUE },
  { "2 convertible target", S (BINARY, NULL), S (CONVERTIBLE_ANY, NULL), TRUE },
  { "2 both convertible", S (CONVERTIBLE_ANY, NULL), S (CONVERTIBLE_ANY, NULL), TRUE },
  { "2 convertible by category", S (OBJECT, NULL), S (FLOAT, "BehaviorConvertible"), TRUE },
  { "6 wild meets convertible", S (WILDCARD, NULL), S (CONVERTIBLE_ANY, NULL), FALSE },
  { "6 convertible meets wild", S (CONVERTIBLE_ANY, NULL), S (WILDCARD, NULL), FALSE },
  { "3 rescues wild and convertible", S (WILDCARD, "Json"), S (CONVERTIBLE_ANY, "Json"), TRUE },
  { "3 shared category", S (OBJECT, "Json"), S (STRING, "Prompt Json"), TRUE },
  { "3 rendering category", S (OBJECT, "UiBlock"), S (FLOAT, "UiBlock"), TRUE },
  { "3 free category", S (ARRAY, "Matrix"), S (OBJECT, "Matrix"), TRUE },
  { "3 other categories", S (OBJECT, "Json"), S (STRING, "Prompt"), FALSE },
  { "4 same type", S (ARRAY, NULL), S (ARRAY, NULL), TRUE },
  { "4 same type, other categories", S (STRING, "Url"), S (STRING, "Prompt"), TRUE },
  { "4 integer to float", S (INTEGER, NULL), S (FLOAT, NULL), TRUE },
  { "4 float to integer", S (FLOAT, NULL), S (INTEGER, NULL), FALSE },
  { "4 integer to string", S (INTEGER, NULL), S (STRING, NULL), TRUE },
  { "4 float to string", S (FLOAT, NULL), S (STRING, NULL), TRUE },
  { "4 boolean to string", S (BOOLEAN, NULL), S (STRING, NULL), TRUE },
  { "4 string to integer", S (STRING, NULL), S (INTEGER, NULL), FALSE },
  { "4 object to string", S (OBJECT, NULL), S (STRING, NULL), FALSE },
  { "5 string to code", S (STRING, NULL), S (OBJECT, "Code"), TRUE },
  { "5 code to string", S (OBJECT, "Code"), S (STRING, NULL), TRUE },
  { "5 string to choice", S (STRING, NULL), S (INTEGER, "ComboOption"), TRUE },
  { "5 choice to string", S (ARRAY, "ComboOption"), S (STRING, NULL), TRUE },
  { "5 code to number", S (OBJECT, "Code"), S (FLOAT, NULL), FALSE },
  { "6 rest", S (BOOLEAN, NULL), S (INTEGER, NULL), FALSE },
  { "6 binary to string", S (BINARY, NULL), S (STRING, NULL), FALSE },
};

static HearthSlot *
make_slot (const Side *side,
           HearthSlotFlags flags)
{
  const HearthSlotDecl decl = {
    .key = "slot", .type = side->type, .categories = side->categories, .flags = flags
  };

  return hearth_slot_new_from_decl (&decl);
}

static void
test_can_connect (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (connect_table); i++)
    {
      g_autoptr (HearthSlot) source = make_slot (&connect_table[i].source, 0);
      g_autoptr (HearthSlot) target = make_slot (&connect_table[i].target, 0);
      g_autoptr (HearthSlot) stream = make_slot (&connect_table[i].source, HEARTH_SLOT_STREAM);

      g_test_message ("rule %s", connect_table[i].rule);
      g_assert_cmpint (hearth_slot_can_connect (source, target), ==, connect_table[i].allowed);
      /* Whether something streams is never compared. */
      g_assert_cmpint (hearth_slot_can_connect (stream, target), ==, connect_table[i].allowed);
    }
}

static const struct
{
  Side input;
  Side output;
  gboolean allowed;
} pass_table[] = {
  { S (ARRAY, "BehaviorWildcard"), S (STRING, NULL), TRUE },
  { S (ARRAY, NULL), S (STRING, "BehaviorWildcard"), TRUE },
  { S (OBJECT, "Json"), S (STRING, "Json"), TRUE },
  { S (STRING, NULL), S (STRING, NULL), TRUE },
  { S (WILDCARD, NULL), S (CONVERTIBLE_ANY, NULL), TRUE },
  { S (OBJECT, NULL), S (CONVERTIBLE_ANY, NULL), TRUE },
  { S (INTEGER, NULL), S (FLOAT, NULL), TRUE },
  { S (BOOLEAN, NULL), S (STRING, NULL), TRUE },
  { S (FLOAT, NULL), S (INTEGER, NULL), FALSE },
  { S (STRING, NULL), S (OBJECT, "Code"), FALSE },
  { S (ARRAY, NULL), S (OBJECT, NULL), FALSE },
};

static void
test_can_pass (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pass_table); i++)
    {
      g_autoptr (HearthSlot) input = make_slot (&pass_table[i].input, 0);
      g_autoptr (HearthSlot) output = make_slot (&pass_table[i].output, 0);
      g_autoptr (HearthSlot) stream = make_slot (&pass_table[i].output, HEARTH_SLOT_STREAM);

      g_test_message ("row %u", i);
      g_assert_cmpint (hearth_slot_can_pass (input, output), ==, pass_table[i].allowed);
      g_assert_false (hearth_slot_can_pass (input, stream));
    }
}

static void
test_effective_default (void)
{
  static const struct
  {
    HearthSlotDecl decl;
    const char *expected;
  } table[] = {
    { { .key = "s", .type = HEARTH_DATA_STRING }, "\"\"" },
    { { .key = "s", .type = HEARTH_DATA_STRING, .config = HEARTH_JSON ({ "default": "x" }) }, "\"x\"" },
    { { .key = "s", .type = HEARTH_DATA_STRING, .config = HEARTH_JSON ({ "default": null }) }, "null" },
    { { .key = "s", .type = HEARTH_DATA_STRING, .flags = HEARTH_SLOT_STREAM,
        .config = HEARTH_JSON ({ "default": "x" }) }, NULL },
    { { .key = "s", .type = HEARTH_DATA_STRING, .config = HEARTH_JSON ({ "suggestions": ["a", "b"] }) }, "\"\"" },
    { { .key = "s", .type = HEARTH_DATA_BINARY }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (HearthSlot) slot = hearth_slot_new_from_decl (&table[i].decl);
      HearthValue *value = hearth_slot_get_effective_default (slot);
      g_autofree char *text = value != NULL ? hearth_json_print (value) : NULL;

      g_assert_cmpstr (text, ==, table[i].expected);
    }
}

static void
test_slot_from_interface (void)
{
  g_autoptr (HearthValue) entry = test_parse (
    "{\"key\":\"k\",\"displayName\":\"Number\",\"dataFlowType\":\"INTEGER\",\"customDescription\":\"why\","
    "\"required\":true,\"isStream\":true,\"multi\":true,\"allowDynamicType\":true,\"hideHandle\":true,"
    "\"matchCategories\":[\"Json\",7,\"Prompt\"],\"min\":2,\"max\":9,\"config\":{\"default\":5,\"max\":8}}");
  g_autoptr (HearthSlot) slot = hearth_slot_new_from_interface ("k", entry);
  g_autoptr (HearthSlot) bare = hearth_slot_new_from_interface ("bare", NULL);

  g_assert_cmpint (slot->type, ==, HEARTH_DATA_INTEGER);
  g_assert_cmpstr (slot->name, ==, "Number");
  g_assert_cmpstr (slot->description, ==, "why");
  g_assert_cmpint (slot->flags, ==,
                   HEARTH_SLOT_REQUIRED | HEARTH_SLOT_STREAM | HEARTH_SLOT_MULTI | HEARTH_SLOT_DYNAMIC
                     | HEARTH_SLOT_HIDE_HANDLE);
  g_assert_cmpuint (g_strv_length (slot->categories), ==, 2);
  g_assert_true (hearth_slot_has_category (slot, "Prompt"));
  g_assert_cmpint (hearth_value_get_integer (slot->default_value), ==, 5);
  g_assert_cmpint (hearth_value_get_member_integer (slot->config, "min", 0), ==, 2);
  g_assert_cmpint (hearth_value_get_member_integer (slot->config, "max", 0), ==, 8);

  g_assert_cmpstr (bare->name, ==, "bare");
  g_assert_cmpint (bare->type, ==, HEARTH_DATA_WILDCARD);
  g_assert_cmpint (bare->flags, ==, 0);
}

static void
test_node_type (void)
{
  g_autoptr (HearthNodeType) type = hearth_node_type_new (&math_decl);
  g_autoptr (HearthValue) root = test_parse ("{\"operationMode\":\"sqrt\"}");
  g_autoptr (HearthValue) odd = test_parse ("{\"operationMode\":\"unheard\"}");

  g_assert_cmpstr (type->id, ==, "core:MathOperation");
  g_assert_cmpuint (type->modes->len, ==, 2);
  g_assert_false (type->streams);
  g_assert_nonnull (hearth_slots_find (hearth_node_type_get_inputs (type, NULL), "a"));
  g_assert_nonnull (hearth_slots_find (hearth_node_type_get_inputs (type, root), "value"));
  g_assert_null (hearth_slots_find (hearth_node_type_get_inputs (type, root), "a"));
  g_assert_cmpstr (hearth_node_type_get_mode (type, odd)->id, ==, "add");
  g_assert_cmpstr (hearth_value_get_member_string (type->config_values, "operationMode", NULL), ==, "add");
}

static void
test_catalog (void)
{
  static const HearthNodeDecl newer = { .type = "TextMerge", .category = "Test", .name = "Newer" };
  g_autoptr (HearthCatalog) catalog = test_catalog_new ();
  guint size = hearth_catalog_get_size (catalog);

  g_assert_null (hearth_catalog_lookup (catalog, "TextMerge"));
  g_assert_null (hearth_catalog_lookup (catalog, NULL));
  g_assert_true (hearth_catalog_lookup (catalog, "core:TextMerge") == hearth_catalog_at (catalog, 0));
  g_assert_true (hearth_catalog_lookup (catalog, "test:Various")->streams);

  hearth_catalog_add (catalog, &newer);
  g_assert_cmpuint (hearth_catalog_get_size (catalog), ==, size);
  g_assert_cmpstr (hearth_catalog_lookup (catalog, "core:TextMerge")->title, ==, "Newer");
  g_assert_cmpstr (hearth_catalog_at (catalog, 0)->title, ==, "Newer");
}

static void
test_handle_parse (void)
{
  static const struct
  {
    const char *handle;
    const char *key;
    int index;
  } table[] = {
    { "messages", "messages", -1 }, { "x__0", "x", 0 },         { "x__12", "x", 12 },
    { "x__01", "x__01", -1 },       { "x__-1", "x__-1", -1 },   { "x__", "x__", -1 },
    { "__1", "__1", -1 },           { "a__b__0", "a__b__0", -1 }, { "x__1a", "x__1a", -1 },
    { "x_1", "x_1", -1 },           { "", "", -1 },             { "x__99999999999", "x__99999999999", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      int index = 77;
      g_autofree char *key = hearth_handle_parse (table[i].handle, &index);

      g_assert_cmpstr (key, ==, table[i].key);
      g_assert_cmpint (index, ==, table[i].index);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slots/data-type-names", test_data_type_names);
  g_test_add_func ("/slots/data-type-zero", test_data_type_zero);
  g_test_add_func ("/slots/can-connect", test_can_connect);
  g_test_add_func ("/slots/can-pass", test_can_pass);
  g_test_add_func ("/slots/effective-default", test_effective_default);
  g_test_add_func ("/slots/from-interface", test_slot_from_interface);
  g_test_add_func ("/slots/node-type", test_node_type);
  g_test_add_func ("/slots/catalog", test_catalog);
  g_test_add_func ("/slots/handle-parse", test_handle_parse);
  return g_test_run ();
}
