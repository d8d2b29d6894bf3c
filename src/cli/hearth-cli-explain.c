/* hearth-cli-explain.c: nodes by the names people know, why they ran, and why they failed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include "hearth-failure-words.h"
#include "hearth-graph.h"
#include "hearth-i18n.h"

static HearthNode *
find_by_title (HearthGraph *graph,
               const char  *title,
               gboolean    *several)
{
  HearthNode *found = NULL;

  for (guint i = 0; i < hearth_graph_get_n_nodes (graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (graph, i);

      if (g_strcmp0 (hearth_node_get_title (node), title) != 0)
        continue;
      *several = found != NULL;
      found = node;
    }
  return found;
}

static HearthNode *
find_node (HearthGraph *graph,
           const char  *name,
           GError     **error)
{
  HearthNode *node = hearth_graph_get_node (graph, name);
  gboolean several = FALSE;

  if (node == NULL)
    node = find_by_title (graph, name, &several);
  if (node != NULL && !several)
    return node;
  if (several)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("Several nodes are called “%s”. Use the id of one of them."), name);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("The workflow has no node “%s”. Use the id or the title of one."), name);
  return NULL;
}

char **
hearth_cli_find_nodes (HearthGraph       *graph,
                       const char *const *names,
                       GError           **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (; *names != NULL; names++)
    {
      HearthNode *node = find_node (graph, *names, error);

      if (node == NULL)
        return NULL;
      g_strv_builder_add (ids, node->id);
    }
  return g_strv_builder_end (ids);
}

/* A node inside a group has no title here. */
static const char *
get_title (HearthGraph          *graph,
           const HearthRunEvent *event)
{
  HearthNode *node = hearth_graph_get_node (graph, event->node_id);

  return node != NULL ? hearth_node_get_title (node) : event->node_id;
}

void
hearth_cli_tell_failure (HearthGraph          *graph,
                         const HearthRunEvent *event)
{
  g_autofree char *message = hearth_failure_to_words (graph, event->message);

  hearth_cli_complain (_("“%s” (%s) failed: %s"), get_title (graph, event), event->node_id, message);
}

void
hearth_cli_explain (HearthGraph          *graph,
                    const HearthRunEvent *event)
{
  const char *title = get_title (graph, event);

  if (event->reused)
    /* Translators: the title of a node, its id, and where its result came from */
    g_printerr (_("%s (%s): reused: %s\n"), title, event->node_id, event->why != NULL ? event->why : "");
  else if (event->why != NULL)
    /* Translators: the title of a node, its id, and "input “text” changed" */
    g_printerr (_("%s (%s): ran: %s\n"), title, event->node_id, event->why);
  else
    /* Translators: the title of a node, its id */
    g_printerr (_("%s (%s): ran\n"), title, event->node_id);
}
