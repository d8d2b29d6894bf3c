/* test-ollama.c: what is written to Ollama and read from it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "calling.h"

#include "reading.h"

/* --- writing --------------------------------------------------------------------------------------- */

static void
assert_written (const char *base_url,
                const char *messages_text,
                const char *params_text,
                const char *expected)
{
  g_autoptr (HearthChannel) channel = hearth_channel_new (hearth_providers_lookup ("ollama"), base_url);
  g_autoptr (HearthValue) messages = parse (messages_text);
  g_autoptr (HearthValue) params = parse (params_text);
  g_autoptr (GError) error = NULL;
  g_auto (HearthProviderMessage) message = { 0 };
  HearthModelRequest request = { .model = "m", .messages = messages, .params = params, .stream = TRUE };

  if (!channel->provider->write_request (channel, &request, &message, &error))
    {
      g_assert_error (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID);
      g_assert_null (expected);
      return;
    }
  g_assert_cmpstr (message.uri, ==, "http://h:11434/api/chat");
  g_assert_nonnull (expected);
  assert_value (message.body, expected);
}

static void
test_params (Calling      *c,
             gconstpointer unused)
{
  static const char *const bases[] = { "http://h:11434", "http://h:11434/", "http://h:11434/v1", "http://h:11434/api/" };

  for (gsize i = 0; i < G_N_ELEMENTS (bases); i++)
    assert_written (bases[i], "[{\"role\":\"user\",\"content\":\"Hi\"}]",
                    "{\"temperature\":0.5,\"max_tokens\":9,\"stop\":\"END\",\"keep_alive\":\"5m\",\"mine\":[1],\"options\":{\"num_ctx\":99},\"stream_options\":{}}",
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true,"
                    "\"options\":{\"temperature\":0.5,\"num_predict\":9,\"stop\":[\"END\"],\"num_ctx\":99},\"keep_alive\":\"5m\",\"mine\":[1]}");
}

static void
test_messages (Calling      *c,
               gconstpointer unused)
{
  assert_written ("http://h:11434",
                  "[{\"role\":\"developer\",\"content\":\"Be brief\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is it?\"},"
                  "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}},"
                  "{\"type\":\"file\",\"file\":{\"filename\":\"a.txt\",\"file_data\":\"data:text/plain;base64,SGk=\"}}]},"
                  "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{\\\"x\\\":1}\"}}]},"
                  "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"a cat\"}]",
                  "{}",
                  "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief\"},"
                  "{\"role\":\"user\",\"content\":\"What is it?\\n\\na.txt\\n\\nHi\",\"images\":[\"iVBORw0KGgo=\"]},"
                  "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"look\",\"arguments\":{\"x\":1}}}]},"
                  "{\"role\":\"tool\",\"content\":\"a cat\",\"tool_name\":\"look\"}],\"stream\":true,\"options\":{}}");
  assert_written ("http://h:11434", "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://h/a.png\"}}]}]", "{}", NULL);
  assert_written ("http://h:11434", "[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,AA==\"}}]}]", "{}", NULL);
}

/* --- asking ------------------------------------------------------------------------------------------ */

static void
test_stream (Calling      *c,
             gconstpointer unused)
{
  calling_ask (c, "parrot:latest", "one two", NULL, TRUE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->heard->str, ==, "text:one |text:two |text:0 |usage");
  g_assert_cmpstr (c->finish, ==, "stop");
  g_assert_cmpint (c->usage.prompt, ==, 7);
  calling_ask (c, "parrot:latest", "one", "{\"reasoning_effort\":\"high\"}", TRUE);
  g_assert_cmpstr (c->heard->str, ==, "reasoning:hm|text:one |text:0 |usage");
  calling_ask (c, "parrot:latest", "one two", NULL, FALSE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->heard->str, ==, "text:one two 0 |usage");
}

