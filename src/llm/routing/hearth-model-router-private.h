/* hearth-model-router-private.h: what the files of the router share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-channel-choice.h"
#include "hearth-model-router.h"

G_BEGIN_DECLS

struct _HearthModelRouter
{
  GObject parent_instance;

  HearthOutside *outside;
  HearthLedger *ledger;             /* or NULL */
  const HearthChannelSource *source; /* NULL once closed */
  gpointer owner;

  HearthClock *clock;
  HearthChance *chance;
  HearthChannelHealth *health;
  HearthChannelChoice *choice;
  GPtrArray *own_channels;          /* of HearthChannel */
  GHashTable *refusals;             /* channel and model -> GPtrArray of GError */
};

/* What is asked: a conversation, or embeddings. */
typedef struct
{
  HearthModelRequest *request; /* or NULL: */
  char *model;
  HearthValue *texts;
} HearthQuestion;

/* One call on its way, with what stands for it elsewhere. */
typedef struct
{
  HearthChannel *channel;      /* NULL: there is none */
  HearthModelCall *call;
  HearthReservation *reservation; /* or NULL */
  guint claim;                 /* number of the one that is not answered yet, or 0 */
  gint64 began_ms;
  guint deadline;              /* of the clock, or 0 */
  gboolean is_probe;
  gboolean heard;              /* pieces have come */
} HearthAttempt;

struct _HearthModelAsk
{
  grefcount ref_count;
  HearthModelRouter *router;
  HearthQuestion question;
  gint64 prompt_tokens;

  HearthChannel *fixed;        /* the only one that may answer; or NULL */
  HearthSecret *fixed_key;

  gboolean is_billed;
  char *run_id;
  char *node_id;
  char *project_id;

  HearthModelEvents events;    /* of a conversation */
  HearthModelValueFunc value_ended; /* of embeddings */
  HearthModelWaits waits;      /* or NULL */
  gpointer user_data;

  GPtrArray *known;            /* of HearthChannel: all there are */
  char *preferred;
  GPtrArray *order;            /* those to be asked in this round */
  guint next;                  /* of @order */
  guint round;
  HearthAttempt attempt;
  GPtrArray *failures;         /* of HearthFailure, of this round */

  guint timer;                 /* of the clock: until the next round */
  guint idle;                  /* a source of the main loop: it goes on */
  gulong room_id;              /* the ledger may have room again */
  guint n_claims;              /* so far */
  HearthSecret *waiting_key;   /* meanwhile */

  gboolean delivered;          /* a piece of the answer is with who asked */
  gboolean holds_usage;        /* a piece of news that tells nothing without one */
  gboolean waiting;            /* and has said so */
  gboolean paused;
  gboolean ended;
};

typedef struct
{
  HearthChannel *channel;
  GError *error;
} HearthFailure;

/* --- hearth-model-router.c -------------------------------------------------------------------------- */

/* What @channel refused of earlier requests to @model (hearth_model_call_start()); grows. Borrowed. */
GPtrArray      *_hearth_model_router_get_refusals (HearthModelRouter *self,
                                              HearthChannel          *channel,
                                              const char             *model);

/* --- hearth-model-ask.c: from channel to channel -------------------------------------------------- */

HearthModelAsk *_hearth_model_ask_new        (HearthModelRouter      *router,
                                              const HearthBill       *bill,
                                              gpointer                user_data);
HearthModelAsk *_hearth_model_ask_ref        (HearthModelAsk         *self);
void            _hearth_model_ask_unref      (HearthModelAsk         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthModelAsk, _hearth_model_ask_unref)
/* Goes on later, from the main loop. */
void            _hearth_model_ask_begin      (HearthModelAsk         *self);
/* The next channel of this round; or a pause and the next round; or the end. */
void            _hearth_model_ask_go_on      (HearthModelAsk         *self);
/* The channel of the attempt could not be asked, or failed before it said anything; takes @error. Goes on. */
void            _hearth_model_ask_fail       (HearthModelAsk         *self,
                                              HearthChannel          *channel,
                                              GError                 *error);
