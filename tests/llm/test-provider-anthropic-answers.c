/* test-provider-anthropic-answers.c: what Anthropic's Messages answer, honest and not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "streaming.h"

/* --- streams ------------------------------------------------------------------------------------- */

#define START "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\"," \
  "\"role\":\"assistant\",\"model\":\"claude-x\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":10," \
  "\"cache_creation_input_tokens\":3,\"cache_read_input_tokens\":5,\"output_tokens\":1}}}\n\n"
#define STOP(reason) "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" reason "\"," \
  "\"stop_sequence\":null},\"usage\":{\"output_tokens\":12}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"
#define BEGIN(index, block) "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":" #index ",\"content_block\":" block "}\n\n"
#define GROW(index, delta) "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":" #index ",\"delta\":" delta "}\n\n"
#define END(index) "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":" #index "}\n\n"
#define PING "event: ping\ndata: {\"type\":\"ping\"}\n\n"

static void
test_text (Fixture      *f,
           gconstpointer unused)
{
  g_autoptr (HearthValue) usage = NULL;
  g_autoptr (HearthValue) message = NULL;

  assert_stream (f, START BEGIN (0, "{\"type\":\"text\",\"text\":\"\"}") PING GROW (0, "{\"type\":\"text_delta\",\"text\":\"Grüß\"}")
                    GROW (0, "{\"type\":\"text_delta\",\"text\":\" dich\"}") END (0) STOP ("end_turn"),
                 "usage|text:Grüß|text: dich|usage");
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "stop");
  g_assert_cmpstr (hearth_answer_get_model (f->answer), ==, "claude-x");
  usage = hearth_answer_dup_usage (f->answer);
  assert_value (usage, "{\"prompt_tokens\":18,\"completion_tokens\":12,\"total_tokens\":30,"
                       "\"prompt_tokens_details\":{\"cached_tokens\":5,\"cache_write_tokens\":3}}");
  message = hearth_answer_to_message (f->answer);
  assert_value (message, "{\"role\":\"assistant\",\"content\":\"Grüß dich\"}");
}

