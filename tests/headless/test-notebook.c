/* test-notebook.c: what is kept of runs while the disk is far behind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "runs.h"

#include "hearth-notes.h"

#define N_NODES 2000
#define BACKLOG 100000

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean is_open;
} Gate;

/* The disk, as slow as can be. */
static gpointer
wait_work (HearthJob *job,
           GError   **error)
{
  Gate *gate = job->data;

  g_mutex_lock (&gate->mutex);
  while (!gate->is_open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return hearth_value_null ();
}

static void
hold (Runs *self,
      Gate *gate)
{
  self->workspace->storage->max_backlog = BACKLOG;
  g_mutex_init (&gate->mutex);
  g_cond_init (&gate->cond);
  gate->is_open = FALSE;
  _hearth_job_push (_hearth_job_new_silent (self->workspace->storage, wait_work, gate, NULL), self->workspace->storage_pool);
}

static void
let_go (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->is_open = TRUE;
  g_cond_signal (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static gsize
get_backlog (Runs *self)
{
  return (gsize) g_atomic_pointer_get (&self->workspace->storage->backlog);
}

static gboolean
is_omitted (HearthValue *node,
            const char  *key)
{
  return hearth_value_get_member_boolean (hearth_value_get (node, key), HEARTH_OMITTED_KEY, FALSE);
}

static void
run_chain (Runs *self)
{
  g_autoptr (HearthValue) workflow = runs_chain (N_NODES, 1);

  runs_run_workflow (self, workflow);
}

/* Every state, the end and the outcome are there; values are while there is room. */
static void
test_behind (Runs         *self,
             gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (HearthValue) run = NULL;
  HearthValue *nodes, *last;
  Gate gate;

  hold (self, &gate);
  run_chain (self);
  id = g_strdup (hearth_run_get_id (self->run));
  g_assert_cmpuint (get_backlog (self), >, BACKLOG);
  let_go (&gate);
  run = runs_read (self, id);
  g_assert_cmpstr (hearth_value_get_member_string (run, "status", NULL), ==, "complete");
  nodes = hearth_value_get (run, "nodes");
  g_assert_cmpuint (hearth_value_get_length (nodes), ==, N_NODES);
  for (gsize i = 0; i < N_NODES; i++)
    g_assert_cmpstr (hearth_value_get_member_string (hearth_value_member_at (nodes, i), "status", NULL), ==, "complete");
  g_assert_cmpint (hearth_value_get_member_integer (hearth_value_get (hearth_value_get (nodes, "n0"), "output"), "result", 0),
                   ==, 2);
  last = hearth_value_member_at (nodes, N_NODES - 1);
  g_assert_true (is_omitted (last, "input"));
  g_assert_true (is_omitted (last, "output"));
  g_mutex_clear (&gate.mutex);
  g_cond_clear (&gate.cond);
}

/* Nothing stays counted, and the next run is kept whole again. */
static void
test_after (Runs         *self,
            gconstpointer data)
{
  g_autoptr (HearthValue) run = NULL;

  test_behind (self, data);
  AWAIT (get_backlog (self) == 0);
  self->workspace->storage->max_backlog = G_MAXSIZE;
  run_chain (self);
  run = runs_read (self, hearth_run_get_id (self->run));
  g_assert_false (is_omitted (hearth_value_member_at (hearth_value_get (run, "nodes"), N_NODES - 1), "output"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUNS_TEST ("/notebook/behind", test_behind);
  RUNS_TEST ("/notebook/after", test_after);
  return g_test_run ();
}
