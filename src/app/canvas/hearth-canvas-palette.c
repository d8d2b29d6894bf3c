/* hearth-canvas-palette.c: the colours of the canvas, light and dark
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-palette.h"

#define RGBA(hex, a) { ((hex) >> 16 & 0xff) / 255.f, ((hex) >> 8 & 0xff) / 255.f, ((hex)&0xff) / 255.f, (a) }
#define RGB(hex) RGBA (hex, 1.f)

static const HearthCanvasPalette light_palette = {
  .dark = FALSE,
  .background = RGB (0xfafafa),
  .grid = RGBA (0x000000, 0.13f),
  .card = RGB (0xffffff),
  .header = RGB (0xf6f5f4),
  .field = RGBA (0x000000, 0.055f),
  .border = RGBA (0x000000, 0.17f),
  .shadow = RGBA (0x000000, 0.16f),
  .text = RGBA (0x000000, 0.80f),
  .dim_text = RGBA (0x000000, 0.55f),
  .accent = RGB (0x3584e4),
  .success = RGB (0x1b8553),
  .warning = RGB (0x9c6e03),
  .error = RGB (0xc01c28),
  .frame = RGBA (0x3d3846, 0.045f),
  .types = {
    [HEARTH_DATA_STRING] = RGB (0x1890ff),
    [HEARTH_DATA_INTEGER] = RGB (0x52c41a),
    [HEARTH_DATA_FLOAT] = RGB (0x13c2c2),
    [HEARTH_DATA_BOOLEAN] = RGB (0xfa8c16),
    [HEARTH_DATA_OBJECT] = RGB (0x4f46e5),
    [HEARTH_DATA_ARRAY] = RGB (0xdb2777),
    [HEARTH_DATA_BINARY] = RGB (0x475569),
    [HEARTH_DATA_WILDCARD] = RGB (0x9ca3af),
    [HEARTH_DATA_CONVERTIBLE_ANY] = RGB (0x9ca3af),
  },
};

static const HearthCanvasPalette dark_palette = {
  .dark = TRUE,
  .background = RGB (0x1e1e1e),
  .grid = RGBA (0xffffff, 0.10f),
  .card = RGB (0x303030),
  .header = RGB (0x383838),
  .field = RGBA (0xffffff, 0.07f),
  .border = RGBA (0xffffff, 0.14f),
  .shadow = RGBA (0x000000, 0.45f),
  .text = RGBA (0xffffff, 0.92f),
  .dim_text = RGBA (0xffffff, 0.60f),
  .accent = RGB (0x78aeed),
  .success = RGB (0x8ff0a4),
  .warning = RGB (0xf8e45c),
  .error = RGB (0xff7b63),
  .frame = RGBA (0xffffff, 0.04f),
  .types = {
    [HEARTH_DATA_STRING] = RGB (0x63b3ed),
    [HEARTH_DATA_INTEGER] = RGB (0xa0d911),
    [HEARTH_DATA_FLOAT] = RGB (0x36cfc9),
    [HEARTH_DATA_BOOLEAN] = RGB (0xffa940),
    [HEARTH_DATA_OBJECT] = RGB (0x818cf8),
    [HEARTH_DATA_ARRAY] = RGB (0xf472b6),
    [HEARTH_DATA_BINARY] = RGB (0x94a3b8),
    [HEARTH_DATA_WILDCARD] = RGB (0x6b7280),
    [HEARTH_DATA_CONVERTIBLE_ANY] = RGB (0x6b7280),
  },
};

const HearthCanvasPalette *
hearth_canvas_palette_get (gboolean dark)
{
  return dark ? &dark_palette : &light_palette;
}

const GdkRGBA *
hearth_canvas_palette_get_type_color (const HearthCanvasPalette *self,
                                      HearthDataType type)
{
  g_return_val_if_fail (self != NULL, NULL);

  if ((guint) type >= HEARTH_N_DATA_TYPES)
    type = HEARTH_DATA_WILDCARD;
  return &self->types[type];
}

static gboolean
type_is_open (HearthDataType type)
{
  return type == HEARTH_DATA_WILDCARD || type == HEARTH_DATA_CONVERTIBLE_ANY;
}

HearthDataType
hearth_canvas_palette_pick_wire_type (HearthDataType source,
                                      HearthDataType target)
{
  return type_is_open (source) ? target : source;
}

GdkRGBA
hearth_canvas_palette_mix (const GdkRGBA *base,
                           const GdkRGBA *over,
                           float amount)
{
  float keep = 1.f - amount;

  return (GdkRGBA){ base->red * keep + over->red * amount, base->green * keep + over->green * amount,
                    base->blue * keep + over->blue * amount, base->alpha };
}

GdkRGBA
hearth_canvas_palette_fade (const GdkRGBA *color,
                            float alpha)
{
  GdkRGBA faded = *color;

  faded.alpha *= alpha;
  return faded;
}
