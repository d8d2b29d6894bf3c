/* hearth-card-lod.c: how much of a card is drawn at which zoom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-card-lod.h"

/* Render nodes of one ordinary card, rounded up. */
static const guint costs[] = {
  [HEARTH_LOD_BLOCK] = 2,
  [HEARTH_LOD_TITLE] = 14,
  [HEARTH_LOD_TEXT] = 44,
  [HEARTH_LOD_FULL] = 46,
};

HearthCardLod
hearth_card_lod_pick (double zoom)
{
  if (zoom >= 0.75)
    return HEARTH_LOD_FULL;
  if (zoom >= 0.4)
    return HEARTH_LOD_TEXT;
  if (zoom >= 0.15)
    return HEARTH_LOD_TITLE;
  return HEARTH_LOD_BLOCK;
}

guint
hearth_card_lod_get_max (HearthCardLod lod)
{
  g_return_val_if_fail ((guint) lod < G_N_ELEMENTS (costs), 0);

  return HEARTH_FRAME_BUDGET / costs[lod];
}

HearthCardLod
hearth_card_lod_limit (double zoom,
                       guint n_cards)
{
  HearthCardLod lod = hearth_card_lod_pick (zoom);

  while (lod > HEARTH_LOD_BLOCK && n_cards > hearth_card_lod_get_max (lod))
    lod--;
  return lod;
}
