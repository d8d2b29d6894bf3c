/* hearth-channel-form.c: what is entered of a service of language models
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-channel-form.h"

#include "hearth-llm-operations.h"

#include "hearth-i18n.h"

struct _HearthChannelForm
{
  AdwPreferencesGroup parent_instance;

  /* template */
  AdwComboRow  *kind;
  GtkStringList *kinds;
  GtkEditable  *label;
  GtkEditable  *address;
  GtkEditable  *key;
  GtkEditable  *models;
  GtkSwitch    *enabled;
  AdwActionRow *offer;

  /* owned */
  HearthValue *presets;  /* what the combo box lists; NULL: not known yet */
  HearthValue *channel;
  HearthValue *offered;
};

enum
{
  PROP_COMPLETE = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (HearthChannelForm, hearth_channel_form, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
is_complete (HearthChannelForm *self)
{
  return *gtk_editable_get_text (self->label) != '\0' && *gtk_editable_get_text (self->address) != '\0';
}

static void
changed_cb (HearthChannelForm *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
}

/* --- the kind of service ----------------------------------------------------------------------------- */

static HearthValue *
get_preset (HearthChannelForm *self)
{
  guint selected = adw_combo_row_get_selected (self->kind);

  return self->presets != NULL && selected < hearth_value_get_length (self->presets) ? hearth_value_at (self->presets, selected) : NULL;
}

static gboolean
is_of_a_preset (HearthChannelForm *self,
                const char        *key,
                const char        *text)
{
  for (gsize i = 0; i < hearth_value_get_length (self->presets); i++)
    if (g_strcmp0 (hearth_value_get_member_string (hearth_value_at (self->presets, i), key, NULL), text) == 0)
      return TRUE;
  return FALSE;
}

/* What a person has typed stays. */
static void
fill (HearthChannelForm *self,
      GtkEditable       *field,
      HearthValue       *preset,
      const char        *key)
{
  const char *text = gtk_editable_get_text (field);

  if (*text == '\0' || is_of_a_preset (self, key, text))
    gtk_editable_set_text (field, hearth_value_get_member_string (preset, key, ""));
}

static void
kind_cb (HearthChannelForm *self)
{
  HearthValue *preset = get_preset (self);

  if (preset == NULL)
    return;
  fill (self, self->label, preset, "name");
  fill (self, self->address, preset, "baseUrl");
}

/* By its preset, else by its address, else the first of its language. */
static gboolean
fits (HearthChannelForm *self,
      HearthValue       *preset,
      const char        *key,
      const char        *own_key)
{
  const char *own = hearth_value_get_member_string (self->channel, own_key, NULL);

  return own != NULL && g_strcmp0 (hearth_value_get_member_string (preset, key, NULL), own) == 0;
}

static guint
find_preset (HearthChannelForm *self)
{
  static const struct { const char *key, *own; } ways[] = {
    { "id", "preset" }, { "baseUrl", "baseUrl" }, { "providerId", "adapterType" },
  };

  for (guint way = 0; way < G_N_ELEMENTS (ways); way++)
    for (guint i = 0; i < hearth_value_get_length (self->presets); i++)
      if (fits (self, hearth_value_at (self->presets, i), ways[way].key, ways[way].own))
        return i;
  return 0;
}

static void
presets_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthChannelForm) self = user_data;
  HearthValue *presets = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, NULL);
  gboolean fresh = hearth_value_get (self->channel, "baseUrl") == NULL;

  if (presets == NULL || self->presets != NULL)
    {
      g_clear_pointer (&presets, hearth_value_unref);
      return;
    }
  for (gsize i = 0; i < hearth_value_get_length (presets); i++)
    gtk_string_list_append (self->kinds, hearth_value_get_member_string (hearth_value_at (presets, i), "name", ""));
  self->presets = presets;
  adw_combo_row_set_selected (self->kind, find_preset (self));
  if (fresh)
    kind_cb (self);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (kind_cb), self, G_CONNECT_SWAPPED);
}

/* --- models -------------------------------------------------------------------------------------------- */

static HearthValue *
read_models (HearthChannelForm *self)
{
  g_auto (GStrv) words = g_strsplit_set (gtk_editable_get_text (self->models), ",\n", -1);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (char **word = words; *word != NULL; word++)
    if (*g_strstrip (*word) != '\0')
      hearth_builder_add_string (&out, NULL, *word);
  return hearth_builder_end_array (&out);
}

static void
show_models (HearthChannelForm *self,
             HearthValue       *models,
             const char        *key) /* of each; NULL: they are texts */
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; models != NULL && i < hearth_value_get_length (models); i++)
    {
      HearthValue *model = hearth_value_at (models, i);
      const char *id = key != NULL ? hearth_value_get_member_string (model, key, "")
                                   : hearth_value_is (model, STRING) ? hearth_value_get_string (model, NULL) : "";

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", id);
    }
  gtk_editable_set_text (self->models, text->str);
}

