/* test-nodes-table.c: the table of nodes, and every declared fact of theirs
 *
 * The facts lie in tests/data/nodes-facts.json. They were written by this program (with --write)
 * from declarations that had been compared with the protocol notes' nodes.json; where that file
 * is at hand (HEARTH_PROTOCOL_DIR), they are compared again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-json.h"
#include "nodes.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

/* --- declarations as the JSON of nodes.json --------------------------------------------- */

static HearthValue *
parse (const char *json)
{
  g_autoptr(GError) error = NULL;
  HearthValue *value;

  if (json == NULL)
    return NULL;
  value = hearth_json_parse (json, -1, &error);
  if (value == NULL)
    g_error ("%s: %s", json, error->message);
  return value;
}

static HearthValue *
flag (HearthSlotFlags flags,
      HearthSlotFlags which)
{
  return (flags & which) != 0 ? hearth_value_boolean (TRUE) : NULL;
}

static HearthValue *
list_categories (const char *categories)
{
  g_auto(GStrv) words = NULL;

  if (categories == NULL)
    return NULL;
  words = g_strsplit (categories, " ", -1);
  return hearth_value_strv ((const char *const *) words);
}

static HearthValue *
slot_to_value (const HearthSlotDecl *slot)
{
  g_auto(HearthBuilder) b = HEARTH_BUILDER_INIT;

  hearth_builder_add_string (&b, "dataFlowType", hearth_data_type_to_string (slot->type));
  hearth_builder_add_string (&b, "displayName", slot->name);
  hearth_builder_add_string (&b, "description", slot->description != NULL ? "" : NULL);
  if ((slot->flags & (HEARTH_SLOT_REQUIRED | HEARTH_SLOT_OPTIONAL)) != 0)
    hearth_builder_add (&b, "required", hearth_value_boolean ((slot->flags & HEARTH_SLOT_REQUIRED) != 0));
  hearth_builder_add (&b, "isStream", flag (slot->flags, HEARTH_SLOT_STREAM));
  hearth_builder_add (&b, "multi", flag (slot->flags, HEARTH_SLOT_MULTI));
  hearth_builder_add (&b, "allowDynamicType", flag (slot->flags, HEARTH_SLOT_DYNAMIC));
  hearth_builder_add (&b, "hideHandle", flag (slot->flags, HEARTH_SLOT_HIDE_HANDLE));
  hearth_builder_add (&b, "matchCategories", list_categories (slot->categories));
  hearth_builder_add (&b, "config", parse (slot->config));
  hearth_builder_add (&b, "actions", parse (slot->actions));
  return hearth_builder_end_object (&b);
}

static HearthValue *
slots_to_value (const HearthSlotDecl *slots)
{
  g_auto(HearthBuilder) b = HEARTH_BUILDER_INIT;

  for (; slots != NULL && slots->key != NULL; slots++)
    hearth_builder_add (&b, slots->key, slot_to_value (slots));
  return hearth_builder_end_object (&b);
}

static HearthValue *
modes_to_value (const HearthModeDecl *modes)
{
  g_auto(HearthBuilder) b = HEARTH_BUILDER_INIT;

  for (; modes->id != NULL; modes++)
    hearth_builder_add (&b, modes->id,
                        hearth_value_object ("id", hearth_value_string (modes->id),
                                             "displayName", hearth_value_string (modes->name),
                                             "inputs", slots_to_value (modes->inputs),
                                             "outputs", slots_to_value (modes->outputs), NULL));
  return hearth_builder_end_object (&b);
}

