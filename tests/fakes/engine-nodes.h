/* engine-nodes.h: small nodes for tests of the engine, and a recorder of what a run tells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-queue.h"
#include "hearth-run.h"
#include "hearth-step.h"
#include "hearth-stream.h"

G_BEGIN_DECLS

/* The catalogue with all nodes of engine-nodes.c, namespace "test", and core's group nodes. */
HearthCatalog *engine_catalog      (void);
/* Pieces of such a workflow: a node with further members (", 'bypassed':true"), and an edge. */
#define N(id, type, more) "{'id':'" id "','type':'" type "','position':{'x':0,'y':0}" more "}"
#define V(values) ",'inputValues':{" values "}"
#define E(id, source, out, target, in)                                                                                 \
  "{'id':'" id "','source':'" source "','sourceHandle':'" out "','target':'" target "','targetHandle':'" in "'}"
#define W(nodes, edges) "{'nodes':[" nodes "],'edges':[" edges "]}"
/* With an id and an interface. */
#define WI(id, ins, outs, nodes, edges)                                                                                \
  "{'id':'" id "','interfaceInputs':{" ins "},'interfaceOutputs':{" outs "},'nodes':[" nodes "],'edges':[" edges "]}"
#define I(key, type, more) "'" key "':{'key':'" key "','dataFlowType':'" type "'" more "}"

/* A workflow from JSON in which ' stands for ". Never fails. */
HearthGraph   *engine_graph        (const char    *json);
HearthPlan    *engine_plan         (const char    *json);
/* Workflows for groups: pairs of id, json, ended by NULL. */
GHashTable    *engine_groups       (const char    *first_id,
                                    ...) G_GNUC_NULL_TERMINATED;

typedef struct
{
  HearthRun *run;
  GString   *text;      /* one line per event; chunk contents and values as JSON */
  GPtrArray *lines;
  GString   *notes;     /* "id: reason" of every event that says why */
  guint      n_final;   /* final states */
  guint      n_after;   /* events after the first of them */
  int        cancel_at; /* cancels the run when the event of this number comes; -1: never */
  guint      n_events;
} Recorder;

Recorder  *recorder_new            (HearthRun     *run);      /* takes the run */
void       recorder_free           (Recorder      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recorder, recorder_free)
/* With groups; fails the test when there is no plan. */
Recorder  *record_with_groups      (const char    *json,
                                    GHashTable    *groups,
                                    HearthClock   *clock); /* or NULL; started when it is given, else run */
/* Lets everything happen that does not need more time. */
void       iterate_idle            (void);
/* Starts when that was not done, and iterates the main loop until the final status. */
void       recorder_run            (Recorder      *self);
/* Number of the first line that is @line, or -1. */
int        recorder_find           (Recorder      *self,
                                    const char    *line);
/* Plans, runs and records a workflow without groups. */
Recorder  *record_workflow         (const char    *json);
void       iterate_until_final     (HearthRun     *run);

/* What the nodes saw; reset with engine_nodes_reset(). */
typedef struct
{
  guint max_queued;    /* chunks given out by a source and not yet read by the slow reader */
  guint n_yielded;
  guint n_read;
  guint n_full;        /* how often a source was told to stop */
  int   running;       /* "slow" steps going on now */
  int   max_running;
  guint n_data_freed;
  guint n_tries;       /* of "flaky" */
  guint n_runs;        /* of "count" */
} EngineNodesLog;

extern EngineNodesLog engine_log;
void       engine_nodes_reset      (void);

G_END_DECLS
