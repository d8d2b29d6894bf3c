/* hearth-mcp-server.c: a server of the Model Context Protocol, as the user has entered it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-server.h"

#include <gio/gio.h>
#include <string.h>

#include "hearth-command.h"
#include "hearth-json.h"
#include "hearth-i18n.h"

#define MAX_ID 40

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError    **error,
      const char *format,
      ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_CONFIG, format, args);
  va_end (args);
  return FALSE;
}

/* --- what may be entered -------------------------------------------------------------------------- */

static gboolean
check_id (HearthValue *self,
          GError     **error)
{
  const char *id = hearth_value_get_member_string (self, "id", "");

  if (*id != '\0' && strlen (id) <= MAX_ID && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen (id))
    return TRUE;
  return fail (error, _("“%s” cannot name a server. Use up to %d small letters, digits, “-” and “_”."), id, MAX_ID);
}

static gboolean
is_list_of_texts (HearthValue *list)
{
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    if (!hearth_value_is (hearth_value_at (list, i), STRING)
        || strlen (hearth_value_get_string (hearth_value_at (list, i), NULL)) == 0)
      return FALSE;
  return TRUE;
}

static gboolean
check_command (HearthValue *self,
               GError     **error)
{
  HearthValue *command = hearth_value_get (self, "command");
  const char *folder = hearth_value_get_member_string (self, "folder", NULL);

  if (!hearth_value_is (command, ARRAY) || hearth_value_get_length (command) == 0
      || !hearth_value_is (hearth_value_at (command, 0), STRING))
    return fail (error, _("The server has neither a command nor an address. Enter one."));
  for (gsize i = 0; i < hearth_value_get_length (command); i++)
    if (!hearth_value_is (hearth_value_at (command, i), STRING))
      return fail (error, _("The command of a server is a list of texts: the program and its arguments."));
  if (*hearth_value_get_string (hearth_value_at (command, 0), NULL) == '\0')
    return fail (error, _("The command of a server begins with its program. Enter the program first."));
  if (folder != NULL && !g_path_is_absolute (folder))
    return fail (error, _("“%s” is no absolute path of a folder. Begin it with a slash."), folder);
  return TRUE;
}

static gboolean
check_url (const char *url,
           GError    **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  if ((g_str_equal (scheme, "http") || g_str_equal (scheme, "https")) && g_uri_get_host (uri) != NULL
      && *g_uri_get_host (uri) != '\0' && g_uri_get_userinfo (uri) == NULL)
    return TRUE;
  return fail (error, _("“%s” is not an address. Enter one that begins with http:// or https://."), url);
}

static gboolean
check_environment (HearthValue *self,
                   GError     **error)
{
  HearthValue *environment = hearth_value_get (self, "environment");
  HearthValue *secrets = hearth_value_get (self, "secrets");

  if (secrets != NULL && (!hearth_value_is (secrets, ARRAY) || !is_list_of_texts (secrets)))
    return fail (error, _("“secrets” of a server is a list of names; the values belong in the keyring."));
  if (environment == NULL)
    return TRUE;
  if (!hearth_value_is (environment, OBJECT))
    return fail (error, _("“environment” of a server is an object of texts. Write it like {\"LANG\": \"C\"}."));
  for (gsize i = 0; i < hearth_value_get_length (environment); i++)
    {
      const char *key = hearth_value_key_at (environment, i);

      if (!hearth_value_is (hearth_value_member_at (environment, i), STRING) || *key == '\0' || strchr (key, '=') != NULL)
        return fail (error, _("The variable “%s” of a server has no text, or no usable name. Use letters, digits and “_”."), key);
    }
  return TRUE;
}

gboolean
hearth_mcp_server_check (HearthValue *self,
                         GError     **error)
{
  const char *url;

  g_return_val_if_fail (self != NULL, FALSE);

  url = hearth_value_get_member_string (self, "url", NULL);
  return check_id (self, error) && (url != NULL ? check_url (url, error) : check_command (self, error))
         && check_environment (self, error);
}

/* --- what is to be allowed ------------------------------------------------------------------------- */

static void
append_variables (GString     *line,
                  HearthValue *self)
{
  HearthValue *environment = hearth_value_get_member_kind (self, "environment", HEARTH_VALUE_OBJECT);
  HearthValue *secrets = hearth_value_get_member_kind (self, "secrets", HEARTH_VALUE_ARRAY);

  for (gsize i = 0; environment != NULL && i < hearth_value_get_length (environment); i++)
    {
      g_autofree char *variable = g_strdup_printf ("%s=%s", hearth_value_key_at (environment, i),
                                                   hearth_value_get_string (hearth_value_member_at (environment, i), NULL));

      hearth_command_append_word (line, variable);
    }
  for (gsize i = 0; secrets != NULL && i < hearth_value_get_length (secrets); i++)
    {
      hearth_command_append_word (line, hearth_value_get_string (hearth_value_at (secrets, i), NULL));
      g_string_append (line, "=•••");
    }
}

char *
hearth_mcp_server_dup_command (HearthValue *self)
{
  const char *url;
  HearthValue *command;
  GString *line;

  g_return_val_if_fail (self != NULL, NULL);

  url = hearth_value_get_member_string (self, "url", NULL);
  line = g_string_new (NULL);
  if (url != NULL)
    {
      hearth_command_append_word (line, url);
      return g_string_free (line, FALSE);
    }
  append_variables (line, self);
  command = hearth_value_get_member_kind (self, "command", HEARTH_VALUE_ARRAY);
  for (gsize i = 0; command != NULL && i < hearth_value_get_length (command); i++)
    hearth_command_append_word (line, hearth_value_get_string (hearth_value_at (command, i), NULL));
  return g_string_free (line, FALSE);
}

char *
hearth_mcp_server_dup_fingerprint (HearthValue *self)
{
  static const char *const members[] = { "command", "url", "environment", "secrets", "folder" };
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) what = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    hearth_builder_add (&builder, members[i], hearth_value_ref_or_null (hearth_value_get (self, members[i])));
  what = hearth_builder_end_object (&builder);
  text = hearth_json_print (what);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

gboolean
hearth_mcp_server_is_allowed (HearthValue *self)
{
  g_autofree char *fingerprint = hearth_mcp_server_dup_fingerprint (self);

  return g_strcmp0 (hearth_value_get_member_string (self, "allowed", NULL), fingerprint) == 0;
}
