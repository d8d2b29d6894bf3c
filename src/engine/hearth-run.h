/* hearth-run.h: one execution of a plan
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-clock.h"
#include "hearth-plan.h"
#include "hearth-result-cache.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_EVENT_STATUS,            /* the run's status; with ERROR its message */
  HEARTH_EVENT_NODE_EXECUTING,
  HEARTH_EVENT_NODE_YIELD,        /* one chunk in value; last: nothing follows it */
  HEARTH_EVENT_NODE_COMPLETE,     /* all outputs in value, an object */
  HEARTH_EVENT_NODE_ERROR,        /* message */
  HEARTH_EVENT_NODE_BYPASSED,     /* pseudo outputs in value */
  HEARTH_EVENT_NODE_SKIPPED,      /* never on the wire; message says because of whom */
  HEARTH_EVENT_INTERFACE_YIELD,   /* one chunk of interface output key */
  HEARTH_EVENT_INTERFACE_OUTPUTS, /* the aggregated outputs in value, an object */
  HEARTH_EVENT_NODE_RETRY,        /* a try failed (message); attempt is the one that comes; delay_ms until then */
  HEARTH_EVENT_NODE_ASKS,         /* a person is asked; value is the question */
  HEARTH_EVENT_LOG,               /* a line from a node in message; never on the wire */
  HEARTH_EVENT_NODE_WAITS,        /* what for is in message; NULL: no longer; never on the wire */
} HearthRunEventKind;

/**
 * HearthRunEvent:
 *
 * What an observer is told. Lives for the call only; strings and values are borrowed.
 * Order: per node executing, then yields, then complete or error; a chunk's NODE_YIELD before its
 * INTERFACE_YIELD; INTERFACE_OUTPUTS after all of them; the final STATUS last of all.
 * A plain node's COMPLETE is followed by one NODE_YIELD with a finish chunk (engine.md 4).
 */
struct _HearthRunEvent
{
  HearthRunEventKind  kind;
  HearthRun          *run;
  HearthRunStatus     status;
  const char         *node_id;
  const char         *key;           /* interface output */
  const char         *display_name;  /* of the interface output, or NULL */
  HearthValue        *value;
  const char         *message;
  gboolean            last;
  const char         *why;           /* of NODE_EXECUTING, NODE_COMPLETE: why it ran or was reused, or NULL */
  gboolean            reused;        /* from NODE_EXECUTING on: an earlier result ... */
  const char         *origin;        /* ... of the run with this id */
  guint               attempt;       /* from 1 */
  guint               delay_ms;
  gint64              duration_us;   /* of NODE_COMPLETE and NODE_ERROR: since executing */
  HearthValue        *usage;         /* of NODE_COMPLETE, NODE_ERROR and the final STATUS: what was taken of services that
                                        cost something, as hearth_step_set_usage () had it; or NULL */
  HearthStep         *step;          /* whose event it is, for the functions below; NULL: a group's, or the run's */
};

/* Inputs that are read as streams stand as {"$stream": true}: their chunks are other nodes' yields. */
#define HEARTH_STREAM_INPUT_KEY "$stream"

/* What the node works on: input key -> value, an object (new reference). From NODE_EXECUTING, or the only
 * event of a node that is not executed, to its end. NULL for a node that never took its inputs, and for
 * a group: what goes in stands at the nodes inside. */
HearthValue     *hearth_run_event_dup_inputs  (const HearthRunEvent *event);
/* Borrowed from the run's plan; NULL when the event is not about a node. */
const char      *hearth_run_event_get_type_id (const HearthRunEvent *event);

typedef void (*HearthRunObserver) (const HearthRunEvent *event,
                                   gpointer              user_data);

#define HEARTH_TYPE_RUN (hearth_run_get_type ())
G_DECLARE_FINAL_TYPE (HearthRun, hearth_run, HEARTH, RUN, GObject)

/* @metadata: the payload's free object (internalId, workflowId, projectId, …), or NULL. A run
 * begins as QUEUED and holds a reference to itself while it is RUNNING. */
HearthRun       *hearth_run_new             (HearthPlan        *plan,
                                             HearthValue       *metadata);
/* A run that can only fail: its plan could not be made. Starting it reports @error (taken). */
HearthRun       *hearth_run_new_failed      (GError            *error,
                                             HearthValue       *metadata);
const char      *hearth_run_get_id          (HearthRun         *self);   /* promptId */
/* For who had to promise an id before the run could be made; only before it is submitted. */
void             hearth_run_set_id          (HearthRun         *self,
                                             const char        *id);
