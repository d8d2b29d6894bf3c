/* test-pack-nodes.c: which definitions are usable; nodes that stand for a workflow; templates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"
#include "pack-run.h"

#define N(slots, behavior) \
  "{\"type\":\"N\",\"category\":\"c\",\"displayName\":\"Node\"," slots ",\"behavior\":" behavior "}"
#define PLAIN "\"inputs\":{\"a\":{\"dataFlowType\":\"STRING\"}},\"outputs\":{\"o\":{\"dataFlowType\":\"STRING\"}}"
#define STREAM "\"inputs\":{},\"outputs\":{\"o\":{\"dataFlowType\":\"STRING\",\"isStream\":true}}"
#define SH "{\"program\":{\"command\":[\"sh\"]}}"
#define ASK "{\"http\":{\"url\":\"http://localhost/{inputs.a}\",\"outputs\":{\"o\":\"body\"}}}"

/* --- definitions ------------------------------------------------------------------------------ */

static void
test_definitions (PackRun      *self,
                  gconstpointer data)
{
  static const struct
  {
    const char *definition, *problem; /* NULL: usable */
  } cases[] = {
    { N (PLAIN, SH), NULL },
    { N (STREAM, SH), NULL },
    { N (PLAIN, ASK), NULL },
    { "[]", "n.json: The definition: expected an object*" },
    { "{\"type\":\"N\"}", "n.json: category: expected a string, found nothing" },
    { "{\"type\":\"a:b\",\"category\":\"c\",\"displayName\":\"d\",\"inputs\":{},\"outputs\":{}}", "n.json: type: *" },
    { N ("\"inputs\":{\"a__1\":{\"dataFlowType\":\"STRING\"}},\"outputs\":{}", SH), "n.json: inputs.a__1: *" },
    { N ("\"inputs\":{\"a\":{\"dataFlowType\":\"TEXT\"}},\"outputs\":{}", SH), "n.json: inputs.a: there is no such dataFlowType." },
    { N ("\"inputs\":{\"a\":{\"dataFlowType\":\"STRING\",\"config\":1}},\"outputs\":{}", SH), "n.json: inputs.a.config: *" },
    { N ("\"inputs\":{\"a\":{\"dataFlowType\":\"STRING\",\"isStream\":true}},\"outputs\":{}", SH), "*cannot take a stream*" },
    { N ("\"inputs\":{},\"outputs\":{\"a\":{\"dataFlowType\":\"STRING\",\"isStream\":true},\"b\":{\"dataFlowType\":\"STRING\","
         "\"isStream\":true}}", SH), "*Only one output can be a stream.*" },
    { N (STREAM, ASK), "*cannot have a stream*" },
    { N (PLAIN, "{}"), "*exactly one of*" },
    { N (PLAIN, "{\"script\":{}}"), "*exactly one of*" },
    { N (PLAIN, "{\"program\":{\"command\":[\"sh\"]},\"http\":{}}"), "*exactly one of*" },
    { N (PLAIN, "{\"program\":{\"command\":\"sh\"}}"), "*must be a list*" },
    { N (PLAIN, "{\"program\":{\"command\":[]}}"), "*must be a list*" },
    { N (PLAIN, "{\"program\":{\"command\":[\"/bin/sh\"]}}"), "*one of the system by its name*" },
    { N (PLAIN, "{\"program\":{\"command\":[\"../sh\"]}}"), "*one of the system by its name*" },
    { N (PLAIN, "{\"program\":{\"command\":[\"--bind\"]}}"), "*one of the system by its name*" },
    { N (PLAIN, "{\"program\":{\"command\":[\"sh\",1]}}"), "*must be texts*" },
    { N (PLAIN, "{\"program\":{\"command\":[\"sh\"],\"network\":true}}"), "*only if plugin.yaml says*" },
    { N (PLAIN, "{\"http\":{\"url\":\"file:///etc/passwd\",\"outputs\":{\"o\":\"body\"}}}"), "*“url” must begin*" },
    { N (PLAIN, "{\"http\":{\"url\":\"{inputs.a}/x\",\"outputs\":{\"o\":\"body\"}}}"), "*“url” must begin*" },
    { N (PLAIN, "{\"http\":{\"url\":\"http://h/{other.a}\",\"outputs\":{\"o\":\"body\"}}}"), "*is not a placeholder*" },
    { N (PLAIN, "{\"http\":{\"url\":\"http://h/\",\"method\":\"TRACE\",\"outputs\":{\"o\":\"body\"}}}"), "*“method”*" },
    { N (PLAIN, "{\"http\":{\"url\":\"http://h/\",\"headers\":{\"Host\":\"x\"},\"outputs\":{\"o\":\"body\"}}}"), "*cannot be set*" },
    { N (PLAIN, "{\"http\":{\"url\":\"http://h/\",\"headers\":{\"hearth-pack\":\"x\"},\"outputs\":{\"o\":\"body\"}}}"),
      "*cannot be set*" },
    { N (PLAIN, "{\"http\":{\"url\":\"http://h/\",\"outputs\":{}}}"), "*an expression for every output*" },
    { N (PLAIN, "{\"http\":{\"url\":\"http://h/\",\"outputs\":{\"o\":\"body[\"}}}"), "*o: Column*" },
    { N (PLAIN ",\"clientScriptUrl\":\"../x.js\"", SH), "*clientScriptUrl*" },
    { N (PLAIN ",\"modes\":{\"m\":{\"inputs\":{},\"outputs\":{}}}", SH), "*defaultModeId*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *problem = NULL;
      g_autoptr (HearthCatalog) catalog = pack_catalog (self, cases[i].definition, NULL, &problem);

      if (cases[i].problem == NULL ? problem != NULL
                                   : problem == NULL || !g_pattern_match_simple (cases[i].problem, problem))
        g_error ("%s: %s", cases[i].definition, problem);
      g_assert_true ((hearth_catalog_lookup (catalog, "t:N") != NULL) == (problem == NULL));
    }
}

static void
test_type (PackRun      *self,
           gconstpointer data)
{
  static const char definition[] =
      "{\"type\":\"N\",\"namespace\":\"core\",\"category\":\"c\",\"displayName\":\"🔤 Node\",\"description\":\"d\",\"width\":300,"
      "\"inputs\":{\"a\":{\"dataFlowType\":\"INTEGER\",\"displayName\":\"A\",\"required\":true,\"config\":{\"default\":3}}},"
      "\"outputs\":{\"o\":{\"dataFlowType\":\"STRING\"}},"
      "\"configSchema\":{\"c\":{\"dataFlowType\":\"STRING\",\"config\":{\"default\":\"x\"}}},"
      "\"configValues\":{\"c\":\"y\"},\"behavior\":" SH "}";
  g_autofree char *problem = NULL;
  g_autoptr (HearthCatalog) catalog = pack_catalog (self, definition, NULL, &problem);
  HearthNodeType *type = hearth_catalog_lookup (catalog, "t:N");
  const HearthSlot *slot;

  g_assert_cmpstr (problem, ==, NULL);
  /* The pack's name is its nodes' namespace, whatever they say. */
  g_assert_nonnull (type);
  g_assert_null (hearth_catalog_lookup (catalog, "core:N"));
  g_assert_cmpstr (type->title, ==, "🔤 Node");
  g_assert_cmpint (type->decl->width, ==, 300);
  g_assert_true (type->decl->flags & HEARTH_NODE_PREVIEW_UNSAFE);
  slot = hearth_slots_find (type->inputs, "a");
  g_assert_true (slot->type == HEARTH_DATA_INTEGER && hearth_slot_is (slot, REQUIRED));
  g_assert_cmpint (hearth_value_get_integer (slot->default_value), ==, 3);
  g_assert_nonnull (hearth_slots_find (type->config, "c"));
}

/* --- workflows ---------------------------------------------------------------------------------- */

#define NODE(id, type, inputs) \
  "{\"id\":\"" id "\",\"type\":\"" type "\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":" inputs "}"
