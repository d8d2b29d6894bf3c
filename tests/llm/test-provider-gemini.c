/* test-provider-gemini.c: what is sent to Gemini, and what it answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "streaming.h"

#define HI "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"
#define HI_CONTENTS "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]"

/* --- requests ------------------------------------------------------------------------------------ */

static void
test_request (Fixture      *f,
              gconstpointer unused)
{
  g_auto (HearthProviderMessage) message = { 0 };
  g_autoptr (HearthValue) body = write_body (f, "{\"model\":\"gemini-2.5-flash\",\"stream\":true,\"messages\":["
    "{\"role\":\"system\",\"content\":\"Be short.\"},{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"user\",\"content\":\"there\"},"
    "{\"role\":\"assistant\",\"content\":\"Yes\"},{\"role\":\"user\",\"content\":\"So?\"}],\"params\":{\"temperature\":0.5,\"top_p\":0.9,"
    "\"max_tokens\":7,\"stop\":\"END\",\"seed\":3,\"thinkingConfig\":{\"includeThoughts\":true},\"safetySettings\":[],"
    "\"generationConfig\":{\"topK\":4}}}", &message);

  g_assert_no_error (f->error);
  g_assert_cmpstr (message.method, ==, "POST");
  g_assert_cmpstr (message.uri, ==, "https://service.test/v1/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
  g_assert_cmpstr (message.secret_header, ==, "x-goog-api-key");
  g_assert_null (message.secret_prefix);
  assert_value (body, "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"},{\"text\":\"there\"}]},"
    "{\"role\":\"model\",\"parts\":[{\"text\":\"Yes\"}]},{\"role\":\"user\",\"parts\":[{\"text\":\"So?\"}]}],"
    "\"systemInstruction\":{\"parts\":[{\"text\":\"Be short.\"}]},\"safetySettings\":[],"
    "\"generationConfig\":{\"temperature\":0.5,\"topP\":0.9,\"maxOutputTokens\":7,\"stopSequences\":[\"END\"],\"seed\":3,"
    "\"thinkingConfig\":{\"includeThoughts\":true},\"topK\":4}}");
}

static void
test_address (Fixture      *f,
              gconstpointer unused)
{
  static const char *const pairs[][2] = {
    { "gemini-x", "https://service.test/v1/models/gemini-x:generateContent" },
    { "models/gemini-x", "https://service.test/v1/models/gemini-x:generateContent" },
    { "tunedModels/my one", "https://service.test/v1/tunedModels/my%20one:generateContent" },
    { "a?key=b#c", "https://service.test/v1/models/a%3Fkey%3Db%23c:generateContent" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_auto (HearthProviderMessage) message = { 0 };
      g_autofree char *asked = g_strdup_printf ("{\"model\":\"%s\"," HI "}", pairs[i][0]);
      g_autoptr (HearthValue) body = write_body (f, asked, &message);

      g_assert_cmpstr (message.uri, ==, pairs[i][1]);
      assert_value (body, "{" HI_CONTENTS "}");
    }
  assert_refused (f, "{\"messages\":[]}", HEARTH_MODEL_ERROR_INVALID);
}

static void
assert_part (Fixture    *f,
             const char *part,
             const char *theirs)
{
  g_autofree char *asked = g_strdup_printf ("{\"messages\":[{\"role\":\"user\",\"content\":[%s]}]}", part);
  g_autofree char *expected = g_strdup_printf ("{\"contents\":[{\"role\":\"user\",\"parts\":[%s]}]}", theirs);

  assert_body (f, asked, expected);
}

static void
test_parts (Fixture      *f,
            gconstpointer unused)
{
  assert_part (f, "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}",
               "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"iVBORw0KGgo=\"}}");
  assert_part (f, "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x.test/a.WEBP?b=1\"}}",
               "{\"fileData\":{\"mimeType\":\"image/webp\",\"fileUri\":\"https://x.test/a.WEBP?b=1\"}}");
  assert_part (f, "{\"type\":\"file\",\"file\":{\"file_data\":\"data:audio/mpeg;base64,AAAA\"}}",
               "{\"inlineData\":{\"mimeType\":\"audio/mpeg\",\"data\":\"AAAA\"}}");
  assert_refused (f, "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"file_1\"}}]}]}",
                  HEARTH_MODEL_ERROR_INVALID);
}

#define TOOL_MESSAGES "\"messages\":[{\"role\":\"user\",\"content\":\"1+2?\"},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" \
  "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"x\\\":1}\"}},{\"id\":\"b\",\"name\":\"now\",\"arguments\":{}}]}," \
  "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"3\"},{\"role\":\"tool\",\"tool_call_id\":\"b\",\"content\":\"{\\\"h\\\":4}\"}]"

#define TOOL_CONTENTS(signature) "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"1+2?\"}]},{\"role\":\"model\",\"parts\":[" \
  "{\"functionCall\":{\"id\":\"a\",\"name\":\"add\",\"args\":{\"x\":1}}" signature "},{\"functionCall\":{\"id\":\"b\",\"name\":\"now\",\"args\":{}}}]}," \
  "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"id\":\"a\",\"name\":\"add\",\"response\":{\"result\":3}}}," \
  "{\"functionResponse\":{\"id\":\"b\",\"name\":\"now\",\"response\":{\"h\":4}}}]}]"

static void
test_tools (Fixture      *f,
            gconstpointer unused)
{
  assert_body (f, "{\"tools\":[{\"name\":\"add\",\"description\":\"Adds.\",\"parameters\":{\"type\":\"object\"}}],\"tool_choice\":\"add\"," TOOL_MESSAGES "}",
    "{" TOOL_CONTENTS ("") ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"add\",\"description\":\"Adds.\",\"parametersJsonSchema\":{\"type\":\"object\"}}]}],"
    "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"add\"]}}}");
  /* Models that sign their calls want a signature for those of others, too. */
  assert_body (f, "{\"model\":\"gemini-3-pro\"," TOOL_MESSAGES "}",
               "{" TOOL_CONTENTS (",\"thoughtSignature\":\"skip_thought_signature_validator\"") "}");
}

static void
test_schema (Fixture      *f,
             gconstpointer unused)
{
  assert_body (f, "{" HI ",\"schema\":{\"name\":\"s\",\"schema\":{\"type\":\"object\",\"additionalProperties\":false},\"strict\":true}}",
    "{" HI_CONTENTS ",\"generationConfig\":{\"responseMimeType\":\"application/json\","
    "\"responseJsonSchema\":{\"type\":\"object\",\"additionalProperties\":false}}}");
}

static void
test_less (Fixture      *f,
           gconstpointer unused)
{
  assert_less (f, "Thought signature is not valid.", NULL,
               "{\"contents\":[{\"parts\":[{\"text\":\"a\",\"thoughtSignature\":\"x\"},{\"functionCall\":{},\"thoughtSignature\":\"x\"}]}]}",
               "{\"contents\":[{\"parts\":[{\"text\":\"a\"},{\"functionCall\":{},\"thoughtSignature\":\"skip_thought_signature_validator\"}]}]}");
  assert_less (f, "Something else", NULL, "{\"contents\":[]}", NULL);
}

/* --- streams ------------------------------------------------------------------------------------- */

#define EVENT(candidate, rest) "data: {\"candidates\":[{\"index\":0," candidate "}],\"modelVersion\":\"gemini-x\",\"responseId\":\"r1\"" rest "}\r\n\r\n"
#define PARTS(parts) "\"content\":{\"role\":\"model\",\"parts\":[" parts "]}"

static void
test_text (Fixture      *f,
           gconstpointer unused)
{
  g_autoptr (HearthValue) usage = NULL;
  g_autoptr (HearthValue) message = NULL;

  assert_stream (f, EVENT (PARTS ("{\"text\":\"Hm\",\"thought\":true}"), ",\"usageMetadata\":{\"promptTokenCount\":10}")
                    EVENT (PARTS ("{\"text\":\"Grüß\"}"), "") EVENT (PARTS ("{\"text\":\" dich\"}") ",\"finishReason\":\"STOP\"",
                    ",\"usageMetadata\":{\"promptTokenCount\":10,\"candidatesTokenCount\":4,\"thoughtsTokenCount\":3,"
                    "\"cachedContentTokenCount\":2,\"toolUsePromptTokenCount\":1,\"totalTokenCount\":18}"),
                 "usage|reasoning:Hm|text:Grüß|usage|text: dich");
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "stop");
  g_assert_cmpstr (hearth_answer_get_model (f->answer), ==, "gemini-x");
  usage = hearth_answer_dup_usage (f->answer);
  assert_value (usage, "{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18,"
                       "\"prompt_tokens_details\":{\"cached_tokens\":2},\"completion_tokens_details\":{\"reasoning_tokens\":3}}");
  message = hearth_answer_to_message (f->answer);
  assert_value (message, "{\"role\":\"assistant\",\"content\":\"Grüß dich\"}");
}

/* Parts that are signed come back in the next request as they were. */
static void
test_signatures (Fixture      *f,
                 gconstpointer unused)
{
  g_autoptr (HearthValue) message = NULL;
  g_autofree char *said = NULL;
  g_autofree char *asked = NULL;

  assert_stream (f, EVENT (PARTS ("{\"text\":\"I \"}"), "") EVENT (PARTS ("{\"text\":\"look.\"}"), "")
                    EVENT (PARTS ("{\"functionCall\":{\"name\":\"add\",\"args\":{\"x\":1}},\"thoughtSignature\":\"c2ln\"},"
                                  "{\"functionCall\":{\"id\":\"own\",\"name\":\"now\"}}"), "")
                    EVENT (PARTS ("{\"text\":\"\"}") ",\"finishReason\":\"STOP\"", ""),
                 "text:I |text:look.|call 0 id=call_1_r1 name=add:{\"x\":1}|call 1 id=own name=now:{}");
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "tool_calls");
  message = hearth_answer_to_message (f->answer);
  said = hearth_json_print (message);
  asked = g_strdup_printf ("{\"model\":\"gemini-3\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},%s,"
                           "{\"role\":\"tool\",\"tool_call_id\":\"call_1_r1\",\"content\":\"2\"}]}", said);
  assert_body (f, asked, "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"I look.\"},"
    "{\"functionCall\":{\"name\":\"add\",\"args\":{\"x\":1},\"id\":\"call_1_r1\"},\"thoughtSignature\":\"c2ln\"},"
    "{\"functionCall\":{\"id\":\"own\",\"name\":\"now\"}}]},"
    "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"id\":\"call_1_r1\",\"name\":\"add\",\"response\":{\"result\":2}}}]}]}");
}

