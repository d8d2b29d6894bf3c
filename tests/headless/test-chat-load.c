/* test-chat-load.c: chats that others wrote, or that are broken, read from their files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "chat-rules.h"
#include "hearth-data-dir.h"

#define N_TORN 2000

/* What the reference leaves behind, and worse. */
static void
test_mend (void)
{
  static const struct
  {
    const char *what, *text, *links, *context;
  } cases[] = {
    { "moved, but the old parent still has it",
      HEARTH_JSON ({ "nodes": { "a": { "role": "user", "content": "a", "parentId": null, "children": [ "b" ] },
                                "b": { "role": "user", "content": "b", "parentId": "c", "children": [] },
                                "c": { "role": "user", "content": "c", "parentId": null, "children": [ "b" ] } },
                     "rootNodeIds": [ "a", "b", "c" ], "activeLeafId": "b" }), "ac(b)", "cb" },
    { "no parentId, as the reference writes a root",
      HEARTH_JSON ({ "nodes": { "a": { "role": "user", "content": "a", "children": [] } }, "rootNodeIds": [ "a" ],
                     "activeLeafId": "a" }), "a", "a" },
    { "a parent that is gone",
      HEARTH_JSON ({ "nodes": { "a": { "role": "user", "content": "a", "parentId": "x", "children": [ "b" ] },
                                "b": { "role": "user", "content": "b", "parentId": "a", "children": [] } },
                     "rootNodeIds": [], "activeLeafId": "b" }), "", "ab" },
    { "only the parent knows",
      HEARTH_JSON ({ "nodes": { "a": { "role": "user", "content": "a", "parentId": null, "children": [ "b", "b", "y", 3 ] },
                                "b": { "role": "user", "content": "b", "children": [] } },
                     "rootNodeIds": [ "a", "a", "y" ], "activeLeafId": "y" }), "a(b)", "" },
    { "a circle",
      HEARTH_JSON ({ "nodes": { "a": { "role": "user", "content": "a", "parentId": "b", "children": [ "b" ] },
                                "b": { "role": "user", "content": "b", "parentId": "a", "children": [ "a" ] } },
                     "rootNodeIds": [ "a" ], "activeLeafId": "b" }), "b(a)", "b" },
    { "its own parent",
      HEARTH_JSON ({ "nodes": { "a": { "role": "user", "content": "a", "parentId": "a", "children": [ "a" ] } },
                     "rootNodeIds": [ "a" ], "activeLeafId": "a" }), "a", "a" },
    { "nothing but nodes", HEARTH_JSON ({ "nodes": { "a": { "role": "user", "content": "a" } } }), "a", "" },
    { "no nodes", HEARTH_JSON ({ "nodes": {}, "rootNodeIds": [ "a" ], "activeLeafId": 3, "version": "x" }), "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthChatTree) tree = load (cases[i].text, &error);

      g_test_message ("%s", cases[i].what);
      g_assert_no_error (error);
      if (g_str_equal (cases[i].what, "a circle"))
        {
          g_autoptr (HearthValue) stored = save (tree);

          g_assert_cmpuint (hearth_chat_tree_get_n_messages (tree), ==, 2);
        }
      else
        assert_tree (tree, cases[i].links, cases[i].context);
      check_reload (tree);
    }
}

static void
test_refuse (void)
{
  static const char *const texts[] = {
    "[]", "{}", "null", "{\"nodes\":[]}", "{\"nodes\":{\"a\":1}}", "{\"nodes\":{\"a\":{\"role\":\"user\"}}}",
    "{\"nodes\":{\"a\":{\"content\":\"x\"}}}", "{\"nodes\":{\"a\":{\"content\":1,\"role\":\"user\"}}}",
    "{\"nodes\":{\"a\":{\"role\":\"u\",\"content\":\"\"},\"a\\u0000b\":{\"role\":\"u\",\"content\":\"\"}}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load (texts[i], &error));
      g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID);
    }
}

