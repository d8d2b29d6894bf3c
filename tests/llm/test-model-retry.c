/* test-model-retry.c: a channel that is busy is waited for, and one that fails is left alone for a while
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "asking.h"

/* It says for how long, and is asked again then, and not before. */
static void
test_retry_after (Routing      *self,
                  gconstpointer unused)
{
  g_auto (Asking) asking = { 0 };

  keep_only_a (self);
  routing_moods (self, "{\"a\":[{\"status\":429,\"headers\":{\"Retry-After\":\"2\"}},{\"status\":503,\"headers\":{\"Retry-After\":\"10\"}}]}");
  asking_begin (&asking, self);
  AWAIT (hearth_clock_get_next_ms (self->clock) >= 0);
  g_assert_cmpint (hearth_clock_get_next_ms (self->clock), >=, 2000);
  g_assert_cmpint (hearth_clock_get_next_ms (self->clock), <=, 2500);
  g_assert_true (g_regex_match_simple ("^“A” asks to wait 2 s; trying again at \\d\\d:\\d\\d:\\d\\d\\.\\|$", asking.waits->str, 0, 0));
  hearth_clock_advance (self->clock, 1999);
  pass_time ();
  assert_calls (self, "a1 b0 c0");
  hearth_clock_advance (self->clock, 501);
  AWAIT (hearth_clock_get_next_ms (self->clock) >= 0);
  g_assert_cmpint (hearth_clock_get_next_ms (self->clock), >=, 10000);
  hearth_clock_advance (self->clock, 12500);
  AWAIT (asking.ask == NULL);
  g_assert_no_error (asking.error);
  g_assert_cmpstr (asking.text, ==, "from a");
  g_assert_true (g_str_has_suffix (asking.waits->str, "|-|"));
  assert_calls (self, "a3 b0 c0");
}

/* Twice as long each time, four times in all. */
static void
test_no_retry_after (Routing      *self,
                     gconstpointer unused)
{
  g_auto (Asking) asking = { 0 };

  keep_only_a (self);
  routing_moods (self, "{\"a\":[{\"status\":429},{\"status\":429},{\"status\":429},{\"status\":429},{\"status\":429}]}");
  asking_begin (&asking, self);
  for (guint pause = 1000; pause <= 4000; pause *= 2)
    {
      AWAIT (hearth_clock_get_next_ms (self->clock) >= 0);
      g_assert_cmpint (hearth_clock_get_next_ms (self->clock), >=, pause);
      g_assert_cmpint (hearth_clock_get_next_ms (self->clock), <=, pause * 5 / 4);
      hearth_clock_advance (self->clock, pause * 5 / 4);
    }
  AWAIT (asking.ask == NULL);
  assert_model_error (asking, RATE_LIMIT);
  g_assert_true (g_str_has_prefix (asking.waits->str, "“A” takes no more requests for now; trying again at "));
  assert_calls (self, "a4 b0 c0");
}

/* Nobody waits for minutes; later questions do not even try. */
static void
test_long_retry_after (Routing      *self,
                       gconstpointer unused)
{
  g_auto (Asking) asking = { 0 };
  g_auto (Asking) later = { 0 };

  keep_only_a (self);
  routing_moods (self, "{\"a\":[{\"status\":429,\"headers\":{\"Retry-After\":\"300\"}}]}");
  asking_do (&asking, self);
  assert_model_error (asking, RATE_LIMIT);
  g_assert_cmpuint (hearth_model_error_get_retry_after (asking.error), ==, 300000);
  asking_do (&later, self);
  assert_model_error (later, RATE_LIMIT);
  g_assert_nonnull (strstr (later.error->message, "“A”"));
  assert_calls (self, "a1 b0 c0");
}

/* --- what a model refuses -------------------------------------------------------------------------------- */

static void
assert_fussy_answer (Routing *self)
{
  g_auto (Asking) asking = { .is_fussy = TRUE };

  asking_do (&asking, self);
  g_assert_no_error (asking.error);
  g_assert_cmpstr (asking.text, ==, "from a");
}

