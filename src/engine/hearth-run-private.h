/* hearth-run-private.h: a run and its steps from the inside
 *
 * Nothing outside the engine sees a field of these. hearth-run-dispatch.c owns the time,
 * hearth-run-begin.c and hearth-run-end.c move the steps, hearth-run-events.c tells the observers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-plan-private.h"
#include "hearth-run.h"
#include "hearth-step.h"
#include "hearth-stream.h"

G_BEGIN_DECLS

#define HEARTH_NOTE_INTERRUPTED "Execution interrupted by user."
#define HEARTH_NOTE_FAILED      "One or more nodes failed during execution."
#define HEARTH_NOTE_ENDED       "Stream ended"

#define HEARTH_GRACE_MS 2000 /* for a node that was told to stop */

typedef struct _HearthCall HearthCall;
typedef struct _HearthLimit HearthLimit;
typedef struct _HearthKeptChunks HearthKeptChunks;

typedef enum
{
  HEARTH_PLACE_NONE,
  HEARTH_PLACE_QUEUED,
  HEARTH_PLACE_HELD,
} HearthPlace;

/* What only few steps need. Gone when the step ends. */
typedef struct
{
  GSList            *timers;        /* of HearthStepTimer */
  HearthValue       *question;      /* or NULL */
  HearthStepAnswered answered;
  gpointer           answered_data;
  GPtrArray         *calls;         /* of HearthCall, those going on; or NULL */
  gboolean           ends;          /* ... as soon as its calls have ended, with this error or none: */
  GError            *end_error;

  guint              attempt;       /* from 1 */
  guint              try_timer;     /* of the clock: the try takes too long */
  guint              retry_timer;   /* of the clock: until the next try */
  gboolean           timed_out;
  gboolean           fell_back;     /* its outputs are not its own */
  HearthLimit       *limit;         /* the resource it needs, or NULL */
  HearthPlace        place;         /* among its users */
  char              *why;           /* it ran or did not; or NULL */
  gboolean           keyed;         /* its result is to be kept: */
  HearthResultKey    key;
  HearthValue       *parts;         /* what the key was made of, for next time */
  HearthKeptChunks  *chunks;        /* of its stream, to be kept with the result; or NULL */
  HearthValue       *retells;       /* chunks of a reused result, or NULL: */
  gsize              n_retold;
  HearthValue       *origin;        /* of a reused result */
  HearthValue       *usage;         /* of services, or NULL */
} HearthStepMore;

struct _HearthStep
{
  HearthRun       *run;         /* borrowed; outlives its steps */
  HearthPlanStep  *plan;        /* of the run's plan */
  HearthValue    **inputs;      /* while it runs; of plan->n_inputs */
  GPtrArray       *extras;      /* undeclared outputs: key, value, key, value; or NULL */
  HearthValue     *object;      /* all outputs as one object, made on demand */
  HearthValue     *text;        /* of its stream, when it is to be kept and has ended */
  GString         *collected;   /* the same while it grows */
  char            *error;
  GError          *failure;     /* of an error chunk; the step ends in the next slice */
  HearthStepMore  *more;        /* or NULL */
  gint64           started_us;  /* 0: nobody wants to know */
  gpointer         data;
  GDestroyNotify   data_destroy;
  GCancellable    *cancellable;
  GPtrArray       *log;         /* lines from a worker thread, until it is back */
  guint            waits;       /* links that are not settled yet */
  guint            uses;        /* of its outputs: consumers and results that have not taken them */
  int              first;       /* with HEARTH_JOIN_FIRST: the link that came first */
  guint            n_full;      /* readers that hold it up */
  HearthStepState  state;
  guint8           yielded;     /* chunks went out */
  guint8           consumed;    /* chunks were read */
  guint8           has_dead;    /* some output was not taken; no bit, a worker may set it */
  guint8           once;        /* its result is good for this run only; no bit either */
  guint            streaming : 1; /* it has a stream of its own */
  guint            opened : 1;    /* who reads that may start */
  guint            untaken : 1;   /* skipped, and nothing before it failed */
  guint            took : 1;      /* its inputs, or it never will */
  guint            gone : 1;      /* its outputs are */
  guint            live : 1;      /* a join: some link is live */
  guint            stalled : 1;   /* was told "full" and not resumed yet */
  guint            resuming : 1;  /* the resume job waits */
  guint            ending : 1;    /* nothing more is taken from the node, a job ends it */
  guint            told : 1;      /* an error chunk went out */
  guint            gathers : 1;   /* somebody wants what it yields when it has ended */
  guint            reused : 1;    /* an earlier result stands for its execution */
  guint            computing : 1; /* on a worker thread */
  guint            abandoned : 1; /* did not heed the cancel */
  gint             cancelled;     /* atomic */
};

