/* test-openai.c: what is written to services that speak OpenAI's chat completions, and their whole answers and refusals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reading.h"

/* --- refusals --------------------------------------------------------------------------------------- */

static void
test_refusals (Fixture      *f,
               gconstpointer unused)
{
  static const struct
  {
    guint status;
    const char *body;
    HearthModelError code;
    const char *error_class;
    const char *words;
  } cases[] = {
    { 401, "{\"error\":{\"message\":\"Incorrect API key provided\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}", HEARTH_MODEL_ERROR_KEY, "key", "Incorrect API key provided" },
    { 403, "{\"error\":{\"message\":\"No access\"}}", HEARTH_MODEL_ERROR_KEY, "key", "No access" },
    { 402, "{\"error\":{\"message\":\"Insufficient Balance\"}}", HEARTH_MODEL_ERROR_CREDIT, "credit", "Insufficient Balance" },
    { 429, "{\"error\":{\"message\":\"Quota\",\"type\":\"insufficient_quota\"}}", HEARTH_MODEL_ERROR_CREDIT, "credit", "Quota" },
    { 429, "{\"error\":{\"message\":\"Too fast\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}", HEARTH_MODEL_ERROR_RATE_LIMIT, "rate-limit", "Too fast" },
    { 429, "{\"error\":{\"message\":\"Too many tokens per minute\"}}", HEARTH_MODEL_ERROR_RATE_LIMIT, "rate-limit", "Too many tokens per minute" },
    { 529, "{}", HEARTH_MODEL_ERROR_RATE_LIMIT, "rate-limit", NULL },
    { 400, "{\"error\":{\"message\":\"Reduce it\",\"code\":\"context_length_exceeded\"}}", HEARTH_MODEL_ERROR_TOO_LONG, "too-long", "Reduce it" },
    { 400, "{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096 tokens.\",\"code\":400}", HEARTH_MODEL_ERROR_TOO_LONG, "too-long", "This model's maximum context length is 4096 tokens." },
    { 413, "[]", HEARTH_MODEL_ERROR_TOO_LONG, "too-long", "[]" },
    { 400, "{\"error\":{\"message\":\"The response was filtered\",\"code\":\"content_filter\"}}", HEARTH_MODEL_ERROR_REFUSED, "refused", "The response was filtered" },
    { 404, "{\"error\":{\"message\":\"The model `x` does not exist\",\"code\":\"model_not_found\"}}", HEARTH_MODEL_ERROR_INVALID, "input", "The model `x` does not exist" },
    { 422, "{\"detail\":[{\"loc\":[\"body\",\"seed\"],\"msg\":\"not a number\"}]}", HEARTH_MODEL_ERROR_INVALID, "input", "body.seed: not a number" },
    { 422, "{\"object\":\"error\",\"message\":{\"detail\":[{\"loc\":[\"body\",\"x\",0],\"msg\":\"extra\"}]}}", HEARTH_MODEL_ERROR_INVALID, "input", "body.x.0: extra" },
    { 500, "{\"error\":\"it broke\"}", HEARTH_MODEL_ERROR_SERVER, "server", "it broke" },
    { 503, "null", HEARTH_MODEL_ERROR_SERVER, "server", "null" },
    { 504, "{}", HEARTH_MODEL_ERROR_TIMEOUT, "timeout", NULL },
    { 400, "[{\"error\":{\"code\":400,\"message\":\"API key not valid.\"}}]", HEARTH_MODEL_ERROR_KEY, "key", "API key not valid." },
    { 429, "{\"error\":{\"message\":\"Provider returned error\",\"code\":429,\"metadata\":{\"raw\":\"busy\"}}}", HEARTH_MODEL_ERROR_RATE_LIMIT, "rate-limit", "Provider returned error: busy" },
    { 404, NULL, HEARTH_MODEL_ERROR_INVALID, "input", "Not <Found>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthValue) body = cases[i].body != NULL ? parse (cases[i].body) : NULL;
      g_autoptr (HearthValue) headers = parse ("{\"retry-after\":\"2\"}");
      g_autoptr (GError) error = f->provider->read_error (cases[i].status, headers, body, cases[i].body != NULL ? cases[i].body : "Not <Found>");

      g_assert_error (error, HEARTH_MODEL_ERROR, (int) cases[i].code);
      g_assert_cmpstr (hearth_model_error_get_class (error), ==, cases[i].error_class);
      g_assert_cmpstr (hearth_model_error_get_words (error), ==, cases[i].words);
      g_assert_cmpuint (hearth_model_error_get_status (error), ==, cases[i].status);
      if (cases[i].words != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].words));
      if (cases[i].status == 429)
        g_assert_cmpuint (hearth_model_error_get_retry_after (error), ==, 2000);
    }
}

