/* test-provider-anthropic.c: what is sent to Anthropic's Messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "streaming.h"

#define PNG "iVBORw0KGgoAAAANSUhEUg=="

/* --- requests ------------------------------------------------------------------------------------ */

static void
test_request (Fixture      *f,
              gconstpointer unused)
{
  g_auto (HearthProviderMessage) message = { 0 };
  g_autoptr (HearthValue) body = write_body (f, "{\"model\":\"claude-3-haiku\",\"stream\":true,\"messages\":["
    "{\"role\":\"system\",\"content\":\"Be short.\"},{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"user\",\"content\":\" \"},"
    "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"there\"}]},{\"role\":\"developer\",\"content\":\"Be kind.\"},"
    "{\"role\":\"assistant\",\"content\":\"Yes \\n\"}],\"params\":{\"temperature\":0.5,\"top_p\":1,\"max_tokens\":7,\"stop\":\"END\","
    "\"seed\":3,\"metadata\":{\"user_id\":\"u\"},\"model\":\"other\",\"stream\":false,\"top_k\":null}}", &message);

  g_assert_no_error (f->error);
  g_assert_cmpstr (message.method, ==, "POST");
  g_assert_cmpstr (message.uri, ==, "https://service.test/v1/messages");
  g_assert_cmpstr (message.secret_header, ==, "x-api-key");
  g_assert_null (message.secret_prefix);
  assert_value (message.headers, "{\"anthropic-version\":\"2023-06-01\"}");
  assert_value (body, "{\"model\":\"claude-3-haiku\",\"max_tokens\":7,\"system\":\"Be short.\\n\\nBe kind.\",\"messages\":["
    "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},{\"type\":\"text\",\"text\":\"there\"}]},"
    "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Yes\"}]}],\"stream\":true,\"temperature\":0.5,"
    "\"stop_sequences\":[\"END\"],\"metadata\":{\"user_id\":\"u\"}}");
}

/* Greetings of characters come first; the user must. */
static void
test_turns (Fixture      *f,
            gconstpointer unused)
{
  assert_body (f, "{\"messages\":[{\"role\":\"assistant\",\"content\":\"Hello!\"},{\"role\":\"user\",\"content\":\"Hi\"}]}",
    "{\"model\":\"model-1\",\"max_tokens\":4096,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"…\"}]},"
    "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Hello!\"}]},"
    "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}],\"stream\":false}");
  assert_refused (f, "{\"messages\":[{\"role\":\"system\",\"content\":\"Be short.\"}]}", HEARTH_MODEL_ERROR_INVALID);
  assert_refused (f, "{\"messages\":{}}", HEARTH_MODEL_ERROR_INVALID);
  assert_refused (f, "{\"model\":\"\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", HEARTH_MODEL_ERROR_INVALID);
}

static void
assert_part (Fixture    *f,
             const char *part,
             const char *block)
{
  g_autofree char *asked = g_strdup_printf ("{\"messages\":[{\"role\":\"user\",\"content\":[%s]}]}", part);
  g_autofree char *expected = g_strdup_printf ("{\"model\":\"model-1\",\"max_tokens\":4096,\"messages\":[{\"role\":\"user\","
                                               "\"content\":[%s]}],\"stream\":false}", block);

  assert_body (f, asked, expected);
}

static void
test_parts (Fixture      *f,
            gconstpointer unused)
{
  /* Whatever the address calls it, it is a PNG. */
  assert_part (f, "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpeg;base64," PNG "\"}}",
               "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"" PNG "\"}}");
  assert_part (f, "{\"type\":\"image_url\",\"image_url\":\"https://x.test/a.png\"}",
               "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x.test/a.png\"}}");
  assert_part (f, "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,JVBERi0=\"}}",
               "{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"JVBERi0=\"},\"title\":\"a.pdf\"}");
  assert_part (f, "{\"type\":\"file\",\"file\":{\"filename\":\"a.txt\",\"file_data\":\"data:text/plain;charset=utf-8,a%20%C3%A4\"}}",
               "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"a ä\"},\"title\":\"a.txt\"}");
  assert_part (f, "{\"type\":\"file\",\"file\":{\"file_id\":\"file_1\"}}", "{\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"file_1\"}}");
  assert_refused (f, "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\"data:audio/mpeg;base64,AAAA\"}}]}]}",
                  HEARTH_MODEL_ERROR_INVALID);
  assert_refused (f, "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\"data:text/plain;base64,/w==\"}}]}]}",
                  HEARTH_MODEL_ERROR_INVALID);
  assert_refused (f, "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"file:///etc/passwd\"}}]}]}",
                  HEARTH_MODEL_ERROR_INVALID);
  assert_refused (f, "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}]}]}", HEARTH_MODEL_ERROR_INVALID);
}

