/* hearth-check-edges.c: edges that join what does not fit, and circles of edges
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-check-private.h"

#include "hearth-i18n.h"

static gboolean
slots_are_known (HearthGraph *graph,
                 HearthNode  *node)
{
  if (g_str_equal (node->type_id, HEARTH_TYPE_ID_NODE_GROUP))
    return _hearth_graph_get_group (graph, node) != NULL;
  return node->type != NULL || hearth_node_is_frame (node);
}

/* A stream that flows into a plain input arrives as its joined text (docs/scheduler.md). */
static gboolean
takes_text (HearthSlot *input)
{
  return input->type == HEARTH_DATA_STRING || input->type == HEARTH_DATA_WILDCARD
         || input->type == HEARTH_DATA_CONVERTIBLE_ANY || hearth_slot_has_category (input, "BehaviorWildcard");
}

static void
check_fit (Check      *self,
           HearthNode *target,
           HearthSlot *output,
           HearthSlot *input)
{
  gboolean passes = g_str_equal (target->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT)
                    || g_str_equal (target->type_id, HEARTH_TYPE_ID_NODE_GROUP);

  if (!hearth_slot_can_connect (output, input))
    _hearth_check_add (self, HEARTH_PROBLEM_WARNING, HEARTH_PROBLEM_INCOMPATIBLE, target, input->key,
                       g_strdup_printf (_("“%s” is of type %s and does not fit the input “%s” of type %s."),
                                        output->title, hearth_data_type_to_string (output->type), input->title,
                                        hearth_data_type_to_string (input->type)));
  else if (hearth_slot_is (input, STREAM) && !hearth_slot_is (output, STREAM))
    _hearth_check_add (self, passes ? HEARTH_PROBLEM_WARNING : HEARTH_PROBLEM_ERROR,
                       HEARTH_PROBLEM_PLAIN_INTO_STREAM, target, input->key,
                       g_strdup_printf (_("input “%s” needs a stream, but “%s” gives its value all at once."),
                                        input->title, output->title));
  else if (hearth_slot_is (output, STREAM) && !hearth_slot_is (input, STREAM) && !takes_text (input))
    _hearth_check_add (self, HEARTH_PROBLEM_WARNING, HEARTH_PROBLEM_STREAM_INTO_PLAIN, target, input->key,
                       g_strdup_printf (_("input “%s” gets the whole text of the stream “%s”, but takes no text."),
                                        input->title, output->title));
}

static void
check_edge (Check      *self,
            HearthNode *target,
            HearthEdge *edge)
{
  HearthNode *source = hearth_graph_get_node (self->graph, edge->source);
  g_autoptr (HearthSlot) output = NULL;
  g_autoptr (HearthSlot) input = NULL;

  if (source == NULL)
    {
      _hearth_check_add (self, HEARTH_PROBLEM_WARNING, HEARTH_PROBLEM_DANGLING_EDGE, target, edge->target_key,
                         g_strdup_printf (_("a connection comes from the node “%s”, which does not exist."),
                                          edge->source));
      return;
    }
  output = hearth_graph_find_output (self->graph, source, edge->source_handle);
  input = hearth_graph_find_input (self->graph, target, edge->target_handle);
  if (output == NULL && slots_are_known (self->graph, source))
    _hearth_check_add (self, HEARTH_PROBLEM_WARNING, HEARTH_PROBLEM_UNKNOWN_SLOT, target, edge->target_key,
                       g_strdup_printf (_("a connection comes from the output “%s” of “%s”, which does not exist."),
                                        edge->source_handle, hearth_node_get_title (source)));
  if (input == NULL && slots_are_known (self->graph, target))
    _hearth_check_add (self, HEARTH_PROBLEM_WARNING, HEARTH_PROBLEM_UNKNOWN_SLOT, target, edge->target_key,
                       g_strdup_printf (_("a connection leads to its input “%s”, which does not exist."),
                                        edge->target_handle));
  if (output != NULL && input != NULL && slots_are_known (self->graph, source)
      && slots_are_known (self->graph, target))
    check_fit (self, target, output, input);
}

void
_hearth_check_edges (Check      *self,
                     HearthNode *node)
{
  GPtrArray *edges = hearth_graph_get_edges_in (self->graph, node->id);

  for (guint i = 0; i < edges->len; i++)
    check_edge (self, node, g_ptr_array_index (edges, i));
}

void
_hearth_check_lost_edges (Check *self)
{
  for (guint i = 0; i < hearth_graph_get_n_edges (self->graph); i++)
    {
      HearthEdge *edge = hearth_graph_edge_at (self->graph, i);

      if (hearth_graph_get_node (self->graph, edge->target) != NULL)
        continue;
      _hearth_check_add (self, HEARTH_PROBLEM_WARNING, HEARTH_PROBLEM_DANGLING_EDGE,
                         hearth_graph_get_node (self->graph, edge->source), edge->source_handle,
                         g_strdup_printf (_("a connection leads to the node “%s”, which does not exist."),
                                          edge->target));
    }
}

