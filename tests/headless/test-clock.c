/* test-clock.c: time that a test can move by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-clock.h"

typedef struct
{
  HearthClock *clock;
  GString     *log;
  const char  *name;
  guint        again_ms; /* adds itself again */
  guint        victim;   /* removes that one */
} Probe;

static void
probe_cb (gpointer user_data)
{
  Probe *probe = user_data;

  g_string_append_printf (probe->log, "%s@%d ", probe->name, (int) hearth_clock_get_now_ms (probe->clock));
  if (probe->again_ms)
    hearth_clock_add_timeout (probe->clock, probe->again_ms, probe_cb, probe);
  if (probe->victim)
    hearth_clock_remove (probe->clock, probe->victim);
}

static void
test_manual (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (GString) log = g_string_new (NULL);
  Probe late = { clock, log, "late", 0, 0 }, early = { clock, log, "early", 0, 0 }, twin = { clock, log, "twin", 0, 0 };

  g_assert_cmpint (hearth_clock_get_now_ms (clock), ==, 0);
  g_assert_cmpint (hearth_clock_get_next_ms (clock), ==, -1);
  hearth_clock_add_timeout (clock, 20, probe_cb, &late);
  hearth_clock_add_timeout (clock, 10, probe_cb, &early);
  hearth_clock_add_timeout (clock, 20, probe_cb, &twin);
  g_assert_cmpint (hearth_clock_get_next_ms (clock), ==, 10);
  hearth_clock_advance (clock, 9);
  g_assert_cmpstr (log->str, ==, "");
  hearth_clock_advance (clock, 1);
  g_assert_cmpstr (log->str, ==, "early@10 ");
  hearth_clock_advance (clock, 100);
  g_assert_cmpstr (log->str, ==, "early@10 late@20 twin@20 ");
  g_assert_cmpint (hearth_clock_get_now_ms (clock), ==, 110);
}

static void
test_from_inside (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (GString) log = g_string_new (NULL);
  Probe tick = { clock, log, "tick", 4, 0 }, gone = { clock, log, "gone", 0, 0 };
  Probe remover = { clock, log, "remover", 0, 0 };

  hearth_clock_add_timeout (clock, 4, probe_cb, &tick);
  remover.victim = hearth_clock_add_timeout (clock, 7, probe_cb, &gone);
  hearth_clock_add_timeout (clock, 6, probe_cb, &remover);
  hearth_clock_advance (clock, 12);
  g_assert_cmpstr (log->str, ==, "tick@4 remover@6 tick@8 tick@12 ");
}

static void
test_nothing (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (GString) log = g_string_new (NULL);
  Probe now = { clock, log, "now", 0, 0 };

  hearth_clock_add_timeout (clock, 0, probe_cb, &now);
  g_assert_cmpstr (log->str, ==, "");
  hearth_clock_advance (clock, 0);
  g_assert_cmpstr (log->str, ==, "now@0 ");
}

/* Time passes when nothing happens, and then at once; not while something real is waited for. */
static void
test_virtual (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_virtual (1700000000000);
  g_autoptr (GString) log = g_string_new (NULL);
  Probe hour = { clock, log, "hour", 0, 0 }, tick = { clock, log, "tick", 40000, 0 };

  g_assert_true (hearth_clock_is_virtual (clock));
  g_assert_cmpint (hearth_clock_get_unix_ms (clock), ==, 1700000000000);
  hearth_clock_add_timeout (clock, 3600000, probe_cb, &hour);
  hearth_clock_hold (clock);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (log->str, ==, "");
  hearth_clock_release (clock);
  hearth_clock_add_timeout (clock, 3590000, probe_cb, &tick);
  while (!g_str_has_suffix (log->str, "tick@3630000 "))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (log->str, ==, "tick@3590000 hour@3600000 tick@3630000 ");
  g_assert_cmpint (hearth_clock_get_unix_ms (clock), ==, 1700000000000 + 3630000);
}

static void
set_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
test_real (void)
{
  HearthClock *clock = hearth_clock_get_default ();
  gboolean fired = FALSE, removed = FALSE;
  gint64 begin = hearth_clock_get_now_ms (clock);
  guint id = hearth_clock_add_timeout (clock, 1, set_cb, &removed);

  hearth_clock_add_timeout (clock, 15, set_cb, &fired);
  hearth_clock_remove (clock, id);
  g_assert_cmpint (hearth_clock_get_next_ms (clock), <=, 15);
  while (!fired)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (hearth_clock_get_now_ms (clock) - begin, >=, 14);
  g_assert_false (removed);
  g_assert_cmpint (hearth_clock_get_next_ms (clock), ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock/manual", test_manual);
  g_test_add_func ("/clock/from-inside", test_from_inside);
  g_test_add_func ("/clock/nothing", test_nothing);
  g_test_add_func ("/clock/virtual", test_virtual);
  g_test_add_func ("/clock/real", test_real);

  return g_test_run ();
}
