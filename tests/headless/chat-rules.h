/* chat-rules.h: whether a chat keeps the rules, looked up in what is saved of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-chat-tree.h"
#include "hearth-json.h"

/* --- the rules of hearth-chat-tree.h, looked up in what is saved -------------------------- */

static inline HearthValue *
node_of (HearthValue *stored,
         const char  *id)
{
  return hearth_value_get (hearth_value_get (stored, "nodes"), id);
}

static inline const char *
parent_of (HearthValue *stored,
           const char  *id)
{
  return hearth_value_get_member_string (node_of (stored, id), "parentId", NULL);
}

static inline void
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

static inline void
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

static inline void
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

static inline HearthValue *
save (HearthChatTree *tree)
{
  HearthValue *stored = hearth_chat_tree_save (tree);

  check_rules (stored);
  return stored;
}

/* What was saved comes back as it was. */
static inline void
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

/* --- chats as short texts ------------------------------------------------------------------ */

static inline HearthChatTree *
load (const char *text,
      GError    **error)
{
  g_autoptr (HearthValue) stored = hearth_json_parse (text, -1, error);

  return stored != NULL ? hearth_chat_tree_load (stored, "s", error) : NULL;
}

static inline char *
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
static inline void
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
