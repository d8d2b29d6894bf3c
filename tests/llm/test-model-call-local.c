/* test-model-call-local.c: calls of a model that is part of the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "calling.h"

#define MODEL "core:offline-quick"

static void
test_answer (Calling      *c,
             gconstpointer unused)
{
  g_autofree char *streamed = NULL;

  calling_ask (c, MODEL, "Say something about rivers.", NULL, TRUE);
  g_assert_no_error (c->error);
  g_assert_cmpuint (c->n_deltas, >, 3);
  g_assert_nonnull (strstr (c->text, "rivers"));
  g_assert_cmpstr (c->finish, ==, "stop");
  g_assert_cmpint (c->usage.completion, >, 0);
  streamed = g_strdup (c->text);
  calling_ask (c, MODEL, "Say something about rivers.", NULL, FALSE);
  g_assert_cmpstr (c->text, ==, streamed);
}

/* Nothing follows the piece at which it was paused until it goes on, and nothing at all where it was cancelled. */
static void
test_pause (Calling      *c,
            gconstpointer unused)
{
  c->pause_at = 2;
  calling_begin_text (c, MODEL, "Say something about rivers.", NULL, TRUE);
  AWAIT (c->n_deltas == 2);
  for (int i = 0; i < 20; i++)
    {
      g_usleep (1000);
      await_idle ();
    }
  g_assert_cmpuint (c->n_deltas, ==, 2);
  hearth_model_call_resume (c->call);
  AWAIT (c->call == NULL);
  g_assert_no_error (c->error);
  g_assert_cmpuint (c->n_deltas, >, 3);
}

static void
test_cancel (Calling      *c,
             gconstpointer unused)
{
  c->cancel_at = 2;
  calling_ask (c, MODEL, "Say something about rivers.", NULL, TRUE);
  await_idle ();
  g_assert_cmpuint (c->n_deltas, ==, 2);
  g_assert_null (c->text);
  calling_begin_text (c, MODEL, "x", NULL, TRUE);
  g_clear_pointer (&c->call, hearth_model_call_cancel);
  await_idle ();
  g_assert_cmpuint (c->n_deltas, ==, 0);
}

static void
test_wrong (Calling      *c,
            gconstpointer unused)
{
  HearthModelRequest request = { .model = MODEL };

  calling_begin (c, &request);
  g_assert_nonnull (c->call);
  AWAIT (c->call == NULL);
  g_assert_error (c->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID);
}

static void
test_lists (Calling      *c,
            gconstpointer unused)
{
  calling_list (c);
  g_assert_no_error (c->error);
  g_assert_cmpuint (hearth_value_get_length (c->value), ==, 2);
  calling_embed (c, MODEL, "[\"a river\",\"a town\",\"a river\"]");
  g_assert_no_error (c->error);
  g_assert_cmpuint (hearth_value_get_length (c->value), ==, 3);
  g_assert_true (hearth_value_equal (hearth_value_at (c->value, 0), hearth_value_at (c->value, 2)));
  g_assert_false (hearth_value_equal (hearth_value_at (c->value, 0), hearth_value_at (c->value, 1)));
}

static void
set_up (Calling      *c,
        gconstpointer unused)
{
  c->outside = hearth_outside_new ();
  c->heard = g_string_new (NULL);
  c->channel = hearth_channel_new_offline ();
}

static void
tear_down (Calling      *c,
           gconstpointer unused)
{
  calling_forget (c);
  g_string_free (c->heard, TRUE);
  hearth_channel_unref (c->channel);
  g_object_unref (c->outside);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Calling *, gconstpointer);
  } tests[] = {
    { "/model-call-local/answer", test_answer }, { "/model-call-local/pause", test_pause },
    { "/model-call-local/cancel", test_cancel }, { "/model-call-local/wrong", test_wrong },
    { "/model-call-local/lists", test_lists },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Calling, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
