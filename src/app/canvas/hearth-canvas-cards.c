/* hearth-canvas-cards.c: keeps one card for each node of the graph
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-check.h"

static guint
count_frames (HearthCanvas *self)
{
  guint n = 0;

  while (n < self->order->len && hearth_card_get_data (g_ptr_array_index (self->order, n))->is_frame)
    n++;
  return n;
}

static void
add_card (HearthCanvas *self,
          HearthNode *node)
{
  HearthCardData *data = hearth_card_data_new_from_graph (self->graph, node);
  HearthCard *card = HEARTH_CARD (hearth_card_new (data));

  gtk_widget_set_parent (GTK_WIDGET (card), GTK_WIDGET (self));
  hearth_card_set_look (card, self->palette, self->lod);
  g_hash_table_insert (self->cards, g_strdup (node->id), card);
  g_ptr_array_insert (self->order, data->is_frame ? (int) count_frames (self) : -1, card);
}

static void
remove_card (HearthCanvas *self,
             const char *node_id)
{
  HearthCard *card = hearth_canvas_get_card (self, node_id);

  if (card == NULL)
    return;
  hearth_canvas_forget_selected (self, node_id);
  if (g_strcmp0 (self->editor.node_id, node_id) == 0)
    hearth_canvas_edit_close (self);
  if (self->moving != NULL)
    g_ptr_array_remove (self->moving, card);
  g_ptr_array_remove (self->order, card);
  g_hash_table_remove (self->cards, node_id);
  gtk_widget_unparent (GTK_WIDGET (card));
}

void
hearth_canvas_raise (HearthCanvas *self,
                     HearthCard *card)
{
  gboolean is_frame = hearth_card_get_data (card)->is_frame;

  g_ptr_array_remove (self->order, card);
  g_ptr_array_insert (self->order, is_frame ? (int) count_frames (self) : -1, card);
}

void
hearth_canvas_place_cards (HearthCanvas *self)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      HearthNode *node = hearth_graph_get_node (self->graph, hearth_card_get_data (card)->id);
      double x, y;

      g_assert (node != NULL);
      hearth_graph_get_absolute (self->graph, node, &x, &y);
      hearth_card_set_place (card, x, y);
    }
}

void
hearth_canvas_load_cards (HearthCanvas *self)
{
  guint n = hearth_graph_get_n_nodes (self->graph);

  for (guint i = 0; i < n; i++)
    add_card (self, hearth_graph_node_at (self->graph, i));
  hearth_canvas_place_cards (self);
}

void
hearth_canvas_clear_cards (HearthCanvas *self)
{
  g_clear_pointer (&self->moving, g_ptr_array_unref);
  for (guint i = 0; i < self->order->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->order, i));
  g_ptr_array_set_size (self->order, 0);
  g_hash_table_remove_all (self->cards);
  g_hash_table_remove_all (self->selected);
  g_hash_table_remove_all (self->selected_edges);
  g_clear_pointer (&self->current, g_free);
}

/* --- changes ------------------------------------------------------------------------- */

static void
touch (GHashTable *touched,
       const char *id)
{
  if (id != NULL)
    g_hash_table_add (touched, g_strdup (id));
}

static void
touch_edge (GHashTable *touched,
            HearthValue *edge)
{
  touch (touched, hearth_value_get_member_string (edge, "source", NULL));
  touch (touched, hearth_value_get_member_string (edge, "target", NULL));
}

/* A multi-input shows the titles of its sources. */
static void
touch_neighbours (HearthCanvas *self,
                  GHashTable *touched,
                  const char *node_id)
{
  GPtrArray *edges = hearth_graph_get_edges_out (self->graph, node_id);

  for (guint i = 0; i < edges->len; i++)
    touch (touched, ((HearthEdge *) g_ptr_array_index (edges, i))->target);
}

static void
touch_types (HearthCanvas *self,
             GHashTable *touched,
             const char *first,
             const char *second)
{
  guint n = hearth_graph_get_n_nodes (self->graph);

  for (guint i = 0; i < n; i++)
    {
      HearthNode *node = hearth_graph_node_at (self->graph, i);

      if (g_str_equal (node->type_id, first) || g_strcmp0 (node->type_id, second) == 0)
        {
          touch (touched, node->id);
          touch_neighbours (self, touched, node->id);
        }
    }
}

