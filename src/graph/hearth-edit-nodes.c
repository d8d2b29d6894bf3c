/* hearth-edit-nodes.c: verbs on nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-edit-private.h"

#include "hearth-id.h"
#include "hearth-i18n.h"

HearthValue *
_hearth_position_new (HearthValue *old,
                      double       x,
                      double       y)
{
  g_autoptr (HearthValue) place = hearth_value_object ("x", hearth_value_double (x),
                                                       "y", hearth_value_double (y),
                                                       NULL);

  return hearth_value_overlay (hearth_value_is (old, OBJECT) ? old : NULL, place);
}

static void
set_position (HearthEdit *self,
              HearthNode *node,
              double      x,
              double      y)
{
  HearthValue *old = hearth_value_get (node->stored, "position");
  g_autoptr (HearthValue) position = NULL;

  if (old != NULL && node->x == x && node->y == y)
    return;
  position = _hearth_position_new (old, x, y);
  _hearth_edit_set_member (self, node, "position", position);
}

/* --- adding ---------------------------------------------------------------------- */

/* The protocol names frames by the time; two of one millisecond must differ all the same. */
static char *
make_frame_id (HearthGraph *graph)
{
  gint64 time = MAX (hearth_time_now_ms (), graph->frame_time + 1);

  for (;; time++)
    {
      g_autofree char *id = g_strdup_printf ("frame-%" G_GINT64_FORMAT, time);

      if (hearth_graph_get_node (graph, id) != NULL)
        continue;
      graph->frame_time = time;
      return g_steal_pointer (&id);
    }
}

char *
_hearth_edit_make_node_id (HearthEdit *self,
                           const char *type_id)
{
  const char *colon = strchr (type_id, ':');

  if (g_str_equal (type_id, HEARTH_TYPE_ID_FRAME))
    return make_frame_id (self->graph);
  return _hearth_graph_make_id (self->graph, colon != NULL ? colon + 1 : type_id);
}

static HearthValue *
make_config (HearthNodeType *type)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) defaults = NULL;
  HearthValue *config;

  for (guint i = 0; i < type->config->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (type->config, i);

      if (slot->default_value != NULL)
        hearth_builder_add (&builder, slot->key, hearth_value_ref (slot->default_value));
    }
  defaults = hearth_builder_end_object (&builder);
  config = hearth_value_overlay (defaults, type->config_values);
  if (hearth_value_get_length (config) == 0)
    g_clear_pointer (&config, hearth_value_unref);
  return config;
}