static void
test_tools (Calling      *c,
            gconstpointer unused)
{
  g_autoptr (HearthValue) tools = parse ("[{\"name\":\"add\",\"parameters\":{\"type\":\"object\"}}]");
  g_autoptr (HearthValue) messages = parse ("[{\"role\":\"user\",\"content\":\"x\"}]");
  HearthModelRequest request = { .model = "tool", .messages = messages, .tools = tools, .stream = TRUE };

  for (int i = 0; i < 2; i++)
    {
      calling_begin (c, &request);
      AWAIT (c->call == NULL);
      g_assert_no_error (c->error);
      assert_value (hearth_value_get (c->value, "tool_calls"), "[{\"id\":\"call_1\",\"name\":\"add\",\"arguments\":{\"x\":1}}]");
      g_assert_cmpstr (c->finish, ==, "tool_calls");
      request.stream = !request.stream;
    }
}

#define LINE(text) "{\\\"message\\\":{\\\"content\\\":\\\"" text "\\\"},\\\"done\\\":false}\\n"
#define END "{\\\"message\\\":{},\\\"done\\\":true,\\\"done_reason\\\":\\\"length\\\"}"

static void
test_badly (Calling      *c,
            gconstpointer unused)
{
  calling_play (c, "{\"headers\":{\"Content-Type\":\"application/x-ndjson\"},\"steps\":[{\"split\":1},{\"send\":\"" LINE ("h\\u00e9 \\ud83d\\ude00") END "\"}]}", TRUE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, "hé 😀");
  g_assert_cmpstr (c->finish, ==, "length");
  calling_play (c, "{\"headers\":{\"Content-Type\":\"application/json\"},\"steps\":[{\"send\":\"" LINE ("a") LINE ("b") END "\"}]}", FALSE);
  g_assert_no_error (c->error); /* lines, unasked and unannounced */
  g_assert_cmpstr (c->text, ==, "ab");
  calling_play (c, "{\"headers\":{\"Content-Type\":\"application/x-ndjson\"},\"steps\":[{\"send\":\"" LINE ("a") "\"}]}", TRUE);
  g_assert_error (c->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER);
  g_assert_cmpstr (c->text, ==, "a");
  calling_play (c, "{\"headers\":{\"Content-Type\":\"application/x-ndjson\"},\"steps\":[{\"send\":\"" LINE ("a") "{\\\"error\\\":\\\"out of memory\\\"}\\n\"}]}", TRUE);
  g_assert_error (c->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_SERVER);
  g_assert_cmpstr (hearth_model_error_get_words (c->error), ==, "out of memory");
  calling_play (c, "{\"headers\":{\"Content-Type\":\"application/x-ndjson\"},\"steps\":[{\"send\":\"" LINE ("a") "oops\\n\"}]}", TRUE);
  g_assert_error (c->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER);
  calling_ask (c, "none", "x", NULL, TRUE);
  g_assert_error (c->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID);
  g_assert_nonnull (strstr (c->error->message, "model 'none' not found"));
}

static void
test_lists (Calling      *c,
            gconstpointer unused)
{
  calling_list (c);
  g_assert_no_error (c->error);
  assert_value (c->value, "[{\"id\":\"parrot:latest\",\"description\":\"8.0B, Q4_K_M\"},{\"id\":\"tool\",\"description\":\"8.0B, Q4_K_M\"}]");
  calling_embed (c, "m", "[\"a\",\"bcd\"]");
  g_assert_no_error (c->error);
  assert_value (c->value, "[[1,0.5],[3,0.5]]");
  g_assert_cmpint (c->usage.prompt, ==, 4);
}

static void
set_up_ollama (Calling      *c,
               gconstpointer unused)
{
  calling_set_up (c, unused);
  calling_use (c, "ollama", "");
  g_clear_pointer (&c->key, hearth_secret_unref);
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
    { "/ollama/params", test_params },
    { "/ollama/messages", test_messages },
    { "/ollama/stream", test_stream },
    { "/ollama/tools", test_tools },
    { "/ollama/badly", test_badly },
    { "/ollama/lists", test_lists },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Calling, NULL, set_up_ollama, tests[i].run, calling_tear_down);
  return g_test_run ();
}
