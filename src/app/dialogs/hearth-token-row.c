/* hearth-token-row.c: an access token in the list of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-token-row.h"

#include "hearth-display.h"
#include "hearth-question.h"

#include "hearth-i18n.h"

struct _HearthTokenRow
{
  AdwActionRow parent_instance;

  /* owned */
  HearthValue *token;
};

G_DEFINE_FINAL_TYPE (HearthTokenRow, hearth_token_row, ADW_TYPE_ACTION_ROW)

static guint revoke_signal;

static void
response_cb (HearthTokenRow *self,
             const char     *response)
{
  g_assert (HEARTH_IS_TOKEN_ROW (self));

  if (g_str_equal (response, "revoke"))
    g_signal_emit (self, revoke_signal, 0);
}

static void
clicked_cb (HearthTokenRow *self)
{
  g_autofree char *heading = g_strdup_printf (_("Revoke “%s”?"), hearth_value_get_member_string (self->token, "name", ""));
  AdwMessageDialog *dialog;

  g_assert (HEARTH_IS_TOKEN_ROW (self));

  dialog = hearth_question_new (GTK_WIDGET (self), heading,
                                _("The device that uses this token is cut off at once. It needs a new one to come in again."),
                                "revoke", _("_Revoke"), ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
hearth_token_row_finalize (GObject *object)
{
  HearthTokenRow *self = HEARTH_TOKEN_ROW (object);

  g_clear_pointer (&self->token, hearth_value_unref);

  G_OBJECT_CLASS (hearth_token_row_parent_class)->finalize (object);
}

static void
hearth_token_row_class_init (HearthTokenRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_token_row_finalize;
  revoke_signal = g_signal_new ("revoke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
hearth_token_row_init (HearthTokenRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

static char *
describe (HearthValue *token)
{
  g_autofree char *created = hearth_display_day (hearth_value_get_member_string (token, "createdAt", NULL));
  g_autofree char *used = hearth_display_moment (hearth_value_get_member_string (token, "lastUsedAt", NULL));

  if (*used == '\0')
    return g_strdup_printf (_("Made on %s, not used yet"), created);
  return g_strdup_printf (_("Made on %s, last used on %s"), created, used);
}

static GtkWidget *
make_button (HearthTokenRow *self,
             const char     *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_("Revoke “%s”"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Revoke"));
  hearth_display_name (button, label);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

GtkWidget *
hearth_token_row_new (HearthValue *token)
{
  HearthTokenRow *self;
  const char *name = hearth_value_get_member_string (token, "name", "");
  g_autofree char *text = NULL;

  g_return_val_if_fail (token != NULL, NULL);

  self = g_object_new (HEARTH_TYPE_TOKEN_ROW, NULL);
  self->token = hearth_value_ref (token);
  text = describe (token);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), make_button (self, name));
  return GTK_WIDGET (self);
}

const char *
hearth_token_row_get_id (HearthTokenRow *self)
{
  g_return_val_if_fail (HEARTH_IS_TOKEN_ROW (self), NULL);

  return hearth_value_get_member_string (self->token, "id", "");
}
