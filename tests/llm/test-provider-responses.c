/* test-provider-responses.c: what is sent to OpenAI's Responses, and what they answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "streaming.h"

#define HI "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"

/* --- requests ------------------------------------------------------------------------------------ */

static void
test_request (Fixture      *f,
              gconstpointer unused)
{
  g_auto (HearthProviderMessage) message = { 0 };
  g_autoptr (HearthValue) body = write_body (f, "{\"model\":\"gpt-4o-2024-08-06\",\"stream\":true,\"messages\":["
    "{\"role\":\"system\",\"content\":\"Be short.\"},{\"role\":\"developer\",\"content\":\"Be kind.\"},{\"role\":\"user\",\"content\":\"Hi\"},"
    "{\"role\":\"assistant\",\"content\":\"Yes\"},{\"role\":\"system\",\"content\":\"Now loud.\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"So?\"}]}],"
    "\"params\":{\"temperature\":0.5,\"top_p\":0.9,\"max_tokens\":7,\"seed\":3,\"stream_options\":{},\"service_tier\":\"flex\"}}", &message);

  g_assert_no_error (f->error);
  g_assert_cmpstr (message.method, ==, "POST");
  g_assert_cmpstr (message.uri, ==, "https://service.test/v1/responses");
  g_assert_cmpstr (message.secret_header, ==, "Authorization");
  g_assert_cmpstr (message.secret_prefix, ==, "Bearer ");
  assert_value (body, "{\"model\":\"gpt-4o-2024-08-06\",\"instructions\":\"Be short.\\n\\nBe kind.\",\"input\":["
    "{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Yes\"},{\"role\":\"system\",\"content\":\"Now loud.\"},"
    "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"So?\"}]}],\"stream\":true,"
    "\"temperature\":0.5,\"top_p\":0.9,\"max_output_tokens\":7,\"service_tier\":\"flex\",\"store\":false}");
}

static void
test_reasoning_models (Fixture      *f,
                       gconstpointer unused)
{
  assert_body (f, "{\"model\":\"gpt-5.1\"," HI ",\"params\":{\"temperature\":0.7,\"top_p\":1,\"reasoning_effort\":\"low\",\"reasoning\":{\"summary\":\"auto\"}}}",
    "{\"model\":\"gpt-5.1\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":false,\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"},"
    "\"store\":false,\"include\":[\"reasoning.encrypted_content\"]}");
  assert_body (f, "{\"model\":\"gpt-6\"," HI ",\"params\":{\"temperature\":0.7,\"reasoning\":{\"effort\":\"none\"},\"store\":true,\"include\":[]}}",
    "{\"model\":\"gpt-6\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":false,\"temperature\":0.7,\"reasoning\":{\"effort\":\"none\"},"
    "\"store\":true,\"include\":[]}");
}

static void
test_parts (Fixture      *f,
            gconstpointer unused)
{
  assert_body (f, "{\"messages\":[{\"role\":\"user\",\"content\":["
    "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpeg;base64,iVBORw0KGgo=\",\"detail\":\"low\"}},"
    "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x.test/a\"}},"
    "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,JVBERi0=\"}},"
    "{\"type\":\"file\",\"file\":{\"file_data\":\"https://x.test/b.pdf\"}},{\"type\":\"file\",\"file\":{\"file_id\":\"f1\"}}]}]}",
    "{\"model\":\"model-1\",\"input\":[{\"role\":\"user\",\"content\":["
    "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,iVBORw0KGgo=\",\"detail\":\"low\"},"
    "{\"type\":\"input_image\",\"image_url\":\"https://x.test/a\",\"detail\":\"auto\"},"
    "{\"type\":\"input_file\",\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,JVBERi0=\"},"
    "{\"type\":\"input_file\",\"file_url\":\"https://x.test/b.pdf\"},{\"type\":\"input_file\",\"file_id\":\"f1\"}]}],\"stream\":false,\"store\":false}");
}

