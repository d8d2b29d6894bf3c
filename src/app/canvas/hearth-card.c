/* hearth-card.c: one node on the canvas: a childless widget with its own drawing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-card.h"

#include "hearth-canvas.h"

#include "hearth-i18n.h"

struct _HearthCard
{
  GtkWidget parent_instance;

  HearthCardData *data;
  HearthCardStyle style; /* its context is asked for when drawing */
  double x, y;
  double dx, dy;
  double shown_height;
};

G_DEFINE_FINAL_TYPE (HearthCard, hearth_card, GTK_TYPE_WIDGET)

static void
update_accessible (HearthCard *self)
{
  g_autofree char *label = hearth_card_data_dup_label (self->data);
  const char *description = hearth_card_data_get_notice (self->data);

  if (description == NULL)
    description = self->data->problem != NULL ? self->data->problem : self->data->description;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description != NULL ? description : "", -1);
}

static void
hearth_card_snapshot (GtkWidget *widget,
                      GtkSnapshot *snapshot)
{
  HearthCard *self = HEARTH_CARD (widget);
  HearthCardStyle style = self->style;

  style.context = gtk_widget_get_pango_context (widget);
  hearth_card_painter_snapshot (snapshot, self->data, &style);
}

static void
hearth_card_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  HearthCard *self = HEARTH_CARD (widget);

  *minimum = 0;
  *natural = (int) (orientation == GTK_ORIENTATION_HORIZONTAL ? self->data->width : self->data->height);
  *minimum_baseline = *natural_baseline = -1;
}

/* --- actions ------------------------------------------------------------------------ */

static void
select_me (HearthCard *self)
{
  GtkWidget *canvas = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *ids[] = { self->data->id, NULL };

  if (HEARTH_IS_CANVAS (canvas))
    hearth_canvas_select (HEARTH_CANVAS (canvas), ids);
}

static void
select_cb (GtkWidget *widget,
           const char *name,
           GVariant *parameter)
{
  select_me (HEARTH_CARD (widget));
}

/* "card.delete" is "canvas.delete" on this card alone. */
static void
forward_cb (GtkWidget *widget,
            const char *name,
            GVariant *parameter)
{
  g_autofree char *action = g_strconcat ("canvas.", name + strlen ("card."), NULL);
  GtkWidget *canvas = gtk_widget_get_parent (widget);

  select_me (HEARTH_CARD (widget));
  if (canvas != NULL)
    gtk_widget_activate_action (canvas, action, NULL);
}

/* --- the type ------------------------------------------------------------------------- */

static void
hearth_card_finalize (GObject *object)
{
  HearthCard *self = HEARTH_CARD (object);

  g_clear_pointer (&self->data, hearth_card_data_free);
  G_OBJECT_CLASS (hearth_card_parent_class)->finalize (object);
}

static void
hearth_card_class_init (HearthCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = hearth_card_finalize;
  widget_class->snapshot = hearth_card_snapshot;
  widget_class->measure = hearth_card_measure;
  gtk_widget_class_set_css_name (widget_class, "card");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "card.select", NULL, select_cb);
  gtk_widget_class_install_action (widget_class, "card.delete", NULL, forward_cb);
  gtk_widget_class_install_action (widget_class, "card.edit", NULL, forward_cb);
  gtk_widget_class_install_action (widget_class, "card.rename", NULL, forward_cb);
  gtk_widget_class_install_action (widget_class, "card.bypass", NULL, forward_cb);
  gtk_widget_class_install_action (widget_class, "card.duplicate", NULL, forward_cb);
}

static void
hearth_card_init (HearthCard *self)
{
  self->style.palette = hearth_canvas_palette_get (FALSE);
  self->style.lod = HEARTH_LOD_FULL;
  self->style.phase = -1;
  /* The canvas finds out itself what lies under the pointer */
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/* --- public ---------------------------------------------------------------------------- */

GtkWidget *
hearth_card_new (HearthCardData *data)
{
  HearthCard *self;

  g_return_val_if_fail (data != NULL, NULL);

  self = g_object_new (HEARTH_TYPE_CARD, NULL);
  self->data = data;
  self->shown_height = data->height;
  update_accessible (self);
  return GTK_WIDGET (self);
}

HearthCardData *
hearth_card_get_data (HearthCard *self)
{
  g_return_val_if_fail (HEARTH_IS_CARD (self), NULL);

  return self->data;
}

void
hearth_card_set_data (HearthCard *self,
                      HearthCardData *data)
{
  g_return_if_fail (HEARTH_IS_CARD (self) && data != NULL);

  hearth_card_data_keep_run (data, self->data);
  hearth_card_data_free (self->data);
  self->data = data;
  hearth_card_refresh (self);
}

gboolean
hearth_card_refresh (HearthCard *self)
{
  gboolean changed;

  g_return_val_if_fail (HEARTH_IS_CARD (self), FALSE);

  hearth_card_layout_update (self->data);
  changed = self->shown_height != self->data->height;
  self->shown_height = self->data->height;
  if (self->data->state != HEARTH_CARD_RUNNING)
    self->style.phase = -1;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return changed;
}

void
hearth_card_set_place (HearthCard *self,
                       double x,
                       double y)
{
  g_return_if_fail (HEARTH_IS_CARD (self));

  self->x = x;
  self->y = y;
}

void
hearth_card_get_place (HearthCard *self,
                       double *x,
                       double *y)
{
  g_return_if_fail (HEARTH_IS_CARD (self));

  *x = self->x;
  *y = self->y;
}

void
hearth_card_set_offset (HearthCard *self,
                        double dx,
                        double dy)
{
  g_return_if_fail (HEARTH_IS_CARD (self));

  self->dx = dx;
  self->dy = dy;
}

void
hearth_card_get_bounds (HearthCard *self,
                        graphene_rect_t *bounds)
{
  g_return_if_fail (HEARTH_IS_CARD (self) && bounds != NULL);

  graphene_rect_init (bounds, (float) (self->x + self->dx), (float) (self->y + self->dy), (float) self->data->width,
                      (float) self->data->height);
}

void
hearth_card_set_look (HearthCard *self,
                      const HearthCanvasPalette *palette,
                      HearthCardLod lod)
{
  g_return_if_fail (HEARTH_IS_CARD (self) && palette != NULL);

  if (self->style.palette == palette && self->style.lod == lod)
    return;
  self->style.palette = palette;
  self->style.lod = lod;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
hearth_card_set_selected (HearthCard *self,
                          gboolean selected,
                          gboolean current)
{
  g_return_if_fail (HEARTH_IS_CARD (self));

  if (self->style.selected == selected && self->style.current == current)
    return;
  self->style.selected = selected;
  self->style.current = current;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
hearth_card_is_selected (HearthCard *self)
{
  g_return_val_if_fail (HEARTH_IS_CARD (self), FALSE);

  return self->style.selected;
}

void
hearth_card_set_faded (HearthCard *self,
                       gboolean faded)
{
  g_return_if_fail (HEARTH_IS_CARD (self));

  if (self->style.faded == faded)
    return;
  self->style.faded = faded;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
hearth_card_set_phase (HearthCard *self,
                       double phase)
{
  g_return_if_fail (HEARTH_IS_CARD (self));

  if (self->style.phase == phase)
    return;
  self->style.phase = phase;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
