/* hearth-qr-code.c: an address as a pattern that a telephone reads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-qr-code.h"

#include <qrencode.h>

#define MARGIN 4

#define BLACK_ON_WHITE "\033[30;107m"
#define USUAL "\033[0m"

HearthQrCode *
hearth_qr_code_new (const char *text)
{
  HearthQrCode *self;
  QRcode *code;

  g_return_val_if_fail (text != NULL, NULL);

  code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  if (code == NULL)
    return NULL;
  self = g_new0 (HearthQrCode, 1);
  self->size = (guint) code->width;
  self->is_dark = g_new0 (guint8, self->size * self->size);
  /* The other bits say what a module is good for. */
  for (guint i = 0; i < self->size * self->size; i++)
    self->is_dark[i] = code->data[i] & 1;
  QRcode_free (code);
  return self;
}

void
hearth_qr_code_free (HearthQrCode *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->is_dark);
  g_free (self);
}

static gboolean
is_dark (const HearthQrCode *self,
         guint               x,
         guint               y)
{
  if (x < MARGIN || y < MARGIN || x >= self->size + MARGIN || y >= self->size + MARGIN)
    return FALSE;
  return self->is_dark[(y - MARGIN) * self->size + x - MARGIN];
}

char *
hearth_qr_code_to_text (const HearthQrCode *self)
{
  static const char *const blocks[] = { " ", "▄", "▀", "█" };
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  for (guint y = 0; y < self->size + 2 * MARGIN; y += 2)
    {
      g_string_append (text, BLACK_ON_WHITE);
      for (guint x = 0; x < self->size + 2 * MARGIN; x++)
        g_string_append (text, blocks[2 * is_dark (self, x, y) + is_dark (self, x, y + 1)]);
      g_string_append (text, USUAL "\n");
    }
  return g_string_free (text, FALSE);
}