static void
test_tools (Fixture      *f,
            gconstpointer unused)
{
  assert_body (f, "{\"tools\":[{\"name\":\"add\",\"description\":\"Adds.\",\"parameters\":{\"type\":\"object\"}},{\"name\":\"now\"}],\"tool_choice\":\"add\","
    "\"messages\":[{\"role\":\"user\",\"content\":\"1+2?\"},{\"role\":\"assistant\",\"content\":\"I look.\",\"tool_calls\":["
    "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"x\\\":1}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"3\"}]}",
    "{\"model\":\"model-1\",\"input\":[{\"role\":\"user\",\"content\":\"1+2?\"},{\"role\":\"assistant\",\"content\":\"I look.\"},"
    "{\"type\":\"function_call\",\"call_id\":\"a\",\"name\":\"add\",\"arguments\":\"{\\\"x\\\":1}\"},"
    "{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":\"3\"}],"
    "\"tools\":[{\"type\":\"function\",\"name\":\"add\",\"description\":\"Adds.\",\"parameters\":{\"type\":\"object\"},\"strict\":false},"
    "{\"type\":\"function\",\"name\":\"now\",\"parameters\":{\"type\":\"object\",\"properties\":{}},\"strict\":false}],"
    "\"tool_choice\":{\"type\":\"function\",\"name\":\"add\"},\"stream\":false,\"store\":false}");
}

static void
test_schema (Fixture      *f,
             gconstpointer unused)
{
  assert_body (f, "{" HI ",\"params\":{\"text\":{\"verbosity\":\"low\"}},\"schema\":{\"name\":\"s\",\"schema\":{\"type\":\"object\"},\"strict\":true}}",
    "{\"model\":\"model-1\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":false,"
    "\"text\":{\"verbosity\":\"low\",\"format\":{\"type\":\"json_schema\",\"name\":\"s\",\"schema\":{\"type\":\"object\"},\"strict\":true}},\"store\":false}");
}

static void
test_less (Fixture      *f,
           gconstpointer unused)
{
  assert_less (f, "Unsupported parameter: 'temperature' is not supported with this model.", "unsupported_parameter",
               "{\"model\":\"m\",\"temperature\":1,\"include\":[]}", "{\"model\":\"m\",\"include\":[]}");
  assert_less (f, "Encrypted content is not supported with this model.", NULL, "{\"model\":\"m\",\"include\":[]}", "{\"model\":\"m\"}");
  assert_less (f, "The encrypted content could not be verified.", "invalid_encrypted_content",
               "{\"input\":[{\"type\":\"reasoning\"},{\"type\":\"function_call\"}]}", "{\"input\":[{\"type\":\"function_call\"}]}");
  assert_less (f, "Something else", NULL, "{\"temperature\":1}", NULL);
}

/* --- streams ------------------------------------------------------------------------------------- */

#define EVENT(type, rest) "event: " type "\ndata: {\"type\":\"" type "\"," rest "}\n\n"
#define CREATED EVENT ("response.created", "\"response\":{\"id\":\"resp_1\",\"model\":\"gpt-x\",\"status\":\"in_progress\",\"output\":[],\"error\":null}")
#define USAGE "\"usage\":{\"input_tokens\":10,\"input_tokens_details\":{\"cached_tokens\":4},\"output_tokens\":6," \
  "\"output_tokens_details\":{\"reasoning_tokens\":2},\"total_tokens\":16}"
#define COMPLETED EVENT ("response.completed", "\"response\":{\"id\":\"resp_1\",\"model\":\"gpt-x\",\"status\":\"completed\",\"error\":null," \
  "\"incomplete_details\":null,\"output\":[]," USAGE "}")

static void
test_text (Fixture      *f,
           gconstpointer unused)
{
  g_autoptr (HearthValue) usage = NULL;

  assert_stream (f, CREATED EVENT ("response.output_item.added", "\"output_index\":0,\"item\":{\"type\":\"message\",\"id\":\"m\",\"content\":[]}")
                    EVENT ("response.output_text.delta", "\"output_index\":0,\"delta\":\"Grüß\"")
                    EVENT ("response.output_text.delta", "\"output_index\":0,\"delta\":\" dich\"")
                    EVENT ("response.output_text.done", "\"output_index\":0,\"text\":\"Grüß dich\"")
                    EVENT ("response.output_item.done", "\"output_index\":0,\"item\":{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Grüß dich\"}]}")
                    COMPLETED,
                 "text:Grüß|text: dich|usage");
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "stop");
  g_assert_cmpstr (hearth_answer_get_model (f->answer), ==, "gpt-x");
  usage = hearth_answer_dup_usage (f->answer);
  assert_value (usage, "{\"prompt_tokens\":10,\"completion_tokens\":6,\"total_tokens\":16,"
                       "\"prompt_tokens_details\":{\"cached_tokens\":4},\"completion_tokens_details\":{\"reasoning_tokens\":2}}");
}

