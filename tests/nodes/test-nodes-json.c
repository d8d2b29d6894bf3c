/* test-nodes-json.c: JSON as models write it, schemas, lists of fields, names of tools
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "llm/json-repair.h"
#include "llm/json-schema.h"
#include "llm/tool.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *json; /* NULL: there is none in it */
} Case;

static const Case repairs[] = {
  { "{\"a\":1}", "{\"a\":1}" },
  { "  [1, 2] \n", "[1,2]" },
  { "\"just text\"", "\"just text\"" },
  { "```json\n{\"a\": 1}\n```", "{\"a\":1}" },
  { "Sure! Here it is:\n```\n[{\"a\": [1,2,],},]\n```\nAnything else?", "[{\"a\":[1,2]}]" },
  { "The answer is {\"a\": true} as you can see.", "{\"a\":true}" },
  { "As source [1] says: {\"a\": 1}", "{\"a\":1}" },
  { "{'a': 'it\\'s', 'b': None, 'c': True, 'd': False}", "{\"a\":\"it's\",\"b\":null,\"c\":true,\"d\":false}" },
  { "{a: 1, b_c: two, $d: -3.5e2}", "{\"a\":1,\"b_c\":\"two\",\"$d\":-350}" },
  { "{“name”: “Ada”, ‘age’: 36}", "{\"name\":\"Ada\",\"age\":36}" },
  { "{\"a\": 1 // the first\n, /* and */ \"b\": 2}", "{\"a\":1,\"b\":2}" },
  { "{\"a\": 1 \"b\": 2}", "{\"a\":1,\"b\":2}" },
  { "[1 2 3]", "[1,2,3]" },
  { "{\"text\": \"two\nlines\tand a tab\"}", "{\"text\":\"two\\nlines\\tand a tab\"}" },
  { "{\"path\": \"C:\\Users\\new\"}", "{\"path\":\"C:\\\\Users\\new\"}" },
  { "{\"said\": \"he said \"no\" twice\"}", "{\"said\":\"he said \\\"no\\\" twice\"}" },
  { "{\"u\": \"\\u00e9\\uZZ\"}", "{\"u\":\"é\\\\uZZ\"}" },
  { "{\"a\": [1, 2, {\"b\": \"cut of", "{\"a\":[1,2,{\"b\":\"cut of\"}]}" },
  { "{\"a\": 1, \"b\":", "{\"a\":1,\"b\":null}" },
  { "{\"n\": NaN, \"p\": +5, \"v\": 1.2.3}", "{\"n\":null,\"p\":5,\"v\":\"1.2.3\"}" },
  { "{a=1; b=2}", "{\"a\":1,\"b\":2}" },
  { "{}", "{}" },
  { "", NULL },
  { "I cannot do that.", NULL },
  { "{\"a\":1,\"a\":2}", NULL }, /* which of them is meant, nobody knows */
};

static void
test_repair (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HearthValue) value = hearth_json_repair (repairs[i].text, &error);
      g_autofree char *json = value != NULL ? hearth_json_print (value) : NULL;

      g_test_message ("%s", repairs[i].text);
      g_assert_cmpstr (json, ==, repairs[i].json);
      g_assert_true ((error == NULL) == (value != NULL));
    }
}

/* Cut anywhere, and with any byte of it gone: it ends, and what comes is JSON. */
static void
test_repair_damaged (void)
{
  static const char text[] = "Here: ```json\n{\"a\": ['x', \"y\\n\", {“b”: None}], c: 1.5e3, /* d */ \"e\": \"f\\u00e9\"}\n```";

  for (gsize i = 0; i < strlen (text); i++)
    for (guint way = 0; way < 2; way++)
      {
        g_autofree char *whole = way == 0 ? g_strndup (text, i) : g_strdup_printf ("%.*s%s", (int) i, text, text + i + 1);
        g_autofree char *valid = g_utf8_make_valid (whole, -1);
        g_autoptr(HearthValue) value = hearth_json_repair (valid, NULL);
        g_autofree char *json = value != NULL ? hearth_json_print (value) : g_strdup ("null");
        g_autoptr(HearthValue) again = hearth_json_parse (json, -1, NULL);

        g_assert_nonnull (again);
      }
}

