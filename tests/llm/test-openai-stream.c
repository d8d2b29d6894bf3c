/* test-openai-stream.c: streams of services that speak OpenAI's chat completions, honest and not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reading.h"

static gboolean
event (Fixture    *f,
       const char *text)
{
  g_autoptr (HearthValue) data = parse (text);

  return f->provider->read_event (f->answer, "message", data, &f->error);
}

/* A piece of the first choice. */
static void
delta (Fixture    *f,
       const char *text)
{
  g_autofree char *whole = g_strdup_printf ("{\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":null}]}", text);

  g_assert_true (event (f, whole));
}

static void
finish (Fixture    *f,
        const char *reason)
{
  g_autofree char *whole = g_strdup_printf ("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}", reason);

  g_assert_true (event (f, whole));
}

/* --- reading streams ---------------------------------------------------------------------------- */

static void
test_text (Fixture      *f,
           gconstpointer unused)
{
  g_autoptr (HearthValue) value = NULL;

  g_assert_true (event (f, "{\"id\":\"r1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}"));
  delta (f, "{\"content\":\"Hel\"}");
  delta (f, "{\"content\":\"lo\"}");
  g_assert_false (hearth_answer_is_done (f->answer));
  finish (f, "stop");
  g_assert_true (event (f, "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13,"
                           "\"prompt_tokens_details\":{\"cached_tokens\":3},\"completion_tokens_details\":{\"reasoning_tokens\":1}}}"));
  g_assert_true (f->provider->read_text (f->answer, "message", "[DONE]", &f->error));
  g_assert_cmpstr (f->heard->str, ==, "text:Hel|text:lo|usage");
  g_assert_true (hearth_answer_is_done (f->answer));
  value = hearth_answer_to_value (f->answer);
  assert_value (value, "{\"text\":\"Hello\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
                       "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13,"
                       "\"prompt_tokens_details\":{\"cached_tokens\":3},\"completion_tokens_details\":{\"reasoning_tokens\":1}},"
                       "\"model\":\"m-1\",\"response_id\":\"r1\"}");
}

static void
test_finish (Fixture      *f,
             gconstpointer unused)
{
  static const char *const pairs[][2] = {
    { "stop", "stop" }, { "length", "length" }, { "tool_calls", "tool_calls" }, { "content_filter", "content_filter" },
    { "function_call", "tool_calls" }, { "eos", "stop" }, { "max_tokens", "length" }, { "model_length", "length" },
    { "insufficient_system_resource", "insufficient_system_resource" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      renew (f);
      finish (f, pairs[i][0]);
      g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, pairs[i][1]);
      g_assert_true (hearth_answer_is_done (f->answer));
    }
  renew (f);
  delta (f, "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}");
  finish (f, "stop");
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "tool_calls");
}

static void
test_refusal (Fixture      *f,
              gconstpointer unused)
{
  delta (f, "{\"refusal\":\"I will \"}");
  delta (f, "{\"refusal\":\"not.\"}");
  finish (f, "stop");
  g_assert_cmpstr (hearth_answer_get_text (f->answer), ==, "I will not.");
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "content_filter");
}

static void
test_reasoning (Fixture      *f,
                gconstpointer unused)
{
  delta (f, "{\"reasoning_content\":\"a\",\"content\":null}");
  delta (f, "{\"reasoning\":\"b\",\"reasoning_content\":\"b\"}");
  delta (f, "{\"reasoning\":\"c\"}");
  delta (f, "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"d\"}]},{\"type\":\"text\",\"text\":\"Yes\"}]}");
  g_assert_cmpstr (hearth_answer_get_reasoning (f->answer), ==, "abcd");
  g_assert_cmpstr (hearth_answer_get_text (f->answer), ==, "Yes");
}

static void
test_tool_calls (Fixture      *f,
                 gconstpointer unused)
{
  g_autoptr (HearthValue) calls = NULL;
  g_autoptr (HearthValue) message = NULL;

  delta (f, "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"\"}}]}");
  delta (f, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}]}");
  delta (f, "{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}},"
            "{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}");
  finish (f, "tool_calls");
  g_assert_cmpstr (f->heard->str, ==, "call 0 id=a name=add:|call 0:{\"x\"|call 1 id=b name=now:|call 0::1}");
  calls = hearth_answer_dup_tool_calls (f->answer);
  assert_value (calls, "[{\"id\":\"a\",\"name\":\"add\",\"arguments\":{\"x\":1}},{\"id\":\"b\",\"name\":\"now\",\"arguments\":{}}]");
  message = hearth_answer_to_message (f->answer);
  assert_value (message, "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                         "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"x\\\":1}\"}},"
                         "{\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}]}");
}

