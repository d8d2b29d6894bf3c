/* test-offline-schema.c: the offline model answers with values that fit a schema, whatever the schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "offline.h"

#include <math.h>

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/llm/offline/schema", test_schema);
  g_test_add_func ("/llm/offline/formats", test_formats);
  g_test_add_func ("/llm/offline/numbers", test_numbers);
  g_test_add_func ("/llm/offline/hostile-schemas", test_hostile_schemas);
  return g_test_run ();
}