static void
test_reasons (Fixture      *f,
              gconstpointer unused)
{
  static const char *const pairs[][2] = {
    { "MAX_TOKENS", "length" }, { "SAFETY", "content_filter" }, { "RECITATION", "content_filter" },
    { "PROHIBITED_CONTENT", "content_filter" }, { "MALFORMED_FUNCTION_CALL", "error" }, { "SOMETHING_NEW", "SOMETHING_NEW" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *stream = g_strdup_printf ("data: {\"candidates\":[{\"finishReason\":\"%s\"}]}\n\n", pairs[i][0]);

      stream_whole (f, stream);
      g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, pairs[i][1]);
      g_assert_true (hearth_answer_is_done (f->answer));
    }
}

static void
test_refused (Fixture      *f,
              gconstpointer unused)
{
  assert_event_fails (f, "data: {\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},\"usageMetadata\":{\"promptTokenCount\":8}}\n\n",
                      HEARTH_MODEL_ERROR_REFUSED);
  g_assert_cmpstr (hearth_model_error_get_provider_code (f->error), ==, "PROHIBITED_CONTENT");
  g_assert_cmpint (hearth_answer_get_usage (f->answer)->prompt, ==, 8);
  assert_event_fails (f, "data: {\"error\":{\"code\":429,\"message\":\"Resource exhausted.\",\"status\":\"RESOURCE_EXHAUSTED\"}}\n\n",
                      HEARTH_MODEL_ERROR_RATE_LIMIT);
  g_assert_cmpint (hearth_model_error_get_status (f->error), ==, 429);
  assert_event_fails (f, "data: {\"error\":{\"code\":503,\"message\":\"Overloaded\",\"status\":\"UNAVAILABLE\"}}\n\n", HEARTH_MODEL_ERROR_SERVER);
}

