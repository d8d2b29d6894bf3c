/* hearth-chat-tree-private.h: the links of a chat tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-chat-tree.h"

G_BEGIN_DECLS

typedef struct _HearthChatMessage HearthChatMessage;

struct _HearthChatMessage
{
  char              *id;
  HearthValue       *stored;   /* all but its links, which may be old there */
  HearthChatMessage *parent;   /* borrowed, or NULL */
  GPtrArray         *children; /* of HearthChatMessage, borrowed */
  gboolean           listed;   /* in its parent's children, or in the roots */
  guint              mark;     /* for walks while loading */
};

struct _HearthChatTree
{
  char              *session_id;
  gint64             version;
  HearthValue       *metadata;
  HearthValue       *rest;        /* members of the file that are not ours */
  GHashTable        *messages;    /* id -> HearthChatMessage */
  GPtrArray         *order;       /* of HearthChatMessage, owned, as in the file */
  GPtrArray         *roots;       /* borrowed */
  HearthChatMessage *active_leaf; /* borrowed, or NULL */
};

HearthChatTree    *_hearth_chat_tree_alloc   (const char         *session_id);
/* Takes @stored; hangs nowhere yet. */
HearthChatMessage *_hearth_chat_tree_add     (HearthChatTree     *self,
                                              const char         *id,
                                              HearthValue        *stored);
/* Borrowed, or NULL with NOT_FOUND. */
HearthChatMessage *_hearth_chat_tree_find    (HearthChatTree     *self,
                                              const char         *id,
                                              GError            **error);
/* Hangs one that is listed nowhere below @parent, or NULL. */
void               _hearth_chat_message_hang (HearthChatTree     *self,
                                              HearthChatMessage  *message,
                                              HearthChatMessage  *parent);
/* Its parent stays. */
void               _hearth_chat_message_set_aside (HearthChatTree    *self,
                                                   HearthChatMessage *message);

G_END_DECLS
