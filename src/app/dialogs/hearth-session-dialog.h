/* hearth-session-dialog.h: asks whether to keep a key in memory when the keyring does not take it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @reason: what the keyring said. The response "session" means yes. */
AdwMessageDialog *hearth_session_dialog_present (GtkWidget  *parent,
                                                 const char *reason);

G_END_DECLS
