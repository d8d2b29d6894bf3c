/* hearth-qr-code.h: an address as a pattern that a telephone reads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @size × @size modules, row by row; without the margin of four that belongs around it. */
typedef struct
{
  guint   size;
  guint8 *is_dark; /* 0 or 1 each */
} HearthQrCode;

/* NULL when @text is too long for any. */
HearthQrCode *hearth_qr_code_new     (const char         *text);
void          hearth_qr_code_free    (HearthQrCode       *self);
/* For a terminal: lines of half blocks, two rows in each line, with the margin; dark on light whatever
 * the colours of the terminal. */
char         *hearth_qr_code_to_text (const HearthQrCode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthQrCode, hearth_qr_code_free)

G_END_DECLS