HearthPlan      *hearth_run_get_plan        (HearthRun         *self);
HearthValue     *hearth_run_get_metadata    (HearthRun         *self);
HearthRunStatus  hearth_run_get_status      (HearthRun         *self);
const char      *hearth_run_get_message     (HearthRun         *self);   /* of the error, or NULL */
/* Of the first step that was not allowed to spend more (HEARTH_CLASS_BUDGET), which stops the whole run; or NULL. */
const char      *hearth_run_get_stop_message(HearthRun         *self);
gint64           hearth_run_get_submitted_ms(HearthRun         *self);   /* Unix time */
gint64           hearth_run_get_started_ms  (HearthRun         *self);   /* 0 before */
double           hearth_run_get_duration_ms (HearthRun         *self);   /* so far, or in all */
/* What all its steps together took of services that cost something, an object for people; told with the final
 * status. NULL: nothing. */
void             hearth_run_set_usage       (HearthRun         *self,
                                             HearthValue       *usage);
HearthValue     *hearth_run_get_usage       (HearthRun         *self);
/* The aggregated interface outputs; NULL before they are known. */
HearthValue     *hearth_run_get_outputs     (HearthRun         *self);
/* State of a node; WAITING for ids the plan does not have. */
HearthStepState  hearth_run_get_step_state  (HearthRun         *self,
                                             const char        *node_id);
HearthValue     *hearth_run_get_step_output (HearthRun         *self,
                                             const char        *node_id);
const char      *hearth_run_get_step_error  (HearthRun         *self,
                                             const char        *node_id);

/* --- how it is to run; all before it is submitted -------------------------------------- */

typedef enum
{
  HEARTH_RUN_REUSE_PURE,    /* results of pure nodes are reused (the default, with a cache) */
  HEARTH_RUN_REUSE_ALL,     /* those of nodes that depend on the outside too */
  HEARTH_RUN_REUSE_NOTHING, /* everything anew; results are still kept for later */
} HearthRunReuse;

/* Values of interface inputs, over the plan's own. */
void             hearth_run_set_inputs      (HearthRun         *self,
                                             HearthValue       *inputs);
void             hearth_run_set_cache       (HearthRun         *self,
                                             HearthResultCache *cache,
                                             HearthRunReuse     reuse);
/* In what state the files are that hearth_plan_list_files() names: an object, path -> any text that is another one when the
 * file was written. What reads a file whose state is not there depends on something outside. */
void             hearth_run_set_file_states (HearthRun         *self,
                                             HearthValue       *states);
/* These nodes and all behind them run anew whatever the cache holds ("run from here"). */
void             hearth_run_set_anew        (HearthRun         *self,
                                             const char *const *node_ids);
/* What is by chance in the engine, how long it pauses before another try, follows from @seed; default: from the run's id. */
void             hearth_run_set_seed        (HearthRun         *self,
                                             guint32            seed);
/* Default: the real one. Tests move theirs by hand. */
void             hearth_run_set_clock       (HearthRun         *self,
                                             HearthClock       *clock);
/* Something outside the engine that its steps may ask (hearth_step_get_service()): the models, the files. Called
 * runs share those of their caller. */
void             hearth_run_add_service     (HearthRun         *self,
                                             GObject           *service);
/* What it was given of that type or interface: borrowed; NULL when there is none. */
gpointer         hearth_run_get_service     (HearthRun         *self,
                                             GType              type);
/* Higher goes first in a queue; 0 is normal. HEARTH_RUN_PRIORITY_PREVIEW never waits at all. */
#define HEARTH_RUN_PRIORITY_PREVIEW 100
void             hearth_run_set_priority    (HearthRun         *self,
                                             int                priority);
int              hearth_run_get_priority    (HearthRun         *self);
/* Normally a run lets go of an output when nobody in it needs it any more; then
 * hearth_run_get_step_output() has nothing. */
void             hearth_run_set_keep_outputs(HearthRun         *self,
                                             gboolean           keep);

/* Answers a node that asks; NULL refuses. FALSE: no such node asks. */
gboolean         hearth_run_answer          (HearthRun         *self,
                                             const char        *node_id,
                                             HearthValue       *answer);
/* Ids of the nodes that ask now, and what; new array of node ids; question borrowed, or NULL. */
char           **hearth_run_list_asking     (HearthRun         *self);
HearthValue     *hearth_run_get_question    (HearthRun         *self,
                                             const char        *node_id);

/* Observers are called in the order they came, on the main thread, from the engine's own
 * dispatch or from hearth_run_cancel(). They may not add or remove observers of the same run
 * while they are called, except to remove themselves. */
guint            hearth_run_add_observer    (HearthRun         *self,
                                             HearthRunObserver  observer,
                                             gpointer           user_data,
                                             GDestroyNotify     destroy);
void             hearth_run_remove_observer (HearthRun         *self,
                                             guint              id);

/* Emits RUNNING; the steps run from the main loop, in slices below the priority of drawing. */
void             hearth_run_start           (HearthRun         *self);
/* Stops: every running step is told, ends, and only then the final INTERRUPTED comes (steps that
 * ran get a NODE_ERROR first). A queued run ends at once. No effect on a final one. */
void             hearth_run_cancel          (HearthRun         *self);

/* Signal ::finished, after the final status event. */

G_END_DECLS