#define EDGE(id, source, out, target, in) \
  "{\"id\":\"" id "\",\"source\":\"" source "\",\"sourceHandle\":\"" out "\",\"target\":\"" target "\",\"targetHandle\":\"" in "\"}"
#define SLOT(key) "\"" key "\":{\"key\":\"" key "\",\"dataFlowType\":\"STRING\"}"
#define GREETS \
  "{\"nodes\":[" NODE ("in", "core:GroupInput", "{}") "," NODE ("m", "core:TextMerge", "{\"separator\":\" \"}") "," \
  NODE ("out", "core:GroupOutput", "{}") "],\"edges\":[" EDGE ("1", "in", "word", "m", "text_inputs__0") "," \
  EDGE ("2", "in", "name", "m", "text_inputs__1") "," EDGE ("3", "m", "merged_text", "out", "text") "]," \
  "\"interfaceInputs\":{" SLOT ("word") "," SLOT ("name") "},\"interfaceOutputs\":{" SLOT ("text") "}}"
#define GREETER(behavior) \
  "{\"type\":\"N\",\"category\":\"c\",\"displayName\":\"Greets\",\"inputs\":{\"name\":{\"dataFlowType\":\"STRING\"}}," \
  "\"outputs\":{\"text\":{\"dataFlowType\":\"STRING\"}}," \
  "\"configSchema\":{\"word\":{\"dataFlowType\":\"STRING\",\"config\":{\"default\":\"Hello\"}}},\"behavior\":" behavior "}"

