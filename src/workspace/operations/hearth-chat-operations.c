/* hearth-chat-operations.c: listing, making, changing and keeping chats (http-api.md 15)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-chat-operations.h"

#include "hearth-chat-export.h"
#include "hearth-chat-store.h"
#include "hearth-operation-private.h"
#include "hearth-workspace-private.h"
#include "hearth-i18n.h"

static HearthChatTree *
change (HearthStorage   *storage,
        HearthValue     *arguments,
        HearthChatChange function,
        gpointer         data,
        GError         **error)
{
  return hearth_chat_store_change (storage->dir, _hearth_text (arguments, "projectId"),
                                   _hearth_text (arguments, "sessionId"), function, data, error);
}

/* --- sessions --------------------------------------------------------------------------- */

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  return hearth_chat_store_list (storage->dir, _hearth_text (arguments, "projectId"), error);
}

const HearthOperation hearth_operation_list_chats = { .work = list, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
create (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  return hearth_chat_store_create (storage->dir, _hearth_text (arguments, "projectId"), arguments, error);
}

const HearthOperation hearth_operation_create_chat = { .work = create };

static HearthValue *
import (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  return hearth_chat_store_import (storage->dir, _hearth_text (arguments, "projectId"),
                                   _hearth_text (arguments, "data"), error);
}

const HearthOperation hearth_operation_import_chat = { .work = import };

static gboolean
set_metadata (HearthChatTree *tree,
              gpointer        changes,
              GError        **error)
{
  hearth_chat_tree_set_metadata (tree, changes);
  return TRUE;
}

/* The web frontend renames with {"name"}. */
static HearthValue *
update (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  HearthValue *name = hearth_value_get (arguments, "name");
  HearthValue *title = hearth_value_get (arguments, "title");
  g_autoptr (HearthValue) changes = hearth_value_with (arguments, "title", title != NULL ? title : name);
  g_autoptr (HearthChatTree) tree = change (storage, arguments, set_metadata, changes, error);

  return tree != NULL ? hearth_value_object ("success", hearth_value_boolean (TRUE), NULL) : NULL;
}

const HearthOperation hearth_operation_update_chat = { .work = update };

static HearthValue *
throw_away (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  g_autofree char *place = hearth_chat_store_delete (storage->dir, _hearth_text (arguments, "projectId"),
                                                     _hearth_text (arguments, "sessionId"), error);

  return place != NULL ? hearth_value_null () : NULL;
}

const HearthOperation hearth_operation_delete_chat = { .work = throw_away };

static HearthChatTree *
read_tree (HearthStorage *storage,
           HearthValue   *arguments,
           GError       **error)
{
  return hearth_chat_store_read (storage->dir, _hearth_text (arguments, "projectId"),
                                 _hearth_text (arguments, "sessionId"), error);
}

static HearthValue *
export (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  HearthChatFormat format = HEARTH_CHAT_FORMAT_JSON;
  const char *wanted = hearth_value_get_member_string (arguments, "format", "json");
  g_autofree char *name = NULL;
  g_autofree char *document = NULL;
  g_autoptr (HearthChatTree) tree = NULL;

  if (!hearth_chat_format_from_name (wanted, &format))
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
                   _("A chat cannot be written as “%s”. Choose json, markdown or text."), wanted);
      return NULL;
    }
  tree = read_tree (storage, arguments, error);
  if (tree == NULL)
    return NULL;
  name = g_strdup_printf ("chat-%s%s", hearth_chat_tree_get_session_id (tree), hearth_chat_format_get_suffix (format));
  document = hearth_chat_tree_export (tree, format);
  return hearth_value_object ("name", hearth_value_string (name), "text", hearth_value_string (document),
                              "isJson", hearth_value_boolean (format == HEARTH_CHAT_FORMAT_JSON), NULL);
}

const HearthOperation hearth_operation_export_chat = { .work = export, .place = HEARTH_OPERATION_HELPERS };

/* --- messages ----------------------------------------------------------------------------- */

static HearthValue *
read_one (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  g_autoptr (HearthChatTree) tree = read_tree (storage, arguments, error);

  return tree != NULL ? hearth_chat_tree_save (tree) : NULL;
}

const HearthOperation hearth_operation_read_chat = { .work = read_one, .place = HEARTH_OPERATION_HELPERS };

static gboolean
append_message (HearthChatTree *tree,
                gpointer        arguments,
                GError        **error)
{
  return hearth_chat_tree_append (tree, _hearth_text (arguments, "parentId"), _hearth_text (arguments, "role"),
                                  _hearth_text (arguments, "content"), hearth_value_get (arguments, "metadata"), error)
         != NULL;
}

static HearthValue *
append (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  g_autoptr (HearthChatTree) tree = change (storage, arguments, append_message, arguments, error);

  /* A new message is the active leaf. */
  return tree != NULL ? hearth_value_object ("nodeId", hearth_value_string (hearth_chat_tree_get_active_leaf (tree)),
                                             "tree", hearth_chat_tree_save (tree), NULL)
                      : NULL;
}

const HearthOperation hearth_operation_append_message = { .work = append };

static gboolean
edit_messages (HearthChatTree *tree,
               gpointer        arguments,
               GError        **error)
{
  return hearth_chat_tree_edit (tree, hearth_value_get (arguments, "operations"), error);
}

static HearthValue *
edit (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  g_autoptr (HearthChatTree) tree = change (storage, arguments, edit_messages, arguments, error);

  return tree != NULL ? hearth_chat_tree_save (tree) : NULL;
}

const HearthOperation hearth_operation_edit_chat = { .work = edit };

static gboolean
set_message_state (HearthChatTree *tree,
                   gpointer        arguments,
                   GError        **error)
{
  return hearth_chat_tree_set_state (tree, _hearth_text (arguments, "nodeId"), arguments, error);
}

static HearthValue *
set_state (HearthStorage *storage,
           HearthValue   *arguments,
           GError       **error)
{
  g_autoptr (HearthChatTree) tree = change (storage, arguments, set_message_state, arguments, error);

  return tree != NULL ? hearth_value_object ("success", hearth_value_boolean (TRUE),
                                             "tree", hearth_chat_tree_save (tree), NULL)
                      : NULL;
}

const HearthOperation hearth_operation_set_message_state = { .work = set_state };

static gboolean
set_active_leaf (HearthChatTree *tree,
                 gpointer        arguments,
                 GError        **error)
{
  return hearth_chat_tree_set_active_leaf (tree, _hearth_text (arguments, "leafNodeId"), error);
}

static HearthValue *
set_leaf (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  g_autoptr (HearthChatTree) tree = change (storage, arguments, set_active_leaf, arguments, error);
  const char *leaf = tree != NULL ? hearth_chat_tree_get_active_leaf (tree) : NULL;

  return tree != NULL ? hearth_value_object ("success", hearth_value_boolean (TRUE), "activeLeafId",
                                             leaf != NULL ? hearth_value_string (leaf) : hearth_value_null (), NULL)
                      : NULL;
}

const HearthOperation hearth_operation_set_active_leaf = { .work = set_leaf };
