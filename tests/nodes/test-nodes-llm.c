/* test-nodes-llm.c: the nodes around models that ask none: histories, addresses and keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-step.h"

#include "hearth-json.h"
#include "hearth-stand-ins.h"
#include "shapes.h"

#include <string.h>

#define KEY "sk-canary-0123456789wxyz"

typedef struct
{
  const char *type;
  const char *inputs;
  const char *key;
  const char *expected; /* JSON */
} Case;

static const Case cases[] = {
  { "History", "{}", "history", "\"[]\"" },
  { "History", "{\"role1\":\"user\",\"content1\":\"  a \\n\\u00a0\",\"role2\":\"\",\"content2\":\"b\",\"role3\":\"user\","
    "\"content3\":\" \\u3000\\ufeff\",\"role4\":\"system\",\"content4\":4}", "history",
    "\"[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"a\\\"},{\\\"role\\\":\\\"system\\\",\\\"content\\\":\\\"4\\\"}]\"" },
  { "History", "{\"content1\":\"nobody says it\"}", "history", "\"[]\"" },

  { "MergeHistory", "{}", "history", "\"[]\"" },
  { "MergeHistory", "{\"history1\":\"[1]\",\"history2\":\"\",\"history3\":\"{}\",\"history4\":[2,[3]]}", "history",
    "\"[1,2,[3]]\"" },
  { "MergeHistory", "{\"history1\":\"[1\",\"history2\":null,\"history4\":\"[2]\"}", "history", "\"[2]\"" },

  { "APISettings", "{}", "api_settings",
    "{\"use_env_vars\":false,\"base_url\":\"https://api.openai.com/v1\",\"api_key\":\"\"}" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = fake_step_try (fake_find_decl (cases[i].type), cases[i].inputs, NULL, cases[i].key);

      g_test_message ("%s %s", cases[i].type, cases[i].inputs);
      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

static void
test_left_out (void)
{
  g_autoptr(HearthStep) step = fake_step_new (fake_find_decl ("MergeHistory"), "{\"history1\":\"[\",\"history2\":\"5\"}", NULL);

  g_assert_null (fake_step_run (step));
  g_assert_nonnull (strstr (fake_step_get_log (step), "“history1” is left out"));
  g_assert_nonnull (strstr (fake_step_get_log (step), "“history2” is left out"));
}

/* --- API settings ------------------------------------------------------------------------- */

static HearthValue *
run_settings (HearthStandIns *stand_ins,
              const char     *inputs)
{
  g_autoptr(HearthStep) step = fake_step_new (fake_find_decl ("APISettings"), inputs, NULL);

  fake_step_set_service (step, G_OBJECT (stand_ins));
  g_assert_null (fake_step_run (step));
  return hearth_value_ref (fake_step_get_output (step, "api_settings"));
}

static void
test_addresses (void)
{
  g_autoptr(HearthStandIns) stand_ins = hearth_stand_ins_new ();
  static const struct
  {
    const char *typed;
    const char *used;
  } addresses[] = {
    { "http://localhost:1234", "http://localhost:1234/v1" },
    { "http://localhost:1234/", "http://localhost:1234/v1" },
    { "HTTPS://example.org:8443/", "https://example.org:8443/v1" },
    { "http://[::1]:8080", "http://[::1]:8080/v1" },
    { "https://example.org/v1beta", "https://example.org/v1beta" },
    { "https://example.org/api/v12/", "https://example.org/api/v12/" },
    { "https://example.org/api", "https://example.org/api" },
    { "example.org", "example.org" },
    { "channel:Home", "channel:Home" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *inputs = g_strdup_printf ("{\"base_url\":\"%s\"}", addresses[i].typed);
      g_autoptr(HearthValue) settings = run_settings (stand_ins, inputs);

      g_assert_cmpstr (hearth_value_get_member_string (settings, "base_url", NULL), ==, addresses[i].used);
    }
}

static void
test_variables (void)
{
  g_autoptr(HearthStandIns) stand_ins = hearth_stand_ins_new ();
  g_autoptr(HearthValue) none = NULL;
  g_autoptr(HearthValue) both = NULL;
  g_autoptr(HearthSecret) key = NULL;

  g_setenv ("OPENAI_API_BASE", "", TRUE);
  g_unsetenv ("OPENAI_API_KEY");
  none = run_settings (stand_ins, "{\"use_env_vars\":true,\"base_url\":\"http://typed\",\"api_key\":\"short\"}");
  g_assert_cmpstr (hearth_value_get_member_string (none, "base_url", NULL), ==, "http://typed/v1");
  g_assert_cmpstr (hearth_value_get_member_string (none, "api_key", NULL), ==, "••••");

  g_setenv ("OPENAI_API_BASE", "http://of-variable", TRUE);
  g_setenv ("OPENAI_API_KEY", "sk-of-the-environment", TRUE);
  both = run_settings (stand_ins, "{\"use_env_vars\":true,\"base_url\":\"http://typed\",\"api_key\":\"short\"}");
  g_assert_cmpstr (hearth_value_get_member_string (both, "base_url", NULL), ==, "http://of-variable/v1");
  key = hearth_stand_ins_reveal (stand_ins, hearth_value_get (both, "api_key"));
  g_assert_cmpstr (hearth_secret_get_text (key), ==, "sk-of-the-environment");
  g_unsetenv ("OPENAI_API_BASE");
  g_unsetenv ("OPENAI_API_KEY");
}

/* --- keys ----------------------------------------------------------------------------------- */

static void
test_key_is_hidden (void)
{
  g_autoptr(HearthStandIns) stand_ins = hearth_stand_ins_new ();
  g_autoptr(HearthValue) settings = run_settings (stand_ins, "{\"api_key\":\"" KEY "\"}");
  g_autoptr(HearthValue) again = run_settings (stand_ins, "{\"api_key\":\"" KEY "\"}");
  g_autoptr(HearthValue) other = run_settings (stand_ins, "{\"api_key\":\"sk-another-9876543210wxyz\"}");
  g_autofree char *json = hearth_json_print (settings);
  g_autoptr(HearthSecret) key = hearth_stand_ins_reveal (stand_ins, hearth_value_get (settings, "api_key"));
  g_autoptr(HearthSecret) other_key = hearth_stand_ins_reveal (stand_ins, hearth_value_get (other, "api_key"));

  g_assert_null (strstr (json, "canary"));
  g_assert_cmpstr (hearth_value_get_member_string (settings, "api_key", NULL), ==, "••••wxyz");
  g_assert_true (hearth_value_equal (settings, again));
  g_assert_cmpstr (hearth_secret_get_text (key), ==, KEY);
  g_assert_cmpstr (hearth_value_get_member_string (other, "api_key", NULL), ==, "••••wxyz (2)");
  g_assert_cmpstr (hearth_secret_get_text (other_key), ==, "sk-another-9876543210wxyz");
}

/* What one run hides, another does not find. */
static void
test_key_is_of_its_run (void)
{
  g_autoptr(HearthStandIns) stand_ins = hearth_stand_ins_new ();
  g_autoptr(HearthStandIns) other = hearth_stand_ins_new ();
  g_autoptr(HearthValue) settings = run_settings (stand_ins, "{\"api_key\":\"" KEY "\"}");
  g_autoptr(HearthSecret) key = hearth_stand_ins_reveal (stand_ins, hearth_value_get (settings, "api_key"));

  g_assert_null (hearth_stand_ins_reveal (other, hearth_value_get (settings, "api_key")));
  g_assert_null (hearth_stand_ins_reveal (NULL, hearth_value_get (settings, "api_key")));
  g_clear_object (&stand_ins);
  g_assert_cmpstr (hearth_secret_get_text (key), ==, KEY); /* who asks a model with it has it as long as he needs it */
}

static void
test_reveal (void)
{
  g_autoptr(HearthStandIns) stand_ins = hearth_stand_ins_new ();
  g_autoptr(HearthValue) unknown = hearth_value_string ("••••nope");
  g_autoptr(HearthValue) empty = hearth_value_string ("");
  g_autoptr(HearthValue) clear = hearth_value_string ("sk-in-clear");
  g_autoptr(HearthSecret) key = hearth_stand_ins_reveal (stand_ins, clear);

  g_assert_null (hearth_stand_ins_reveal (stand_ins, unknown));
  g_assert_null (hearth_stand_ins_reveal (stand_ins, empty));
  g_assert_null (hearth_stand_ins_reveal (stand_ins, NULL));
  g_assert_cmpstr (hearth_secret_get_text (key), ==, "sk-in-clear");
}

static void
test_hide_value (void)
{
  static const struct
  {
    const char *value;
    const char *shown;
  } values[] = {
    { "\"" KEY "\"", "\"••••wxyz\"" },
    { "\"short\"", "\"••••\"" },
    { "\"\"", "\"\"" },
    { "\"••••wxyz\"", "\"••••wxyz\"" },
    { "{\"base_url\":\"u\",\"api_key\":\"" KEY "\"}", "{\"base_url\":\"u\",\"api_key\":\"••••wxyz\"}" },
    { "{\"api_key\":5}", "{\"api_key\":5}" },
    { "7", "7" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(HearthValue) value = hearth_json_parse (values[i].value, -1, NULL);
      g_autoptr(HearthValue) shown = hearth_secret_hide_value (value);
      g_autofree char *json = hearth_json_print (shown);

      g_assert_cmpstr (json, ==, values[i].shown);
    }
  g_assert_null (hearth_secret_hide_value (NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/llm/cases", test_cases);
  g_test_add_func ("/nodes/llm/left-out", test_left_out);
  g_test_add_func ("/nodes/llm/addresses", test_addresses);
  g_test_add_func ("/nodes/llm/variables", test_variables);
  g_test_add_func ("/nodes/llm/key-is-hidden", test_key_is_hidden);
  g_test_add_func ("/nodes/llm/key-is-of-its-run", test_key_is_of_its_run);
  g_test_add_func ("/nodes/llm/reveal", test_reveal);
  g_test_add_func ("/nodes/llm/hide-value", test_hide_value);
  return g_test_run ();
}
