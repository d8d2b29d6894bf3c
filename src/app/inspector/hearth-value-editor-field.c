/* hearth-value-editor-field.c: value editors of one line: text, number, choice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-value-editor-private.h"

#include <math.h>

#include "hearth-i18n.h"

/* Beside the field, its suggestions where there are any. */
static GtkWidget *
with_suggestions (HearthValueEditor *self,
                  GtkWidget         *field)
{
  GtkWidget *suggestions = _hearth_value_editor_new_suggestions (self);
  GtkWidget *box;

  if (suggestions == NULL)
    return field;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_hexpand (field, TRUE);
  gtk_box_append (GTK_BOX (box), field);
  gtk_box_append (GTK_BOX (box), suggestions);
  return box;
}

/* --- text -------------------------------------------------------------------------------------- */

static void
text_changed_cb (HearthValueEditor *self)
{
  g_assert (HEARTH_IS_VALUE_EDITOR (self));

  _hearth_value_editor_take (self,
                             hearth_value_string (gtk_editable_get_text (GTK_EDITABLE (self->widget))));
}

static GtkWidget *
build_text (HearthValueEditor *self)
{
  self->widget = hearth_slot_is (self->slot, SECRET)
                 ? g_object_new (GTK_TYPE_PASSWORD_ENTRY, "show-peek-icon", TRUE, NULL) : gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->widget), 8);
  g_object_set (self->widget, "placeholder-text",
                hearth_value_get_member_string (self->slot->config, "placeholder", NULL), NULL);
  gtk_editable_set_editable (GTK_EDITABLE (self->widget),
                             !hearth_value_get_member_boolean (self->slot->config, "readOnly", FALSE));
  g_signal_connect_object (self->widget, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  return with_suggestions (self, self->widget);
}

static void
show_text (HearthValueEditor *self,
           HearthValue       *value)
{
  g_autofree char *text = value == NULL || hearth_value_is (value, NULL) ? g_strdup ("")
                                                                         : hearth_value_to_text (value);

  gtk_editable_set_text (GTK_EDITABLE (self->widget), text);
}

const HearthEditorKind _hearth_editor_text = { build_text, show_text, TRUE };

/* --- number -------------------------------------------------------------------------------------- */

static void
number_changed_cb (HearthValueEditor *self)
{
  double number;

  g_assert (HEARTH_IS_VALUE_EDITOR (self));

  number = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->widget));
  _hearth_value_editor_take (self, self->slot->type == HEARTH_DATA_INTEGER ? hearth_value_integer (llrint (number))
                                                                           : hearth_value_double (number));
}

/* Scrolling the inspector must not change the numbers that pass under the pointer. */
static void
stop_wheel (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = g_list_model_get_n_items (controllers); i > 0; i--)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i - 1);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_widget_remove_controller (widget, controller);
    }
}

static GtkWidget *
build_number (HearthValueEditor *self)
{
  HearthValue *config = self->slot->config;
  gboolean is_whole = self->slot->type == HEARTH_DATA_INTEGER;
  /* Every whole number up to here is exact in a double. */
  double limit = is_whole ? 9007199254740991.0 : 1e15;
  double step = hearth_value_get_member_double (config, "step", is_whole ? 1 : 0.01);
  GtkAdjustment *adjustment = gtk_adjustment_new (0, hearth_value_get_member_double (config, "min", -limit),
                                                  hearth_value_get_member_double (config, "max", limit),
                                                  step > 0 ? step : 1, step * 10, 0);

  self->widget = gtk_spin_button_new (adjustment, step, is_whole ? 0 : 2);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->widget), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->widget), 5);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (self->widget), TRUE);
  gtk_widget_set_valign (self->widget, GTK_ALIGN_CENTER);
  stop_wheel (self->widget);
  g_signal_connect_object (self->widget, "value-changed", G_CALLBACK (number_changed_cb), self, G_CONNECT_SWAPPED);
  return with_suggestions (self, self->widget);
}

/* Enough digits to show the number as it is, so that leaving the field does not round it. */
static guint
count_digits (double number)
{
  for (guint digits = 2; digits < 12; digits++)
    {
      double scaled = number * pow (10, digits);

      if (fabs (scaled - round (scaled)) < 1e-6 * MAX (1, fabs (scaled)) * 1e-6)
        return digits;
    }
  return 12;
}

static void
show_number (HearthValueEditor *self,
             HearthValue       *value)
{
  double number = value != NULL ? hearth_value_to_number (value) : 0;

  if (!isfinite (number))
    number = 0;
  if (self->slot->type == HEARTH_DATA_FLOAT)
    gtk_spin_button_set_digits (GTK_SPIN_BUTTON (self->widget), count_digits (number));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->widget), number);
}

const HearthEditorKind _hearth_editor_number = { build_number, show_number, FALSE };

/* --- choice -------------------------------------------------------------------------------------- */

static void
chosen_cb (HearthValueEditor *self)
{
  guint position;

  g_assert (HEARTH_IS_VALUE_EDITOR (self));

  position = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->widget));
  if (self->choices == NULL || position >= hearth_value_get_length (self->choices))
    return;
  _hearth_value_editor_take (self,
                             hearth_value_ref (_hearth_choice_get_value (hearth_value_at (self->choices, position))));
}

static GtkWidget *
build_choice (HearthValueEditor *self)
{
  GtkExpression *label = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->widget = gtk_drop_down_new (NULL, label);
  g_signal_connect_object (self->widget, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  return self->widget;
}

/* A stored value that is not among the choices stays visible, at the end. */
static void
show_choice (HearthValueEditor *self,
             HearthValue       *value)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;
  gsize n = self->choices != NULL ? hearth_value_get_length (self->choices) : 0;

  for (gsize i = 0; i < n; i++)
    {
      HearthValue *choice = hearth_value_at (self->choices, i);

      gtk_string_list_take (labels, _hearth_choice_dup_label (choice));
      if (selected == GTK_INVALID_LIST_POSITION && hearth_value_equal (_hearth_choice_get_value (choice), value))
        selected = i;
    }
  if (selected == GTK_INVALID_LIST_POSITION)
    {
      gboolean is_empty = value == NULL || !hearth_value_is_truthy (value);

      gtk_string_list_take (labels, is_empty ? g_strdup (_("Choose…")) : hearth_value_to_text (value));
      selected = n;
    }
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->widget), n > 10);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->widget), G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->widget), selected);
}

const HearthEditorKind _hearth_editor_choice = { build_choice, show_choice, TRUE };
