/* hearth-chat-tree.c: the messages of a chat and how they hang together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-chat-tree-private.h"

#include <string.h>

#include "hearth-data-dir.h"
#include "hearth-id.h"
#include "hearth-i18n.h"

/* --- life ------------------------------------------------------------------------- */

static void
message_free (gpointer data)
{
  HearthChatMessage *self = data;

  g_free (self->id);
  hearth_value_unref (self->stored);
  g_ptr_array_unref (self->children);
  g_free (self);
}

HearthChatTree *
_hearth_chat_tree_alloc (const char *session_id)
{
  HearthChatTree *self = g_new0 (HearthChatTree, 1);

  self->session_id = g_strdup (session_id);
  self->version = 1;
  self->metadata = hearth_value_empty_object ();
  self->rest = hearth_value_empty_object ();
  self->messages = g_hash_table_new (g_str_hash, g_str_equal);
  self->order = g_ptr_array_new_with_free_func (message_free);
  self->roots = g_ptr_array_new ();
  return self;
}

HearthChatTree *
hearth_chat_tree_new (const char  *session_id,
                      HearthValue *metadata)
{
  HearthChatTree *self;
  g_autofree char *now = hearth_time_now_iso ();
  g_autoptr (HearthValue) times = NULL;

  g_return_val_if_fail (session_id != NULL, NULL);

  self = _hearth_chat_tree_alloc (session_id);
  times = hearth_value_object ("createdAt", hearth_value_string (now), "updatedAt", hearth_value_string (now),
                               "tokenCount", hearth_value_integer (0), NULL);
  hearth_value_unref (self->metadata);
  self->metadata = hearth_value_overlay (metadata, times);
  return self;
}

void
hearth_chat_tree_free (HearthChatTree *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->session_id);
  hearth_value_unref (self->metadata);
  hearth_value_unref (self->rest);
  g_hash_table_unref (self->messages);
  g_ptr_array_unref (self->roots);
  g_ptr_array_unref (self->order);
  g_free (self);
}

/* --- links ------------------------------------------------------------------------- */

HearthChatMessage *
_hearth_chat_tree_add (HearthChatTree *self,
                       const char     *id,
                       HearthValue    *stored)
{
  HearthChatMessage *message = g_new0 (HearthChatMessage, 1);

  message->id = g_strdup (id);
  message->stored = stored;
  message->children = g_ptr_array_new ();
  g_ptr_array_add (self->order, message);
  g_hash_table_insert (self->messages, message->id, message);
  return message;
}

HearthChatMessage *
_hearth_chat_tree_find (HearthChatTree *self,
                        const char     *id,
                        GError        **error)
{
  HearthChatMessage *message = g_hash_table_lookup (self->messages, id);

  if (message == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("There is no message “%s” in this chat. It may have been deleted."), id);
  return message;
}

void
_hearth_chat_message_hang (HearthChatTree    *self,
                           HearthChatMessage *message,
                           HearthChatMessage *parent)
{
  g_assert (!message->listed);
  message->parent = parent;
  message->listed = TRUE;
  g_ptr_array_add (parent != NULL ? parent->children : self->roots, message);
}

void
_hearth_chat_message_set_aside (HearthChatTree    *self,
                                HearthChatMessage *message)
{
  if (message->listed)
    g_ptr_array_remove (message->parent != NULL ? message->parent->children : self->roots, message);
  message->listed = FALSE;
}

/* --- looking ------------------------------------------------------------------------ */

const char *
hearth_chat_tree_get_session_id (HearthChatTree *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->session_id;
}

gint64
hearth_chat_tree_get_version (HearthChatTree *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->version;
}

HearthValue *
hearth_chat_tree_get_metadata (HearthChatTree *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->metadata;
}

const char *
hearth_chat_tree_get_active_leaf (HearthChatTree *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->active_leaf != NULL ? self->active_leaf->id : NULL;
}

HearthValue *
hearth_chat_tree_get_message (HearthChatTree *self,
                              const char     *id)
{
  HearthChatMessage *message;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  message = g_hash_table_lookup (self->messages, id);
  return message != NULL ? message->stored : NULL;
}

guint
hearth_chat_tree_get_n_messages (HearthChatTree *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->order->len;
}

