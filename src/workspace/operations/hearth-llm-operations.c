/* hearth-llm-operations.c: services of language models and their keys (http-api.md 12.2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-llm-operations.h"

#include "hearth-channels-table.h"
#include "hearth-key-place-private.h"
#include "hearth-models-private.h"
#include "hearth-operation-private.h"
#include "hearth-i18n.h"

#define USER HEARTH_DEFAULT_USER

/* --- a channel and its key ------------------------------------------------------------------------- */

/* A key that was for a session that is over is none. */
static HearthValue *
look_after_session (HearthStorage *storage,
                    HearthValue   *channel)
{
  HearthSecretId id = { HEARTH_SECRET_CHANNEL, _hearth_text (channel, "id"), USER, NULL, NULL };
  g_autoptr (HearthValue) gone = NULL;

  if (g_strcmp0 (_hearth_text (channel, "keyStore"), "session") != 0
      || hearth_secrets_has_in_session (storage->secrets, &id))
    return hearth_value_ref (channel);
  gone = hearth_value_object ("hasKey", hearth_value_boolean (FALSE), "keyHint", hearth_value_string (""), "keyStore",
                              hearth_value_null (), NULL);
  return hearth_value_overlay (channel, gone);
}

/* Takes @channel, which may be NULL. */
static HearthValue *
answer_channel (HearthStorage *storage,
                HearthValue   *channel)
{
  g_autoptr (HearthValue) owned = channel;

  return channel != NULL ? look_after_session (storage, channel) : NULL;
}

/* Headers are kept in clear, so those that carry a key are not for them. */
static gboolean
check_headers (HearthValue *arguments,
               GError     **error)
{
  static const char *const names[] = { "authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-goog-api-key",
                                       "x-auth-token", NULL };
  HearthValue *headers = hearth_value_get (arguments, "customHeaders");

  for (gsize i = 0; headers != NULL && i < hearth_value_get_length (headers); i++)
    {
      g_autofree char *name = g_ascii_strdown (hearth_value_key_at (headers, i), -1);

      if (!g_strv_contains (names, g_strstrip (name)))
        continue;
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
                   _("The header “%s” carries a key, and headers are kept in clear. Enter the key as the channel's key."), name);
      return FALSE;
    }
  return TRUE;
}

static HearthChannelKey
to_channel_key (HearthSecretPlace place)
{
  return place == HEARTH_SECRET_SESSION ? HEARTH_CHANNEL_KEY_SESSION : HEARTH_CHANNEL_KEY_KEYRING;
}

/* @channel: the row as it will be, for what the keyring's own program shows. */
static gboolean
store_key (HearthStorage    *storage,
           HearthValue      *channel,
           HearthSecret     *key,
           HearthSecretPlace place,
           GError          **error)
{
  g_autofree char *label = _hearth_key_make_label (_hearth_text (channel, "label"));
  g_autofree char *hint = hearth_secret_dup_hint (key);
  HearthSecretId id
      = { HEARTH_SECRET_CHANNEL, _hearth_text (channel, "id"), USER, _hearth_text (channel, "providerId"), label };

  return hearth_secrets_store (storage->secrets, &id, key, place, NULL, error)
         && hearth_channels_table_set_key (storage->database, USER, id.item, to_channel_key (place), hint, error);
}

/* --- channels ------------------------------------------------------------------------------------------ */

static void
announce_channel (HearthWorkspace *workspace,
                  HearthValue     *arguments,
                  HearthValue     *answer)
{
  const char *id = _hearth_text (arguments, "channelId");

  _hearth_models_channel_changed (workspace, id != NULL ? id : _hearth_text (answer, "id"));
}

static HearthValue *
list_channels (HearthStorage *storage,
               HearthValue   *arguments,
               GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autoptr (HearthValue) channels = database != NULL ? hearth_channels_table_list (database, USER, error) : NULL;
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (channels == NULL)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (channels); i++)
    hearth_builder_add (&out, NULL, look_after_session (storage, hearth_value_at (channels, i)));
  return hearth_builder_end_array (&out);
}

const HearthOperation hearth_operation_list_channels = { .work = list_channels };

static HearthValue *
read_channel (HearthStorage *storage,
              HearthValue   *arguments,
              GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);

  return database != NULL ? answer_channel (
             storage, hearth_channels_table_read (database, USER, _hearth_text (arguments, "channelId"), error))
                          : NULL;
}

const HearthOperation hearth_operation_read_channel = { .work = read_channel };

static HearthValue *
create_channel (HearthStorage *storage,
                HearthValue   *arguments,
                GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autofree char *id = hearth_channel_new_id ();
  g_autoptr (HearthSecret) key = NULL;
  g_autoptr (HearthValue) channel = NULL;

  if (database == NULL || !check_headers (arguments, error) || !_hearth_key_take (arguments, "apiKey", &key, error))
    return NULL;
  channel = hearth_channels_table_create (database, USER, id, arguments, error);
  if (channel == NULL || key == NULL)
    return g_steal_pointer (&channel);
  if (store_key (storage, channel, key, _hearth_key_choose_place (storage, arguments), error))
    return answer_channel (storage, hearth_channels_table_read (database, USER, id, error));
  hearth_channels_table_delete (database, USER, id, NULL);
  return NULL;
}

