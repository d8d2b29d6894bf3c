/* hearth-spawner.c: a thread that starts programs, one after the other
 *
 * fork() copies the tables of a large process while every other thread that touches its memory waits, so the main loop
 * would notice it wherever it is called. vfork() copies nothing; only the thread that calls it waits, until the program
 * runs. The thread never ends: a program is told to end when the thread that started it does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hearth-program-private.h"

#include "hearth-i18n.h"

typedef struct
{
  char **argv;
  char **environment; /* holds keys */
  char *folder;       /* or NULL */
  HearthSpawned spawned;
  gpointer user_data;

  HearthChild child;  /* pid 0: it was not started */
  int ends[3];        /* of the pipes, the program's; -1: closed */
  /* Written by the new process, whose memory is ours. */
  volatile int problem; /* errno */
  volatile gboolean in_folder;
} Order;

static void
order_free (gpointer data)
{
  Order *self = data;

  for (char **variable = self->environment; *variable != NULL; variable++)
    explicit_bzero (*variable, strlen (*variable));
  g_strfreev (self->environment);
  g_strfreev (self->argv);
  g_free (self->folder);
  g_free (self);
}

/* --- in the new process ------------------------------------------------------------------------------ */

/* Ours would run in our memory. What is ignored stays so, but for broken pipes, which only we ignore. */
static void
reset_signals (void)
{
  struct sigaction action;
  sigset_t none;

  for (int number = 1; number < NSIG; number++)
    if (sigaction (number, NULL, &action) == 0 && (number == SIGPIPE || action.sa_handler != SIG_IGN))
      {
        action = (struct sigaction) { .sa_handler = SIG_DFL };
        sigaction (number, &action, NULL);
      }
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

static gboolean
set_descriptors (const int ends[3])
{
  int copies[3];

  for (int i = 0; i < 3; i++)
    copies[i] = fcntl (ends[i], F_DUPFD, 3); /* out of the way of the three */
  for (int i = 0; i < 3; i++)
    if (copies[i] < 0 || dup2 (copies[i], i) < 0)
      return FALSE;
  closefrom (3);
  return TRUE;
}

static gboolean
enter_folder (Order *self)
{
  self->in_folder = self->folder != NULL && chdir (self->folder) != 0;
  return !self->in_folder;
}

/* A function of its own, so that it changes no variable of the caller; and nothing in it allocates or locks. */
static void G_GNUC_NO_INLINE
become_program (Order *self,
                pid_t  parent)
{
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  if (getppid () == parent && set_descriptors (self->ends) && enter_folder (self))
    {
      reset_signals ();
      execvpe (self->argv[0], self->argv, self->environment);
    }
  self->problem = errno;
  _exit (127);
}

/* --- on the thread ----------------------------------------------------------------------------------- */

static void
close_end (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static gboolean
make_pipes (Order *self)
{
  int *ours[] = { &self->child.input, &self->child.output, &self->child.complaint };

  for (int i = 0; i < 3; i++)
    *ours[i] = self->ends[i] = -1;
  for (int i = 0; i < 3; i++)
    {
      int ends[2];

      if (pipe2 (ends, O_CLOEXEC) != 0)
        return FALSE;
      *ours[i] = ends[i == 0 ? 1 : 0];
      self->ends[i] = ends[i == 0 ? 0 : 1];
      if (fcntl (*ours[i], F_SETFL, O_NONBLOCK) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
start (Order *self)
{
  pid_t parent = getpid ();
  pid_t pid = vfork ();

  if (pid == 0)
    become_program (self, parent);
  if (pid < 0)
    self->problem = errno;
  else if (self->problem != 0)
    waitpid (pid, NULL, 0);
  else
    self->child.pid = pid;
}

static GError *
explain (Order *self)
{
  if (self->in_folder)
    return g_error_new (HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_UNREACHABLE,
                        /* Translators: a program, a folder, the reason */
                        _("The program “%s” cannot be started in the folder “%s”: %s."), self->argv[0], self->folder,
                        g_strerror (self->problem));
  return g_error_new (HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_UNREACHABLE, _("The program “%s” cannot be started: %s."),
                      self->argv[0], g_strerror (self->problem));
}

static gboolean
tell_cb (gpointer data)
{
  Order *self = data;
  g_autoptr (GError) error = NULL;

  if (self->child.pid == 0)
    error = explain (self);
  self->spawned (error == NULL ? &self->child : NULL, error, self->user_data);
  return G_SOURCE_REMOVE;
}

static gpointer
spawner_thread (gpointer data)
{
  GAsyncQueue *orders = data;
  sigset_t all;

  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, NULL); /* a handler must not run between the two halves of vfork() */
  while (TRUE)
    {
      Order *order = g_async_queue_pop (orders);

      if (make_pipes (order))
        start (order);
      else
        order->problem = errno;
      for (int i = 0; i < 3; i++)
        close_end (&order->ends[i]);
      if (order->child.pid == 0)
        {
          close_end (&order->child.input);
          close_end (&order->child.output);
          close_end (&order->child.complaint);
        }
      g_idle_add_full (HEARTH_OUTSIDE_PRIORITY, tell_cb, order, order_free);
    }
  return NULL;
}

/* --- on the main thread -------------------------------------------------------------------------------- */

static char **
make_environment (const HearthProgramRequest *request)
{
  static const char *const none[] = { NULL };
  char **variables = g_strdupv ((char **) (request->environment != NULL ? request->environment : none));
  GHashTableIter iter;
  gpointer name, secret;

  if (request->secrets == NULL)
    return variables;
  g_hash_table_iter_init (&iter, request->secrets);
  while (g_hash_table_iter_next (&iter, &name, &secret))
    variables = g_environ_setenv (variables, name, hearth_secret_get_text (secret), TRUE);
  return variables;
}

static GAsyncQueue *
get_orders (void)
{
  static GAsyncQueue *orders;

  if (orders != NULL)
    return orders;
  signal (SIGPIPE, SIG_IGN); /* a program that has gone while it is written to; GIO does the same for sockets */
  orders = g_async_queue_new ();
  g_thread_unref (g_thread_new ("spawner", spawner_thread, orders));
  return orders;
}

void
_hearth_spawn (const HearthProgramRequest *request,
               HearthSpawned               spawned,
               gpointer                    user_data)
{
  Order *self = g_new0 (Order, 1);

  self->argv = g_strdupv ((char **) request->argv);
  self->environment = make_environment (request);
  self->folder = g_strdup (request->folder);
  self->spawned = spawned;
  self->user_data = user_data;
  g_async_queue_push (get_orders (), self);
}