static void
test_repair_deep (void)
{
  g_autoptr(GString) text = g_string_new ("x");
  g_autoptr(HearthValue) value = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  value = hearth_json_repair (text->str, NULL);
  g_assert_true (value == NULL || hearth_value_is (value, ARRAY)); /* no deeper than the parser goes */
}

/* --- schemas ------------------------------------------------------------------------------------ */

typedef struct
{
  const char *schema;
  const char *value;
  const char *problems; /* NULL: it fits */
} Fit;

static const Fit fits[] = {
  { "{}", "5", NULL },
  { "{\"type\":\"integer\"}", "5.0", NULL },
  { "{\"type\":\"integer\"}", "5.5", "$: 5.5 should be of the type integer." },
  { "{\"type\":[\"string\",\"null\"]}", "null", NULL },
  { "{\"type\":[\"string\",\"null\"]}", "1", "$: 1 should be of the type string,null." },
  { "{\"enum\":[\"a\",1]}", "1", NULL },
  { "{\"enum\":[\"a\",1]}", "\"b\"", "$: It should be one of [\"a\",1]." },
  { "{\"const\":true}", "false", "$: It should be true." },
  { "{\"minimum\":1,\"maximum\":3}", "3", NULL },
  { "{\"minimum\":1,\"maximum\":3}", "0", "$: It should be 1 or more." },
  { "{\"exclusiveMaximum\":3}", "3", "$: It should be less than 3." },
  { "{\"multipleOf\":0.1}", "0.3", NULL },
  { "{\"multipleOf\":2}", "3", "$: It should be a multiple of 2." },
  { "{\"minLength\":2,\"maxLength\":2}", "\"éé\"", NULL },
  { "{\"pattern\":\"^a+$\"}", "\"ab\"", "$: It should match the pattern ^a+$." },
  { "{\"items\":{\"type\":\"string\"},\"maxItems\":2}", "[\"a\",1,\"c\"]",
    "$: It should have 2 items or fewer.\n$[1]: 1 should be of the type string." },
  { "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"object\",\"required\":[\"b\"]}},\"required\":[\"a\",\"c\"],"
    "\"additionalProperties\":false}", "{\"a\":{},\"d\":1}",
    "$: The member “c” is missing.\n$.a: The member “b” is missing.\n$: There should be no member “d”." },
  { "{\"additionalProperties\":{\"type\":\"number\"}}", "{\"x\":\"1\"}", "$.x: \"1\" should be of the type number." },
  { "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"number\"}]}", "1", NULL },
  { "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"number\"}]}", "[]", "$: It fits none of the alternatives of the schema." },
  { "{\"oneOf\":[{\"minimum\":1},{\"minimum\":2}]}", "2", "$: It fits several alternatives of the schema, and should fit one." },
  { "{\"allOf\":[{\"minimum\":1},{\"maximum\":2}]}", "3", "$: It should be 2 or less." },
  { "{\"$defs\":{\"n\":{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/$defs/n\"},\"v\":{\"type\":\"number\"}}}},"
    "\"$ref\":\"#/$defs/n\"}", "{\"v\":1,\"next\":{\"v\":\"2\"}}", "$.next.v: \"2\" should be of the type number." },
  { "{\"$ref\":\"#\"}", "1", NULL }, /* refers to itself: it ends */
};

static void
test_schema (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fits); i++)
    {
      g_autoptr(HearthValue) schema = hearth_json_parse (fits[i].schema, -1, NULL);
      g_autoptr(HearthValue) value = hearth_json_parse (fits[i].value, -1, NULL);
      g_autoptr(GError) error = NULL;
      gboolean is_fitting = hearth_json_schema_check (schema, value, &error);

      g_test_message ("%s %s", fits[i].schema, fits[i].value);
      g_assert_true (is_fitting == (error == NULL));
      g_assert_cmpstr (error != NULL ? hearth_error_get_plain (error) : NULL, ==, fits[i].problems);
    }
}

