/* hearth-card-painter.h: draws a card from plain data, with or without a display
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-canvas-palette.h"
#include "hearth-card-data.h"
#include "hearth-card-layout.h"
#include "hearth-card-lod.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const HearthCanvasPalette *palette;
  PangoContext              *context;
  HearthCardLod              lod;
  gboolean                   selected;
  gboolean                   current;  /* the one the keyboard walks from */
  gboolean                   faded;    /* no end for the wire in hand */
  double                     phase;    /* 0…1 of the running sweep; below 0: nothing moves */
} HearthCardStyle;

/* Into the rectangle 0, 0, width, height; dots and shadow stand a little out of it. */
void         hearth_card_painter_snapshot     (GtkSnapshot           *snapshot,
                                               const HearthCardData  *data,
                                               const HearthCardStyle *style);

/* --- used by the painters of this room ----------------------------------------- */

void         hearth_card_painter_add_text     (GtkSnapshot           *snapshot,
                                               PangoLayout           *layout,
                                               const graphene_rect_t *box,   /* centred vertically */
                                               double                 align, /* 0 left … 1 right */
                                               const GdkRGBA         *color);
/* One line, ellipsised to @width. @scale is relative to the context's font. */
PangoLayout *hearth_card_painter_new_layout   (PangoContext          *context,
                                               const char            *text,
                                               double                 scale,
                                               PangoWeight            weight,
                                               double                 width);
void         hearth_card_painter_fill_rounded (GtkSnapshot           *snapshot,
                                               const graphene_rect_t *rect,
                                               float                  radius,
                                               const GdkRGBA         *color);
/* Use instead of gtk_snapshot_append_cairo(), which draws at the wrong place under a scale in
 * GTK 4.8. Destroy the result when done. */
cairo_t     *hearth_card_painter_begin_cairo  (GtkSnapshot           *snapshot,
                                               const graphene_rect_t *bounds);
void         hearth_card_painter_add_border   (GtkSnapshot           *snapshot,
                                               const graphene_rect_t *rect,
                                               float                  radius,
                                               float                  width,
                                               const GdkRGBA         *color);
void         hearth_card_painter_add_dot      (GtkSnapshot           *snapshot,
                                               const HearthCardData  *data,
                                               const HearthCardRow   *row,
                                               const HearthCardStyle *style);
void         hearth_card_painter_add_rows     (GtkSnapshot           *snapshot,
                                               const HearthCardData  *data,
                                               const HearthCardStyle *style);
void         hearth_card_painter_add_header   (GtkSnapshot           *snapshot,
                                               const HearthCardData  *data,
                                               const HearthCardStyle *style);
/* With everything else that stands in the header. */
void         hearth_card_painter_add_title    (GtkSnapshot           *snapshot,
                                               const HearthCardData  *data,
                                               const HearthCardStyle *style);
void         hearth_card_painter_add_far      (GtkSnapshot           *snapshot,
                                               const HearthCardData  *data,
                                               const HearthCardStyle *style);
void         hearth_card_painter_add_frame    (GtkSnapshot           *snapshot,
                                               const HearthCardData  *data,
                                               const HearthCardStyle *style);
/* The frame around the card: what state it is in, whether it is selected. */
void         hearth_card_painter_get_outline  (const HearthCardData  *data,
                                               const HearthCardStyle *style,
                                               GdkRGBA               *color,
                                               float                 *width);

G_END_DECLS
