/* hearth-plan-private.h: what a plan is made of, for the run, and how it is made
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-plan.h"
#include "hearth-policy.h"
#include "hearth-result-hash.h"

G_BEGIN_DECLS

/* What a link carries and when it counts as satisfied (docs/scheduler.md, "Ready"). */
typedef enum
{
  HEARTH_LINK_ORDER,  /* nothing; when the source has ended */
  HEARTH_LINK_VALUE,  /* an output; when the source has ended */
  HEARTH_LINK_TEXT,   /* the joined text of a stream; when the source has ended */
  HEARTH_LINK_STREAM, /* the stream itself; when the source has started */
} HearthLinkKind;

/* What becomes of the target when the link is dead (docs/scheduler.md, "Branches and joins"). */
typedef enum
{
  HEARTH_LINK_NEEDED,   /* what the target's join says */
  HEARTH_LINK_FALLBACK, /* nothing, but the target waits until it is settled */
  HEARTH_LINK_IGNORED,  /* nothing, and the target does not wait for it */
} HearthLinkRole;

/* One edge after groups were expanded. */
typedef struct
{
  int             source;   /* step, or -1: @constant */
  int             output;   /* of the whole plan; -1 with ORDER */
  guint           target;   /* step */
  HearthLinkKind  kind;
  HearthLinkRole  role;
  int             reader;   /* number among all stream links, or -1 */
  gboolean        patient;  /* must not hold the source up before the target has started */
  HearthValue    *constant;
} HearthPlanLink;

typedef struct
{
  const char  *key;
  HearthSlot  *slot;       /* NULL: the declaration does not have it */
  HearthValue *constant;   /* when no link gives a value; NULL: undefined */
  guint        first_link; /* its links are consecutive */
  guint        n_links;
  gboolean     required;
  gboolean     collects;   /* an array of all links' values */
  gboolean     streams;
  gboolean     is_secret;
} HearthPlanInput;

typedef struct
{
  const char  *key;
  HearthSlot  *slot;        /* or NULL */
  gboolean     streams;
  int          bypass_input; /* of the whole plan, or -1 */
  HearthValue *bypass_value; /* when that has no value */
  int          alias_step;  /* a bypassed stream: who really streams, or -1 */
  int          alias_output;
  int          next_extra;  /* the step's next output that is not declared, or -1 */
} HearthPlanOutput;

/* A workflow that a step may call. */
typedef struct
{
  const char  *id;
  HearthPlan  *plan;  /* or NULL */
  const char  *error; /* why not, or NULL */
  HearthValue *about; /* see hearth_step_dup_tools() */
} HearthPlanTool;

typedef struct
{
  const char           *id;
  const char           *type_id;
  HearthNodeType       *type;     /* NULL: unknown */
  HearthValue          *config;   /* or NULL */
  HearthMode           *mode;     /* or NULL; of the type */
  guint                 first_input, n_inputs;
  guint                 first_output, n_outputs;      /* the declared ones */
  int                   first_extra;                  /* of those only edges name, or -1 */
  guint                 first_link, n_links;         /* incoming */
  guint                 first_consumer, n_consumers; /* into plan->consumers */
  guint                 first_watch, n_watches;      /* into plan->watches */
  guint                 n_waits;                     /* links that are to be settled before it starts */
  HearthJoin            join;
  int                   group;                       /* innermost, or -1 */
  HearthPolicy         *policy;                      /* or NULL */
  const char           *refusal;                     /* why it cannot run, whatever its inputs; or NULL */
  HearthValue          *pinned;                      /* outputs that stand for its execution, or NULL; of config */
  HearthPlan           *call;                        /* what it calls, or NULL */
  const char           *call_error;                  /* why it cannot, or NULL */
  GArray               *tools;                       /* of HearthPlanTool, or NULL */
  gboolean              bypassed;
  gboolean              streams;
  gboolean              keeps_text;                  /* somebody wants the joined text */
  guint                 n_results;                   /* interface outputs that come from it */
} HearthPlanStep;

/* An interface output, of the workflow or of a group instance. */
typedef struct
{
  const char  *key;
  const char  *name;     /* display name, or NULL */
  int          group;    /* -1: of the workflow */
  int          source;   /* step, or -1 */
  int          output;
  HearthValue *constant;
  gboolean     streams;  /* chunk by chunk to the observers */
} HearthPlanResult;

