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
  char         *error;
};

void      ref_call_clear  (RefCall     *self);
void      ref_call_set    (RefCall     *self,
                           const char  *key,
                           HearthValue *value); /* taken */
void      ref_call_yield  (RefCall     *self,
                           HearthValue *chunk); /* taken */
void      ref_call_fail   (RefCall     *self,
                           const char  *message);

typedef void (*RefModel) (RefCall *call);

/**
 * RefKind:
 * @weight: how often it is taken, in comparison
 * @failing: its nodes may fail
 * @max_read: how many chunks it takes of a stream before it ends; 0: all of them
 * @maps: chunk by chunk, while they come: what it yields for @chunk, new reference
 */
typedef struct
{
  HearthNodeDecl decl;
  RefModel       model;
  guint          weight;
  gboolean       failing;
  guint          max_read;
  HearthValue *(*maps) (RefCall *call, HearthValue *chunk);
} RefKind;

HearthCatalog  *ref_kinds_catalog   (void);
guint           ref_kinds_get_size  (void);
const RefKind  *ref_kinds_at        (guint       index);
const RefKind  *ref_kinds_lookup    (const char *type_id); /* NULL: not one of ours */

/* drivers.c: how a model is run by the engine */
gboolean        ref_driver_run      (HearthStep *step, GError **error);
gboolean        ref_driver_compute  (HearthStep *step, GError **error);
gboolean        ref_driver_shout    (HearthStep *step, GError **error);
void            ref_driver_instant  (HearthStep *step);
void            ref_driver_wait     (HearthStep *step);
void            ref_driver_play     (HearthStep *step);
void            ref_driver_play_on  (HearthStep *step);
void            ref_driver_burst    (HearthStep *step);
void            ref_driver_burst_on (HearthStep *step);
void            ref_driver_gather   (HearthStep *step);
void            ref_driver_relay    (HearthStep *step);
void            ref_driver_relay_on (HearthStep *step);

G_END_DECLS