/* The first question is refused once; those after it are asked without what was refused, until the channel is another one. */
static void
test_refused_once (Routing      *self,
                   gconstpointer unused)
{
  assert_fussy_answer (self);
  assert_calls (self, "a2 b0 c0");
  assert_fussy_answer (self);
  assert_fussy_answer (self);
  assert_calls (self, "a4 b0 c0");
  assert_answer (self, "from a"); /* another model, of which nothing is known */
  hearth_model_router_forget (self->router, "b");
  assert_fussy_answer (self);
  assert_calls (self, "a6 b0 c0");
  hearth_model_router_forget (self->router, "a");
  assert_fussy_answer (self);
  assert_calls (self, "a8 b0 c0");
}

/* What was refused by one that then did not answer either says nothing. */
static void
test_refused_for_nothing (Routing      *self,
                          gconstpointer unused)
{
  g_auto (Asking) asking = { .is_fussy = TRUE };

  keep_only_a (self);
  routing_moods (self, "{\"a\":[{},{\"status\":400}]}");
  asking_do (&asking, self);
  assert_model_error (asking, INVALID);
  assert_calls (self, "a2 b0 c0");
  assert_fussy_answer (self);
  assert_calls (self, "a4 b0 c0");
}

/* --- rest ---------------------------------------------------------------------------------------------- */

/* After three failures a is left alone; then one call of several tries it, and it heals. */
static void
test_rest (Routing      *self,
           gconstpointer unused)
{
  g_auto (Asking) first = { 0 };
  g_auto (Asking) second = { 0 };

  routing_moods (self, "{\"a\":[{\"status\":500},{\"status\":500},{\"status\":500},{\"status\":500}]}");
  for (guint i = 0; i < 5; i++)
    assert_answer (self, "from b");
  assert_calls (self, "a3 b5 c0");
  assert_health (self, "a", "resting", 3);
  hearth_clock_advance (self->clock, 5000);
  assert_answer (self, "from b");
  assert_calls (self, "a4 b6 c0");
  hearth_clock_advance (self->clock, 9999);
  assert_answer (self, "from b");
  assert_calls (self, "a4 b7 c0");
  hearth_clock_advance (self->clock, 1);
  asking_begin (&first, self);
  asking_begin (&second, self);
  AWAIT (first.ask == NULL && second.ask == NULL);
  g_assert_cmpstr (first.text, ==, "from a");
  g_assert_cmpstr (second.text, ==, "from b");
  assert_health (self, "a", "ready", 0);
  assert_answer (self, "from a");
}

static void
test_all_rest (Routing      *self,
               gconstpointer unused)
{
  g_auto (Asking) asking = { 0 };

  keep_only_a (self);
  routing_moods (self, "{\"a\":[{\"status\":500},{\"status\":500},{\"status\":500}]}");
  for (guint i = 0; i < 3; i++)
    {
      g_auto (Asking) one = { 0 };

      asking_do (&one, self);
      assert_model_error (one, SERVER);
    }
  asking_do (&asking, self);
  assert_model_error (asking, SERVER);
  g_assert_nonnull (strstr (asking.error->message, "5 s"));
  g_assert_nonnull (strstr (asking.error->message, "a is not well"));
  assert_calls (self, "a3 b0 c0");
  hearth_model_router_forget (self->router, "a");
  assert_answer (self, "from a");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/model-retry/" name, Routing, NULL, routing_set_up, function, routing_tear_down)
  ADD ("refused-once", test_refused_once);
  ADD ("refused-for-nothing", test_refused_for_nothing);
  ADD ("retry-after", test_retry_after);
  ADD ("no-retry-after", test_no_retry_after);
  ADD ("long-retry-after", test_long_retry_after);
  ADD ("rest", test_rest);
  ADD ("all-rest", test_all_rest);
  return g_test_run ();
}
