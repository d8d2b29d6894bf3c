/* hearth-interface-row.h: one slot of a workflow's interface to edit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-node-type.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  HEARTH_INTERFACE_REMOVE,
  HEARTH_INTERFACE_UP,
  HEARTH_INTERFACE_DOWN,
} HearthInterfaceVerb;

#define HEARTH_TYPE_INTERFACE_ROW (hearth_interface_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthInterfaceRow, hearth_interface_row, HEARTH, INTERFACE_ROW, AdwExpanderRow)

/* Signals:
 *  ::edited (gpointer HearthValue)  the entry as it should be now
 *  ::verb (int HearthInterfaceVerb)
 */

GtkWidget  *hearth_interface_row_new       (const char         *key,
                                            HearthValue        *entry,
                                            gboolean            is_output);
const char *hearth_interface_row_get_key   (HearthInterfaceRow *self);
/* Shows an entry that was changed elsewhere. */
void        hearth_interface_row_set_entry (HearthInterfaceRow *self,
                                            HearthValue        *entry);

G_END_DECLS
