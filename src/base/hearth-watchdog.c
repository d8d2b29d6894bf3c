/* hearth-watchdog.c: says what held the main loop up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between two polls lies one round of the loop. Two timers are wound up as a round begins, one of the
 * time that passes and one of the time that the thread computes; when one goes off in the middle of the
 * round, its signal handler writes down where the thread is. While other programs have the processor
 * neither is held against us.
 */

#include "config.h"

#include "hearth-watchdog.h"

#ifndef NDEBUG

#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
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

typedef enum
{
  COMPUTING,
  PASSED,
  N_CLOCKS,
} Clock;

static const clockid_t clocks[N_CLOCKS] = { CLOCK_THREAD_CPUTIME_ID, CLOCK_MONOTONIC };

typedef struct
{
  volatile sig_atomic_t was_caught;
  void *frames[MAX_FRAMES];
  int n_frames;
  char source[NAME_LENGTH];
} Catch;

static struct
{
  GPollFunc poll;
  timer_t timers[N_CLOCKS];
  Catch catches[N_CLOCKS];
  GThread *thread;
  int statistics; /* the thread's file of the system's scheduler, or -1 */

  gint64 begin_us[N_CLOCKS]; /* of this round; 0: before the first */
  gint64 begin_delay_us;
  gint64 longest_us; /* of computing */
} dog;

static void
caught_cb (int        number,
           siginfo_t *info,
           void      *context)
{
  Catch *catch = &dog.catches[info->si_value.sival_int];
  GSource *source = g_main_current_source ();
  const char *name = source != NULL ? g_source_get_name (source) : NULL;

  catch->n_frames = backtrace (catch->frames, MAX_FRAMES);
  g_strlcpy (catch->source, name != NULL ? name : "a source without a name", NAME_LENGTH);
  catch->was_caught = 1;
}

static gint64
get_us (Clock clock)
{
  struct timespec now = { 0 };

  clock_gettime (clocks[clock], &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* How long the thread could have run and was not let, because others did: the second number. */
static gint64
get_delay_us (void)
{
  char text[96];
  gssize n = dog.statistics >= 0 ? pread (dog.statistics, text, sizeof text - 1, 0) : -1;
  char *second;

  if (n <= 0)
    return 0;
  text[n] = '\0';
  second = strchr (text, ' ');
  return second != NULL ? g_ascii_strtoll (second, NULL, 10) / 1000 : 0;
}

static void
wind_up (gint64 ms)
{
  struct itimerspec when = { .it_value = { .tv_nsec = ms * 1000000 } };

  for (guint i = 0; i < N_CLOCKS; i++)
    timer_settime (dog.timers[i], 0, &when, NULL);
}

static void
report (gint64       computed_us,
        gint64       waited_us,
        const Catch *catch)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char **names = backtrace_symbols ((void *const *) catch->frames, catch->n_frames);

  g_string_append_printf (text, "The main loop was held up for %.1f ms of computing and %.1f ms of waiting by %s:",
                          (double) computed_us / 1000, (double) waited_us / 1000, catch->source);
  for (int i = OWN_FRAMES; names != NULL && i < catch->n_frames; i++)
    g_string_append_printf (text, "\n  %s", names[i]);
  free (names);
  g_warning ("%s", text->str);
}

static void
end_round (void)
{
  gint64 limit_us = HEARTH_WATCHDOG_LIMIT_MS * 1000;
  gint64 passed_us = get_us (PASSED) - dog.begin_us[PASSED];
  gint64 computed_us = get_us (COMPUTING) - dog.begin_us[COMPUTING];
  gint64 waited_us = MAX (0, passed_us - computed_us - (get_delay_us () - dog.begin_delay_us));

  wind_up (0);
  dog.longest_us = MAX (dog.longest_us, computed_us);
  if (dog.catches[COMPUTING].was_caught && computed_us >= limit_us)
    report (computed_us, waited_us, &dog.catches[COMPUTING]);
  else if (dog.catches[PASSED].was_caught && computed_us + waited_us >= limit_us && dog.statistics >= 0)
    report (computed_us, waited_us, &dog.catches[PASSED]);
}

static void
begin_round (void)
{
  for (guint i = 0; i < N_CLOCKS; i++)
    {
      dog.begin_us[i] = get_us ((Clock) i);
      dog.catches[i].was_caught = 0;
    }
  dog.begin_delay_us = get_delay_us ();
  wind_up (HEARTH_WATCHDOG_LIMIT_MS);
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
  if (dog.begin_us[PASSED] != 0)
    end_round ();
  result = dog.poll (fds, n_fds, timeout);
  begin_round ();
  return result;
}

static gboolean
make_timers (void)
{
  struct sigaction action = { .sa_sigaction = caught_cb, .sa_flags = SA_RESTART | SA_SIGINFO };
  struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN };

  event.sigev_notify_thread_id = (pid_t) syscall (SYS_gettid);
  if (sigaction (SIGRTMIN, &action, NULL) != 0)
    return FALSE;
  for (int i = 0; i < N_CLOCKS; i++)
    {
      event.sigev_value.sival_int = i;
      if (timer_create (clocks[i], &event, &dog.timers[i]) != 0)
        return FALSE;
    }
  return TRUE;
}

void
hearth_watchdog_start (void)
{
  if (g_strcmp0 (g_getenv ("HEARTH_WATCHDOG"), "1") != 0 || dog.poll != NULL)
    return;
  /* The first call loads a library, which no signal handler may. */
  dog.catches[0].n_frames = backtrace (dog.catches[0].frames, MAX_FRAMES);
  if (!make_timers ())
    {
      g_warning ("The watchdog cannot be set up");
      return;
    }
  dog.statistics = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  dog.thread = g_thread_self ();
  dog.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
}

double
hearth_watchdog_get_longest_ms (void)
{
  return (double) dog.longest_us / 1000;
}

#else

void
hearth_watchdog_start (void)
{
}

double
hearth_watchdog_get_longest_ms (void)
{
  return 0;
}

#endif
