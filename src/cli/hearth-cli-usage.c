/* hearth-cli-usage.c: `hearthctl usage`: what calls to models took
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include "hearth-budget.h"
#include "hearth-usage-operations.h"
#include "hearth-i18n.h"

static const char *const sums[] = { "day", "project", "model", "run", "node", NULL };

/* What the sum is of. */
static char *
name_item (HearthValue *item)
{
  static const char *const names[] = { "day", "projectId", "runId", "nodeId" };
  const char *model = hearth_value_get_member_string (item, "model", NULL);
  const char *provider = hearth_value_get_member_string (item, "provider", NULL);

  if (model != NULL)
    return provider != NULL ? g_strdup_printf ("%s/%s", provider, model) : g_strdup (model);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (hearth_value_get (item, names[i]) != NULL)
      return g_strdup (hearth_value_get_member_string (item, names[i], ""));
  /* Translators: calls that belong to no project, run or node */
  return g_strdup (_("(none)"));
}

static void
append_line (GString     *text,
             const char  *name,
             HearthValue *usage)
{
  g_autofree char *words = hearth_usage_to_words (usage);

  g_string_append_printf (text, "%-32s  %s\n", name, words);
}

static gboolean
print_lines (HearthValue *usage)
{
  HearthValue *items = hearth_value_get (usage, "items");
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < hearth_value_get_length (items); i++)
    {
      g_autofree char *name = name_item (hearth_value_at (items, i));

      append_line (text, name, hearth_value_at (items, i));
    }
  append_line (text, _("in all"), hearth_value_get (usage, "total"));
  return hearth_cli_write (text->str, text->len);
}

static int
print_usage (HearthValue *filter,
             const char  *data_dir,
             gboolean     json)
{
  g_autoptr (HearthWorkspace) workspace = hearth_workspace_new (data_dir);
  g_autoptr (HearthValue) usage = hearth_cli_perform (workspace, &hearth_operation_sum_usage, hearth_value_ref (filter));

  if (usage == NULL)
    return HEARTH_EXIT_USAGE;
  return (json ? hearth_cli_write_value (usage, FALSE) : print_lines (usage)) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

gboolean
hearth_cli_read_budget (const char   *text,
                        HearthValue **ceilings)
{
  g_autoptr (GError) error = NULL;

  *ceilings = text != NULL ? hearth_budget_parse (text, &error) : NULL;
  if (error != NULL)
    hearth_cli_complain ("%s", error->message);
  return error == NULL;
}

int
hearth_cli_usage (int    argc,
                  char **argv)
{
  g_autofree char *by = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *project = NULL;
  g_autofree char *run = NULL;
  g_autofree char *data_dir = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, N_("A line for each “day”, “project”, “model”, “run” or “node”"), N_("WHAT") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, N_("Only from this day on, as in 2026-01-31"), N_("DAY") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, N_("Only up to this day"), N_("DAY") },
    { "project", 'p', 0, G_OPTION_ARG_STRING, &project, N_("Only for this project"), N_("PROJECT") },
    { "run", 0, 0, G_OPTION_ARG_STRING, &run, N_("Only of this run"), N_("RUN") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print everything as JSON"), NULL },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &data_dir, N_("Use this data folder"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) filter = NULL;

  if (!hearth_cli_parse_options (argc, argv, entries, NULL, _("Adds up what calls to language models took."), 0, NULL))
    return HEARTH_EXIT_USAGE;
  if (by != NULL && !g_strv_contains (sums, by))
    {
      hearth_cli_complain (_("--by takes “day”, “project”, “model”, “run” or “node”."));
      return HEARTH_EXIT_USAGE;
    }
  hearth_builder_add_string (&builder, "by", by);
  hearth_builder_add_string (&builder, "from", from);
  hearth_builder_add_string (&builder, "to", to);
  hearth_builder_add_string (&builder, "project", project);
  hearth_builder_add_string (&builder, "run", run);
  filter = hearth_builder_end_object (&builder);
  return print_usage (filter, data_dir, json);
}
