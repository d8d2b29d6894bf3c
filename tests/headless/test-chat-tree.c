/* test-chat-tree.c: branches of a chat, worked out by hand and at random
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "chat-rules.h"
#include "hearth-chat-export.h"
#include "hearth-data-dir.h"

#define N_SEQUENCES 300
#define N_STEPS 60

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
  g_test_add_func ("/chat-tree/random-steps", test_random_steps);
  g_test_add_func ("/chat-tree/export", test_export);
  g_test_add_func ("/chat-tree/session", test_session);
  return g_test_run ();
}