/* --- whole answers, lists, embeddings ----------------------------------------------------------------- */

static void
test_whole (Fixture      *f,
            gconstpointer unused)
{
  const char *text = "{\"id\":\"r\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\","
                     "\"reasoning_content\":\"hm\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                     "\"finish_reason\":\"tool_calls\"},{\"index\":1,\"message\":{\"content\":\"Ho\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}";
  static const char *const lies[] = { "null", "[]", "{}", "{\"choices\":[]}", "{\"choices\":[{\"index\":7}]}", "{\"data\":1}" };
  g_autoptr (HearthValue) body = parse (text);
  g_autoptr (HearthValue) value = NULL;

  g_assert_true (f->provider->read_answer (f->answer, body, &f->error));
  value = hearth_answer_to_value (f->answer);
  g_assert_cmpstr (f->heard->str, ==, "usage|reasoning:hm|text:Hi|call 0 id=a name=f:{}");
  g_assert_true (hearth_value_get (value, "raw_response") == body);
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (value, "choices")), ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr (HearthValue) lie = parse (lies[i]);

      renew (f);
      g_assert_false (f->provider->read_answer (f->answer, lie, &f->error));
      g_assert_error (f->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER);
    }
}

static void
test_models (Fixture      *f,
             gconstpointer unused)
{
  g_autoptr (HearthValue) body = parse ("{\"object\":\"list\",\"data\":[{\"id\":\"a\"},{\"id\":\"b\",\"name\":\"B\",\"context_length\":4096,"
                                        "\"architecture\":{\"input_modalities\":[\"text\",\"image\"]},\"supported_parameters\":[\"tools\",5]},"
                                        "{\"id\":\"c\",\"capabilities\":{\"vision\":true,\"function_calling\":true}},\"d\",{\"id\":\"\"},null,{\"id\":5}]}");
  g_autoptr (HearthValue) alone = parse ("[{\"id\":\"x\"}]");
  g_autoptr (HearthValue) wrong = parse ("{\"hello\":1}");
  g_autoptr (HearthValue) list = f->provider->read_models (body, &f->error);
  g_autoptr (HearthValue) list_alone = f->provider->read_models (alone, &f->error);

  assert_value (list, "[{\"id\":\"a\"},{\"id\":\"b\",\"name\":\"B\",\"capabilities\":[\"vision\",\"tools\"],\"contextLength\":4096},"
                      "{\"id\":\"c\",\"capabilities\":[\"vision\",\"tools\"]},{\"id\":\"d\"}]");
  assert_value (list_alone, "[{\"id\":\"x\"}]");
  g_assert_null (f->provider->read_models (wrong, &f->error));
  g_assert_error (f->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER);
}

