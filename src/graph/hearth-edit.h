/* hearth-edit.h: the user's verbs on a graph, each recorded so that it can be undone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

G_BEGIN_DECLS

/**
 * HearthEdit:
 *
 * One step of the history. Each verb is applied to the graph at once and recorded; later verbs of
 * the same edit see the result. Then push it to a history, or drop it with hearth_edit_revert().
 */
HearthEdit *hearth_edit_new             (HearthGraph       *graph,
                                         const char        *label);   /* translated: "Move 3 nodes" */
void        hearth_edit_free            (HearthEdit        *self);    /* keeps what was applied */
void        hearth_edit_revert          (HearthEdit        *self);    /* undoes what was applied, and frees */
const char *hearth_edit_get_label       (HearthEdit        *self);
gboolean    hearth_edit_is_empty        (HearthEdit        *self);
GPtrArray  *hearth_edit_get_changes     (HearthEdit        *self);

/* --- nodes --- */
/* A node of @type_id with a fresh id (`<Type>_<n>`, workflow-format.md 1.10) at an absolute
 * place. Unknown types are refused. Borrowed. */
HearthNode *hearth_edit_add_node        (HearthEdit        *self,
                                         const char        *type_id,
                                         double             x,
                                         double             y,
                                         GError           **error);
/* Also removes their edges (and renumbers the multi-inputs these fed); children of a removed
 * frame move out of it. */
void        hearth_edit_remove_nodes    (HearthEdit        *self,
                                         const char *const *ids);
void        hearth_edit_move_node       (HearthEdit        *self,     /* absolute coordinates */
                                         const char        *id,
                                         double             x,
                                         double             y);
/* Into a frame or (NULL) out of it; stays where it is drawn. */
void        hearth_edit_set_parent      (HearthEdit        *self,
                                         const char        *id,
                                         const char        *frame_id);
void        hearth_edit_resize_node     (HearthEdit        *self,     /* height 0: not stored */
                                         const char        *id,
                                         double             width,
                                         double             height);
void        hearth_edit_rename_node     (HearthEdit        *self,     /* NULL or "": the type's own name */
                                         const char        *id,
                                         const char        *name);
void        hearth_edit_set_bypassed    (HearthEdit        *self,
                                         const char        *id,
                                         gboolean           bypassed);
/* A value equal to the effective default is not stored (workflow-format.md 3.1). NULL resets. */
void        hearth_edit_set_input       (HearthEdit        *self,
                                         const char        *id,
                                         const char        *key,
                                         HearthValue       *value);
/* Changing the mode drops edges whose slot is gone or no longer fits. */
void        hearth_edit_set_config      (HearthEdit        *self,
                                         const char        *id,
                                         const char        *key,
                                         HearthValue       *value);

/* --- edges --- */
/* Why an edge may not be drawn, as a sentence; NULL when it may. */
char       *hearth_graph_why_not_connect(HearthGraph       *graph,
                                         const char        *source,
                                         const char        *source_key,
                                         const char        *target,
                                         const char        *target_key);
/* Replaces the old edge of a single input; at a multi-input inserts at @target_index (-1: at the
 * end) and renumbers; an open interface slot (`*`) adopts the other side and a new `*` appears
 * (workflow-format.md 5.3). Borrowed. */
HearthEdge *hearth_edit_connect         (HearthEdit        *self,
                                         const char        *source,
                                         const char        *source_key,
                                         const char        *target,
                                         const char        *target_key,
                                         int                target_index,
                                         GError           **error);
void        hearth_edit_disconnect      (HearthEdit        *self,
                                         const char        *edge_id);
void        hearth_edit_move_in_multi   (HearthEdit        *self,     /* reorder one multi-input */
                                         const char        *node_id,
                                         const char        *key,
                                         int                from,
                                         int                to);

/* --- the workflow --- */
void        hearth_edit_set_property    (HearthEdit        *self,
                                         const char        *key,
                                         HearthValue       *value);
/* One slot of the interface; @entry NULL removes it with its edges. @outputs: which side. */
void        hearth_edit_set_interface   (HearthEdit        *self,
                                         gboolean           outputs,
                                         const char        *key,
                                         HearthValue       *entry);

/* --- several at once --- */
/* The clipboard fragment of workflow-format.md 5.5: stored nodes and edges. */
HearthValue *hearth_graph_copy          (HearthGraph       *graph,
                                         const char *const *node_ids);
/* New ids, multi-input orders remapped, frames kept together; placed so that the top left corner
 * lies at x, y. Returns the new node ids. Refuses what is not a fragment. */
char      **hearth_edit_paste           (HearthEdit        *self,
                                         HearthValue       *fragment,
                                         double             x,
                                         double             y,
                                         GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthEdit, hearth_edit_free)

G_END_DECLS
