/* hearth-chat-tree.h: the messages of a chat, with all their branches (http-api.md 15.1, 15.3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages hang below one another; answering one twice makes a branch. At all times
 *
 * - a message's parent is one of the tree or none, and the way up ends: there are no circles;
 * - a message is listed once at most: below its parent, or among the roots when it has none. One that is
 *   listed nowhere is set aside: what was pruned, and what hung below a deleted message;
 * - the active leaf is a message of the tree or none.
 *
 * Nothing here blocks or knows files. One thread at a time. Errors are of HEARTH_STORE_ERROR: NOT_FOUND for an
 * unknown message, REFUSED for an edit that would make a circle; behind an error the tree may be half
 * changed and is to be thrown away.
 */

#pragma once

#include "hearth-value.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HearthChatTree HearthChatTree;

/* Empty, version 1. @metadata: an object, or NULL; times are set. */
HearthChatTree *hearth_chat_tree_new              (const char      *session_id,
                                                   HearthValue     *metadata);
/* From what hearth_chat_tree_save() or the reference wrote. Links that break the rules above are mended: the
 * parent that a message names counts. What is no tree is HEARTH_STORE_ERROR_INVALID. */
HearthChatTree *hearth_chat_tree_load             (HearthValue     *stored,
                                                   const char      *session_id,
                                                   GError         **error);
/* The object of http-api.md 15.1, members that we do not know included. */
HearthValue    *hearth_chat_tree_save             (HearthChatTree  *self);
void            hearth_chat_tree_free             (HearthChatTree  *self);

/* --- looking ------------------------------------------------------------------------ */

const char     *hearth_chat_tree_get_session_id   (HearthChatTree  *self);
gint64          hearth_chat_tree_get_version      (HearthChatTree  *self);
HearthValue    *hearth_chat_tree_get_metadata     (HearthChatTree  *self); /* borrowed, an object */
const char     *hearth_chat_tree_get_active_leaf  (HearthChatTree  *self); /* or NULL */
/* As it was stored, borrowed until the next change; its links may be out of date. NULL: unknown. */
HearthValue    *hearth_chat_tree_get_message      (HearthChatTree  *self,
                                                   const char      *id);
guint           hearth_chat_tree_get_n_messages   (HearthChatTree  *self);
/* Messages that nothing hangs below. */
guint           hearth_chat_tree_get_n_branches   (HearthChatTree  *self);
/* Enabled messages from the root to the active leaf: what a model is told. Of HearthValue. */
GPtrArray      *hearth_chat_tree_list_context     (HearthChatTree  *self);

/* --- changing ------------------------------------------------------------------------- */

/* Hangs a message below @parent_id (NULL: as a root) and makes it the active leaf. @role: user, assistant or
 * system; @metadata may be NULL. Returns its id. */
const char     *hearth_chat_tree_append           (HearthChatTree  *self,
                                                   const char      *parent_id,
                                                   const char      *role,
                                                   const char      *content,
                                                   HearthValue     *metadata,
                                                   GError         **error);
/* Sets aside all that hangs below it. */
gboolean        hearth_chat_tree_prune            (HearthChatTree  *self,
                                                   const char      *id,
                                                   GError         **error);
/* Moves it, with all that hangs below it, to the end of @parent_id (NULL: of the roots). */
gboolean        hearth_chat_tree_graft            (HearthChatTree  *self,
                                                   const char      *id,
                                                   const char      *parent_id,
                                                   GError         **error);
/* A disabled message stays where it is, and no model is told it. */
gboolean        hearth_chat_tree_set_enabled      (HearthChatTree  *self,
                                                   const char      *id,
                                                   gboolean         enabled,
                                                   GError         **error);
/* Sets aside what hangs below it. Were it the active leaf, its parent is now. */
gboolean        hearth_chat_tree_delete           (HearthChatTree  *self,
                                                   const char      *id,
                                                   GError         **error);
/* @changes: isEnabled, status, content, metadata (laid over the old); others are left out. */
gboolean        hearth_chat_tree_set_state        (HearthChatTree  *self,
                                                   const char      *id,
                                                   HearthValue     *changes,
                                                   GError         **error);
gboolean        hearth_chat_tree_set_active_leaf  (HearthChatTree  *self,
                                                   const char      *id,
                                                   GError         **error);
/* Lays title, description, tags, settings over the metadata. */
void            hearth_chat_tree_set_metadata     (HearthChatTree  *self,
                                                   HearthValue     *changes);
/* Adds an object to `assets`. */
void            hearth_chat_tree_add_asset        (HearthChatTree  *self,
                                                   HearthValue     *asset);
/* One more version, changed now. */
void            hearth_chat_tree_touch            (HearthChatTree  *self);

/* hearth-chat-edit.c: the array of operations of http-api.md 15.3, in order; unknown types and ids are
 * skipped. REFUSED names the operation that would make a circle. */
gboolean        hearth_chat_tree_edit             (HearthChatTree  *self,
                                                   HearthValue     *operations,
                                                   GError         **error);

/* --- sessions --------------------------------------------------------------------------- */

/* hearth-chat-session.c: the line of a list (http-api.md 15.1). @with_last: lastMessage as well. */
HearthValue    *hearth_chat_tree_to_session       (HearthChatTree  *self,
                                                   const char      *project_id,
                                                   gboolean         with_last);
/* The title, or a stand-in. */
char           *hearth_chat_tree_dup_title        (HearthChatTree  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthChatTree, hearth_chat_tree_free)

G_END_DECLS
