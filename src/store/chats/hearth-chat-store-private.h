/* hearth-chat-store-private.h: where the files of a chat lie
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-chat-store.h"

G_BEGIN_DECLS

/* All that is known of a chat without reading it. */
typedef struct
{
  char *project_id; /* the folder's name */
  char *path;       /* of the tree */
  char *assets;     /* the folder of its attachments */
} HearthChatPlace;

/* Where the chat is, or with @must_exist FALSE, where it would be. @project_id NULL: searches all. */
gboolean _hearth_chat_place_find  (HearthChatPlace  *self,
                                   HearthDataDir    *dir,
                                   const char       *project_id,
                                   const char       *session_id,
                                   gboolean          must_exist,
                                   GError          **error);
void     _hearth_chat_place_clear (HearthChatPlace  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthChatPlace, _hearth_chat_place_clear)

G_END_DECLS
