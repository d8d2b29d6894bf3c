/* hearth-cli-mcp.c: `hearthctl mcp`: servers of the Model Context Protocol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hearth-json.h"
#include "hearth-mcp-operations.h"
#include "hearth-i18n.h"

typedef struct
{
  HearthWorkspace *workspace;
  char           **words;    /* behind the sub-command */
  char           **command;  /* behind "--", or NULL */
  char            *data_dir;
  char            *url;
  char            *folder;
  char            *title;
  char           **variables;
  char           **secrets;
} Command;

static void
command_clear (Command *self)
{
  g_clear_object (&self->workspace);
  g_strfreev (self->words);
  g_strfreev (self->command);
  g_free (self->data_dir);
  g_free (self->url);
  g_free (self->folder);
  g_free (self->title);
  g_strfreev (self->variables);
  g_strfreev (self->secrets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Command, command_clear)

static HearthValue *
name_server (Command *self)
{
  return hearth_value_object ("serverId", hearth_value_string (self->words[0]), NULL);
}

static int
write_line (const char *line)
{
  g_autofree char *ended = g_strconcat (line, "\n", NULL);

  return hearth_cli_write (ended, strlen (ended)) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

/* --- servers --------------------------------------------------------------------------------------- */

static int
list (Command *self)
{
  g_autoptr (HearthValue) servers = hearth_cli_perform (self->workspace, &hearth_operation_list_mcp_servers, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  if (servers == NULL)
    return HEARTH_EXIT_FAILED;
  if (hearth_value_get_length (servers) == 0)
    g_printerr ("%s\n", _("There are no MCP servers yet. Add one with “hearthctl mcp add”; “hearthctl mcp add --help” says how."));
  for (gsize i = 0; i < hearth_value_get_length (servers); i++)
    {
      HearthValue *server = hearth_value_at (servers, i);
      gboolean allowed = hearth_value_get_member_boolean (server, "isAllowed", FALSE);

      g_string_append_printf (out, "%s  %s  %s\n", hearth_value_get_member_string (server, "id", ""),
                              allowed ? _("allowed") : _("not allowed"), hearth_value_get_member_string (server, "commandLine", ""));
    }
  return hearth_cli_write (out->str, out->len) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

static HearthValue *
make_list (char **texts)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (char **text = texts; text != NULL && *text != NULL; text++)
    hearth_builder_add_string (&out, NULL, *text);
  return hearth_builder_end_array (&out);
}

/* KEY=VALUE; NULL after a complaint. */
static HearthValue *
make_variables (char **texts)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (char **text = texts; text != NULL && *text != NULL; text++)
    {
      const char *value = strchr (*text, '=');
      g_autofree char *key = value != NULL ? g_strndup (*text, (gsize) (value - *text)) : NULL;

      if (value == NULL)
        {
          hearth_cli_complain (_("“%s” is not of the form KEY=VALUE."), *text);
          return NULL;
        }
      hearth_builder_add_string (&out, key, value + 1);
    }
  return hearth_builder_end_object (&out);
}

static int
add (Command *self)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  HearthValue *variables = make_variables (self->variables);
  g_autoptr (HearthValue) server = NULL;

  if (variables == NULL)
    return HEARTH_EXIT_USAGE;
  hearth_builder_add_string (&out, "id", self->words[0]);
  hearth_builder_add_string (&out, "name", self->title);
  hearth_builder_add_string (&out, "url", self->url);
  hearth_builder_add (&out, "command", self->command != NULL ? make_list (self->command) : NULL);
  hearth_builder_add (&out, "environment", variables);
  hearth_builder_add (&out, "secrets", make_list (self->secrets));
  hearth_builder_add_string (&out, "folder", self->folder);
  server = hearth_cli_perform (self->workspace, &hearth_operation_put_mcp_server, hearth_builder_end_object (&out));
  if (server == NULL)
    return HEARTH_EXIT_FAILED;
  if (!hearth_value_get_member_boolean (server, "isAllowed", FALSE))
    {
      g_printerr (_("Look at it and allow it with “hearthctl mcp allow %s”."), self->words[0]);
      g_printerr ("\n");
    }
  return write_line (hearth_value_get_member_string (server, "commandLine", ""));
}

static int
remove_one (Command *self)
{
  g_autoptr (HearthValue) answer = hearth_cli_perform (self->workspace, &hearth_operation_delete_mcp_server, name_server (self));

  return answer != NULL ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

/* --- allowing ----------------------------------------------------------------------------------------- */

static HearthValue *
find (Command *self)
{
  g_autoptr (HearthValue) servers = hearth_cli_perform (self->workspace, &hearth_operation_list_mcp_servers, NULL);

  for (gsize i = 0; servers != NULL && i < hearth_value_get_length (servers); i++)
    if (g_strcmp0 (hearth_value_get_member_string (hearth_value_at (servers, i), "id", NULL), self->words[0]) == 0)
      return hearth_value_ref (hearth_value_at (servers, i));
  if (servers != NULL)
    hearth_cli_complain (_("There is no MCP server “%s”."), self->words[0]);
  return NULL;
}

/* Of a person; whoever pipes a “y” in has read the command, too. */
static gboolean
confirm (HearthValue *server)
{
  char line[16] = "";

  /* Translators: followed by a command line or an address */
  g_printerr ("%s\n\n  %s\n\n%s [y/N] ",
              hearth_value_get (server, "url") != NULL ? _("What you send to this server leaves your computer:")
                                                       : _("This will run with all your rights:"),
              hearth_value_get_member_string (server, "commandLine", ""), _("Allow it?"));
  return fgets (line, sizeof line, stdin) != NULL && (line[0] == 'y' || line[0] == 'Y') && (line[1] == '\n' || line[1] == '\0');
}

static int
set_allowed (Command     *self,
             HearthValue *fingerprint) /* taken */
{
  g_autoptr (HearthValue) server = hearth_cli_perform (
      self->workspace, &hearth_operation_allow_mcp_server,
      hearth_value_object ("serverId", hearth_value_string (self->words[0]), "fingerprint", fingerprint, NULL));

  return server != NULL ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

static int
allow (Command *self)
{
  g_autoptr (HearthValue) server = find (self);

  if (server == NULL || !confirm (server))
    return HEARTH_EXIT_FAILED;
  return set_allowed (self, hearth_value_ref (hearth_value_get (server, "fingerprint")));
}

static int
forbid (Command *self)
{
  return set_allowed (self, NULL);
}

/* From standard input, so that it stands in no list of processes and in no history. */
static int
set_secret (Command *self)
{
  HearthValue *value = hearth_cli_read_secret (_("Key: "));
  g_autoptr (HearthValue) answer = NULL;

  if (value == NULL)
    return HEARTH_EXIT_FAILED;
  answer = hearth_cli_perform (self->workspace, &hearth_operation_set_mcp_secret,
                               hearth_value_object ("serverId", hearth_value_string (self->words[0]), "name",
                                                    hearth_value_string (self->words[1]), "value", value, NULL));
  return answer != NULL ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

/* --- asking ---------------------------------------------------------------------------------------------- */

static int
print_offers (Command    *self,
              const char *what,
              const char *member)
{
  g_autoptr (HearthValue) offers = hearth_cli_perform (
      self->workspace, &hearth_operation_list_mcp_offers,
      hearth_value_object ("serverId", hearth_value_string (self->words[0]), "what", hearth_value_string (what), NULL));
  g_autoptr (GString) out = g_string_new (NULL);

  if (offers == NULL)
    return HEARTH_EXIT_FAILED;
  for (gsize i = 0; i < hearth_value_get_length (offers); i++)
    {
      HearthValue *offer = hearth_value_at (offers, i);
      g_auto (GStrv) lines = g_strsplit (hearth_value_get_member_string (offer, "description", ""), "\n", 2);

      g_string_append_printf (out, "%s  %s\n", hearth_value_get_member_string (offer, member, ""), lines[0] != NULL ? lines[0] : "");
    }
  return hearth_cli_write (out->str, out->len) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

static int
print_tools (Command *self)
{
  return print_offers (self, "tools", "name");
}

static int
print_resources (Command *self)
{
  return print_offers (self, "resources", "uri");
}

static int
call (Command *self)
{
  g_autoptr (GError) error = NULL;
  HearthValue *arguments = hearth_json_parse (self->words[2], -1, &error);
  g_autoptr (HearthValue) result = NULL;
  gboolean failed;

  if (!hearth_value_is (arguments, OBJECT))
    {
      hearth_cli_complain (_("The arguments of a tool are an object in JSON, like {\"city\": \"Ulm\"}."));
      g_clear_pointer (&arguments, hearth_value_unref);
      return HEARTH_EXIT_USAGE;
    }
  result = hearth_cli_perform (self->workspace, &hearth_operation_call_mcp_tool,
                               hearth_value_object ("serverId", hearth_value_string (self->words[0]), "tool",
                                                    hearth_value_string (self->words[1]), "arguments", arguments, NULL));
  if (result == NULL)
    return HEARTH_EXIT_FAILED;
  failed = hearth_value_get_member_boolean (result, "isError", FALSE);
  return hearth_cli_write_value (result, FALSE) && !failed ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

/* --- the command ------------------------------------------------------------------------------------------- */

/* Translators: what stands in capitals is to be replaced by who types the command */
static const struct
{
  const char *name;
  const char *parameters; /* or NULL */
  guint       n_words;
  const char *summary;
  int       (*run) (Command *self);
} commands[] = {
  { "list", NULL, 0, N_("Lists the servers"), list },
  { "add", N_("NAME"), 1, N_("Adds a server, or changes one; it is not started. Behind “--” stand its program and the program's "
                             "arguments, or --url says where it runs"), add },
  { "remove", N_("NAME"), 1, N_("Removes a server and its secrets"), remove_one },
  { "allow", N_("NAME"), 1, N_("Shows what would be started, and asks whether it may be"), allow },
  { "forbid", N_("NAME"), 1, N_("Takes back what “allow” gave"), forbid },
  { "secret", N_("NAME VARIABLE"), 2, N_("Reads a secret from standard input, for the keyring"), set_secret },
  { "tools", N_("NAME"), 1, N_("Lists the tools of a server"), print_tools },
  { "resources", N_("NAME"), 1, N_("Lists the resources of a server"), print_resources },
  { "call", N_("NAME TOOL ARGUMENTS"), 3, N_("Calls a tool and prints its result"), call },
};

static int
explain (void)
{
  g_printerr ("%s\n", _("Usage:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_printerr ("  hearthctl mcp %s %s\n      %s\n", commands[i].name, commands[i].parameters != NULL ? _(commands[i].parameters) : "",
                _(commands[i].summary));
  return HEARTH_EXIT_USAGE;
}

/* What stands behind "--" is no business of the options. */
static int
split (Command *self,
       int      argc,
       char   **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_equal (argv[i], "--"))
      {
        self->command = g_strdupv (argv + i + 1);
        return i;
      }
  return argc;
}

static int
run (gsize  number,
     int    argc,
     char **argv)
{
  g_auto (Command) self = { 0 };
  const GOptionEntry entries[] = {
    { "url", 0, 0, G_OPTION_ARG_STRING, &self.url, N_("add: the address of a server that runs already"), N_("ADDRESS") },
    { "env", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self.variables, N_("add: a variable for its program; no keys"), N_("KEY=VALUE") },
    { "secret", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self.secrets, N_("add: a variable, or header, whose value is in the keyring"), N_("NAME") },
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &self.folder, N_("add: where its program starts"), N_("DIR") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &self.title, N_("add: a name for people"), N_("TEXT") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self.data_dir, N_("Use this data folder"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  int n = split (&self, argc, argv);
  g_auto (GStrv) kept = g_new0 (char *, (gsize) n + 1);

  for (int i = 0; i < n; i++)
    kept[i] = i == 0 ? g_strconcat ("mcp ", argv[0], NULL) : g_strdup (argv[i]);
  if (!hearth_cli_parse_options (n, kept, entries, commands[number].parameters != NULL ? _(commands[number].parameters) : NULL, _(commands[number].summary),
                                 commands[number].n_words, &self.words))
    return HEARTH_EXIT_USAGE;
  self.workspace = hearth_workspace_new (self.data_dir);
  return hearth_cli_open (self.workspace) ? commands[number].run (&self) : HEARTH_EXIT_FAILED;
}

int
hearth_cli_mcp (int    argc,
                char **argv)
{
  char *alone[] = { (char *) "list", NULL };

  if (argc < 2)
    return run (0, 1, alone);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return run (i, argc - 1, argv + 1);
  return explain ();
}
