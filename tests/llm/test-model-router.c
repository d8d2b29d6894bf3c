/* test-model-router.c: a question finds the channel that answers it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "asking.h"

static void
test_answer (Routing      *self,
             gconstpointer unused)
{
  g_auto (Asking) asking = { 0 };
  g_autoptr (HearthValue) told = NULL;

  asking_begin (&asking, self);
  g_assert_cmpstr (asking.heard->str, ==, "");
  AWAIT (asking.ask == NULL);
  g_assert_no_error (asking.error);
  g_assert_cmpstr (asking.heard->str, ==, "from |a|");
  g_assert_cmpstr (asking.text, ==, "from a");
  g_assert_cmpint (asking.prompt_tokens, ==, 10);
  told = routing_talk (self, NULL);
  g_assert_cmpstr (hearth_value_get_string (hearth_value_at (hearth_value_get (hearth_value_get (told, "a"), "keys"), 0), NULL),
                   ==, KEY_OF_A);
  g_free (self->preferred);
  self->preferred = g_strdup ("c");
  assert_answer (self, "from c");
}

/* Whatever is the channel's fault, as long as nothing was heard of an answer. */
static void
test_fallback (Routing      *self,
               gconstpointer unused)
{
  static const char *const moods[] = {
    "{\"a\":[{\"status\":500}]}", "{\"a\":[{\"status\":401}]}", "{\"a\":[{\"status\":402}]}", "{\"a\":[{\"status\":404}]}",
    "{\"a\":[{\"status\":429}]}", "{\"a\":[{\"status\":200,\"text\":\"<html>\"}]}", "{\"a\":[{\"cut\":0}]}", "{\"a\":[{\"late\":true}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (moods); i++)
    {
      g_auto (Asking) asking = { 0 };

      g_test_message ("%s", moods[i]);
      routing_moods (self, moods[i]);
      asking_do (&asking, self);
      g_assert_no_error (asking.error);
      g_assert_cmpstr (asking.heard->str, ==, "from |b|");
      g_assert_cmpuint (asking.n_usage, ==, 1);
      hearth_model_router_forget (self->router, "a");
    }
}

static void
test_no_fallback (Routing      *self,
                  gconstpointer unused)
{
  static const struct
  {
    const char *moods;
    int code;
    const char *heard;
  } cases[] = {
    { "{\"a\":[{\"status\":400}]}", HEARTH_MODEL_ERROR_INVALID, "" },
    { "{\"a\":[{\"status\":413}]}", HEARTH_MODEL_ERROR_TOO_LONG, "" },
    { "{\"a\":[{\"cut\":1}]}", HEARTH_MODEL_ERROR_BAD_ANSWER, "from |" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Asking) asking = { 0 };

      g_test_message ("%s", cases[i].moods);
      routing_moods (self, cases[i].moods);
      asking_do (&asking, self);
      g_assert_error (asking.error, HEARTH_MODEL_ERROR, cases[i].code);
      g_assert_cmpstr (asking.heard->str, ==, cases[i].heard);
    }
  assert_calls (self, "a3 b0 c0");
}

/* Who wants the whole answer has heard nothing of one that comes in pieces all the same, and then not to its end. */
static void
test_whole (Routing      *self,
            gconstpointer unused)
{
  g_auto (Asking) asking = { .whole = TRUE };

  routing_moods (self, "{\"a\":[{\"cut\":1}]}");
  asking_do (&asking, self);
  g_assert_no_error (asking.error);
  g_assert_cmpstr (asking.text, ==, "from b");
  g_assert_cmpstr (asking.heard->str, ==, "");
}

static void
test_all_fail (Routing      *self,
               gconstpointer unused)
{
  g_auto (Asking) asking = { 0 };

  routing_moods (self, "{\"a\":[{\"status\":401}],\"b\":[{\"status\":500}],\"c\":[{\"status\":500}]}");
  asking_do (&asking, self);
  assert_model_error (asking, KEY);
  g_assert_nonnull (strstr (asking.error->message, "“A”: "));
  g_assert_nonnull (strstr (asking.error->message, "a is not well"));
  g_assert_nonnull (strstr (asking.error->message, "“C”: "));
  g_assert_nonnull (strstr (asking.error->message, "c is not well"));
  assert_calls (self, "a1 b1 c1");
}

/* --- no channel, no key ---------------------------------------------------------------------------------- */

static void
test_no_channel (Routing      *self,
                 gconstpointer unused)
{
  g_auto (Asking) asking = { 0 };
  g_auto (Asking) closed = { 0 };

  g_ptr_array_set_size (self->channels, 0);
  asking_do (&asking, self);
  assert_model_error (asking, NO_CHANNEL);
  g_assert_nonnull (strstr (asking.error->message, "“m”"));
  hearth_model_router_close (self->router);
  asking_do (&closed, self);
  assert_model_error (closed, NO_CHANNEL);
}

static void
test_no_key (Routing      *self,
             gconstpointer unused)
{
  g_auto (Asking) asking = { 0 };

  self->has_no_key = TRUE;
  assert_answer (self, "from b");
  g_ptr_array_set_size (self->channels, 0);
  /* One that is known to want a key is not asked without. */
  routing_add (self, "x", "https://api.openai.com/v1");
  asking_do (&asking, self);
  assert_model_error (asking, KEY);
  assert_calls (self, "a0 b1 c0");
}

static void
test_unreachable (Routing      *self,
                  gconstpointer unused)
{
  HearthChannel *dead = hearth_channel_new (hearth_providers_lookup ("openai"), "http://127.0.0.1:1/v1");

  dead->id = g_strdup ("dead");
  dead->created_ms = -1;
  g_ptr_array_add (self->channels, dead);
  assert_answer (self, "from a");
  assert_health (self, "dead", "ready", 1);
}

static void
test_time_out (Routing      *self,
               gconstpointer unused)
{
  ((HearthChannel *) g_ptr_array_index (self->channels, 0))->timeout_ms = 50;
  routing_moods (self, "{\"a\":[{\"hang\":true}]}");
  assert_answer (self, "from b");
  assert_calls (self, "a1 b1 c0");
}

/* --- only one ------------------------------------------------------------------------------------------------ */

/* What a node brings along is asked whatever became of it before, and nobody else is. */
static void
test_fixed (Routing      *self,
            gconstpointer unused)
{
  g_autofree char *base = g_strconcat (self->peer.base, "/c/v1", NULL);
  g_autoptr (HearthChannel) channel = hearth_channel_new (hearth_providers_lookup ("openai"), base);

  channel->id = g_strdup ("brought along");
  routing_moods (self, "{\"c\":[{\"status\":500},{\"status\":500},{\"status\":500},{\"status\":500},{\"status\":429}]}");
  for (guint i = 0; i < 4; i++)
    {
      g_auto (Asking) asking = { 0 };

      asking_begin_with (&asking, self, channel);
      AWAIT (asking.ask == NULL);
      assert_model_error (asking, SERVER);
    }
  {
    g_auto (Asking) asking = { 0 };

    asking_begin_with (&asking, self, channel);
    AWAIT (hearth_clock_get_next_ms (self->clock) >= 0);
    hearth_clock_advance (self->clock, 2000);
    AWAIT (asking.ask == NULL);
    g_assert_no_error (asking.error);
    g_assert_cmpstr (asking.text, ==, "from c");
  }
  g_assert_cmpuint (self->n_loads, ==, 0);
  assert_calls (self, "a0 b0 c6");
}

/* An address without a key means the channel with that address, and a name the one of that name. */
static void
test_meant (Routing      *self,
            gconstpointer unused)
{
  const struct
  {
    const char *base;
    const char *from; /* NULL: there is no such */
  } hints[] = { { "a", "from a" }, { "channel:B", "from b" }, { "channel:Z", NULL }, { "channel:C", NULL }, { "c", "from c" } };

  ((HearthChannel *) g_ptr_array_index (self->channels, 2))->disabled = TRUE; /* then the address is asked as it is */
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      gboolean is_name = g_str_has_prefix (hints[i].base, HEARTH_CHANNEL_BY_NAME);
      g_autofree char *base = is_name ? g_strdup (hints[i].base) : g_strdup_printf ("%s/%s/v1", self->peer.base, hints[i].base);
      g_autoptr (HearthChannel) hint = hearth_channel_new (hearth_providers_lookup ("openai"), base);
      g_auto (Asking) asking = { 0 };

      asking_begin_with (&asking, self, hint);
      AWAIT (asking.ask == NULL);
      g_assert_cmpstr (asking.error == NULL ? asking.text : NULL, ==, hints[i].from);
      g_assert_true (hints[i].from != NULL || g_error_matches (asking.error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_NO_CHANNEL));
    }
  {
    g_autoptr (HearthValue) told = routing_talk (self, NULL);

    g_assert_cmpstr (hearth_value_get_string (hearth_value_at (hearth_value_get (hearth_value_get (told, "a"), "keys"), 0), NULL),
                     ==, KEY_OF_A);
  }
  assert_calls (self, "a1 b1 c1");
}

