/* hearth-before-run.h: does for a run of ours what a browser's node scripts do before theirs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-edit.h"

G_BEGIN_DECLS

/* Asks every node's declaration and sets the inputs it names, as part of @edit on @graph. @chance: the run's. */
void hearth_before_run_apply (HearthEdit   *edit,
                              HearthGraph  *graph,
                              HearthChance *chance);

G_END_DECLS
