/* test-plan.c: graphs frozen for execution: order, groups, interface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"

#include <string.h>

#define LINE(id, type) N (id, "test:" type, "")

static HearthPlan *
plan_with_groups (const char *json,
                  GHashTable *groups,
                  GError    **error)
{
  g_autoptr (HearthGraph) graph = engine_graph (json);

  return hearth_plan_new (graph, groups, NULL, NULL, error);
}

static char *
list_ids (HearthPlan *plan)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < hearth_plan_get_n_steps (plan); i++)
    g_string_append_printf (ids, "%s%s", i ? " " : "", hearth_plan_get_step_id (plan, i));
  return g_string_free (ids, FALSE);
}

static void
test_empty (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (W ("", ""));
  g_autoptr (HearthPlan) second = hearth_plan_ref (plan);

  g_assert_cmpuint (hearth_plan_get_n_steps (second), ==, 0);
  g_assert_null (hearth_plan_get_output_keys (second)[0]);
}

static void
test_cycle (void)
{
  g_autoptr (GError) error = NULL;
  const char *json = W (LINE ("a", "text") "," LINE ("n1", "text") "," LINE ("n2", "text") "," LINE ("after", "text"),
                        E ("1", "a", "out", "n1", "v") "," E ("2", "n1", "out", "n2", "v") ","
                        E ("3", "n2", "out", "n1", "v") "," E ("4", "n2", "out", "after", "v"));

  g_assert_null (plan_with_groups (json, NULL, &error));
  g_assert_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CYCLE);
  g_assert_cmpstr (error->message, ==, "Workflow contains a cycle involving nodes: n1, n2, after");
}

/* An edge without handles carries nothing and still orders (and closes cycles). */
static void
test_cycle_of_bare_edges (void)
{
  g_autoptr (GError) error = NULL;
  const char *json = W (LINE ("a", "text") "," LINE ("b", "text"), E ("1", "a", "", "b", "") "," E ("2", "b", "", "a", "v"));

  g_assert_null (plan_with_groups (json, NULL, &error));
  g_assert_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CYCLE);
}

static void
test_left_out (void)
{
  g_autoptr (HearthPlan) plan
      = engine_plan (W (N ("f", "core:frame", "") "," LINE ("a", "text") "," LINE ("u", "unknown"),
                        E ("1", "gone", "out", "a", "v") "," E ("2", "a", "out", "gone", "v")));
  g_autofree char *ids = list_ids (plan);

  g_assert_cmpstr (ids, ==, "a u");
}

#define REF(id) ",'configValues':{'referencedWorkflowId':'" id "'}"
#define GI N ("gi", "core:GroupInput", "")
#define GO N ("go", "core:GroupOutput", "")
#define INNER                                                                                                          \
  WI ("inner", I ("i", "STRING", ""), I ("o", "STRING", ""), GI "," LINE ("t", "text") "," GO,                         \
      E ("x", "gi", "i", "t", "v") "," E ("y", "t", "out", "go", "o"))

static void
test_groups (void)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "inner", INNER, "outer",
      WI ("outer", "", "", LINE ("n", "text") "," N ("G", "core:NodeGroup", REF ("name (inner)")), ""), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthPlan) plan = plan_with_groups (W (LINE ("t", "text") "," N ("A", "core:NodeGroup", REF ("inner")) ","
                                                     N ("B", "core:NodeGroup", REF ("outer")) "," N ("C", "core:NodeGroup", ""),
                                                     ""),
                                                  groups, &error);
  g_autofree char *ids = NULL;

  g_assert_no_error (error);
  ids = list_ids (plan);
  g_assert_cmpstr (ids, ==, "t A/t B/n B/G/t C");
}

static void
test_group_missing (void)
{
  g_autoptr (GHashTable) groups
      = engine_groups ("outer", WI ("outer", "", "", N ("G", "core:NodeGroup", REF ("gone") ",'displayName':'My group'"), ""), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (plan_with_groups (W (N ("B", "core:NodeGroup", REF ("outer")), ""), groups, &error));
  g_assert_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP);
  g_assert_nonnull (strstr (error->message, "“My group” (B/G)"));
  g_assert_nonnull (strstr (error->message, "gone"));
}

static void
test_group_recursion (void)
{
  g_autoptr (GHashTable) groups
      = engine_groups ("a", WI ("a", "", "", N ("G", "core:NodeGroup", REF ("b")), ""), "b",
                       WI ("b", "", "", N ("H", "core:NodeGroup", REF ("a")), ""), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) second = NULL;

  g_assert_null (plan_with_groups (W (N ("X", "core:NodeGroup", REF ("a")), ""), groups, &error));
  g_assert_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP);
  g_assert_nonnull (strstr (error->message, "X/G/H"));
  /* the workflow itself counts as well */
  g_assert_null (plan_with_groups (WI ("b", "", "", N ("X", "core:NodeGroup", REF ("b")), ""), groups, &second));
  g_assert_error (second, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP);
}