/* All channels once more. */
void            _hearth_model_ask_next_round (HearthModelAsk         *self);
/* Tells who asked, and is gone. @answer, @value: one of them, or NULL. */
void            _hearth_model_ask_end        (HearthModelAsk         *self,
                                              HearthAnswer           *answer,
                                              HearthValue            *value,
                                              const HearthUsage      *usage,
                                              const GError           *error);

/* --- hearth-model-room.c: room below the ceilings ----------------------------------------------------- */

/* FALSE: not now, or never; what is to happen then has been seen to. @key: for later, or NULL. */
gboolean        _hearth_model_room_reserve   (HearthModelAsk         *self,
                                              HearthSecret           *key);
void            _hearth_model_room_stop_waiting (HearthModelAsk      *self);
/* Says so; @key is for when it is over. */
void            _hearth_model_room_wait      (HearthModelAsk         *self,
                                              HearthSecret           *key);

/* --- hearth-model-others.c: the same for all processes ------------------------------------------------ */

/* What was reserved is held to a ceiling that other processes spend from, too: TRUE, and goes on with
 * _hearth_model_attempt_place() when they leave room for it, from _hearth_model_attempt_call() when they do not. */
gboolean        _hearth_model_others_ask     (HearthModelAsk         *self,
                                              HearthSecret           *key);

/* --- hearth-model-wait.c: nobody can be asked for now ------------------------------------------------- */

/* Waits for the channel that can be asked first, and then begins the next round. FALSE: none is worth waiting for. */
gboolean        _hearth_model_wait_begin     (HearthModelAsk         *self);
/* Tells who asked what is waited for, in a sentence; NULL: that is over. Who asked may cancel from within. */
void            _hearth_model_wait_tell      (HearthModelAsk         *self,
                                              const char             *sentence);

/* --- hearth-model-attempt.c: one call to one channel ------------------------------------------------ */

/* Looks up its key, reserves what it may cost, and calls. */
void            _hearth_model_attempt_begin  (HearthModelAsk         *self,
                                              HearthChannel          *channel);
/* The rest of it, with the channel's key or NULL. */
void            _hearth_model_attempt_call   (HearthModelAsk         *self,
                                              HearthSecret           *key);
/* And without what is to be reserved. */
void            _hearth_model_attempt_place  (HearthModelAsk         *self,
                                              HearthSecret           *key);
/* Takes back whatever is on its way. */
void            _hearth_model_attempt_stop   (HearthModelAsk         *self);

/* Borrowed. */
const char     *_hearth_channel_get_label    (const HearthChannel    *channel);

/* --- hearth-model-ask-error.c ----------------------------------------------------------------------- */

/* Whether another channel may fare better. */
gboolean        _hearth_model_error_is_of_channel (const GError      *error);
/* Why nobody answered: what each channel said, under its name when there were several. */
GError         *_hearth_model_ask_make_error (HearthModelAsk         *self);

/* --- hearth-channel-meant.c ------------------------------------------------------------------------- */

/* Whether @hint (or NULL) is no more than an address without a key, or a name. */
gboolean        _hearth_channel_may_mean_another (HearthChannel      *hint,
                                              HearthSecret           *key);
/* The active one of @channels with that address or name; for an address that none has, @hint itself. Borrowed. NULL with
 * HEARTH_MODEL_ERROR_NO_CHANNEL: none has that name. */
HearthChannel  *_hearth_channel_find_meant   (HearthChannel          *hint,
                                              GPtrArray              *channels,
                                              GError                **error);

/* --- hearth-token-estimate.c ------------------------------------------------------------------------ */

/* Rather too many than too few. */
gint64          _hearth_token_estimate       (const HearthQuestion   *question);

G_END_DECLS
