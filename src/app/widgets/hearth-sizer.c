/* hearth-sizer.c: the line between a pane and the rest, to be dragged
 *
 * AdwFlap lays a pane out at its requested size and has no handle of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-sizer.h"

/* The line is thin; this far beside it still counts. */
#define REACH 4

struct _HearthSizer
{
  GtkWidget        parent_instance;

  /* borrowed: lives in the same template */
  GtkWidget       *target;

  GtkPositionType  side;
  int              minimum;
  int              maximum;
  int              start_size;
  double           start_at; /* pointer, in the window */
};

enum
{
  PROP_0,
  PROP_TARGET,
  PROP_SIDE,
  PROP_MINIMUM,
  PROP_MAXIMUM,
  N_PROPERTIES
};

enum
{
  RESIZED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthSizer, hearth_sizer, GTK_TYPE_WIDGET)

static gboolean
is_vertical_line (HearthSizer *self)
{
  return self->side == GTK_POS_LEFT || self->side == GTK_POS_RIGHT;
}

/* In the window, because the line itself moves while it is dragged. */
static double
find_pointer (HearthSizer *self,
              double       x,
              double       y)
{
  double window_x, window_y;

  if (!gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))),
                                         x, y, &window_x, &window_y))
    return 0;
  return is_vertical_line (self) ? window_x : window_y;
}

static void
drag_begin_cb (HearthSizer *self,
               double       x,
               double       y)
{
  g_assert (HEARTH_IS_SIZER (self));

  self->start_at = find_pointer (self, x, y);
  self->start_size = is_vertical_line (self) ? gtk_widget_get_width (self->target)
                                             : gtk_widget_get_height (self->target);
}

static void
drag_update_cb (HearthSizer    *self,
                double          dx,
                double          dy,
                GtkGestureDrag *drag)
{
  double x, y, way;
  int size;

  g_assert (HEARTH_IS_SIZER (self));

  if (!gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  way = find_pointer (self, x + dx, y + dy) - self->start_at;
  if (self->side == GTK_POS_RIGHT || self->side == GTK_POS_BOTTOM)
    way = -way;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL && is_vertical_line (self))
    way = -way;
  size = CLAMP (self->start_size + (int) way, self->minimum, self->maximum);
  gtk_widget_set_size_request (self->target, is_vertical_line (self) ? size : -1,
                               is_vertical_line (self) ? -1 : size);
  g_signal_emit (self, signals[RESIZED], 0, size);
}

static gboolean
hearth_sizer_contains (GtkWidget *widget,
                       double     x,
                       double     y)
{
  return x >= -REACH && y >= -REACH && x < gtk_widget_get_width (widget) + REACH &&
         y < gtk_widget_get_height (widget) + REACH;
}

static void
hearth_sizer_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  *minimum = *natural = 1;
}

static void
hearth_sizer_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  HearthSizer *self = HEARTH_SIZER (object);

  switch (prop_id)
    {
    case PROP_TARGET:
      self->target = g_value_get_object (value);
      break;
    case PROP_SIDE:
      self->side = g_value_get_enum (value);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), is_vertical_line (self) ? "col-resize" : "row-resize");
      break;
    case PROP_MINIMUM:
      self->minimum = g_value_get_int (value);
      break;
    case PROP_MAXIMUM:
      self->maximum = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hearth_sizer_class_init (HearthSizerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = hearth_sizer_set_property;
  widget_class->contains = hearth_sizer_contains;
  widget_class->measure = hearth_sizer_measure;

  properties[PROP_TARGET] = g_param_spec_object ("target", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SIDE] = g_param_spec_enum ("side", NULL, NULL, GTK_TYPE_POSITION_TYPE, GTK_POS_LEFT, flags);
  properties[PROP_MINIMUM] = g_param_spec_int ("minimum", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_MAXIMUM] = g_param_spec_int ("maximum", NULL, NULL, 0, G_MAXINT, G_MAXINT, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[RESIZED] = g_signal_new ("resized", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_css_name (widget_class, "sizer");
}

static void
hearth_sizer_init (HearthSizer *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->maximum = G_MAXINT;
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