/* One copy of a stream, for one consumer. */
struct _HearthStreamReader
{
  HearthRun          *run;
  HearthPlanLink     *link;
  HearthValue       **ring;
  guint               head, length, capacity; /* capacity is a power of two */
  HearthStreamNotify  notify;
  gpointer            notify_data;
  guint               patient : 1;
  guint               full : 1;     /* counted in the producer's n_full */
  guint               hungry : 1;   /* has nothing left to read and wants to hear */
  guint               notifying : 1;
  guint               ended : 1;
  guint               closed : 1;
};

typedef enum
{
  HEARTH_JOB_START,  /* of a step */
  HEARTH_JOB_RESUME, /* of a step */
  HEARTH_JOB_FAIL,   /* of a step */
  HEARTH_JOB_NOTIFY, /* of a reader */
} HearthJobKind;

typedef struct
{
  guint kind   : 2;
  guint number : 30;
} HearthJob;

typedef struct
{
  HearthValue     *output;
  char            *error;
  guint            waits;    /* watched steps that have not ended */
  HearthStepState  state;
  const char      *failed;   /* id of the first node inside that failed */
  guint            n_skipped, n_cancelled;
  guint            n_untaken;       /* steps on branches that were not taken */
  guint            n_untaken_inside;
} HearthGroupState;

typedef struct
{
  guint             id;
  HearthRunObserver func;  /* NULL: removed meanwhile */
  gpointer          data;
  GDestroyNotify    destroy;
} HearthObserverEntry;

struct _HearthRun
{
  GObject              parent_instance;

  char                *id;
  char                *seed;      /* NULL: the id */
  HearthPlan          *plan;      /* NULL: could not be made */
  GError              *plan_error;
  HearthValue         *metadata;
  HearthRunStatus      status;
  char                *message;
  char                *stop_message;  /* of the first step that may not go beyond its budget; or NULL */
  HearthValue         *usage;         /* of services, or NULL */
  HearthValue         *outputs;
  gint64               submitted_ms, started_ms;
  gint64               started_us, ended_us;

  HearthClock         *clock;
  GPtrArray           *services;      /* of GObject, shared with called runs; or NULL */
  HearthValue         *inputs;        /* over those of the plan, or NULL */
  int                  priority;
  gboolean             keep_outputs;
  HearthValue         *file_states;   /* path -> text, or NULL */
  HearthResultCache   *cache;         /* or NULL */
  HearthRunReuse       reuse;
  char                *reuse_why;     /* the sentence for results of ... */
  gint64               reuse_minute;  /* ... this one */
  char               **anew;          /* ids, or NULL */
  guint8              *anew_steps;    /* those and all behind them, or NULL */
  HearthResultKey     *output_hashes; /* not set: not known yet; NULL without a cache */
  GByteArray          *hash;
  HearthCall          *call;          /* whose run this is, or NULL */
  GError              *first_failure; /* of a called run */
  GPtrArray           *calls;         /* of HearthCall, of all steps; or NULL */

  HearthStep          *steps;
  HearthValue        **input_values;  /* of all steps, as the plan numbers them */
  HearthValue        **output_values;
  guint8              *dead_outputs;
  guint8              *link_states;   /* HearthLinkState; NULL: the plan has no joins */
  HearthStreamReader  *readers;
  HearthGroupState    *groups;
  guint                n_left;        /* steps that have not ended */
  guint                n_failed;

  GSource             *source;
  HearthJob           *jobs;          /* a ring */
  guint                first_job, n_jobs, max_jobs;
  guint                depth;         /* > 0: inside the engine or a node */
  guint                awake : 1;
  guint                cancelled : 1;
  guint                cancel_seen : 1;
  guint                grace;         /* source id: time left to heed a cancel */

  GArray              *observers;
  guint                next_observer;
  guint                emitting;
  GThread             *thread;
};

/* hearth-run-dispatch.c */
void     _hearth_run_attach       (HearthRun *self);
void     _hearth_run_detach       (HearthRun *self);
void     _hearth_run_wake         (HearthRun *self);
void     _hearth_run_add_job      (HearthRun *self, HearthJobKind kind, guint number);

