/* asking.h: questions to a router whose channels a, b and c are those of tests/llm/peer_moody.py
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-model-router.h"

#include "await.h"
#include "hearth-json.h"
#include "parse.h"
#include "peer-talk.h"

#define KEY_OF_A "sk-key-of-a-0123"

typedef struct
{
  Peer peer;
  HearthOutside *outside;
  HearthLedger *ledger;
  HearthClock *clock;
  HearthModelRouter *router;
  GPtrArray *channels;
  char *preferred;
  gboolean has_no_key; /* the keyring, for a channel that says it has one */
  guint n_loads;
} Routing;

/* One question and what was heard of the answer. */
typedef struct
{
  Routing *routing;
  HearthModelAsk *ask; /* NULL: it has ended */
  GString *heard;
  GString *waits;      /* what it waited for, "-" for each end of it */
  guint n_usage;
  guint cancel_at;     /* that piece; 0: never */
  gboolean whole;      /* it is not to come in pieces */
  gboolean is_fussy;   /* the model that is asked, with a temperature that it refuses */
  char *text;
  HearthValue *value;
  gint64 prompt_tokens;
  GError *error;
} Asking;

/* --- the source of channels ------------------------------------------------------------------------- */

typedef struct
{
  Routing *routing;
  HearthChannelsFunc channels_done;
  HearthKeyFunc key_done;
  gpointer user_data;
} Answering;

static inline gboolean
answer_cb (gpointer data)
{
  g_autofree Answering *self = data;
  g_autoptr (HearthSecret) key = hearth_secret_new (KEY_OF_A);

  if (self->channels_done != NULL)
    self->channels_done (self->routing->channels, self->routing->preferred, NULL, self->user_data);
  else
    self->key_done (self->routing->has_no_key ? NULL : key, NULL, self->user_data);
  return G_SOURCE_REMOVE;
}

static inline void
load_channels (gpointer           owner,
               const char        *model,
               HearthChannelsFunc done,
               gpointer           user_data)
{
  Answering answering = { owner, done, NULL, user_data };

  ((Routing *) owner)->n_loads++;
  g_idle_add (answer_cb, g_memdup2 (&answering, sizeof answering));
}

static inline void
load_key (gpointer      owner,
          const char   *channel_id,
          HearthKeyFunc done,
          gpointer      user_data)
{
  Answering answering = { owner, NULL, done, user_data };

  g_assert_cmpstr (channel_id, ==, "a");
  g_idle_add (answer_cb, g_memdup2 (&answering, sizeof answering));
}

/* --- set up ------------------------------------------------------------------------------------------- */

static inline HearthChannel *
routing_add (Routing    *self,
             const char *id,
             const char *base)
{
  HearthChannel *channel = hearth_channel_new (hearth_providers_lookup ("openai"), base);

  channel->id = g_strdup (id);
  channel->label = g_ascii_strup (id, -1);
  channel->has_key = g_str_equal (id, "a");
  channel->created_ms = self->channels->len;
  g_ptr_array_add (self->channels, channel);
  return channel;
}

static inline void
routing_set_up (Routing      *self,
                gconstpointer unused)
{
  static const HearthChannelSource source = { load_channels, load_key };
  static const char *const names[] = { "a", "b", "c" };

  peer_start (&self->peer, NULL);
  self->outside = hearth_outside_new ();
  self->ledger = hearth_ledger_new ();
  self->clock = hearth_clock_new_manual ();
  self->router = hearth_model_router_new (self->outside, self->ledger, &source, self);
  hearth_model_router_set_clock (self->router, self->clock);
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_channel_unref);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *base = g_strconcat (self->peer.base, "/", names[i], "/v1", NULL);

      routing_add (self, names[i], base);
    }
}

static inline void
routing_tear_down (Routing      *self,
                   gconstpointer unused)
{
  await_idle ();
  g_assert_finalize_object (self->router);
  g_object_unref (self->clock);
  g_object_unref (self->ledger);
  g_object_unref (self->outside);
  g_ptr_array_unref (self->channels);
  g_free (self->preferred);
  peer_stop (&self->peer);
}

/* --- the peer's moods ---------------------------------------------------------------------------------- */

/* @body: JSON; NULL: GET */
static inline HearthValue *
routing_talk (Routing    *self,
              const char *body)
{
  return peer_talk (&self->peer, self->outside, "/moods", body);
}

static inline void
routing_moods (Routing    *self,
               const char *moods)
{
  g_autoptr (HearthValue) nothing = routing_talk (self, moods);
}

