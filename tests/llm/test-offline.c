/* test-offline.c: the model that is always there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "offline.h"

static void
assert_says (const char *asked,
             const char *said)
{
  g_autoptr (HearthAnswer) answer = ask (asked, NULL, NULL);

  g_assert_cmpstr (hearth_answer_get_text (answer), ==, said);
}

/* --- texts ------------------------------------------------------------------------------------------- */

static void
test_text (void)
{
  assert_says ("{\"messages\":[{\"role\":\"system\",\"content\":\"x\"}," USER ("\"What is a hearth?\"") "]}",
               "Offline model: you asked “What is a hearth?” A model of a channel would know more.");
  assert_says ("{\"messages\":[" USER ("\"old\"") ",{\"role\":\"assistant\",\"content\":\"a\"}," USER ("\"Say\\nhi\"") "]}",
               "Offline model: you wrote “Say hi”. A model of a channel would say more.");
  assert_says ("{\"messages\":[]}", "Offline model: there was no question.");
  assert_says ("{\"messages\":[" USER ("[{\"type\":\"text\",\"text\":\"Look\"},{\"type\":\"image_url\"},{\"type\":\"image_url\"},{\"type\":\"file\"}]") "]}",
               "Offline model: you wrote “Look”. A model of a channel would say more. There were 2 pictures with it. There was 1 file with it.");
}

static void
test_long (void)
{
  g_autoptr (GString) asked = g_string_new ("{\"messages\":[{\"role\":\"user\",\"content\":\"");
  g_autoptr (HearthAnswer) answer = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (asked, "river%u mountain of stone. ", i % 3);
  g_string_append (asked, "\"}]}");
  answer = ask (asked->str, NULL, NULL);
  g_assert_true (g_str_has_prefix (hearth_answer_get_text (answer), "Offline model: your text begins with “river0 mountain of stone."));
  g_assert_true (g_str_has_suffix (hearth_answer_get_text (answer), " What stands out in it: mountain, stone, river0, river1, river2."));
  g_assert_cmpint (strlen (hearth_answer_get_text (answer)), <, 500);
}

/* As fast as people read, and the same every time. */
static void
test_pace (void)
{
  g_autoptr (GString) heard = g_string_new (NULL), again = g_string_new (NULL), waits = g_string_new (NULL), none = g_string_new (NULL);
  g_autoptr (HearthAnswer) answer = ask ("{\"messages\":[]}", heard, waits);
  g_autoptr (HearthAnswer) other = ask ("{\"messages\":[]}", again, NULL);
  g_autoptr (HearthAnswer) quick = ask ("{\"model\":\"core:offline-quick\",\"messages\":[]}", NULL, none);

  g_assert_cmpstr (heard->str, ==, "text:Offline |text:model: |text:there |text:was |text:no |text:question.|usage");
  g_assert_cmpstr (heard->str, ==, again->str);
  g_assert_cmpstr (waits->str, ==, "150 30 30 30 30 30 ");
  g_assert_cmpstr (none->str, ==, "0 0 0 0 0 ");
  g_assert_cmpstr (hearth_answer_get_model (answer), ==, "core:offline");
  g_assert_cmpstr (hearth_answer_get_model (quick), ==, "core:offline-quick");
  g_assert_cmpstr (hearth_answer_get_finish (answer), ==, "stop");
}

static void
test_whole (void)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (HearthAnswer) answer = ask ("{\"messages\":[],\"stream\":false}", heard, NULL);

  g_assert_cmpstr (heard->str, ==, "text:Offline model: there was no question.|usage");
}

static void
test_limits (void)
{
  g_autoptr (HearthAnswer) cut = ask ("{\"messages\":[],\"params\":{\"max_tokens\":3}}", NULL, NULL);
  g_autoptr (HearthAnswer) endless = ask ("{\"messages\":[],\"params\":{\"max_tokens\":1e300}}", NULL, NULL);
  g_autoptr (HearthAnswer) stopped = ask ("{\"messages\":[],\"params\":{\"stop\":[\"xyz\",\" was\"],\"max_tokens\":100}}", NULL, NULL);
  g_autoptr (HearthAnswer) chinese = ask ("{\"messages\":[" USER ("\"火炉是什么？\"") "]}", NULL, NULL);

  g_assert_cmpstr (hearth_answer_get_finish (endless), ==, "stop");
  g_assert_cmpstr (hearth_answer_get_text (cut), ==, "Offline mode");
  g_assert_cmpstr (hearth_answer_get_finish (cut), ==, "length");
  g_assert_cmpint (hearth_answer_get_usage (cut)->completion, ==, 3);
  g_assert_cmpint (hearth_answer_get_usage (cut)->prompt, ==, 0);
  g_assert_cmpstr (hearth_answer_get_text (stopped), ==, "Offline model: there");
  g_assert_cmpstr (hearth_answer_get_finish (stopped), ==, "stop");
  g_assert_cmpint (hearth_answer_get_usage (chinese)->prompt, ==, 6);
}