static GHashTable *
find_touched (HearthCanvas *self,
              GPtrArray *changes)
{
  GHashTable *touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      HearthChange *change = g_ptr_array_index (changes, i);

      switch (change->kind)
        {
        case HEARTH_CHANGE_NODE:
          touch (touched, change->id);
          touch_neighbours (self, touched, change->id);
          break;
        case HEARTH_CHANGE_EDGE:
          touch_edge (touched, change->before);
          touch_edge (touched, change->after);
          if (change->after == NULL)
            g_hash_table_remove (self->selected_edges, change->id);
          break;
        case HEARTH_CHANGE_PROPERTY:
          if (g_str_has_prefix (change->id, "interface"))
            touch_types (self, touched, HEARTH_TYPE_ID_GROUP_INPUT, HEARTH_TYPE_ID_GROUP_OUTPUT);
          break;
        case HEARTH_CHANGE_GROUP_INTERFACE:
          touch_types (self, touched, HEARTH_TYPE_ID_NODE_GROUP, NULL);
          break;
        default:
          break;
        }
    }
  return touched;
}

static void
sync_node (HearthCanvas *self,
           const char *id)
{
  HearthNode *node = hearth_graph_get_node (self->graph, id);
  HearthCard *card = hearth_canvas_get_card (self, id);

  if (node == NULL)
    remove_card (self, id);
  else if (card == NULL)
    add_card (self, node);
  else
    hearth_card_set_data (card, hearth_card_data_new_from_graph (self->graph, node));
}

void
hearth_canvas_changed_cb (HearthGraph *graph,
                          GPtrArray *changes,
                          gpointer user_data)
{
  HearthCanvas *self = user_data;
  g_autoptr (GHashTable) touched = find_touched (self, changes);
  guint n_selected = g_hash_table_size (self->selected) + g_hash_table_size (self->selected_edges);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    sync_node (self, id);
  hearth_canvas_place_cards (self);
  if (g_hash_table_size (self->selected) + g_hash_table_size (self->selected_edges) != n_selected)
    hearth_canvas_selection_changed (self);
  else
    hearth_canvas_update_actions (self);
  hearth_canvas_view_changed (self);
}

/* --- problems ------------------------------------------------------------------------------ */

/* A problem inside a group is shown by the group. */
static HearthCard *
find_card_of (HearthCanvas *self,
              const HearthProblem *problem)
{
  g_auto (GStrv) parts = problem->node_id != NULL ? g_strsplit (problem->node_id, "/", 2) : NULL;

  return parts != NULL ? hearth_canvas_get_card (self, parts[0]) : NULL;
}

typedef struct
{
  GString *text;
  gboolean is_error;
} Mark;

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_string_free (mark->text, TRUE);
  g_free (mark);
}

static GHashTable *
collect_marks (HearthCanvas *self,
               GPtrArray *problems)
{
  GHashTable *marks = g_hash_table_new_full (NULL, NULL, NULL, mark_free);

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const HearthProblem *problem = g_ptr_array_index (problems, i);
      HearthCard *card = find_card_of (self, problem);
      Mark *mark = card != NULL ? g_hash_table_lookup (marks, card) : NULL;

      if (card == NULL)
        continue;
      if (mark == NULL)
        {
          mark = g_new0 (Mark, 1);
          mark->text = g_string_new (NULL);
          g_hash_table_insert (marks, card, mark);
        }
      g_string_append_printf (mark->text, "%s%s", mark->text->len > 0 ? "\n" : "", problem->message);
      mark->is_error = mark->is_error || problem->level == HEARTH_PROBLEM_ERROR;
    }
  return marks;
}

/* Only what is new is drawn anew: this comes after every edit, however large the graph is. */
void
hearth_canvas_set_problems (HearthCanvas *self,
                            GPtrArray *problems)
{
  g_autoptr (GHashTable) marks = NULL;

  g_return_if_fail (HEARTH_IS_CANVAS (self));

  marks = collect_marks (self, problems);
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      HearthCardData *data = hearth_card_get_data (card);
      const Mark *mark = g_hash_table_lookup (marks, card);
      const char *text = mark != NULL ? mark->text->str : NULL;

      if (g_strcmp0 (text, data->problem) == 0)
        continue;
      g_free (data->problem);
      data->problem = g_strdup (text);
      data->problem_is_error = mark != NULL && mark->is_error;
      hearth_card_refresh (card);
    }
}
