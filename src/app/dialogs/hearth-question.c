/* hearth-question.c: a dialog that asks whether to do one thing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-question.h"

#include "hearth-i18n.h"

AdwMessageDialog *
hearth_question_new (GtkWidget             *parent,
                     const char            *heading,
                     const char            *body,
                     const char            *response,
                     const char            *label,
                     AdwResponseAppearance  appearance)
{
  AdwMessageDialog *dialog;
  GtkRoot *root;

  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);
  g_return_val_if_fail (response != NULL && label != NULL, NULL);

  root = gtk_widget_get_root (parent);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), response, label, NULL);
  adw_message_dialog_set_response_appearance (dialog, response, appearance);
  adw_message_dialog_set_default_response (dialog, appearance == ADW_RESPONSE_SUGGESTED ? response : "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  return dialog;
}
