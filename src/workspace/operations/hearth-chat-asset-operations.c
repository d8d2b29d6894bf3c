/* hearth-chat-asset-operations.c: the files of a chat (http-api.md 15.4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-chat-operations.h"

#include "hearth-chat-store.h"
#include "hearth-operation-private.h"
#include "hearth-workspace-private.h"

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  return hearth_chat_store_list_assets (storage->dir, _hearth_text (arguments, "projectId"),
                                        _hearth_text (arguments, "sessionId"), error);
}

const HearthOperation hearth_operation_list_chat_assets = { .work = list, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
make_answer (HearthValue *asset,
             const char  *session_id)
{
  g_autofree char *session = g_uri_escape_string (session_id, NULL, FALSE);
  g_autofree char *url = g_strdup_printf ("/api/chat/%s/assets/%s", session, _hearth_text (asset, "name"));

  return hearth_value_object ("success", hearth_value_boolean (TRUE),
                              "assetPath", hearth_value_object ("id", hearth_value_ref (hearth_value_get (asset, "id")),
                                                                "url", hearth_value_ref (hearth_value_get (asset, "url")), NULL),
                              "url", hearth_value_string (url), NULL);
}

static HearthValue *
add (HearthStorage *storage,
     HearthValue   *arguments,
     GError       **error)
{
  HearthValue *file = hearth_value_at (hearth_value_get (arguments, "files"), 0);
  const char *name = hearth_value_get_member_string (arguments, "filename", hearth_value_get_member_string (file, "name", ""));
  const char *session_id = _hearth_text (arguments, "sessionId");
  g_autoptr (HearthValue) asset
      = hearth_chat_store_add_asset (storage->dir, _hearth_text (arguments, "projectId"), session_id,
                                     _hearth_text (file, "path"), name, _hearth_text (arguments, "type"), error);

  return asset != NULL ? make_answer (asset, session_id) : NULL;
}

const HearthOperation hearth_operation_add_chat_asset = { .work = add, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
find (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  g_autofree char *path = hearth_chat_store_find_asset (storage->dir, _hearth_text (arguments, "projectId"),
                                                        _hearth_text (arguments, "sessionId"),
                                                        _hearth_text (arguments, "assetName"), error);

  return path != NULL ? hearth_value_object ("path", hearth_value_string (path), NULL) : NULL;
}

const HearthOperation hearth_operation_find_chat_asset = { .work = find, .place = HEARTH_OPERATION_HELPERS };
