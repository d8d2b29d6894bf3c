/* test-model-choice.c: which channel is asked first, and which ones rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-channel-choice.h"
#include "hearth-provider.h"

typedef struct
{
  HearthClock *clock;
  HearthChannelHealth *health;
  HearthChannelChoice *choice;
  GPtrArray *channels;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer unused)
{
  self->clock = hearth_clock_new_manual ();
  self->health = hearth_channel_health_new (self->clock);
  self->choice = hearth_channel_choice_new ();
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_channel_unref);
}

static void
tear_down (Fixture      *self,
           gconstpointer unused)
{
  g_ptr_array_unref (self->channels);
  hearth_channel_choice_free (self->choice);
  hearth_channel_health_free (self->health);
  g_object_unref (self->clock);
}

/* @models: of the channel, or NULL */
static HearthChannel *
add (Fixture    *self,
     const char *id,
     gint64      created_ms,
     guint       weight,
     const char *models)
{
  HearthChannel *channel = hearth_channel_new (hearth_providers_lookup (NULL), "http://localhost/v1");

  channel->id = g_strdup (id);
  channel->created_ms = created_ms;
  channel->weight = weight;
  channel->models = models != NULL ? g_strsplit (models, " ", -1) : NULL;
  g_ptr_array_add (self->channels, channel);
  return channel;
}

static char *
order (Fixture    *self,
       const char *model,
       const char *preferred)
{
  g_autoptr (GPtrArray) chosen = hearth_channel_choice_order (self->choice, self->channels, model, preferred, self->health);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < chosen->len; i++)
    g_string_append (text, ((HearthChannel *) g_ptr_array_index (chosen, i))->id);
  return g_string_free (text, FALSE);
}

static void
assert_order (Fixture    *self,
              const char *model,
              const char *preferred,
              const char *wanted)
{
  g_autofree char *found = order (self, model, preferred);

  g_assert_cmpstr (found, ==, wanted);
}

/* nodes.md 5.3, step 6: the oldest that is not disabled and has the model, or names none. */
static void
test_rule (Fixture      *self,
           gconstpointer unused)
{
  add (self, "b", 200, 0, "m n");
  add (self, "a", 100, 0, "n");
  add (self, "c", 300, 0, NULL);
  add (self, "z", 0, 0, "m");
  add (self, "d", 50, 0, NULL)->disabled = TRUE;
  assert_order (self, "m", NULL, "zbc");
  assert_order (self, "m", NULL, "zbc");
  assert_order (self, "n", NULL, "abc");
  assert_order (self, "o", NULL, "c");
  assert_order (self, "m", "c", "czb");
  assert_order (self, "m", "a", "zbc");
  assert_order (self, "m", "gone", "zbc");
}

/* Among 100 calls, and never long without one of them. */
static void
test_weights (Fixture      *self,
              gconstpointer unused)
{
  g_autoptr (GString) firsts = g_string_new (NULL);
  guint n[2] = { 0 };

  add (self, "a", 100, 100, NULL);
  add (self, "b", 200, 300, NULL);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *found = order (self, "m", NULL);

      n[*found - 'a']++;
      if (i < 8)
        g_string_append_c (firsts, *found);
    }
  g_assert_cmpuint (n[0], ==, 25);
  g_assert_cmpuint (n[1], ==, 75);
  g_assert_cmpstr (firsts->str, ==, "bbabbbab");
  /* One that has none of its own counts as much as is usual. */
  add (self, "c", 50, 0, NULL);
  assert_order (self, "other", NULL, "bca");
  assert_order (self, "other", "c", "cba");
}

static void
fail (Fixture         *self,
      const char      *id,
      HearthModelError code,
      guint            retry_after)
{
  g_autoptr (GError) error = hearth_model_error_new (code, "words", NULL, 500, retry_after);
  gboolean is_probe = hearth_channel_health_begin (self->health, id);

  hearth_channel_health_end (self->health, id, is_probe, error);
}

