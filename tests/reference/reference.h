/* reference.h: docs/scheduler.md once more, small, slow and obviously right
 *
 * Nothing here is shared with src/engine. A graph is unfolded (unfold.c) and wired (wires.c), then every
 * node's fate is worked out by asking the nodes before it: which of its links are dead (links.c), what
 * the others bring (inflow.c), and what comes of its tries (tries.c) or of the runs it calls (calls.c).
 * There is no time in that, but for the places where the rules leave a choice to the clock: who had
 * already started when something before it failed, or when the run was cancelled; which link was the
 * first; whether the same had been worked out before. There the reference looks at the times of the
 * run it is compared with, and holds the run to what must follow from them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-engine-types.h"
#include "hearth-graph.h"
#include "hearth-node-decl.h"

G_BEGIN_DECLS

typedef enum
{
  REF_UNKNOWN,
  REF_DONE,
  REF_BYPASSED,
  REF_FAILED,
  REF_SKIPPED,
  REF_CUT,  /* was running when the run was cancelled */
  REF_OPEN, /* had not started then */
} RefFate;

typedef struct _RefNode  RefNode;
typedef struct _RefGroup RefGroup;
typedef struct _RefScope RefScope;
typedef struct _Reference Reference;

/* Where a value comes from: an output of a node, or a constant. */
typedef struct
{
  RefNode     *node;   /* NULL: @constant */
  const char  *handle;
  HearthValue *constant;
  gboolean     unseen; /* decided on evaluation: dead, or not the first */
} RefSource;

typedef struct
{
  const char  *key;
  HearthSlot  *slot;      /* or NULL */
  HearthValue *constant;  /* what it has when no source gives a value; or NULL */
  GArray      *sources;   /* of RefSource */
  gboolean     collects;
  HearthValue *value;     /* the result; or NULL */
  RefNode     *stream;    /* the result; or NULL */
} RefInput;

/* A node that runs, after groups were unfolded. */
struct _RefNode
{
  char       *id;
  char       *told_id;   /* by what name the outer run tells of it; behind a caller "#n" stands for its nth retry */
  HearthNode *node;
  RefScope   *scope;
  Reference  *callee;    /* for a node that calls: to see whether there is a plan; or NULL */
  char       *call_error;/* part of what it says if there is none, or NULL */
  GPtrArray  *slots_out; /* of HearthSlot */
  GPtrArray  *inputs;    /* of RefInput, the declared ones first */
  GArray     *befores;   /* of RefBefore */
  gboolean    streams;   /* its own chunks */

  RefFate     fate;
  HearthJoin  join;
  gboolean    starts;    /* it got as far as EXECUTING */
  gboolean    opened;    /* its stream did */
  gboolean    anew;      /* it must not be reused */
  guint       attempt;   /* of one that calls: the try that goes on, from 1 */
  gboolean    fell_back;
  char       *key;       /* what its result depends on; NULL: never kept */
  GHashTable *parts;     /* the same in parts: "type:", "config:" or the key of an input -> text; or NULL */
  gboolean    outside;   /* it depends on something outside */
  char       *why;       /* why it ended as it did, or NULL: no matter */
  const char *error_class; /* of @error; NULL: "node" */
  guint       retry_after;
  GPtrArray  *tries;     /* lines of what it asked, and of the tries that failed */
  GPtrArray  *causes;    /* for what it may say it was skipped */
  GPtrArray  *dead;      /* interned handles it did not take, or NULL */
  GPtrArray  *calls;     /* of Reference: the runs inside it */
  char       *error;
  HearthValue *outputs;  /* object, or NULL */
  GPtrArray  *chunks;    /* of HearthValue, or NULL */
  GHashTable *handed_on; /* bypassed: output key -> RefSource whose stream it is */
  int         began, ended; /* in the run; -1: never */
  gboolean    reused;
  const char *skip_why;
};

/* A node that must come before another one. */
typedef struct
{
  RefNode    *node;
  const char *handle;  /* or NULL: an edge that brings nothing */
  RefInput   *input;   /* or NULL */
  guint       source;  /* in @input */
  gboolean    fallback;/* it is waited for, no more */
  gboolean    ignored; /* it is not */
  gboolean    streams; /* decided on evaluation: it needs only to have started */
} RefBefore;