static void
test_embeddings (Fixture      *f,
                 gconstpointer unused)
{
  static const char *const lies[] = { "{}", "{\"data\":{}}", "{\"data\":[{}]}", "{\"data\":[{\"embedding\":[\"a\"]}]}", "{\"data\":[{\"embedding\":[]}]}",
                                      "{\"data\":[null]}", "{\"data\":[{\"index\":5,\"embedding\":[1]}]}" };
  g_autoptr (HearthValue) body = parse ("{\"data\":[{\"index\":1,\"embedding\":[3,4]},{\"index\":0,\"embedding\":[1,2.5]}],\"usage\":{\"prompt_tokens\":6}}");
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;
  g_autoptr (HearthValue) vectors = f->provider->read_embed (body, &usage, &f->error);

  assert_value (vectors, "[[1,2.5],[3,4]]");
  g_assert_cmpint (usage.prompt, ==, 6);
  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr (HearthValue) lie = parse (lies[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (f->provider->read_embed (lie, &usage, &error));
      g_assert_error (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER);
    }
}

/* --- writing -------------------------------------------------------------------------------------------- */

static HearthChannel *
channel_new (Fixture    *f,
             const char *preset,
             const char *base_url)
{
  HearthChannel *channel = hearth_channel_new (f->provider, base_url);

  channel->preset = g_strdup (preset);
  return channel;
}

static void
assert_body (Fixture            *f,
             const char         *base_url,
             HearthModelRequest *request,
             const char         *expected)
{
  g_autoptr (HearthChannel) channel = channel_new (f, NULL, base_url);
  g_auto (HearthProviderMessage) message = { 0 };

  g_assert_true (f->provider->write_request (channel, request, &message, &f->error));
  assert_value (message.body, expected);
}

static void
test_request (Fixture      *f,
              gconstpointer unused)
{
  g_autoptr (HearthValue) messages = parse ("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}},"
                                            "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,AA==\"}}]}]");
  g_autoptr (HearthValue) small = parse ("[{\"role\":\"user\",\"content\":\"Hi\"}]");
  g_autoptr (HearthValue) params = parse ("{\"temperature\":0.5,\"max_tokens\":9,\"seed\":4,\"my_own\":{\"a\":1}}");
  g_autoptr (HearthValue) unstreamed = parse ("{\"stream\":false,\"temperature\":null}");
  g_autoptr (HearthValue) untold = parse ("{\"stream_options\":null}");
  g_autoptr (HearthValue) tools = parse ("[{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"}}]");
  g_autoptr (HearthValue) schema = parse ("{\"name\":\"s\",\"schema\":{\"type\":\"object\"},\"strict\":true}");
  HearthModelRequest request = { .model = "m", .messages = messages, .params = params, .tools = tools, .tool_choice = "f", .schema = schema, .stream = TRUE };

  assert_body (f, "http://h/v1", &request,
               "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}},"
               "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,AA==\"}}]}],"
               "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"}}}],"
               "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}},\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\",\"schema\":{\"type\":\"object\"},\"strict\":true}},"
               "\"temperature\":0.5,\"max_tokens\":9,\"seed\":4,\"my_own\":{\"a\":1}}");
  request = (HearthModelRequest){ .model = "m", .messages = small, .params = params };
  assert_body (f, "https://api.openai.com/v1", &request,
               "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":false,\"temperature\":0.5,\"max_completion_tokens\":9,\"seed\":4,\"my_own\":{\"a\":1}}");
  request = (HearthModelRequest){ .model = "m", .messages = small, .params = unstreamed, .stream = TRUE };
  assert_body (f, "http://h", &request, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":false}");
  request = (HearthModelRequest){ .model = "m", .messages = small, .params = untold, .stream = TRUE };
  assert_body (f, "http://h", &request, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true}");
  request = (HearthModelRequest){ .model = "m", .messages = small, .tools = tools, .tool_choice = "required", .stream = TRUE };
  assert_body (f, "https://api.mistral.ai/v1", &request,
               "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true,"
               "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"required\"}");
  /* Models that think take no temperature. */
  request = (HearthModelRequest){ .model = "gpt-5-mini", .messages = small, .params = params };
  assert_body (f, "https://api.openai.com/v1", &request,
               "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":false,\"max_completion_tokens\":9,\"seed\":4,\"my_own\":{\"a\":1}}");
}

