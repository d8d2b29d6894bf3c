/* hearth-value-row.h: a slot's name and its value to edit, or where the value comes from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value-editor.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_VALUE_ROW (hearth_value_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthValueRow, hearth_value_row, HEARTH, VALUE_ROW, GtkListBoxRow)

/* Signals:
 *  ::edited (gpointer HearthValue)  NULL: back to the default
 *  ::triggered
 */

GtkWidget         *hearth_value_row_new        (HearthSlot     *slot);
HearthSlot        *hearth_value_row_get_slot   (HearthValueRow *self);
/* NULL for a slot that no widget fits. */
HearthValueEditor *hearth_value_row_get_editor (HearthValueRow *self);
/* @value NULL: nothing is stored. */
void               hearth_value_row_set_value  (HearthValueRow *self,
                                                HearthValue    *value);
/* As the user would: shows it, and emits ::edited. */
void               hearth_value_row_choose     (HearthValueRow *self,
                                                HearthValue    *value);
/* Beside the name. */
void               hearth_value_row_add_button (HearthValueRow *self,
                                                GtkWidget      *button);

G_END_DECLS
