/* fuzz-chat.c: whatever a chat's file holds and whatever is done to it, the tree keeps its rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The member "operations" of an input is an edit of the chat.
 */

#include "config.h"

#include "hearth-chat-export.h"
#include "hearth-data-dir.h"

#include "fuzz.h"
#include "headless/chat-rules.h"

static void
check_error (const GError *error,
             gint          code)
{
  g_assert_error (error, HEARTH_STORE_ERROR, code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_export (HearthChatTree *tree)
{
  g_autoptr (HearthValue) session = hearth_chat_tree_to_session (tree, "p", TRUE);
  g_autofree char *title = hearth_chat_tree_dup_title (tree);

  g_assert_true (hearth_value_is (session, OBJECT));
  g_assert_true (g_utf8_validate (title, -1, NULL));
  for (HearthChatFormat format = HEARTH_CHAT_FORMAT_JSON; format <= HEARTH_CHAT_FORMAT_TEXT; format++)
    {
      g_autofree char *text = hearth_chat_tree_export (tree, format);

      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

static void
check_edit (HearthChatTree *tree,
            HearthValue    *operations)
{
  g_autoptr (GError) error = NULL;

  if (!hearth_chat_tree_edit (tree, operations, &error))
    {
      check_error (error, HEARTH_STORE_ERROR_REFUSED);
      return;
    }
  hearth_chat_tree_touch (tree);
  check_reload (tree);
  check_export (tree);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (HearthValue) stored = hearth_json_parse ((const char *) data, (gssize) size, NULL);
  HearthValue *operations = hearth_value_get_member_kind (stored, "operations", HEARTH_VALUE_ARRAY);
  g_autoptr (HearthChatTree) tree = NULL;
  g_autoptr (GError) error = NULL;

  if (stored == NULL)
    return 0;
  tree = hearth_chat_tree_load (stored, "s", &error);
  if (tree == NULL)
    {
      check_error (error, HEARTH_STORE_ERROR_INVALID);
      return 0;
    }
  check_reload (tree);
  check_export (tree);
  if (operations != NULL)
    check_edit (tree, operations);
  return 0;
}
