/* hearth-card-layout.h: where everything on a card is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-card-data.h"

#include <graphene.h>

G_BEGIN_DECLS

/* All lengths are canvas units; a card's own coordinates start at its top left corner. */
#define HEARTH_GRID             16
#define HEARTH_CARD_WIDTH       220
#define HEARTH_CARD_MIN_WIDTH   160
#define HEARTH_CARD_MAX_WIDTH   1200
#define HEARTH_FRAME_MIN_WIDTH  180
#define HEARTH_FRAME_MIN_HEIGHT 120
#define HEARTH_CARD_HEADER      32
#define HEARTH_CARD_ROW         26
#define HEARTH_SOURCE_ROW       22
#define HEARTH_CARD_RADIUS      9
#define HEARTH_CARD_MARGIN      12
#define HEARTH_DOT_RADIUS       5
#define HEARTH_ERROR_LINES      3

typedef enum
{
  HEARTH_PART_NONE,
  HEARTH_PART_HEADER,
  HEARTH_PART_BODY,
  HEARTH_PART_DOT,
  HEARTH_PART_VALUE,
  HEARTH_PART_ROW,
  HEARTH_PART_SOURCE,
  HEARTH_PART_RESIZE,
} HearthCardPart;

/* Places the rows and finds the height. Call after every change of the data. */
void           hearth_card_layout_update         (HearthCardData       *data);
/* The middle of the row's dot; FALSE when it has none. Wires end here; a source row's wire
 * ends on its multi-input's bar. */
gboolean       hearth_card_layout_get_anchor     (const HearthCardData *data,
                                                  const HearthCardRow  *row,
                                                  double               *x,
                                                  double               *y);
/* The bar of a multi-input, from its own row to its last source. */
void           hearth_card_layout_get_bar        (const HearthCardData *data,
                                                  const HearthCardRow  *row,
                                                  graphene_rect_t      *bar);
/* Where the value stands, and the in-place editor goes. */
void           hearth_card_layout_get_value_rect (const HearthCardData *data,
                                                  const HearthCardRow  *row,
                                                  graphene_rect_t      *rect);
void           hearth_card_layout_get_title_rect (const HearthCardData *data,
                                                  graphene_rect_t      *rect);
void           hearth_card_layout_get_error_rect (const HearthCardData *data,
                                                  graphene_rect_t      *rect);
void           hearth_card_layout_get_stream_rect(const HearthCardData *data,
                                                  graphene_rect_t      *rect);
/* What lies at x, y; @slack widens dots and edges for a coarse pointer or a small zoom. @row may
 * be NULL; it is set for DOT, VALUE, ROW and SOURCE. */
HearthCardPart hearth_card_layout_hit            (const HearthCardData *data,
                                                  double                x,
                                                  double                y,
                                                  double                slack,
                                                  HearthCardRow       **row);
double         hearth_card_layout_snap           (double                value);

G_END_DECLS