static void
test_cut (Fixture      *f,
          gconstpointer unused)
{
  stream_whole (f, EVENT (PARTS ("{\"text\":\"Hal\"}"), ""));
  g_assert_no_error (f->error);
  g_assert_false (hearth_answer_is_done (f->answer));
}

/* --- whole answers, refusals, lists ---------------------------------------------------------------- */

#define WHOLE "{\"candidates\":[{\"index\":0," PARTS ("{\"text\":\"Yes\"},{\"functionCall\":{\"name\":\"add\",\"args\":{\"x\":1}},\"thoughtSignature\":\"s\"}") \
  ",\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":2},\"modelVersion\":\"m\"}"

static void
test_whole (Fixture      *f,
            gconstpointer unused)
{
  g_autoptr (HearthValue) body = parse (WHOLE);
  g_autoptr (HearthValue) page = parse ("{\"ok\":true}");

  g_assert_true (f->provider->read_answer (f->answer, body, &f->error));
  g_assert_cmpstr (f->heard->str, ==, "usage|text:Yes|call 0 id=call_1 name=add:{\"x\":1}");
  g_assert_true (hearth_answer_is_done (f->answer));
  renew (f);
  g_assert_false (f->provider->read_answer (f->answer, page, &f->error));
  g_assert_error (f->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER);
}

