/* hearth-canvas.c: the graph as the user sees and handles it: the widget and what others call
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-minimap.h"

#include <adwaita.h>

#include "hearth-i18n.h"

G_DEFINE_FINAL_TYPE (HearthCanvas, hearth_canvas, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_ZOOM,
  N_PROPS,
};

enum
{
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_PALETTE_REQUESTED,
  SIGNAL_OPEN_WORKFLOW,
  SIGNAL_MESSAGE,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* --- for the canvas's other files -------------------------------------------------- */

void
hearth_canvas_say (HearthCanvas *self,
                   const char *text)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
}

void
hearth_canvas_request_palette (HearthCanvas *self,
                               double x,
                               double y,
                               const char *node_id,
                               const char *key,
                               gboolean is_output)
{
  g_signal_emit (self, signals[SIGNAL_PALETTE_REQUESTED], 0, x, y, node_id, key, is_output);
}

void
hearth_canvas_open_group (HearthCanvas *self,
                          HearthNode *node)
{
  g_autofree char *reference = hearth_node_dup_reference (node);

  if (reference != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN_WORKFLOW], 0, reference);
  else
    hearth_canvas_say (self, _ ("This group has no workflow yet. Choose one in the side pane."));
}

HearthCard *
hearth_canvas_get_card (HearthCanvas *self,
                        const char *node_id)
{
  return node_id != NULL ? g_hash_table_lookup (self->cards, node_id) : NULL;
}

void
hearth_canvas_push (HearthCanvas *self,
                    HearthEdit *edit,
                    const char *merge_key)
{
  if (self->history != NULL)
    hearth_history_push (self->history, edit, merge_key);
  else
    hearth_edit_free (edit);
}

void
hearth_canvas_invalidate_wires (HearthCanvas *self)
{
  g_clear_pointer (&self->wires, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- the model ------------------------------------------------------------------------- */

static void
history_changed_cb (HearthCanvas *self)
{
  hearth_canvas_update_actions (self);
}

void
hearth_canvas_set_model (HearthCanvas *self,
                         HearthGraph *graph,
                         HearthHistory *history)
{
  hearth_canvas_edit_close (self);
  hearth_canvas_connect_cancel (self);
  hearth_canvas_stop_tick (self);
  hearth_canvas_clear_cards (self);
  g_set_object (&self->graph, graph);
  g_set_object (&self->history, history);
  g_signal_group_set_target (self->graph_signals, graph);
  g_signal_group_set_target (self->history_signals, history);
  hearth_canvas_load_view (self);
  if (graph != NULL)
    hearth_canvas_load_cards (self);
  hearth_canvas_selection_changed (self);
  hearth_canvas_view_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ZOOM]);
}

/* --- looks ------------------------------------------------------------------------------ */

static void
dark_changed_cb (HearthCanvas *self)
{
  self->palette = hearth_canvas_palette_get (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  hearth_canvas_view_changed (self);
}

static void
hearth_canvas_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 800 : 600;
  *minimum_baseline = *natural_baseline = -1;
}