/* --- circles ------------------------------------------------------------------------------ */

/* Tarjan's algorithm with a stack of its own: a chain of 10,000 nodes must not exhaust ours. */
typedef struct
{
  HearthGraph *graph;
  GHashTable  *index_of; /* node id -> index + 1 */
  guint       *order;    /* when a node was first seen, from 1 */
  guint       *low;      /* the earliest node it leads back to */
  guint       *next;     /* how many of its edges were followed */
  gboolean    *open;     /* belongs to a circle that is not complete yet */
  GArray      *path;     /* of guint: the walk */
  GArray      *stack;    /* of guint: nodes whose circle is not known yet */
  guint        count;
  char       **sentences;
} Circles;

static void
enter (Circles *self,
       guint    index)
{
  self->order[index] = self->low[index] = ++self->count;
  self->open[index] = TRUE;
  g_array_append_val (self->path, index);
  g_array_append_val (self->stack, index);
}

static int
compare_indexes (gconstpointer a,
                 gconstpointer b)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  return first < second ? -1 : first > second;
}

static char *
describe (Circles *self,
          GArray  *members)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < members->len; i++)
    {
      HearthNode *node = hearth_graph_node_at (self->graph, g_array_index (members, guint, i));

      if (i == 5 && members->len > 6)
        {
          g_string_append (names, ", …");
          break;
        }
      if (i > 0)
        g_string_append (names, ", ");
      g_string_append_printf (names, _("“%s” (%s)"), hearth_node_get_title (node), node->id);
    }
  return g_strdup_printf (_("part of a circle, which can never run: %s. Remove one of the connections between them."),
                          names->str);
}

static gboolean
feeds_itself (Circles *self,
              guint    index)
{
  HearthNode *node = hearth_graph_node_at (self->graph, index);
  GPtrArray *edges = hearth_graph_get_edges_out (self->graph, node->id);

  for (guint i = 0; i < edges->len; i++)
    {
      if (g_str_equal (((HearthEdge *) g_ptr_array_index (edges, i))->target, node->id))
        return TRUE;
    }
  return FALSE;
}

/* @index is the first node seen of its component, the rest lie above it on the stack. */
static void
close_component (Circles *self,
                 guint    index)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint));
  guint member;

  do
    {
      member = g_array_index (self->stack, guint, self->stack->len - 1);
      g_array_set_size (self->stack, self->stack->len - 1);
      self->open[member] = FALSE;
      g_array_append_val (members, member);
    }
  while (member != index);
  if (members->len == 1 && !feeds_itself (self, index))
    return;
  g_array_sort (members, compare_indexes);
  self->sentences[g_array_index (members, guint, 0)] = describe (self, members);
}

static void
leave (Circles *self,
       guint    index)
{
  g_array_set_size (self->path, self->path->len - 1);
  if (self->path->len > 0)
    {
      guint before = g_array_index (self->path, guint, self->path->len - 1);

      self->low[before] = MIN (self->low[before], self->low[index]);
    }
  if (self->low[index] == self->order[index])
    close_component (self, index);
}

static void
follow_edge (Circles    *self,
             guint       index,
             HearthEdge *edge)
{
  guint target = GPOINTER_TO_UINT (g_hash_table_lookup (self->index_of, edge->target));

  if (target == 0)
    return;
  target--;
  if (self->order[target] == 0)
    enter (self, target);
  else if (self->open[target])
    self->low[index] = MIN (self->low[index], self->order[target]);
}

static void
walk_from (Circles *self,
           guint    start)
{
  enter (self, start);
  while (self->path->len > 0)
    {
      guint index = g_array_index (self->path, guint, self->path->len - 1);
      HearthNode *node = hearth_graph_node_at (self->graph, index);
      GPtrArray *edges = hearth_graph_get_edges_out (self->graph, node->id);

      if (self->next[index] < edges->len)
        follow_edge (self, index, g_ptr_array_index (edges, self->next[index]++));
      else
        leave (self, index);
    }
}

char **
_hearth_check_find_circles (HearthGraph *graph)
{
  guint n_nodes = hearth_graph_get_n_nodes (graph);
  g_autoptr (GHashTable) index_of = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint *order = g_new0 (guint, n_nodes + 1);
  g_autofree guint *low = g_new0 (guint, n_nodes + 1);
  g_autofree guint *next = g_new0 (guint, n_nodes + 1);
  g_autofree gboolean *open = g_new0 (gboolean, n_nodes + 1);
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));
  Circles circles = { graph, index_of, order, low, next, open, path, stack, 0, g_new0 (char *, n_nodes + 1) };

  for (guint i = 0; i < n_nodes; i++)
    g_hash_table_insert (index_of, hearth_graph_node_at (graph, i)->id, GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < n_nodes; i++)
    {
      if (order[i] == 0)
        walk_from (&circles, i);
    }
  return circles.sentences;
}
