/* hearth-check.c: everything that is wrong with a graph, in one go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-check-private.h"

#include "hearth-i18n.h"

static const char *const code_names[] = {
  [HEARTH_PROBLEM_UNKNOWN_TYPE] = "unknown-type",
  [HEARTH_PROBLEM_MISSING_INPUT] = "missing-input",
  [HEARTH_PROBLEM_CYCLE] = "cycle",
  [HEARTH_PROBLEM_DANGLING_EDGE] = "dangling-edge",
  [HEARTH_PROBLEM_UNKNOWN_SLOT] = "unknown-slot",
  [HEARTH_PROBLEM_INCOMPATIBLE] = "incompatible",
  [HEARTH_PROBLEM_PLAIN_INTO_STREAM] = "plain-into-stream",
  [HEARTH_PROBLEM_WRONG_VALUE] = "wrong-value",
  [HEARTH_PROBLEM_MISSING_WORKFLOW] = "missing-workflow",
  [HEARTH_PROBLEM_RECURSION] = "recursion",
  [HEARTH_PROBLEM_STREAM_INTO_PLAIN] = "stream-into-plain",
  [HEARTH_PROBLEM_UNREACHABLE] = "unreachable",
  [HEARTH_PROBLEM_NO_CHANNEL] = "no-channel",
  [HEARTH_PROBLEM_MISSING_KEY] = "missing-key",
  [HEARTH_PROBLEM_PLAIN_KEY] = "plain-key",
};

const char *
hearth_problem_code_to_string (HearthProblemCode code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (code_names), NULL);

  return code_names[code];
}

void
hearth_problem_free (HearthProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->node_id);
  g_free (self->slot);
  g_free (self->message);
  g_free (self);
}

static char *
make_node_id (Check      *self,
              HearthNode *node)
{
  g_autofree char *outer = NULL;

  if (self->outer == NULL)
    return node != NULL ? g_strdup (node->id) : NULL;
  outer = make_node_id (self->outer, self->at);
  return node != NULL ? g_strconcat (outer, "/", node->id, NULL) : g_steal_pointer (&outer);
}

void
_hearth_check_add (Check             *self,
                   HearthProblemLevel level,
                   HearthProblemCode  code,
                   HearthNode        *node,
                   const char        *slot,
                   char              *sentence)
{
  HearthProblem *problem = g_new0 (HearthProblem, 1);

  problem->level = level;
  problem->code = code;
  problem->node_id = make_node_id (self, node);
  problem->slot = g_strdup (slot);
  /* Translators: title and id of a node, then what is wrong with it. */
  if (problem->node_id != NULL)
    problem->message = g_strdup_printf (_("“%s” (%s): %s"), hearth_node_get_title (node != NULL ? node : self->at),
                                        problem->node_id, sentence);
  else
    problem->message = g_strdup (sentence);
  g_ptr_array_add (self->problems, problem);
  g_free (sentence);
}

/* --- groups --------------------------------------------------------------------------- */

