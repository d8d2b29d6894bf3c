/* hearth-history.h: undo and redo of one graph
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-edit.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_HISTORY (hearth_history_get_type ())
G_DECLARE_FINAL_TYPE (HearthHistory, hearth_history, HEARTH, HISTORY, GObject)

/* Signal ::changed: after every push, undo, redo and mark. */

HearthHistory *hearth_history_new        (HearthGraph   *graph);
/* Takes the edit; empty edits are dropped. Forgets what could be redone. An edit pushed with the
 * same non-NULL @merge_key within a second of the last one joins it (typing, dragging a number). */
void           hearth_history_push       (HearthHistory *self,
                                          HearthEdit    *edit,
                                          const char    *merge_key);
gboolean       hearth_history_undo       (HearthHistory *self);
gboolean       hearth_history_redo       (HearthHistory *self);
const char    *hearth_history_get_undo_label (HearthHistory *self); /* NULL: nothing to undo */
const char    *hearth_history_get_redo_label (HearthHistory *self);
guint          hearth_history_get_length (HearthHistory *self);     /* all steps, undone ones too */
guint          hearth_history_get_position (HearthHistory *self);   /* steps applied */
const char    *hearth_history_get_label  (HearthHistory *self,
                                          guint          index);
void           hearth_history_go_to      (HearthHistory *self,
                                          guint          position);
/* "This is what lies on disk"; moves with undo and redo. */
void           hearth_history_mark_saved (HearthHistory *self);
gboolean       hearth_history_is_saved   (HearthHistory *self);
/* Forgets everything; the state now counts as saved. */
void           hearth_history_clear      (HearthHistory *self);

G_END_DECLS
