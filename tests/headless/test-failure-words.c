/* test-failure-words.c: failures as people read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-failure-words.h"

#include "hearth-json.h"

static const HearthSlotDecl inputs[] = {
  { .key = "text_inputs", .type = HEARTH_DATA_STRING, .name = "Texts", .flags = HEARTH_SLOT_REQUIRED },
  { 0 },
};
static const HearthNodeDecl merge = { .type = "TextMerge", .category = "Text", .name = "Merge", .inputs = inputs };

static void
assert_shown (HearthGraph *graph,
              const char  *message,
              const char  *expected)
{
  g_autofree char *shown = hearth_failure_to_words (graph, message);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_missing_input (void)
{
  const char *wire = "Critical error: Missing required input 'text_inputs' for node m1 (core:TextMerge)";
  g_autoptr (HearthCatalog) catalog = hearth_catalog_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) workflow = hearth_json_parse (
    "{\"nodes\":[{\"id\":\"m1\",\"type\":\"core:TextMerge\",\"position\":{\"x\":0,\"y\":0}}],\"edges\":[]}", -1, &error);
  g_autoptr (HearthGraph) graph = NULL;

  g_assert_no_error (error);
  hearth_catalog_add (catalog, &merge);
  graph = hearth_graph_new_from_value (catalog, workflow, &error);
  g_assert_no_error (error);
  assert_shown (graph, wire, "“Texts” needs a value.");
  /* A node inside a group, or no graph at all: the key is what there is */
  assert_shown (NULL, wire, "“text_inputs” needs a value.");
  assert_shown (graph, "Critical error: Missing required input 'a' for node g/x (core:TextMerge)", "“a” needs a value.");
}

static void
test_unknown_type (void)
{
  assert_shown (NULL, "Node type x:Y not found or not executable.", "This kind of node (“x:Y”) is not installed.");
  assert_shown (NULL, "Critical error: Node type x:Y not found in registry.",
                "This kind of node (“x:Y”) is not installed.");
}

static void
test_whole_run (void)
{
  assert_shown (NULL, "Execution interrupted by user.", "It was stopped before it was done.");
  assert_shown (NULL, "One or more nodes failed during execution.", "One or more nodes failed.");
}

static void
test_others (void)
{
  assert_shown (NULL, "The number is too large.", "The number is too large.");
  assert_shown (NULL, "Node type without an end", "Node type without an end");
  assert_shown (NULL, "Critical error: Missing required input 'cut", "Critical error: Missing required input 'cut");
  assert_shown (NULL, NULL, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/failure-words/missing-input", test_missing_input);
  g_test_add_func ("/failure-words/unknown-type", test_unknown_type);
  g_test_add_func ("/failure-words/whole-run", test_whole_run);
  g_test_add_func ("/failure-words/others", test_others);
  return g_test_run ();
}
