/* hearth-before-run.h: does for a run of ours what a browser's node scripts do before theirs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-edit.h"

G_BEGIN_DECLS

/* Asks every node's declaration for the inputs it changes: {node id: {input: value}}. @chance: the run's. */
HearthValue *hearth_before_run_ask   (HearthGraph  *graph,
                                      HearthChance *chance);
/* Sets those inputs of the nodes that are there, as part of @edit on @graph. */
void         hearth_before_run_set   (HearthEdit   *edit,
                                      HearthGraph  *graph,
                                      HearthValue  *changes);
/* The one and then the other. */
void         hearth_before_run_apply (HearthEdit   *edit,
                                      HearthGraph  *graph,
                                      HearthChance *chance);

G_END_DECLS
