/* hearth-interface-row.c: one slot of a workflow's interface to edit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-interface-row.h"

#include "hearth-display.h"
#include "hearth-value-row.h"

#include "hearth-i18n.h"

struct _HearthInterfaceRow
{
  AdwExpanderRow  parent_instance;

  /* template */
  AdwEntryRow    *name;
  AdwEntryRow    *description;
  AdwComboRow    *type;
  GtkSwitch      *stream;

  /* owned */
  char           *key;
  HearthValue    *entry;

  /* borrowed: a child, or NULL */
  GtkWidget      *value_row;

  gboolean        is_output;
  gboolean        is_showing;
};

enum
{
  EDITED,
  VERB,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthInterfaceRow, hearth_interface_row, ADW_TYPE_EXPANDER_ROW)

/* --- edits ------------------------------------------------------------------------------------------- */

/* @value taken; NULL removes the member. */
static void
edit_member (HearthInterfaceRow *self,
             const char         *member,
             HearthValue        *value)
{
  g_autoptr (HearthValue) owned = value;
  g_autoptr (HearthValue) entry = NULL;

  if (self->is_showing)
    return;
  entry = hearth_value_with (self->entry, member, owned);
  if (!hearth_value_equal (entry, self->entry))
    g_signal_emit (self, signals[EDITED], 0, entry);
}

static void
name_changed_cb (HearthInterfaceRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name));

  edit_member (self, "displayName", *text != '\0' ? hearth_value_string (text) : NULL);
}

static void
description_changed_cb (HearthInterfaceRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->description));

  edit_member (self, "customDescription", *text != '\0' ? hearth_value_string (text) : NULL);
}

/* A default of the old type would only be wrong in the new one. */
static void
type_changed_cb (HearthInterfaceRow *self)
{
  HearthDataType type = adw_combo_row_get_selected (self->type);
  g_autoptr (HearthValue) name = NULL;
  g_autoptr (HearthValue) typed = NULL;
  HearthValue *config;

  if (self->is_showing || type >= HEARTH_N_DATA_TYPES)
    return;
  name = hearth_value_string (hearth_data_type_to_string (type));
  if (hearth_value_equal (name, hearth_value_get (self->entry, "dataFlowType")))
    return;
  typed = hearth_value_with (self->entry, "dataFlowType", name);
  config = hearth_value_get_member_kind (typed, "config", HEARTH_VALUE_OBJECT);
  if (config != NULL)
    {
      g_autoptr (HearthValue) rest = hearth_value_with (config, "default", NULL);
      HearthValue *whole = hearth_value_with (typed, "config", rest);

      hearth_value_unref (typed);
      typed = whole;
    }
  g_signal_emit (self, signals[EDITED], 0, typed);
}

static void
stream_changed_cb (HearthInterfaceRow *self)
{
  edit_member (self, "isStream", gtk_switch_get_active (self->stream) ? hearth_value_boolean (TRUE) : NULL);
}

static void
default_edited_cb (HearthInterfaceRow *self,
                   gpointer            value)
{
  HearthValue *config = hearth_value_get_member_kind (self->entry, "config", HEARTH_VALUE_OBJECT);

  edit_member (self, "config", hearth_value_with (config, "default", value));
}

static void
up_cb (HearthInterfaceRow *self)
{
  g_signal_emit (self, signals[VERB], 0, HEARTH_INTERFACE_UP);
}

static void
down_cb (HearthInterfaceRow *self)
{
  g_signal_emit (self, signals[VERB], 0, HEARTH_INTERFACE_DOWN);
}

static void
remove_cb (HearthInterfaceRow *self)
{
  g_signal_emit (self, signals[VERB], 0, HEARTH_INTERFACE_REMOVE);
}

/* --- showing --------------------------------------------------------------------------------------------- */

static HearthDataType
get_data_type (HearthValue *entry)
{
  HearthDataType type = HEARTH_DATA_WILDCARD;

  hearth_data_type_from_string (hearth_value_get_member_string (entry, "dataFlowType", ""), &type);
  return type;
}

static void
show_title (HearthInterfaceRow *self)
{
  HearthDataType type = get_data_type (self->entry);
  g_autofree char *subtitle = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 hearth_value_get_member_string (self->entry, "displayName", self->key));
  if (hearth_value_get_member_boolean (self->entry, "isStream", FALSE))
    subtitle = g_strdup_printf (_("%s, as it comes"), hearth_display_type (type));
  else
    subtitle = g_strdup (hearth_display_type (type));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}

