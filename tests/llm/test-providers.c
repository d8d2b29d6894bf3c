/* test-providers.c: each provider at a service that speaks its language (peer_*.py) and is strict about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "calling.h"

#include "reading.h"

typedef struct
{
  const char *provider;
  const char *path;
} Service;

static const Service services[] = {
  { "anthropic", "/anthropic/v1" },
  { "google", "/gemini/v1beta" },
  { "openai-responses", "/responses/v1" },
};

typedef void (*ServiceFunc) (Calling *c);

static void
each_service (Calling    *c,
              ServiceFunc test)
{
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_test_message ("%s", services[i].provider);
      calling_use (c, services[i].provider, services[i].path);
      test (c);
    }
}

/* --- texts ------------------------------------------------------------------------------------------- */

static void
say_text (Calling *c)
{
  g_autoptr (GString) pieces = NULL;

  calling_ask (c, "parrot", "one two grün", "{\"temperature\":0.5,\"max_tokens\":100,\"top_p\":1}", TRUE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, "one two grün");
  g_assert_cmpstr (c->finish, ==, "stop");
  g_assert_nonnull (strstr (c->heard->str, "text:one |text:two |"));
  g_assert_cmpint (c->usage.prompt, ==, 8);
  g_assert_cmpint (c->usage.completion, ==, 9);
  g_assert_cmpint (c->usage.cached, ==, 2);
  g_assert_cmpstr (hearth_value_get_member_string (c->value, "model", NULL), ==, "parrot");
  calling_ask (c, "parrot", "one two", NULL, FALSE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, "one two");
  g_assert_nonnull (hearth_value_get (c->value, "raw_response"));
}

static void
test_text (Calling      *c,
           gconstpointer unused)
{
  each_service (c, say_text);
}

/* --- tools: the thought comes back as it was ------------------------------------------------------------ */

#define QUESTION "{\"role\":\"user\",\"content\":\"Add.\"}"

static void
ask_with_tools (Calling    *c,
                const char *messages_text,
                gboolean    stream)
{
  g_autoptr (HearthValue) tools = parse ("[{\"name\":\"add\",\"description\":\"Adds.\",\"parameters\":{\"type\":\"object\"}}]");
  g_autoptr (HearthValue) messages = parse (messages_text);
  HearthModelRequest request = { .model = "thinker", .messages = messages, .tools = tools, .stream = stream };

  calling_begin (c, &request);
  AWAIT (c->call == NULL);
  g_assert_no_error (c->error);
}

static char *
dup_next_messages (Calling *c)
{
  HearthValue *choice = hearth_value_at (hearth_value_get (c->value, "choices"), 0);
  HearthValue *call = hearth_value_at (hearth_value_get (c->value, "tool_calls"), 0);
  g_autofree char *said = hearth_json_print (hearth_value_get (choice, "message"));

  return g_strdup_printf ("[" QUESTION ",%s,{\"role\":\"tool\",\"tool_call_id\":\"%s\",\"content\":\"42\"}]", said,
                          hearth_value_get_member_string (call, "id", ""));
}

static void
use_tool (Calling *c)
{
  for (int stream = 0; stream < 2; stream++)
    {
      g_autofree char *next = NULL;

      ask_with_tools (c, "[" QUESTION "]", stream);
      g_assert_cmpstr (c->text, ==, "I look.");
      g_assert_cmpstr (c->finish, ==, "tool_calls");
      g_assert_cmpstr (hearth_value_get_member_string (c->value, "reasoning", NULL), ==, "Hm, a tool.");
      assert_value (hearth_value_get (hearth_value_at (hearth_value_get (c->value, "tool_calls"), 0), "arguments"), "{\"x\":1}");
      next = dup_next_messages (c);
      ask_with_tools (c, next, stream);
      g_assert_true (g_str_has_suffix (c->text, "42"));
      g_assert_cmpstr (c->finish, ==, "stop");
    }
}

static void
test_tools (Calling      *c,
            gconstpointer unused)
{
  each_service (c, use_tool);
}

/* --- what goes wrong ----------------------------------------------------------------------------------- */

static void
bring_wrong_key (Calling *c)
{
  HearthSecret *right = g_steal_pointer (&c->key);

  c->key = hearth_secret_new ("sk-wrong-key-4567");
  calling_ask (c, "parrot", "x", NULL, TRUE);
  g_assert_error (c->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_KEY);
  g_assert_null (strstr (c->error->message, "sk-wrong-key-4567"));
  hearth_secret_unref (c->key);
  c->key = right;
}

static void
test_key (Calling      *c,
          gconstpointer unused)
{
  each_service (c, bring_wrong_key);
}

