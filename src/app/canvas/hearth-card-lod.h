/* hearth-card-lod.h: how much of a card is drawn at which zoom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HEARTH_LOD_BLOCK, /* two flat rectangles */
  HEARTH_LOD_TITLE, /* a coloured block with its title and dots */
  HEARTH_LOD_TEXT,  /* all but the shadow */
  HEARTH_LOD_FULL,
} HearthCardLod;

/* The 4.8 GL renderer ends the process near 30,000 batches in one frame. */
#define HEARTH_FRAME_BUDGET 20000

HearthCardLod hearth_card_lod_pick     (double        zoom);
/* The finest level, not above that of @zoom, at which @n_cards cards fit into one frame. */
HearthCardLod hearth_card_lod_limit    (double        zoom,
                                        guint         n_cards);
/* How many cards may be drawn at all. */
guint         hearth_card_lod_get_max  (HearthCardLod lod);

G_END_DECLS
