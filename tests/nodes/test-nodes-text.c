/* test-nodes-text.c: the plain nodes that handle texts, messages and groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-step.h"

#include "hearth-json.h"
#include "hearth-message.h"
#include "nodes.h"
#include "shapes.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  const char *type;
  const char *inputs;
  const char *key;
  const char *expected; /* JSON */
} Case;

static const Case cases[] = {
  { "TextMerge", "{\"text_inputs\":[\"a\",\"b\"]}", "merged_text", "\"a\\nb\"" },
  { "TextMerge", "{\"separator\":\"\",\"text_inputs\":[\"a\",\"b\"]}", "merged_text", "\"ab\"" },
  { "TextMerge", "{\"separator\":null,\"text_inputs\":[\"a\",\"b\"]}", "merged_text", "\"a\\nb\"" },
  { "TextMerge", "{\"separator\":\"\\\\t\\\\\\\\n\\\\q\",\"text_inputs\":[\"a\",\"b\"]}", "merged_text",
    "\"a\\t\\\\n\\\\qb\"" },
  { "TextMerge", "{\"separator\":\"-\",\"text_inputs\":[\"a\",null,1.5,true,{\"x\":1},[1,[2,null]]]}", "merged_text",
    "\"a--1.5-true-[object Object]-1,2,\"" },
  { "TextMerge", "{\"separator\":0,\"text_inputs\":[1,2]}", "merged_text", "\"102\"" },
  { "TextMerge", "{\"text_inputs\":\"alone\"}", "merged_text", "\"alone\"" },
  { "TextMerge", "{\"text_inputs\":null}", "merged_text", "\"\"" },
  { "TextMerge", "{\"text_inputs\":[]}", "merged_text", "\"\"" },

  { "CreateMessage", "{\"role\":\"system\",\"content\":\"Be \\\"kind\\\".\"}", "messages",
    "\"[{\\\"role\\\":\\\"system\\\",\\\"content\\\":\\\"Be \\\\\\\"kind\\\\\\\".\\\"}]\"" },
  { "CreateMessage", "{\"content\":\"hi\"}", "messages", "\"[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"hi\\\"}]\"" },
  { "CreateMessage", "{\"role\":\"\",\"content\":5}", "messages", "\"[{\\\"role\\\":\\\"user\\\",\\\"content\\\":5}]\"" },
  { "CreateMessage", "{\"content\":\"\"}", "messages", "\"[]\"" },

  { "MergeMessages", "{\"message_inputs\":["
    "\"[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"1\\\"},{\\\"role\\\":\\\"user\\\"}]\","
    "{\"role\":\"assistant\",\"content\":null},null,\"\",\"not JSON\",\"5\",7,"
    "[{\"role\":\"user\",\"content\":\"3\"},[{\"role\":\"deep\",\"content\":\"x\"}]]]}", "messages",
    "\"[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"1\\\"},{\\\"role\\\":\\\"assistant\\\",\\\"content\\\":null},"
    "{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"3\\\"}]\"" },
  { "MergeMessages", "{\"message_inputs\":\"{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"1\\\"}\"}", "messages",
    "\"[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"1\\\"}]\"" },
  { "MergeMessages", "{\"message_inputs\":[]}", "messages", "\"[]\"" },

  { "ContextBuilder", "{}", "finalMessages", "[]" },
  { "ContextBuilder", "{\"characterData\":{\"system_prompt\":\"\",\"description\":\"D\"},"
    "\"historyMessages\":[{\"role\":\"user\",\"content\":\"h\"}],\"presetData\":{\"user_prompt\":\"\"}}", "finalMessages",
    "[{\"role\":\"system\",\"content\":\"\"},{\"role\":\"user\",\"content\":\"h\"},{\"role\":\"user\",\"content\":\"\"}]" },
  { "ContextBuilder", "{\"characterData\":{\"system_prompt\":1,\"description\":\"D\"},"
    "\"historyMessages\":[{\"role\":\"user\",\"content\":\"h\"},{\"role\":\"user\"}],\"presetData\":{}}", "finalMessages",
    "[{\"role\":\"system\",\"content\":\"D\"}]" },
  { "ContextBuilder", "{\"characterData\":{\"description\":\"\"},\"presetData\":\"{\\\"user_prompt\\\":\\\"P\\\"}\"}",
    "finalMessages", "[{\"role\":\"user\",\"content\":\"P\"}]" },

  { "RandomNumber", "{\"value\":42}", "number", "42" },
  { "RandomNumber", "{\"value\":null}", "number", "0" },
  { "RandomNumber", "{}", "number", "0" },

  { "TestWidgets", "{}", "int_output", "10" },
  { "TestWidgets", "{}", "boolean_output", "true" },
  { "TestWidgets", "{}", "json_output", "{\"name\":\"咕咕\",\"type\":\"猫头鹰娘\",\"skill\":\"智慧\"}" },
  { "TestWidgets", "{\"combo_select\":\"选项C\"}", "combo_output", "\"选项C\"" },
  { "TestWidgets", "{\"boolean_toggle\":false}", "boolean_output", "false" },
  { "TestWidgets", "{\"float_with_suggestions\":null}", "float_with_suggestions_output", "null" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *result = fake_step_try (fake_find_decl (cases[i].type), cases[i].inputs, NULL, cases[i].key);

      g_test_message ("%s %s", cases[i].type, cases[i].inputs);
      g_assert_cmpstr (result, ==, cases[i].expected);
    }
}