guint
hearth_chat_tree_get_n_branches (HearthChatTree *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->order->len; i++)
    n += ((HearthChatMessage *) g_ptr_array_index (self->order, i))->children->len == 0;
  return n;
}

GPtrArray *
hearth_chat_tree_list_context (HearthChatTree *self)
{
  g_autoptr (GPtrArray) context = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);

  g_return_val_if_fail (self != NULL, NULL);

  for (HearthChatMessage *message = self->active_leaf; message != NULL; message = message->parent)
    if (hearth_value_get_member_boolean (message->stored, "isEnabled", TRUE))
      g_ptr_array_add (context, hearth_value_ref (message->stored));
  for (guint i = 0; i < context->len / 2; i++)
    {
      gpointer last = context->pdata[context->len - 1 - i];

      context->pdata[context->len - 1 - i] = context->pdata[i];
      context->pdata[i] = last;
    }
  return g_steal_pointer (&context);
}

/* --- saving -------------------------------------------------------------------------- */

static HearthValue *
list_ids (GPtrArray *messages)
{
  g_auto (HearthBuilder) ids = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < messages->len; i++)
    hearth_builder_add_string (&ids, NULL, ((HearthChatMessage *) g_ptr_array_index (messages, i))->id);
  return hearth_builder_end_array (&ids);
}

static HearthValue *
id_or_null (HearthChatMessage *message)
{
  return message != NULL ? hearth_value_string (message->id) : hearth_value_null ();
}

static HearthValue *
save_message (HearthChatMessage *message)
{
  g_autoptr (HearthValue) links = hearth_value_object ("id", hearth_value_string (message->id),
                                                       "parentId", id_or_null (message->parent),
                                                       "children", list_ids (message->children), NULL);

  return hearth_value_overlay (message->stored, links);
}

HearthValue *
hearth_chat_tree_save (HearthChatTree *self)
{
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) own = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->order->len; i++)
    {
      HearthChatMessage *message = g_ptr_array_index (self->order, i);

      hearth_builder_add (&nodes, message->id, save_message (message));
    }
  own = hearth_value_object ("sessionId", hearth_value_string (self->session_id),
                             "version", hearth_value_integer (self->version),
                             "nodes", hearth_builder_end_object (&nodes),
                             "rootNodeIds", list_ids (self->roots),
                             "activeLeafId", id_or_null (self->active_leaf),
                             "metadata", hearth_value_ref (self->metadata), NULL);
  return hearth_value_overlay (own, self->rest);
}

/* --- metadata ------------------------------------------------------------------------- */

void
hearth_chat_tree_set_metadata (HearthChatTree *self,
                               HearthValue    *changes)
{
  static const char *const keys[] = { "title", "description", "tags", "settings" };

  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      HearthValue *value = hearth_value_get (changes, keys[i]);
      HearthValue *old = self->metadata;

      if (value == NULL)
        continue;
      self->metadata = hearth_value_with (old, keys[i], value);
      hearth_value_unref (old);
    }
}

void
hearth_chat_tree_add_asset (HearthChatTree *self,
                            HearthValue    *asset)
{
  HearthValue *old;
  HearthValue *rest;
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) assets = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (hearth_value_is (asset, OBJECT));

  old = hearth_value_get_member_kind (self->rest, "assets", HEARTH_VALUE_ARRAY);
  for (gsize i = 0; old != NULL && i < hearth_value_get_length (old); i++)
    hearth_builder_add (&list, NULL, hearth_value_ref (hearth_value_at (old, i)));
  hearth_builder_add (&list, NULL, hearth_value_ref (asset));
  assets = hearth_builder_end_array (&list);
  rest = hearth_value_with (self->rest, "assets", assets);
  hearth_value_unref (self->rest);
  self->rest = rest;
}

void
hearth_chat_tree_touch (HearthChatTree *self)
{
  g_autofree char *now = hearth_time_now_iso ();
  g_autoptr (HearthValue) time = hearth_value_string (now);
  HearthValue *metadata;

  g_return_if_fail (self != NULL);

  /* A file may say any number. */
  self->version = self->version < G_MAXINT64 ? self->version + 1 : 1;
  metadata = hearth_value_with (self->metadata, "updatedAt", time);
  hearth_value_unref (self->metadata);
  self->metadata = metadata;
}
