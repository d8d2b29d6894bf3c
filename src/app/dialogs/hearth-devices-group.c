/* hearth-devices-group.c: whether other devices may come in, and with which tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-devices-group.h"

#include "hearth-access-operations.h"
#include "hearth-name-dialog.h"
#include "hearth-token-dialog.h"
#include "hearth-token-row.h"

#include "hearth-i18n.h"

struct _HearthDevicesGroup
{
  HearthPreferencesGroup parent_instance;

  /* template */
  AdwActionRow *row;
  GtkSwitch    *allow;
  GtkButton    *add;

  /* owned */
  HearthValue *tokens; /* as they are shown */
  GPtrArray   *rows;   /* of HearthTokenRow */

  guint wants_token : 1; /* just switched on: the first device needs one */
};

G_DEFINE_FINAL_TYPE (HearthDevicesGroup, hearth_devices_group, HEARTH_TYPE_PREFERENCES_GROUP)

static HearthServer *
get_server (HearthDevicesGroup *self)
{
  return hearth_application_get_server (hearth_preferences_group_get_application (self));
}

static GSettings *
get_settings (HearthDevicesGroup *self)
{
  return hearth_application_get_settings (hearth_preferences_group_get_application (self));
}

/* --- tokens ----------------------------------------------------------------------------------- */

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthDevicesGroup) self = user_data;
  g_autoptr (HearthValue) token = hearth_preferences_group_take_answer (self, source, result);

  if (token == NULL)
    return;
  hearth_token_dialog_present (GTK_WIDGET (self), get_server (self), token);
  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (self));
}

static void
revoked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthDevicesGroup) self = user_data;
  g_autoptr (HearthValue) nothing = hearth_preferences_group_take_answer (self, source, result);

  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (self));
}

static void
revoke_cb (HearthDevicesGroup *self,
           HearthTokenRow     *row)
{
  g_assert (HEARTH_IS_DEVICES_GROUP (self));

  hearth_preferences_group_perform (self, &hearth_operation_revoke_access_token,
                                    hearth_value_object ("id", hearth_value_string (hearth_token_row_get_id (row)), NULL),
                                    revoked_cb);
}

static void
named_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  HearthDevicesGroup *self = HEARTH_DEVICES_GROUP (source);
  g_autofree char *name = hearth_name_dialog_ask_finish (result);

  if (name != NULL && hearth_preferences_group_get_application (self) != NULL)
    hearth_preferences_group_perform (self, &hearth_operation_create_access_token,
                                      hearth_value_object ("name", hearth_value_string (name), NULL), created_cb);
}

static void
add_cb (HearthDevicesGroup *self)
{
  g_assert (HEARTH_IS_DEVICES_GROUP (self));

  hearth_name_dialog_ask (GTK_WIDGET (self), _("Which device is the token for?"), _("Telephone"), _("_Make Token"),
                          named_cb, NULL);
}

/* The same list leaves the rows alone, and the focus with them. */
static void
show_tokens (HearthDevicesGroup *self,
             HearthValue        *tokens)
{
  if (hearth_value_equal (self->tokens, tokens))
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (gsize i = 0; i < hearth_value_get_length (tokens); i++)
    {
      GtkWidget *row = hearth_token_row_new (hearth_value_at (tokens, i));

      g_signal_connect_object (row, "revoke", G_CALLBACK (revoke_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  g_clear_pointer (&self->tokens, hearth_value_unref);
  self->tokens = hearth_value_ref (tokens);
}

/* --- the switch --------------------------------------------------------------------------------- */

static gboolean
is_open (HearthDevicesGroup *self)
{
  HearthServer *server = get_server (self);

  return hearth_server_get_port (server) != 0 && hearth_server_get_allow_other_devices (server);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthDevicesGroup) self = user_data;
  g_autoptr (HearthValue) tokens = hearth_preferences_group_take_answer (self, source, result);

  if (tokens == NULL)
    return;
  show_tokens (self, tokens);
  if (!self->wants_token)
    return;
  self->wants_token = FALSE;
  if (hearth_value_get_length (tokens) == 0 && is_open (self))
    hearth_preferences_group_perform (self, &hearth_operation_create_access_token, NULL, created_cb);
}

/* A sentence about how it is now. */
static char *
describe (HearthDevicesGroup *self)
{
  const char *problem = hearth_application_get_server_problem (hearth_preferences_group_get_application (self));
  g_autofree char *address = NULL;

  if (!g_settings_get_boolean (get_settings (self), "server-enabled"))
    return g_strdup (_("Only when browsers may connect"));
  if (!gtk_switch_get_active (self->allow))
    return g_strdup (_("Off"));
  if (!is_open (self))
    return g_strdup (problem != NULL ? problem : _("Off"));
  address = hearth_server_dup_network_address (get_server (self));
  if (address == NULL)
    return g_strdup (_("This computer is in no network at the moment"));
  return g_strdup_printf (_("At %s, with a token"), address);
}

static void
switched_cb (HearthDevicesGroup *self)
{
  g_assert (HEARTH_IS_DEVICES_GROUP (self));

  self->wants_token = gtk_switch_get_active (self->allow);
}

static void
hearth_devices_group_update (HearthPreferencesGroup *group)
{
  HearthDevicesGroup *self = HEARTH_DEVICES_GROUP (group);
  g_autofree char *text = describe (self);

  adw_action_row_set_subtitle (self->row, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->row), g_settings_get_boolean (get_settings (self), "server-enabled"));
  hearth_preferences_group_perform (self, &hearth_operation_list_access_tokens, NULL, listed_cb);
}

static void
hearth_devices_group_begin (HearthPreferencesGroup *group)
{
  HearthDevicesGroup *self = HEARTH_DEVICES_GROUP (group);

  g_settings_bind (get_settings (self), "allow-other-devices", self->allow, "active", G_SETTINGS_BIND_DEFAULT);
  /* From now on it is the user. */
  g_signal_connect_object (self->allow, "notify::active", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
}

/* --- the widget --------------------------------------------------------------------------------- */

static void
hearth_devices_group_finalize (GObject *object)
{
  HearthDevicesGroup *self = HEARTH_DEVICES_GROUP (object);

  g_clear_pointer (&self->tokens, hearth_value_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (hearth_devices_group_parent_class)->finalize (object);
}

static void
hearth_devices_group_class_init (HearthDevicesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_devices_group_finalize;
  HEARTH_PREFERENCES_GROUP_CLASS (klass)->begin = hearth_devices_group_begin;
  HEARTH_PREFERENCES_GROUP_CLASS (klass)->update = hearth_devices_group_update;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-devices-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthDevicesGroup, row);
  gtk_widget_class_bind_template_child (widget_class, HearthDevicesGroup, allow);
  gtk_widget_class_bind_template_child (widget_class, HearthDevicesGroup, add);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
hearth_devices_group_init (HearthDevicesGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
