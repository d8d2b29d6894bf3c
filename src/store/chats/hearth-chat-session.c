/* hearth-chat-session.c: what a list shows of a chat (http-api.md 15.1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-chat-tree.h"
#include "hearth-id.h"
#include "hearth-i18n.h"

#define MAX_LAST_CHARACTERS 100

char *
hearth_chat_tree_dup_title (HearthChatTree *self)
{
  const char *title;

  g_return_val_if_fail (self != NULL, NULL);

  title = hearth_value_get_member_string (hearth_chat_tree_get_metadata (self), "title", "");
  return g_strdup (*title != '\0' ? title : _("Untitled chat"));
}

/* "" where nothing was said yet. */
static char *
dup_last_message (HearthChatTree *self)
{
  const char *id = hearth_chat_tree_get_active_leaf (self);
  HearthValue *message = id != NULL ? hearth_chat_tree_get_message (self, id) : NULL;
  const char *content = hearth_value_get_member_string (message, "content", "");

  return g_utf8_substring (content, 0, MIN (g_utf8_strlen (content, -1), MAX_LAST_CHARACTERS));
}

/* The frontend refuses every other form of a time. */
static void
add_time (HearthBuilder *session,
          const char    *key,
          HearthValue   *metadata,
          const char    *member)
{
  const char *text = hearth_value_get_member_string (metadata, member, "");
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  g_autofree char *stand_in = NULL;

  if (time == NULL)
    {
      stand_in = hearth_time_to_iso (0);
      text = stand_in;
    }
  else if (!g_str_has_suffix (text, "Z"))
    {
      stand_in = hearth_time_to_iso (g_date_time_to_unix (time) * 1000);
      text = stand_in;
    }
  hearth_builder_add_string (session, key, text);
}

static void
add_member (HearthBuilder  *session,
            HearthValue    *metadata,
            const char     *key,
            HearthValueKind kind)
{
  hearth_builder_add (session, key, hearth_value_ref_or_null (hearth_value_get_member_kind (metadata, key, kind)));
}

HearthValue *
hearth_chat_tree_to_session (HearthChatTree *self,
                             const char     *project_id,
                             gboolean        with_last)
{
  HearthValue *metadata;
  g_autofree char *title = NULL;
  g_autofree char *last = NULL;
  g_auto (HearthBuilder) session = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (project_id != NULL, NULL);

  metadata = hearth_chat_tree_get_metadata (self);
  title = hearth_chat_tree_dup_title (self);
  last = with_last ? dup_last_message (self) : NULL;
  hearth_builder_add_string (&session, "id", hearth_chat_tree_get_session_id (self));
  hearth_builder_add_string (&session, "projectId", project_id);
  hearth_builder_add_string (&session, "title", title);
  add_member (&session, metadata, "description", HEARTH_VALUE_STRING);
  hearth_builder_add_string (&session, "lastMessage", last);
  add_time (&session, "lastActivity", metadata, "updatedAt");
  add_time (&session, "createdAt", metadata, "createdAt");
  add_time (&session, "updatedAt", metadata, "updatedAt");
  hearth_builder_add (&session, "messageCount", hearth_value_integer (hearth_chat_tree_get_n_messages (self)));
  hearth_builder_add (&session, "branchCount", hearth_value_integer (hearth_chat_tree_get_n_branches (self)));
  hearth_builder_add (&session, "tokenCount",
                      hearth_value_integer (hearth_value_get_member_integer (metadata, "tokenCount", 0)));
  add_member (&session, metadata, "tags", HEARTH_VALUE_ARRAY);
  hearth_builder_add_string (&session, "type", hearth_value_get_member_string (metadata, "type", "chat"));
  add_member (&session, metadata, "settings", HEARTH_VALUE_OBJECT);
  return hearth_builder_end_object (&session);
}
