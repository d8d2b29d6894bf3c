/* hearth-chat-export.h: a chat as a document to keep or to pass on (http-api.md 15.2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-chat-tree.h"

G_BEGIN_DECLS

/**
 * HearthChatFormat:
 * @HEARTH_CHAT_FORMAT_JSON: the whole tree, which can be imported again
 * @HEARTH_CHAT_FORMAT_MARKDOWN: what was said from the root to the active leaf
 * @HEARTH_CHAT_FORMAT_TEXT: the same without marks
 */
typedef enum
{
  HEARTH_CHAT_FORMAT_JSON,
  HEARTH_CHAT_FORMAT_MARKDOWN,
  HEARTH_CHAT_FORMAT_TEXT,
} HearthChatFormat;

/* "json", "markdown", "text"; FALSE: another word. */
gboolean    hearth_chat_format_from_name     (const char       *name,
                                              HearthChatFormat *format);
/* ".json", ".md", ".text" */
const char *hearth_chat_format_get_suffix    (HearthChatFormat  format);
char       *hearth_chat_tree_export          (HearthChatTree   *tree,
                                              HearthChatFormat  format);

G_END_DECLS