HearthNode *
hearth_edit_add_node (HearthEdit *self,
                      const char *type_id,
                      double      x,
                      double      y,
                      GError    **error)
{
  g_autoptr (HearthValue) stored = NULL;
  g_autofree char *id = NULL;
  HearthNodeType *type;
  gboolean frame;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (type_id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  frame = g_str_equal (type_id, HEARTH_TYPE_ID_FRAME);
  type = hearth_catalog_lookup (self->graph->catalog, type_id);
  if (type == NULL && !frame)
    {
      g_set_error (error, HEARTH_GRAPH_ERROR, HEARTH_GRAPH_ERROR_REFUSED,
                   _("There is no kind of node called “%s”. Choose one from the palette."), type_id);
      return NULL;
    }
  id = _hearth_edit_make_node_id (self, type_id);
  stored = hearth_value_object ("id", hearth_value_string (id),
                                "type", hearth_value_string (type_id),
                                "position", _hearth_position_new (NULL, x, y),
                                "width", frame ? hearth_value_integer (HEARTH_FRAME_WIDTH) : NULL,
                                "height", frame ? hearth_value_integer (HEARTH_FRAME_HEIGHT) : NULL,
                                "configValues", type != NULL ? make_config (type) : NULL,
                                NULL);
  _hearth_edit_set_node (self, id, stored);
  _hearth_edit_announce (self);
  return hearth_graph_get_node (self->graph, id);
}

/* --- removing ---------------------------------------------------------------------- */

/* The children of a removed frame stay where they are drawn, in whatever holds the frame. */
static void
release_children (HearthEdit *self,
                  HearthNode *frame)
{
  g_autofree char *frame_id = g_strdup (frame->id);

  for (guint i = 0; i < self->graph->nodes->len; i++)
    {
      HearthNode *child = g_ptr_array_index (self->graph->nodes, i);
      g_autoptr (HearthValue) parent = NULL;

      if (child == frame || g_strcmp0 (child->parent, frame_id) != 0)
        continue;
      if (frame->parent != NULL && !g_str_equal (frame->parent, child->id))
        parent = hearth_value_string (frame->parent);
      set_position (self, child, child->x + frame->x, child->y + frame->y);
      _hearth_edit_set_member (self, child, "parentNode", parent);
    }
}

static void
remove_edges_of (HearthEdit        *self,
                 const char *const *ids)
{
  g_autoptr (GPtrArray) edges = g_ptr_array_new_with_free_func (g_free);

  for (; *ids != NULL; ids++)
    {
      GPtrArray *in = hearth_graph_get_edges_in (self->graph, *ids);
      GPtrArray *out = hearth_graph_get_edges_out (self->graph, *ids);

      if (hearth_graph_get_node (self->graph, *ids) == NULL)
        continue;
      for (guint i = 0; i < in->len; i++)
        g_ptr_array_add (edges, g_strdup (((HearthEdge *) g_ptr_array_index (in, i))->id));
      for (guint i = 0; i < out->len; i++)
        g_ptr_array_add (edges, g_strdup (((HearthEdge *) g_ptr_array_index (out, i))->id));
    }
  _hearth_edit_drop_edges (self, edges);
}

static void
forget_preview (HearthEdit *self,
                const char *node_id)
{
  HearthValue *target = hearth_graph_get_property (self->graph, "previewTarget");
  g_autoptr (HearthValue) nothing = NULL;

  if (g_strcmp0 (hearth_value_get_member_string (target, "nodeId", NULL), node_id) != 0)
    return;
  nothing = hearth_value_null ();
  _hearth_edit_put (self, "previewTarget", nothing);
}

void
hearth_edit_remove_nodes (HearthEdit        *self,
                          const char *const *ids)
{
  /* The caller may have named the nodes by texts that go with them. */
  g_auto (GStrv) names = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (ids != NULL);

  names = g_strdupv ((char **) ids);
  remove_edges_of (self, (const char *const *) names);
  for (guint i = 0; names[i] != NULL; i++)
    {
      HearthNode *node = hearth_graph_get_node (self->graph, names[i]);

      if (node == NULL)
        continue;
      if (hearth_node_is_frame (node))
        release_children (self, node);
      forget_preview (self, names[i]);
      _hearth_edit_set_node (self, names[i], NULL);
    }
  _hearth_edit_announce (self);
}

/* --- place and size ------------------------------------------------------------------ */

static void
get_origin (HearthEdit *self,
            const char *parent,
            double     *x,
            double     *y)
{
  HearthNode *frame = hearth_graph_get_node (self->graph, parent);

  *x = *y = 0;
  if (frame != NULL)
    hearth_graph_get_absolute (self->graph, frame, x, y);
}

void
hearth_edit_move_node (HearthEdit *self,
                       const char *id,
                       double      x,
                       double      y)
{
  HearthNode *node;
  double origin_x, origin_y;

  g_return_if_fail (self != NULL);

  node = hearth_graph_get_node (self->graph, id);
  if (node == NULL)
    return;
  get_origin (self, node->parent, &origin_x, &origin_y);
  set_position (self, node, x - origin_x, y - origin_y);
  _hearth_edit_announce (self);
}

static gboolean
lies_within (HearthGraph *graph,
             HearthNode  *inner,
             HearthNode  *outer)
{
  for (guint depth = 0; inner != NULL && depth < 100; depth++)
    {
      if (inner == outer)
        return TRUE;
      inner = hearth_graph_get_node (graph, inner->parent);
    }
  return FALSE;
}

void
hearth_edit_set_parent (HearthEdit *self,
                        const char *id,
                        const char *frame_id)
{
  HearthNode *node, *frame;
  g_autoptr (HearthValue) parent = NULL;
  double x, y, origin_x, origin_y;

  g_return_if_fail (self != NULL);

  node = hearth_graph_get_node (self->graph, id);
  frame = hearth_graph_get_node (self->graph, frame_id);
  if (node == NULL || g_strcmp0 (node->parent, frame_id) == 0)
    return;
  if (frame_id != NULL && (frame == NULL || !hearth_node_is_frame (frame) || lies_within (self->graph, frame, node)))
    return;
  hearth_graph_get_absolute (self->graph, node, &x, &y);
  get_origin (self, frame_id, &origin_x, &origin_y);
  parent = frame_id != NULL ? hearth_value_string (frame_id) : NULL;
  _hearth_edit_set_member (self, node, "parentNode", parent);
  set_position (self, node, x - origin_x, y - origin_y);
  _hearth_edit_announce (self);
}

void
hearth_edit_resize_node (HearthEdit *self,
                         const char *id,
                         double      width,
                         double      height)
{
  g_autoptr (HearthValue) wide = width > 0 ? hearth_value_double (width) : NULL;
  g_autoptr (HearthValue) high = height > 0 ? hearth_value_double (height) : NULL;
  HearthNode *node;

  g_return_if_fail (self != NULL);

  node = hearth_graph_get_node (self->graph, id);
  if (node == NULL)
    return;
  _hearth_edit_set_member (self, node, "width", wide);
  _hearth_edit_set_member (self, node, "height", high);
  _hearth_edit_announce (self);
}
