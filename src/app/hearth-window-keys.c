/* hearth-window-keys.c: keys that are written into the project's workflows move to the keyring
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-window-private.h"

#include "hearth-llm-operations.h"
#include "hearth-i18n.h"

static void move_keys (HearthWindow *self,
                       const char   *key_store);

static void
session_cb (HearthWindow *self,
            const char   *response)
{
  if (g_str_equal (response, "session"))
    move_keys (self, "session");
}

/* Until then they stay where they are: none is lost. */
static void
offer_session (HearthWindow *self,
               HearthValue  *left)
{
  const char *reason = hearth_value_get_member_string (hearth_value_at (left, 0), "message", "");
  g_autofree char *body = g_strconcat (reason, "\n\n", _("Or keep the keys in memory until Hearth ends. They are gone from the "
                                                         "workflows then, and you will have to enter them again."), NULL);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("The Keys Cannot Be Moved to the Keyring"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Leave Them There"), "session", _("_Keep in Memory"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (session_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);
  g_autofree char *message = NULL;
  HearthValue *left;
  guint n;

  if (answer == NULL)
    {
      hearth_window_toast (self, error->message);
      return;
    }
  left = hearth_value_get (answer, "left");
  n = (guint) hearth_value_get_length (hearth_value_get (answer, "moved"));
  if (hearth_value_get_length (left) > 0)
    offer_session (self, left);
  message = n > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u key has moved to the services in the preferences",
                                                  "%u keys have moved to the services in the preferences", n), n)
                  : g_strdup (_("No saved workflow holds a key. Save this one first."));
  if (n > 0 || hearth_value_get_length (left) == 0)
    hearth_window_toast (self, message);
}

static void
move_keys (HearthWindow *self,
           const char   *key_store) /* or NULL: where keys go usually */
{
  g_autoptr (HearthValue) arguments = hearth_value_object ("projectId", hearth_value_string (self->project_id), "keyStore",
                                                           key_store != NULL ? hearth_value_string (key_store) : NULL, NULL);

  hearth_workspace_perform (self->workspace, &hearth_operation_move_project_keys, arguments, NULL, moved_cb, g_object_ref (self));
}

void
_hearth_window_move_keys (HearthWindow *self)
{
  g_return_if_fail (HEARTH_IS_WINDOW (self));

  if (self->project_id != NULL)
    move_keys (self, NULL);
}