static void
set_text (AdwEntryRow *row,
          const char  *text)
{
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* The editor of the default fits one type, so it is made anew with the type. */
static void
show_default (HearthInterfaceRow *self,
              gboolean            is_new_type)
{
  g_autoptr (HearthSlot) slot = NULL;
  HearthValue *config = hearth_value_get_member_kind (self->entry, "config", HEARTH_VALUE_OBJECT);

  if (self->is_output)
    return;
  if (is_new_type)
    {
      g_autoptr (HearthValue) entry = hearth_value_with (self->entry, "displayName", NULL);
      g_autoptr (HearthValue) title = hearth_value_string (_("Default"));
      g_autoptr (HearthValue) named = hearth_value_with (entry, "displayName", title);

      if (self->value_row != NULL)
        adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->value_row);
      self->value_row = NULL;
      slot = hearth_slot_new_from_interface (self->key, named);
      if (!hearth_value_editor_fits (slot))
        return;
      self->value_row = hearth_value_row_new (slot);
      g_signal_connect_object (self->value_row, "edited", G_CALLBACK (default_edited_cb), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->value_row);
    }
  if (self->value_row != NULL)
    hearth_value_row_set_value (HEARTH_VALUE_ROW (self->value_row), hearth_value_get (config, "default"));
}

void
hearth_interface_row_set_entry (HearthInterfaceRow *self,
                                HearthValue        *entry)
{
  gboolean is_new_type;

  g_return_if_fail (HEARTH_IS_INTERFACE_ROW (self));
  g_return_if_fail (entry != NULL);

  if (hearth_value_equal (entry, self->entry))
    return;
  is_new_type = self->entry == NULL || get_data_type (entry) != get_data_type (self->entry) ||
                hearth_value_get_member_boolean (entry, "isStream", FALSE) !=
                  hearth_value_get_member_boolean (self->entry, "isStream", FALSE);
  g_clear_pointer (&self->entry, hearth_value_unref);
  self->entry = hearth_value_ref (entry);

  self->is_showing = TRUE;
  show_title (self);
  set_text (self->name, hearth_value_get_member_string (entry, "displayName", self->key));
  set_text (self->description, hearth_value_get_member_string (entry, "customDescription", ""));
  adw_combo_row_set_selected (self->type, get_data_type (entry));
  gtk_switch_set_active (self->stream, hearth_value_get_member_boolean (entry, "isStream", FALSE));
  show_default (self, is_new_type);
  self->is_showing = FALSE;
}

/* --- class ------------------------------------------------------------------------------------------------- */

static void
hearth_interface_row_finalize (GObject *object)
{
  HearthInterfaceRow *self = HEARTH_INTERFACE_ROW (object);

  g_free (self->key);
  g_clear_pointer (&self->entry, hearth_value_unref);

  G_OBJECT_CLASS (hearth_interface_row_parent_class)->finalize (object);
}

static void
hearth_interface_row_class_init (HearthInterfaceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_interface_row_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[VERB] = g_signal_new ("verb", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-interface-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceRow, name);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceRow, description);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceRow, type);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceRow, stream);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, description_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, type_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stream_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
hearth_interface_row_init (HearthInterfaceRow *self)
{
  g_autoptr (GtkStringList) types = gtk_string_list_new (NULL);

  self->is_showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < HEARTH_N_DATA_TYPES; i++)
    gtk_string_list_append (types, hearth_display_type (i));
  adw_combo_row_set_model (self->type, G_LIST_MODEL (types));
  self->is_showing = FALSE;
}

GtkWidget *
hearth_interface_row_new (const char  *key,
                          HearthValue *entry,
                          gboolean     is_output)
{
  HearthInterfaceRow *self = g_object_new (HEARTH_TYPE_INTERFACE_ROW, NULL);

  self->key = g_strdup (key);
  self->is_output = is_output;
  hearth_interface_row_set_entry (self, entry);
  return GTK_WIDGET (self);
}

const char *
hearth_interface_row_get_key (HearthInterfaceRow *self)
{
  g_return_val_if_fail (HEARTH_IS_INTERFACE_ROW (self), NULL);

  return self->key;
}
