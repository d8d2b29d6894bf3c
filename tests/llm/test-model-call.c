/* test-model-call.c: calls of models at a service that behaves well and badly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "calling.h"

#include "reading.h"

#define PIECE(text) "data: {\\\"choices\\\":[{\\\"index\\\":0,\\\"delta\\\":{\\\"content\\\":\\\"" text "\\\"}}]}\\n\\n"
#define END "data: {\\\"choices\\\":[{\\\"index\\\":0,\\\"delta\\\":{},\\\"finish_reason\\\":\\\"stop\\\"}]}\\n\\n"
#define DONE "data: [DONE]\\n\\n"

/* --- what goes well ------------------------------------------------------------------------------- */

static void
test_stream (Calling      *c,
             gconstpointer unused)
{
  calling_ask (c, "parrot", "one two three", NULL, TRUE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->heard->str, ==, "text:one |text:two |text:three|usage");
  g_assert_cmpstr (c->finish, ==, "stop");
  g_assert_cmpint (c->usage.completion, ==, 3);
  g_assert_cmpstr (hearth_value_get_member_string (c->value, "model", NULL), ==, "parrot");
}

static void
test_whole (Calling      *c,
            gconstpointer unused)
{
  calling_ask (c, "parrot", "one two three", NULL, FALSE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, "one two three");
  g_assert_nonnull (hearth_value_get (c->value, "raw_response"));
  calling_ask (c, "refuser", "x", NULL, FALSE);
  g_assert_cmpstr (c->text, ==, "I will not.");
  g_assert_cmpstr (c->finish, ==, "content_filter");
  calling_ask (c, "refuser", "x", NULL, TRUE);
  g_assert_cmpstr (c->finish, ==, "content_filter");
}

static void
test_tools (Calling      *c,
            gconstpointer unused)
{
  g_autoptr (HearthValue) tools = parse ("[{\"name\":\"add\",\"parameters\":{\"type\":\"object\"}}]");
  g_autoptr (HearthValue) messages = parse ("[{\"role\":\"user\",\"content\":\"x\"}]");
  HearthModelRequest request = { .model = "tool", .messages = messages, .tools = tools, .stream = TRUE };

  calling_begin (c, &request);
  AWAIT (c->call == NULL);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->heard->str, ==, "call 0 id=call_a name=add:|call 0:{\"x|call 0:\": |call 0:1}|usage");
  assert_value (hearth_value_get (c->value, "tool_calls"), "[{\"id\":\"call_a\",\"name\":\"add\",\"arguments\":{\"x\":1}}]");
  g_assert_cmpstr (c->finish, ==, "tool_calls");
  request.stream = FALSE;
  calling_begin (c, &request);
  AWAIT (c->call == NULL);
  assert_value (hearth_value_get (c->value, "tool_calls"), "[{\"id\":\"call_a\",\"name\":\"add\",\"arguments\":{\"x\":1}}]");
}

/* However it is cut, with a byte order mark, comments, either line end. */
static void
test_split (Calling      *c,
            gconstpointer unused)
{
  static const int sizes[] = { 1, 2, 3, 7, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *script = g_strdup_printf ("{\"steps\":[{\"split\":%d},{\"send\":\"\\ufeff: hello\\r\\n\\r\\ndata: {\\\"choices\\\":[{\\\"delta\\\":"
                                                 "{\\\"content\\\":\\\"h\\u00e9 \\ud83d\\ude00\\\"}}]}\\r\\n\\r\\n" PIECE ("!") END DONE "\"}]}", sizes[i]);

      calling_play (c, script, TRUE);
      g_assert_no_error (c->error);
      g_assert_cmpstr (c->heard->str, ==, "text:hé 😀|text:!");
    }
}

/* A character outside the first plane, cut by the service itself, and what only looks like it. */
static void
test_halves (Calling      *c,
             gconstpointer unused)
{
  calling_play (c, "{\"steps\":[{\"send\":\"" PIECE ("a\\\\ud83d") PIECE ("\\\\ude00b\\\\\\\\ud83d\\\\ud83d\\\\ude00") END DONE "\"}]}", TRUE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, "a\xef\xbf\xbd\xef\xbf\xbd" "b\\ud83d😀");
}

/* Large texts are written and read on a thread. */
static void
test_large (Calling      *c,
            gconstpointer unused)
{
  g_autofree char *text = g_strnfill (600 * 1000, 'a');

  calling_ask (c, "parrot", text, NULL, FALSE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, text);
  calling_ask (c, "parrot", text, NULL, TRUE);
  g_assert_cmpstr (c->text, ==, text);
  for (guint turns = 0; turns < 40; turns++) /* cancelled at every stage */
    {
      calling_begin_text (c, "parrot", text, NULL, FALSE);
      for (guint i = 0; i < turns && c->call != NULL; i++)
        g_main_context_iteration (NULL, TRUE);
      if (c->call != NULL)
        g_clear_pointer (&c->call, hearth_model_call_cancel);
    }
}

/* --- what was not asked ------------------------------------------------------------------------------- */

