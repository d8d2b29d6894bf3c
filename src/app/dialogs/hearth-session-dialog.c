/* hearth-session-dialog.c: asks whether to keep a key in memory when the keyring does not take it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-session-dialog.h"

#include "hearth-i18n.h"

/* Never without asking, and never into a file. */
AdwMessageDialog *
hearth_session_dialog_present (GtkWidget  *parent,
                               const char *reason)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  AdwMessageDialog *dialog =
    ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                _("Keep the Key Until Hearth Ends?"), reason));

  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "session", _("_Keep for Now"), NULL);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