/* Chats of Hearth and of SillyTavern say more of a message than a service may be told. */
static void
test_history (Fixture      *f,
              gconstpointer unused)
{
  g_autoptr (HearthValue) messages = parse ("[{\"role\":\"user\",\"content\":\"Hi\",\"name\":\"Ann\",\"send_date\":\"2026-01-31\",\"is_user\":true},"
                                            "{\"id\":\"m2\",\"role\":\"assistant\",\"content\":null,\"tool_calls\":[],\"metadata\":{}},"
                                            "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"1\",\"children\":[]}]");
  HearthModelRequest request = { .model = "m", .messages = messages };

  assert_body (f, "http://h", &request, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\",\"name\":\"Ann\"},"
               "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[]},"
               "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"1\"}],\"stream\":false}");
}

static void
test_wrong_requests (Fixture      *f,
                     gconstpointer unused)
{
  g_autoptr (HearthChannel) channel = channel_new (f, NULL, "http://h");
  g_autoptr (HearthChannel) lost = channel_new (f, NULL, "my server");
  g_autoptr (HearthChannel) file = channel_new (f, NULL, "file:///etc");
  g_auto (HearthProviderMessage) message = { 0 };
  HearthModelRequest request = { .model = "", .messages = hearth_value_empty_array () };

  g_assert_false (f->provider->write_request (channel, &request, &message, &f->error));
  g_assert_error (f->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID);
  g_clear_error (&f->error);
  request.model = "m";
  request.messages = NULL;
  g_assert_false (f->provider->write_request (channel, &request, &message, &f->error));
  g_clear_error (&f->error);
  request.messages = hearth_value_empty_array ();
  g_assert_false (f->provider->write_request (lost, &request, &message, &f->error));
  g_clear_error (&f->error);
  g_assert_false (f->provider->write_request (file, &request, &message, &f->error));
  g_assert_error (f->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID);
}

/* What is "chat", "models" or "embed" at these addresses. */
static void
test_addresses (Fixture      *f,
                gconstpointer unused)
{
  static const struct
  {
    const char *preset, *base, *models_path, *what, *expected, *header;
  } cases[] = {
    { "openrouter", "https://openrouter.ai/api/v1/", NULL, "chat", "https://openrouter.ai/api/v1/chat/completions", "Authorization" },
    { NULL, " http://127.0.0.1:8080/v1 ", NULL, "chat", "http://127.0.0.1:8080/v1/chat/completions", "Authorization" },
    { NULL, "https://h/v1?tenant=5", NULL, "chat", "https://h/v1/chat/completions?tenant=5", "Authorization" },
    { NULL, "https://h/v1", NULL, "models", "https://h/v1/models", "Authorization" },
    { NULL, "https://h/v1", "list", "models", "https://h/v1/list", "Authorization" },
    { NULL, "https://h/v1", "/list?all=1", "models", "https://h/v1/list?all=1", "Authorization" },
    { NULL, "https://h/v1", "https://h/all", "models", "https://h/all", "Authorization" },
    { NULL, "https://h/v1", "https://elsewhere/all", "models", "https://elsewhere/all", NULL },
    { NULL, "https://h/v1", "http://h/all", "models", "http://h/all", NULL },
    { NULL, "https://h/v1", NULL, "embed", "https://h/v1/embeddings", "Authorization" },
    { "azure", "https://r.openai.azure.com", NULL, "chat", "https://r.openai.azure.com/openai/deployments/m%2F1/chat/completions?api-version=2024-10-21", "api-key" },
    { NULL, "https://r.openai.azure.com/openai?api-version=2025-01-01", NULL, "chat", "https://r.openai.azure.com/openai/deployments/m%2F1/chat/completions?api-version=2025-01-01", "api-key" },
    { NULL, "https://r.openai.azure.com/openai/deployments/mine", NULL, "chat", "https://r.openai.azure.com/openai/deployments/mine/chat/completions?api-version=2024-10-21", "api-key" },
    { NULL, "https://r.openai.azure.com/openai/v1", NULL, "chat", "https://r.openai.azure.com/openai/v1/chat/completions", "api-key" },
    { NULL, "https://r.openai.azure.com", NULL, "embed", "https://r.openai.azure.com/openai/deployments/m%2F1/embeddings?api-version=2024-10-21", "api-key" },
    { "azure", "https://gateway.example", NULL, "models", "https://gateway.example/openai/models?api-version=2024-10-21", "api-key" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthChannel) channel = channel_new (f, cases[i].preset, cases[i].base);
      g_auto (HearthProviderMessage) message = { 0 };
      HearthModelRequest request = { .model = "m/1", .messages = hearth_value_empty_array () };

      channel->models_path = g_strdup (cases[i].models_path);
      if (strcmp (cases[i].what, "chat") == 0)
        g_assert_true (f->provider->write_request (channel, &request, &message, &f->error));
      else if (strcmp (cases[i].what, "models") == 0)
        g_assert_true (f->provider->write_models (channel, &message, &f->error));
      else
        g_assert_true (f->provider->write_embed (channel, "m/1", request.messages, &message, &f->error));
      g_assert_cmpstr (message.uri, ==, cases[i].expected);
      g_assert_cmpstr (message.secret_header, ==, cases[i].header);
    }
}

