/* hearth-mcp-operations.c: servers of the Model Context Protocol: entering and allowing them, and their secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-operations.h"

#include "hearth-key-place-private.h"
#include "hearth-mcp-private.h"
#include "hearth-mcp-store.h"
#include "hearth-operation-private.h"
#include "hearth-i18n.h"

static HearthValue *
describe (HearthValue *server)
{
  g_autofree char *command = hearth_mcp_server_dup_command (server);
  g_autofree char *fingerprint = hearth_mcp_server_dup_fingerprint (server);
  g_autoptr (HearthValue) more = hearth_value_object ("commandLine", hearth_value_string (command), "fingerprint",
                                                      hearth_value_string (fingerprint), "isAllowed",
                                                      hearth_value_boolean (hearth_mcp_server_is_allowed (server)), NULL);
  g_autoptr (HearthValue) shown = hearth_value_with (server, "allowed", NULL);

  return hearth_value_overlay (shown, more);
}

/* The hub hears of every change on the main thread. */
static void
announce (HearthWorkspace *workspace,
          HearthValue     *arguments,
          HearthValue     *answer)
{
  _hearth_workspace_load_mcp_servers (workspace);
}

/* --- servers -------------------------------------------------------------------------------------- */

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  g_autoptr (HearthValue) servers = hearth_mcp_store_list (storage->dir, error);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (servers == NULL)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (servers); i++)
    hearth_builder_add (&out, NULL, describe (hearth_value_at (servers, i)));
  return hearth_builder_end_array (&out);
}

const HearthOperation hearth_operation_list_mcp_servers = { .work = list };

/* What was allowed stays so; whether it is what there is now tells the fingerprint. */
static HearthValue *
make_server (HearthValue *arguments,
             HearthValue *stored)
{
  static const char *const members[] = { "id", "name", "command", "url", "environment", "secrets", "folder" };
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    hearth_builder_add (&out, members[i], hearth_value_ref_or_null (hearth_value_get (arguments, members[i])));
  hearth_builder_add (&out, "allowed", hearth_value_ref_or_null (hearth_value_get (stored, "allowed")));
  return hearth_builder_end_object (&out);
}

static HearthValue *
put (HearthStorage *storage,
     HearthValue   *arguments,
     GError       **error)
{
  g_autoptr (HearthValue) stored = hearth_mcp_store_read (storage->dir, _hearth_text (arguments, "id"), NULL);
  g_autoptr (HearthValue) server = make_server (arguments, stored);

  if (!hearth_mcp_server_check (server, error) || !hearth_mcp_store_put (storage->dir, server, error))
    return NULL;
  return describe (server);
}

const HearthOperation hearth_operation_put_mcp_server = { .work = put, .announce = announce };

static HearthValue *
delete_one (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  const char *id = _hearth_text (arguments, "serverId");
  g_autoptr (HearthValue) server = hearth_mcp_store_read (storage->dir, id, error);
  HearthValue *secrets = server != NULL ? hearth_value_get_member_kind (server, "secrets", HEARTH_VALUE_ARRAY) : NULL;

  if (server == NULL || !hearth_mcp_store_delete (storage->dir, id, error))
    return NULL;
  for (gsize i = 0; secrets != NULL && i < hearth_value_get_length (secrets); i++)
    {
      g_auto (HearthMcpSecretName) name = HEARTH_MCP_SECRET_NAME (id, hearth_value_get_string (hearth_value_at (secrets, i), NULL));

      hearth_secrets_forget (storage->secrets, &name.id, NULL, NULL);
    }
  return hearth_value_object ("success", hearth_value_boolean (TRUE), "id", hearth_value_string (id), NULL);
}

const HearthOperation hearth_operation_delete_mcp_server = { .work = delete_one, .announce = announce };

/* --- allowing --------------------------------------------------------------------------------------- */

static HearthValue *
allow (HearthStorage *storage,
       HearthValue   *arguments,
       GError       **error)
{
  g_autoptr (HearthValue) server = hearth_mcp_store_read (storage->dir, _hearth_text (arguments, "serverId"), error);
  HearthValue *seen = hearth_value_get_member_kind (arguments, "fingerprint", HEARTH_VALUE_STRING);
  g_autofree char *fingerprint = server != NULL ? hearth_mcp_server_dup_fingerprint (server) : NULL;
  g_autoptr (HearthValue) changed = NULL;

  if (server == NULL)
    return NULL;
  if (seen != NULL && !g_str_equal (hearth_value_get_string (seen, NULL), fingerprint))
    {
      g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
                           _("The server was changed meanwhile. Look at its command again."));
      return NULL;
    }
  changed = hearth_value_with (server, "allowed", seen);
  return hearth_mcp_store_put (storage->dir, changed, error) ? describe (changed) : NULL;
}

const HearthOperation hearth_operation_allow_mcp_server = { .work = allow, .announce = announce };

/* --- secrets ------------------------------------------------------------------------------------------ */

static gboolean
is_listed (HearthValue *server,
           const char  *name)
{
  HearthValue *secrets = hearth_value_get_member_kind (server, "secrets", HEARTH_VALUE_ARRAY);

  for (gsize i = 0; secrets != NULL && i < hearth_value_get_length (secrets); i++)
    if (g_strcmp0 (hearth_value_get_string (hearth_value_at (secrets, i), NULL), name) == 0)
      return TRUE;
  return FALSE;
}

static HearthValue *
set_secret (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  const char *id = _hearth_text (arguments, "serverId");
  g_autoptr (HearthValue) server = hearth_mcp_store_read (storage->dir, id, error);
  g_auto (HearthMcpSecretName) name = HEARTH_MCP_SECRET_NAME (id, _hearth_text (arguments, "name"));
  g_autoptr (HearthSecret) secret = NULL;

  if (server == NULL || !_hearth_key_take (arguments, "value", &secret, error))
    return NULL;
  if (!is_listed (server, _hearth_text (arguments, "name")))
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                   _("The MCP server “%s” lists no secret “%s”. Enter its name with the server first."), id, _hearth_text (arguments, "name"));
      return NULL;
    }
  if (secret == NULL ? !hearth_secrets_forget (storage->secrets, &name.id, NULL, error)
                     : !hearth_secrets_store (storage->secrets, &name.id, secret, _hearth_key_choose_place (storage, arguments), NULL, error))
    return NULL;
  return hearth_value_object ("success", hearth_value_boolean (TRUE), NULL);
}

const HearthOperation hearth_operation_set_mcp_secret = { .work = set_secret, .announce = announce };
