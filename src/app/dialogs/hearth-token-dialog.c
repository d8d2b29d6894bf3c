/* hearth-token-dialog.c: shows a new access token, this once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-token-dialog.h"

#include "hearth-display.h"
#include "hearth-qr-view.h"

#include "hearth-i18n.h"

struct _HearthTokenCard
{
  GtkBox parent_instance;

  /* template */
  HearthQrView *code;
  GtkWidget    *address_row;
  GtkLabel     *address;
  GtkLabel     *token;
  GtkWidget    *copy_token;
};

G_DEFINE_FINAL_TYPE (HearthTokenCard, hearth_token_card, GTK_TYPE_BOX)

static void
copy (GtkLabel  *label,
      GtkButton *button)
{
  hearth_display_copy (GTK_WIDGET (label), gtk_label_get_label (label));
  gtk_button_set_icon_name (button, "object-select-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), _("Copied"));
}

static void
copy_address_cb (HearthTokenCard *self,
                 GtkButton       *button)
{
  copy (self->address, button);
}

static void
copy_token_cb (HearthTokenCard *self,
               GtkButton       *button)
{
  copy (self->token, button);
}

static void
hearth_token_card_class_init (HearthTokenCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (HEARTH_TYPE_QR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-token-card.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthTokenCard, code);
  gtk_widget_class_bind_template_child (widget_class, HearthTokenCard, address_row);
  gtk_widget_class_bind_template_child (widget_class, HearthTokenCard, address);
  gtk_widget_class_bind_template_child (widget_class, HearthTokenCard, token);
  gtk_widget_class_bind_template_child (widget_class, HearthTokenCard, copy_token);
  gtk_widget_class_bind_template_callback (widget_class, copy_address_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_token_cb);
}

static void
hearth_token_card_init (HearthTokenCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static HearthTokenCard *
make_card (const char *address, /* or NULL */
           const char *share,   /* or NULL */
           const char *token)
{
  HearthTokenCard *self = g_object_new (HEARTH_TYPE_TOKEN_CARD, NULL);

  hearth_display_verbatim (self->address, address != NULL ? address : "");
  gtk_widget_set_visible (self->address_row, address != NULL);
  hearth_display_verbatim (self->token, token);
  gtk_widget_set_visible (GTK_WIDGET (self->code),
                          share != NULL && hearth_qr_view_set_text (self->code, share));
  return self;
}

void
hearth_token_dialog_present (GtkWidget    *parent,
                             HearthServer *server,
                             HearthValue  *token)
{
  const char *text = hearth_value_get_member_string (token, "token", "");
  g_autofree char *address = NULL;
  g_autofree char *share = NULL;
  g_autofree char *heading = NULL;
  HearthTokenCard *card;
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (HEARTH_IS_SERVER (server));

  address = hearth_server_dup_network_address (server);
  share = hearth_server_dup_share_address (server, text);
  heading = g_strdup_printf (_("Token for “%s”"), hearth_value_get_member_string (token, "name", ""));
  dialog = adw_message_dialog_new (
    GTK_WINDOW (gtk_widget_get_root (parent)), heading,
    address != NULL
      ? _("Whoever has this token can open and change your projects. Point the other device's camera at the picture, or "
          "send the token with each request. It is shown only now.")
      : _("Whoever has this token can open and change your projects. This computer is in no network at the moment. The "
          "token is shown only now."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "done", _("_Done"), NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "done");
  card = make_card (address, share, text);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), GTK_WIDGET (card));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (card->copy_token);
}