static void
test_workflow (PackRun      *self,
               gconstpointer data)
{
  g_assert_cmpstr (pack_run (self, GREETER ("{\"workflow\":\"f.json\"}"), GREETS, "{\"name\":\"Ada\"}"), ==,
                   "{\"text\":\"Hello Ada\"}");
}

static void
test_workflow_in_itself (PackRun      *self,
                         gconstpointer data)
{
  const char *said = pack_run (self, GREETER ("{\"workflow\":\"f.json\"}"),
                               "{\"nodes\":[" NODE ("x", "t:N", "{}") "],\"edges\":[]}", "{}");

  g_assert_nonnull (strstr (said, "contains itself"));
}

static void
test_workflow_damaged (PackRun      *self,
                       gconstpointer data)
{
  const char *said = pack_run (self, GREETER ("{\"workflow\":\"f.json\"}"), "{\"nodes\":[1],\"edges\":[]}", "{}");

  g_assert_nonnull (strstr (said, "nodes[0]"));
}

/* --- templates ---------------------------------------------------------------------------------- */

static char *
expand (const char     *text,
        HearthPackQuote quote)
{
  g_autoptr (HearthValue) world = pack_parse (
      "{\"inputs\":{\"a\":\"x y/ü&\",\"n\":1.5,\"o\":{\"k\":[1]},\"up\":\"..\",\"z\":null},\"config\":{\"c\":true},"
      "\"settings\":{\"url\":\"http://h:1/p/\"}}");
  g_autoptr (GError) error = NULL;
  char *expanded = _hearth_pack_template_expand (text, quote, world, &error);

  return expanded != NULL ? expanded : g_strdup_printf ("error: %s", error->message);
}

static void
test_templates (void)
{
  static const struct
  {
    const char *text;
    HearthPackQuote quote;
    const char *expected;
  } cases[] = {
    { "", HEARTH_PACK_PLAIN, "" },
    { "a {{b}} {inputs.a} {inputs.n} {config.c}", HEARTH_PACK_PLAIN, "a {b} x y/ü& 1.5 true" },
    { "{inputs.o}|{inputs.z}|{inputs.none}", HEARTH_PACK_PLAIN, "{\"k\":[1]}||" },
    { "{settings.url}/q?a={inputs.a}&u={settings.url}", HEARTH_PACK_URL,
      "http://h:1/p/q?a=x%20y%2F%C3%BC%26&u=http%3A%2F%2Fh%3A1%2Fp%2F" },
    { "http://h/{inputs.up}/x", HEARTH_PACK_URL, "error: “..” cannot be part of an address (up)." },
    { "{inputs}", HEARTH_PACK_PLAIN, "error: “{inputs}” is not a placeholder.*" },
    { "{inputs.a", HEARTH_PACK_PLAIN, "error: *" },
    { "a}", HEARTH_PACK_PLAIN, "error: *" },
    { "{env.HOME}", HEARTH_PACK_PLAIN, "error: *" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expanded = expand (cases[i].text, cases[i].quote);

      if (!g_str_equal (expanded, cases[i].expected) && !g_pattern_match_simple (cases[i].expected, expanded))
        g_error ("%s: %s", cases[i].text, expanded);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PACK_TEST ("/pack-nodes/definitions", test_definitions);
  PACK_TEST ("/pack-nodes/type", test_type);
  PACK_TEST ("/pack-nodes/workflow", test_workflow);
  PACK_TEST ("/pack-nodes/workflow-in-itself", test_workflow_in_itself);
  PACK_TEST ("/pack-nodes/workflow-damaged", test_workflow_damaged);
  g_test_add_func ("/pack-nodes/templates", test_templates);
  return g_test_run ();
}