/* Fonts may have changed with the style. */
static void
hearth_canvas_css_changed (GtkWidget *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (hearth_canvas_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
hearth_canvas_dispose (GObject *object)
{
  HearthCanvas *self = HEARTH_CANVAS (object);
  GtkWidget *child;

  if (self->cards != NULL)
    hearth_canvas_set_document (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->minimap = self->menu = NULL;
  self->editor = (HearthCanvasEditor){ 0 };
  g_clear_object (&self->graph_signals);
  g_clear_object (&self->history_signals);
  g_clear_object (&self->document_signals);
  g_clear_pointer (&self->gesture, hearth_gesture_free);
  G_OBJECT_CLASS (hearth_canvas_parent_class)->dispose (object);
}

static void
hearth_canvas_finalize (GObject *object)
{
  HearthCanvas *self = HEARTH_CANVAS (object);

  g_clear_pointer (&self->wires, gsk_render_node_unref);
  g_clear_pointer (&self->cards, g_hash_table_unref);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_clear_pointer (&self->selected, g_hash_table_unref);
  g_clear_pointer (&self->selected_edges, g_hash_table_unref);
  g_clear_pointer (&self->started, g_hash_table_unref);
  g_clear_pointer (&self->yielded, g_hash_table_unref);
  g_clear_pointer (&self->retries, g_hash_table_unref);
  g_clear_pointer (&self->moving, g_ptr_array_unref);
  g_clear_pointer (&self->band_before, g_hash_table_unref);
  g_clear_pointer (&self->current, g_free);
  g_clear_pointer (&self->resizing, g_free);
  g_clear_pointer (&self->reorder_node, g_free);
  g_clear_pointer (&self->reorder_key, g_free);
  G_OBJECT_CLASS (hearth_canvas_parent_class)->finalize (object);
}

static void
hearth_canvas_get_property (GObject *object,
                            guint prop_id,
                            GValue *value,
                            GParamSpec *pspec)
{
  HearthCanvas *self = HEARTH_CANVAS (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT: g_value_set_object (value, self->document); break;
    case PROP_ZOOM: g_value_set_double (value, self->viewport.zoom); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hearth_canvas_set_property (GObject *object,
                            guint prop_id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  HearthCanvas *self = HEARTH_CANVAS (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT: hearth_canvas_set_document (self, g_value_get_object (value)); break;
    case PROP_ZOOM:
      hearth_canvas_set_zoom (self, g_value_get_double (value), gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                              gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
      break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_signals (GType type)
{
  signals[SIGNAL_SELECTION_CHANGED]
      = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PALETTE_REQUESTED]
      = g_signal_new ("palette-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 5,
                      G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[SIGNAL_OPEN_WORKFLOW]
      = g_signal_new ("open-workflow", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_MESSAGE]
      = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hearth_canvas_class_init (HearthCanvasClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = hearth_canvas_dispose;
  object_class->finalize = hearth_canvas_finalize;
  object_class->get_property = hearth_canvas_get_property;
  object_class->set_property = hearth_canvas_set_property;
  widget_class->measure = hearth_canvas_measure;
  widget_class->size_allocate = hearth_canvas_allocate;
  widget_class->snapshot = hearth_canvas_snapshot;
  widget_class->css_changed = hearth_canvas_css_changed;

  props[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, HEARTH_TYPE_DOCUMENT,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, HEARTH_ZOOM_MIN, HEARTH_ZOOM_MAX, 1,
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  install_signals (G_TYPE_FROM_CLASS (class));
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  hearth_canvas_install_actions (widget_class);
}

static void
hearth_canvas_init (HearthCanvas *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->viewport = (HearthViewport) HEARTH_VIEWPORT_INIT;
  self->lod = HEARTH_LOD_FULL;
  self->cards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->order = g_ptr_array_new ();
  self->selected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->selected_edges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->started = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->yielded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->retries = hearth_canvas_new_retries ();
  self->gesture = hearth_gesture_new (hearth_canvas_command_cb, self);
  self->palette = hearth_canvas_palette_get (adw_style_manager_get_dark (style));
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (dark_changed_cb), self, G_CONNECT_SWAPPED);

  self->graph_signals = g_signal_group_new (HEARTH_TYPE_GRAPH);
  g_signal_group_connect (self->graph_signals, "changed", G_CALLBACK (hearth_canvas_changed_cb), self);
  self->history_signals = g_signal_group_new (HEARTH_TYPE_HISTORY);
  g_signal_group_connect_swapped (self->history_signals, "changed", G_CALLBACK (history_changed_cb), self);
  self->document_signals = g_signal_group_new (HEARTH_TYPE_DOCUMENT);
  hearth_canvas_watch_document (self);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (hearth_canvas_query_tooltip_cb), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Canvas"), -1);
  self->minimap = hearth_minimap_new (self);
  gtk_widget_set_parent (self->minimap, GTK_WIDGET (self));
  hearth_canvas_add_controllers (self);
  hearth_canvas_add_shortcuts (self);
  hearth_canvas_update_actions (self);
}

/* --- public ------------------------------------------------------------------------------ */

GtkWidget *
hearth_canvas_new (void)
{
  return g_object_new (HEARTH_TYPE_CANVAS, NULL);
}

void
hearth_canvas_set_document (HearthCanvas *self,
                            HearthDocument *document)
{
  g_return_if_fail (HEARTH_IS_CANVAS (self));
  g_return_if_fail (document == NULL || HEARTH_IS_DOCUMENT (document));

  if (self->document == document && document != NULL)
    return;
  g_set_object (&self->document, document);
  hearth_canvas_set_model (self, document != NULL ? hearth_document_get_graph (document) : NULL,
                           document != NULL ? hearth_document_get_history (document) : NULL);
  g_signal_group_set_target (self->document_signals, document);
  hearth_canvas_show_run (self);
  hearth_canvas_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DOCUMENT]);
}

HearthDocument *
hearth_canvas_get_document (HearthCanvas *self)
{
  g_return_val_if_fail (HEARTH_IS_CANVAS (self), NULL);

  return self->document;
}

void
hearth_canvas_selection_changed (HearthCanvas *self)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      const char *id = hearth_card_get_data (card)->id;

      hearth_card_set_selected (card, g_hash_table_contains (self->selected, id), g_strcmp0 (id, self->current) == 0);
    }
  hearth_canvas_update_actions (self);
  hearth_canvas_invalidate_wires (self);
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}