static void
ask_for_missing (Calling *c)
{
  calling_ask (c, "nobody", "x", NULL, TRUE);
  g_assert_error (c->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID);
}

static void
test_missing (Calling      *c,
              gconstpointer unused)
{
  each_service (c, ask_for_missing);
}

/* In the middle of a stream, what was said before stays; and as an answer of its own. */
static void
crowd (Calling *c)
{
  calling_ask (c, "crowded", "one two", NULL, TRUE);
  g_assert_nonnull (c->error);
  g_assert_true (c->error->code == HEARTH_MODEL_ERROR_RATE_LIMIT || c->error->code == HEARTH_MODEL_ERROR_SERVER);
  g_assert_cmpstr (c->text, ==, "one ");
  g_assert_nonnull (strstr (hearth_model_error_get_words (c->error), "verloaded"));
  calling_ask (c, "crowded", "one two", NULL, FALSE);
  g_assert_nonnull (c->error);
}

static void
test_crowded (Calling      *c,
              gconstpointer unused)
{
  each_service (c, crowd);
}

static void
test_refused (Calling      *c,
              gconstpointer unused)
{
  for (int stream = 0; stream < 2; stream++)
    {
      calling_use (c, "anthropic", "/anthropic/v1");
      calling_ask (c, "refuser", "x", NULL, stream);
      g_assert_cmpstr (c->finish, ==, "content_filter");
      calling_use (c, "openai-responses", "/responses/v1");
      calling_ask (c, "refuser", "x", NULL, stream);
      g_assert_cmpstr (c->finish, ==, "content_filter");
      g_assert_cmpstr (c->text, ==, "No.");
      calling_use (c, "google", "/gemini/v1beta");
      calling_ask (c, "refuser", "x", NULL, stream);
      g_assert_error (c->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_REFUSED);
    }
}

/* Without the parameter that the model refuses it is asked once more. */
static void
test_strict (Calling      *c,
             gconstpointer unused)
{
  static const Service told[] = { { "anthropic", "/anthropic/v1" }, { "openai-responses", "/responses/v1" } };

  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    {
      calling_use (c, told[i].provider, told[i].path);
      calling_ask (c, "strict", "warm", "{\"temperature\":0.7}", TRUE);
      g_assert_no_error (c->error);
      g_assert_cmpstr (c->text, ==, "warm");
    }
}

/* --- lists and embeddings -------------------------------------------------------------------------------- */

static void
list (Calling *c)
{
  calling_list (c);
  g_assert_no_error (c->error);
  g_assert_cmpint (hearth_value_get_length (c->value), ==, 5);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (c->value, 0), "id", NULL), ==, "parrot");
}

static void
test_lists (Calling      *c,
            gconstpointer unused)
{
  each_service (c, list);
  calling_use (c, "offline", "");
  calling_list (c);
  g_assert_no_error (c->error);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (c->value, 0), "id", NULL), ==, "core:offline");
}

static void
test_embeddings (Calling      *c,
                 gconstpointer unused)
{
  calling_use (c, "google", "/gemini/v1beta");
  calling_embed (c, "embedder", "[\"a\",\"abc\"]");
  g_assert_no_error (c->error);
  assert_value (c->value, "[[1,0.5],[3,0.5]]");
  calling_use (c, "offline", "");
  calling_embed (c, "core:offline", "[\"a\",\"abc\"]");
  g_assert_no_error (c->error);
  g_assert_cmpint (hearth_value_get_length (c->value), ==, 2);
}

/* --- without a network ------------------------------------------------------------------------------------- */

static void
test_offline (Calling      *c,
              gconstpointer unused)
{
  calling_use (c, "offline", "");
  calling_ask (c, "core:offline-quick", "Hi", NULL, TRUE);
  g_assert_no_error (c->error);
  g_assert_true (g_str_has_prefix (c->text, "Offline model: "));
  c->cancel_at = 2;
  calling_ask (c, "core:offline-quick", "Hi", NULL, TRUE);
  g_assert_cmpint (c->n_deltas, ==, 2);
}

static void
add (const char *path,
     void (*run) (Calling *c, gconstpointer unused))
{
  g_test_add (path, Calling, NULL, calling_set_up, run, calling_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/llm/providers/text", test_text);
  add ("/llm/providers/tools", test_tools);
  add ("/llm/providers/key", test_key);
  add ("/llm/providers/missing", test_missing);
  add ("/llm/providers/crowded", test_crowded);
  add ("/llm/providers/refused", test_refused);
  add ("/llm/providers/strict", test_strict);
  add ("/llm/providers/lists", test_lists);
  add ("/llm/providers/embeddings", test_embeddings);
  add ("/llm/providers/offline", test_offline);
  return g_test_run ();
}
