/* test-chat-tree.c: branches of a chat, worked out by hand and at random
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-chat-export.h"
#include "hearth-chat-tree.h"
#include "hearth-data-dir.h"
#include "hearth-json.h"

#define N_SEQUENCES 300
#define N_STEPS 60
#define N_TORN 2000

/* --- the rules of hearth-chat-tree.h, looked up in what is saved -------------------------- */

static HearthValue *
node_of (HearthValue *stored,
         const char  *id)
{
  return hearth_value_get (hearth_value_get (stored, "nodes"), id);
}

static const char *
parent_of (HearthValue *stored,
           const char  *id)
{
  return hearth_value_get_member_string (node_of (stored, id), "parentId", NULL);
}

static void
check_list (HearthValue *stored,
            HearthValue *ids,
            const char  *parent,
            GHashTable  *listed)
{
  g_assert_true (hearth_value_is (ids, ARRAY));
  for (gsize i = 0; i < hearth_value_get_length (ids); i++)
    {
      const char *id = hearth_value_get_string (hearth_value_at (ids, i), NULL);

      g_assert_nonnull (node_of (stored, id));
      g_assert_cmpstr (parent_of (stored, id), ==, parent);
      g_assert_true (g_hash_table_add (listed, (gpointer) id));
    }
}

static void
check_way_up (HearthValue *stored,
              const char  *id,
              gsize        n_nodes)
{
  gsize n_steps = 0;

  for (const char *at = id; at != NULL; at = parent_of (stored, at))
    {
      g_assert_nonnull (node_of (stored, at));
      g_assert_cmpuint (n_steps++, <=, n_nodes);
    }
}

static void
check_rules (HearthValue *stored)
{
  HearthValue *nodes = hearth_value_get (stored, "nodes");
  HearthValue *leaf = hearth_value_get (stored, "activeLeafId");
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);

  check_list (stored, hearth_value_get (stored, "rootNodeIds"), NULL, listed);
  for (gsize i = 0; i < hearth_value_get_length (nodes); i++)
    {
      const char *id = hearth_value_key_at (nodes, i);
      HearthValue *node = hearth_value_member_at (nodes, i);

      g_assert_cmpstr (hearth_value_get_member_string (node, "id", NULL), ==, id);
      g_assert_nonnull (hearth_value_get (node, "parentId"));
      check_list (stored, hearth_value_get (node, "children"), id, listed);
      check_way_up (stored, id, hearth_value_get_length (nodes));
    }
  g_assert_nonnull (leaf);
  if (!hearth_value_is (leaf, NULL))
    g_assert_nonnull (node_of (stored, hearth_value_get_string (leaf, NULL)));
}

static HearthValue *
save (HearthChatTree *tree)
{
  HearthValue *stored = hearth_chat_tree_save (tree);

  check_rules (stored);
  return stored;
}

/* What was saved comes back as it was. */
static void
check_reload (HearthChatTree *tree)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) stored = save (tree);
  g_autoptr (HearthChatTree) again = hearth_chat_tree_load (stored, hearth_chat_tree_get_session_id (tree), &error);
  g_autoptr (HearthValue) saved = NULL;

  g_assert_no_error (error);
  saved = save (again);
  g_assert_true (hearth_value_equal (stored, saved));
}

/* --- by hand ------------------------------------------------------------------------------- */

