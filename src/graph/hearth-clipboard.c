/* hearth-clipboard.c: parts of a graph on their way to another place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-edit-private.h"

#include "hearth-id.h"
#include "hearth-i18n.h"

#define FRAGMENT_SOURCE "ComfyTavernWorkflowFragment"

/* --- copy ------------------------------------------------------------------------ */

/* A node whose frame stays behind is noted where it is drawn. */
static HearthValue *
copy_node (HearthGraph *graph,
           HearthNode  *node,
           GHashTable  *chosen)
{
  g_autoptr (HearthValue) position = NULL;
  g_autoptr (HearthValue) placed = NULL;
  double x, y;

  if (node->parent == NULL || g_hash_table_contains (chosen, node->parent))
    return hearth_value_ref (node->stored);
  hearth_graph_get_absolute (graph, node, &x, &y);
  position = _hearth_position_new (hearth_value_get (node->stored, "position"), x, y);
  placed = hearth_value_with (node->stored, "position", position);
  return hearth_value_with (placed, "parentNode", NULL);
}

HearthValue *
hearth_graph_copy (HearthGraph       *graph,
                   const char *const *node_ids)
{
  g_autoptr (GHashTable) chosen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) edges = HEARTH_BUILDER_INIT;
  HearthValue *data;

  g_return_val_if_fail (HEARTH_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (node_ids != NULL, NULL);

  for (; *node_ids != NULL; node_ids++)
    g_hash_table_add (chosen, (gpointer) *node_ids);
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      HearthNode *node = g_ptr_array_index (graph->nodes, i);

      if (g_hash_table_contains (chosen, node->id))
        hearth_builder_add (&nodes, NULL, copy_node (graph, node, chosen));
    }
  for (guint i = 0; i < graph->edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (graph->edges, i);

      if (g_hash_table_contains (chosen, edge->source) && g_hash_table_contains (chosen, edge->target))
        hearth_builder_add (&edges, NULL, hearth_value_ref (edge->stored));
    }
  data = hearth_value_object ("nodes", hearth_builder_end_array (&nodes),
                              "edges", hearth_builder_end_array (&edges),
                              NULL);
  return hearth_value_object ("source", hearth_value_string (FRAGMENT_SOURCE),
                              "version", hearth_value_string ("1.0"),
                              "data", data,
                              NULL);
}

/* --- paste ------------------------------------------------------------------------- */

typedef struct
{
  HearthValue *nodes;    /* borrowed from the fragment */
  HearthValue *edges;
  GHashTable  *node_ids; /* old -> new; the new ones are owned */
  GHashTable  *edge_ids;
  double       dx, dy;
} Paste;

