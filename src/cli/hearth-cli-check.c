/* hearth-cli-check.c: `hearthctl check`: what is wrong with a workflow, without running it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include <string.h>

#include "hearth-check.h"
#include "hearth-i18n.h"

static gboolean
load_channels (HearthWorkspace *workspace,
               GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) channels = NULL;

  hearth_workspace_load_channels (workspace, hearth_cli_keep_cb, &result);
  hearth_cli_await (&result);
  channels = hearth_workspace_finish (workspace, result, error);
  return channels != NULL;
}

static GPtrArray *
find_problems (HearthWorkspace *workspace,
               HearthCliFile   *file,
               GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable) groups = NULL;

  hearth_workspace_load_groups (workspace, file->graph, file->project_id, file->directory, NULL, hearth_cli_keep_cb,
                                &result);
  hearth_cli_await (&result);
  groups = hearth_workspace_load_groups_finish (workspace, result, error);
  return groups != NULL && load_channels (workspace, error) ? hearth_workspace_check (workspace, file->graph, groups) : NULL;
}

static const char *
level_to_string (HearthProblemLevel level)
{
  return level == HEARTH_PROBLEM_ERROR ? "error" : "warning";
}

static void
print_json (GPtrArray *problems)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) value = NULL;

  for (guint i = 0; i < problems->len; i++)
    {
      const HearthProblem *problem = g_ptr_array_index (problems, i);
      g_auto (HearthBuilder) entry = HEARTH_BUILDER_INIT;

      hearth_builder_add_string (&entry, "level", level_to_string (problem->level));
      hearth_builder_add_string (&entry, "code", hearth_problem_code_to_string (problem->code));
      hearth_builder_add_string (&entry, "nodeId", problem->node_id);
      hearth_builder_add_string (&entry, "slot", problem->slot);
      hearth_builder_add_string (&entry, "message", problem->message);
      hearth_builder_add (&list, NULL, hearth_builder_end_object (&entry));
    }
  value = hearth_builder_end_array (&list);
  hearth_cli_write_value (value, FALSE);
}

static void
print_lines (GPtrArray *problems)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const HearthProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (text, "%s: %s\n",
                              problem->level == HEARTH_PROBLEM_ERROR ? _("error") : _("warning"), problem->message);
    }
  hearth_cli_write (text->str, text->len);
}

static gboolean
has_error (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (((const HearthProblem *) g_ptr_array_index (problems, i))->level == HEARTH_PROBLEM_ERROR)
      return TRUE;
  return FALSE;
}

int
hearth_cli_check (int    argc,
                  char **argv)
{
  g_autofree char *project = NULL;
  g_autofree char *data_dir = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print the problems as JSON"), NULL },
    { "project", 'p', 0, G_OPTION_ARG_FILENAME, &project,
      N_("Look for referenced workflows in this project instead of beside FILE"), N_("PROJECT") },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &data_dir, N_("Use this data folder"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (HearthWorkspace) workspace = NULL;
  g_autoptr (HearthCliFile) file = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  if (!hearth_cli_parse_options (argc, argv, entries, _("FILE"),
                                 _("Reads a workflow without running it and prints every problem, each with the node it concerns."),
                                 1, &rest))
    return HEARTH_EXIT_USAGE;
  workspace = hearth_workspace_new (data_dir);
  hearth_cli_load_plugins (workspace);
  file = hearth_cli_file_load (workspace, rest[0], project, &error);
  problems = file != NULL ? find_problems (workspace, file, &error) : NULL;
  if (problems == NULL)
    {
      hearth_cli_complain ("%s", error->message);
      return HEARTH_EXIT_USAGE;
    }
  if (json)
    print_json (problems);
  else
    print_lines (problems);
  return has_error (problems) ? HEARTH_EXIT_FAILED : HEARTH_EXIT_OK;
}