/* --- taken back ------------------------------------------------------------------------------------------------ */

static void
test_cancel (Routing      *self,
             gconstpointer unused)
{
  g_auto (Asking) at_once = { 0 };
  g_auto (Asking) loading = { 0 };
  g_auto (Asking) hanging = { 0 };
  g_auto (Asking) waiting = { 0 };
  g_auto (Asking) talking = { .cancel_at = 1 };

  asking_begin (&at_once, self);
  g_clear_pointer (&at_once.ask, hearth_model_ask_cancel);
  asking_begin (&loading, self);
  AWAIT (self->n_loads == 1);
  g_clear_pointer (&loading.ask, hearth_model_ask_cancel);
  pass_time ();
  assert_calls (self, "a0 b0 c0");
  keep_only_a (self);
  routing_moods (self, "{\"a\":[{\"hang\":true},{\"status\":429}]}");
  asking_begin (&hanging, self);
  pass_time ();
  g_clear_pointer (&hanging.ask, hearth_model_ask_cancel);
  asking_begin (&waiting, self);
  AWAIT (hearth_clock_get_next_ms (self->clock) >= 0);
  g_clear_pointer (&waiting.ask, hearth_model_ask_cancel);
  g_assert_cmpint (hearth_clock_get_next_ms (self->clock), ==, -1);
  asking_begin (&talking, self);
  AWAIT (talking.ask == NULL);
  pass_time ();
  g_assert_cmpstr (talking.heard->str, ==, "from |");
  g_assert_null (talking.text);
  assert_calls (self, "a3 b0 c0");
  assert_answer (self, "from a");
}