static void
test_other_form (Calling      *c,
                 gconstpointer unused)
{
  calling_play (c, "{\"headers\":{\"Content-Type\":\"application/json\"},\"steps\":[{\"send\":\" {\\\"choices\\\":[{\\\"message\\\":{\\\"content\\\":\\\"whole\\\"}}]}\"}]}", TRUE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, "whole");
  calling_play (c, "{\"steps\":[{\"send\":\"{\\\"choices\\\":[{\\\"message\\\":{\\\"content\\\":\\\"whole\\\"}}]}\"}]}", TRUE);
  g_assert_cmpstr (c->text, ==, "whole");
  calling_play (c, "{\"steps\":[{\"send\":\"" PIECE ("stream") END DONE "\"}]}", FALSE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, "stream");
  calling_play (c, "{\"headers\":{\"Content-Type\":\"application/json\"},\"steps\":[{\"split\":1},{\"send\":\"" PIECE ("stream") END DONE "\"}]}", TRUE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, "stream");
}

/* What a service does not know is left out, and it is asked again. */
static void
test_less (Calling      *c,
           gconstpointer unused)
{
  calling_ask (c, "strict", "a b", NULL, TRUE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->heard->str, ==, "text:a |text:b");
  calling_ask (c, "thinker", "a b", "{\"temperature\":0.7}", FALSE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, "a b");
}

/* The connection stays open behind the end of the answer. */
static void
test_open_end (Calling      *c,
               gconstpointer unused)
{
  calling_play (c, "{\"steps\":[{\"send\":\"" PIECE ("a") DONE "\"},{\"wait\":60}]}", TRUE);
  g_assert_no_error (c->error);
  g_assert_cmpstr (c->text, ==, "a");
}

/* --- going and stopping ----------------------------------------------------------------------------------- */

static void
test_cancel (Calling      *c,
             gconstpointer unused)
{
  c->cancel_at = 2;
  calling_play (c, "{\"steps\":[{\"endless\":\"" PIECE ("a") "\"}]}", TRUE);
  g_assert_cmpuint (c->n_deltas, ==, 2);
  c->cancel_at = 0;
  calling_begin_text (c, "parrot", "a", NULL, TRUE);
  g_clear_pointer (&c->call, hearth_model_call_cancel);
  calling_begin_text (c, "", "a", NULL, TRUE);
  g_clear_pointer (&c->call, hearth_model_call_cancel);
  await_idle ();
  g_assert_cmpstr (c->heard->str, ==, "");
}

/* The other side hears of it, too. */
static void
test_cancel_closes (Calling      *c,
                    gconstpointer unused)
{
  c->channel->headers = parse ("{\"X-Call-Id\":\"cancelled\"}");
  c->cancel_at = 1;
  calling_play (c, "{\"steps\":[{\"endless\":\"" PIECE ("a") "\"}]}", TRUE);
  g_assert_null (c->call);
  calling_use (c, "openai", "/v1");
  c->channel->models_path = g_strdup ("/calls?id=cancelled");
  calling_list (c);
  g_assert_no_error (c->error);
  assert_value (c->value, "[{\"id\":\"cancelled\"}]");
}

static void
test_pause (Calling      *c,
            gconstpointer unused)
{
  guint before;

  c->pause_at = 3;
  calling_begin_text (c, "parrot", "x", "{\"play\":{\"steps\":[{\"endless\":\"" PIECE ("a") "\"}]}}", TRUE);
  AWAIT (c->n_deltas >= 3);
  for (int i = 0; i < 50; i++)
    {
      g_usleep (1000);
      await_idle ();
    }
  before = c->n_deltas;
  g_assert_cmpuint (before, <, 1000); /* one reading at most */
  hearth_model_call_resume (c->call);
  AWAIT (c->n_deltas > before + 100);
  g_clear_pointer (&c->call, hearth_model_call_cancel);
}

/* --- lists and embeddings ------------------------------------------------------------------------------------ */

static void
test_lists (Calling      *c,
            gconstpointer unused)
{
  calling_list (c);
  g_assert_no_error (c->error);
  assert_value (c->value, "[{\"id\":\"parrot\"},{\"id\":\"strict\"},{\"id\":\"thinker\"},{\"id\":\"tool\"},{\"id\":\"refuser\"}]");
  calling_embed (c, "any", "[\"a\",\"abc\"]");
  g_assert_no_error (c->error);
  assert_value (c->value, "[[1,0.5],[3,1.5]]");
  g_assert_cmpint (c->usage.prompt, ==, 2);
  calling_embed (c, "forgetful", "[\"a\",\"abc\"]");
  g_assert_error (c->error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER);
  g_assert_null (c->value);
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
    { "/model-call/stream", test_stream },
    { "/model-call/whole", test_whole },
    { "/model-call/tools", test_tools },
    { "/model-call/split", test_split },
    { "/model-call/halves", test_halves },
    { "/model-call/large", test_large },
    { "/model-call/other-form", test_other_form },
    { "/model-call/less", test_less },
    { "/model-call/open-end", test_open_end },
    { "/model-call/cancel", test_cancel },
    { "/model-call/cancel-closes", test_cancel_closes },
    { "/model-call/pause", test_pause },
    { "/model-call/lists", test_lists },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Calling, NULL, calling_set_up, tests[i].run, calling_tear_down);
  return g_test_run ();
}
