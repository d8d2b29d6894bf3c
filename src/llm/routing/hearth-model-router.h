/* hearth-model-router.h: who asks for a model gets the channel that can answer; a service of runs
 *
 * Channels that have the model are tried by weight and health: one that failed rests and is tried again later, one that
 * refuses for now is waited for when it says how long, and the next is asked when nothing of the answer has come yet.
 * Every call is reserved with the ledger before it starts and settled after it (docs/models.md).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-chance.h"
#include "hearth-clock.h"
#include "hearth-ledger.h"
#include "hearth-model-call.h"

G_BEGIN_DECLS

/* Main thread. */
#define HEARTH_TYPE_MODEL_ROUTER (hearth_model_router_get_type ())
G_DECLARE_FINAL_TYPE (HearthModelRouter, hearth_model_router, HEARTH, MODEL_ROUTER, GObject)

/* @channels: of #HearthChannel; or NULL with @error. @preferred: id of the one to be asked first, or NULL. Borrowed. */
typedef void (*HearthChannelsFunc) (GPtrArray    *channels,
                                    const char   *preferred,
                                    const GError *error,
                                    gpointer      user_data);
/* @key: or NULL, with or without @error. Borrowed. */
typedef void (*HearthKeyFunc)      (HearthSecret *key,
                                    const GError *error,
                                    gpointer      user_data);

/**
 * HearthChannelSource:
 * @load_channels: the channels there are, for somebody who asks for @model
 * @load_key: the key of one that says it has one
 *
 * Who knows the channels. Both answer later, from the main loop, exactly once.
 */
typedef struct
{
  void (*load_channels) (gpointer            owner,
                         const char         *model,
                         HearthChannelsFunc  done,
                         gpointer            user_data);
  void (*load_key)      (gpointer            owner,
                         const char         *channel_id,
                         HearthKeyFunc       done,
                         gpointer            user_data);
} HearthChannelSource;

/* @ledger: or NULL: nobody counts. @source, @owner: until hearth_model_router_close(). */
HearthModelRouter *hearth_model_router_new        (HearthOutside             *outside,
                                                   HearthLedger              *ledger,
                                                   const HearthChannelSource *source,
                                                   gpointer                   owner);
/* The source is not asked any more; who asks for a model hears that there is no channel. */
void               hearth_model_router_close      (HearthModelRouter         *self);
/* What its pauses are drawn from, so that those who were sent away together do not come back together. Default: the
 * system's. Before the first call. */
void               hearth_model_router_set_chance (HearthModelRouter         *self,
                                                   HearthChance              *chance);
/* Tests and replays. Before the first call. */
void               hearth_model_router_set_clock  (HearthModelRouter         *self,
                                                   HearthClock               *clock);

/* One question on its way. Belongs to who asked, until it ended or hearth_model_ask_cancel(). */
typedef struct _HearthModelAsk HearthModelAsk;

/* What a base URL begins with that is the name of a channel. */
#define HEARTH_CHANNEL_BY_NAME "channel:"

/* @channel NULL: whoever has the model; else this one only, with @key (or NULL), whatever became of it before. One that
 * stands in no table (id NULL) and comes without a key means the active channel with its base URL, if there is one; and
 * with the base URL "channel:NAME" always the one of that name.
 * @bill NULL: nobody pays. @events: copied; deltas of the one answer when it is to come in pieces; ended once, the answer
 * never NULL. Nothing is called from within. */
HearthModelAsk    *hearth_model_router_ask        (HearthModelRouter         *self,
                                                   const HearthModelRequest  *request,
                                                   HearthChannel             *channel,
                                                   HearthSecret              *key,
                                                   const HearthBill          *bill,
                                                   const HearthModelEvents   *events,
                                                   gpointer                   user_data);
/* Embeddings of @texts, an array of strings: @ended gets an array of arrays of numbers. */
HearthModelAsk    *hearth_model_router_embed      (HearthModelRouter         *self,
                                                   const char                *model,
                                                   HearthValue               *texts,
                                                   const HearthBill          *bill,
                                                   HearthModelValueFunc       ended,
                                                   gpointer                   user_data);
/* @sentence: for people: what is waited for, as nobody can be asked for now, and until when; NULL: that is over. */
typedef void (*HearthModelWaits) (const char *sentence,
                                  gpointer    user_data);
/* @waits gets the user data of the question; it may cancel it. Before the main loop runs again. */
void               hearth_model_ask_set_waits     (HearthModelAsk            *self,
                                                   HearthModelWaits           waits);
void               hearth_model_ask_pause         (HearthModelAsk            *self);
void               hearth_model_ask_resume        (HearthModelAsk            *self);
/* Ends it at once, the connection too; nothing is called any more and @self is gone. Also from within its events. */
void               hearth_model_ask_cancel        (HearthModelAsk            *self);

/* Of one channel, known or not: {"id", "state": "ready", "waiting" or "resting", "until"? (Unix ms), "failures" (in a
 * row), "message"?}. */
HearthValue       *hearth_model_router_dup_health (HearthModelRouter         *self,
                                                   const char                *channel_id);
/* The channel was changed, or answered a test: what happened before does not count, neither failures nor what its service refused
 * of requests. */
void               hearth_model_router_forget     (HearthModelRouter         *self,
                                                   const char                *channel_id);

/* Whether its service is known to ask for a key; one of one's own may do without, whatever language it speaks. */
gboolean           hearth_channel_wants_key       (const HearthChannel       *channel);

/* Channels that need no set-up, such as hearth_channel_new_offline(); nobody else is asked for the models they name. Of
 * #HearthChannel, borrowed. */
GPtrArray         *hearth_model_router_get_own_channels (HearthModelRouter   *self);

G_END_DECLS
