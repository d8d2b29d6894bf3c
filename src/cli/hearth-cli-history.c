/* hearth-cli-history.c: `hearthctl history`: what was run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include "hearth-failure-words.h"
#include "hearth-history-operations.h"
#include "hearth-i18n.h"

#define MAX_LIMIT 500

/* As the clock on the wall says. */
static char *
format_time (gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_ms / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

static void
append_line (GString     *text,
             HearthValue *item)
{
  g_autofree char *time = format_time (hearth_value_get_member_integer (item, "submittedAt", 0));
  const char *name = hearth_value_get_member_string (item, "workflowName", _("unnamed"));
  g_autofree char *message = hearth_failure_to_words (
      NULL, hearth_value_get_member_string (hearth_value_get (item, "errorInfo"), "message", NULL));

  g_string_append_printf (text, "%s  %s  %-11s %9.1f ms  %s", hearth_value_get_member_string (item, "promptId", "?"), time,
                          hearth_value_get_member_string (item, "status", "?"),
                          hearth_value_get_member_double (item, "durationMs", 0), name);
  if (message != NULL)
    g_string_append_printf (text, ": %s", message);
  g_string_append_c (text, '\n');
}

static int
print_lines (HearthValue *list)
{
  HearthValue *items = hearth_value_get (list, "items");
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < hearth_value_get_length (items); i++)
    append_line (text, hearth_value_at (items, i));
  return hearth_cli_write (text->str, text->len) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

static int
print_history (HearthValue *filter,
               const char  *data_dir,
               gboolean     json)
{
  g_autoptr (HearthWorkspace) workspace = hearth_workspace_new (data_dir);
  g_autoptr (HearthValue) list = hearth_cli_perform (workspace, &hearth_operation_list_history, hearth_value_ref (filter));

  if (list == NULL)
    return HEARTH_EXIT_USAGE;
  if (json)
    return hearth_cli_write_value (list, FALSE) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
  return print_lines (list);
}

int
hearth_cli_history (int    argc,
                    char **argv)
{
  g_autofree char *status = NULL;
  g_autofree char *project = NULL;
  g_autofree char *text = NULL;
  g_autofree char *data_dir = NULL;
  gboolean json = FALSE;
  int limit = 0;
  const GOptionEntry entries[] = {
    { "status", 0, 0, G_OPTION_ARG_STRING, &status, N_("Only runs that are “complete”, “error”, “interrupted” or “running”"),
      N_("STATUS") },
    { "project", 'p', 0, G_OPTION_ARG_STRING, &project, N_("Only runs of this project"), N_("PROJECT") },
    { "search", 0, 0, G_OPTION_ARG_STRING, &text, N_("Only runs with this in the workflow's name or the message"), N_("TEXT") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many, 50 without"), N_("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print the list as JSON"), NULL },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &data_dir, N_("Use this data folder"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HearthValue) filter = NULL;

  if (!hearth_cli_parse_options (argc, argv, entries, NULL, _("Lists what was run, the newest first."), 0, NULL))
    return HEARTH_EXIT_USAGE;
  if (limit < 0 || limit > MAX_LIMIT)
    {
      hearth_cli_complain (_("--limit takes a number from 1 to %d."), MAX_LIMIT);
      return HEARTH_EXIT_USAGE;
    }
  filter = hearth_value_object ("status", status != NULL ? hearth_value_string (status) : NULL,
                                "project", project != NULL ? hearth_value_string (project) : NULL,
                                "q", text != NULL ? hearth_value_string (text) : NULL,
                                "limit", hearth_value_integer (limit), NULL);
  return print_history (filter, data_dir, json);
}