static HearthValue *
decl_to_value (const HearthNodeDecl *decl)
{
  g_auto(HearthBuilder) b = HEARTH_BUILDER_INIT;

  hearth_builder_add_string (&b, "type", decl->type);
  hearth_builder_add_string (&b, "namespace", decl->space != NULL ? decl->space : "core");
  hearth_builder_add_string (&b, "category", decl->category);
  hearth_builder_add_string (&b, "displayName", decl->name);
  if (decl->width > 0)
    hearth_builder_add (&b, "width", hearth_value_integer (decl->width));
  if (decl->flags & HEARTH_NODE_DYNAMIC_SLOTS)
    hearth_builder_add (&b, "dynamicSlots", hearth_value_boolean (TRUE));
  if (decl->flags & HEARTH_NODE_PREVIEW_UNSAFE)
    hearth_builder_add (&b, "isPreviewUnsafe", hearth_value_boolean (TRUE));
  hearth_builder_add (&b, "configValues", parse (decl->config_values));
  hearth_builder_add_string (&b, "modeConfigKey", decl->mode_key);
  hearth_builder_add_string (&b, "defaultModeId", decl->default_mode);
  hearth_builder_add_string (&b, "clientScriptUrl", decl->client_script_url);
  hearth_builder_add (&b, "bypassBehavior", parse (decl->bypass));
  if (decl->config != NULL)
    hearth_builder_add (&b, "configSchema", slots_to_value (decl->config));
  hearth_builder_add (&b, "inputs", slots_to_value (decl->inputs));
  hearth_builder_add (&b, "outputs", slots_to_value (decl->outputs));
  if (decl->modes != NULL)
    hearth_builder_add (&b, "modes", modes_to_value (decl->modes));
  return hearth_builder_end_object (&b);
}

static char *
describe_all (void)
{
  g_autoptr(GString) text = g_string_new ("[\n");
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(HearthValue) value = decl_to_value (decls[i]);

      hearth_json_append (text, value);
      g_string_append (text, i + 1 < n ? ",\n" : "\n]\n");
    }
  return g_strdup (text->str);
}

/* --- comparing ------------------------------------------------------------------------------ */

/* Objects whose order is what people see. */
static gboolean
is_ordered (const char *key)
{
  return key != NULL && (g_str_equal (key, "inputs") || g_str_equal (key, "outputs") || g_str_equal (key, "configSchema")
                         || g_str_equal (key, "modes"));
}

static void compare (HearthValue *facts, HearthValue *ours, const char *key, const char *path);

static void
compare_objects (HearthValue *facts,
                 HearthValue *ours,
                 const char  *key,
                 const char  *path)
{
  g_assert_true (hearth_value_is (ours, OBJECT));
  for (gsize i = 0; i < hearth_value_get_length (facts); i++)
    {
      const char *member = hearth_value_key_at (facts, i);
      g_autofree char *inner = g_strdup_printf ("%s.%s", path, member);

      /* Texts of nodes and modes are ours; of slots only whether there is one. */
      if (g_str_equal (member, "description") && hearth_value_get (facts, "dataFlowType") == NULL)
        continue;
      if (is_ordered (key) && g_strcmp0 (hearth_value_key_at (ours, i), member) != 0)
        g_error ("%s is at another place", inner);
      compare (hearth_value_member_at (facts, i), hearth_value_get (ours, member), member, inner);
    }
  for (gsize i = 0; i < hearth_value_get_length (ours); i++)
    if (hearth_value_get (facts, hearth_value_key_at (ours, i)) == NULL)
      g_error ("%s.%s is not in the facts", path, hearth_value_key_at (ours, i));
}

static void
compare (HearthValue *facts,
         HearthValue *ours,
         const char  *key,
         const char  *path)
{
  if (hearth_value_is (facts, OBJECT) && ours != NULL)
    {
      compare_objects (facts, ours, key, path);
      return;
    }
  if (!hearth_value_equal (facts, ours))
    {
      g_autofree char *want = hearth_json_print (facts);
      g_autofree char *have = ours != NULL ? hearth_json_print (ours) : g_strdup ("nothing");

      g_error ("%s is %s, should be %s", path, have, want);
    }
}

static HearthValue *
load (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  HearthValue *value;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  value = hearth_json_parse (text, length, &error);
  g_assert_no_error (error);
  return value;
}

