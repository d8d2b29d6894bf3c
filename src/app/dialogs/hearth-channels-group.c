/* hearth-channels-group.c: the services of language models, and those that are found on this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-channels-group.h"

#include "hearth-channel-page.h"
#include "hearth-llm-operations.h"
#include "hearth-preferences-part.h"

#include "hearth-i18n.h"

struct _HearthChannelsGroup
{
  HearthPreferencesGroup parent_instance;

  /* template */
  GtkWidget    *add;
  AdwActionRow *search;
  GtkWidget    *searching;
  GtkWidget    *look;

  /* owned */
  HearthValue *channels;
  GPtrArray   *rows;  /* of services, then of those found */
};

G_DEFINE_FINAL_TYPE (HearthChannelsGroup, hearth_channels_group, HEARTH_TYPE_PREFERENCES_GROUP)

/* Takes @channel: what is known of it. */
static void
open_page (HearthChannelsGroup *self,
           HearthValue         *channel)
{
  hearth_preferences_open (GTK_WIDGET (self),
                           hearth_channel_page_new (hearth_preferences_group_get_workspace (self), channel));
  hearth_value_unref (channel);
}

/* --- rows ------------------------------------------------------------------------------------- */

static HearthValue *
get_channel (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "channel");
}

static void
activated_cb (HearthChannelsGroup *self,
              GtkWidget           *row)
{
  open_page (self, hearth_value_ref (get_channel (row)));
}

/* The row of the search stays the last one. Takes @channel. */
static void
add_row (HearthChannelsGroup *self,
         HearthValue         *channel,
         const char          *title,
         const char          *subtitle,
         const char          *icon)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", TRUE, "subtitle-lines", 2, NULL);

  /* Not together with "use-markup": the labels would hear of their texts first. */
  g_object_set (row, "title", title, "subtitle", subtitle, NULL);
  g_object_set_data_full (G_OBJECT (row), "channel", channel, (GDestroyNotify) hearth_value_unref);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_object_ref (self->search);
  adw_preferences_group_remove (group, GTK_WIDGET (self->search));
  adw_preferences_group_add (group, row);
  adw_preferences_group_add (group, GTK_WIDGET (self->search));
  g_object_unref (self->search);
  g_ptr_array_add (self->rows, row);
}

