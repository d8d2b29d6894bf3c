/* hearth-failure-words.c: what a run tells of a failure, for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-failure-words.h"

#include "hearth-i18n.h"

/* The text between @before and @after, or NULL. */
static char *
cut_out (const char *text,
         const char *before,
         const char *after)
{
  const char *start = strstr (text, before);
  const char *end = start != NULL ? strstr (start + strlen (before), after) : NULL;

  return end != NULL ? g_strndup (start + strlen (before), end - start - strlen (before)) : NULL;
}

static char *
describe_missing (HearthGraph *graph,
                  const char  *message,
                  const char  *key)
{
  g_autofree char *node_id = cut_out (message, "' for node ", " (");
  HearthNode *node = graph != NULL && node_id != NULL ? hearth_graph_get_node (graph, node_id) : NULL;
  g_autoptr (HearthSlot) slot = node != NULL ? hearth_graph_find_input (graph, node, key) : NULL;

  return g_strdup_printf (_("“%s” needs a value."), slot != NULL ? slot->title : key);
}

char *
hearth_failure_to_words (HearthGraph *graph,
                         const char  *message)
{
  g_autofree char *key = NULL;
  g_autofree char *type = NULL;

  g_return_val_if_fail (graph == NULL || HEARTH_IS_GRAPH (graph), NULL);

  if (message == NULL)
    return NULL;
  key = cut_out (message, "Critical error: Missing required input '", "'");
  if (key != NULL)
    return describe_missing (graph, message, key);
  type = cut_out (message, "Node type ", " not found ");
  if (type != NULL)
    return g_strdup_printf (_("This kind of node (“%s”) is not installed."), type);
  if (g_str_equal (message, "Execution interrupted by user."))
    return g_strdup (_("It was stopped before it was done."));
  if (g_str_equal (message, "One or more nodes failed during execution."))
    return g_strdup (_("One or more nodes failed."));
  return g_strdup (message);
}
