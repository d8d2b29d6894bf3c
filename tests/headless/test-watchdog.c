/* test-watchdog.c: what computes or waits for long is named, what is quick is not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-watchdog.h"

#include <time.h>

static guint n_warnings;
static gboolean is_named;

static GLogWriterOutput
count_cb (GLogLevelFlags   level,
          const GLogField *fields,
          gsize            n_fields,
          gpointer         user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_strcmp0 (fields[i].key, "MESSAGE") != 0 || strstr (fields[i].value, "held up") == NULL)
        continue;
      n_warnings++;
      is_named = strstr (fields[i].value, "slow-source") != NULL;
    }
  return G_LOG_WRITER_HANDLED;
}

static gboolean
compute_cb (gpointer user_data)
{
  clock_t end = clock () + 30 * CLOCKS_PER_SEC / 1000;

  while (clock () < end)
    ;
  return G_SOURCE_REMOVE;
}

static gboolean
wait_cb (gpointer user_data)
{
  g_usleep (30000);
  return G_SOURCE_REMOVE;
}

static gboolean
nothing_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

static void
run (GSourceFunc function)
{
  GSource *source = g_idle_source_new ();

  n_warnings = 0;
  is_named = FALSE;
  g_source_set_name (source, "slow-source");
  g_source_set_callback (source, function, NULL, NULL);
  g_source_attach (source, NULL);
  g_source_unref (source);
  for (guint i = 0; i < 3; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_computing (void)
{
  run (compute_cb);
  g_assert_cmpuint (n_warnings, ==, 1);
  g_assert_true (is_named);
  g_assert_cmpfloat (hearth_watchdog_get_longest_ms (), >, 20);
}

static void
test_waiting (void)
{
  run (wait_cb);
  g_assert_cmpuint (n_warnings, ==, 1);
  g_assert_true (is_named);
}

/* However long the loop sleeps in between. */
static void
test_quick (void)
{
  run (nothing_cb);
  g_timeout_add (30, nothing_cb, NULL);
  g_main_context_iteration (NULL, TRUE);
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (n_warnings, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#ifdef NDEBUG
  g_test_message ("release build: there is no watchdog");
  return 77;
#endif
  g_setenv ("HEARTH_WATCHDOG", "1", TRUE);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_writer_func (count_cb, NULL, NULL);
  hearth_watchdog_start ();
  g_test_add_func ("/watchdog/computing", test_computing);
  g_test_add_func ("/watchdog/waiting", test_waiting);
  g_test_add_func ("/watchdog/quick", test_quick);
  return g_test_run ();
}