/* A group instance: no step of its own, but reported like a node. */
typedef struct
{
  const char *id;
  int         parent;    /* group, or -1 */
  guint       n_waits;   /* steps that must have ended */
  guint       n_members; /* steps inside */
} HearthPlanGroup;

typedef struct
{
  guint    step;
  guint    group;
} HearthPlanWatch;

/* The part of a result's name that no run changes. */
typedef struct
{
  HearthReuse     reuse;
  HearthResultKey base;   /* type, version, settings, names of inputs */
  HearthValue    *type;   /* "id version"; NULL with HEARTH_REUSE_NEVER */
  HearthValue    *config; /* a short hash of it */
} HearthPlanHash;

struct _HearthPlan
{
  gatomicrefcount    ref_count;
  GStringChunk      *strings;

  GArray            *steps;
  GArray            *inputs;
  GArray            *outputs;
  GArray            *links;
  GArray            *groups;
  GArray            *watches;   /* sorted by step */
  GArray            *results;
  guint             *consumers; /* link numbers, sorted by source */
  guint             *order;     /* steps, topological */
  guint              n_readers;
  gboolean           has_joins; /* some step wants to know of every link what became of it */

  GHashTable        *by_id;     /* step id -> number + 1; group id -> -(number + 1) */
  char             **output_keys;
  char             **interface_inputs;   /* keys */
  char             **interface_outputs;  /* keys, those that are not mapped too */
  const char        *workflow_id;        /* or NULL */
  HearthValue       *run_inputs;
  HearthPlanHash    *hashes;             /* of steps; made on first use */
  gsize              hashed;
};

#define hearth_plan_step(p, i)   (&g_array_index ((p)->steps, HearthPlanStep, (i)))
#define hearth_plan_input(p, i)  (&g_array_index ((p)->inputs, HearthPlanInput, (i)))
#define hearth_plan_output(p, i) (&g_array_index ((p)->outputs, HearthPlanOutput, (i)))
#define hearth_plan_link(p, i)   (&g_array_index ((p)->links, HearthPlanLink, (i)))
#define hearth_plan_group(p, i)  (&g_array_index ((p)->groups, HearthPlanGroup, (i)))
#define hearth_plan_watch(p, i)  (&g_array_index ((p)->watches, HearthPlanWatch, (i)))
#define hearth_plan_result(p, i) (&g_array_index ((p)->results, HearthPlanResult, (i)))

/* What stands in for a result does not make it. */
#define hearth_plan_input_makes_result(input) (strcmp ((input)->key, HEARTH_FALLBACK_INPUT) != 0)

/* -1 when there is no such step or group. */
int _hearth_plan_find_step  (HearthPlan *self, const char *id);
int _hearth_plan_find_group (HearthPlan *self, const char *id);

/* hearth-plan-hash.c */
const HearthPlanHash *_hearth_plan_get_hashes (HearthPlan *self);
void _hearth_plan_free_hashes (HearthPlan *self);

/* --- the making ------------------------------------------------------------------ */

/* One graph in one place: the workflow, or the workflow of one group instance. */
typedef struct _HearthScope HearthScope;
struct _HearthScope
{
  HearthGraph *graph;          /* borrowed */
  HearthScope *parent;
  char        *instance;       /* id of the instance in @parent's graph */
  char        *workflow_id;
  char        *prefix;         /* "a/b/" */
  int          group;
  HearthValue *interface_inputs;
  HearthValue *interface_outputs;
  GHashTable  *steps;          /* node id -> step + 1 */
  GHashTable  *children;       /* node id -> HearthScope */
  GPtrArray   *output_nodes;   /* ids of the GroupOutput nodes */
};

typedef struct _HearthPlanBuilder HearthPlanBuilder;
struct _HearthPlanBuilder
{
  HearthPlan  *plan;
  GHashTable  *groups;         /* borrowed */
  GHashTable  *called;         /* workflow id -> HearthPlan; of the outermost builder */
  HearthPlanBuilder *caller;   /* this plan is for a call from there, or NULL */
  HearthScope *caller_scope;
  gboolean     recursive;      /* a workflow contains itself: no plan at all */
  GPtrArray   *scopes;         /* owned; the workflow first */
  gsize        n_edges;        /* of all scopes: no way through them is longer */
  guint        n_forks;        /* interface slots with several edges followed so far */
  guint        fork_depth;
};

