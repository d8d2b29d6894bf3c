/* hearth-chat-asset-operations.c: the files of a chat (http-api.md 15.4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-chat-operations.h"

#include "hearth-chat-store.h"
#include "hearth-workspace-private.h"

static const char *
text (HearthValue *arguments,
      const char  *key)
{
  return hearth_value_get_member_string (arguments, key, NULL);
}

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  return hearth_chat_store_list_assets (storage->dir, text (arguments, "projectId"), text (arguments, "sessionId"), error);
}

const HearthOperation hearth_operation_list_chat_assets = { .work = list, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
find (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  g_autofree char *path = hearth_chat_store_find_asset (storage->dir, text (arguments, "projectId"),
                                                        text (arguments, "sessionId"), text (arguments, "assetName"), error);

  return path != NULL ? hearth_value_object ("path", hearth_value_string (path), NULL) : NULL;
}

const HearthOperation hearth_operation_find_chat_asset = { .work = find, .place = HEARTH_OPERATION_HELPERS };
