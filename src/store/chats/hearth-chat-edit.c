/* hearth-chat-edit.c: changes of a chat tree, each of which leaves it whole (http-api.md 15.3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-chat-tree-private.h"
#include "hearth-data-dir.h"
#include "hearth-id.h"
#include "hearth-i18n.h"

/* Takes @value. */
static void
set_member (HearthChatMessage *message,
            const char        *key,
            HearthValue       *value)
{
  g_autoptr (HearthValue) taken = value;
  g_autoptr (HearthValue) old = message->stored;

  message->stored = hearth_value_with (old, key, taken);
}

/* --- single changes -------------------------------------------------------------------- */

const char *
hearth_chat_tree_append (HearthChatTree *self,
                         const char     *parent_id,
                         const char     *role,
                         const char     *content,
                         HearthValue    *metadata,
                         GError        **error)
{
  HearthChatMessage *parent = NULL;
  HearthChatMessage *message;
  g_autofree char *id = NULL;
  g_autofree char *now = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (role != NULL && content != NULL, NULL);

  if (parent_id != NULL && (parent = _hearth_chat_tree_find (self, parent_id, error)) == NULL)
    return NULL;
  id = hearth_id_new_uuid ();
  now = hearth_time_now_iso ();
  message = _hearth_chat_tree_add (
      self, id,
      hearth_value_object ("id", hearth_value_string (id), "parentId", hearth_value_null (),
                           "role", hearth_value_string (role), "content", hearth_value_string (content), "status",
                           hearth_value_string (g_str_equal (role, "assistant") ? "generating" : "complete"),
                           "isEnabled", hearth_value_boolean (TRUE), "createdAt", hearth_value_string (now),
                           "metadata", hearth_value_ref_or_null (metadata), NULL));
  _hearth_chat_message_hang (self, message, parent);
  self->active_leaf = message;
  return message->id;
}

gboolean
hearth_chat_tree_prune (HearthChatTree *self,
                        const char     *id,
                        GError        **error)
{
  HearthChatMessage *message;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  message = _hearth_chat_tree_find (self, id, error);
  while (message != NULL && message->children->len > 0)
    _hearth_chat_message_set_aside (self, g_ptr_array_index (message->children, message->children->len - 1));
  return message != NULL;
}

static gboolean
is_below (HearthChatMessage *message,
          HearthChatMessage *ancestor)
{
  while (message != NULL && message != ancestor)
    message = message->parent;
  return message != NULL;
}

gboolean
hearth_chat_tree_graft (HearthChatTree *self,
                        const char     *id,
                        const char     *parent_id,
                        GError        **error)
{
  HearthChatMessage *message;
  HearthChatMessage *parent = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  message = _hearth_chat_tree_find (self, id, error);
  if (message == NULL || (parent_id != NULL && (parent = _hearth_chat_tree_find (self, parent_id, error)) == NULL))
    return FALSE;
  if (is_below (parent, message))
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
                   _("The message “%s” cannot be moved below itself. Choose a place in another branch."), id);
      return FALSE;
    }
  _hearth_chat_message_set_aside (self, message);
  _hearth_chat_message_hang (self, message, parent);
  return TRUE;
}

gboolean
hearth_chat_tree_set_enabled (HearthChatTree *self,
                              const char     *id,
                              gboolean        enabled,
                              GError        **error)
{
  HearthChatMessage *message;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  message = _hearth_chat_tree_find (self, id, error);
  if (message != NULL)
    set_member (message, "isEnabled", hearth_value_boolean (enabled));
  return message != NULL;
}

gboolean
hearth_chat_tree_delete (HearthChatTree *self,
                         const char     *id,
                         GError        **error)
{
  HearthChatMessage *message;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  message = _hearth_chat_tree_find (self, id, error);
  if (message == NULL)
    return FALSE;
  _hearth_chat_message_set_aside (self, message);
  /* Also what was pruned earlier still names it. */
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthChatMessage *child = g_ptr_array_index (self->order, i);

      if (child->parent == message)
        {
          child->parent = NULL;
          child->listed = FALSE;
        }
    }
  if (self->active_leaf == message)
    self->active_leaf = message->parent;
  g_hash_table_remove (self->messages, message->id);
  g_ptr_array_remove (self->order, message);
  return TRUE;
}

static void
overlay_metadata (HearthChatMessage *message,
                  HearthValue       *metadata)
{
  HearthValue *old = hearth_value_get_member_kind (message->stored, "metadata", HEARTH_VALUE_OBJECT);

  set_member (message, "metadata", hearth_value_overlay (old, metadata));
}

