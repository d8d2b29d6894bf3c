/* main.c: hearthctl, Hearth without its window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <signal.h>

#include "hearth-cli.h"
#include "hearth-memory.h"
#include "hearth-i18n.h"

static const struct
{
  const char *name;
  const char *summary;
  int (*main) (int    argc,
               char **argv);
} commands[] = {
  { "run", N_("run a workflow and print its result"), hearth_cli_run },
  { "check", N_("list every problem of a workflow"), hearth_cli_check },
  { "history", N_("list what was run"), hearth_cli_history },
  { "show", N_("show what was run, node by node"), hearth_cli_show },
  { "usage", N_("add up what calls to models took"), hearth_cli_usage },
  { "models", N_("list and try services of models, and give them their keys"), hearth_cli_models },
  { "nodes", N_("list all types of nodes"), hearth_cli_nodes },
  { "mcp", N_("list, add and allow MCP servers, and call their tools"), hearth_cli_mcp },
  { "plugins", N_("list plugins, and say what they may do"), hearth_cli_plugins },
  { "serve", N_("serve projects to browsers and other programs"), hearth_cli_serve },
  { "tokens", N_("list, make and revoke the tokens of other devices"), hearth_cli_tokens },
};

static char *
make_help (void)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n  hearthctl %s\n\n%s\n", _("Usage:"), _("COMMAND [OPTION…]"), _("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-8s %s\n", commands[i].name, _(commands[i].summary));
  g_string_append_printf (text, "\n%s\n", _("“hearthctl COMMAND --help” shows the options of a command."));
  return g_string_free (text, FALSE);
}

static int
print_text (char *text)
{
  g_autofree char *owned = text;

  return hearth_cli_write (owned, strlen (owned)) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

static int
refuse (const char *word)
{
  g_autofree char *help = make_help ();

  if (word != NULL)
    hearth_cli_complain (_("There is no command “%s”."), word);
  g_printerr ("%s", help);
  return HEARTH_EXIT_USAGE;
}

int
main (int    argc,
      char **argv)
{
  hearth_memory_init ();
  hearth_i18n_init ();
  /* A reader that goes away is an error of write(), which we look at. */
  signal (SIGPIPE, SIG_IGN);
  g_set_prgname ("hearthctl");

  if (argc < 2)
    return refuse (NULL);
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    return print_text (make_help ());
  if (g_str_equal (argv[1], "--version"))
    return print_text (g_strdup ("hearthctl " HEARTH_VERSION "\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return commands[i].main (argc - 1, argv + 1);
  return refuse (argv[1]);
}
