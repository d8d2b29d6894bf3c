/* hearth-chat-store.h: the chats of the projects as files (http-api.md 15, storage.md 3.3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions block; call them from a worker thread. One of them at a time changes one project. A NULL
 * @project_id, where a chat is named, means whichever project has it.
 */

#pragma once

#include "hearth-chat-tree.h"
#include "hearth-data-dir.h"

G_BEGIN_DECLS

/* An array of sessions (http-api.md 15.1), newest activity first. Files that are no chats are left out; a project
 * that is not there has none. Files that did not change are not read again. */
HearthValue    *hearth_chat_store_list       (HearthDataDir     *dir,
                                              const char        *project_id,
                                              GError           **error);
/* @members: title, description, type, tags, settings, each optional. Returns the session. */
HearthValue    *hearth_chat_store_create     (HearthDataDir     *dir,
                                              const char        *project_id,
                                              HearthValue       *members,
                                              GError           **error);
/* A new chat from the text of an exported tree; what is none is HEARTH_STORE_ERROR_REFUSED. Returns the session. */
HearthValue    *hearth_chat_store_import     (HearthDataDir     *dir,
                                              const char        *project_id,
                                              const char        *text,
                                              GError           **error);
HearthChatTree *hearth_chat_store_read       (HearthDataDir     *dir,
                                              const char        *project_id,
                                              const char        *session_id,
                                              GError           **error);

/* FALSE with an error: nothing is saved. */
typedef gboolean (*HearthChatChange)         (HearthChatTree    *tree,
                                              gpointer           user_data,
                                              GError           **error);

/* Reads a chat, changes it and saves it as its next version, which it returns. Nobody else comes in between. */
HearthChatTree *hearth_chat_store_change     (HearthDataDir     *dir,
                                              const char        *project_id,
                                              const char        *session_id,
                                              HearthChatChange   change,
                                              gpointer           user_data,
                                              GError           **error);
/* Moves the chat and its attachments to the recycle bin; returns the place of the chat. */
char           *hearth_chat_store_delete     (HearthDataDir     *dir,
                                              const char        *project_id,
                                              const char        *session_id,
                                              GError           **error);

/* --- attachments: hearth-chat-assets.c (http-api.md 15.4) --------------------------------- */

/* Copies the file @source to the chat and notes it in the tree. @name: as the user knows it, its suffix is
 * kept; @type: image, audio, video, document, or NULL for what the suffix says. Returns {id, name, type, url},
 * where url is a logical path and name the file's. */
HearthValue    *hearth_chat_store_add_asset  (HearthDataDir     *dir,
                                              const char        *project_id,
                                              const char        *session_id,
                                              const char        *source,
                                              const char        *name,
                                              const char        *type,
                                              GError           **error);
/* An array of {id, name, size, lastModified}, sorted by name. */
HearthValue    *hearth_chat_store_list_assets (HearthDataDir    *dir,
                                              const char        *project_id,
                                              const char        *session_id,
                                              GError           **error);
/* The path of the file @name. */
char           *hearth_chat_store_find_asset (HearthDataDir     *dir,
                                              const char        *project_id,
                                              const char        *session_id,
                                              const char        *name,
                                              GError           **error);

G_END_DECLS
