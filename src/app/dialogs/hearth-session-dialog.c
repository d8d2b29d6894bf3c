/* hearth-session-dialog.c: asks whether to keep a key in memory when the keyring does not take it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-session-dialog.h"

#include "hearth-question.h"

#include "hearth-i18n.h"

/* Never without asking, and never into a file. */
AdwMessageDialog *
hearth_session_dialog_present (GtkWidget  *parent,
                               const char *reason)
{
  AdwMessageDialog *dialog = hearth_question_new (parent, _("Keep the Key Until Hearth Ends?"), reason, "session",
                                                  _("_Keep for Now"), ADW_RESPONSE_DEFAULT);

  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