static char *
append (HearthChatTree *tree,
        const char     *parent,
        const char     *content)
{
  g_autoptr (GError) error = NULL;
  const char *id = hearth_chat_tree_append (tree, parent, "user", content, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (id);
}

static char *
describe_list (HearthValue *stored,
               HearthValue *ids)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < hearth_value_get_length (ids); i++)
    {
      const char *id = hearth_value_get_string (hearth_value_at (ids, i), NULL);
      HearthValue *children = hearth_value_get (node_of (stored, id), "children");
      g_autofree char *below = describe_list (stored, children);

      g_string_append (out, hearth_value_get_member_string (node_of (stored, id), "content", "?"));
      if (*below != '\0')
        g_string_append_printf (out, "(%s)", below);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* "a(bc)d": a with b and c below it, and d; then the context. */
static void
assert_tree (HearthChatTree *tree,
             const char     *links,
             const char     *context)
{
  g_autoptr (HearthValue) stored = save (tree);
  g_autofree char *described = describe_list (stored, hearth_value_get (stored, "rootNodeIds"));
  g_autoptr (GPtrArray) messages = hearth_chat_tree_list_context (tree);
  g_autoptr (GString) said = g_string_new (NULL);

  for (guint i = 0; i < messages->len; i++)
    g_string_append (said, hearth_value_get_member_string (g_ptr_array_index (messages, i), "content", "?"));
  g_assert_cmpstr (described, ==, links);
  g_assert_cmpstr (said->str, ==, context);
}

static void
test_append (void)
{
  g_autoptr (HearthChatTree) tree = hearth_chat_tree_new ("s", NULL);
  g_autoptr (HearthValue) metadata = hearth_json_parse ("{\"m\":1}", -1, NULL);
  g_autofree char *a = append (tree, NULL, "a");
  g_autofree char *b = append (tree, a, "b");
  g_autofree char *c = append (tree, a, "c");
  g_autofree char *d = append (tree, NULL, "d");
  const char *reply = hearth_chat_tree_append (tree, b, "assistant", "e", metadata, NULL);
  HearthValue *message = hearth_chat_tree_get_message (tree, reply);
  g_autoptr (GError) error = NULL;

  assert_tree (tree, "a(b(e)c)d", "abe");
  g_assert_cmpstr (hearth_chat_tree_get_active_leaf (tree), ==, reply);
  g_assert_cmpstr (hearth_value_get_member_string (message, "status", NULL), ==, "generating");
  g_assert_true (hearth_value_get (message, "metadata") == metadata);
  message = hearth_chat_tree_get_message (tree, c);
  g_assert_cmpstr (hearth_value_get_member_string (message, "status", NULL), ==, "complete");
  g_assert_null (hearth_value_get (message, "metadata"));
  g_assert_cmpuint (hearth_chat_tree_get_n_messages (tree), ==, 5);
  g_assert_cmpuint (hearth_chat_tree_get_n_branches (tree), ==, 3);
  g_assert_null (hearth_chat_tree_append (tree, "nobody", "user", "x", NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  assert_tree (tree, "a(b(e)c)d", "abe");
  g_assert_true (hearth_chat_tree_set_active_leaf (tree, d, NULL));
  assert_tree (tree, "a(b(e)c)d", "d");
  g_assert_true (hearth_chat_tree_set_active_leaf (tree, NULL, NULL));
  assert_tree (tree, "a(b(e)c)d", "");
}

static void
test_prune_and_graft (void)
{
  g_autoptr (HearthChatTree) tree = hearth_chat_tree_new ("s", NULL);
  g_autofree char *a = append (tree, NULL, "a");
  g_autofree char *b = append (tree, a, "b");
  g_autofree char *c = append (tree, b, "c");
  g_autofree char *d = append (tree, NULL, "d");
  g_autoptr (GError) error = NULL;

  g_assert_true (hearth_chat_tree_set_active_leaf (tree, c, NULL));
  g_assert_true (hearth_chat_tree_prune (tree, a, NULL));
  assert_tree (tree, "ad", "abc"); /* set aside, and still where the active leaf is */
  g_assert_cmpuint (hearth_chat_tree_get_n_messages (tree), ==, 4);
  check_reload (tree);
  g_assert_true (hearth_chat_tree_graft (tree, b, d, NULL));
  assert_tree (tree, "ad(b(c))", "dbc");
  g_assert_true (hearth_chat_tree_graft (tree, a, c, NULL)); /* a root moves: it is no root any more */
  assert_tree (tree, "d(b(c(a)))", "dbc");
  g_assert_false (hearth_chat_tree_graft (tree, b, a, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (hearth_chat_tree_graft (tree, b, b, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (hearth_chat_tree_graft (tree, b, NULL, NULL));
  assert_tree (tree, "db(c(a))", "bc");
  g_assert_true (hearth_chat_tree_prune (tree, b, NULL));
  g_assert_false (hearth_chat_tree_graft (tree, b, a, &error)); /* also through what is set aside */
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED);
}

static void
test_delete (void)
{
  g_autoptr (HearthChatTree) tree = hearth_chat_tree_new ("s", NULL);
  g_autofree char *a = append (tree, NULL, "a");
  g_autofree char *b = append (tree, a, "b");
  g_autofree char *c = append (tree, b, "c");
  g_autofree char *d = append (tree, b, "d");

  g_assert_true (hearth_chat_tree_delete (tree, d, NULL));
  assert_tree (tree, "a(b(c))", "ab"); /* the active leaf is its parent now */
  g_assert_true (hearth_chat_tree_set_active_leaf (tree, c, NULL));
  g_assert_true (hearth_chat_tree_delete (tree, b, NULL));
  assert_tree (tree, "a", "c");
  check_reload (tree);
  g_assert_false (hearth_chat_tree_delete (tree, b, NULL));
  g_assert_true (hearth_chat_tree_graft (tree, c, a, NULL));
  assert_tree (tree, "a(c)", "ac");
  g_assert_true (hearth_chat_tree_prune (tree, a, NULL));
  g_assert_true (hearth_chat_tree_delete (tree, a, NULL));
  assert_tree (tree, "", "c");
}

static void
test_state (void)
{
  g_autoptr (HearthChatTree) tree = hearth_chat_tree_new ("s", NULL);
  g_autofree char *a = append (tree, NULL, "a");
  g_autofree char *b = append (tree, a, "b");
  g_autoptr (HearthValue) first = hearth_json_parse ("{\"isEnabled\":false,\"metadata\":{\"x\":1,\"y\":1}}", -1, NULL);
  g_autoptr (HearthValue) second = hearth_json_parse ("{\"content\":\"A\",\"status\":\"error\",\"metadata\":{\"y\":2},\"id\":\"z\"}", -1, NULL);
  HearthValue *message;

  g_assert_true (hearth_chat_tree_set_state (tree, a, first, NULL));
  assert_tree (tree, "a(b)", "b");
  g_assert_null (hearth_value_get (hearth_chat_tree_get_message (tree, a), "updatedAt"));
  g_assert_true (hearth_chat_tree_set_state (tree, a, second, NULL));
  assert_tree (tree, "A(b)", "b");
  message = hearth_chat_tree_get_message (tree, a);
  g_assert_nonnull (hearth_value_get (message, "updatedAt"));
  g_assert_cmpint (hearth_value_get_member_integer (hearth_value_get (message, "metadata"), "x", 0), ==, 1);
  g_assert_cmpint (hearth_value_get_member_integer (hearth_value_get (message, "metadata"), "y", 0), ==, 2);
  g_assert_false (hearth_chat_tree_set_state (tree, "nobody", first, NULL));
}

static void
test_edit (void)
{
  g_autoptr (HearthChatTree) tree = hearth_chat_tree_new ("s", NULL);
  g_autofree char *a = append (tree, NULL, "a");
  g_autofree char *b = append (tree, a, "b");
  g_autofree char *c = append (tree, b, "c");
  g_autofree char *d = append (tree, NULL, "d");
  g_autofree char *text = g_strdup_printf (
      "[{\"type\":\"graft\",\"sourceNodeId\":\"%s\",\"targetNodeId\":\"%s\"},"
      "{\"type\":\"disable\",\"nodeIds\":[\"%s\",\"nobody\",3]},{\"type\":\"wish\",\"nodeIds\":[\"%s\"]},"
      "{\"type\":\"prune\",\"sourceNodeId\":\"%s\"},{\"type\":\"prune\"},{\"type\":\"graft\",\"sourceNodeId\":\"nobody\","
      "\"targetNodeId\":null},{}, 1, {\"type\":\"delete\",\"nodeIds\":[\"%s\"]}]",
      c, d, d, a, b, b);
  g_autofree char *circle = g_strdup_printf (
      "[{\"type\":\"enable\",\"nodeIds\":[\"%s\"]},{\"type\":\"graft\",\"sourceNodeId\":\"%s\",\"targetNodeId\":\"%s\"}]", d, d, c);
  g_autoptr (HearthValue) operations = hearth_json_parse (text, -1, NULL);
  g_autoptr (HearthValue) round = hearth_json_parse (circle, -1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (hearth_chat_tree_set_active_leaf (tree, c, NULL));
  g_assert_true (hearth_chat_tree_edit (tree, operations, &error));
  g_assert_no_error (error);
  assert_tree (tree, "ad(c)", "c");
  g_assert_false (hearth_chat_tree_edit (tree, round, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED);
  g_assert_true (strstr (error->message, "2") != NULL);
}

/* --- files ------------------------------------------------------------------------------------ */

static HearthChatTree *
load (const char *text,
      GError    **error)
{
  g_autoptr (HearthValue) stored = hearth_json_parse (text, -1, error);

  return stored != NULL ? hearth_chat_tree_load (stored, "s", error) : NULL;
}

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

/* --- at random --------------------------------------------------------------------------------- */

static char *
pick_id (HearthChatTree *tree,
         GRand          *random)
{
  g_autoptr (HearthValue) stored = hearth_chat_tree_save (tree);
  HearthValue *nodes = hearth_value_get (stored, "nodes");
  gsize n = hearth_value_get_length (nodes);

  if (n == 0 || g_rand_int_range (random, 0, 12) == 0)
    return g_strdup ("nobody");
  return g_strdup (hearth_value_key_at (nodes, (gsize) g_rand_int_range (random, 0, (gint32) n)));
}

static void
step_at_random (HearthChatTree *tree,
                GRand          *random)
{
  g_autofree char *one = pick_id (tree, random);
  g_autofree char *other = pick_id (tree, random);

  switch (g_rand_int_range (random, 0, 8))
    {
    case 0:
    case 1:
      hearth_chat_tree_append (tree, one, "user", "x", NULL, NULL);
      break;
    case 2:
      hearth_chat_tree_append (tree, NULL, "assistant", "x", NULL, NULL);
      break;
    case 3:
      hearth_chat_tree_prune (tree, one, NULL);
      break;
    case 4:
      hearth_chat_tree_delete (tree, one, NULL);
      break;
    case 5:
      hearth_chat_tree_set_active_leaf (tree, one, NULL);
      break;
    default:
      hearth_chat_tree_graft (tree, one, g_rand_int_range (random, 0, 6) == 0 ? NULL : other, NULL);
      break;
    }
}

static void
test_random_steps (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_SEQUENCES; i++)
    {
      g_autoptr (HearthChatTree) tree = hearth_chat_tree_new ("s", NULL);

      for (guint j = 0; j < N_STEPS; j++)
        {
          g_autoptr (HearthValue) stored = NULL;

          step_at_random (tree, random);
          stored = save (tree);
        }
      check_reload (tree);
    }
}

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

/* --- documents ------------------------------------------------------------------------------------ */

static void
test_export (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthChatTree) tree = load (
      HEARTH_JSON ({ "nodes": {
        "a": { "role": "user", "content": "Hi", "parentId": null, "children": [ "b", "d" ], "createdAt": "2026-01-31T12:00:00.000Z" },
        "b": { "role": "system", "content": "off", "parentId": "a", "isEnabled": false, "children": [ "c" ], "createdAt": "t" },
        "c": { "role": "assistant", "content": "Hello\n*you*", "parentId": "b", "children": [], "createdAt": "2026-01-31T12:00:01.000Z" },
        "d": { "role": "assistant", "content": "other branch", "parentId": "a", "children": [], "createdAt": "t" } },
        "rootNodeIds": [ "a" ], "activeLeafId": "c",
        "metadata": { "title": "T", "createdAt": "2026-01-31T11:00:00.000Z", "updatedAt": "2026-01-31T12:00:01.000Z" } }), &error);
  g_autofree char *markdown = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  HearthChatFormat format;

  g_assert_no_error (error);
  markdown = hearth_chat_tree_export (tree, HEARTH_CHAT_FORMAT_MARKDOWN);
  g_assert_cmpstr (markdown, ==,
                   "# T\n\nCreated: 2026-01-31T11:00:00.000Z  \nUpdated: 2026-01-31T12:00:01.000Z\n\n---\n\n"
                   "## 👤 User\n\nHi\n\n*2026-01-31T12:00:00.000Z*\n\n---\n\n"
                   "## 🤖 Assistant\n\nHello\n*you*\n\n*2026-01-31T12:00:01.000Z*\n\n---\n\n");
  text = hearth_chat_tree_export (tree, HEARTH_CHAT_FORMAT_TEXT);
  g_assert_cmpstr (text, ==,
                   "T\n==================================================\n\n[USER]\nHi\n\n------------------------------\n\n"
                   "[ASSISTANT]\nHello\n*you*\n\n------------------------------\n\n");
  json = hearth_chat_tree_export (tree, HEARTH_CHAT_FORMAT_JSON);
  g_assert_nonnull (strstr (json, "\"activeLeafId\": \"c\""));
  g_assert_true (hearth_chat_format_from_name ("markdown", &format) && format == HEARTH_CHAT_FORMAT_MARKDOWN);
  g_assert_cmpstr (hearth_chat_format_get_suffix (format), ==, ".md");
  g_assert_false (hearth_chat_format_from_name ("pdf", &format));
}

static void
test_session (void)
{
  g_autoptr (GString) long_text = g_string_new (NULL);
  g_autoptr (HearthChatTree) tree = hearth_chat_tree_new ("s", NULL);
  g_autoptr (HearthValue) empty = hearth_chat_tree_to_session (tree, "P", TRUE);
  g_autoptr (HearthValue) brief = hearth_chat_tree_to_session (tree, "P", FALSE);
  g_autoptr (HearthValue) session = NULL;
  g_autofree char *id = NULL;

  for (guint i = 0; i < 150; i++)
    g_string_append (long_text, "ü");
  id = append (tree, NULL, long_text->str);
  session = hearth_chat_tree_to_session (tree, "P", TRUE);
  g_assert_cmpstr (hearth_value_get_member_string (empty, "lastMessage", NULL), ==, "");
  g_assert_cmpstr (hearth_value_get_member_string (empty, "title", NULL), ==, "Untitled chat");
  g_assert_null (hearth_value_get (brief, "lastMessage"));
  g_assert_cmpuint (strlen (hearth_value_get_member_string (session, "lastMessage", NULL)), ==, 200);
  g_assert_cmpint (hearth_value_get_member_integer (session, "messageCount", 0), ==, 1);
  g_assert_cmpint (hearth_value_get_member_integer (session, "branchCount", 0), ==, 1);
  g_assert_cmpstr (hearth_value_get_member_string (session, "type", NULL), ==, "chat");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat-tree/append", test_append);
  g_test_add_func ("/chat-tree/prune-and-graft", test_prune_and_graft);
  g_test_add_func ("/chat-tree/delete", test_delete);
  g_test_add_func ("/chat-tree/state", test_state);
  g_test_add_func ("/chat-tree/edit", test_edit);
  g_test_add_func ("/chat-tree/mend", test_mend);
  g_test_add_func ("/chat-tree/refuse", test_refuse);
  g_test_add_func ("/chat-tree/keep", test_keep);
  g_test_add_func ("/chat-tree/random-steps", test_random_steps);
  g_test_add_func ("/chat-tree/random-links", test_random_links);
  g_test_add_func ("/chat-tree/export", test_export);
  g_test_add_func ("/chat-tree/session", test_session);
  return g_test_run ();
}