void
hearth_channel_form_offer_models (HearthChannelForm *self,
                                  HearthValue       *models)
{
  guint n;
  g_autofree char *title = NULL;

  g_return_if_fail (HEARTH_IS_CHANNEL_FORM (self));
  g_return_if_fail (hearth_value_is (models, ARRAY));

  n = (guint) hearth_value_get_length (models);
  title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The Service Has %u Model", "The Service Has %u Models", n), n);
  hearth_value_ref (models);
  g_clear_pointer (&self->offered, hearth_value_unref);
  self->offered = models;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->offer), title);
  gtk_widget_set_visible (GTK_WIDGET (self->offer), n > 0);
}

static void
take_cb (HearthChannelForm *self)
{
  HearthValue *first = hearth_value_get_length (self->offered) > 0 ? hearth_value_at (self->offered, 0) : NULL;

  show_models (self, self->offered, hearth_value_is (first, OBJECT) ? "id" : NULL);
}

/* --- the whole ------------------------------------------------------------------------------------------ */

HearthValue *
hearth_channel_form_dup_channel (HearthChannelForm *self)
{
  HearthValue *preset;
  const char *key;
  HearthValue *secret = NULL;

  g_return_val_if_fail (HEARTH_IS_CHANNEL_FORM (self), NULL);

  preset = get_preset (self);
  key = gtk_editable_get_text (self->key);
  if (*key != '\0')
    {
      secret = hearth_value_string (key);
      hearth_value_mark_secret (secret);
    }
  return hearth_value_object ("label", hearth_value_string (gtk_editable_get_text (self->label)),
                              "baseUrl", hearth_value_string (gtk_editable_get_text (self->address)),
                              "adapterType", hearth_value_ref_or_null (hearth_value_get (preset, "providerId")),
                              "preset", hearth_value_ref_or_null (hearth_value_get (preset, "id")),
                              "supportedModels", read_models (self),
                              "disabled", hearth_value_boolean (!gtk_switch_get_active (self->enabled)),
                              "apiKey", secret, NULL);
}

void
hearth_channel_form_set_channel (HearthChannelForm *self,
                                 HearthWorkspace   *workspace,
                                 HearthValue       *channel)
{
  g_autoptr (HearthValue) nothing = hearth_value_empty_object ();
  const char *hint;
  g_autofree char *title = NULL;

  g_return_if_fail (HEARTH_IS_CHANNEL_FORM (self));
  g_return_if_fail (channel != NULL);

  self->channel = hearth_value_ref (channel);
  gtk_editable_set_text (self->label, hearth_value_get_member_string (channel, "label", ""));
  gtk_editable_set_text (self->address, hearth_value_get_member_string (channel, "baseUrl", ""));
  show_models (self, hearth_value_get_member_kind (channel, "supportedModels", HEARTH_VALUE_ARRAY), NULL);
  gtk_switch_set_active (self->enabled, !hearth_value_get_member_boolean (channel, "disabled", FALSE));
  hint = hearth_value_get_member_string (channel, "keyHint", "");
  if (hearth_value_get_member_boolean (channel, "hasKey", FALSE))
    title = *hint != '\0' ? g_strdup_printf (_("Another Key (the one there ends in %s)"), hint) : g_strdup (_("Another Key"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key), title != NULL ? title : _("Key"));
  hearth_workspace_perform (workspace, &hearth_operation_list_presets, nothing, NULL, presets_cb, g_object_ref (self));
}

static void
hearth_channel_form_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  if (id == PROP_COMPLETE)
    g_value_set_boolean (value, is_complete (HEARTH_CHANNEL_FORM (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hearth_channel_form_finalize (GObject *object)
{
  HearthChannelForm *self = HEARTH_CHANNEL_FORM (object);

  g_clear_pointer (&self->presets, hearth_value_unref);
  g_clear_pointer (&self->channel, hearth_value_unref);
  g_clear_pointer (&self->offered, hearth_value_unref);

  G_OBJECT_CLASS (hearth_channel_form_parent_class)->finalize (object);
}

static void
hearth_channel_form_class_init (HearthChannelFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hearth_channel_form_get_property;
  object_class->finalize = hearth_channel_form_finalize;

  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hearthstudio/Hearth/hearth-channel-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthChannelForm, kind);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelForm, kinds);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelForm, label);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelForm, address);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelForm, key);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelForm, models);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelForm, enabled);
  gtk_widget_class_bind_template_child (widget_class, HearthChannelForm, offer);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
}

static void
hearth_channel_form_init (HearthChannelForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