static void
test_left_out_messages_are_logged (void)
{
  g_autoptr(HearthStep) step = fake_step_new (fake_find_decl ("MergeMessages"),
                                              "{\"message_inputs\":[\"oops\",\"[]\"]}", NULL);
  g_autofree char *problem = fake_step_run (step);

  g_assert_null (problem);
  g_assert_nonnull (strstr (fake_step_get_log (step), "not JSON"));
  g_assert_null (strchr (fake_step_get_log (step), '\n'));
}

static void
test_context_builder_bad_json (void)
{
  g_autofree char *result = fake_step_try (fake_find_decl ("ContextBuilder"), "{\"characterData\":\"{\"}", NULL,
                                           "finalMessages");

  g_assert_true (g_str_has_prefix (result, "error: "));
  g_assert_nonnull (strstr (result, "characterData"));
}

static void
test_group_input (void)
{
  g_autoptr(HearthStep) step = fake_step_new (fake_find_decl ("GroupInput"), NULL, NULL);
  g_autofree char *problem = NULL;

  fake_step_set_run_inputs (step, "{\"name\":\"Ada\",\"count\":null}");
  problem = fake_step_run (step);
  g_assert_null (problem);
  g_assert_cmpstr (hearth_value_get_string (fake_step_get_output (step, "name"), NULL), ==, "Ada");
  g_assert_true (hearth_value_is (fake_step_get_output (step, "count"), NULL));
  g_assert_null (fake_step_get_output (step, "output_0"));
}

static void
test_group_sinks (void)
{
  g_autofree char *output = fake_step_try (fake_find_decl ("GroupOutput"), "{\"a\":1}", NULL, "a");
  g_autofree char *group = fake_step_try (fake_find_decl ("NodeGroup"), "{\"a\":1}", NULL, "a");

  g_assert_cmpstr (output, ==, "undefined");
  g_assert_cmpstr (group, ==, "undefined");
}

/* --- the random number's mode step --------------------------------------------------- */

static gint64
before_run (const char *json)
{
  g_autoptr(HearthValue) values = hearth_json_parse (json, -1, NULL);
  g_autoptr(HearthValue) changes = fake_find_decl ("RandomNumber")->before_run (values, hearth_chance_get_default ());

  if (changes == NULL)
    return -1;
  g_assert_cmpuint (hearth_value_get_length (changes), ==, 1);
  return hearth_value_get_integer (hearth_value_get (changes, "value"));
}

static void
test_random_number_modes (void)
{
  gboolean differs = FALSE;

  g_assert_cmpint (before_run ("{}"), ==, -1);
  g_assert_cmpint (before_run ("{\"mode\":\"固定\",\"value\":3}"), ==, -1);
  g_assert_cmpint (before_run ("{\"mode\":\"增加\",\"value\":3}"), ==, 4);
  g_assert_cmpint (before_run ("{\"mode\":\"增加\"}"), ==, 1);
  g_assert_cmpint (before_run ("{\"mode\":\"增加\",\"value\":4294967295}"), ==, 0xffffff);
  g_assert_cmpint (before_run ("{\"mode\":\"增加\",\"value\":1e300}"), ==, 0xffffff);
  g_assert_cmpint (before_run ("{\"mode\":\"增加\",\"value\":\"x\"}"), ==, 1);
  g_assert_cmpint (before_run ("{\"mode\":\"减少\",\"value\":3}"), ==, 2);
  g_assert_cmpint (before_run ("{\"mode\":\"减少\",\"value\":0}"), ==, 0);
  g_assert_cmpint (before_run ("{\"mode\":\"减少\",\"value\":-9}"), ==, 0);
  for (guint i = 0; i < 20; i++)
    {
      gint64 drawn = before_run (i % 2 ? "{\"mode\":\"随机\",\"value\":3}" : "{\"mode\":\"unknown\",\"value\":3}");

      g_assert_cmpint (drawn, >=, 0);
      g_assert_cmpint (drawn, <=, 0xffffff);
      differs = differs || drawn != 3;
    }
  g_assert_true (differs);
}