#define THOUGHT "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"xyz\"}"
#define CALL "{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"a\",\"name\":\"add\",\"arguments\":\"{\\\"x\\\":1}\"}"

/* Thoughts that are encrypted come back in the next request as they were. */
static void
test_thoughts_and_tools (Fixture      *f,
                         gconstpointer unused)
{
  g_autoptr (HearthValue) message = NULL;
  g_autofree char *said = NULL;
  g_autofree char *asked = NULL;

  assert_stream (f, CREATED EVENT ("response.output_item.added", "\"output_index\":0,\"item\":{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}")
                    EVENT ("response.reasoning_summary_part.added", "\"output_index\":0,\"summary_index\":0,\"part\":{}")
                    EVENT ("response.reasoning_summary_text.delta", "\"output_index\":0,\"delta\":\"Hm\"")
                    EVENT ("response.reasoning_summary_part.added", "\"output_index\":0,\"summary_index\":1,\"part\":{}")
                    EVENT ("response.reasoning_summary_text.delta", "\"output_index\":0,\"delta\":\"So\"")
                    EVENT ("response.output_item.done", "\"output_index\":0,\"item\":" THOUGHT)
                    EVENT ("response.output_item.added", "\"output_index\":1,\"item\":{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"a\",\"name\":\"add\",\"arguments\":\"\"}")
                    EVENT ("response.function_call_arguments.delta", "\"output_index\":1,\"item_id\":\"fc_1\",\"delta\":\"{\\\"x\\\"\"")
                    EVENT ("response.output_item.added", "\"output_index\":2,\"item\":{\"type\":\"function_call\",\"call_id\":\"b\",\"name\":\"now\",\"arguments\":\"\"}")
                    EVENT ("response.function_call_arguments.delta", "\"output_index\":1,\"item_id\":\"fc_1\",\"delta\":\":1}\"")
                    EVENT ("response.function_call_arguments.done", "\"output_index\":1,\"arguments\":\"{\\\"x\\\":1}\"")
                    EVENT ("response.output_item.done", "\"output_index\":1,\"item\":" CALL)
                    EVENT ("response.function_call_arguments.done", "\"output_index\":2,\"arguments\":\"{}\"") COMPLETED,
                 "reasoning:Hm|reasoning:\n\n|reasoning:So|call 0 id=a name=add:|call 0:{\"x\"|call 1 id=b name=now:|call 0::1}|call 1:{}|usage");
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "tool_calls");
  message = hearth_answer_to_message (f->answer);
  said = hearth_json_print (message);
  asked = g_strdup_printf ("{\"messages\":[%s,{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"2\"}]}", said);
  assert_body (f, asked, "{\"model\":\"model-1\",\"input\":[" THOUGHT "," CALL ",{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":\"2\"}],"
                         "\"stream\":false,\"store\":false}");
}

static void
test_ends (Fixture      *f,
           gconstpointer unused)
{
  stream_whole (f, CREATED EVENT ("response.incomplete", "\"response\":{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}"));
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "length");
  g_assert_true (hearth_answer_is_done (f->answer));
  stream_whole (f, CREATED EVENT ("response.incomplete", "\"response\":{\"incomplete_details\":{\"reason\":\"content_filter\"}}"));
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "content_filter");
  stream_whole (f, CREATED EVENT ("response.refusal.delta", "\"delta\":\"No.\"") COMPLETED);
  g_assert_cmpstr (hearth_answer_get_finish (f->answer), ==, "content_filter");
  g_assert_cmpstr (hearth_answer_get_text (f->answer), ==, "No.");
  stream_whole (f, CREATED EVENT ("response.output_text.delta", "\"delta\":\"Hal\""));
  g_assert_false (hearth_answer_is_done (f->answer));
}

