/* hearth-palette.c: the list of nodes that pops up where one is wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-palette.h"

#include "hearth-node-list.h"

#include "hearth-i18n.h"

struct _HearthPalette
{
  GtkPopover      parent_instance;

  /* template */
  GtkSearchEntry *search;
  HearthNodeList *list;

  /* owned: what is asked for */
  HearthCanvas   *canvas;
  char           *from_node;
  char           *from_key;
  gboolean        from_is_output;
  double          x, y;

  /* borrowed: whose nodes are listed; only compared */
  HearthCatalog  *catalog;
  guint           serial;
};

G_DEFINE_FINAL_TYPE (HearthPalette, hearth_palette, GTK_TYPE_POPOVER)

static void
picked_cb (HearthPalette *self,
           const char    *type_id)
{
  g_autoptr (HearthCanvas) canvas = NULL;

  g_assert (HEARTH_IS_PALETTE (self));

  canvas = g_steal_pointer (&self->canvas);
  gtk_popover_popdown (GTK_POPOVER (self));
  if (canvas == NULL)
    return;
  hearth_canvas_add_node (canvas, type_id, self->x, self->y, self->from_node, self->from_key,
                          self->from_is_output);
  gtk_widget_grab_focus (GTK_WIDGET (canvas));
}

static void
closed_cb (HearthPalette *self)
{
  g_assert (HEARTH_IS_PALETTE (self));

  if (self->canvas != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
stop_search_cb (HearthPalette *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
forget (HearthPalette *self)
{
  g_clear_object (&self->canvas);
  g_clear_pointer (&self->from_node, g_free);
  g_clear_pointer (&self->from_key, g_free);
}

static void
hearth_palette_dispose (GObject *object)
{
  forget (HEARTH_PALETTE (object));

  G_OBJECT_CLASS (hearth_palette_parent_class)->dispose (object);
}

static void
hearth_palette_class_init (HearthPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_palette_dispose;

  g_type_ensure (HEARTH_TYPE_NODE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hearthstudio/Hearth/hearth-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthPalette, search);
  gtk_widget_class_bind_template_child (widget_class, HearthPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
hearth_palette_init (HearthPalette *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hearth_node_list_follow_entry (self->list, self->search);
}

GtkWidget *
hearth_palette_new (void)
{
  return g_object_new (HEARTH_TYPE_PALETTE, NULL);
}

static void
fill (HearthPalette *self)
{
  HearthGraph *graph = hearth_document_get_graph (hearth_canvas_get_document (self->canvas));
  HearthCatalog *catalog = hearth_graph_get_catalog (graph);
  g_autoptr (HearthSlot) slot = NULL;
  HearthNode *node;

  if (catalog != self->catalog || hearth_catalog_get_serial (catalog) != self->serial)
    hearth_node_list_set_catalog (self->list, catalog);
  self->catalog = catalog;
  self->serial = hearth_catalog_get_serial (catalog);

  node = self->from_node != NULL ? hearth_graph_get_node (graph, self->from_node) : NULL;
  if (node != NULL)
    slot = self->from_is_output ? hearth_graph_find_output (graph, node, self->from_key)
                                : hearth_graph_find_input (graph, node, self->from_key);
  hearth_node_list_set_fit (self->list, slot, self->from_is_output);
}

/* At the pointer when it is over the canvas, else at its middle. */
static void
point_to (HearthPalette *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkNative *native = gtk_widget_get_native (parent);
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (parent));
  GdkDevice *pointer = seat != NULL ? gdk_seat_get_pointer (seat) : NULL;
  GdkRectangle place = { gtk_widget_get_width (parent) / 2, gtk_widget_get_height (parent) / 4, 1, 1 };
  double x, y, dx, dy;

  if (native != NULL && pointer != NULL &&
      gdk_surface_get_device_position (gtk_native_get_surface (native), pointer, &x, &y, NULL))
    {
      gtk_native_get_surface_transform (native, &dx, &dy);
      if (gtk_widget_translate_coordinates (GTK_WIDGET (native), parent, x - dx, y - dy, &x, &y) &&
          gtk_widget_contains (parent, x, y))
        {
          place.x = x;
          place.y = y;
        }
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &place);
}

void
hearth_palette_ask (HearthPalette *self,
                    HearthCanvas  *canvas,
                    double         x,
                    double         y,
                    const char    *from_node,
                    const char    *from_key,
                    gboolean       from_is_output)
{
  g_return_if_fail (HEARTH_IS_PALETTE (self));
  g_return_if_fail (HEARTH_IS_CANVAS (canvas));

  forget (self);
  self->canvas = g_object_ref (canvas);
  self->from_node = g_strdup (from_node);
  self->from_key = g_strdup (from_key);
  self->from_is_output = from_is_output;
  self->x = x;
  self->y = y;

  fill (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  point_to (self);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
