/* hearth-channel-page.c: one service of language models: its address, its key, its models
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-channel-page.h"

#include "hearth-channel-form.h"
#include "hearth-llm-operations.h"
#include "hearth-preferences-part.h"
#include "hearth-question.h"
#include "hearth-session-dialog.h"

#include "hearth-i18n.h"

struct _HearthChannelPage
{
  GtkBox parent_instance;

  /* template */
  AdwWindowTitle    *title;
  GtkWidget         *save;
  HearthChannelForm *form;
  GtkWidget         *of_stored; /* what is there for a service that was saved */
  AdwActionRow      *test_row;
  GtkWidget         *test;
  GtkWidget         *delete;

  /* owned */
  HearthWorkspace *workspace;
  HearthValue     *channel;
};

G_DEFINE_FINAL_TYPE (HearthChannelPage, hearth_channel_page, GTK_TYPE_BOX)

static const char *
get_id (HearthChannelPage *self)
{
  return hearth_value_get_member_string (self->channel, "id", NULL);
}

static void
leave_cb (HearthChannelPage *self)
{
  g_assert (HEARTH_IS_CHANNEL_PAGE (self));

  hearth_preferences_leave (GTK_WIDGET (self));
}

/* --- saving ---------------------------------------------------------------------------------------- */

static void save (HearthChannelPage *self,
                  const char        *key_store);

static void
session_cb (HearthChannelPage *self,
            const char        *response)
{
  if (g_str_equal (response, "session"))
    save (self, "session");
}

static void
offer_session (HearthChannelPage *self,
               const char        *reason)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    g_signal_connect_object (hearth_session_dialog_present (GTK_WIDGET (self), reason), "response", G_CALLBACK (session_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthChannelPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) channel = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  gtk_widget_set_sensitive (self->save, TRUE);
  if (channel != NULL)
    leave_cb (self);
  else if (error->domain == HEARTH_SECRETS_ERROR)
    offer_session (self, error->message);
  else
    hearth_preferences_toast (GTK_WIDGET (self), error->message);
}

/* @key_store: or NULL: where keys go usually. */
static void
save (HearthChannelPage *self,
      const char        *key_store)
{
  g_autoptr (HearthValue) entered = hearth_channel_form_dup_channel (self->form);
  g_autoptr (HearthValue) more = hearth_value_object ("channelId", get_id (self) != NULL ? hearth_value_string (get_id (self)) : NULL,
                                                      "keyStore", key_store != NULL ? hearth_value_string (key_store) : NULL, NULL);
  g_autoptr (HearthValue) arguments = hearth_value_overlay (entered, more);

  gtk_widget_set_sensitive (self->save, FALSE);
  hearth_workspace_perform (self->workspace,
                            get_id (self) != NULL ? &hearth_operation_update_channel : &hearth_operation_create_channel, arguments,
                            NULL, saved_cb, g_object_ref (self));
}

static void
save_cb (HearthChannelPage *self)
{
  g_assert (HEARTH_IS_CHANNEL_PAGE (self));

  save (self, NULL);
}

/* --- testing --------------------------------------------------------------------------------------- */

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthChannelPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);
  HearthValue *models = answer != NULL ? hearth_value_get_member_kind (answer, "models", HEARTH_VALUE_ARRAY) : NULL;

  gtk_widget_set_sensitive (self->test, TRUE);
  adw_action_row_set_subtitle (self->test_row, answer != NULL ? hearth_value_get_member_string (answer, "message", "") : error->message);
  if (models != NULL)
    hearth_channel_form_offer_models (self->form, models);
}

static void
test_cb (HearthChannelPage *self)
{
  g_autoptr (HearthValue) arguments = hearth_value_object ("channelId", hearth_value_string (get_id (self)), NULL);

  g_assert (HEARTH_IS_CHANNEL_PAGE (self));

  gtk_widget_set_sensitive (self->test, FALSE);
  adw_action_row_set_subtitle (self->test_row, _("Asking…"));
  hearth_workspace_perform (self->workspace, &hearth_operation_test_channel, arguments, NULL, tested_cb, g_object_ref (self));
}

/* --- deleting -------------------------------------------------------------------------------------- */

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthChannelPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);
  const char *message = answer != NULL ? hearth_value_get_member_string (answer, "message", NULL) : error->message;

  if (message != NULL)
    hearth_preferences_toast (GTK_WIDGET (self), message);
  if (answer != NULL)
    leave_cb (self);
}

static void
asked_cb (HearthChannelPage *self,
          const char        *response)
{
  g_autoptr (HearthValue) arguments = hearth_value_object ("channelId", hearth_value_string (get_id (self)), NULL);

  if (g_str_equal (response, "delete"))
    hearth_workspace_perform (self->workspace, &hearth_operation_delete_channel, arguments, NULL, deleted_cb, g_object_ref (self));
}

/* Its key goes with it and cannot be had back, so there is no undo to offer. */
static void
delete_cb (HearthChannelPage *self)
{
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), hearth_value_get_member_string (self->channel, "label", ""));
  AdwMessageDialog *dialog = hearth_question_new (GTK_WIDGET (self), heading, _("Its key is deleted from the keyring as well."),
                                                  "delete", _("_Delete"), ADW_RESPONSE_DESTRUCTIVE);

  g_signal_connect_object (dialog, "response", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- the widget -------------------------------------------------------------------------------------- */

static void
hearth_channel_page_finalize (GObject *object)
{
  HearthChannelPage *self = HEARTH_CHANNEL_PAGE (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->channel, hearth_value_unref);

  G_OBJECT_CLASS (hearth_channel_page_parent_class)->finalize (object);
}

static void
hearth_channel_page_class_init (HearthChannelPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_channel_page_finalize;

  g_type_ensure (HEARTH_TYPE_CHANNEL_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hearthstudio/Hearth/hearth-channel-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthChannelPage, title);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelPage, save);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelPage, form);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelPage, of_stored);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelPage, test_row);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelPage, test);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelPage, delete);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
}

static void
hearth_channel_page_init (HearthChannelPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (self->form, "complete", self->save, "sensitive", G_BINDING_SYNC_CREATE);
}

GtkWidget *
hearth_channel_page_new (HearthWorkspace *workspace,
                         HearthValue     *channel)
{
  HearthChannelPage *self;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (channel != NULL, NULL);

  self = g_object_new (HEARTH_TYPE_CHANNEL_PAGE, NULL);
  self->workspace = g_object_ref (workspace);
  self->channel = hearth_value_ref (channel);
  adw_window_title_set_title (self->title, get_id (self) != NULL ? hearth_value_get_member_string (channel, "label", "") : _("New Service"));
  gtk_widget_set_visible (self->of_stored, get_id (self) != NULL);
  hearth_channel_form_set_channel (self->form, workspace, channel);
  return GTK_WIDGET (self);
}
