/* hearth-value-editor.c: the right widget for the value of a slot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-value-editor-private.h"

#include "hearth-display.h"

#include "hearth-i18n.h"

enum
{
  EDITED,
  TRIGGERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthValueEditor, hearth_value_editor, ADW_TYPE_BIN)

/* --- toggle and trigger, the two small kinds ------------------------------------------------- */

static void
toggled_cb (HearthValueEditor *self)
{
  g_assert (HEARTH_IS_VALUE_EDITOR (self));

  _hearth_value_editor_take (self, hearth_value_boolean (gtk_switch_get_active (GTK_SWITCH (self->widget))));
}

static GtkWidget *
build_toggle (HearthValueEditor *self)
{
  self->widget = g_object_new (GTK_TYPE_SWITCH, "valign", GTK_ALIGN_CENTER, "halign", GTK_ALIGN_END, NULL);
  g_signal_connect_object (self->widget, "notify::active", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return self->widget;
}

static void
show_toggle (HearthValueEditor *self,
             HearthValue       *value)
{
  gtk_switch_set_active (GTK_SWITCH (self->widget), hearth_value_is_truthy (value));
}

static void
clicked_cb (HearthValueEditor *self)
{
  g_assert (HEARTH_IS_VALUE_EDITOR (self));

  g_signal_emit (self, signals[TRIGGERED], 0);
}

static GtkWidget *
build_trigger (HearthValueEditor *self)
{
  self->widget = gtk_button_new_with_label (self->slot->title);
  gtk_button_set_child (GTK_BUTTON (self->widget),
                        g_object_new (GTK_TYPE_LABEL, "label", self->slot->title, "ellipsize",
                                      PANGO_ELLIPSIZE_END, NULL));
  g_signal_connect_object (self->widget, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  return self->widget;
}

static void
show_trigger (HearthValueEditor *self,
              HearthValue       *value)
{
}

const HearthEditorKind _hearth_editor_toggle = { build_toggle, show_toggle, FALSE };
const HearthEditorKind _hearth_editor_trigger = { build_trigger, show_trigger, TRUE };

/* --- which kind ------------------------------------------------------------------------------- */

static gboolean
has_suggestions (HearthSlot *slot)
{
  HearthValue *suggestions = hearth_value_get_member_kind (slot->config, "suggestions", HEARTH_VALUE_ARRAY);

  return suggestions != NULL && hearth_value_get_length (suggestions) > 0;
}

static const HearthEditorKind *
find_text_kind (HearthSlot *slot)
{
  if (hearth_slot_has_category (slot, "ResourceId"))
    return &_hearth_editor_choice;
  if (hearth_slot_has_category (slot, "Code") || hearth_slot_has_category (slot, "Json") ||
      hearth_slot_has_category (slot, "Markdown") ||
      hearth_value_get_member_string (slot->config, "languageHint", NULL) != NULL)
    return &_hearth_editor_code;
  return hearth_value_get_member_boolean (slot->config, "multiline", FALSE) ? &_hearth_editor_area
                                                                            : &_hearth_editor_text;
}

static const HearthEditorKind *
find_kind (HearthSlot *slot)
{
  if (slot->type == HEARTH_DATA_WILDCARD && hearth_slot_has_category (slot, "Trigger"))
    return &_hearth_editor_trigger;
  if (hearth_slot_is (slot, STREAM))
    return NULL;
  if (slot->type <= HEARTH_DATA_FLOAT && has_suggestions (slot) && hearth_slot_has_category (slot, "ComboOption"))
    return &_hearth_editor_choice;
  switch (slot->type)
    {
    case HEARTH_DATA_STRING:
      return find_text_kind (slot);
    case HEARTH_DATA_INTEGER:
    case HEARTH_DATA_FLOAT:
      return &_hearth_editor_number;
    case HEARTH_DATA_BOOLEAN:
      return &_hearth_editor_toggle;
    case HEARTH_DATA_OBJECT:
    case HEARTH_DATA_ARRAY:
      return &_hearth_editor_json;
    case HEARTH_DATA_BINARY:
    case HEARTH_DATA_WILDCARD:
    case HEARTH_DATA_CONVERTIBLE_ANY:
    default:
      return NULL;
    }
}

/* --- choices ------------------------------------------------------------------------------------ */

HearthValue *
_hearth_choice_get_value (HearthValue *choice)
{
  HearthValue *value = hearth_value_get (choice, "value");

  return value != NULL ? value : choice;
}

char *
_hearth_choice_dup_label (HearthValue *choice)
{
  const char *label = hearth_value_get_member_string (choice, "label", NULL);

  return label != NULL ? g_strdup (label) : hearth_value_to_text (_hearth_choice_get_value (choice));
}

static void
suggestion_cb (HearthValueEditor *self,
               GtkButton         *button)
{
  HearthValue *choice = g_object_get_data (G_OBJECT (button), "choice");
  HearthValue *value = _hearth_choice_get_value (choice);

  g_assert (HEARTH_IS_VALUE_EDITOR (self));

  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER)));
  self->is_showing = TRUE;
  self->kind->show (self, value);
  self->is_showing = FALSE;
  _hearth_value_editor_take (self, hearth_value_ref (value));
}

