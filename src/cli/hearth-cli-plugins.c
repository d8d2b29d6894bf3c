/* hearth-cli-plugins.c: `hearthctl plugins`: which packs there are, and what they may do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include "hearth-plugin-operations.h"
#include "hearth-i18n.h"

typedef struct
{
  char *data_dir;
  char *allowed;
  char *forbidden;
  char *enabled;
  char *disabled;
  gboolean network;
} Command;

static void
command_clear (Command *self)
{
  g_free (self->data_dir);
  g_free (self->allowed);
  g_free (self->forbidden);
  g_free (self->enabled);
  g_free (self->disabled);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Command, command_clear)

static void
append_plugin (GString     *out,
               HearthValue *plugin)
{
  HearthValue *problems = hearth_value_get (plugin, "problems");

  g_string_append_printf (out, "%s  %s%s%s\n", hearth_value_get_member_string (plugin, "name", ""),
                          hearth_value_get_member_boolean (plugin, "enabled", FALSE) ? _("on") : _("off"),
                          hearth_value_get_member_boolean (plugin, "allowPrograms", FALSE) ? _(", programs allowed") : "",
                          hearth_value_get_member_boolean (plugin, "allowNetwork", FALSE) ? _(", network allowed") : "");
  for (gsize i = 0; problems != NULL && i < hearth_value_get_length (problems); i++)
    g_string_append_printf (out, "  %s\n", hearth_value_get_string (hearth_value_at (problems, i), NULL));
}

static int
print_list (HearthWorkspace *workspace)
{
  HearthValue *plugins = hearth_workspace_get_plugins (workspace);
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < hearth_value_get_length (plugins); i++)
    append_plugin (out, hearth_value_at (plugins, i));
  return hearth_cli_write (out->str, out->len) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

/* Forbidding takes the network away as well. */
static HearthValue *
make_arguments (Command *self)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  const char *name = self->allowed ? self->allowed : self->forbidden ? self->forbidden
                                                   : self->enabled   ? self->enabled
                                                                     : self->disabled;

  hearth_builder_add_string (&out, "pluginName", name);
  if (self->allowed != NULL || self->forbidden != NULL)
    hearth_builder_add (&out, "allowPrograms", hearth_value_boolean (self->allowed != NULL));
  if (self->network || self->forbidden != NULL)
    hearth_builder_add (&out, "allowNetwork", hearth_value_boolean (self->allowed != NULL));
  if (self->enabled != NULL || self->disabled != NULL)
    hearth_builder_add (&out, "enabled", hearth_value_boolean (self->enabled != NULL));
  return hearth_builder_end_object (&out);
}

static int
change (HearthWorkspace *workspace,
        Command         *self)
{
  g_autoptr (HearthValue) answer = hearth_cli_perform (workspace, &hearth_operation_set_plugin_state, make_arguments (self));
  g_autoptr (GString) out = g_string_new (NULL);

  if (answer == NULL)
    return HEARTH_EXIT_FAILED;
  append_plugin (out, hearth_value_get (answer, "after"));
  return hearth_cli_write (out->str, out->len) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

int
hearth_cli_plugins (int    argc,
                    char **argv)
{
  g_auto (Command) self = { 0 };
  const GOptionEntry entries[] = {
    { "allow", 0, 0, G_OPTION_ARG_STRING, &self.allowed, N_("Let the programs of this plugin run, in the sandbox"), N_("NAME") },
    { "network", 0, 0, G_OPTION_ARG_NONE, &self.network, N_("With --allow: let them use the network, too"), NULL },
    { "forbid", 0, 0, G_OPTION_ARG_STRING, &self.forbidden, N_("Take back what --allow gave"), N_("NAME") },
    { "enable", 0, 0, G_OPTION_ARG_STRING, &self.enabled, N_("Switch this plugin on"), N_("NAME") },
    { "disable", 0, 0, G_OPTION_ARG_STRING, &self.disabled, N_("Switch this plugin off"), N_("NAME") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self.data_dir, N_("Use this data folder"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HearthWorkspace) workspace = NULL;
  guint n_changes;

  if (!hearth_cli_parse_options (argc, argv, entries, NULL,
                                 _("Lists the plugins, or changes one. A server that is running sees it when it reloads its plugins."),
                                 0, NULL))
    return HEARTH_EXIT_USAGE;
  n_changes = (self.allowed != NULL) + (self.forbidden != NULL) + (self.enabled != NULL) + (self.disabled != NULL);
  if (n_changes > 1 || (self.network && self.allowed == NULL))
    {
      hearth_cli_complain (_("One change at a time; --network belongs to --allow."));
      return HEARTH_EXIT_USAGE;
    }
  workspace = hearth_workspace_new (self.data_dir);
  if (!hearth_cli_open (workspace))
    return HEARTH_EXIT_FAILED;
  return n_changes > 0 ? change (workspace, &self) : print_list (workspace);
}
