/* hearth-watchdog.c: says what held the main loop up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between two polls lies one round of the loop. A timer is wound up as a round begins; when it goes
 * off in the middle of one, its signal handler writes down where the thread is.
 */

#include "config.h"

#include "hearth-watchdog.h"

#ifndef NDEBUG

#include <execinfo.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

#define MAX_FRAMES 24
#define NAME_LENGTH 64
/* The handler's own and the system's way into it. */
#define OWN_FRAMES 2

static struct
{
  GPollFunc poll;
  timer_t timer;
  GThread *thread;

  gint64 begin_us; /* of this round; 0: before the first */
  gint64 begin_cpu_us;
  long begin_waits;

  volatile sig_atomic_t was_caught;
  void *frames[MAX_FRAMES];
  int n_frames;
  char source[NAME_LENGTH];
} dog;

static void
caught_cb (int number)
{
  GSource *source = g_main_current_source ();
  const char *name = source != NULL ? g_source_get_name (source) : NULL;

  dog.n_frames = backtrace (dog.frames, MAX_FRAMES);
  g_strlcpy (dog.source, name != NULL ? name : "a source without a name", sizeof dog.source);
  dog.was_caught = 1;
}

static gint64
get_cpu_us (void)
{
  struct timespec used = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (gint64) used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

/* How often the thread had to wait for something; not how often it was made to. */
static long
get_waits (void)
{
  struct rusage usage = { 0 };

  getrusage (RUSAGE_THREAD, &usage);
  return usage.ru_nvcsw;
}

static void
wind_up (gint64 ms)
{
  struct itimerspec when = { .it_value = { .tv_nsec = ms * 1000000 } };

  timer_settime (dog.timer, 0, &when, NULL);
}

static void
report (gint64 passed_us,
        gint64 cpu_us)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char **names = backtrace_symbols (dog.frames, dog.n_frames);

  g_string_append_printf (text, "The main loop was held up for %.1f ms (%.1f ms of it computing) by %s:",
                          (double) passed_us / 1000, (double) cpu_us / 1000, dog.source);
  for (int i = OWN_FRAMES; names != NULL && i < dog.n_frames; i++)
    g_string_append_printf (text, "\n  %s", names[i]);
  free (names);
  g_warning ("%s", text->str);
}

static void
end_round (void)
{
  gint64 passed_us = g_get_monotonic_time () - dog.begin_us;
  gint64 cpu_us = get_cpu_us () - dog.begin_cpu_us;
  gint64 limit_us = HEARTH_WATCHDOG_LIMIT_MS * 1000;

  wind_up (0);
  if (dog.was_caught && (cpu_us >= limit_us || (passed_us >= limit_us && get_waits () > dog.begin_waits)))
    report (passed_us, cpu_us);
  dog.was_caught = 0;
}

static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  int result;

  /* Other threads have contexts of their own, but a nested loop of ours is a round as well. */
  if (g_thread_self () != dog.thread)
    return dog.poll (fds, n_fds, timeout);
  if (dog.begin_us != 0)
    end_round ();
  result = dog.poll (fds, n_fds, timeout);
  dog.begin_us = g_get_monotonic_time ();
  dog.begin_cpu_us = get_cpu_us ();
  dog.begin_waits = get_waits ();
  wind_up (HEARTH_WATCHDOG_LIMIT_MS);
  return result;
}

void
hearth_watchdog_start (void)
{
  struct sigaction action = { .sa_handler = caught_cb, .sa_flags = SA_RESTART };
  struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN };

  if (g_strcmp0 (g_getenv ("HEARTH_WATCHDOG"), "1") != 0 || dog.poll != NULL)
    return;
  /* The first call loads a library, which no signal handler may. */
  dog.n_frames = backtrace (dog.frames, MAX_FRAMES);
  event.sigev_notify_thread_id = (pid_t) syscall (SYS_gettid);
  if (sigaction (SIGRTMIN, &action, NULL) != 0 || timer_create (CLOCK_MONOTONIC, &event, &dog.timer) != 0)
    {
      g_warning ("The watchdog cannot be set up");
      return;
    }
  dog.thread = g_thread_self ();
  dog.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
}

#else

void
hearth_watchdog_start (void)
{
}

#endif
