/* hearth-snapshot.h: the graph of a run as it was when the run was asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"
#include "hearth-run.h"

G_BEGIN_DECLS

/* What history and log say of a node besides what the run tells: its type and where its inputs came
 * from. Counted, any thread once it is complete. */
typedef struct _HearthSnapshot HearthSnapshot;

/* Where an input is wired: {"$from": node id, "slot": key of its output}. */
#define HEARTH_SNAPSHOT_FROM_KEY "$from"

HearthSnapshot *_hearth_snapshot_new         (HearthGraph     *graph);
/* Workflow id -> HearthGraph; before anybody else sees it. */
void            _hearth_snapshot_set_groups  (HearthSnapshot  *self,
                                              GHashTable      *groups);
HearthSnapshot *_hearth_snapshot_ref         (HearthSnapshot  *self);
void            _hearth_snapshot_unref       (HearthSnapshot  *self);
/* The run carries it from now on. */
void            _hearth_snapshot_attach      (HearthSnapshot  *self,
                                              HearthRun       *run);
HearthSnapshot *_hearth_snapshot_get_of_run  (HearthRun       *run);     /* or NULL */

HearthValue    *_hearth_snapshot_get_workflow(HearthSnapshot  *self);
/* NULL for nodes it does not have. */
char           *_hearth_snapshot_dup_type    (HearthSnapshot  *self,
                                              const char      *node_id);
/* Input key -> the value in the workflow, or where it is wired, or an array of those for a
 * multi-input; NULL for nodes it does not have. */
HearthValue    *_hearth_snapshot_dup_inputs  (HearthSnapshot  *self,
                                              const char      *node_id);
/* The same with what came over the wires: @lookup gives the outputs of a node, borrowed, or NULL. */
typedef HearthValue *(*HearthOutputsLookup)  (const char      *node_id,
                                              gpointer         user_data);
HearthValue    *_hearth_inputs_resolve       (HearthValue         *inputs,
                                              HearthOutputsLookup  lookup,
                                              gpointer             user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSnapshot, _hearth_snapshot_unref)

G_END_DECLS