static void
test_tools (Fixture      *f,
            gconstpointer unused)
{
  assert_body (f, "{\"tools\":[{\"name\":\"add\",\"description\":\"Adds.\",\"parameters\":{\"type\":\"object\",\"properties\":{}}},{\"name\":\"now\"}],"
    "\"tool_choice\":\"required\",\"messages\":[{\"role\":\"user\",\"content\":\"1+2?\"},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
    "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"x\\\":1}\"}},{\"id\":\"b\",\"name\":\"now\",\"arguments\":{}}]},"
    "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"3\"},{\"role\":\"tool\",\"tool_call_id\":\"b\",\"content\":\"\"},{\"role\":\"user\",\"content\":\"So?\"}]}",
    "{\"model\":\"model-1\",\"max_tokens\":4096,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"1+2?\"}]},"
    "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"add\",\"input\":{\"x\":1}},"
    "{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"now\",\"input\":{}}]},"
    "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":[{\"type\":\"text\",\"text\":\"3\"}]},"
    "{\"type\":\"tool_result\",\"tool_use_id\":\"b\"},{\"type\":\"text\",\"text\":\"So?\"}]}],"
    "\"tools\":[{\"name\":\"add\",\"description\":\"Adds.\",\"input_schema\":{\"type\":\"object\",\"properties\":{}}},"
    "{\"name\":\"now\",\"input_schema\":{\"type\":\"object\"}}],\"tool_choice\":{\"type\":\"any\"},\"stream\":false}");
}

/* Which models take what. */
static void
test_families (Fixture      *f,
               gconstpointer unused)
{
  static const struct
  {
    const char *model;
    gboolean takes_temperature;
    gboolean takes_format;
  } models[] = {
    { "claude-2.1", TRUE, FALSE }, { "claude-3-5-sonnet-20241022", TRUE, FALSE }, { "anthropic.claude-3-7-sonnet-v1:0", TRUE, FALSE },
    { "claude-sonnet-4-20250514", TRUE, FALSE }, { "claude-opus-4-1-20250805", TRUE, FALSE }, { "claude-sonnet-4-5-20250929", TRUE, TRUE },
    { "anthropic/claude-opus-4.6", TRUE, TRUE }, { "claude-opus-4-7", FALSE, TRUE }, { "claude-sonnet-5", FALSE, TRUE },
    { "claude-opus-5-5", FALSE, TRUE }, { "claude-mythos-preview", FALSE, TRUE }, { "kimi-k2", TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_auto (HearthProviderMessage) message = { 0 };
      g_autofree char *asked = g_strdup_printf ("{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
        "\"params\":{\"temperature\":0.7,\"top_p\":0.9},\"schema\":{\"name\":\"s\",\"schema\":{\"type\":\"object\"}}}", models[i].model);
      g_autoptr (HearthValue) body = write_body (f, asked, &message);

      g_assert_no_error (f->error);
      g_test_message ("%s", models[i].model);
      g_assert_cmpint (hearth_value_get (body, "temperature") != NULL, ==, models[i].takes_temperature);
      g_assert_cmpint (hearth_value_get (body, "top_p") != NULL, ==, models[i].takes_temperature);
      g_assert_cmpint (hearth_value_get (body, "output_config") != NULL, ==, models[i].takes_format);
      g_assert_cmpint (hearth_value_get (body, "tool_choice") != NULL, ==, !models[i].takes_format);
    }
}

static void
test_schema (Fixture      *f,
             gconstpointer unused)
{
  assert_body (f, "{\"model\":\"claude-opus-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"params\":{\"output_config\":{\"effort\":\"low\"}},"
    "\"schema\":{\"name\":\"s\",\"schema\":{\"type\":\"object\",\"$schema\":\"x\",\"additionalProperties\":true,\"properties\":{"
    "\"n\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":9,\"description\":\"A number.\"},\"l\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":3,"
    "\"items\":{\"oneOf\":[{\"type\":\"string\",\"format\":\"date\"},{\"type\":\"object\",\"properties\":{}}]}}}}}}",
    "{\"model\":\"claude-opus-5\",\"max_tokens\":4096,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}],\"stream\":false,"
    "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\",\"properties\":{"
    "\"n\":{\"type\":\"integer\",\"description\":\"A number. (minimum: 1, maximum: 9)\"},"
    "\"l\":{\"type\":\"array\",\"minItems\":1,\"items\":{\"anyOf\":[{\"type\":\"string\",\"format\":\"date\"},"
    "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}]},\"description\":\"(maxItems: 3)\"}},\"additionalProperties\":false}},"
    "\"effort\":\"low\"}}");
}

static void
test_thinking (Fixture      *f,
               gconstpointer unused)
{
  assert_body (f, "{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
    "\"params\":{\"temperature\":0.7,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}}}",
    "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":6096,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}],"
    "\"stream\":false,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}}");
}

static void
test_less (Fixture      *f,
           gconstpointer unused)
{
  assert_less (f, "`temperature` is deprecated for this model.", NULL, "{\"model\":\"m\",\"temperature\":1,\"top_p\":0.5}",
               "{\"model\":\"m\",\"top_p\":0.5}");
  assert_less (f, "messages: too many", NULL, "{\"model\":\"m\",\"temperature\":1}", NULL);
  assert_less (f, "messages.1.content.0: Invalid `signature` in `thinking` block", NULL,
               "{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\"},{\"type\":\"redacted_thinking\"},{\"type\":\"text\"}]}]}",
               "{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"text\"}]}]}");
  assert_less (f, "Invalid `signature`", NULL, "{\"messages\":[{\"role\":\"user\",\"content\":[]}]}", NULL);
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
    { "/llm/anthropic/request", test_request },
    { "/llm/anthropic/turns", test_turns },
    { "/llm/anthropic/parts", test_parts },
    { "/llm/anthropic/tools", test_tools },
    { "/llm/anthropic/families", test_families },
    { "/llm/anthropic/schema", test_schema },
    { "/llm/anthropic/thinking", test_thinking },
    { "/llm/anthropic/less", test_less },
    { "/llm/anthropic/lying-requests", test_lying_requests },
  };

  g_test_init (&argc, &argv, NULL);
  add_tests (tests, G_N_ELEMENTS (tests), "anthropic");
  return g_test_run ();
}