/* hearth-run-begin.c */
void     _hearth_run_prepare      (HearthRun *self);
void     _hearth_run_free_steps   (HearthRun *self);
void     _hearth_step_begin       (HearthStep *self);
/* RUNNING, and everybody hears of it. */
void     _hearth_step_announce    (HearthStep *self);
gboolean _hearth_error_stops_run (const GError *error);
/* Once more, or for the first time. */
void     _hearth_step_call_function (HearthStep *self);
void     _hearth_step_set_state   (HearthStep *self, HearthStepState state);
/* It can be read from now on. */
void     _hearth_step_open_stream (HearthStep *self);

/* hearth-run-links.c */
typedef enum
{
  HEARTH_LINK_OPEN,
  HEARTH_LINK_LIVE,
  HEARTH_LINK_DEAD,
} HearthLinkState;

/* Links of @self's stream, or all others, are live now; those of dead outputs are dead. */
void     _hearth_step_release_links (HearthStep *self, gboolean streams);
/* It failed: what is behind it is skipped, or goes on without it. */
void     _hearth_step_kill_links  (HearthStep *self);
/* May the target look at what this link brings? */
gboolean _hearth_step_sees_link   (HearthStep *self, guint link);

/* hearth-step-once.c: the same for the same run, node and @number */
guint64  _hearth_step_hash_seed   (HearthStep *self, guint number);

/* hearth-step-output.c */
void     _hearth_step_drop_extras (HearthStep *self);

/* hearth-run-inputs.c */
void     _hearth_step_take_inputs (HearthStep *self);
void     _hearth_step_drop_inputs (HearthStep *self);
/* As an object; NULL when it has not taken them. */
HearthValue *_hearth_step_dup_inputs (HearthStep *self);
/* The key of a required input without a value, or NULL. */
const char *_hearth_step_find_missing (HearthStep *self);

/* hearth-run-end.c */
void     _hearth_step_end_done    (HearthStep *self);
void     _hearth_step_end_bypassed(HearthStep *self);
void     _hearth_step_end_failed  (HearthStep *self, const GError *error);
void     _hearth_step_drop_data   (HearthStep *self);
void     _hearth_step_end_cancelled (HearthStep *self);
void     _hearth_step_end_skipped (HearthStep *self, const char *cause_id, const char *slot);
void     _hearth_run_finish       (HearthRun *self);
void     _hearth_run_set_final    (HearthRun *self, HearthRunStatus status, const char *message);

/* hearth-run-groups.c */
void     _hearth_run_prepare_groups (HearthRun *self);
void     _hearth_run_begin_groups (HearthStep *step);
void     _hearth_run_end_groups   (HearthStep *step);

/* hearth-step-try.c */
void     _hearth_step_begin_try   (HearthStep *self);
/* The node's own code has ended; @error: it failed. What becomes of the step is up to its policy. */
void     _hearth_step_end_try     (HearthStep *self, const GError *error);
/* In the next slice; until then the node may go on, but nobody listens. Takes @error. */
void     _hearth_step_fail_later  (HearthStep *self, GError *error);
/* Outputs from @object: keys and values; a stream gets its value as one chunk. */
void     _hearth_step_fill        (HearthStep *self, HearthValue *object);

/* hearth-step-reuse.c; only with a cache */
void     _hearth_run_prepare_reuse (HearthRun *self);
/* Names the step's result. TRUE: it has ended with that of an earlier run. */
gboolean _hearth_step_reuse       (HearthStep *self);
void     _hearth_step_keep_result (HearthStep *self);
gboolean _hearth_step_is_anew     (HearthStep *self);

/* hearth-step-why.c: why a step runs or does not; only with a cache */
/* @inputs: a key for each, as the plan numbers them. */
HearthValue *_hearth_step_make_parts (HearthStep *self, const HearthResultKey *inputs);
char    *_hearth_step_explain_run (HearthStep *self, HearthReuse reuse);
/* Borrowed until the next call. */
const char *_hearth_run_explain_reuse (HearthRun *self, HearthValue *origin);
const char *_hearth_run_get_workflow_id (HearthRun *self);

/* hearth-step-chunks.c; only with a cache */
/* From now on what it yields is kept ... */
void     _hearth_step_begin_chunks (HearthStep *self);
void     _hearth_step_keep_chunk  (HearthStep *self, HearthValue *chunk);
/* ... up to here: an array. NULL: too much to be kept. */
HearthValue *_hearth_step_end_chunks (HearthStep *self);
void     _hearth_step_drop_chunks (HearthStepMore *more);
/* Yields what is left of an earlier result as its readers make room, and then ends the step. */
void     _hearth_step_retell      (HearthStep *self);