/* Thoughts that led to a tool go back with the tool's result, to the services that want them, in their form. */
static void
test_turn (Fixture      *f,
           gconstpointer unused)
{
  static const struct
  {
    const char *base, *member;
  } cases[] = {
    { "https://api.deepseek.com/v1", ",\"reasoning_content\":\"I look\"" },
    { "https://openrouter.ai/api/v1", ",\"reasoning_details\":[{\"data\":\"a\"},{\"data\":\"b\"}]" },
    { "https://api.openai.com/v1", "" },
  };
  g_autoptr (HearthValue) message = NULL;

  delta (f, "{\"reasoning\":\"I \",\"reasoning_details\":[{\"data\":\"a\"}]}");
  delta (f, "{\"reasoning\":\"look\",\"reasoning_details\":[{\"data\":\"b\"}]}");
  delta (f, "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}");
  finish (f, "tool_calls");
  message = hearth_answer_to_message (f->answer);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthChannel) channel = hearth_channel_new (f->provider, cases[i].base);
      g_autoptr (HearthValue) messages = hearth_value_array (&message, 1);
      g_auto (HearthProviderMessage) written = { 0 };
      HearthModelRequest request = { .model = "m", .messages = messages };
      g_autofree char *expected = g_strdup_printf ("[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\","
                                                   "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]%s}]", cases[i].member);

      g_assert_true (f->provider->write_request (channel, &request, &written, &f->error));
      assert_value (hearth_value_get (written.body, "messages"), expected);
    }
}

/* Services that number every call 0, that number none, that repeat the id with every piece, that give no ids, that write
 * arguments as an object, that know only the older member. */
static void
test_odd_tool_calls (Fixture      *f,
                     gconstpointer unused)
{
  static const char *const cases[][2] = {
    { "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]",
      "[{\"id\":\"a\",\"name\":\"f\",\"arguments\":{}},{\"id\":\"b\",\"name\":\"g\",\"arguments\":{}}]" },
    { "[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"[1]\"}},{\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"no\"}}]",
      "[{\"id\":\"a\",\"name\":\"f\",\"arguments\":\"[1]\"},{\"id\":\"b\",\"name\":\"f\",\"arguments\":\"no\"}]" },
    { "[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\"\"}},{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\":2}\"}}]",
      "[{\"id\":\"a\",\"name\":\"f\",\"arguments\":{\"x\":2}}]" },
    { "[{\"function\":{\"name\":\"f\",\"arguments\":{\"x\":3}}},{\"function\":{\"name\":\"f\",\"arguments\":{\"x\":4}}}]",
      "[{\"id\":\"call_1\",\"name\":\"f\",\"arguments\":{\"x\":3}},{\"id\":\"call_2\",\"name\":\"f\",\"arguments\":{\"x\":4}}]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"tool_calls\":%s}", cases[i][0]);
      g_autoptr (HearthValue) calls = NULL;

      renew (f);
      delta (f, text);
      calls = hearth_answer_dup_tool_calls (f->answer);
      assert_value (calls, cases[i][1]);
    }
  renew (f);
  delta (f, "{\"function_call\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\"}}");
  delta (f, "{\"function_call\":{\"arguments\":\"5}\"}}");
  {
    g_autoptr (HearthValue) calls = hearth_answer_dup_tool_calls (f->answer);

    assert_value (calls, "[{\"id\":\"call_1\",\"name\":\"f\",\"arguments\":{\"x\":5}}]");
  }
}

static void
test_other_choices (Fixture      *f,
                    gconstpointer unused)
{
  g_assert_true (event (f, "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"B\"},\"finish_reason\":\"stop\"}]}"));
  g_assert_true (event (f, "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"B\"}},{\"index\":0,\"delta\":{\"content\":\"A\"}}]}"));
  g_assert_cmpstr (hearth_answer_get_text (f->answer), ==, "A");
  g_assert_false (hearth_answer_is_done (f->answer));
}

/* Where services put usage, and numbers that are none. */
static void
test_usage (Fixture      *f,
            gconstpointer unused)
{
  static const char *const cases[][2] = {
    { "{\"x_groq\":{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}}", "{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}" },
    { "{\"choices\":[{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}]}", "{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}" },
    { "{\"usage\":{\"prompt_tokens\":7,\"prompt_cache_hit_tokens\":5}}", "{\"prompt_tokens\":7,\"prompt_tokens_details\":{\"cached_tokens\":5}}" },
    { "{\"usage\":{\"prompt_tokens\":1e300,\"completion_tokens\":-4}}", "{\"prompt_tokens\":9007199254740992}" },
    { "{\"usage\":{\"prompt_tokens\":99999999999999999999999999,\"completion_tokens\":\"12\"}}", "{\"prompt_tokens\":9007199254740992}" },
  };
  static const char *const none[] = { "{\"usage\":null}", "{\"usage\":[]}", "{\"usage\":{}}", "{\"usage\":{\"prompt_tokens\":null}}" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthValue) usage = NULL;

      renew (f);
      g_assert_true (event (f, cases[i][0]));
      usage = hearth_answer_dup_usage (f->answer);
      assert_value (usage, cases[i][1]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      renew (f);
      g_assert_true (event (f, none[i]));
      g_assert_null (hearth_answer_dup_usage (f->answer));
      g_assert_cmpstr (f->heard->str, ==, "");
    }
}