/* --- embeddings ------------------------------------------------------------------------------------------------ */

static void
test_embed (Routing      *self,
            gconstpointer unused)
{
  static const HearthBill bill = { .run_id = "run", .node_id = "node" };
  g_autoptr (HearthValue) texts = parse ("[\"one\",\"three\"]");
  g_autoptr (HearthValue) wanted = parse ("[[3],[5]]");
  g_auto (Asking) asking = { .routing = self };

  routing_moods (self, "{\"a\":[{\"status\":500}]}");
  asking.ask = hearth_model_router_embed (self->router, "m", texts, &bill, asking_value_cb, &asking);
  AWAIT (asking.ask == NULL);
  g_assert_no_error (asking.error);
  g_assert_true (hearth_value_equal (asking.value, wanted));
  g_assert_cmpint (asking.prompt_tokens, ==, 3);
  assert_calls (self, "a1 b1 c0");
}

/* --- money ------------------------------------------------------------------------------------------------------- */

static void
settled_cb (HearthLedger *ledger,
            HearthValue  *entry,
            GString      *text)
{
  g_string_append_printf (text, "%s %s %d\n", hearth_value_get_member_string (entry, "channelId", "-"),
                          hearth_value_get_member_string (entry, "outcome", "-"),
                          (int) hearth_value_get_member_integer (entry, "promptTokens", -1));
}

