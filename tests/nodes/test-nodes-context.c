/* test-nodes-context.c: the context builder on hand-worked cases
 *
 * Each file of tests/data/context says in `about` what it shows, and has the `inputs` of the node and the `messages` that
 * come of them by the rules of docs/nodes/context-builder.md.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-step.h"

#include <string.h>

#include "hearth-json.h"

static HearthValue *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  HearthValue *value;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  value = hearth_json_parse (text, (gssize) length, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_case (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "context", data, NULL);
  g_autoptr (HearthValue) whole = load (path);
  g_autofree char *inputs = hearth_json_print (hearth_value_get (whole, "inputs"));
  g_autofree char *expected = hearth_json_print (hearth_value_get (whole, "messages"));
  g_autofree char *got = fake_step_try (fake_find_decl ("ContextBuilder"), inputs, NULL, "finalMessages");

  g_test_message ("%s", hearth_value_get_member_string (whole, "about", ""));
  g_assert_cmpstr (got, ==, expected);
}

/* The same conversation, the same choices; another one may choose otherwise. */
static void
test_chance (void)
{
  guint n_in = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *inputs = g_strdup_printf ("{\"historyMessages\":[{\"role\":\"user\",\"content\":\"gate %u\"}],"
                                                 "\"worldBookData\":{\"entries\":[{\"keys\":[\"gate\"],\"content\":\"in\",\"probability\":30}]}}", i);
      g_autofree char *first = fake_step_try (fake_find_decl ("ContextBuilder"), inputs, NULL, "finalMessages");
      g_autofree char *second = fake_step_try (fake_find_decl ("ContextBuilder"), inputs, NULL, "finalMessages");

      g_assert_cmpstr (first, ==, second);
      n_in += strstr (first, "\"in\"") != NULL;
    }
  g_assert_cmpuint (n_in, >, 30);
  g_assert_cmpuint (n_in, <, 90);
}

static void
test_not_json (void)
{
  g_autofree char *got = fake_step_try (fake_find_decl ("ContextBuilder"), "{\"worldBookData\":\"{\"}", NULL, "finalMessages");

  g_assert_nonnull (strstr (got, "worldBookData"));
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "data", "context", NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/nodes/context/", name, NULL);

      g_ptr_array_add (names, g_strdup (name));
      g_test_add_data_func (test, g_ptr_array_index (names, names->len - 1), test_case);
    }
  g_assert_cmpuint (names->len, >=, 10);
  g_test_add_func ("/nodes/context/chance", test_chance);
  g_test_add_func ("/nodes/context/not-json", test_not_json);
  return g_test_run ();
}