static void
test_fields (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HearthValue) schema = hearth_json_schema_from_fields ("name\n\n age?: integer - in years\ntags: List\nborn: date", NULL);
  g_autoptr(HearthValue) short_one = hearth_json_schema_from_fields ("a, b: number", NULL);
  g_autofree char *json = hearth_json_print (schema);
  g_autofree char *short_json = hearth_json_print (short_one);

  g_assert_cmpstr (json, ==, "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},"
                   "\"age\":{\"type\":\"integer\",\"description\":\"in years\"},"
                   "\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                   "\"born\":{\"type\":\"string\",\"format\":\"date\",\"pattern\":\"^\\\\d{4}-\\\\d\\\\d-\\\\d\\\\d$\"}},"
                   "\"required\":[\"name\",\"tags\",\"born\"],\"additionalProperties\":false}");
  g_assert_cmpstr (short_json, ==, "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"number\"}},"
                   "\"required\":[\"a\",\"b\"],\"additionalProperties\":false}");

  g_assert_null (hearth_json_schema_from_fields ("a: colour", &error));
  g_assert_nonnull (strstr (error->message, "“colour”"));
  g_clear_error (&error);
  g_assert_null (hearth_json_schema_from_fields ("a\na", &error));
  g_assert_nonnull (strstr (error->message, "twice"));
  g_clear_error (&error);
  g_assert_null (hearth_json_schema_from_fields (" \n", &error));
  g_assert_nonnull (error);
}

/* --- tools ---------------------------------------------------------------------------------------- */

static void
test_tool_names (void)
{
  g_autoptr(GPtrArray) tools = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_tool_free);
  g_autofree char *long_name = g_strnfill (100, 'x');

  hearth_tools_add (tools, hearth_tool_new ("Wetter in Köln?", NULL, hearth_value_empty_object ()));
  hearth_tools_add (tools, hearth_tool_new ("Wetter in Köln!", NULL, hearth_value_empty_object ()));
  hearth_tools_add (tools, hearth_tool_new ("天气", NULL, hearth_value_empty_object ()));
  hearth_tools_add (tools, hearth_tool_new (long_name, NULL, hearth_value_empty_object ()));
  hearth_tools_add (tools, hearth_tool_new (long_name, NULL, hearth_value_empty_object ()));
  g_assert_nonnull (hearth_tools_find (tools, "Wetter_in_K_ln"));
  g_assert_nonnull (hearth_tools_find (tools, "Wetter_in_K_ln_2"));
  g_assert_nonnull (hearth_tools_find (tools, "tool"));
  for (guint i = 0; i < tools->len; i++)
    g_assert_cmpuint (strlen (((HearthTool *) tools->pdata[i])->name), <=, 64);
}

static void
test_http_tools (void)
{
  static const struct
  {
    const char *list;
    const char *problem; /* NULL: it is good */
  } lists[] = {
    { "[]", NULL },
    { "[{\"name\":\"a\",\"url\":\"https://example.org/{city}\"}]", NULL },
    { "[{\"name\":\"a\",\"url\":\"http://localhost:1?q={q}\",\"method\":\"POST\"}]", NULL },
    { "{}", "must be a list" },
    { "[{\"url\":\"https://example.org/\"}]", "needs a name" },
    { "[{\"name\":\"a\",\"url\":\"https://{host}/\"}]", "fixed host" },
    { "[{\"name\":\"a\",\"url\":\"https://example.org{rest}\"}]", "fixed host" },
    { "[{\"name\":\"a\",\"url\":\"file:///etc/passwd\"}]", "fixed host" },
    { "[{\"name\":\"a\",\"url\":\"https://example.org/\",\"method\":\"BREW\"}]", "methods" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr(GPtrArray) tools = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_tool_free);
      g_autoptr(HearthValue) list = hearth_json_parse (lists[i].list, -1, NULL);
      g_autoptr(GError) error = NULL;
      gboolean good = hearth_tools_add_http (tools, list, &error);

      g_test_message ("%s", lists[i].list);
      g_assert_true (good == (lists[i].problem == NULL));
      g_assert_true (good || strstr (error->message, lists[i].problem) != NULL);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/json/repair", test_repair);
  g_test_add_func ("/nodes/json/repair-damaged", test_repair_damaged);
  g_test_add_func ("/nodes/json/repair-deep", test_repair_deep);
  g_test_add_func ("/nodes/json/schema", test_schema);
  g_test_add_func ("/nodes/json/fields", test_fields);
  g_test_add_func ("/nodes/json/tool-names", test_tool_names);
  g_test_add_func ("/nodes/json/http-tools", test_http_tools);
  return g_test_run ();
}