gboolean
hearth_chat_tree_set_state (HearthChatTree *self,
                            const char     *id,
                            HearthValue    *changes,
                            GError        **error)
{
  static const char *const keys[] = { "isEnabled", "status", "content" };
  HearthValue *metadata = hearth_value_get_member_kind (changes, "metadata", HEARTH_VALUE_OBJECT);
  HearthChatMessage *message;
  g_autofree char *now = hearth_time_now_iso ();

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  message = _hearth_chat_tree_find (self, id, error);
  if (message == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (hearth_value_get (changes, keys[i]) != NULL)
      set_member (message, keys[i], hearth_value_ref (hearth_value_get (changes, keys[i])));
  if (hearth_value_get (changes, "content") != NULL)
    set_member (message, "updatedAt", hearth_value_string (now));
  if (metadata != NULL)
    overlay_metadata (message, metadata);
  return TRUE;
}

gboolean
hearth_chat_tree_set_active_leaf (HearthChatTree *self,
                                  const char     *id,
                                  GError        **error)
{
  HearthChatMessage *message = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (id != NULL && (message = _hearth_chat_tree_find (self, id, error)) == NULL)
    return FALSE;
  self->active_leaf = message;
  return TRUE;
}

/* --- lists of operations ----------------------------------------------------------------- */

static gboolean
enable (HearthChatTree *self,
        const char     *id,
        GError        **error)
{
  return hearth_chat_tree_set_enabled (self, id, TRUE, error);
}

static gboolean
disable (HearthChatTree *self,
         const char     *id,
         GError        **error)
{
  return hearth_chat_tree_set_enabled (self, id, FALSE, error);
}

static const struct
{
  const char *type;
  gboolean (*apply) (HearthChatTree *self, const char *id, GError **error);
  gboolean many; /* of nodeIds, else of sourceNodeId */
} operations_table[] = {
  { "prune", hearth_chat_tree_prune, FALSE },
  { "enable", enable, TRUE },
  { "disable", disable, TRUE },
  { "delete", hearth_chat_tree_delete, TRUE },
};

static void
apply_one (HearthChatTree *self,
           HearthValue    *operation,
           gsize           kind)
{
  HearthValue *ids = hearth_value_get_member_kind (operation, "nodeIds", HEARTH_VALUE_ARRAY);
  const char *source = hearth_value_get_member_string (operation, "sourceNodeId", NULL);

  if (!operations_table[kind].many)
    ids = NULL;
  else
    source = NULL;
  if (source != NULL)
    operations_table[kind].apply (self, source, NULL);
  for (gsize i = 0; ids != NULL && i < hearth_value_get_length (ids); i++)
    if (hearth_value_is (hearth_value_at (ids, i), STRING))
      operations_table[kind].apply (self, hearth_value_get_string (hearth_value_at (ids, i), NULL), NULL);
}

/* FALSE only for a circle. */
static gboolean
apply_graft (HearthChatTree *self,
             HearthValue    *operation,
             GError        **error)
{
  const char *source = hearth_value_get_member_string (operation, "sourceNodeId", NULL);
  const char *target = hearth_value_get_member_string (operation, "targetNodeId", NULL);
  gboolean to_roots = hearth_value_get_member_kind (operation, "targetNodeId", HEARTH_VALUE_NULL) != NULL;
  g_autoptr (GError) reason = NULL;

  if (source == NULL || (target == NULL && !to_roots) || hearth_chat_tree_graft (self, source, target, &reason)
      || g_error_matches (reason, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

gboolean
hearth_chat_tree_edit (HearthChatTree *self,
                       HearthValue    *operations,
                       GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (hearth_value_is (operations, ARRAY), FALSE);

  for (gsize i = 0; i < hearth_value_get_length (operations); i++)
    {
      HearthValue *operation = hearth_value_at (operations, i);
      const char *type = hearth_value_get_member_string (operation, "type", "");

      if (g_str_equal (type, "graft") && !apply_graft (self, operation, error))
        {
          g_prefix_error (error, _("Operation %u of the edit: "), (guint) i + 1);
          return FALSE;
        }
      for (gsize kind = 0; kind < G_N_ELEMENTS (operations_table); kind++)
        if (g_str_equal (type, operations_table[kind].type))
          apply_one (self, operation, kind);
    }
  return TRUE;
}
