/* hearth-value-editor.h: the right widget for the value of a slot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-node-type.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_VALUE_EDITOR (hearth_value_editor_get_type ())
G_DECLARE_FINAL_TYPE (HearthValueEditor, hearth_value_editor, HEARTH, VALUE_EDITOR, AdwBin)

/* Signals:
 *  ::edited (gpointer HearthValue)  the user chose or typed it; not emitted by set_value()
 *  ::triggered                      the button of a trigger
 */

/* NULL when no widget fits the slot (nodes.md 3.1). */
GtkWidget  *hearth_value_editor_new         (HearthSlot        *slot);
gboolean    hearth_value_editor_fits        (HearthSlot        *slot);
/* Wants the whole width, under the name rather than beside it. */
gboolean    hearth_value_editor_is_block    (HearthValueEditor *self);
/* NULL: nothing is stored, the default is shown. */
void        hearth_value_editor_set_value   (HearthValueEditor *self,
                                             HearthValue       *value);
HearthValue *hearth_value_editor_get_value  (HearthValueEditor *self);
/* Offers these instead of what the slot suggests: modes, workflows. Only for a choice. */
void        hearth_value_editor_set_choices (HearthValueEditor *self,
                                             HearthValue       *choices);
/* The widget that takes the keyboard. */
GtkWidget  *hearth_value_editor_get_widget  (HearthValueEditor *self);

G_END_DECLS
