/* hearth-queue-button.h: how many runs go on and wait, and which
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_QUEUE_BUTTON (hearth_queue_button_get_type ())
G_DECLARE_FINAL_TYPE (HearthQueueButton, hearth_queue_button, HEARTH, QUEUE_BUTTON, AdwBin)

/* Out of sight while nothing runs. */
void hearth_queue_button_set_workspace (HearthQueueButton *self,
                                        HearthWorkspace   *workspace);

G_END_DECLS
