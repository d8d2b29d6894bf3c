/* hearth-chat-load.c: a chat tree out of a file that anybody may have written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reference leaves links behind that contradict each other: a moved message still stands below its old
 * parent, and what hung below a deleted one names a parent that is gone.
 */

#include "config.h"

#include "hearth-chat-tree-private.h"
#include "hearth-data-dir.h"
#include "hearth-i18n.h"

/* --- messages ------------------------------------------------------------------------ */

static HearthValue *
with_default (HearthValue *message)
{
  g_autoptr (HearthValue) enabled = hearth_value_boolean (TRUE);

  if (hearth_value_get_member_kind (message, "isEnabled", HEARTH_VALUE_BOOLEAN) != NULL)
    return hearth_value_ref (message);
  return hearth_value_with (message, "isEnabled", enabled);
}

static gboolean
check_message (HearthChatTree *self,
               const char     *id,
               HearthValue    *node,
               GError        **error)
{
  if (hearth_value_get_member_string (node, "role", NULL) == NULL
      || hearth_value_get_member_string (node, "content", NULL) == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                 _("This is no chat that can be read: its message “%s” lacks a role or a content."), id);
  else if (g_hash_table_contains (self->messages, id)) /* they differ behind a NUL */
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                 _("This is no chat that can be read: it has two messages “%s”."), id);
  else
    return TRUE;
  return FALSE;
}

static gboolean
load_messages (HearthChatTree *self,
               HearthValue    *nodes,
               GError        **error)
{
  for (gsize i = 0; i < hearth_value_get_length (nodes); i++)
    {
      const char *id = hearth_value_key_at (nodes, i);
      HearthValue *node = hearth_value_member_at (nodes, i);

      if (!check_message (self, id, node, error))
        return FALSE;
      _hearth_chat_tree_add (self, id, with_default (node));
    }
  return TRUE;
}

/* --- parents ------------------------------------------------------------------------- */

static HearthChatMessage *
look_up (HearthChatTree *self,
         HearthValue    *id)
{
  return hearth_value_is (id, STRING) ? g_hash_table_lookup (self->messages, hearth_value_get_string (id, NULL)) : NULL;
}

static void
take_parents (HearthChatTree *self)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthChatMessage *message = g_ptr_array_index (self->order, i);

      message->parent = look_up (self, hearth_value_get (message->stored, "parentId"));
    }
}

static HearthValue *
get_children (HearthChatMessage *message)
{
  return hearth_value_get_member_kind (message->stored, "children", HEARTH_VALUE_ARRAY);
}

static gsize
count (HearthValue *array)
{
  return array != NULL ? hearth_value_get_length (array) : 0;
}

/* One that names no parent, is no root, and stands below another one, belongs there. */
static void
adopt (HearthChatTree *self,
       HearthValue    *root_ids)
{
  g_autoptr (GHashTable) roots = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < count (root_ids); i++)
    g_hash_table_add (roots, look_up (self, hearth_value_at (root_ids, i)));
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthChatMessage *parent = g_ptr_array_index (self->order, i);
      HearthValue *children = get_children (parent);

      for (gsize j = 0; j < count (children); j++)
        {
          HearthChatMessage *child = look_up (self, hearth_value_at (children, j));

          if (child != NULL && child->parent == NULL && !g_hash_table_contains (roots, child))
            child->parent = parent;
        }
    }
}

/* Each walk up has a mark of its own: who meets it again has gone in a circle. */
static void
cut_circles (HearthChatTree *self)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      guint mark = i + 1;

      for (HearthChatMessage *message = g_ptr_array_index (self->order, i); message != NULL && message->mark == 0;
           message = message->parent)
        {
          message->mark = mark;
          if (message->parent != NULL && message->parent->mark == mark)
            message->parent = NULL;
        }
    }
}

/* --- lists ----------------------------------------------------------------------------- */

static void
list_below (HearthChatTree    *self,
            HearthChatMessage *parent,
            HearthValue       *ids)
{
  for (gsize i = 0; i < count (ids); i++)
    {
      HearthChatMessage *message = look_up (self, hearth_value_at (ids, i));

      if (message != NULL && !message->listed && message->parent == parent)
        _hearth_chat_message_hang (self, message, parent);
    }
}

static void
list_all (HearthChatTree *self,
          HearthValue    *root_ids)
{
  list_below (self, NULL, root_ids);
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthChatMessage *message = g_ptr_array_index (self->order, i);

      list_below (self, message, get_children (message));
      if (root_ids == NULL && message->parent == NULL && !message->listed)
        _hearth_chat_message_hang (self, message, NULL);
    }
}

/* --- trees ----------------------------------------------------------------------------- */

static void
take_rest (HearthChatTree *self,
           HearthValue    *stored)
{
  static const char *const own[] = { "sessionId", "version", "nodes", "rootNodeIds", "activeLeafId", "metadata" };
  HearthValue *metadata = hearth_value_get_member_kind (stored, "metadata", HEARTH_VALUE_OBJECT);

  hearth_value_unref (self->rest);
  self->rest = hearth_value_ref (stored);
  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    {
      HearthValue *less = hearth_value_with (self->rest, own[i], NULL);

      hearth_value_unref (self->rest);
      self->rest = less;
    }
  if (metadata != NULL)
    {
      hearth_value_unref (self->metadata);
      self->metadata = hearth_value_ref (metadata);
    }
}

HearthChatTree *
hearth_chat_tree_load (HearthValue *stored,
                       const char  *session_id,
                       GError     **error)
{
  HearthValue *nodes = hearth_value_get_member_kind (stored, "nodes", HEARTH_VALUE_OBJECT);
  HearthValue *root_ids = hearth_value_get_member_kind (stored, "rootNodeIds", HEARTH_VALUE_ARRAY);
  g_autoptr (HearthChatTree) self = NULL;

  g_return_val_if_fail (session_id != NULL, NULL);

  if (nodes == NULL)
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                   _("This is no chat that can be read: it has no “nodes”."));
      return NULL;
    }
  self = _hearth_chat_tree_alloc (session_id);
  if (!load_messages (self, nodes, error))
    return NULL;
  take_rest (self, stored);
  self->version = MAX (1, hearth_value_get_member_integer (stored, "version", 1));
  take_parents (self);
  adopt (self, root_ids);
  cut_circles (self);
  list_all (self, root_ids);
  self->active_leaf = look_up (self, hearth_value_get (stored, "activeLeafId"));
  return g_steal_pointer (&self);
}
