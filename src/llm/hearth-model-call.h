/* hearth-model-call.h: one call to one channel, from the request to the last piece of the answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-outside.h"

#include "hearth-provider.h"

G_BEGIN_DECLS

/* On its way. Main thread. Gone after @ended or hearth_model_call_cancel (). */
typedef struct _HearthModelCall HearthModelCall;

/**
 * HearthModelEvents:
 * @delta: a piece, or NULL
 * @ended: the last, with the whole answer (borrowed; what came before @error, too); HEARTH_MODEL_ERROR
 *
 * Never called from within the functions below. @delta may pause and cancel the call.
 */
typedef struct
{
  void (*delta) (HearthAnswer      *answer,
                 const HearthDelta *delta,
                 gpointer           user_data);
  void (*ended) (HearthAnswer      *answer,
                 const GError      *error,
                 gpointer           user_data);
} HearthModelEvents;

/* Never NULL: what is wrong with @request is told by @ended. @key: or NULL. @events: copied. A service that gives a
 * whole answer although a stream was asked, or a stream unasked, is understood.
 * @refusals: of #GError, how this service refused parts of earlier requests to this model; or NULL. Those parts are left out
 * from the beginning, and what it refuses this time before it answers without is added. */
HearthModelCall *hearth_model_call_start  (HearthOutside            *outside,
                                           HearthChannel            *channel,
                                           HearthSecret             *key,
                                           const HearthModelRequest *request,
                                           GPtrArray                *refusals,
                                           const HearthModelEvents  *events,
                                           gpointer                  user_data);
/* Back-pressure: nothing more is read. Pieces of what was read already still come, some kilobytes at most. */
void             hearth_model_call_pause  (HearthModelCall          *self);
void             hearth_model_call_resume (HearthModelCall          *self);
/* Ends it at once, the connection too; nothing is called any more. */
void             hearth_model_call_cancel (HearthModelCall          *self);

/* Lists of models and embeddings: @value as HearthProvider's read_models and read_embed give it, borrowed, or NULL with
 * @error. @usage: -1 where nothing was told */
typedef void (*HearthModelValueFunc) (HearthValue       *value,
                                      const HearthUsage *usage,
                                      const GError      *error,
                                      gpointer           user_data);
HearthModelCall *hearth_model_call_list   (HearthOutside            *outside,
                                           HearthChannel            *channel,
                                           HearthSecret             *key,
                                           HearthModelValueFunc      ended,
                                           gpointer                  user_data);
/* @texts: an array of strings, not empty. */
HearthModelCall *hearth_model_call_embed  (HearthOutside            *outside,
                                           HearthChannel            *channel,
                                           HearthSecret             *key,
                                           const char               *model,
                                           HearthValue              *texts,
                                           HearthModelValueFunc      ended,
                                           gpointer                  user_data);

G_END_DECLS
