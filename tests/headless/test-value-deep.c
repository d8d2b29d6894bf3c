/* test-value-deep.c: values that are deep, shared, or in several threads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "values.h"

static HearthValue *
nest (int depth)
{
  HearthValue *value = hearth_value_string ("core");

  for (int i = 0; i < depth; i++)
    {
      g_autoptr (HearthValue) inner = value;
      HearthValue *elements[] = { hearth_value_null (), inner, hearth_value_null () };

      value = i % 2 == 0 ? hearth_value_array (elements, 3)
                         : hearth_value_object ("before", hearth_value_null (), "in", hearth_value_ref (inner),
                                                "behind", hearth_value_integer (99999), NULL);
    }
  return value;
}

/* Nothing a node builds, however deep, may overflow the stack: not comparing, not writing, not
 * converting, not freeing. */
static void
test_deep (void)
{
  const int depth = 300000;
  g_autoptr (HearthValue) a = nest (depth);
  g_autoptr (HearthValue) b = nest (depth);
  g_autofree char *printed = hearth_json_print (a);
  g_autoptr (GError) error = NULL;

  g_assert_true (hearth_value_equal (a, b));
  g_assert_cmpuint (strlen (printed), >, 1000000);
  g_assert_null (hearth_json_parse (printed, -1, &error));
  g_assert_error (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_DEPTH);
}

static void
test_deep_text (void)
{
  g_autoptr (HearthValue) value = hearth_value_string ("x");
  g_autofree char *text = NULL;

  for (int i = 0; i < 300000; i++)
    {
      HearthValue *inner = value;

      value = hearth_value_array (&inner, 1);
      hearth_value_unref (inner);
    }
  text = hearth_value_to_text (value);
  g_assert_cmpstr (text, ==, "x");
}

/* Freeing one tree leaves what another one shares with it. */
static void
test_shared (void)
{
  g_autoptr (HearthValue) inner = parse ("{\"a\":[1000,[2000]],\"b\":\"text\"}");
  HearthValue *elements[] = { inner, inner, inner };
  HearthValue *outer = hearth_value_array (elements, 3);
  HearthValue *part = hearth_value_ref (hearth_value_get (inner, "a"));

  hearth_value_unref (outer);
  assert_prints (inner, "{\"a\":[1000,[2000]],\"b\":\"text\"}");
  g_clear_pointer (&inner, hearth_value_unref);
  assert_prints (part, "[1000,[2000]]");
  hearth_value_unref (part);
}

static gpointer
share_in_thread (gpointer data)
{
  HearthValue *value = data;

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (HearthValue) mine = hearth_value_ref (hearth_value_get (value, "list"));
      HearthValue *elements[] = { mine, value };
      g_autoptr (HearthValue) outer = hearth_value_array (elements, 2);

      g_assert_cmpuint (hearth_value_get_length (hearth_value_at (outer, 0)), ==, 2);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (HearthValue) value = parse ("{\"list\":[\"a\",{\"b\":12345}]}");
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("share", share_in_thread, value);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  assert_prints (value, "{\"list\":[\"a\",{\"b\":12345}]}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value/deep", test_deep);
  g_test_add_func ("/value/deep-text", test_deep_text);
  g_test_add_func ("/value/shared", test_shared);
  g_test_add_func ("/value/threads", test_threads);

  return g_test_run ();
}
