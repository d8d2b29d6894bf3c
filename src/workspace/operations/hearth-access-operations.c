/* hearth-access-operations.c: access tokens of other devices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-access-operations.h"

#include "hearth-access-token.h"
#include "hearth-access-use.h"
#include "hearth-workspace-private.h"

static HearthValue *
describe (HearthValue *token,
          HearthValue *uses)
{
  HearthValue *used = hearth_value_get (uses, hearth_value_get_member_string (token, "id", ""));
  g_autoptr (HearthValue) shown = hearth_value_with (token, "hash", NULL);

  return used != NULL ? hearth_value_with (shown, "lastUsedAt", used) : g_steal_pointer (&shown);
}

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  g_autoptr (HearthValue) tokens = hearth_access_token_list (storage->dir, error);
  g_autoptr (HearthValue) uses = tokens != NULL ? hearth_access_use_list (storage->dir, error) : NULL;
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  if (uses == NULL)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (tokens); i++)
    hearth_builder_add (&builder, NULL, describe (hearth_value_at (tokens, i), uses));
  return hearth_builder_end_array (&builder);
}

const HearthOperation hearth_operation_list_access_tokens = { .work = list };

static HearthValue *
create (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  return hearth_access_token_create (storage->dir, hearth_value_get_member_string (arguments, "name", NULL), error);
}

const HearthOperation hearth_operation_create_access_token = { .work = create };

static HearthValue *
take_back (HearthStorage *storage,
           HearthValue   *arguments,
           GError       **error)
{
  const char *id = hearth_value_get_member_string (arguments, "id", "");

  return hearth_access_token_revoke (storage->dir, id, error) ? hearth_value_null () : NULL;
}

const HearthOperation hearth_operation_revoke_access_token = { .work = take_back };

static HearthValue *
read_hashes (HearthStorage *storage,
             HearthValue   *arguments,
             GError       **error)
{
  g_autoptr (HearthValue) tokens = hearth_access_token_list (storage->dir, error);
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  if (tokens == NULL)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (tokens); i++)
    {
      HearthValue *token = hearth_value_at (tokens, i);
      const char *hash = hearth_value_get_member_string (token, "hash", NULL);

      if (hash != NULL)
        hearth_builder_add_string (&builder, hash, hearth_value_get_member_string (token, "id", ""));
    }
  return hearth_builder_end_object (&builder);
}

const HearthOperation hearth_operation_read_access_hashes = { .work = read_hashes };

static HearthValue *
note_use (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  g_autoptr (HearthValue) tokens = hearth_access_token_list (storage->dir, error);
  const char *id = hearth_value_get_member_string (arguments, "id", "");

  return tokens != NULL && hearth_access_use_note (storage->dir, tokens, id, error) ? hearth_value_null () : NULL;
}

const HearthOperation hearth_operation_note_access_use = { .work = note_use };

char *
hearth_access_hash (const char *token)
{
  return hearth_access_token_hash (token);
}

char *
hearth_workspace_dup_access_file (HearthWorkspace *workspace)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (workspace), NULL);

  return hearth_data_dir_dup_access_tokens (hearth_workspace_get_data_dir (workspace));
}