/* Thoughts that are signed come back in the next request as they were. */
static void
test_thoughts_and_tools (Fixture      *f,
                         gconstpointer unused)
{
  g_autoptr (HearthValue) message = NULL;
  g_autofree char *said = NULL;
  g_autofree char *asked = NULL;

  assert_stream (f, START BEGIN (0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
                    GROW (0, "{\"type\":\"thinking_delta\",\"thinking\":\"Hm\"}") GROW (0, "{\"type\":\"thinking_delta\",\"thinking\":\"…\"}")
                    GROW (0, "{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}") END (0)
                    BEGIN (1, "{\"type\":\"redacted_thinking\",\"data\":\"xyz\"}") END (1)
                    BEGIN (5, "{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\",\"input\":{}}")
                    GROW (5, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"query\\\":\\\"a\\\"}\"}") END (5)
                    BEGIN (2, "{\"type\":\"text\",\"text\":\"\"}") GROW (2, "{\"type\":\"text_delta\",\"text\":\"I look.\"}") END (2)
                    BEGIN (3, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"add\",\"input\":{}}")
                    GROW (3, "{\"type\":\"input_json_delta\",\"partial_json\":\"\"}") GROW (3, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"x\\\":\"}")
                    GROW (3, "{\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}") END (3)
                    BEGIN (4, "{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":\"now\",\"input\":{}}") END (4) STOP ("tool_use"),
                 "usage|reasoning:Hm|reasoning:…|text:I look.|call 0 id=t1 name=add:|call 0:{\"x\":|call 0:1}|call 1 id=t2 name=now:|call 1:{}|usage");
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "tool_calls");
  message = hearth_answer_to_message (f->answer);
  said = hearth_json_print (message);
  asked = g_strdup_printf ("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},%s,{\"role\":\"tool\",\"tool_call_id\":\"t1\",\"content\":\"2\"}]}", said);
  assert_body (f, asked, "{\"model\":\"model-1\",\"max_tokens\":4096,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]},"
    "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm…\",\"signature\":\"c2ln\"},{\"type\":\"redacted_thinking\",\"data\":\"xyz\"},"
    "{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\",\"input\":{\"query\":\"a\"}},"
    "{\"type\":\"text\",\"text\":\"I look.\"},{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"add\",\"input\":{\"x\":1}},"
    "{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":\"now\",\"input\":{}}]},"
    "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":[{\"type\":\"text\",\"text\":\"2\"}]}]}],\"stream\":false}");
}

static void
test_reasons (Fixture      *f,
              gconstpointer unused)
{
  static const char *const pairs[][2] = {
    { START STOP ("stop_sequence"), "stop" }, { START STOP ("max_tokens"), "length" },
    { START STOP ("model_context_window_exceeded"), "length" }, { START STOP ("refusal"), "content_filter" },
    { START STOP ("pause_turn"), "pause_turn" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      stream_whole (f, pairs[i][0]);
      g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, pairs[i][1]);
    }
}

static void
test_structured (Fixture      *f,
                 gconstpointer unused)
{
  assert_stream (f, START BEGIN (0, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"structured_answer\",\"input\":{}}")
                    GROW (0, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\"}") GROW (0, "{\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}")
                    END (0) STOP ("tool_use"),
                 "usage|text:{\"a\":|text:1}|usage");
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "stop");
}

static void
test_cut (Fixture      *f,
          gconstpointer unused)
{
  stream_whole (f, START BEGIN (0, "{\"type\":\"text\",\"text\":\"\"}") GROW (0, "{\"type\":\"text_delta\",\"text\":\"Hal\"}"));
  g_assert_no_error (f->error);
  g_assert_false (hearth_answer_is_done (f->answer));
  g_assert_cmpstr (hearth_answer_get_text (f->answer), ==, "Hal");
}

static void
test_stream_errors (Fixture      *f,
                    gconstpointer unused)
{
  assert_event_fails (f, START "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
                      HEARTH_MODEL_ERROR_RATE_LIMIT);
  g_assert_cmpstr (hearth_model_error_get_words (f->error), ==, "Overloaded");
  g_assert_cmpstr (hearth_model_error_get_provider_code (f->error), ==, "overloaded_error");
  assert_event_fails (f, START "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"Internal\"}}\n\n",
                      HEARTH_MODEL_ERROR_SERVER);
}

/* --- whole answers, refusals, lists ---------------------------------------------------------------- */

#define WHOLE "{\"id\":\"msg_2\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-x\",\"content\":[" \
  "{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"c2ln\"},{\"type\":\"text\",\"text\":\"Yes\",\"citations\":null}," \
  "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"add\",\"input\":{\"x\":1}}],\"stop_reason\":\"tool_use\",\"usage\":" \
  "{\"input_tokens\":4,\"output_tokens\":6,\"output_tokens_details\":{\"thinking_tokens\":2}}}"

static void
test_whole (Fixture      *f,
            gconstpointer unused)
{
  g_autoptr (HearthValue) body = parse (WHOLE);
  g_autoptr (HearthValue) page = parse ("{\"ok\":true}");

  g_assert_true (f->provider->read_answer (f->answer, body, &f->error));
  g_assert_cmpstr (f->heard->str, ==, "reasoning:Hm|text:Yes|call 0 id=t1 name=add:|call 0:{\"x\":1}|usage");
  g_assert_true (hearth_answer_is_done (f->answer));
  g_assert_cmpint (hearth_answer_get_usage (f->answer)->reasoning, ==, 2);
  renew (f);
  g_assert_false (f->provider->read_answer (f->answer, page, &f->error));
  g_assert_error (f->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER);
}

#define REFUSAL(type, words) "{\"type\":\"error\",\"error\":{\"type\":\"" type "\",\"message\":\"" words "\"},\"request_id\":\"req_1\"}"

static void
test_refusals (Fixture      *f,
               gconstpointer unused)
{
  assert_error (f, 401, REFUSAL ("authentication_error", "invalid x-api-key"), HEARTH_MODEL_ERROR_KEY, "invalid x-api-key");
  assert_error (f, 403, REFUSAL ("permission_error", "no"), HEARTH_MODEL_ERROR_KEY, "no");
  assert_error (f, 402, REFUSAL ("billing_error", "pay"), HEARTH_MODEL_ERROR_CREDIT, "pay");
  assert_error (f, 400, REFUSAL ("invalid_request_error", "Your credit balance is too low"), HEARTH_MODEL_ERROR_CREDIT, "Your credit balance is too low");
  assert_error (f, 400, REFUSAL ("invalid_request_error", "prompt is too long: 9 > 8"), HEARTH_MODEL_ERROR_TOO_LONG, "prompt is too long: 9 > 8");
  assert_error (f, 400, REFUSAL ("invalid_request_error", "max_tokens: Field required"), HEARTH_MODEL_ERROR_INVALID, "max_tokens: Field required");
  assert_error (f, 404, REFUSAL ("not_found_error", "model: x"), HEARTH_MODEL_ERROR_INVALID, "model: x");
  assert_error (f, 413, REFUSAL ("request_too_large", "big"), HEARTH_MODEL_ERROR_TOO_LONG, "big");
  assert_error (f, 429, REFUSAL ("rate_limit_error", "slow"), HEARTH_MODEL_ERROR_RATE_LIMIT, "slow");
  assert_error (f, 500, REFUSAL ("api_error", "oh"), HEARTH_MODEL_ERROR_SERVER, "oh");
  assert_error (f, 529, REFUSAL ("overloaded_error", "Overloaded"), HEARTH_MODEL_ERROR_RATE_LIMIT, "Overloaded");
  assert_error (f, 429, "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"no more\","
                        "\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}}}", HEARTH_MODEL_ERROR_CREDIT, "no more");
  assert_error (f, 502, "<html><title>Bad gateway</title></html>", HEARTH_MODEL_ERROR_SERVER, "Bad gateway");
}

static void
test_models (Fixture      *f,
             gconstpointer unused)
{
  g_auto (HearthProviderMessage) message = { 0 };
  g_autoptr (HearthChannel) channel = hearth_channel_new (f->provider, "https://service.test/v1");
  g_autoptr (HearthValue) body = parse ("{\"data\":[{\"type\":\"model\",\"id\":\"claude-x\",\"display_name\":\"Claude X\",\"max_input_tokens\":200000,"
    "\"capabilities\":{\"image_input\":{\"supported\":true},\"thinking\":{\"supported\":false}}},{\"id\":7},null],\"has_more\":false}");
  g_autoptr (HearthValue) models = f->provider->read_models (body, &f->error);

  assert_value (models, "[{\"id\":\"claude-x\",\"name\":\"Claude X\",\"capabilities\":[\"tools\",\"vision\"],\"contextLength\":200000}]");
  g_assert_true (f->provider->write_models (channel, &message, &f->error));
  g_assert_cmpstr (message.uri, ==, "https://service.test/v1/models?limit=1000");
  g_assert_cmpstr (message.secret_header, ==, "x-api-key");
}

/* A list that the channel has elsewhere does not get the key. */
static void
test_models_elsewhere (Fixture      *f,
                       gconstpointer unused)
{
  g_auto (HearthProviderMessage) message = { 0 };
  g_autoptr (HearthChannel) channel = hearth_channel_new (f->provider, "https://service.test/v1");

  channel->models_path = g_strdup ("https://elsewhere.test/models");
  g_assert_true (f->provider->write_models (channel, &message, &f->error));
  g_assert_cmpstr (message.uri, ==, "https://elsewhere.test/models");
  g_assert_null (message.secret_header);
}

static void
test_lies (Fixture      *f,
           gconstpointer unused)
{
  each_lie (f, WHOLE, read_lying_answer);
  each_lie (f, "[{\"type\":\"message_start\",\"message\":{\"id\":\"a\",\"model\":\"m\",\"usage\":{\"input_tokens\":1}}},"
               "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",\"input\":{\"a\":1}}},"
               "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"partial_json\":\"{\",\"signature\":\"s\"}},{\"type\":\"content_block_stop\",\"index\":0},"
               "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1}},{\"type\":\"message_stop\"},"
               "{\"type\":\"error\",\"error\":{\"type\":\"a\",\"message\":\"b\",\"details\":{\"error_code\":\"c\"}}}]", read_lying_events);
}

int
main (int    argc,
      char **argv)
{
  static const FixtureTest tests[] = {
    { "/llm/anthropic/text", test_text },
    { "/llm/anthropic/thoughts-and-tools", test_thoughts_and_tools },
    { "/llm/anthropic/reasons", test_reasons },
    { "/llm/anthropic/structured", test_structured },
    { "/llm/anthropic/cut", test_cut },
    { "/llm/anthropic/stream-errors", test_stream_errors },
    { "/llm/anthropic/whole", test_whole },
    { "/llm/anthropic/refusals", test_refusals },
    { "/llm/anthropic/models", test_models },
    { "/llm/anthropic/models-elsewhere", test_models_elsewhere },
    { "/llm/anthropic/lies", test_lies },
  };

  g_test_init (&argc, &argv, NULL);
  add_tests (tests, G_N_ELEMENTS (tests), "anthropic");
  return g_test_run ();
}
