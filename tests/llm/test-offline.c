/* test-offline.c: the model that is always there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-provider.h"

#include <math.h>

#include "deltas.h"
#include "parse.h"

static const HearthLocalProvider *
get_local (void)
{
  return hearth_providers_lookup ("offline")->local;
}

/* Asks until the end; @waits: what it wants between the pieces, or NULL. */
static HearthAnswer *
ask (const char *text,
     GString    *heard,
     GString    *waits)
{
  g_autoptr (HearthValue) asked = parse (text);
  g_autoptr (GError) error = NULL;
  HearthAnswer *answer = hearth_answer_new (heard != NULL ? heard_delta_cb : NULL, heard);
  HearthModelRequest request = {
    .model = hearth_value_get_member_string (asked, "model", "core:offline"),
    .messages = hearth_value_get (asked, "messages"),
    .params = hearth_value_get (asked, "params"),
    .tools = hearth_value_get (asked, "tools"),
    .tool_choice = hearth_value_get_member_string (asked, "tool_choice", NULL),
    .schema = hearth_value_get (asked, "schema"),
    .stream = hearth_value_get_member_boolean (asked, "stream", TRUE),
  };
  gpointer state = get_local ()->begin (&request, &error);
  guint wait_ms = 0;

  g_assert_no_error (error);
  while (get_local ()->next (state, answer, &wait_ms, &error))
    if (waits != NULL)
      g_string_append_printf (waits, "%u ", wait_ms);
  g_assert_no_error (error);
  g_assert_true (hearth_answer_is_done (answer));
  get_local ()->end (state);
  return answer;
}

static void
assert_value (HearthValue *value,
              const char  *expected)
{
  g_autofree char *text = hearth_json_print (value);
  g_autoptr (HearthValue) wanted = parse (expected);

  if (!hearth_value_equal (value, wanted))
    g_error ("expected %s, got %s", expected, text);
}

static void
assert_says (const char *asked,
             const char *said)
{
  g_autoptr (HearthAnswer) answer = ask (asked, NULL, NULL);

  g_assert_cmpstr (hearth_answer_get_text (answer), ==, said);
}

#define USER(text) "{\"role\":\"user\",\"content\":" text "}"

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

/* --- schemas ----------------------------------------------------------------------------------------- */

static void
assert_fills (const char *schema,
              const char *question,
              const char *expected)
{
  g_autofree char *asked = g_strdup_printf ("{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"schema\":{\"name\":\"s\",\"schema\":%s}}",
                                            question, schema);
  g_autoptr (HearthAnswer) answer = ask (asked, NULL, NULL);
  g_autoptr (HearthValue) value = parse (hearth_answer_get_text (answer));

  assert_value (value, expected);
}

static void
test_schema (void)
{
  assert_fills ("{\"enum\":[\"positive\",\"negative\"]}", "I feel NEGATIVE today", "\"negative\"");
  assert_fills ("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},\"n\":{\"type\":\"integer\",\"minimum\":10},"
                "\"x\":{\"type\":\"number\"},\"unit\":{\"const\":\"m\"},\"summary\":{\"type\":\"string\"},\"none\":{\"type\":\"null\"},"
                "\"d\":{\"type\":\"string\",\"default\":\"y\"}}}", "From Paris 5 to 70 or 2.5",
                "{\"city\":\"from\",\"n\":70,\"x\":2.5,\"unit\":\"m\",\"summary\":\"Offline model: From Paris 5 to 70 or 2.5\",\"none\":null,\"d\":\"y\"}");
  assert_fills ("{\"type\":\"array\",\"minItems\":3,\"maxItems\":3,\"items\":{\"type\":\"string\"}}", "alpha beta gamma delta",
                "[\"alpha\",\"beta\",\"gamma\"]");
  assert_fills ("{\"type\":\"array\",\"minItems\":3,\"uniqueItems\":true,\"items\":{\"type\":\"string\"}}", "alpha alpha",
                "[\"alpha\",\"offline 2\",\"offline 3\"]");
  assert_fills ("{\"$ref\":\"#/$defs/a~1b\",\"$defs\":{\"a/b\":{\"allOf\":[{\"properties\":{\"p\":{\"const\":1}},\"required\":[\"p\"]},"
                "{\"properties\":{\"q\":{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"string\",\"maxLength\":3}]}}}]}}}", "Stone",
                "{\"p\":1,\"q\":\"sto\"}");
  assert_fills ("{\"type\":[\"null\",\"array\"],\"prefixItems\":[{\"const\":1},{\"const\":2}]}", "x", "[1,2]");
  assert_fills ("{\"type\":\"object\",\"required\":[\"z\"],\"additionalProperties\":{\"const\":9}}", "x", "{\"z\":9}");
}

static gboolean
matches (const char *pattern,
         HearthValue *value)
{
  return g_regex_match_simple (pattern, hearth_value_get_string (value, NULL), 0, 0);
}