#define REFUSAL(code, status, words) "{\"error\":{\"code\":" #code ",\"message\":\"" words "\",\"status\":\"" status "\"}}"

static void
test_refusals (Fixture      *f,
               gconstpointer unused)
{
  g_autoptr (HearthValue) wait = parse ("[{\"error\":{\"code\":429,\"message\":\"Quota\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":["
    "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"3.5s\"}]}}]");
  g_autoptr (GError) error = f->provider->read_error (429, NULL, wait, NULL);

  assert_error (f, 400, "{\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":\"INVALID_ARGUMENT\",\"details\":["
                        "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]}}", HEARTH_MODEL_ERROR_KEY, "API key not valid.");
  assert_error (f, 403, REFUSAL (403, "PERMISSION_DENIED", "no"), HEARTH_MODEL_ERROR_KEY, "no");
  assert_error (f, 400, REFUSAL (400, "INVALID_ARGUMENT", "The input token count (9) exceeds the maximum number of tokens allowed (8)."),
                HEARTH_MODEL_ERROR_TOO_LONG, "The input token count (9) exceeds the maximum number of tokens allowed (8).");
  assert_error (f, 400, REFUSAL (400, "INVALID_ARGUMENT", "Unknown name"), HEARTH_MODEL_ERROR_INVALID, "Unknown name");
  assert_error (f, 404, REFUSAL (404, "NOT_FOUND", "models/x is not found"), HEARTH_MODEL_ERROR_INVALID, "models/x is not found");
  assert_error (f, 429, REFUSAL (429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted."), HEARTH_MODEL_ERROR_CREDIT,
                "Your prepayment credits are depleted.");
  assert_error (f, 500, REFUSAL (500, "INTERNAL", "oh"), HEARTH_MODEL_ERROR_SERVER, "oh");
  assert_error (f, 503, REFUSAL (503, "UNAVAILABLE", "busy"), HEARTH_MODEL_ERROR_SERVER, "busy");
  assert_error (f, 504, REFUSAL (504, "DEADLINE_EXCEEDED", "slow"), HEARTH_MODEL_ERROR_TIMEOUT, "slow");
  assert_error (f, 502, "<html><title>Bad gateway</title></html>", HEARTH_MODEL_ERROR_SERVER, "Bad gateway");
  g_assert_error (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_RATE_LIMIT);
  g_assert_cmpint (hearth_model_error_get_retry_after (error), ==, 3500);
}

static void
test_models (Fixture      *f,
             gconstpointer unused)
{
  g_auto (HearthProviderMessage) message = { 0 };
  g_autoptr (HearthChannel) channel = hearth_channel_new (f->provider, "https://service.test/v1beta");
  g_autoptr (HearthValue) body = parse ("{\"models\":[{\"name\":\"models/gemini-x\",\"displayName\":\"Gemini X\",\"description\":\"Fast.\","
    "\"inputTokenLimit\":1000,\"supportedGenerationMethods\":[\"generateContent\"],\"thinking\":true},"
    "{\"name\":\"models/veo\",\"supportedGenerationMethods\":[\"predictLongRunning\"]},"
    "{\"name\":\"models/e\",\"supportedGenerationMethods\":[\"embedContent\"]},{\"name\":null}]}");
  g_autoptr (HearthValue) models = f->provider->read_models (body, &f->error);

  assert_value (models, "[{\"id\":\"gemini-x\",\"name\":\"Gemini X\",\"description\":\"Fast.\",\"capabilities\":[\"reasoning\"],\"contextLength\":1000},"
                        "{\"id\":\"e\",\"capabilities\":[\"embedding\"]}]");
  g_assert_true (f->provider->write_models (channel, &message, &f->error));
  g_assert_cmpstr (message.uri, ==, "https://service.test/v1beta/models?pageSize=1000");
  g_assert_cmpstr (message.secret_header, ==, "x-goog-api-key");
}

static void
test_embed (Fixture      *f,
            gconstpointer unused)
{
  g_auto (HearthProviderMessage) message = { 0 };
  g_autoptr (HearthChannel) channel = hearth_channel_new (f->provider, "https://service.test/v1beta");
  g_autoptr (HearthValue) texts = parse ("[\"a\",\"b\"]");
  g_autoptr (HearthValue) body = parse ("{\"embeddings\":[{\"values\":[0.5,1]},{\"values\":[2]}],\"usageMetadata\":{\"promptTokenCount\":2}}");
  g_autoptr (HearthValue) lie_body = parse ("{\"embeddings\":[{\"values\":[\"a\"]}]}");
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;
  g_autoptr (HearthValue) vectors = f->provider->read_embed (body, &usage, &f->error);

  g_assert_true (f->provider->write_embed (channel, "e", texts, &message, &f->error));
  g_assert_cmpstr (message.uri, ==, "https://service.test/v1beta/models/e:batchEmbedContents");
  assert_value (message.body, "{\"requests\":[{\"model\":\"models/e\",\"content\":{\"parts\":[{\"text\":\"a\"}]}},"
                              "{\"model\":\"models/e\",\"content\":{\"parts\":[{\"text\":\"b\"}]}}]}");
  assert_value (vectors, "[[0.5,1],[2]]");
  g_assert_cmpint (usage.prompt, ==, 2);
  g_assert_null (f->provider->read_embed (lie_body, &usage, &f->error));
  g_assert_error (f->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER);
}

static void
test_lies (Fixture      *f,
           gconstpointer unused)
{
  each_lie (f, WHOLE, read_lying_answer);
  each_lie (f, "[" WHOLE ",{\"promptFeedback\":{\"blockReason\":\"a\",\"blockReasonMessage\":\"b\"}},"
               "{\"error\":{\"code\":429,\"status\":\"a\",\"message\":\"b\",\"details\":[{\"@type\":\"x.RetryInfo\",\"retryDelay\":\"1s\"}]}}]",
            read_lying_events);
}

static void
test_lying_requests (Fixture      *f,
                     gconstpointer unused)
{
  each_lie (f, ANY_REQUEST, write_lying_request);
}

int
main (int    argc,
      char **argv)
{
  static const FixtureTest tests[] = {
    { "/llm/gemini/request", test_request },
    { "/llm/gemini/address", test_address },
    { "/llm/gemini/parts", test_parts },
    { "/llm/gemini/tools", test_tools },
    { "/llm/gemini/schema", test_schema },
    { "/llm/gemini/less", test_less },
    { "/llm/gemini/text", test_text },
    { "/llm/gemini/signatures", test_signatures },
    { "/llm/gemini/reasons", test_reasons },
    { "/llm/gemini/refused", test_refused },
    { "/llm/gemini/cut", test_cut },
    { "/llm/gemini/whole", test_whole },
    { "/llm/gemini/refusals", test_refusals },
    { "/llm/gemini/models", test_models },
    { "/llm/gemini/embed", test_embed },
    { "/llm/gemini/lies", test_lies },
    { "/llm/gemini/lying-requests", test_lying_requests },
  };

  g_test_init (&argc, &argv, NULL);
  add_tests (tests, G_N_ELEMENTS (tests), "google");
  return g_test_run ();
}
