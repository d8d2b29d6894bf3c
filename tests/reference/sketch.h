/* sketch.h: a workflow while it is made
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "generator.h"
#include "hearth-graph-types.h"
#include "kinds.h"

G_BEGIN_DECLS

typedef struct
{
  const char *type_id;  /* interned */
  char       *id;
  GPtrArray  *ins;      /* of RefPort */
  GPtrArray  *outs;
  gboolean    modal;
  const char *calls;    /* a workflow, or NULL */
} RefDraft;

typedef struct
{
  const char    *key; /* interned */
  HearthDataType type;
  gboolean       stream, multi, required;
} RefPort;

/* A workflow while it is made. */
typedef struct
{
  RefRandom *random;
  GPtrArray *drafts;
  GPtrArray *nodes;  /* of HearthValue */
  GPtrArray *edges;
  guint      n_edges;
} RefSketch;

/* What may happen in one case at all: most cases are dull in most ways, so that the lively parts
 * are not always drowned in failures. */
typedef struct
{
  RefRandom *random;
  gboolean   fails, bypasses, odd, long_streams, branches, policies, calls, asks, guests;
  guint      resource; /* that most of its nodes use, if they use one */
  GPtrArray *group_ids;
  GPtrArray *group_ports; /* pairs of GPtrArray: ins, outs */
} RefMood;

#define below(n)  ref_random_below (sketch->random, (n))
#define chance(p) ref_random_chance (sketch->random, (p))

RefSketch   *ref_sketch_new         (RefRandom      *random);
void         ref_sketch_free        (RefSketch      *sketch);
RefDraft    *ref_sketch_add_draft   (RefSketch      *sketch,
                                     const char     *type_id,
                                     const char     *id);
void         ref_sketch_draft_kind  (RefSketch      *sketch,
                                     RefMood        *mood,
                                     const char     *id);
void         ref_sketch_draft_group (RefSketch      *sketch,
                                     RefMood        *mood,
                                     const char     *id);
void         ref_sketch_draft_call  (RefSketch      *sketch,
                                     RefMood        *mood,
                                     const char     *id);
HearthValue *ref_sketch_make_value  (RefSketch      *sketch,
                                     HearthDataType  type);
void         ref_sketch_shuffle     (RefSketch      *sketch,
                                     GPtrArray      *array);
/* edges.c */
void         ref_sketch_add_edges   (RefSketch      *sketch,
                                     RefMood        *mood,
                                     guint           number);
/* The edges into each multi-input in some order, with one that is gone and without some that are there. */
HearthValue *ref_sketch_make_orders (RefSketch      *sketch,
                                     RefDraft       *draft);
/* sketch-policies.c */
void         ref_sketch_add_policy  (RefSketch      *sketch,
                                     RefMood        *mood,
                                     RefDraft       *draft,
                                     HearthBuilder  *config);
/* again.c */
void         ref_case_choose_again  (RefCase        *self,
                                     RefSketch      *sketch);
void         ref_ports_copy         (GPtrArray      *to,
                                     GPtrArray      *from);
GPtrArray   *ref_ports_new          (RefSketch      *sketch,
                                     const char     *prefix,
                                     guint           n_ports,
                                     gboolean        outputs);

G_END_DECLS