/* How often each was asked, "a1 b2 c0". */
#define assert_calls(routing, wanted) \
  G_STMT_START \
  { \
    g_autoptr (HearthValue) told_ = routing_talk (routing, NULL); \
    g_autofree char *found_ = g_strdup_printf ( \
      "a%d b%d c%d", (int) hearth_value_get_member_integer (hearth_value_get (told_, "a"), "calls", -1), \
      (int) hearth_value_get_member_integer (hearth_value_get (told_, "b"), "calls", -1), \
      (int) hearth_value_get_member_integer (hearth_value_get (told_, "c"), "calls", -1)); \
\
    g_assert_cmpstr (found_, ==, wanted); \
  } \
  G_STMT_END

/* --- asking ------------------------------------------------------------------------------------------------ */

static inline void
asking_delta_cb (HearthAnswer      *answer,
                 const HearthDelta *delta,
                 gpointer           user_data)
{
  Asking *self = user_data;

  g_assert_nonnull (self->ask);
  if (delta->kind == HEARTH_DELTA_USAGE)
    self->n_usage++;
  else
    g_string_append_printf (self->heard, "%s|", delta->text);
  if (self->cancel_at > 0 && --self->cancel_at == 0)
    g_clear_pointer (&self->ask, hearth_model_ask_cancel);
}

static inline void
asking_ended_cb (HearthAnswer *answer,
                 const GError *error,
                 gpointer      user_data)
{
  Asking *self = user_data;

  g_assert_nonnull (self->ask);
  g_assert_nonnull (answer);
  self->ask = NULL;
  self->text = g_strdup (hearth_answer_get_text (answer));
  self->prompt_tokens = hearth_answer_get_usage (answer)->prompt;
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

static inline void
asking_waits_cb (const char *sentence,
                 gpointer    user_data)
{
  g_string_append_printf (((Asking *) user_data)->waits, "%s|", sentence != NULL ? sentence : "-");
}

static const HearthModelEvents asking_events = { asking_delta_cb, asking_ended_cb };

static inline void
asking_value_cb (HearthValue       *value,
                 const HearthUsage *usage,
                 const GError      *error,
                 gpointer           user_data)
{
  Asking *self = user_data;

  g_assert_nonnull (self->ask);
  self->ask = NULL;
  self->value = hearth_value_ref_or_null (value);
  self->prompt_tokens = usage != NULL ? usage->prompt : -1;
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

static inline void
asking_clear (Asking *self)
{
  g_clear_pointer (&self->ask, hearth_model_ask_cancel);
  if (self->heard != NULL)
    g_string_free (self->heard, TRUE);
  if (self->waits != NULL)
    g_string_free (self->waits, TRUE);
  g_clear_pointer (&self->value, hearth_value_unref);
  g_clear_error (&self->error);
  g_free (self->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asking, asking_clear)

static inline void
asking_begin_with (Asking        *self,
                   Routing       *routing,
                   HearthChannel *channel)
{
  static const HearthBill bill = { .run_id = "run", .node_id = "node" };
  g_autoptr (HearthValue) messages = parse ("[{\"role\":\"user\",\"content\":\"who are you\"}]");
  g_autoptr (HearthValue) params = self->is_fussy ? parse ("{\"temperature\":0.5}") : NULL;
  HearthModelRequest request = { .model = self->is_fussy ? "fussy" : "m", .messages = messages, .params = params,
                                 .stream = !self->whole };

  self->routing = routing;
  self->heard = g_string_new (NULL);
  self->waits = g_string_new (NULL);
  self->ask = hearth_model_router_ask (routing->router, &request, channel, NULL, &bill, &asking_events, self);
  hearth_model_ask_set_waits (self->ask, asking_waits_cb);
}

static inline void
asking_begin (Asking  *self,
              Routing *routing)
{
  asking_begin_with (self, routing, NULL);
}

static inline void
asking_do (Asking  *self,
           Routing *routing)
{
  asking_begin (self, routing);
  AWAIT (self->ask == NULL);
}

static inline void
assert_answer (Routing    *routing,
               const char *wanted)
{
  g_auto (Asking) asking = { 0 };

  asking_do (&asking, routing);
  g_assert_no_error (asking.error);
  g_assert_cmpstr (asking.text, ==, wanted);
}

#define assert_model_error(asking, code_) g_assert_error ((asking).error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_##code_)

/* Real time, while a clock moved by hand stands still. */
static inline void
pass_time (void)
{
  for (guint i = 0; i < 20; i++)
    {
      await_idle ();
      g_usleep (2000);
    }
}

static inline void
keep_only_a (Routing *self)
{
  g_ptr_array_set_size (self->channels, 1);
}

static inline void
assert_health (Routing    *self,
               const char *id,
               const char *state,
               gint64      failures)
{
  g_autoptr (HearthValue) health = hearth_model_router_dup_health (self->router, id);

  g_assert_cmpstr (hearth_value_get_member_string (health, "id", NULL), ==, id);
  g_assert_cmpstr (hearth_value_get_member_string (health, "state", NULL), ==, state);
  g_assert_cmpint (hearth_value_get_member_integer (health, "failures", -1), ==, failures);
}
