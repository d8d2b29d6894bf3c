/* hearth-cli-show.c: `hearthctl show`: one run, node by node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include "hearth-budget.h"
#include "hearth-failure-words.h"
#include "hearth-history-operations.h"
#include "hearth-json.h"
#include "hearth-i18n.h"

/* A value on one line of the terminal. */
#define MAX_VALUE_CHARS 200

static void
append_value (GString     *text,
              const char  *label,
              HearthValue *value)
{
  g_autofree char *printed = value != NULL ? hearth_json_print (value) : NULL;
  g_autofree char *start = NULL;

  if (printed == NULL)
    return;
  if (g_utf8_strlen (printed, -1) > MAX_VALUE_CHARS)
    start = g_utf8_substring (printed, 0, MAX_VALUE_CHARS);
  g_string_append_printf (text, "    %s: %s%s\n", label, start != NULL ? start : printed, start != NULL ? "…" : "");
}

static char *
dup_message (HearthValue *object,
             const char  *key)
{
  return hearth_failure_to_words (NULL, hearth_value_get_member_string (hearth_value_get (object, key), "message", NULL));
}

static void
append_usage (GString     *text,
              const char  *before,
              HearthValue *of)
{
  HearthValue *usage = hearth_value_get (of, "usage");
  g_autofree char *words = usage != NULL ? hearth_usage_to_words (usage) : NULL;

  if (words != NULL)
    g_string_append_printf (text, "%s%s\n", before, words);
}

static void
append_node (GString     *text,
             const char  *id,
             HearthValue *node)
{
  gint64 tries = hearth_value_get_member_integer (node, "tries", 1);
  const char *why = hearth_value_get_member_string (node, "why", NULL);
  g_autofree char *message = dup_message (node, "error");

  g_string_append_printf (text, "%s (%s): %s%s", id, hearth_value_get_member_string (node, "type", "?"),
                          hearth_value_get_member_string (node, "status", "?"),
                          hearth_value_get_member_boolean (node, "reused", FALSE) ? _(", reused") : "");
  if (hearth_value_get (node, "durationMs") != NULL)
    g_string_append_printf (text, ", %.1f ms", hearth_value_get_member_double (node, "durationMs", 0));
  if (tries > 1)
    /* Translators: how often a node was tried */
    g_string_append_printf (text, _(", tries: %d"), (int) tries);
  g_string_append_c (text, '\n');
  if (why != NULL)
    g_string_append_printf (text, "    %s\n", why);
  if (message != NULL)
    g_string_append_printf (text, "    %s\n", message);
  append_usage (text, "    ", node);
  append_value (text, _("in"), hearth_value_get (node, "input"));
  append_value (text, _("out"), hearth_value_get (node, "output"));
}

static void
append_run (GString     *text,
            HearthValue *run)
{
  HearthValue *nodes = hearth_value_get (run, "nodes");
  g_autofree char *message = dup_message (run, "errorInfo");

  g_string_append_printf (text, "%s: %s, %.1f ms\n", hearth_value_get_member_string (run, "workflowName", _("unnamed")),
                          hearth_value_get_member_string (run, "status", "?"),
                          hearth_value_get_member_double (run, "durationMs", 0));
  if (message != NULL)
    g_string_append_printf (text, "%s\n", message);
  append_usage (text, "", run);
  for (gsize i = 0; i < hearth_value_get_length (nodes); i++)
    append_node (text, hearth_value_key_at (nodes, i), hearth_value_member_at (nodes, i));
}

static gboolean
print (HearthValue *run,
       const char  *node_id,
       HearthValue *node,
       gboolean     json)
{
  g_autoptr (GString) text = NULL;

  if (json)
    return hearth_cli_write_value (node != NULL ? node : run, FALSE);
  text = g_string_new (NULL);
  if (node != NULL)
    append_node (text, node_id, node);
  else
    append_run (text, run);
  return hearth_cli_write (text->str, text->len);
}

static int
show (const char *run_id,
      const char *node_id,
      const char *data_dir,
      gboolean    json)
{
  g_autoptr (HearthWorkspace) workspace = hearth_workspace_new (data_dir);
  g_autoptr (HearthValue) run = hearth_cli_perform (workspace, &hearth_operation_read_run,
                                                       hearth_value_object ("promptId", hearth_value_string (run_id), NULL));
  HearthValue *node = NULL;

  if (run == NULL)
    return HEARTH_EXIT_USAGE;
  if (node_id != NULL)
    node = hearth_value_get (hearth_value_get (run, "nodes"), node_id);
  if (node_id != NULL && node == NULL)
    {
      hearth_cli_complain (_("The run has no node “%s”."), node_id);
      return HEARTH_EXIT_USAGE;
    }
  return print (run, node_id, node, json) ? HEARTH_EXIT_OK : HEARTH_EXIT_FAILED;
}

int
hearth_cli_show (int    argc,
                 char **argv)
{
  g_autofree char *node = NULL;
  g_autofree char *data_dir = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "node", 0, 0, G_OPTION_ARG_STRING, &node, N_("Show this node alone"), N_("ID") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print everything as JSON"), NULL },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &data_dir, N_("Use this data folder"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = NULL;

  if (!hearth_cli_parse_options (argc, argv, entries, _("RUN"),
                                 _("Shows a run, node by node: what went in, what came out, and why. “hearthctl history” lists the runs."), 1,
                                 &rest))
    return HEARTH_EXIT_USAGE;
  return show (rest[0], node, data_dir, json);
}
