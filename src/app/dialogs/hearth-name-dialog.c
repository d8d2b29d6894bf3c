/* hearth-name-dialog.c: asks for a name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-name-dialog.h"

#include "hearth-question.h"

#include "hearth-i18n.h"

static char *
dup_name (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static void
changed_cb (AdwMessageDialog *dialog,
            GtkWidget        *entry)
{
  g_autofree char *name = dup_name (entry);

  adw_message_dialog_set_response_enabled (dialog, "accept", *name != '\0');
}

static void
activated_cb (AdwMessageDialog *dialog)
{
  if (adw_message_dialog_get_response_enabled (dialog, "accept"))
    {
      adw_message_dialog_response (dialog, "accept");
      gtk_window_close (GTK_WINDOW (dialog));
    }
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             GTask            *task)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);

  if (g_task_get_completed (task) || g_object_get_data (G_OBJECT (task), "answered") != NULL)
    return;
  g_object_set_data (G_OBJECT (task), "answered", task);
  g_task_return_pointer (task, g_str_equal (response, "accept") ? dup_name (entry) : NULL, g_free);
}

void
hearth_name_dialog_ask (GtkWidget           *parent,
                        const char          *heading,
                        const char          *name,
                        const char          *accept,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  AdwMessageDialog *dialog;
  GtkWidget *entry;

  g_return_if_fail (GTK_IS_WIDGET (parent));

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, hearth_name_dialog_ask);

  dialog = hearth_question_new (parent, heading, NULL, "accept", accept, ADW_RESPONSE_SUGGESTED);

  entry = g_object_new (GTK_TYPE_ENTRY, "text", name != NULL ? name : "", "width-chars", 28, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (activated_cb), dialog, G_CONNECT_SWAPPED);
  changed_cb (dialog, entry);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), g_steal_pointer (&task),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);

  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

char *
hearth_name_dialog_ask_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