/* Nothing of it is an answer, and nothing of it hurts. */
static void
test_lies (Fixture      *f,
           gconstpointer unused)
{
  static const char *const lies[] = {
    "null", "true", "1e400", "\"choices\"", "[]", "[[[]]]", "{}", "{\"choices\":null}", "{\"choices\":{}}", "{\"choices\":[null]}",
    "{\"choices\":[[]]}", "{\"choices\":[{\"delta\":null}]}", "{\"choices\":[{\"delta\":[]}]}", "{\"choices\":[{\"delta\":{\"content\":5}}]}",
    "{\"choices\":[{\"delta\":{\"content\":{\"a\":1}}}]}", "{\"choices\":[{\"delta\":{\"content\":[null,1,[],{\"text\":7}]}}]}",
    "{\"choices\":[{\"delta\":{\"tool_calls\":{}}}]}", "{\"choices\":[{\"delta\":{\"tool_calls\":[null,5,\"a\"]}}]}",
    "{\"choices\":[{\"index\":-99999999999999999999,\"delta\":{\"content\":\"no\"}}]}", "{\"choices\":[{\"finish_reason\":12}]}",
    "{\"id\":5,\"model\":[]}", "{\"error\":null}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      renew (f);
      g_assert_true (event (f, lies[i]));
      g_assert_no_error (f->error);
      g_assert_cmpstr (f->heard->str, ==, "");
    }
  renew (f);
  delta (f, "{\"tool_calls\":[{\"index\":99999999999999,\"id\":5,\"function\":{\"name\":[],\"arguments\":7}},{\"index\":-1},{\"index\":4294967295}]}");
  g_assert_cmpuint (hearth_answer_get_n_tool_calls (f->answer), ==, 1);
}

static void
test_stream_error (Fixture      *f,
                   gconstpointer unused)
{
  static const struct
  {
    const char *event;
    HearthModelError code;
    const char *words;
    const char *provider_code;
  } cases[] = {
    { "{\"error\":{\"message\":\"Slow down\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}", HEARTH_MODEL_ERROR_RATE_LIMIT, "Slow down", "rate_limit_exceeded" },
    { "{\"error\":{\"message\":\"Provider down\",\"code\":502},\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}", HEARTH_MODEL_ERROR_SERVER, "Provider down", "502" },
    { "{\"error\":{\"message\":\"Key?\",\"code\":401}}", HEARTH_MODEL_ERROR_KEY, "Key?", "401" },
    { "{\"error\":\"it broke\"}", HEARTH_MODEL_ERROR_SERVER, "it broke", NULL },
    { "{\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}", HEARTH_MODEL_ERROR_CREDIT, "You exceeded your current quota", "insufficient_quota" },
    { "{\"error\":{\"message\":\"This model's maximum context length is 10 tokens\",\"code\":null}}", HEARTH_MODEL_ERROR_TOO_LONG, "This model's maximum context length is 10 tokens", NULL },
    { "{\"error\":{}}", HEARTH_MODEL_ERROR_SERVER, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      renew (f);
      g_assert_false (event (f, cases[i].event));
      g_assert_error (f->error, HEARTH_MODEL_ERROR, (int) cases[i].code);
      g_assert_cmpstr (hearth_model_error_get_words (f->error), ==, cases[i].words);
      g_assert_cmpstr (hearth_model_error_get_provider_code (f->error), ==, cases[i].provider_code);
    }
  renew (f);
  g_assert_false (f->provider->read_text (f->answer, "message", "{broken", &f->error));
  g_assert_error (f->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER);
}

int
main (int   argc,
      char *argv[])
{
  static const FixtureTest tests[] = {
    { "/openai/text", test_text },
    { "/openai/finish", test_finish },
    { "/openai/refusal", test_refusal },
    { "/openai/reasoning", test_reasoning },
    { "/openai/tool-calls", test_tool_calls },
    { "/openai/turn", test_turn },
    { "/openai/odd-tool-calls", test_odd_tool_calls },
    { "/openai/other-choices", test_other_choices },
    { "/openai/usage", test_usage },
    { "/openai/lies", test_lies },
    { "/openai/stream-error", test_stream_error },
  };

  g_test_init (&argc, &argv, NULL);
  add_tests (tests, G_N_ELEMENTS (tests), "openai");
  return g_test_run ();
}
