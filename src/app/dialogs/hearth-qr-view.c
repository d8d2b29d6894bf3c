/* hearth-qr-view.c: a QR code as a picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-qr-view.h"

#include "hearth-qr-code.h"

#define MARGIN 4 /* modules; it belongs to the code */
#define MODULE 4 /* pixels */

struct _HearthQrView
{
  GtkWidget parent_instance;

  /* owned */
  HearthQrCode *code;
};

G_DEFINE_FINAL_TYPE (HearthQrView, hearth_qr_view, GTK_TYPE_WIDGET)

static int
count_modules (HearthQrView *self)
{
  return self->code != NULL ? (int) self->code->size + 2 * MARGIN : 0;
}

static void
hearth_qr_view_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = *natural = MODULE * count_modules (HEARTH_QR_VIEW (widget));
}

/* The dark modules of a row, as few rectangles as there are stretches of them. */
static void
snapshot_row (GtkSnapshot        *snapshot,
              const HearthQrCode *code,
              guint               y,
              float               module)
{
  static const GdkRGBA dark = { 0, 0, 0, 1 };
  const guint8 *row = code->is_dark + y * code->size;

  for (guint x = 0; x < code->size; x++)
    {
      guint start = x;

      while (x < code->size && row[x])
        x++;
      if (x > start)
        gtk_snapshot_append_color (snapshot, &dark,
                                   &GRAPHENE_RECT_INIT (start * module, y * module, (x - start) * module, module));
    }
}

static void
hearth_qr_view_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  HearthQrView *self = HEARTH_QR_VIEW (widget);
  static const GdkRGBA light = { 1, 1, 1, 1 };
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int module = self->code != NULL ? MIN (width, height) / count_modules (self) : 0;
  int side = module * count_modules (self);
  GskRoundedRect sheet;

  if (module == 0)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((width - side) / 2, (height - side) / 2));
  gsk_rounded_rect_init_from_rect (&sheet, &GRAPHENE_RECT_INIT (0, 0, side, side), 2 * module);
  gtk_snapshot_push_rounded_clip (snapshot, &sheet);
  gtk_snapshot_append_color (snapshot, &light, &sheet.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (MARGIN * module, MARGIN * module));
  for (guint y = 0; y < self->code->size; y++)
    snapshot_row (snapshot, self->code, y, module);
  gtk_snapshot_restore (snapshot);
}

static void
hearth_qr_view_finalize (GObject *object)
{
  HearthQrView *self = HEARTH_QR_VIEW (object);

  g_clear_pointer (&self->code, hearth_qr_code_free);

  G_OBJECT_CLASS (hearth_qr_view_parent_class)->finalize (object);
}

static void
hearth_qr_view_class_init (HearthQrViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_qr_view_finalize;
  widget_class->measure = hearth_qr_view_measure;
  widget_class->snapshot = hearth_qr_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
hearth_qr_view_init (HearthQrView *self)
{
}

gboolean
hearth_qr_view_set_text (HearthQrView *self,
                         const char   *text)
{
  g_return_val_if_fail (HEARTH_IS_QR_VIEW (self) && text != NULL, FALSE);

  g_clear_pointer (&self->code, hearth_qr_code_free);
  self->code = hearth_qr_code_new (text);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return self->code != NULL;
}
