/* test-memory.c: what is large is weighed without looking at all of it, and given back on a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-memory.h"

#define LARGE (1 << 20)

static HearthValue *
make_array (guint length)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < length; i++)
    hearth_builder_add (&out, NULL, hearth_value_integer (i));
  return hearth_builder_end_array (&out);
}

static void
test_weigh (void)
{
  g_autoptr (HearthValue) number = hearth_value_integer (1);
  g_autofree char *text = g_strnfill (LARGE, 'x');
  g_autoptr (HearthValue) string = hearth_value_string (text);
  g_autoptr (HearthValue) array = make_array (1000);
  g_autoptr (HearthValue) nested = hearth_value_object ("a", hearth_value_ref (array), "s", hearth_value_ref (string), NULL);

  g_assert_cmpuint (hearth_memory_weigh (number, 1000), <, 100);
  g_assert_cmpuint (hearth_memory_weigh (string, 1000), >=, LARGE);
  g_assert_cmpuint (hearth_memory_weigh (array, LARGE), >=, 1000);
  g_assert_cmpuint (hearth_memory_weigh (array, LARGE), <, 20000);
  /* It stops soon behind the limit. */
  g_assert_cmpuint (hearth_memory_weigh (array, 100), <, 200);
  g_assert_cmpuint (hearth_memory_weigh (nested, 100), <, 200);
  g_assert_cmpuint (hearth_memory_weigh (nested, G_MAXSIZE), >, LARGE);
}

static void
note_thread (gpointer data)
{
  g_atomic_pointer_set ((GThread **) data, g_thread_self ());
}

static void
test_release (void)
{
  GThread *thread = NULL;
  g_autofree char *text = g_strnfill (LARGE, 'x');

  hearth_memory_release (&thread, note_thread);
  while (g_atomic_pointer_get (&thread) == NULL)
    g_usleep (1000);
  g_assert_true (thread != g_thread_self ());
  hearth_memory_release_value (NULL);
  hearth_memory_release_value (hearth_value_integer (1));
  hearth_memory_release_value (hearth_value_string (text));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  hearth_memory_init ();
  g_test_add_func ("/memory/weigh", test_weigh);
  g_test_add_func ("/memory/release", test_release);
  return g_test_run ();
}