static void
test_stream_errors (Fixture      *f,
                    gconstpointer unused)
{
  assert_event_fails (f, CREATED EVENT ("response.failed", "\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"Oh.\"}}"),
                      HEARTH_MODEL_ERROR_SERVER);
  g_assert_cmpstr (hearth_model_error_get_words (f->error), ==, "Oh.");
  assert_event_fails (f, EVENT ("error", "\"code\":\"rate_limit_exceeded\",\"message\":\"Slow.\",\"param\":null"), HEARTH_MODEL_ERROR_RATE_LIMIT);
  g_assert_cmpstr (hearth_model_error_get_words (f->error), ==, "Slow.");
  assert_event_fails (f, EVENT ("error", "\"error\":{\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\",\"message\":\"Long.\"}"),
                      HEARTH_MODEL_ERROR_TOO_LONG);
  assert_event_fails (f, EVENT ("response.failed", "\"response\":{\"error\":{\"code\":\"invalid_prompt\",\"message\":\"Flagged.\"}}"), HEARTH_MODEL_ERROR_REFUSED);
}

/* --- whole answers ----------------------------------------------------------------------------------- */

#define WHOLE "{\"id\":\"resp_2\",\"object\":\"response\",\"model\":\"gpt-x\",\"status\":\"completed\",\"error\":null,\"incomplete_details\":null," \
  "\"output\":[{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"Hm\"}],\"encrypted_content\":\"xyz\"}," \
  "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Yes\",\"annotations\":[]},{\"type\":\"refusal\",\"refusal\":\"\"}]}," CALL "]," USAGE "}"

static void
test_whole (Fixture      *f,
            gconstpointer unused)
{
  g_autoptr (HearthValue) body = parse (WHOLE);
  g_autoptr (HearthValue) failed = parse ("{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"Oh.\"},\"output\":[]}");
  g_autoptr (HearthValue) page = parse ("{\"ok\":true}");

  g_assert_true (f->provider->read_answer (f->answer, body, &f->error));
  g_assert_cmpstr (f->heard->str, ==, "reasoning:Hm|text:Yes|call 0 id=a name=add:|call 0:{\"x\":1}|usage");
  g_assert_true (hearth_answer_is_done (f->answer));
  renew (f);
  g_assert_false (f->provider->read_answer (f->answer, failed, &f->error));
  g_assert_error (f->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_SERVER);
  renew (f);
  g_assert_false (f->provider->read_answer (f->answer, page, &f->error));
  g_assert_error (f->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER);
}

static void
test_lies (Fixture      *f,
           gconstpointer unused)
{
  each_lie (f, WHOLE, read_lying_answer);
  each_lie (f, "[{\"type\":\"response.created\",\"response\":{\"id\":\"a\",\"model\":\"b\"}},"
               "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":" CALL "},"
               "{\"type\":\"response.function_call_arguments.delta\",\"output_index\":0,\"delta\":\"{\"},"
               "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" CALL "},"
               "{\"type\":\"response.refusal.delta\",\"delta\":\"a\"},{\"type\":\"response.reasoning_summary_text.delta\",\"delta\":\"a\"},"
               "{\"type\":\"response.completed\",\"response\":" WHOLE "},{\"type\":\"error\",\"code\":\"a\",\"message\":\"b\"}]", read_lying_events);
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
    { "/llm/responses/request", test_request },
    { "/llm/responses/reasoning-models", test_reasoning_models },
    { "/llm/responses/parts", test_parts },
    { "/llm/responses/tools", test_tools },
    { "/llm/responses/schema", test_schema },
    { "/llm/responses/less", test_less },
    { "/llm/responses/text", test_text },
    { "/llm/responses/thoughts-and-tools", test_thoughts_and_tools },
    { "/llm/responses/ends", test_ends },
    { "/llm/responses/stream-errors", test_stream_errors },
    { "/llm/responses/whole", test_whole },
    { "/llm/responses/lies", test_lies },
    { "/llm/responses/lying-requests", test_lying_requests },
  };

  g_test_init (&argc, &argv, NULL);
  add_tests (tests, G_N_ELEMENTS (tests), "openai-responses");
  return g_test_run ();
}
