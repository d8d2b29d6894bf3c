/* hearth-qr-view.h: a QR code as a picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_QR_VIEW (hearth_qr_view_get_type ())
G_DECLARE_FINAL_TYPE (HearthQrView, hearth_qr_view, HEARTH, QR_VIEW, GtkWidget)

/* Dark on white whatever the theme: many readers know no other way. FALSE, and nothing is shown, when @text is too
 * long for a QR code. */
gboolean hearth_qr_view_set_text (HearthQrView *self,
                                  const char   *text);

G_END_DECLS