/* Every attempt is settled, once. */
static void
test_ledger (Routing      *self,
             gconstpointer unused)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (Asking) cancelled = { .cancel_at = 1 };
  g_auto (Asking) hanging = { 0 };

  g_signal_connect (self->ledger, "settled", G_CALLBACK (settled_cb), text);
  routing_moods (self, "{\"a\":[{\"status\":500}]}");
  assert_answer (self, "from b");
  g_assert_cmpstr (text->str, ==, "a failed 0\nb answered 10\n");
  g_string_truncate (text, 0);
  asking_begin (&cancelled, self);
  AWAIT (cancelled.ask == NULL);
  g_assert_cmpstr (text->str, ==, "a answered -1\n");
  /* What was asked may cost something, whether anybody waits for the answer or not. */
  g_string_truncate (text, 0);
  routing_moods (self, "{\"a\":[{\"hang\":true}]}");
  asking_begin (&hanging, self);
  pass_time ();
  g_clear_pointer (&hanging.ask, hearth_model_ask_cancel);
  g_assert_cmpstr (text->str, ==, "a answered -1\n");
}

static void
test_ceiling (Routing      *self,
              gconstpointer unused)
{
  HearthCeilings ceilings = HEARTH_CEILINGS_INIT;
  g_auto (Asking) asking = { 0 };
  g_auto (Asking) first = { 0 };
  g_auto (Asking) second = { 0 };

  ceilings.calls = 2;
  hearth_ledger_set_ceilings (self->ledger, HEARTH_BUDGET_RUN, "run", &ceilings);
  asking_begin (&first, self);
  asking_begin (&second, self);
  AWAIT (first.ask == NULL && second.ask == NULL);
  g_assert_no_error (first.error);
  g_assert_no_error (second.error);
  asking_do (&asking, self);
  assert_model_error (asking, BUDGET);
  assert_calls (self, "a2 b0 c0");
}

/* What the first call reserves leaves no room for a second one, until it has ended. */
static void
test_room (Routing      *self,
           gconstpointer unused)
{
  HearthCeilings ceilings = HEARTH_CEILINGS_INIT;
  g_auto (Asking) first = { 0 };
  g_auto (Asking) second = { 0 };

  ceilings.tokens = 5000; /* without a limit of its own a call may take 4096 and what it is asked */
  hearth_ledger_set_ceilings (self->ledger, HEARTH_BUDGET_RUN, "run", &ceilings);
  asking_begin (&first, self);
  asking_begin (&second, self);
  AWAIT (first.ask == NULL && second.ask == NULL);
  g_assert_no_error (first.error);
  g_assert_no_error (second.error);
  g_assert_cmpstr (first.waits->str, ==, "");
  g_assert_true (g_str_has_prefix (second.waits->str, "Calls that go on may use up what the ceiling leaves; "));
  g_assert_true (g_str_has_suffix (second.waits->str, ".|-|"));
  assert_calls (self, "a2 b0 c0");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/model-router/" name, Routing, NULL, routing_set_up, function, routing_tear_down)
  ADD ("answer", test_answer);
  ADD ("fallback", test_fallback);
  ADD ("no-fallback", test_no_fallback);
  ADD ("whole", test_whole);
  ADD ("all-fail", test_all_fail);
  ADD ("no-channel", test_no_channel);
  ADD ("no-key", test_no_key);
  ADD ("unreachable", test_unreachable);
  ADD ("time-out", test_time_out);
  ADD ("fixed", test_fixed);
  ADD ("meant", test_meant);
  ADD ("cancel", test_cancel);
  ADD ("embed", test_embed);
  ADD ("ledger", test_ledger);
  ADD ("ceiling", test_ceiling);
  ADD ("room", test_room);
  return g_test_run ();
}