/* Members that we do not know stay. */
static void
test_keep (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthChatTree) tree = load (
      HEARTH_JSON ({ "version": 7, "own": [ 1 ], "nodes": { "a": { "role": "user", "content": "a", "own": 2 } },
                     "rootNodeIds": [ "a" ], "metadata": { "title": "T", "own": 3 } }), &error);
  g_autoptr (HearthValue) changes = hearth_json_parse ("{\"title\":\"U\",\"tags\":[\"x\"],\"createdAt\":\"no\"}", -1, NULL);
  g_autoptr (HearthValue) asset = hearth_json_parse ("{\"id\":\"1\"}", -1, NULL);
  g_autoptr (HearthValue) stored = NULL;

  g_assert_no_error (error);
  hearth_chat_tree_set_metadata (tree, changes);
  hearth_chat_tree_add_asset (tree, asset);
  hearth_chat_tree_touch (tree);
  stored = save (tree);
  g_assert_cmpint (hearth_value_get_member_integer (stored, "version", 0), ==, 8);
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (stored, "own")), ==, 1);
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (stored, "assets")), ==, 1);
  g_assert_cmpint (hearth_value_get_member_integer (node_of (stored, "a"), "own", 0), ==, 2);
  g_assert_cmpint (hearth_value_get_member_integer (hearth_chat_tree_get_metadata (tree), "own", 0), ==, 3);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_chat_tree_get_metadata (tree), "title", NULL), ==, "U");
  g_assert_null (hearth_value_get (hearth_chat_tree_get_metadata (tree), "createdAt"));
  g_assert_nonnull (hearth_value_get (hearth_chat_tree_get_metadata (tree), "updatedAt"));
  check_reload (tree);
}

static void
test_last_version (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthChatTree) tree = load ("{\"version\":9223372036854775807,\"nodes\":{}}", &error);

  g_assert_no_error (error);
  hearth_chat_tree_touch (tree);
  g_assert_cmpint (hearth_chat_tree_get_version (tree), ==, 1);
  check_reload (tree);
}

/* --- at random --------------------------------------------------------------------------------- */

static HearthValue *
random_ids (GRand *random)
{
  g_auto (HearthBuilder) ids = HEARTH_BUILDER_INIT;

  for (gint32 n = g_rand_int_range (random, 0, 5); n > 0; n--)
    {
      char id[] = { (char) g_rand_int_range (random, 'a', 'h'), '\0' };

      hearth_builder_add_string (&ids, NULL, id);
    }
  return hearth_builder_end_array (&ids);
}

static HearthValue *
random_link (GRand *random)
{
  char id[] = { (char) g_rand_int_range (random, 'a', 'i'), '\0' };

  return id[0] == 'h' ? hearth_value_null () : hearth_value_string (id);
}

/* Whatever the links are, what is loaded keeps the rules. */
static void
test_random_links (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (guint i = 0; i < N_TORN; i++)
    {
      g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;
      g_autoptr (HearthValue) stored = NULL;
      g_autoptr (HearthChatTree) tree = NULL;

      for (char id[] = "a"; id[0] <= 'f'; id[0]++)
        hearth_builder_add (&nodes, id,
                            hearth_value_object ("role", hearth_value_string ("user"), "content", hearth_value_string (id),
                                                 "parentId", random_link (random), "children", random_ids (random), NULL));
      stored = hearth_value_object ("nodes", hearth_builder_end_object (&nodes), "rootNodeIds", random_ids (random),
                                    "activeLeafId", random_link (random), NULL);
      tree = hearth_chat_tree_load (stored, "s", NULL);
      g_assert_nonnull (tree);
      g_assert_cmpuint (hearth_chat_tree_get_n_messages (tree), ==, 6);
      check_reload (tree);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat-load/mend", test_mend);
  g_test_add_func ("/chat-load/refuse", test_refuse);
  g_test_add_func ("/chat-load/keep", test_keep);
  g_test_add_func ("/chat-load/last-version", test_last_version);
  g_test_add_func ("/chat-load/random-links", test_random_links);
  return g_test_run ();
}
