/* hearth-keyring-operations.c: is there a keyring, and what may go into it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-channels-table.h"
#include "hearth-key-place-private.h"
#include "hearth-llm-operations.h"

static HearthValue *
make_plain_keys (HearthValue *channels)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (channels); i++)
    {
      HearthValue *channel = hearth_value_at (channels, i);

      hearth_builder_add (&out, NULL,
                          hearth_value_object ("id", hearth_value_ref (hearth_value_get (channel, "id")),
                                               "label", hearth_value_ref (hearth_value_get (channel, "label")),
                                               NULL));
    }
  return hearth_builder_end_array (&out);
}

static HearthValue *
read_keyring (HearthStorage *storage,
              HearthValue   *arguments,
              GError       **error)
{
  static const char *const states[] = { [HEARTH_KEYRING_READY] = "ready", [HEARTH_KEYRING_LOCKED] = "locked",
                                        [HEARTH_KEYRING_ABSENT] = "absent" };
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autoptr (HearthValue) plain =
      database != NULL ? hearth_channels_table_list_plain (database, HEARTH_DEFAULT_USER, error) : NULL;
  g_autofree char *message = NULL;
  HearthKeyringState state;

  if (plain == NULL)
    return NULL;
  state = hearth_secrets_get_state (storage->secrets, NULL, &message);
  return hearth_value_object (
      "state", hearth_value_string (states[state]),
      "message", message != NULL ? hearth_value_string (message) : NULL,
      "keyStore", hearth_value_string (hearth_secrets_get_place (storage->secrets) == HEARTH_SECRET_SESSION ? "session" : "keyring"),
      "plainKeys", make_plain_keys (plain),
      NULL);
}

const HearthOperation hearth_operation_read_keyring = { .work = read_keyring };

static HearthValue *
change_keyring (HearthStorage *storage,
                HearthValue   *arguments,
                GError       **error)
{
  hearth_secrets_set_place (storage->secrets, _hearth_key_choose_place (storage, arguments));
  return read_keyring (storage, arguments, error);
}

const HearthOperation hearth_operation_change_keyring = { .work = change_keyring };

static HearthValue *
unlock_keyring (HearthStorage *storage,
                HearthValue   *arguments,
                GError       **error)
{
  hearth_secrets_ask (storage->secrets);
  return read_keyring (storage, arguments, error);
}

const HearthOperation hearth_operation_unlock_keyring = { .work = unlock_keyring };