static gboolean
is_being_checked (Check      *self,
                  const char *workflow_id)
{
  for (; self != NULL; self = self->outer)
    {
      if (g_strcmp0 (self->id, workflow_id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void walk (Check *self);

/* The problems of a workflow are listed once, however many nodes stand for it. */
static void
check_inside (Check       *outer,
              HearthNode  *node,
              const char  *id,
              HearthGraph *graph)
{
  Check inner = {
    .graph = graph,
    .groups = outer->groups,
    .problems = outer->problems,
    .seen = outer->seen,
    .outer = outer,
    .at = node,
    .id = id,
    .models = outer->models,
    .models_data = outer->models_data,
  };

  if (g_hash_table_add (outer->seen, g_strdup (id)))
    walk (&inner);
}

static gboolean
calls (HearthNode *node)
{
  return node->type != NULL && (node->type->decl->flags & HEARTH_NODE_CALLS) != 0;
}

static void
check_group (Check      *self,
             HearthNode *node)
{
  g_autofree char *id = hearth_node_dup_reference (node);
  HearthGraph *graph;

  if (node->type != NULL && node->type->workflow != NULL)
    return; /* its pack answers for it */
  if (id == NULL)
    {
      /* A group without a workflow is passed over; a loop without one fails. */
      _hearth_check_add (self, calls (node) ? HEARTH_PROBLEM_ERROR : HEARTH_PROBLEM_WARNING,
                         HEARTH_PROBLEM_MISSING_WORKFLOW, node, NULL,
                         g_strdup (calls (node) ? _("no workflow is chosen. Choose the one it is to run.")
                                                : _("no workflow is chosen, so it does nothing.")));
      return;
    }
  if (is_being_checked (self, id))
    {
      _hearth_check_add (self, HEARTH_PROBLEM_ERROR, HEARTH_PROBLEM_RECURSION, node, NULL,
                         g_strdup (_("the workflow it stands for contains itself. Choose another one.")));
      return;
    }
  if (self->groups == NULL)
    return;
  graph = g_hash_table_lookup (self->groups, id);
  if (graph != NULL)
    check_inside (self, node, id, graph);
  else
    _hearth_check_add (self, HEARTH_PROBLEM_ERROR, HEARTH_PROBLEM_MISSING_WORKFLOW, node, NULL,
                       g_strdup_printf (_("the workflow “%s” it stands for cannot be found."), id));
}

static void
check_tool (Check      *self,
            HearthNode *node,
            const char *id)
{
  HearthGraph *graph = self->groups != NULL ? g_hash_table_lookup (self->groups, id) : NULL;

  if (is_being_checked (self, id))
    _hearth_check_add (self, HEARTH_PROBLEM_ERROR, HEARTH_PROBLEM_RECURSION, node, NULL,
                       g_strdup_printf (_("its tool “%s” is the workflow it stands in. Take it off the list."), id));
  else if (graph != NULL)
    check_inside (self, node, id, graph);
  else if (self->groups != NULL)
    _hearth_check_add (self, HEARTH_PROBLEM_ERROR, HEARTH_PROBLEM_MISSING_WORKFLOW, node, NULL,
                       g_strdup_printf (_("its tool “%s” is a workflow that cannot be found."), id));
}

static void
check_tools (Check      *self,
             HearthNode *node)
{
  g_auto (GStrv) ids = hearth_node_list_tools (node);

  for (char **id = ids; *id != NULL; id++)
    check_tool (self, node, *id);
}

/* --- nodes ---------------------------------------------------------------------------- */

static void
check_node (Check *self,
            guint  index)
{
  HearthNode *node = hearth_graph_node_at (self->graph, index);

  if (hearth_node_is_frame (node))
    return;
  if (node->type == NULL)
    _hearth_check_add (self, HEARTH_PROBLEM_ERROR, HEARTH_PROBLEM_UNKNOWN_TYPE, node, NULL,
                       g_strdup_printf (_("the node type “%s” is not known here. Replace the node or install what "
                                          "provides it."),
                                        node->type_id));
  if (self->circles[index] != NULL)
    _hearth_check_add (self, HEARTH_PROBLEM_ERROR, HEARTH_PROBLEM_CYCLE, node, NULL, g_strdup (self->circles[index]));
  _hearth_check_values (self, node);
  _hearth_check_edges (self, node);
  if (g_str_equal (node->type_id, HEARTH_TYPE_ID_NODE_GROUP) || calls (node))
    check_group (self, node);
  if (node->type != NULL && node->type->decl->flags & HEARTH_NODE_TOOLS)
    check_tools (self, node);
}

/* --- what cannot be reached ------------------------------------------------------------- */

static gboolean
stops_node (HearthProblem *problem)
{
  /* A circle stops the whole workflow. */
  return problem->level == HEARTH_PROBLEM_ERROR && problem->node_id != NULL && problem->code != HEARTH_PROBLEM_CYCLE
         && problem->code != HEARTH_PROBLEM_RECURSION;
}

/* The nodes that cannot run for reasons of their own, in node order. */
static GPtrArray *
list_stuck (Check *self,
            guint  first_problem)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GPtrArray *stuck = g_ptr_array_new ();

  for (guint i = first_problem; i < self->problems->len; i++)
    {
      HearthProblem *problem = g_ptr_array_index (self->problems, i);
      const char *id = problem->node_id != NULL ? strrchr (problem->node_id, '/') : NULL;
      HearthNode *node = NULL;

      if (stops_node (problem))
        node = hearth_graph_get_node (self->graph, id != NULL && self->outer != NULL ? id + 1 : problem->node_id);
      if (node != NULL && g_hash_table_add (seen, node))
        g_ptr_array_add (stuck, node);
    }
  return stuck;
}

static gboolean
joins (HearthNode *node)
{
  return node->type != NULL && node->type->decl->join != NULL
         && node->type->decl->join (node->config) != HEARTH_JOIN_ALL;
}

/* Everything behind a node that cannot run waits in vain, unless it can do without. */
static void
check_reach (Check *self,
             guint  first_problem)
{
  g_autoptr (GPtrArray) stuck = list_stuck (self, first_problem);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < stuck->len; i++)
    g_hash_table_add (seen, g_ptr_array_index (stuck, i));
  for (guint i = 0; i < stuck->len; i++)
    {
      HearthNode *source = g_ptr_array_index (stuck, i);
      GPtrArray *edges = hearth_graph_get_edges_out (self->graph, source->id);

      for (guint e = 0; e < edges->len; e++)
        {
          HearthEdge *edge = g_ptr_array_index (edges, e);
          HearthNode *target = hearth_graph_get_node (self->graph, edge->target);

          if (target == NULL || hearth_node_is_frame (target) || joins (target) || !g_hash_table_add (seen, target))
            continue;
          g_ptr_array_add (stuck, target);
          _hearth_check_add (self, HEARTH_PROBLEM_WARNING, HEARTH_PROBLEM_UNREACHABLE, target, edge->target_key,
                             g_strdup_printf (_("it will not run, because it waits for “%s”, which cannot."),
                                              hearth_node_get_title (source)));
        }
    }
}

static void
walk (Check *self)
{
  guint n_nodes = hearth_graph_get_n_nodes (self->graph);
  guint first_problem = self->problems->len;

  self->circles = _hearth_check_find_circles (self->graph);
  for (guint i = 0; i < n_nodes; i++)
    check_node (self, i);
  check_reach (self, first_problem);
  _hearth_check_lost_edges (self);
  for (guint i = 0; i < n_nodes; i++)
    g_free (self->circles[i]);
  g_clear_pointer (&self->circles, g_free);
}

GPtrArray *
hearth_graph_check (HearthGraph *self,
                    GHashTable  *groups)
{
  return hearth_graph_check_with_models (self, groups, NULL, NULL);
}

GPtrArray *
hearth_graph_check_with_models (HearthGraph     *self,
                                GHashTable      *groups,
                                HearthModelCheck models,
                                gpointer         user_data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Check check = { .graph = self, .groups = groups, .seen = seen, .models = models, .models_data = user_data };

  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);

  check.problems = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_problem_free);
  check.id = hearth_graph_get_id (self);
  walk (&check);
  return check.problems;
}
