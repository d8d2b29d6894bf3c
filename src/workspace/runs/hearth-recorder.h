/* hearth-recorder.h: writes runs into the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-notes.h"

G_BEGIN_DECLS

/* Storage thread only. */
gboolean _hearth_recorder_write (HearthStorage     *storage,
                                 const HearthNotes *notes,
                                 GError           **error);

G_END_DECLS