/* "Draw Again" draws, also where the number is fixed between runs. */
static void
test_random_number_reroll (void)
{
  gboolean differs = FALSE;

  for (guint i = 0; i < 20; i++)
    {
      gint64 drawn = before_run ("{\"mode\":\"固定\",\"value\":3,\"reroll\":true}");

      g_assert_cmpint (drawn, >=, 0);
      differs = differs || drawn != 3;
    }
  g_assert_true (differs);
  g_assert_cmpint (before_run ("{\"mode\":\"固定\",\"value\":3,\"reroll\":false}"), ==, -1);
}

static void
test_client_script (void)
{
  g_autoptr(GError) error = NULL;
  const char *url = fake_find_decl ("RandomNumber")->client_script_url;
  g_autoptr(GBytes) script = hearth_nodes_lookup_client_script (url, &error);
  g_autoptr(GBytes) again = hearth_nodes_lookup_client_script (url, NULL);

  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (script, NULL), g_bytes_get_size (script), "export function setupClientNode"));
  g_assert_nonnull (again);

  g_assert_null (hearth_nodes_lookup_client_script ("client-scripts/None.js", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hearth_nodes_lookup_client_script ("client-scripts/../nodes.js", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (hearth_nodes_lookup_client_script ("client-scripts/RandomNumberNode", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_unescape (void)
{
  static const char *const pairs[] = {
    "", "", "plain", "plain", "a\\nb\\tc\\rd", "a\nb\tc\rd", "\\\"\\'", "\"'",
    "\\\\n", "\\n", "\\\\\\n", "\\\n", "\\x", "\\x", "end\\", "end\\", "日\\n本", "日\n本",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i += 2)
    {
      g_autofree char *text = hearth_shape_unescape (pairs[i]);

      g_assert_cmpstr (text, ==, pairs[i + 1]);
    }
}

static void
test_message_validity (void)
{
  static const struct { const char *json; gboolean message, list; } forms[] = {
    { "{\"role\":\"user\",\"content\":null}", TRUE, FALSE },
    { "{\"role\":1,\"content\":[]}", TRUE, FALSE },
    { "{\"role\":\"user\"}", FALSE, FALSE },
    { "[]", FALSE, TRUE },
    { "[{\"role\":\"user\",\"content\":\"x\"}]", FALSE, TRUE },
    { "[{\"role\":\"user\",\"content\":\"x\"},1]", FALSE, FALSE },
    { "\"text\"", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr(HearthValue) value = hearth_json_parse (forms[i].json, -1, NULL);

      g_assert_cmpint (hearth_message_is_valid (value), ==, forms[i].message);
      g_assert_cmpint (hearth_message_list_is_valid (value), ==, forms[i].list);
    }
  g_assert_false (hearth_message_is_valid (NULL));
  g_assert_false (hearth_message_list_is_valid (NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/text/cases", test_cases);
  g_test_add_func ("/nodes/text/left-out-messages-are-logged", test_left_out_messages_are_logged);
  g_test_add_func ("/nodes/text/context-builder-bad-json", test_context_builder_bad_json);
  g_test_add_func ("/nodes/text/group-input", test_group_input);
  g_test_add_func ("/nodes/text/group-sinks", test_group_sinks);
  g_test_add_func ("/nodes/text/random-number-modes", test_random_number_modes);
  g_test_add_func ("/nodes/text/random-number-reroll", test_random_number_reroll);
  g_test_add_func ("/nodes/text/client-script", test_client_script);
  g_test_add_func ("/nodes/text/unescape", test_unescape);
  g_test_add_func ("/nodes/text/message-validity", test_message_validity);
  return g_test_run ();
}