/* What a service objects to is left out once; what it does not name stays. */
static void
test_less (Fixture      *f,
           gconstpointer unused)
{
  static const struct
  {
    const char *words, *code, *expected;
  } cases[] = {
    { "body.stream_options: Extra inputs are not permitted", NULL, "{\"max_tokens\":5,\"temperature\":0.7}" },
    { "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "unsupported_parameter",
      "{\"stream_options\":{},\"temperature\":0.7,\"max_completion_tokens\":5}" },
    { "Unsupported value: 'temperature' does not support 0.7 with this model.", "unsupported_value", "{\"stream_options\":{},\"max_tokens\":5}" },
    { "This response_format type is unavailable now", NULL,
      "{\"stream_options\":{},\"max_tokens\":5,\"temperature\":0.7,\"response_format\":{\"type\":\"json_object\"}}" },
    { "temperature must be below 2", NULL, NULL },
    { "Unknown model", NULL, NULL },
    { NULL, NULL, NULL },
  };
  g_autoptr (HearthValue) body = parse ("{\"stream_options\":{},\"max_tokens\":5,\"temperature\":0.7}");
  g_autoptr (HearthValue) format = parse ("{\"type\":\"json_schema\",\"json_schema\":{}}");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = hearth_model_error_new (HEARTH_MODEL_ERROR_INVALID, cases[i].words, cases[i].code, 400, 0);
      gboolean is_format = cases[i].words != NULL && strstr (cases[i].words, "response_format") != NULL;
      g_autoptr (HearthValue) asked = hearth_value_with (body, "response_format", is_format ? format : NULL);
      g_autoptr (HearthValue) less = f->provider->write_less (asked, error);

      if (cases[i].expected == NULL)
        g_assert_null (less);
      else
        assert_value (less, cases[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const FixtureTest tests[] = {
    { "/openai/refusals", test_refusals },
    { "/openai/whole", test_whole },
    { "/openai/models", test_models },
    { "/openai/embeddings", test_embeddings },
    { "/openai/request", test_request },
    { "/openai/history", test_history },
    { "/openai/wrong-requests", test_wrong_requests },
    { "/openai/addresses", test_addresses },
    { "/openai/less", test_less },
  };

  g_test_init (&argc, &argv, NULL);
  add_tests (tests, G_N_ELEMENTS (tests), "openai");
  return g_test_run ();
}
