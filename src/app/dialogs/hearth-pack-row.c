/* hearth-pack-row.c: a pack, with the switch that puts its nodes into the catalogue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-row.h"

#include "hearth-display.h"
#include "hearth-packs-group.h"

#include "hearth-i18n.h"

struct _HearthPackRow
{
  AdwActionRow parent_instance;

  /* owned by their parents */
  GtkWidget *warning;
  GtkWidget *enabled;

  /* owned */
  HearthValue *plugin;
};

G_DEFINE_FINAL_TYPE (HearthPackRow, hearth_pack_row, ADW_TYPE_ACTION_ROW)

static gboolean
is_enabled (HearthPackRow *self)
{
  return hearth_value_get_member_boolean (self->plugin, "enabled", FALSE);
}

/* The switch has moved; by the user, or because the pack is so. */
static void
switched_cb (HearthPackRow *self)
{
  gboolean active = gtk_switch_get_active (GTK_SWITCH (self->enabled));
  GtkWidget *group = gtk_widget_get_ancestor (GTK_WIDGET (self), HEARTH_TYPE_PACKS_GROUP);

  if (self->plugin == NULL || active == is_enabled (self) || group == NULL)
    return;
  hearth_packs_group_change (HEARTH_PACKS_GROUP (group), self->plugin,
                             hearth_value_object ("enabled", hearth_value_boolean (active), NULL));
}

static void
hearth_pack_row_finalize (GObject *object)
{
  HearthPackRow *self = HEARTH_PACK_ROW (object);

  g_clear_pointer (&self->plugin, hearth_value_unref);

  G_OBJECT_CLASS (hearth_pack_row_parent_class)->finalize (object);
}

static void
hearth_pack_row_class_init (HearthPackRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_pack_row_finalize;
}

static void
hearth_pack_row_init (HearthPackRow *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (self->warning, "warning");
  hearth_display_name (self->warning, _("There is a problem"));
  adw_action_row_add_suffix (row, self->warning);
  self->enabled = gtk_switch_new ();
  gtk_widget_set_valign (self->enabled, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, self->enabled);
  adw_action_row_set_activatable_widget (row, self->enabled);
  g_signal_connect_object (self->enabled, "notify::active", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
}

/* --- what it says ----------------------------------------------------------------------------- */

static void
append_part (GString    *text,
             const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static void
append_facts (GString     *text,
              HearthValue *plugin,
              guint        n_nodes)
{
  HearthValue *manifest = hearth_value_get (plugin, "manifest");
  const char *version = hearth_value_get_member_string (manifest, "version", NULL);
  g_autofree char *nodes = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node", "%u nodes", n_nodes), n_nodes);

  if (version != NULL)
    append_part (text, version);
  if (hearth_value_get_member_boolean (plugin, "enabled", FALSE))
    append_part (text, nodes);
  else
    append_part (text, _("Off"));
  if (hearth_value_get (manifest, "frontend") != NULL)
    append_part (text, _("a script in web pages"));
}

static char *
describe (HearthValue *plugin,
          guint        n_nodes)
{
  HearthValue *problems = hearth_value_get (plugin, "problems");
  g_autoptr (GString) text = g_string_new (NULL);

  if (hearth_value_get (plugin, "manifest") != NULL)
    append_facts (text, plugin, n_nodes);
  for (gsize i = 0; problems != NULL && i < hearth_value_get_length (problems); i++)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, hearth_value_get_string (hearth_value_at (problems, i), NULL));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GtkWidget *
hearth_pack_row_new (void)
{
  return g_object_new (HEARTH_TYPE_PACK_ROW, NULL);
}

const char *
hearth_pack_row_get_name (HearthValue *plugin)
{
  const char *name = hearth_value_get_member_string (plugin, "name", "");

  return hearth_value_get_member_string (hearth_value_get (plugin, "manifest"), "displayName", name);
}

void
hearth_pack_row_set_plugin (HearthPackRow *self,
                            HearthValue   *plugin,
                            guint          n_nodes)
{
  HearthValue *problems = hearth_value_get (plugin, "problems");
  const char *name = hearth_pack_row_get_name (plugin);
  g_autofree char *text = describe (plugin, n_nodes);

  g_return_if_fail (HEARTH_IS_PACK_ROW (self));

  hearth_value_ref (plugin);
  g_clear_pointer (&self->plugin, hearth_value_unref);
  self->plugin = plugin;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  hearth_display_name (self->enabled, name);
  gtk_widget_set_visible (self->warning, problems != NULL && hearth_value_get_length (problems) > 0);
  gtk_widget_set_sensitive (self->enabled, hearth_value_get (plugin, "manifest") != NULL);
  gtk_switch_set_active (GTK_SWITCH (self->enabled), is_enabled (self));
}