static HearthValue *
find_fact (HearthValue *list,
           const char  *type)
{
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      HearthValue *fact = hearth_value_at (list, i);

      if (g_strcmp0 (hearth_value_get_member_string (fact, "type", NULL), type) == 0)
        return fact;
    }
  return NULL;
}

/* Long samples are left empty in the notes. */
static HearthValue *
blank_samples (HearthValue *ours,
               HearthValue *facts)
{
  static const char *const keys[] = { "markdown_input", "javascript_code_input" };
  HearthValue *inputs = hearth_value_ref (hearth_value_get (ours, "inputs"));
  g_autoptr(HearthValue) empty = hearth_value_string ("");
  HearthValue *changed;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      HearthValue *slot = hearth_value_get (inputs, keys[i]);
      g_autoptr(HearthValue) config = NULL;
      g_autoptr(HearthValue) new_slot = NULL;
      HearthValue *next;

      if (slot == NULL)
        continue;
      config = hearth_value_with (hearth_value_get (slot, "config"), "default", empty);
      new_slot = hearth_value_with (slot, "config", config);
      next = hearth_value_with (inputs, keys[i], new_slot);
      hearth_value_unref (inputs);
      inputs = next;
    }
  changed = hearth_value_with (ours, "inputs", inputs);
  hearth_value_unref (inputs);
  return changed;
}

/* Those the notes do not know. */
static const char *const own_types[] = {
  "Agent", "Assert", "Chat", "Classify", "Compare", "Condition", "Delay", "Embed", "Extract", "ForEach",
  "HttpRequest", "HumanInput", "ImageDescribe", "McpResource", "McpTool", "Merge", "SimpleCompletion", "Switch",
  "TextStream", "ToolCall",
  "Try", "While", NULL,
};

static void
test_protocol (void)
{
  const char *dir = g_getenv ("HEARTH_PROTOCOL_DIR");
  g_autofree char *path = dir != NULL ? g_build_filename (dir, "nodes.json", NULL) : NULL;
  g_autoptr(HearthValue) notes = NULL;
  gsize n, n_compared = 0;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("HEARTH_PROTOCOL_DIR does not name a folder with nodes.json");
      return;
    }
  notes = load (path);
  for (gsize i = 0; i < n; i++)
    {
      HearthValue *facts = find_fact (hearth_value_get (notes, "nodes"), decls[i]->type);
      g_autoptr(HearthValue) ours = decl_to_value (decls[i]);
      g_autoptr(HearthValue) blanked = blank_samples (ours, facts);

      if (facts == NULL)
        {
          g_assert_true (g_strv_contains (own_types, decls[i]->type));
          continue;
        }
      compare (facts, blanked, NULL, decls[i]->type);
      n_compared++;
    }
  g_assert_cmpuint (n_compared, ==, n - (G_N_ELEMENTS (own_types) - 1));
}

static void
test_facts (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "nodes-facts.json", NULL);
  g_autoptr(HearthValue) list = load (path);
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  g_assert_cmpuint (hearth_value_get_length (list), ==, n);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(HearthValue) ours = decl_to_value (decls[i]);
      HearthValue *facts = find_fact (list, decls[i]->type);

      if (facts == NULL)
        g_error ("%s is not in nodes-facts.json", decls[i]->type);
      compare (facts, ours, NULL, decls[i]->type);
    }
}

/* --- the table -------------------------------------------------------------------------------- */

/* "TextMerge" -> "text_merge", which is how its C identifier ends. */
static char *
to_identifier (const char *type)
{
  GString *name = g_string_new (NULL);

  for (const char *p = type; *p != '\0'; p++)
    {
      if (g_ascii_isupper (*p) && p > type)
        g_string_append_c (name, '_');
      g_string_append_c (name, g_ascii_tolower (*p));
    }
  return g_string_free (name, FALSE);
}

