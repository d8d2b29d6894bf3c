/* hearth-cli-tokens.c: `hearthctl tokens`: which other devices may come in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include <string.h>

#include "hearth-access-operations.h"
#include "hearth-i18n.h"

typedef struct
{
  char *data_dir;
  char *new_name;
  char *revoked;
} Command;

static void
command_clear (Command *self)
{
  g_free (self->data_dir);
  g_free (self->new_name);
  g_free (self->revoked);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Command, command_clear)

static int
print_list (HearthWorkspace *workspace)
{
  g_autoptr (HearthValue) tokens = hearth_cli_perform (workspace, &hearth_operation_list_access_tokens, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  if (tokens == NULL)
    return HEARTH_EXIT_FAILED;
  for (gsize i = 0; i < hearth_value_get_length (tokens); i++)
    {
      HearthValue *token = hearth_value_at (tokens, i);

      g_string_append_printf (out, "%s  %s  %s\n", hearth_value_get_member_string (token, "id", ""),
                              hearth_value_get_member_string (token, "createdAt", ""),
                              hearth_value_get_member_string (token, "name", ""));
    }
  return hearth_cli_write (out->str, out->len) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

static int
create (HearthWorkspace *workspace,
        const char      *name)
{
  g_autoptr (HearthValue) token = hearth_cli_perform (workspace, &hearth_operation_create_access_token,
                                                         hearth_value_object ("name", hearth_value_string (name), NULL));
  g_autofree char *line = NULL;

  if (token == NULL)
    return HEARTH_EXIT_FAILED;
  line = g_strconcat (hearth_value_get_member_string (token, "token", NULL), "\n", NULL);
  return hearth_cli_write (line, strlen (line)) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

static int
take_back (HearthWorkspace *workspace,
           const char      *id)
{
  g_autoptr (HearthValue) nothing = hearth_cli_perform (workspace, &hearth_operation_revoke_access_token,
                                                           hearth_value_object ("id", hearth_value_string (id), NULL));

  return nothing != NULL ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

int
hearth_cli_tokens (int    argc,
                   char **argv)
{
  g_auto (Command) self = { 0 };
  const GOptionEntry entries[] = {
    { "new", 0, 0, G_OPTION_ARG_STRING, &self.new_name, N_("Make a token for the device of this name and print it, this once"),
      N_("NAME") },
    { "revoke", 0, 0, G_OPTION_ARG_STRING, &self.revoked, N_("Take a token back; whoever uses it is cut off"), N_("ID") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self.data_dir, N_("Use this data folder"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HearthWorkspace) workspace = NULL;

  if (!hearth_cli_parse_options (argc, argv, entries, NULL,
                                 _("Lists the tokens with which other devices come in (see “serve --allow-other-devices”)."),
                                 0, NULL))
    return HEARTH_EXIT_USAGE;
  if (self.new_name != NULL && self.revoked != NULL)
    {
      hearth_cli_complain (_("Either --new or --revoke, not both."));
      return HEARTH_EXIT_USAGE;
    }
  workspace = hearth_workspace_new (self.data_dir);
  if (!hearth_cli_open (workspace))
    return HEARTH_EXIT_FAILED;
  if (self.new_name != NULL)
    return create (workspace, self.new_name);
  return self.revoked != NULL ? take_back (workspace, self.revoked) : print_list (workspace);
}
