/* hearth-card-icon.h: the few small signs on cards, drawn without an icon theme or a display
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  HEARTH_CARD_ICON_CHECK,
  HEARTH_CARD_ICON_CROSS,
  HEARTH_CARD_ICON_CLOCK,
  HEARTH_CARD_ICON_PLAY,
  HEARTH_CARD_ICON_STOP,
  HEARTH_CARD_ICON_SKIP,
  HEARTH_CARD_ICON_WARNING,
  HEARTH_CARD_ICON_MUTE,
  HEARTH_CARD_ICON_ARROW_DOWN,
  HEARTH_CARD_ICON_QUESTION,
  HEARTH_CARD_ICON_PIN,
} HearthCardIcon;

void hearth_card_icon_snapshot (GtkSnapshot            *snapshot,
                                HearthCardIcon          icon,
                                const graphene_point_t *at,    /* top left corner */
                                double                  size,
                                const GdkRGBA          *color);

G_END_DECLS
