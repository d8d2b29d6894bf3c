/* hearth-model-call-private.h: the parts of a call
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-json-job-private.h"
#include "hearth-model-call.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_CALL_ANSWER,
  HEARTH_CALL_MODELS,
  HEARTH_CALL_EMBED,
} HearthCallPurpose;

struct _HearthModelCall
{
  HearthOutside *outside;
  HearthChannel *channel;
  HearthSecret *key; /* or NULL */

  HearthCallPurpose purpose;
  HearthModelEvents events;
  HearthModelValueFunc value_ended;
  gpointer user_data;

  /* asking */
  HearthProviderMessage message;
  gboolean wants_stream;
  HearthValue *texts; /* to be embedded */
  guint n_asked;
  GPtrArray *refusals; /* of GError: what was refused before; or NULL */
  GPtrArray *refused;  /* this time */
  HearthExchange *exchange;
  HearthJsonJob *job;
  guint source; /* a turn of the main loop */
  guint timer;  /* of the outside's clock: the next piece of a local answer, or the wait for the end */
  GError *failure;
  gboolean is_paused;

  /* reading */
  guint status;
  HearthValue *headers;
  GString *body;
  gboolean is_known; /* what kind of body it is */
  HearthLineReader *lines;
  HearthAnswer *answer;
  guint depth; /* functions of others on the stack: @self must not go */
  gboolean is_cancelled;

  gpointer local; /* state of a provider without a network */
};

/* hearth-model-call.c */
/* Tells the end and frees @self. @error: taken, or NULL; @value: of a list or embeddings, borrowed, or NULL. */
void     _hearth_model_call_end          (HearthModelCall *self,
                                          HearthValue     *value,
                                          const HearthUsage *usage,
                                          GError          *error);
/* The same, later. */
void     _hearth_model_call_fail_soon    (HearthModelCall *self,
                                          GError          *error);
/* By the clock of the outside, which replays do not wait for. Once at a time. */
void     _hearth_model_call_wait         (HearthModelCall *self,
                                          guint            milliseconds,
                                          HearthClockFunc  func);
void     _hearth_model_call_stop_waiting (HearthModelCall *self);
/* Takes @job, or NULL: it is over. Meanwhile that clock stands still. */
void     _hearth_model_call_set_job      (HearthModelCall *self,
                                          HearthJsonJob   *job);
/* Around what calls readers: leaving is FALSE when @self was cancelled meanwhile; it is gone then. */
void     _hearth_model_call_enter        (HearthModelCall *self);
gboolean _hearth_model_call_leave        (HearthModelCall *self);

/* hearth-model-call-ask.c */
/* Leaves out of the message what the service refused with @error; FALSE: that is nothing that could be left out. */
gboolean _hearth_model_call_write_less   (HearthModelCall *self,
                                          const GError    *error);
/* Asks (again) what the message says. */
void     _hearth_model_call_ask          (HearthModelCall *self);
/* Leaves out of the message what was refused before: it need not be asked again. @refusals: or NULL; they are kept, and grow. */
void     _hearth_model_call_take_refusals (HearthModelCall *self,
                                          GPtrArray       *refusals);

/* hearth-model-call-read.c */
extern const HearthExchangeEvents _hearth_model_call_exchange_events;
/* Does not wait for ever for the end of an answer that is complete. */
void     _hearth_model_call_watch_end    (HearthModelCall *self);

/* hearth-model-call-local.c */
void     _hearth_model_call_local_start  (HearthModelCall *self,
                                          const HearthModelRequest *request);
void     _hearth_model_call_local_go_on  (HearthModelCall *self);

/* hearth-model-call-error.c; new errors */
GError  *_hearth_model_call_error_outside (const GError    *error);
GError  *_hearth_model_call_error_cut     (void);
/* A body of status 200 that is no JSON. */
GError  *_hearth_model_call_error_no_json (HearthModelCall *self);
GError  *_hearth_model_call_error_refused (HearthModelCall *self,
                                           HearthValue     *body);
/* @error without a trace of the key and of what is secret in the channel's headers. */
GError  *_hearth_model_call_error_mask    (HearthModelCall *self,
                                           GError          *error);

G_END_DECLS
