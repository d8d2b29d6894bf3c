/* hearth-card.h: one node on the canvas: a childless widget with its own drawing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-card-painter.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_CARD (hearth_card_get_type ())
G_DECLARE_FINAL_TYPE (HearthCard, hearth_card, HEARTH, CARD, GtkWidget)

/* Actions on the class, for assistive technology: card.select, card.delete, card.edit,
 * card.rename, card.bypass, card.duplicate; each selects the card and asks the canvas. */
GtkWidget      *hearth_card_new          (HearthCardData            *data); /* taken */
HearthCardData *hearth_card_get_data     (HearthCard                *self);
/* Takes @data; what a run has shown so far stays. */
void            hearth_card_set_data     (HearthCard                *self,
                                          HearthCardData            *data);
/* After the data was changed in place. TRUE when the card is now higher or lower. */
gboolean        hearth_card_refresh      (HearthCard                *self);
/* Absolute canvas coordinates. */
void            hearth_card_set_place    (HearthCard                *self,
                                          double                     x,
                                          double                     y);
void            hearth_card_get_place    (HearthCard                *self,
                                          double                    *x,
                                          double                    *y);
/* Where it is drawn: its place, or on its way while it is being moved. */
void            hearth_card_set_offset   (HearthCard                *self,
                                          double                     dx,
                                          double                     dy);
void            hearth_card_get_bounds   (HearthCard                *self,
                                          graphene_rect_t           *bounds);
void            hearth_card_set_look     (HearthCard                *self,
                                          const HearthCanvasPalette *palette,
                                          HearthCardLod              lod);
void            hearth_card_set_selected (HearthCard                *self,
                                          gboolean                   selected,
                                          gboolean                   current);
gboolean        hearth_card_is_selected  (HearthCard                *self);
void            hearth_card_set_faded    (HearthCard                *self,
                                          gboolean                   faded);
void            hearth_card_set_phase    (HearthCard                *self,
                                          double                     phase);

G_END_DECLS
