/* hearth-plan.h: a graph frozen for execution: groups expanded, inputs resolved, ordered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-engine-types.h"
#include "hearth-graph.h"

G_BEGIN_DECLS

/**
 * hearth_plan_new:
 * @groups: (nullable): workflow id -> HearthGraph, every workflow that a NodeGroup references,
 *   directly or not
 * @interface_values: (nullable): an object of interface input key -> value that goes before the
 *   interface's own config.default
 * @mappings: (nullable): outputInterfaceMappings of a payload (workflow-format.md 4.1); %NULL: they
 *   are read from the edges into the first GroupOutput (4.2 step 4)
 *
 * Never fails for what concerns single nodes (unknown type, missing input): that is found when
 * the node's turn comes. Fails with CYCLE and GROUP.
 *
 * Nodes inside a group instance get the id "<instance>/<inner>"; frames and other nodes that
 * never run are left out; edges to nowhere are ignored. The plan shares nothing with the graph
 * that can change; immutable, counted, any thread.
 */
HearthPlan  *hearth_plan_new            (HearthGraph  *graph,
                                         GHashTable   *groups,
                                         HearthValue  *interface_values,
                                         HearthValue  *mappings,
                                         GError      **error);
/* Makes what the first run with a cache would make of it, which for ten thousand nodes takes some milliseconds. Any
 * thread. */
void         hearth_plan_prepare_reuse  (HearthPlan   *self);
HearthPlan  *hearth_plan_ref            (HearthPlan   *self);
void         hearth_plan_unref          (HearthPlan   *self);
guint        hearth_plan_get_n_steps    (HearthPlan   *self);
const char  *hearth_plan_get_step_id    (HearthPlan   *self,
                                         guint         index);
/* Interface output keys that are mapped, in the interface's order; NULL-terminated, borrowed. */
const char *const *hearth_plan_get_output_keys (HearthPlan *self);
/* The files that steps read, also those of workflows that may be called, as their settings name them; each once. New
 * array; empty when there are none. */
char       **hearth_plan_list_files     (HearthPlan   *self);
gboolean     hearth_plan_output_is_stream (HearthPlan  *self,
                                         const char   *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthPlan, hearth_plan_unref)

G_END_DECLS