/* A bypassed instance is not looked into. */
static void
test_group_bypassed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthPlan) plan
      = plan_with_groups (W (N ("X", "core:NodeGroup", REF ("gone") ",'bypassed':true"), ""), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (hearth_plan_get_n_steps (plan), ==, 1);
}

#define PASS                                                                                                           \
  WI ("pass", I ("i", "STRING", ",'multi':true"), I ("o", "STRING", ""), GI "," GO, E ("x", "gi", "i", "go", "o"))

/* A pass-through that feeds itself has no node in it that could be part of a cycle. */
static void
test_group_endless (void)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "p", WI ("p", I ("i", "STRING", ""), I ("o", "STRING", ""), GI "," GO, E ("x", "gi", "i", "go", "o")), "pass", PASS, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) second = NULL;

  g_assert_null (plan_with_groups (W (N ("P", "core:NodeGroup", REF ("p")) "," LINE ("t", "text"),
                                      E ("1", "P", "o", "P", "i") "," E ("2", "P", "o", "t", "v")),
                                   groups, &error));
  g_assert_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CYCLE);
  g_assert_null (plan_with_groups (W (N ("P", "core:NodeGroup", REF ("pass")) "," LINE ("t", "text"),
                                      E ("1", "P", "o", "P", "i__0") "," E ("2", "P", "o", "P", "i__1") ","
                                      E ("3", "P", "o", "t", "v")),
                                   groups, &second));
  g_assert_error (second, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP);
  g_assert_nonnull (strstr (second->message, "too often"));
}

/* Twenty workflows, each with twenty of the next: must be refused, not tried. */
static void
test_group_explosion (void)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (GError) error = NULL;

  for (int level = 0; level < 20; level++)
    {
      g_autoptr (GString) json = g_string_new ("{'nodes':[" N ("t", "test:text", ""));

      for (int i = 0; i < 20 && level < 19; i++)
        g_string_append_printf (json, ",{'id':'g%d','type':'core:NodeGroup','configValues':{'referencedWorkflowId':'%d'}}",
                                i, level + 1);
      g_string_append (json, "],'edges':[]}");
      g_hash_table_insert (groups, g_strdup_printf ("%d", level), engine_graph (json->str));
    }

  g_assert_null (plan_with_groups (W (N ("X", "core:NodeGroup", REF ("0")), ""), groups, &error));
  g_assert_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP);
  g_assert_nonnull (strstr (error->message, "more than"));
}

#define MAPPED                                                                                                         \
  WI ("w", "", I ("two", "STRING", "") "," I ("one", "STRING", ",'isStream':true") "," I ("none", "STRING", ""),       \
      LINE ("s", "source") "," GO "," N ("go2", "core:GroupOutput", ""),                                               \
      E ("1", "s", "stream_output", "go", "one") "," E ("2", "s", "text_output", "go", "two") ","                      \
      E ("3", "s", "text_output", "go2", "none"))

static void
test_output_keys (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (MAPPED);
  const char *const *keys = hearth_plan_get_output_keys (plan);

  g_assert_cmpuint (g_strv_length ((char **) keys), ==, 2);
  g_assert_cmpstr (keys[0], ==, "two");
  g_assert_cmpstr (keys[1], ==, "one");
  g_assert_true (hearth_plan_output_is_stream (plan, "one"));
  g_assert_false (hearth_plan_output_is_stream (plan, "two"));
  g_assert_false (hearth_plan_output_is_stream (plan, "other"));
}

static void
test_mappings (void)
{
  g_autoptr (HearthGraph) graph = engine_graph (MAPPED);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) mappings = hearth_json_parse (
      "{\"extra\":{\"sourceNodeId\":\"s\",\"sourceSlotKey\":\"text_output\"},\"bad\":7,"
      "\"one\":{\"sourceNodeId\":\"s\",\"sourceSlotKey\":\"text_output\"},"
      "\"none\":{\"sourceNodeId\":\"gone\",\"sourceSlotKey\":\"x\"}}",
      -1, &error);
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, NULL, NULL, mappings, &error);
  const char *const *keys = hearth_plan_get_output_keys (plan);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length ((char **) keys), ==, 2);
  g_assert_cmpstr (keys[0], ==, "one");
  g_assert_cmpstr (keys[1], ==, "extra");
  g_assert_false (hearth_plan_output_is_stream (plan, "one")); /* the slot is, the source is not */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plan/empty", test_empty);
  g_test_add_func ("/plan/cycle", test_cycle);
  g_test_add_func ("/plan/cycle-of-bare-edges", test_cycle_of_bare_edges);
  g_test_add_func ("/plan/left-out", test_left_out);
  g_test_add_func ("/plan/groups", test_groups);
  g_test_add_func ("/plan/group-missing", test_group_missing);
  g_test_add_func ("/plan/group-recursion", test_group_recursion);
  g_test_add_func ("/plan/group-bypassed", test_group_bypassed);
  g_test_add_func ("/plan/group-endless", test_group_endless);
  g_test_add_func ("/plan/group-explosion", test_group_explosion);
  g_test_add_func ("/plan/output-keys", test_output_keys);
  g_test_add_func ("/plan/mappings", test_mappings);

  return g_test_run ();
}