/* hearth-step-files.c */
/* Somebody has looked at all the files it reads. */
gboolean _hearth_step_knows_files (HearthStep *self);
/* Adds their states to the run's hash. */
void     _hearth_step_hash_files  (HearthStep *self);
/* Setting -> short hash of the file's state; NULL when the node reads none. */
HearthValue *_hearth_step_make_file_parts (HearthStep *self);

/* hearth-run-release.c */
/* Its inputs are taken, or never will be. */
void     _hearth_step_took_inputs (HearthStep *self);
/* Lets go of its outputs when nobody needs them. */
void     _hearth_step_check_uses  (HearthStep *self);
/* The outputs of @group (-1: of the workflow) have been put together. */
void     _hearth_run_took_results (HearthRun *self, int group);

/* hearth-step-wait.c */
HearthStepMore *_hearth_step_need_more (HearthStep *self);
void     _hearth_step_free_more   (HearthStep *self);
void     _hearth_step_stop_waits  (HearthStep *self);
/* It waits for nothing but the clock, a person, a called run or a place: the engine can end it. */
gboolean _hearth_step_only_waits  (HearthStep *self);

/* hearth-step-call.c */
typedef void (*HearthCallFunc)    (HearthRun *run, const char *prefix, gpointer data);

gboolean _hearth_step_has_calls   (HearthStep *self);
void     _hearth_step_cancel_calls (HearthStep *self);
void     _hearth_call_finished    (HearthCall *call);
/* The run whose step calls. */
HearthRun *_hearth_call_get_outer (HearthCall *call);
/* The called run that @node_id names, and the id in it; or NULL. */
HearthRun *_hearth_run_find_call  (HearthRun *self, const char *node_id, const char **inner_id);
void     _hearth_run_foreach_call (HearthRun *self, HearthCallFunc func, gpointer data);
/* What the outermost run puts before the ids of its nodes; "" when it is not called. New. */
char    *_hearth_run_dup_prefix   (HearthRun *self);

/* hearth-limiter.c */
/* FALSE: it has to wait; a job will start it. */
gboolean _hearth_step_take_place  (HearthStep *self);
void     _hearth_step_leave_place (HearthStep *self);

/* hearth-run-cancel.c */
void     _hearth_step_tell        (HearthStep *self);
void     _hearth_step_abandon     (HearthStep *self);
void     _hearth_run_process_cancel (HearthRun *self);

/* hearth-run-events.c */
#define  _hearth_run_is_observed(run) ((run)->observers->len > 0)
void     _hearth_run_emit         (HearthRun *self, HearthRunEvent *event);
void     _hearth_run_emit_status  (HearthRun *self);
/* Of the run, or of a group. */
void     _hearth_run_emit_node    (HearthRun *self, HearthRunEventKind kind, const char *node_id,
                                   HearthValue *value, const char *message);
/* With why, tries and duration. */
void     _hearth_run_emit_step    (HearthStep *step, HearthRunEventKind kind, HearthValue *value, const char *message);
void     _hearth_run_emit_chunk   (HearthStep *step, HearthValue *chunk, gboolean last);
/* The chunk on every interface output that @step streams to. */
void     _hearth_run_emit_interface (HearthStep *step, HearthValue *chunk, gboolean last);
void     _hearth_run_clear_observers (HearthRun *self);

/* hearth-run-outputs.c */
HearthValue *_hearth_step_get_object  (HearthStep *self);
/* What results of @group (-1: of the workflow) are now. */
HearthValue *_hearth_run_make_outputs (HearthRun *self, int group);

/* hearth-stream.c */
void     _hearth_stream_push      (HearthStep *producer, HearthValue *chunk);
void     _hearth_stream_end       (HearthStep *producer);
void     _hearth_stream_consumer_started (HearthStep *consumer);
void     _hearth_stream_consumer_ended (HearthStep *consumer);
/* It does not read for a while, so it holds nobody up. */
void     _hearth_stream_consumer_paused (HearthStep *consumer);
void     _hearth_stream_clear     (HearthStreamReader *self);
void     _hearth_stream_call_notify (HearthStreamReader *self);
void     _hearth_stream_hint      (HearthStep *consumer);

G_END_DECLS