typedef struct
{
  const char *key;
  RefSource   source;
  RefGroup   *group;     /* NULL: of the workflow */
  gboolean    streams;
  RefNode    *streamer;  /* decided on evaluation: whose stream it is, or NULL */
  const char *stream_handle;
} RefResult;

struct _RefGroup
{
  char       *id;
  char       *told_id;
  RefGroup   *parent;
  RefScope   *scope;
  RefFate     fate;
  gboolean    starts;
  HearthValue *outputs;
  GPtrArray  *failed;    /* RefNodes inside */
};

struct _Reference
{
  Reference   *caller;        /* the run it is called from, or NULL */
  RefScope    *caller_scope;
  char        *prefix;        /* of what it tells */
  gboolean     recursive;     /* that is what is wrong with it */
  gboolean     anew;          /* nothing in it may be reused */
  const char *const *anew_ids;/* or NULL */
  const char  *run_id;        /* borrowed */
  HearthGraph *graph;
  GHashTable  *graphs;  /* borrowed: workflow id -> HearthGraph, or NULL */
  HearthValue *mappings;
  HearthValue *values;
  GPtrArray   *scopes;
  GPtrArray   *nodes;   /* of RefNode */
  GPtrArray   *groups;  /* of RefGroup */
  GPtrArray   *results; /* of RefResult */
  GError      *error;   /* there is no plan */

  HearthValue *outputs;   /* of the interface; NULL: none are told */
  gboolean     fails;
};

/* One graph in one place. */
struct _RefScope
{
  HearthGraph *graph;
  RefScope    *parent;
  HearthNode  *instance; /* in the parent's graph */
  const char  *workflow_id;
  char        *prefix;
  RefGroup    *group;
  GHashTable  *nodes;    /* node id -> RefNode */
  GHashTable  *children; /* node id -> RefScope */
};

/* When something happened to a node in the run: places in its list of events, or -1. A node that
 * was cut short has not ended. */
typedef struct
{
  int          began, ended, skipped;
  gboolean     reused;
  const char  *error;    /* its last one, or NULL */
  const char  *skip_why;
  HearthValue *outputs;  /* or NULL */
  HearthValue *chunk;    /* its first one, or NULL */
  guint        n_retries;/* how often it was to try again */
  guint        n_tries;  /* how often a node that calls has begun */
} RefTimes;

typedef RefTimes (*RefClock) (const char *id,
                              gpointer    user_data);

Reference *reference_new      (HearthGraph *graph,
                               GHashTable  *groups,
                               HearthValue *values,
                               HearthValue *mappings);
/* The workflow @reference as the node in @scope calls it; told under @prefix. */
Reference *reference_new_call (Reference   *caller,
                               RefScope    *scope,
                               const char  *reference,
                               const char  *prefix,
                               HearthValue *values);
void       reference_free     (Reference   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reference, reference_free)
void       reference_evaluate (Reference   *self,
                               gboolean     cancelled,
                               RefClock     clock,
                               gpointer     user_data);
#define reference_node(r, i)   ((RefNode *) g_ptr_array_index ((r)->nodes, (i)))
#define reference_group(r, i)  ((RefGroup *) g_ptr_array_index ((r)->groups, (i)))
#define reference_result(r, i) ((RefResult *) g_ptr_array_index ((r)->results, (i)))
/* Is @node inside @group, at any depth? */
gboolean   reference_is_inside (RefNode    *node,
                                RefGroup   *group);

/* unfold.c */
gboolean   reference_unfold   (Reference   *self);
/* policy.c: why its policy cannot be read (rule 57), or NULL; new */
char      *reference_dup_refusal (RefNode  *node);
/* wires.c */
gboolean   reference_wire     (Reference   *self);
gboolean   reference_refuse   (Reference   *self,
                               HearthEngineError code,
                               const char  *text);
gboolean   reference_is_type  (HearthNode  *node,
                               const char  *type_id);
RefInput  *reference_find_input (RefNode   *node,
                               const char  *key);

G_END_DECLS