/* --- tools ------------------------------------------------------------------------------------------- */

#define TOOLS "\"tools\":[{\"name\":\"now\"},{\"name\":\"add\",\"parameters\":{\"type\":\"object\",\"properties\":{" \
  "\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}},\"required\":[\"a\",\"b\"]}}]"

static void
test_tools (void)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (HearthAnswer) first = ask ("{" TOOLS ",\"tool_choice\":\"required\",\"messages\":[" USER ("\"What time?\"") "]}", NULL, NULL);
  g_autoptr (HearthAnswer) named = ask ("{" TOOLS ",\"tool_choice\":\"add\",\"messages\":[" USER ("\"Add 17 and 4\"") "]}", heard, NULL);
  g_autoptr (HearthAnswer) none = ask ("{" TOOLS ",\"tool_choice\":\"none\",\"messages\":[" USER ("\"Add\"") "]}", NULL, NULL);
  g_autoptr (GString) spoken_of = g_string_new (NULL);
  g_autoptr (HearthAnswer) fitting = ask ("{\"tools\":[{\"name\":\"now\"},{\"name\":\"forecast\",\"description\":\"The weather of a city\"}],"
                                          "\"messages\":[" USER ("\"How is the WEATHER?\"") "]}", spoken_of, NULL);
  g_autoptr (HearthValue) calls = hearth_answer_dup_tool_calls (first);

  g_assert_cmpstr (hearth_answer_get_finish (first), ==, "tool_calls");
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (calls, 0), "name", NULL), ==, "now");
  g_assert_nonnull (strstr (spoken_of->str, "name=forecast:"));
  g_assert_nonnull (strstr (heard->str, "name=add:{\"a\":17,\"b\":4}"));
  g_assert_cmpint (hearth_answer_get_n_tool_calls (none), ==, 0);
}

/* It calls once, and then says what came of it. */
static void
test_tool_result (void)
{
  assert_says ("{" TOOLS ",\"messages\":[" USER ("\"Add 1 and 2\"") ",{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[]},"
               "{\"role\":\"tool\",\"tool_call_id\":\"x\",\"content\":\"3\"}]}",
               "Offline model: the tool says “3”.");
}

/* --- embeddings, models, the channel ---------------------------------------------------------------------- */

static double
multiply (HearthValue *a,
          HearthValue *b)
{
  double sum = 0;

  for (gsize i = 0; i < hearth_value_get_length (a); i++)
    sum += hearth_value_get_double (hearth_value_at (a, i)) * hearth_value_get_double (hearth_value_at (b, i));
  return sum;
}

static void
test_embed (void)
{
  g_autoptr (HearthValue) texts = parse ("[\"the cat sat on the mat\",\"a cat on a mat\",\"stock prices fell sharply\",\"\"]");
  g_autoptr (HearthValue) numbers = parse ("[1]");
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) vectors = get_local ()->embed (texts, &usage, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (multiply (hearth_value_at (vectors, i), hearth_value_at (vectors, i)), 1, 1e-9);
  g_assert_cmpfloat (multiply (hearth_value_at (vectors, 0), hearth_value_at (vectors, 1)), >, 0.3);
  g_assert_cmpfloat (multiply (hearth_value_at (vectors, 0), hearth_value_at (vectors, 1)), >,
                     multiply (hearth_value_at (vectors, 0), hearth_value_at (vectors, 2)));
  g_assert_cmpint (usage.prompt, ==, 6 + 4 + 7);
  g_assert_null (get_local ()->embed (numbers, &usage, &error));
  g_assert_error (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID);
}

static void
test_channel (void)
{
  g_autoptr (HearthChannel) channel = hearth_channel_new_offline ();
  g_autoptr (HearthValue) models = get_local ()->list_models ();

  g_assert_true (channel->provider == hearth_providers_lookup ("offline"));
  g_assert_false (channel->provider->needs_key);
  for (gsize i = 0; i < hearth_value_get_length (models); i++)
    g_assert_true (hearth_channel_has_model (channel, hearth_value_get_member_string (hearth_value_at (models, i), "id", "")));
  g_assert_false (hearth_channel_has_model (channel, "gpt-4o"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/llm/offline/text", test_text);
  g_test_add_func ("/llm/offline/long", test_long);
  g_test_add_func ("/llm/offline/pace", test_pace);
  g_test_add_func ("/llm/offline/whole", test_whole);
  g_test_add_func ("/llm/offline/limits", test_limits);
  g_test_add_func ("/llm/offline/tools", test_tools);
  g_test_add_func ("/llm/offline/tool-result", test_tool_result);
  g_test_add_func ("/llm/offline/embed", test_embed);
  g_test_add_func ("/llm/offline/channel", test_channel);
  return g_test_run ();
}
