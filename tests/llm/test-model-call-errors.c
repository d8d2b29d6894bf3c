/* test-model-call-errors.c: what becomes of calls of models that fail, and what a person is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "calling.h"

#define PIECE(text) "data: {\\\"choices\\\":[{\\\"index\\\":0,\\\"delta\\\":{\\\"content\\\":\\\"" text "\\\"}}]}\\n\\n"
#define END "data: {\\\"choices\\\":[{\\\"index\\\":0,\\\"delta\\\":{},\\\"finish_reason\\\":\\\"stop\\\"}]}\\n\\n"

static void
assert_failed (Calling         *c,
               HearthModelError code,
               const char      *part_of_message)
{
  g_assert_error (c->error, HEARTH_MODEL_ERROR, (int) code);
  if (strstr (c->error->message, part_of_message) == NULL)
    g_error ("“%s” does not say “%s”", c->error->message, part_of_message);
  g_assert_null (strstr (c->error->message, RIGHT_KEY));
}

/* A stream that ends is not a stream that is complete. */
static void
test_cut (Calling      *c,
          gconstpointer unused)
{
  calling_play (c, "{\"steps\":[{\"send\":\"" PIECE ("half") "\"},{\"cut\":true}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "ended before its end");
  g_assert_cmpstr (c->text, ==, "half");
  calling_play (c, "{\"steps\":[{\"send\":\"" PIECE ("half") "\"}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "broke off");
  g_assert_cmpstr (c->text, ==, "half");
  calling_play (c, "{\"framing\":\"close\",\"steps\":[{\"send\":\"data: {\\\"choices\\\":[{\\\"delta\"},{\"cut\":true}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "broke off");
  calling_play (c, "{\"steps\":[{\"send\":\": nothing\\n\\n\"}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "broke off");
  calling_play (c, "{\"framing\":\"length\",\"length\":500,\"steps\":[{\"send\":\"{\\\"choices\\\":\"},{\"cut\":true}]}", FALSE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "ended before its end");
  calling_play (c, "{\"steps\":[{\"send\":\"" PIECE ("all") END "\"},{\"cut\":true}]}", TRUE); /* all was said */
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, "all");
}

static void
test_no_json (Calling      *c,
              gconstpointer unused)
{
  calling_play (c, "{\"headers\":{\"Content-Type\":\"text/html\"},\"steps\":[{\"send\":\"<!DOCTYPE html><title> Sign\\nin </title>\"}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "web page");
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, c->channel->base_url);
  g_assert_cmpstr (hearth_model_error_get_words (c->error), ==, "Sign\nin");
  calling_play (c, "{\"headers\":{\"Content-Type\":\"application/json\"},\"steps\":[{\"send\":\"\\n<html>\"}]}", FALSE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "web page");
  calling_play (c, "{\"steps\":[]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "with nothing");
  calling_play (c, "{\"headers\":{\"Content-Type\":\"application/json\"},\"steps\":[{\"send\":\"{\\\"choices\\\":[\"}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "damaged JSON");
  calling_play (c, "{\"headers\":{\"Content-Type\":\"text/plain\"},\"steps\":[{\"send\":\"Ollama is running\"}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "no JSON");
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "Ollama is running");
  calling_play (c, "{\"steps\":[{\"send\":\"" PIECE ("a") "data: {\\\"choices\\\":[\\n\\n\"}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "{\"choices\":[");
  calling_play (c, "{\"headers\":{\"Content-Type\":\"application/json\"},\"steps\":[{\"send\":\"{\\\"hello\\\":1}\"}]}", FALSE);
  assert_failed (c, HEARTH_MODEL_ERROR_BAD_ANSWER, "choices");
  calling_play (c, "{\"status\":404,\"headers\":{\"Content-Type\":\"text/html\"},\"steps\":[{\"send\":\"<html>\"}]}", FALSE);
  assert_failed (c, HEARTH_MODEL_ERROR_INVALID, "base URL is wrong");
  calling_play (c, "{\"status\":302,\"headers\":{\"Location\":\"http://elsewhere.example/v1\"},\"steps\":[]}", FALSE);
  assert_failed (c, HEARTH_MODEL_ERROR_INVALID, "http://elsewhere.example/v1");
}

static void
test_refused (Calling      *c,
              gconstpointer unused)
{
  calling_ask (c, "unheard-of", "x", NULL, TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_INVALID, "The model `unheard-of` does not exist");
  g_assert_cmpstr (hearth_model_error_get_provider_code (c->error), ==, "model_not_found");
  g_assert_cmpuint (hearth_model_error_get_status (c->error), ==, 404);
  calling_play (c, "{\"status\":429,\"headers\":{\"Retry-After\":\"7\"},\"steps\":[{\"send\":\"{\\\"error\\\":{\\\"message\\\":\\\"Slow down\\\"}}\"}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_RATE_LIMIT, "Slow down");
  g_assert_cmpuint (hearth_model_error_get_retry_after (c->error), ==, 7000);
  calling_play (c, "{\"status\":429,\"headers\":{\"Retry-After-Ms\":\"1500\"},\"steps\":[]}", FALSE);
  g_assert_cmpuint (hearth_model_error_get_retry_after (c->error), ==, 1500);
  calling_play (c, "{\"status\":500,\"steps\":[{\"send\":\"it broke\"}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_SERVER, "it broke");
  calling_play (c, "{\"status\":503,\"headers\":{\"Content-Type\":\"text/html\"},\"steps\":[{\"send\":\"<h1>no\"},{\"cut\":true}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_SERVER, "");
  calling_play (c, "{\"steps\":[{\"send\":\"" PIECE ("so") "data: {\\\"error\\\":{\\\"message\\\":\\\"gone\\\",\\\"code\\\":503}}\\n\\n" PIECE ("not this") "\"},{\"wait\":60}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_SERVER, "gone");
  g_assert_cmpstr (c->text, ==, "so");
}

/* A service repeats the key that it does not like. */
static void
test_masked (Calling      *c,
             gconstpointer unused)
{
  g_clear_pointer (&c->key, hearth_secret_unref);
  c->key = hearth_secret_new ("sk-wrong-key-4567");
  calling_ask (c, "parrot", "x", NULL, TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_KEY, "Incorrect API key provided: •••.");
  g_assert_null (strstr (hearth_model_error_get_words (c->error), "wrong"));
  calling_list (c);
  assert_failed (c, HEARTH_MODEL_ERROR_KEY, "•••");
  g_clear_pointer (&c->key, hearth_secret_unref);
  calling_ask (c, "parrot", "x", NULL, TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_KEY, "this channel has none");
}

/* The channel's own headers go along, take the key's place, and are kept as silent as a key. */
static void
test_headers (Calling      *c,
              gconstpointer unused)
{
  c->channel->headers = parse ("{\"authorization\":\"Bearer sk-own-key-89\",\"X-Number\":5}");
  calling_ask (c, "parrot", "x", NULL, FALSE);
  assert_failed (c, HEARTH_MODEL_ERROR_KEY, "Incorrect API key");
  g_assert_null (strstr (c->error->message, RIGHT_KEY));
  calling_use (c, "openai", "/v1");
  c->channel->headers = parse ("{\"authorization\":\"Bearer " RIGHT_KEY "\"}");
  g_clear_pointer (&c->key, hearth_secret_unref);
  calling_ask (c, "parrot", "fine", NULL, FALSE);
  g_assert_no_error (c->error);
}

static void
test_unreachable (Calling      *c,
                  gconstpointer unused)
{
  g_clear_pointer (&c->channel, hearth_channel_unref);
  c->channel = hearth_channel_new (hearth_providers_lookup ("openai"), "http://127.0.0.1:1/v1");
  calling_ask (c, "parrot", "x", NULL, TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_UNREACHABLE, "127.0.0.1:1");
  calling_use (c, "openai", "/v1");
  c->channel->timeout_ms = 100;
  calling_play (c, "{\"framing\":\"none\",\"steps\":[{\"wait\":60}]}", TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_TIMEOUT, "");
  g_clear_pointer (&c->channel, hearth_channel_unref);
  c->channel = hearth_channel_new (hearth_providers_lookup ("openai"), "no address");
  calling_ask (c, "parrot", "x", NULL, TRUE);
  assert_failed (c, HEARTH_MODEL_ERROR_INVALID, "base URL");
  calling_list (c);
  assert_failed (c, HEARTH_MODEL_ERROR_INVALID, "base URL");
}

static void
test_retry_after (Calling      *c,
                  gconstpointer unused)
{
  static const struct
  {
    const char *headers;
    guint least, most;
  } cases[] = {
    { "{\"retry-after\":\"2\"}", 2000, 2000 },
    { "{\"retry-after\":\" 0.5 \"}", 500, 500 },
    { "{\"retry-after\":\"5\",\"retry-after-ms\":\"20\"}", 20, 20 },
    { "{\"retry-after\":\"1e99\"}", 86400000, 86400000 },
    { "{\"retry-after\":\"-3\"}", 0, 0 },
    { "{\"retry-after\":\"soon\"}", 0, 0 },
    { "{\"retry-after\":\"nan\"}", 0, 0 },
    { "{\"retry-after\":7}", 0, 0 },
    { "{}", 0, 0 },
    { "{\"retry-after\":\"Sun, 06 Nov 1994 08:49:37 GMT\"}", 0, 0 },
    { "{\"retry-after\":\"Wed, 01 Jan 2125 00:00:00 GMT\"}", 86400000, 86400000 },
    { "{\"retry-after\":\"Wed, 99 Jan 2125 00:00:00 GMT\"}", 0, 0 },
    { "{\"retry-after\":\"Wed, 01 anF 2125 00:00:00 GMT\"}", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthValue) headers = parse (cases[i].headers);
      guint wait = hearth_model_error_read_retry_after (headers);

      if (wait < cases[i].least || wait > cases[i].most)
        g_error ("%s gives %u ms", cases[i].headers, wait);
    }
  g_assert_cmpuint (hearth_model_error_read_retry_after (NULL), ==, 0);
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
    { "/model-call/cut", test_cut },
    { "/model-call/no-json", test_no_json },
    { "/model-call/refused", test_refused },
    { "/model-call/masked", test_masked },
    { "/model-call/headers", test_headers },
    { "/model-call/unreachable", test_unreachable },
    { "/model-call/retry-after", test_retry_after },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Calling, NULL, calling_set_up, tests[i].run, calling_tear_down);
  return g_test_run ();
}