const HearthOperation hearth_operation_create_channel = { .work = create_channel, .announce = announce_channel };

static HearthValue *
update_channel (HearthStorage *storage,
                HearthValue   *arguments,
                GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  const char *id = _hearth_text (arguments, "channelId");
  g_autoptr (HearthValue) stored = database != NULL ? hearth_channels_table_read (database, USER, id, error) : NULL;
  g_autoptr (HearthSecret) key = NULL;
  g_autoptr (HearthValue) changed = NULL;

  if (stored == NULL || !check_headers (arguments, error) || !_hearth_key_take (arguments, "apiKey", &key, error))
    return NULL;
  changed = hearth_value_overlay (stored, arguments);
  if (key != NULL && !store_key (storage, changed, key, _hearth_key_choose_place (storage, arguments), error))
    return NULL;
  return answer_channel (storage, hearth_channels_table_update (database, USER, id, arguments, error));
}

const HearthOperation hearth_operation_update_channel = { .work = update_channel, .announce = announce_channel };

/* Whoever wants to be rid of a channel is, also while the keyring is locked. */
static HearthValue *
delete_channel (HearthStorage *storage,
                HearthValue   *arguments,
                GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  HearthSecretId id = { HEARTH_SECRET_CHANNEL, _hearth_text (arguments, "channelId"), USER, NULL, NULL };
  g_autoptr (HearthValue) channel = database != NULL ? hearth_channels_table_read (database, USER, id.item, error) : NULL;
  gboolean forgotten;

  if (channel == NULL || !hearth_channels_table_delete (database, USER, id.item, error))
    return NULL;
  forgotten = hearth_secrets_forget (storage->secrets, &id, NULL, NULL)
              || g_strcmp0 (_hearth_text (channel, "keyStore"), "keyring") != 0;
  return hearth_value_object (
      "success", hearth_value_boolean (TRUE),
      "id", hearth_value_string (id.item),
      "message", forgotten ? NULL : hearth_value_string (_("The keyring cannot be reached, so the key is still in it. Delete it there.")),
      NULL);
}

const HearthOperation hearth_operation_delete_channel = { .work = delete_channel, .announce = announce_channel };

static HearthValue *
forget_channel_key (HearthStorage *storage,
                    HearthValue   *arguments,
                    GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  HearthSecretId id = { HEARTH_SECRET_CHANNEL, _hearth_text (arguments, "channelId"), USER, NULL, NULL };
  g_autoptr (HearthValue) channel = database != NULL ? hearth_channels_table_read (database, USER, id.item, error) : NULL;
  gboolean in_keyring = g_strcmp0 (_hearth_text (channel, "keyStore"), "keyring") == 0;

  if (channel == NULL
      || (!hearth_secrets_forget (storage->secrets, &id, NULL, in_keyring ? error : NULL) && in_keyring)
      || !hearth_channels_table_set_key (database, USER, id.item, HEARTH_CHANNEL_KEY_NONE, NULL, error))
    return NULL;
  return hearth_channels_table_read (database, USER, id.item, error);
}

const HearthOperation hearth_operation_forget_channel_key = { .work = forget_channel_key, .announce = announce_channel };

/* --- keys that stand in clear --------------------------------------------------------------------------- */

/* A member of the answer's "left", or NULL: it was moved. */
static HearthValue *
move_key (HearthStorage *storage,
          HearthValue   *channel)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSecret) key
      = hearth_channels_table_read_plain (storage->database, USER, _hearth_text (channel, "id"), &error);

  if (key != NULL && store_key (storage, channel, key, HEARTH_SECRET_KEYRING, &error))
    return NULL;
  return hearth_value_object ("id", hearth_value_string (_hearth_text (channel, "id")),
                              "message", error != NULL ? hearth_value_string (error->message) : NULL,
                              NULL);
}

static HearthValue *
move_keys (HearthStorage *storage,
           HearthValue   *arguments,
           GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autoptr (HearthValue) found = database != NULL ? hearth_channels_table_list_plain (database, USER, error) : NULL;
  g_auto (HearthBuilder) moved = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) left = HEARTH_BUILDER_INIT;

  if (found == NULL)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (found); i++)
    {
      HearthValue *channel = hearth_value_at (found, i);
      HearthValue *complaint = move_key (storage, channel);

      if (complaint == NULL)
        hearth_builder_add_string (&moved, NULL, _hearth_text (channel, "id"));
      else
        hearth_builder_add (&left, NULL, complaint);
    }
  return hearth_value_object ("moved", hearth_builder_end_array (&moved), "left", hearth_builder_end_array (&left), NULL);
}

static void
announce_moved (HearthWorkspace *workspace,
                HearthValue     *arguments,
                HearthValue     *answer)
{
  _hearth_models_channel_changed (workspace, NULL);
}

const HearthOperation hearth_operation_move_keys = { .work = move_keys, .announce = announce_moved };
