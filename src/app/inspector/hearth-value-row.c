/* hearth-value-row.c: a slot's name and its value to edit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-value-row.h"

#include "hearth-display.h"

#include "hearth-i18n.h"

struct _HearthValueRow
{
  GtkListBoxRow      parent_instance;

  /* template */
  GtkBox            *box;
  GtkLabel          *title;
  GtkLabel          *type;
  GtkButton         *reset;
  GtkBox            *beside;

  /* owned */
  HearthSlot        *slot;

  /* borrowed: a child, or NULL */
  HearthValueEditor *editor;
};

enum
{
  EDITED,
  TRIGGERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthValueRow, hearth_value_row, GTK_TYPE_LIST_BOX_ROW)

static void
update_reset (HearthValueRow *self)
{
  HearthValue *value = self->editor != NULL ? hearth_value_editor_get_value (self->editor) : NULL;
  gboolean is_changed =
    value != NULL && !hearth_value_equal (value, hearth_slot_get_effective_default (self->slot));

  gtk_widget_set_visible (GTK_WIDGET (self->reset), is_changed && self->slot->default_value != NULL);
}

static void
edited_cb (HearthValueRow *self,
           gpointer        value)
{
  g_assert (HEARTH_IS_VALUE_ROW (self));

  update_reset (self);
  g_signal_emit (self, signals[EDITED], 0, value);
}

static void
triggered_cb (HearthValueRow *self)
{
  g_signal_emit (self, signals[TRIGGERED], 0);
}

static void
reset_cb (HearthValueRow *self)
{
  g_assert (HEARTH_IS_VALUE_ROW (self));

  hearth_value_row_set_value (self, NULL);
  g_signal_emit (self, signals[EDITED], 0, NULL);
}

static void
hearth_value_row_finalize (GObject *object)
{
  HearthValueRow *self = HEARTH_VALUE_ROW (object);

  g_clear_pointer (&self->slot, hearth_slot_unref);

  G_OBJECT_CLASS (hearth_value_row_parent_class)->finalize (object);
}

static void
hearth_value_row_class_init (HearthValueRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_value_row_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[TRIGGERED] = g_signal_new ("triggered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-value-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthValueRow, box);
  gtk_widget_class_bind_template_child (widget_class, HearthValueRow, title);
  gtk_widget_class_bind_template_child (widget_class, HearthValueRow, type);
  gtk_widget_class_bind_template_child (widget_class, HearthValueRow, reset);
  gtk_widget_class_bind_template_child (widget_class, HearthValueRow, beside);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
hearth_value_row_init (HearthValueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- public ------------------------------------------------------------------------------- */

static void
add_editor (HearthValueRow *self,
            GtkWidget      *editor)
{
  self->editor = HEARTH_VALUE_EDITOR (editor);
  g_signal_connect_object (editor, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "triggered", G_CALLBACK (triggered_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (hearth_value_editor_is_block (self->editor) ? self->box : self->beside, editor);
}

GtkWidget *
hearth_value_row_new (HearthSlot *slot)
{
  HearthValueRow *self;
  GtkWidget *editor;

  g_return_val_if_fail (slot != NULL, NULL);

  self = g_object_new (HEARTH_TYPE_VALUE_ROW, "tooltip-text", slot->description, NULL);
  self->slot = hearth_slot_ref (slot);
  gtk_label_set_label (self->title, slot->title);
  /* A multi-input takes what is wired to it and nothing else. */
  editor = hearth_slot_is (slot, MULTI) ? NULL : hearth_value_editor_new (slot);
  if (editor != NULL)
    add_editor (self, editor);
  else
    gtk_label_set_label (self->type, _("not connected"));
  gtk_widget_set_visible (GTK_WIDGET (self->type), editor == NULL);
  hearth_display_name (GTK_WIDGET (self), slot->title);
  return GTK_WIDGET (self);
}

HearthSlot *
hearth_value_row_get_slot (HearthValueRow *self)
{
  g_return_val_if_fail (HEARTH_IS_VALUE_ROW (self), NULL);

  return self->slot;
}

HearthValueEditor *
hearth_value_row_get_editor (HearthValueRow *self)
{
  g_return_val_if_fail (HEARTH_IS_VALUE_ROW (self), NULL);

  return self->editor;
}

void
hearth_value_row_add_button (HearthValueRow *self,
                             GtkWidget      *button)
{
  g_return_if_fail (HEARTH_IS_VALUE_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (button));

  gtk_box_append (self->beside, button);
}

void
hearth_value_row_choose (HearthValueRow *self,
                         HearthValue    *value)
{
  g_return_if_fail (HEARTH_IS_VALUE_ROW (self));

  hearth_value_row_set_value (self, value);
  g_signal_emit (self, signals[EDITED], 0, value);
}

void
hearth_value_row_set_value (HearthValueRow *self,
                            HearthValue    *value)
{
  g_return_if_fail (HEARTH_IS_VALUE_ROW (self));

  if (self->editor != NULL)
    hearth_value_editor_set_value (self->editor, value);
  update_reset (self);
}