static void
assert_state (Fixture           *self,
              const char        *id,
              HearthChannelState wanted,
              gint64             wanted_ms)
{
  gint64 ready_in;

  g_assert_cmpint (hearth_channel_health_get_state (self->health, id, &ready_in), ==, wanted);
  g_assert_cmpint (ready_in, ==, wanted_ms);
}

/* Three in a row, then one call tries it again; each rest is twice as long as the one before. */
static void
test_rest (Fixture      *self,
           gconstpointer unused)
{
  fail (self, "a", HEARTH_MODEL_ERROR_SERVER, 0);
  fail (self, "a", HEARTH_MODEL_ERROR_TIMEOUT, 0);
  assert_state (self, "a", HEARTH_CHANNEL_READY, 0);
  fail (self, "a", HEARTH_MODEL_ERROR_UNREACHABLE, 0);
  assert_state (self, "a", HEARTH_CHANNEL_RESTING, 5000);
  hearth_clock_advance (self->clock, 4999);
  assert_state (self, "a", HEARTH_CHANNEL_RESTING, 1);
  hearth_clock_advance (self->clock, 1);
  assert_state (self, "a", HEARTH_CHANNEL_READY, 0);
  g_assert_true (hearth_channel_health_begin (self->health, "a"));
  assert_state (self, "a", HEARTH_CHANNEL_RESTING, -1);
  hearth_channel_health_give_up (self->health, "a", TRUE);
  assert_state (self, "a", HEARTH_CHANNEL_READY, 0);
  fail (self, "a", HEARTH_MODEL_ERROR_SERVER, 0);
  assert_state (self, "a", HEARTH_CHANNEL_RESTING, 10000);
  hearth_clock_advance (self->clock, 10000);
  hearth_channel_health_end (self->health, "a", hearth_channel_health_begin (self->health, "a"), NULL);
  assert_state (self, "a", HEARTH_CHANNEL_READY, 0);
  g_assert_null (hearth_channel_health_get_error (self->health, "a"));
  fail (self, "a", HEARTH_MODEL_ERROR_SERVER, 0);
  assert_state (self, "a", HEARTH_CHANNEL_READY, 0);
}

/* A channel that refuses a request is well; one that is busy says for how long. */
static void
test_no_rest (Fixture      *self,
              gconstpointer unused)
{
  for (guint i = 0; i < 5; i++)
    {
      fail (self, "a", HEARTH_MODEL_ERROR_SERVER, 0);
      fail (self, "a", HEARTH_MODEL_ERROR_INVALID, 0);
    }
  assert_state (self, "a", HEARTH_CHANNEL_READY, 0);
  fail (self, "a", HEARTH_MODEL_ERROR_RATE_LIMIT, 2000);
  assert_state (self, "a", HEARTH_CHANNEL_WAITING, 2000);
  hearth_clock_advance (self->clock, 2000);
  assert_state (self, "a", HEARTH_CHANNEL_READY, 0);
  hearth_channel_health_end (self->health, "a", FALSE, NULL);
  assert_state (self, "a", HEARTH_CHANNEL_READY, 0);
}

/* Whoever cannot be asked now stands behind those who can. */
static void
test_health_first (Fixture      *self,
                   gconstpointer unused)
{
  add (self, "a", 100, 0, NULL);
  add (self, "b", 200, 0, NULL);
  for (guint i = 0; i < 3; i++)
    fail (self, "a", HEARTH_MODEL_ERROR_SERVER, 0);
  assert_order (self, "m", NULL, "ba");
  assert_order (self, "m", "a", "ba");
  hearth_channel_health_forget (self->health, "a");
  assert_order (self, "m", NULL, "ab");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/model-choice/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("rule", test_rule);
  ADD ("weights", test_weights);
  ADD ("rest", test_rest);
  ADD ("no-rest", test_no_rest);
  ADD ("health-first", test_health_first);
  return g_test_run ();
}
