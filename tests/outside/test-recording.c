/* test-recording.c: calls are recorded, and answered out of the recording when nobody is there any more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "heard.h"

#include <glib/gstdio.h>

#include "temporary.h"

#define KEY "sk-canary-0123456789\"x"

typedef struct
{
  Fixture calls;
  Temporary folder;
  char *path;
  HearthSecret *secret;
} Recording;

static void
recording_set_up (Recording    *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_up (&self->calls, NULL);
  temporary_set_up (&self->folder, NULL);
  self->path = g_build_filename (self->folder.path, "cassette.jsonl", NULL);
  self->secret = hearth_secret_new (KEY);
  g_assert_true (hearth_outside_record (self->calls.outside, self->path, &error));
  g_assert_no_error (error);
}

/* The recording ends, the peer goes, and what was recorded is all there is. */
static void
begin_replay (Recording *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_strdup (self->calls.peer.base);

  hearth_outside_finish (self->calls.outside, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (self->calls.outside);
  peer_stop (&self->calls.peer);
  self->calls.peer.base = g_steal_pointer (&base);
  self->calls.outside = hearth_outside_new ();
  hearth_outside_replay (self->calls.outside, self->path, &error);
  g_assert_no_error (error);
  g_assert_true (hearth_outside_is_replaying (self->calls.outside));
}

/* Every test ends as a replay. */
static void
recording_tear_down (Recording    *self,
                     gconstpointer data)
{
  g_assert_finalize_object (self->calls.outside);
  g_free (self->calls.peer.base);
  temporary_tear_down (&self->folder, NULL);
  hearth_secret_unref (self->secret);
  g_free (self->path);
}

/* All that was heard, in one text. */
static char *
describe (Heard *heard)
{
  g_autofree char *headers = heard->headers != NULL ? hearth_json_print (heard->headers) : g_strdup ("");

  return g_strdup_printf ("%u %s %u %s %s", heard->status, headers, heard->n_pieces, heard->body->str,
                          heard->error != NULL ? heard->error->message : "");
}

static char *
play_and_describe (Recording  *self,
                   const char *script)
{
  g_auto (Heard) heard = { 0 };

  play (&self->calls, &heard, script, &(HearthOutsideRequest) { .idle_ms = 300, .first_byte_ms = 300 });
  return describe (&heard);
}

static void
test_same (Recording    *self,
           gconstpointer data)
{
  static const char *const scripts[] = {
    "{\"steps\":[{\"split\":1},{\"send\":\"data: h\xc3\xa9 \xf0\x9f\x94\xa5\\n\\n\"}]}",
    "{\"status\":429,\"headers\":{\"Retry-After\":\"2\"},\"steps\":[{\"send\":\"slowly\"}]}",
    "{\"steps\":[{\"bytes\":\"/wD/\"}]}",
    "{\"framing\":\"length\",\"length\":100,\"steps\":[{\"send\":\"data: 1\"},{\"cut\":true}]}",
    "{\"framing\":\"none\",\"steps\":[{\"wait\":60}]}",
    "{\"steps\":[{\"send\":\"data: 1\\n\\n\"},{\"wait\":60}]}",
    "{\"status\":204}",
  };
  char *recorded[G_N_ELEMENTS (scripts)];

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    recorded[i] = play_and_describe (self, scripts[i]);
  begin_replay (self);
  for (guint i = G_N_ELEMENTS (scripts); i-- > 0;) /* whatever the order */
    {
      g_autofree char *replayed = play_and_describe (self, scripts[i]);

      g_assert_cmpstr (recorded[i], ==, replayed);
      g_free (recorded[i]);
    }
}

/* The same question gets its answers in the order they were recorded, and no more than those. */
static void
test_repeated (Recording    *self,
               gconstpointer data)
{
  g_autofree char *replayed = NULL;

  for (guint round = 0; round < 2; round++)
    {
      if (round == 1)
        begin_replay (self);
      for (int i = 0; i < 3; i++)
        {
          g_autoptr (HearthValue) count = get_json (&self->calls, "/count");

          g_assert_cmpint (hearth_value_get_member_integer (count, "calls", -1), ==, i);
          if (i < 2)
            {
              g_auto (Heard) heard = { 0 };

              get (&self->calls, &heard, "/echo");
            }
        }
    }
  replayed = play_and_describe (self, "{\"never\":true}");
  g_assert_nonnull (strstr (replayed, "The recording has no answer"));
  {
    g_auto (Heard) heard = { 0 };

    get (&self->calls, &heard, "/count");
    assert_failed (&heard, NOT_RECORDED);
    g_assert_nonnull (strstr (heard.error->message, "more often"));
  }
}

/* Members may come in any order, and headers in any case; what is new with every call does not count. */
static void
test_canonical (Recording    *self,
                gconstpointer data)
{
  g_autoptr (HearthValue) first = hearth_value_object ("X-One", hearth_value_string ("1"), "X-Request-Id", hearth_value_string ("a"), NULL);
  g_autoptr (HearthValue) second = hearth_value_object ("x-request-id", hearth_value_string ("b"), "x-one", hearth_value_string ("1"), NULL);
  g_auto (Heard) recorded = { 0 };
  g_auto (Heard) replayed = { 0 };

  play (&self->calls, &recorded, "{\"status\":201,\"steps\":[{\"send\":\"x\"}]}", &(HearthOutsideRequest) { .headers = first });
  g_assert_no_error (recorded.error);
  begin_replay (self);
  play (&self->calls, &replayed, "{ \"steps\" : [{\"send\":\"x\"}], \"status\" : 201.0 }", &(HearthOutsideRequest) { .headers = second });
  g_assert_no_error (replayed.error);
  g_assert_cmpuint (replayed.status, ==, 201);
}

static void
test_missing (Recording    *self,
              gconstpointer data)
{
  g_autofree char *said = NULL;

  g_free (play_and_describe (self, "{\"steps\":[{\"send\":\"far\"},{\"send\":\"away\"}],\"status\":500}"));
  g_free (play_and_describe (self, "{\"steps\":[{\"send\":\"one\"}],\"status\":200}"));
  begin_replay (self);
  said = play_and_describe (self, "{\"steps\":[{\"send\":\"two\"}],\"status\":200}");
  g_assert_nonnull (strstr (said, "POST " ));
  g_assert_nonnull (strstr (said, "The nearest is call 2: body.steps[0].send is \"one\" in the recording and \"two\" now."));
}

/* --- keys --------------------------------------------------------------------------------------------- */

/* Sent, repeated by the other side in head and body, cut in two, written into the question: it is nowhere. */
static void
test_key (Recording    *self,
          gconstpointer data)
{
  g_autofree char *text = NULL;

  for (guint round = 0; round < 2; round++)
    {
      HearthOutsideRequest asks = { .secret = self->secret, .secret_header = "Authorization", .secret_prefix = "Bearer " };
      HearthOutsideRequest plays = asks;
      g_auto (Heard) echoed = { 0 };
      g_auto (Heard) told = { 0 };

      if (round == 1)
        begin_replay (self);
      send_request (&self->calls, &echoed, "/echo", &asks);
      AWAIT (echoed.ended);
      g_assert_no_error (echoed.error);
      g_assert_cmpint (strstr (echoed.body->str, "sk-canary") != NULL, ==, round == 0);
      play (&self->calls, &told, "{\"headers\":{\"X-Key\":\"sk-canary-0123456789\\\"x\"},\"steps\":[{\"split\":3},"
                                 "{\"send\":\"you said sk-canary-0123456789\\\"x!\"}]}", &plays);
      g_assert_no_error (told.error);
      g_assert_cmpuint (told.body->len, ==, strlen ("you said " KEY "!"));
      g_assert_true (g_str_has_prefix (told.body->str, "you said "));
    }
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  g_assert_null (strstr (text, "sk-canary"));
  g_assert_null (strstr (text, "0123456789"));
}

/* --- the file ------------------------------------------------------------------------------------------- */

/* A call that is stopped is recorded as far as it came, and then goes on for ever. */
static void
test_stopped (Recording    *self,
              gconstpointer data)
{
  const char *script = "{\"steps\":[{\"send\":\"data: 1\\n\\n\"},{\"wait\":60}]}";
  g_auto (Heard) recorded = { .cancels_at_data = TRUE };
  g_auto (Heard) unfinished = { 0 };
  g_auto (Heard) replayed = { .pause_after = 1 };

  send_script (&self->calls, &recorded, script, NULL);
  AWAIT (recorded.exchange == NULL);
  send_script (&self->calls, &unfinished, "{\"framing\":\"none\",\"steps\":[{\"wait\":60}]}", NULL);
  g_assert_true (hearth_outside_finish (self->calls.outside, NULL));
  g_clear_pointer (&unfinished.exchange, hearth_exchange_cancel);
  await_idle ();
  begin_replay (self);
  send_script (&self->calls, &replayed, script, NULL);
  AWAIT (replayed.n_pieces == 1);
  hearth_exchange_resume (replayed.exchange);
  await_idle ();
  g_assert_false (replayed.ended);
  g_assert_cmpstr (replayed.body->str, ==, "data: 1\n\n");
}

/* Time passes as it did, in no time. */
static void
test_times (Recording    *self,
            gconstpointer data)
{
  const char *script = "{\"steps\":[{\"send\":\"a\"},{\"wait\":0.3},{\"send\":\"b\"}]}";
  g_auto (Heard) recorded = { 0 };
  g_auto (Heard) replayed = { 0 };
  HearthClock *clock;

  play (&self->calls, &recorded, script, NULL);
  begin_replay (self);
  clock = hearth_outside_get_clock (self->calls.outside);
  g_assert_true (hearth_clock_is_virtual (clock));
  g_assert_cmpint (ABS (hearth_clock_get_unix_ms (clock) - g_get_real_time () / 1000), <, 60000);
  play (&self->calls, &replayed, script, NULL);
  g_assert_cmpstr (replayed.body->str, ==, "ab");
  g_assert_cmpint (hearth_clock_get_now_ms (clock), >=, 299);
}

static void
test_unusable (void)
{
  static const char *const texts[] = { "", "{}\n", "{\"hearthCassette\":2}\n", "{\"hearthCassette\":1}\n{\"number\":1}\n",
                                       "{\"hearthCassette\":1}\nnonsense\n" };
  Temporary folder;
  g_autofree char *path = NULL;
  g_autoptr (HearthOutside) outside = hearth_outside_new ();
  g_autoptr (GError) error = NULL;

  temporary_set_up (&folder, NULL);
  path = g_build_filename (folder.path, "c.jsonl", NULL);
  g_assert_false (hearth_outside_replay (outside, path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_clear_error (&error);
      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      g_assert_false (hearth_outside_replay (outside, path, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "is no recording: line "));
    }
  g_clear_error (&error);
  g_assert_false (hearth_outside_record (outside, folder.path, &error));
  g_assert_nonnull (error);
  temporary_tear_down (&folder, NULL);
}

/* A disk that is full is told of at the end. */
static void
test_full (void)
{
  g_autoptr (HearthOutside) outside = hearth_outside_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (hearth_outside_record (outside, "/dev/full", NULL));
  g_assert_false (hearth_outside_finish (outside, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
}

#define ADD(name, function) \
  g_test_add ("/recording/" name, Recording, NULL, recording_set_up, function, recording_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("same", test_same);
  ADD ("repeated", test_repeated);
  ADD ("canonical", test_canonical);
  ADD ("missing", test_missing);
  ADD ("key", test_key);
  ADD ("stopped", test_stopped);
  ADD ("times", test_times);
  g_test_add_func ("/recording/unusable", test_unusable);
  g_test_add_func ("/recording/full", test_full);
  return g_test_run ();
}