GtkWidget *
_hearth_value_editor_new_suggestions (HearthValueEditor *self)
{
  GtkWidget *button, *popover, *box;

  if (!has_suggestions (self->slot))
    return NULL;

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (gsize i = 0; i < hearth_value_get_length (self->choices); i++)
    {
      HearthValue *choice = hearth_value_at (self->choices, i);
      g_autofree char *label = _hearth_choice_dup_label (choice);
      GtkWidget *item = gtk_button_new_with_label (label);

      gtk_button_set_has_frame (GTK_BUTTON (item), FALSE);
      g_object_set_data_full (G_OBJECT (item), "choice", hearth_value_ref (choice),
                              (GDestroyNotify) hearth_value_unref);
      g_signal_connect_object (item, "clicked", G_CALLBACK (suggestion_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), item);
    }
  popover = g_object_new (GTK_TYPE_POPOVER, "child", box, NULL);
  button = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "pan-down-symbolic", "popover", popover,
                         "tooltip-text", _("Suggestions"), "valign", GTK_ALIGN_CENTER, NULL);
  return button;
}

/* --- class --------------------------------------------------------------------------------------- */

static void
hearth_value_editor_finalize (GObject *object)
{
  HearthValueEditor *self = HEARTH_VALUE_EDITOR (object);

  g_clear_pointer (&self->slot, hearth_slot_unref);
  g_clear_pointer (&self->value, hearth_value_unref);
  g_clear_pointer (&self->choices, hearth_value_unref);

  G_OBJECT_CLASS (hearth_value_editor_parent_class)->finalize (object);
}

static void
hearth_value_editor_class_init (HearthValueEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_value_editor_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[TRIGGERED] = g_signal_new ("triggered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
}

static void
hearth_value_editor_init (HearthValueEditor *self)
{
}

void
_hearth_value_editor_take (HearthValueEditor *self,
                           HearthValue       *value)
{
  g_autoptr (HearthValue) owned = value;

  if (self->is_showing || hearth_value_equal (self->value, value))
    return;
  g_clear_pointer (&self->value, hearth_value_unref);
  self->value = hearth_value_ref (owned);
  g_signal_emit (self, signals[EDITED], 0, owned);
}

/* --- public ---------------------------------------------------------------------------------- */

gboolean
hearth_value_editor_fits (HearthSlot *slot)
{
  g_return_val_if_fail (slot != NULL, FALSE);

  return find_kind (slot) != NULL;
}

GtkWidget *
hearth_value_editor_new (HearthSlot *slot)
{
  const HearthEditorKind *kind;
  HearthValueEditor *self;
  HearthValue *suggestions;

  g_return_val_if_fail (slot != NULL, NULL);

  kind = find_kind (slot);
  if (kind == NULL)
    return NULL;

  self = g_object_new (HEARTH_TYPE_VALUE_EDITOR, NULL);
  self->kind = kind;
  self->slot = hearth_slot_ref (slot);
  suggestions = hearth_value_get_member_kind (slot->config, "suggestions", HEARTH_VALUE_ARRAY);
  self->choices = hearth_value_ref_or_null (suggestions);
  adw_bin_set_child (ADW_BIN (self), kind->build (self));
  hearth_display_name (self->widget, slot->title);
  hearth_value_editor_set_value (self, NULL);
  return GTK_WIDGET (self);
}

gboolean
hearth_value_editor_is_block (HearthValueEditor *self)
{
  g_return_val_if_fail (HEARTH_IS_VALUE_EDITOR (self), FALSE);

  return self->kind->is_block;
}

void
hearth_value_editor_set_value (HearthValueEditor *self,
                               HearthValue       *value)
{
  g_return_if_fail (HEARTH_IS_VALUE_EDITOR (self));

  if (value == NULL)
    value = hearth_slot_get_effective_default (self->slot);
  if (self->value != NULL && hearth_value_equal (self->value, value))
    return;
  g_clear_pointer (&self->value, hearth_value_unref);
  self->value = hearth_value_ref_or_null (value);
  self->is_showing = TRUE;
  self->kind->show (self, value);
  self->is_showing = FALSE;
}

HearthValue *
hearth_value_editor_get_value (HearthValueEditor *self)
{
  g_return_val_if_fail (HEARTH_IS_VALUE_EDITOR (self), NULL);

  return self->value;
}

void
hearth_value_editor_set_choices (HearthValueEditor *self,
                                 HearthValue       *choices)
{
  g_return_if_fail (HEARTH_IS_VALUE_EDITOR (self));
  g_return_if_fail (hearth_value_is (choices, ARRAY));

  g_clear_pointer (&self->choices, hearth_value_unref);
  self->choices = hearth_value_ref (choices);
  self->is_showing = TRUE;
  self->kind->show (self, self->value);
  self->is_showing = FALSE;
}

GtkWidget *
hearth_value_editor_get_widget (HearthValueEditor *self)
{
  g_return_val_if_fail (HEARTH_IS_VALUE_EDITOR (self), NULL);

  return self->widget;
}