/* Where a value comes from: an output of a step, or a constant. */
typedef struct
{
  int          step;     /* -1: @constant */
  const char  *handle;
  HearthValue *constant; /* owned, or NULL */
} HearthPlanSource;

void     hearth_plan_source_clear (HearthPlanSource *self);
GArray  *hearth_plan_sources_new  (void);

const char *_hearth_plan_keep_string (HearthPlan *self, const char *text);

/* hearth-plan.c */
/* @caller: NULL, or whose call is planned. */
HearthPlan *hearth_plan_make       (HearthGraph       *graph,
                                    GHashTable        *groups,
                                    HearthValue       *interface_values,
                                    HearthValue       *mappings,
                                    HearthPlanBuilder *caller,
                                    HearthScope       *caller_scope,
                                    GError           **error);

/* hearth-plan-calls.c */
/* Is @workflow_id being expanded or planned round @scope? */
gboolean hearth_plan_is_inside     (HearthPlanBuilder *self,
                                    HearthScope       *scope,
                                    const char        *workflow_id);
void     hearth_plan_refuse_recursion (HearthPlanBuilder *self,
                                    HearthScope       *scope,
                                    HearthNode        *node,
                                    const char        *workflow_id,
                                    GError           **error);
/* For nodes that call a workflow; FALSE only when it contains itself. */
gboolean hearth_plan_attach_call   (HearthPlanBuilder *self,
                                    HearthScope       *scope,
                                    HearthNode        *node,
                                    guint              step,
                                    GError           **error);

/* The same for every workflow among its tools. */
gboolean hearth_plan_attach_tools  (HearthPlanBuilder *self,
                                    HearthScope       *scope,
                                    HearthNode        *node,
                                    guint              step,
                                    GError           **error);

/* hearth-plan-groups.c */
gboolean hearth_plan_expand        (HearthPlanBuilder *self,
                                    HearthGraph       *graph,
                                    GError           **error);
void     hearth_scope_free         (HearthScope       *self);

/* hearth-plan-resolve.c */
/* Adds what feeds @node_id's output @handle; @several: set when an interface slot took several
 * edges. Nothing is added for an edge that leads nowhere. */
gboolean hearth_plan_resolve       (HearthPlanBuilder *self,
                                    HearthScope       *scope,
                                    const char        *node_id,
                                    const char        *handle,
                                    GArray            *sources,
                                    gboolean          *several,
                                    GError           **error);

/* hearth-plan-slots.c */
void     hearth_plan_declare_slots (HearthPlanBuilder *self,
                                    HearthScope       *scope,
                                    HearthNode        *node,
                                    guint              step);
/* The number of @step's input @key, or -1. */
int      hearth_plan_find_input    (HearthPlan        *plan,
                                    HearthPlanStep    *step,
                                    const char        *key);
/* The number of @step's output @key, made when it is new. */
int      hearth_plan_need_output   (HearthPlan        *self,
                                    guint              step,
                                    const char        *key);

/* The first edge that feeds the GroupOutput slot @key (workflow-format.md 4.2 step 4), or NULL. A
 * group's instance looks at all GroupOutput nodes, the workflow at the first alone. */
HearthEdge *hearth_scope_find_output_edge (HearthScope *self,
                                           const char  *key);

/* hearth-plan-inputs.c */
gboolean hearth_plan_link_inputs   (HearthPlanBuilder *self,
                                    HearthScope       *scope,
                                    GError           **error);

/* hearth-plan-results.c */
gboolean hearth_plan_map_results   (HearthPlanBuilder *self,
                                    HearthValue       *mappings,
                                    GError           **error);
/* After hearth_plan_classify(). */
void     hearth_plan_watch_sources (HearthPlan        *self);
HearthValue *hearth_plan_make_run_inputs (HearthGraph *graph,
                                          HearthValue *interface_values);

/* hearth-plan-order.c */
gboolean hearth_plan_sort          (HearthPlan        *self,
                                    GError           **error);
void     hearth_plan_classify      (HearthPlan        *self);
void     hearth_plan_index_links   (HearthPlan        *self);

/* hearth-plan-joins.c */
void     hearth_plan_set_joins     (HearthPlan        *self);

/* hearth-plan-bypass.c */
void     hearth_plan_pair_bypass   (HearthPlan        *self,
                                    HearthPlanStep    *step);

G_END_DECLS
