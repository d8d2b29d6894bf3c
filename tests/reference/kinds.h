/* kinds.h: the kinds of nodes that random graphs are made of
 *
 * Every kind has a model: a plain function from inputs to outputs. The engine gets the same model
 * behind a driver that makes it quick, computing, waiting or streaming; the reference calls the
 * model itself. So only what the engine does between the nodes can make a difference.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-catalog.h"
#include "hearth-step.h"

G_BEGIN_DECLS

typedef struct _RefCall RefCall;

/* One call of a model. The first three say what goes in; the rest is what came out. */
struct _RefCall
{
  HearthValue *(*get_input)  (RefCall *call, const char *key);
  HearthValue *(*get_config) (RefCall *call, const char *key);
  GPtrArray   *(*get_stream) (RefCall *call, const char *key); /* its chunks; NULL: no stream there */
  gpointer      source;

  HearthValue  *outputs; /* object, or NULL */
  GPtrArray    *chunks;  /* of HearthValue, or NULL */
  GPtrArray    *dead;    /* keys of outputs that are not taken, or NULL */
  char         *error;
  const char   *error_class; /* NULL: "node" */
  guint         retry_after; /* milliseconds; with a class */
  guint         attempt; /* in: which try it is; 0 is the first as well */
};

void      ref_call_clear  (RefCall     *self);
void      ref_call_set    (RefCall     *self,
                           const char  *key,
                           HearthValue *value); /* taken */
void      ref_call_yield  (RefCall     *self,
                           HearthValue *chunk); /* taken */
void      ref_call_fail   (RefCall     *self,
                           const char  *message);

/* The output @key is not taken. */
void      ref_call_kill   (RefCall     *self,
                           const char  *key);
gint64    ref_call_get_integer (RefCall *self,
                           const char  *key,
                           gint64       fallback);

typedef void (*RefModel) (RefCall *call);

/* How a node that calls goes about it. */
typedef enum
{
  REF_CALLS_NOT,
  REF_CALLS_IN_TURN,  /* each with the result of the one before it; the first failure is the last call */
  REF_CALLS_PATIENT,  /* all at once; fails with the first of them, when all have ended */
  REF_CALLS_HASTY,    /* all at once; fails as soon as one of them does */
} RefCalls;

#define REF_MAX_CALLS 3
#define REF_HANGING_MS 100000

/**
 * RefKind:
 * @weight: how often it is taken, in comparison
 * @failing: its nodes may fail
 * @max_read: how many chunks it takes of a stream before it ends; 0: all of them
 * @branches: it leaves outputs untaken, or joins
 * @abrupt: may fail before its function has returned
 * @asks: a person
 * @guest: uses a resource
 * @lasts: milliseconds of a try; NULL: no time by the clock
 * @maps: chunk by chunk, while they come: what it yields for @chunk, new reference
 */
typedef struct
{
  HearthNodeDecl decl;
  RefModel       model;
  guint          weight;
  gboolean       failing;
  gboolean       branches;
  gboolean       abrupt;
  gboolean       asks, guest;
  guint        (*lasts) (RefCall *call);
  RefCalls       calls;
  guint          max_read;
  HearthValue *(*maps) (RefCall *call, HearthValue *chunk);
} RefKind;

HearthCatalog  *ref_kinds_catalog   (void);
guint           ref_kinds_get_size  (void);
const RefKind  *ref_kinds_at        (guint       index);
const RefKind  *ref_kinds_lookup    (const char *type_id); /* NULL: not one of ours */

/* How long a try takes by the clock that is moved by hand, and how often it asks within @limit. */
guint           ref_call_get_duration (RefCall *call);
guint           ref_call_get_patience (RefCall *call);
guint           ref_call_count_asks   (RefCall *call,
                                       double   limit); /* milliseconds */
/* What it asks, the number of times before being @round; new reference. */
HearthValue    *ref_call_make_question(RefCall *call,
                                       guint    round);

/* drivers.c, stream-drivers.c, call-driver.c and ask.c: how a model is run by the engine */
gboolean        ref_driver_run      (HearthStep *step, GError **error);
gboolean        ref_driver_compute  (HearthStep *step, GError **error);
gboolean        ref_driver_shout    (HearthStep *step, GError **error);
void            ref_driver_instant  (HearthStep *step);
void            ref_driver_wait     (HearthStep *step);
void            ref_driver_time     (HearthStep *step);
void            ref_driver_time_deaf(HearthStep *step);
void            ref_driver_call     (HearthStep *step);
void            ref_driver_ask      (HearthStep *step);
void            ref_driver_play     (HearthStep *step);
void            ref_driver_play_on  (HearthStep *step);
void            ref_driver_burst    (HearthStep *step);
void            ref_driver_burst_on (HearthStep *step);
void            ref_driver_gather   (HearthStep *step);
void            ref_driver_relay    (HearthStep *step);
void            ref_driver_relay_on (HearthStep *step);

/* Number of the try that a step has just begun; set by who observes its run. */
extern guint    ref_driver_attempt;
#define REF_TRY_NOTE "try"

G_END_DECLS