static char *
describe (HearthValue *channel)
{
  g_autoptr (GString) text = g_string_new (hearth_value_get_member_string (channel, "baseUrl", ""));
  const char *hint = hearth_value_get_member_string (channel, "keyHint", "");
  g_autofree char *unknown = hearth_channel_explain_unknown (channel);

  if (unknown != NULL)
    return g_steal_pointer (&unknown);
  if (hearth_value_get_member_boolean (channel, "disabled", FALSE))
    g_string_append_printf (text, " · %s", _("Off"));
  if (!hearth_value_get_member_boolean (channel, "hasKey", FALSE))
    g_string_append_printf (text, " · %s", _("No key"));
  else if (*hint != '\0')
    {
      g_string_append (text, " · ");
      /* Translators: the last characters of a key */
      g_string_append_printf (text, _("Key ends in %s"), hint);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
clear_rows (HearthChannelsGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
show_channels (HearthChannelsGroup *self)
{
  clear_rows (self);
  for (gsize i = 0; i < hearth_value_get_length (self->channels); i++)
    {
      HearthValue *channel = hearth_value_at (self->channels, i);
      g_autofree char *subtitle = describe (channel);

      add_row (self, hearth_value_ref (channel), hearth_value_get_member_string (channel, "label", ""), subtitle,
               "go-next-symbolic");
    }
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthChannelsGroup) self = user_data;
  HearthValue *channels = hearth_preferences_group_take_answer (self, source, result);

  if (channels == NULL)
    return;
  g_clear_pointer (&self->channels, hearth_value_unref);
  self->channels = channels;
  show_channels (self);
}

static void
hearth_channels_group_update (HearthPreferencesGroup *group)
{
  hearth_preferences_group_perform (group, &hearth_operation_list_channels, NULL, listed_cb);
}

static void
hearth_channels_group_begin (HearthPreferencesGroup *group)
{
  g_signal_connect_object (hearth_preferences_group_get_workspace (group), "channels-changed",
                           G_CALLBACK (hearth_preferences_group_update), group, G_CONNECT_SWAPPED);
}

/* --- adding -------------------------------------------------------------------------------------- */

static void
add_cb (HearthChannelsGroup *self)
{
  g_assert (HEARTH_IS_CHANNELS_GROUP (self));

  open_page (self, hearth_value_empty_object ());
}

/* --- on this computer ------------------------------------------------------------------------------ */

static void
set_searching (HearthChannelsGroup *self,
               gboolean             searching)
{
  gtk_widget_set_visible (self->searching, searching);
  gtk_widget_set_sensitive (self->look, !searching);
}

static gboolean
is_known (HearthChannelsGroup *self,
          const char          *base_url)
{
  for (gsize i = 0; self->channels != NULL && i < hearth_value_get_length (self->channels); i++)
    if (g_strcmp0 (hearth_value_get_member_string (hearth_value_at (self->channels, i), "baseUrl", NULL), base_url) == 0)
      return TRUE;
  return FALSE;
}

static HearthValue *
make_channel (HearthValue *server)
{
  return hearth_value_object ("label", hearth_value_ref_or_null (hearth_value_get (server, "name")),
                              "adapterType", hearth_value_ref_or_null (hearth_value_get (server, "provider")),
                              "preset", hearth_value_ref_or_null (hearth_value_get (server, "preset")),
                              "baseUrl", hearth_value_ref_or_null (hearth_value_get (server, "baseUrl")), NULL);
}

static void
show_servers (HearthChannelsGroup *self,
              HearthValue         *servers)
{
  guint n_new = 0;

  for (gsize i = 0; i < hearth_value_get_length (servers); i++)
    {
      HearthValue *server = hearth_value_at (servers, i);
      const char *base_url = hearth_value_get_member_string (server, "baseUrl", "");

      if (is_known (self, base_url))
        continue;
      add_row (self, make_channel (server), hearth_value_get_member_string (server, "name", base_url), base_url,
               "list-add-symbolic");
      n_new++;
    }
  adw_action_row_set_subtitle (self->search, n_new > 0 ? _("Choose one above to add it") : _("No others answer on this computer"));
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthChannelsGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) servers = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (hearth_preferences_group_get_application (self) == NULL)
    return;
  set_searching (self, FALSE);
  if (servers == NULL)
    {
      adw_action_row_set_subtitle (self->search, error->message);
      return;
    }
  if (self->channels != NULL)
    show_channels (self);
  show_servers (self, servers);
}

static void
look_cb (HearthChannelsGroup *self)
{
  g_assert (HEARTH_IS_CHANNELS_GROUP (self));

  set_searching (self, TRUE);
  hearth_preferences_group_perform (self, &hearth_operation_list_local_servers, NULL, found_cb);
}

/* --- the widget -------------------------------------------------------------------------------------- */

static void
hearth_channels_group_finalize (GObject *object)
{
  HearthChannelsGroup *self = HEARTH_CHANNELS_GROUP (object);

  g_clear_pointer (&self->channels, hearth_value_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (hearth_channels_group_parent_class)->finalize (object);
}

static void
hearth_channels_group_class_init (HearthChannelsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_channels_group_finalize;
  HEARTH_PREFERENCES_GROUP_CLASS (klass)->begin = hearth_channels_group_begin;
  HEARTH_PREFERENCES_GROUP_CLASS (klass)->update = hearth_channels_group_update;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hearthstudio/Hearth/hearth-channels-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthChannelsGroup, add);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelsGroup, search);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelsGroup, searching);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelsGroup, look);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, look_cb);
}

static void
hearth_channels_group_init (HearthChannelsGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