static void
test_formats (void)
{
  static const char *const cases[][2] = {
    { "\"format\":\"date\"", "^2025-01-[0-3]\\d$" }, { "\"format\":\"date-time\"", "^2025-01-\\d\\dT12:00:00Z$" },
    { "\"format\":\"email\"", "^[^@]+@example\\.org$" }, { "\"format\":\"uri\"", "^https://example\\.org/" },
    { "\"format\":\"uuid\"", "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$" },
    { "\"format\":\"ipv4\"", "^192\\.0\\.2\\.\\d+$" }, { "\"minLength\":20", "^.{20,}$" }, { "\"maxLength\":2", "^.{0,2}$" },
    { "\"pattern\":\"^[A-Z]{3}-[0-9]+$\"", "^[A-Z]{3}-[0-9]+$" }, { "\"pattern\":\"^#[0-9a-f]{6}$\"", "^#[0-9a-f]{6}$" },
    { "\"pattern\":\"^(?:red|green)-\\\\d{2,4}[^a-z]?$\"", "^red-\\d\\d$" },
    { "\"pattern\":\"^\\\\+?[0-9]{7,15}$\",\"minLength\":9", "^[0-9+]{9,}$" },
    { "\"pattern\":\"^(97(8|9))?\\\\d{9}(\\\\d|X)$\"", "^\\d{10}$" },
    { "\"pattern\":\"^[^\\\\s@]+@[^\\\\s@]+\\\\.[a-z]+$\"", "^a@a\\.a$" },
    { "\"pattern\":\"^(?=x)x(?<n>[\\\\w-]+)$\"", "^xa$" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *asked = g_strdup_printf ("{\"messages\":[],\"schema\":{\"schema\":{\"type\":\"string\",%s}}}", cases[i][0]);
      g_autoptr (HearthAnswer) answer = ask (asked, NULL, NULL);
      g_autoptr (HearthValue) value = parse (hearth_answer_get_text (answer));

      g_test_message ("%s: %s", cases[i][0], hearth_answer_get_text (answer));
      g_assert_true (matches (cases[i][1], value));
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *schema;
    double least, most, step;
  } cases[] = {
    { "\"type\":\"integer\",\"minimum\":3,\"maximum\":4", 3, 4, 1 },
    { "\"type\":\"integer\",\"exclusiveMinimum\":3,\"exclusiveMaximum\":5", 4, 4, 1 },
    { "\"type\":\"integer\",\"minimum\":3,\"exclusiveMinimum\":true,\"maximum\":4", 4, 4, 1 },
    { "\"type\":\"number\",\"minimum\":0,\"maximum\":1", 0, 1, 0 },
    { "\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":0.5", 0.01, 0.5, 0 },
    { "\"type\":\"integer\",\"multipleOf\":7,\"minimum\":1", 7, HUGE_VAL, 7 },
    { "\"type\":\"integer\",\"maximum\":-100", -HUGE_VAL, -100, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint salt = 0; salt < 30; salt++)
      {
        g_autofree char *asked = g_strdup_printf ("{\"messages\":[" USER ("\"q%u\"") "],\"schema\":{\"schema\":{%s}}}", salt, cases[i].schema);
        g_autoptr (HearthAnswer) answer = ask (asked, NULL, NULL);
        double number = g_ascii_strtod (hearth_answer_get_text (answer), NULL);

        g_assert_true (number >= cases[i].least && number <= cases[i].most);
        g_assert_true (cases[i].step == 0 || fmod (number, cases[i].step) == 0);
      }
}

/* Schemas that hold themselves, that want too much, that are none. */
static void
test_hostile_schemas (void)
{
  static const char *const schemas[] = {
    "{\"$ref\":\"#\"}", "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"$ref\":\"#\"}}}",
    "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#\"},\"b\":{\"$ref\":\"#\"}}}", "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"},\"minItems\":2}",
    "{\"type\":\"array\",\"minItems\":1e9}", "{\"type\":\"string\",\"minLength\":1e300}", "{\"type\":\"string\",\"maxLength\":-1}",
    "{\"enum\":[]}", "{\"anyOf\":[]}", "{\"allOf\":[null,true]}", "{\"type\":7,\"properties\":[],\"required\":{}}", "{\"$ref\":\"#/a/0/~\"}",
    "{\"type\":\"number\",\"minimum\":5,\"maximum\":1,\"multipleOf\":-3}", "{\"type\":\"string\",\"pattern\":\"(((\"}",
    "{\"type\":\"integer\",\"minimum\":1e308}", "{\"type\":\"number\",\"multipleOf\":1e-320,\"minimum\":1}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      g_autofree char *asked = g_strdup_printf ("{\"messages\":[" USER ("\"1 2 x\"") "],\"schema\":{\"schema\":%s}}", schemas[i]);
      g_autoptr (HearthAnswer) answer = ask (asked, NULL, NULL);
      g_autoptr (HearthValue) value = hearth_json_parse (hearth_answer_get_text (answer), -1, NULL);

      g_test_message ("%s", schemas[i]);
      g_assert_nonnull (value);
      g_assert_cmpint (strlen (hearth_answer_get_text (answer)), <, 100000);
    }
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
  g_test_add_func ("/llm/offline/schema", test_schema);
  g_test_add_func ("/llm/offline/formats", test_formats);
  g_test_add_func ("/llm/offline/numbers", test_numbers);
  g_test_add_func ("/llm/offline/hostile-schemas", test_hostile_schemas);
  g_test_add_func ("/llm/offline/embed", test_embed);
  g_test_add_func ("/llm/offline/channel", test_channel);
  return g_test_run ();
}