static void
paste_clear (Paste *paste)
{
  g_clear_pointer (&paste->node_ids, g_hash_table_unref);
  g_clear_pointer (&paste->edge_ids, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Paste, paste_clear)

static const char *
text_of (HearthValue *stored,
         const char  *key)
{
  return hearth_value_get_member_string (stored, key, "");
}

static gboolean
check_list (HearthValue *list,
            const char  *name,
            gboolean (*check) (HearthValue *, const char *, GError **),
            GError **error)
{
  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", name, i);

      if (!check (hearth_value_at (list, i), place, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
paste_read (Paste       *paste,
            HearthValue *fragment,
            GError     **error)
{
  HearthValue *data = hearth_value_get (fragment, "data");

  paste->nodes = hearth_value_get_member_kind (data, "nodes", HEARTH_VALUE_ARRAY);
  paste->edges = hearth_value_get_member_kind (data, "edges", HEARTH_VALUE_ARRAY);
  if (!g_str_equal (text_of (fragment, "source"), FRAGMENT_SOURCE) || paste->nodes == NULL)
    {
      g_set_error_literal (error, HEARTH_GRAPH_ERROR, HEARTH_GRAPH_ERROR_REFUSED,
                           _("What was copied is not part of a workflow. Copy nodes first."));
      return FALSE;
    }
  return check_list (paste->nodes, "data.nodes", _hearth_node_check, error)
         && check_list (paste->edges, "data.edges", _hearth_edge_check, error);
}

static gboolean
is_root (Paste       *paste,
         HearthValue *stored)
{
  return !g_hash_table_contains (paste->node_ids, text_of (stored, "parentNode"));
}

static HearthValue *
remap_orders (Paste       *paste,
              HearthValue *orders)
{
  g_auto (HearthBuilder) object = HEARTH_BUILDER_INIT;

  for (gsize i = 0; hearth_value_is (orders, OBJECT) && i < hearth_value_get_length (orders); i++)
    {
      HearthValue *order = hearth_value_member_at (orders, i);
      g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
      g_autoptr (HearthValue) remapped = NULL;

      for (gsize j = 0; j < hearth_value_get_length (order); j++)
        {
          HearthValue *item = hearth_value_at (order, j);
          const char *old = hearth_value_is (item, STRING) ? hearth_value_get_string (item, NULL) : "";
          const char *id = g_hash_table_lookup (paste->edge_ids, old);

          hearth_builder_add_string (&list, NULL, id);
        }
      remapped = hearth_builder_end_array (&list);
      if (hearth_value_get_length (remapped) > 0)
        hearth_builder_add (&object, hearth_value_key_at (orders, i), g_steal_pointer (&remapped));
    }
  return hearth_builder_end_object (&object);
}

static void
replace_member (HearthValue **object,
                const char   *key,
                HearthValue  *value) /* taken */
{
  HearthValue *changed = hearth_value_with (*object, key, value);

  hearth_value_unref (*object);
  *object = changed;
  if (value != NULL)
    hearth_value_unref (value);
}

static HearthValue *
make_node (Paste       *paste,
           HearthValue *stored,
           const char  *id)
{
  HearthValue *position = hearth_value_get (stored, "position");
  HearthValue *node = hearth_value_ref (stored);
  HearthValue *orders;

  replace_member (&node, "id", hearth_value_string (id));
  if (is_root (paste, stored))
    {
      double x = hearth_value_get_member_double (position, "x", 0);
      double y = hearth_value_get_member_double (position, "y", 0);

      replace_member (&node, "position", _hearth_position_new (position, x + paste->dx, y + paste->dy));
      replace_member (&node, "parentNode", NULL);
    }
  else
    {
      const char *parent = g_hash_table_lookup (paste->node_ids, text_of (stored, "parentNode"));

      replace_member (&node, "parentNode", hearth_value_string (parent));
    }
  if (hearth_value_get (stored, "inputConnectionOrders") == NULL)
    return node;
  orders = remap_orders (paste, hearth_value_get (stored, "inputConnectionOrders"));
  if (hearth_value_get_length (orders) == 0)
    g_clear_pointer (&orders, hearth_value_unref);
  replace_member (&node, "inputConnectionOrders", orders);
  return node;
}

/* Nodes that lie in a frame of the fragment move with it and do not count. */
static void
find_offset (Paste *paste,
             double x,
             double y)
{
  double left = G_MAXDOUBLE;
  double top = G_MAXDOUBLE;

  for (gsize i = 0; i < hearth_value_get_length (paste->nodes); i++)
    {
      HearthValue *stored = hearth_value_at (paste->nodes, i);
      HearthValue *position = hearth_value_get (stored, "position");

      if (!is_root (paste, stored))
        continue;
      left = MIN (left, hearth_value_get_member_double (position, "x", 0));
      top = MIN (top, hearth_value_get_member_double (position, "y", 0));
    }
  paste->dx = left < G_MAXDOUBLE ? x - left : 0;
  paste->dy = top < G_MAXDOUBLE ? y - top : 0;
}

/* New ids must be known before the nodes are made, since these name each other. */
static gboolean
choose_node_ids (HearthEdit *self,
                 Paste      *paste,
                 GError    **error)
{
  paste->node_ids = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (gsize i = 0; i < hearth_value_get_length (paste->nodes); i++)
    {
      HearthValue *stored = hearth_value_at (paste->nodes, i);
      const char *old = text_of (stored, "id");

      if (g_hash_table_contains (paste->node_ids, old))
        {
          g_set_error (error, HEARTH_GRAPH_ERROR, HEARTH_GRAPH_ERROR_SHAPE,
                       _("data.nodes[%u].id: another node already has the id “%s”; give one of them a new id"),
                       (guint) i, old);
          return FALSE;
        }
      g_hash_table_insert (paste->node_ids, (gpointer) old, _hearth_edit_make_node_id (self, text_of (stored, "type")));
    }
  return TRUE;
}

static void
choose_edge_ids (Paste *paste)
{
  paste->edge_ids = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (gsize i = 0; paste->edges != NULL && i < hearth_value_get_length (paste->edges); i++)
    {
      const char *old = hearth_value_get_member_string (hearth_value_at (paste->edges, i), "id", NULL);

      if (old != NULL)
        g_hash_table_insert (paste->edge_ids, (gpointer) old, hearth_id_new_nano (10));
    }
}

static void
paste_edge (HearthEdit  *self,
            Paste       *paste,
            HearthValue *stored)
{
  const char *source = g_hash_table_lookup (paste->node_ids, text_of (stored, "source"));
  const char *target = g_hash_table_lookup (paste->node_ids, text_of (stored, "target"));
  const char *known = g_hash_table_lookup (paste->edge_ids, text_of (stored, "id"));
  g_autofree char *id = NULL;
  g_autoptr (HearthValue) edge = NULL;

  if (source == NULL || target == NULL)
    return;
  /* Two edges of one id cannot both have its successor. */
  if (known != NULL && hearth_graph_get_edge (self->graph, known) == NULL)
    id = g_strdup (known);
  else
    id = hearth_id_new_nano (10);
  edge = hearth_value_ref (stored);
  replace_member (&edge, "id", hearth_value_string (id));
  replace_member (&edge, "source", hearth_value_string (source));
  replace_member (&edge, "target", hearth_value_string (target));
  _hearth_edit_set_edge (self, id, edge);
}

static void
renumber_node (HearthEdit *self,
               HearthNode *node)
{
  g_autoptr (GPtrArray) slots = _hearth_graph_ref_slots (self->graph, node, FALSE);

  for (guint i = 0; i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);
      g_autoptr (GPtrArray) edges = NULL;

      if (!hearth_slot_is (slot, MULTI))
        continue;
      edges = hearth_graph_list_multi (self->graph, node->id, slot->key);
      _hearth_edit_number (self, node->id, slot->key, edges);
    }
}

char **
hearth_edit_paste (HearthEdit  *self,
                   HearthValue *fragment,
                   double       x,
                   double       y,
                   GError     **error)
{
  g_auto (Paste) paste = { 0 };
  g_autoptr (GStrvBuilder) made = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (fragment != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!paste_read (&paste, fragment, error) || !choose_node_ids (self, &paste, error))
    return NULL;
  choose_edge_ids (&paste);
  find_offset (&paste, x, y);
  for (gsize i = 0; i < hearth_value_get_length (paste.nodes); i++)
    {
      HearthValue *stored = hearth_value_at (paste.nodes, i);
      const char *id = g_hash_table_lookup (paste.node_ids, text_of (stored, "id"));
      g_autoptr (HearthValue) node = make_node (&paste, stored, id);

      _hearth_edit_set_node (self, id, node);
      g_strv_builder_add (made, id);
    }
  for (gsize i = 0; paste.edges != NULL && i < hearth_value_get_length (paste.edges); i++)
    paste_edge (self, &paste, hearth_value_at (paste.edges, i));
  for (gsize i = 0; i < hearth_value_get_length (paste.nodes); i++)
    {
      const char *id = g_hash_table_lookup (paste.node_ids, text_of (hearth_value_at (paste.nodes, i), "id"));

      renumber_node (self, hearth_graph_get_node (self->graph, id));
    }
  _hearth_edit_announce (self);
  return g_strv_builder_end (made);
}