static void
test_order (void)
{
  g_autofree char *before = g_strdup ("");
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  g_assert_cmpuint (n, >=, 15);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = to_identifier (decls[i]->type);

      g_assert_cmpstr (before, <, name); /* sorted, and therefore unique */
      g_free (before);
      before = g_steal_pointer (&name);
    }
}

static void
check_slots (const char           *type,
             const HearthSlotDecl *slots,
             gboolean              only_operands)
{
  for (; slots != NULL && slots->key != NULL; slots++)
    {
      if (strstr (slots->key, "__") != NULL)
        g_error ("%s.%s would read as part of a multi-input", type, slots->key);
      if (slots->name == NULL || *slots->name == '\0')
        g_error ("%s.%s has no name", type, slots->key);
      if (!only_operands && (slots->description == NULL || *slots->description == '\0'))
        g_error ("%s.%s has no description", type, slots->key);
      hearth_value_unref (slot_to_value (slots)); /* its JSON is read */
    }
}

static void
test_completeness (void)
{
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  for (gsize i = 0; i < n; i++)
    {
      const HearthNodeDecl *decl = decls[i];
      int n_ways = (decl->run != NULL) + (decl->compute != NULL) + (decl->start != NULL);

      g_test_message ("%s", decl->type);
      g_assert_true (decl->title != NULL && *decl->title != '\0');
      g_assert_true (decl->description != NULL && g_str_has_suffix (decl->description, "."));
      g_assert_true (decl->category != NULL && decl->category_title != NULL && decl->name != NULL);
      g_assert_true (decl->icon == NULL || g_str_has_prefix (decl->name, decl->icon));
      g_assert_cmpint (decl->version, >=, 1);
      g_assert_cmpint (n_ways, ==, 1);
      g_assert_true (decl->resume == NULL || decl->start != NULL);
      /* The protocol gives operands of modes no description. */
      check_slots (decl->type, decl->inputs, decl->modes != NULL);
      check_slots (decl->type, decl->outputs, decl->modes != NULL);
      check_slots (decl->type, decl->config, decl->modes != NULL);
      if (decl->client_script_url != NULL)
        {
          g_autoptr(GBytes) script = hearth_nodes_lookup_client_script (decl->client_script_url, NULL);

          g_assert_nonnull (script);
        }
    }
}

/* --- examples: tests/workflows/ ------------------------------------------------------------------ */

static void
collect_types (GHashTable *types,
               const char *path)
{
  g_autoptr(HearthValue) workflow = load (path);
  HearthValue *nodes = hearth_value_get (workflow, "nodes");

  for (gsize i = 0; hearth_value_is (nodes, ARRAY) && i < hearth_value_get_length (nodes); i++)
    g_hash_table_add (types, g_strdup (hearth_value_get_member_string (hearth_value_at (nodes, i), "type", "")));
}

static void
test_examples (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "workflows", NULL);
  g_autoptr(GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *stem = g_str_has_suffix (name, ".json") ? g_strndup (name, strlen (name) - 5) : NULL;
      g_autofree char *expected = stem != NULL ? g_strdup_printf ("%s/%s.expected.json", folder, stem) : NULL;
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (stem != NULL && !g_str_has_suffix (stem, ".expected") && g_file_test (expected, G_FILE_TEST_EXISTS))
        collect_types (types, path);
    }
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *id = g_strconcat ("core:", decls[i]->type, NULL);

      if (!g_hash_table_contains (types, id))
        g_error ("no workflow in tests/workflows/ has a %s", id);
    }
}

int
main (int    argc,
      char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], "--write"))
    {
      g_autofree char *text = describe_all ();

      return fputs (text, stdout) < 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/table/order", test_order);
  g_test_add_func ("/nodes/table/completeness", test_completeness);
  g_test_add_func ("/nodes/table/facts", test_facts);
  g_test_add_func ("/nodes/table/protocol", test_protocol);
  g_test_add_func ("/nodes/table/examples", test_examples);
  return g_test_run ();
}
