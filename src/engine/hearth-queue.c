/* hearth-queue.c: so many runs at a time; the important ones first, then first come, first served
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-queue.h"

#include "hearth-run-private.h"

struct _HearthQueue
{
  GObject    parent_instance;

  GPtrArray *running; /* of HearthRun */
  GQueue     waiting; /* of HearthRun, owned; in the order they will start */
  guint      limit;
  gboolean   paused;
};

G_DEFINE_FINAL_TYPE (HearthQueue, hearth_queue, G_TYPE_OBJECT)

enum
{
  RUN_ADDED,
  RUN_FINISHED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
start (HearthQueue *self,
       HearthRun   *run)
{
  g_ptr_array_add (self->running, g_object_ref (run));
  hearth_run_start (run);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A preview never waits, and nobody waits for one. */
static gboolean
is_preview (HearthRun *run)
{
  return hearth_run_get_priority (run) >= HEARTH_RUN_PRIORITY_PREVIEW;
}

static gboolean
has_room (HearthQueue *self)
{
  guint n_counted = 0;

  for (guint i = 0; i < self->running->len; i++)
    n_counted += !is_preview (g_ptr_array_index (self->running, i));
  return !self->paused && n_counted < self->limit;
}

static void
start_next (HearthQueue *self)
{
  while (has_room (self) && !g_queue_is_empty (&self->waiting))
    {
      g_autoptr (HearthRun) run = g_queue_pop_head (&self->waiting);

      start (self, run);
    }
}

static void
finished_cb (HearthRun   *run,
             HearthQueue *self)
{
  g_autoptr (HearthQueue) keep = g_object_ref (self);
  g_autoptr (HearthRun) keep_run = g_object_ref (run);

  if (!g_ptr_array_remove (self->running, run) && g_queue_remove (&self->waiting, run))
    g_object_unref (run);
  g_signal_emit (self, signals[RUN_FINISHED], 0, run);
  g_signal_emit (self, signals[CHANGED], 0);
  start_next (self);
}

static void
hearth_queue_finalize (GObject *object)
{
  HearthQueue *self = HEARTH_QUEUE (object);

  g_ptr_array_unref (self->running);
  g_queue_clear_full (&self->waiting, g_object_unref);

  G_OBJECT_CLASS (hearth_queue_parent_class)->finalize (object);
}

static void
hearth_queue_class_init (HearthQueueClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_queue_finalize;

  signals[RUN_ADDED]
      = g_signal_new ("run-added", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, HEARTH_TYPE_RUN);
  signals[RUN_FINISHED]
      = g_signal_new ("run-finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, HEARTH_TYPE_RUN);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_queue_init (HearthQueue *self)
{
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->waiting);
}

HearthQueue *
hearth_queue_new (guint limit)
{
  HearthQueue *self = g_object_new (HEARTH_TYPE_QUEUE, NULL);

  self->limit = MAX (1, limit);
  return self;
}

/* Behind all that are as important. */
static void
line_up (HearthQueue *self,
         HearthRun   *run)
{
  GList *after = self->waiting.tail;

  while (after && hearth_run_get_priority (after->data) < hearth_run_get_priority (run))
    after = after->prev;
  if (after)
    g_queue_insert_after (&self->waiting, after, g_object_ref (run));
  else
    g_queue_push_head (&self->waiting, g_object_ref (run));
}

void
hearth_queue_submit (HearthQueue *self,
                     HearthRun   *run)
{
  g_return_if_fail (HEARTH_IS_QUEUE (self));
  g_return_if_fail (HEARTH_IS_RUN (run));
  g_return_if_fail (hearth_run_get_status (run) == HEARTH_RUN_QUEUED);

  g_signal_connect_object (run, "finished", G_CALLBACK (finished_cb), self, 0);
  g_signal_emit (self, signals[RUN_ADDED], 0, run);
  if (is_preview (run) || (has_room (self) && g_queue_is_empty (&self->waiting)))
    {
      start (self, run);
      return;
    }

  line_up (self, run);
  _hearth_run_emit_status (run);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
hearth_queue_set_paused (HearthQueue *self,
                         gboolean     paused)
{
  g_autoptr (HearthQueue) keep = NULL;

  g_return_if_fail (HEARTH_IS_QUEUE (self));

  if (self->paused == !!paused)
    return;

  keep = g_object_ref (self);
  self->paused = !!paused;
  g_signal_emit (self, signals[CHANGED], 0);
  start_next (self);
}

gboolean
hearth_queue_is_paused (HearthQueue *self)
{
  g_return_val_if_fail (HEARTH_IS_QUEUE (self), FALSE);

  return self->paused;
}

HearthRun *
hearth_queue_lookup (HearthQueue *self,
                     const char  *run_id)
{
  g_return_val_if_fail (HEARTH_IS_QUEUE (self), NULL);
  g_return_val_if_fail (run_id != NULL, NULL);

  for (guint i = 0; i < self->running->len; i++)
    if (g_str_equal (hearth_run_get_id (g_ptr_array_index (self->running, i)), run_id))
      return g_ptr_array_index (self->running, i);
  for (GList *l = self->waiting.head; l; l = l->next)
    if (g_str_equal (hearth_run_get_id (l->data), run_id))
      return l->data;

  return NULL;
}

gboolean
hearth_queue_cancel (HearthQueue *self,
                     const char  *run_id)
{
  HearthRun *run;

  g_return_val_if_fail (HEARTH_IS_QUEUE (self), FALSE);
  g_return_val_if_fail (run_id != NULL, FALSE);

  run = hearth_queue_lookup (self, run_id);
  if (run)
    hearth_run_cancel (run);
  return run != NULL;
}

/* Those that wait first, or each end would start the next one just to stop it. */
void
hearth_queue_cancel_all (HearthQueue *self)
{
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GPtrArray) running = NULL;

  g_return_if_fail (HEARTH_IS_QUEUE (self));

  waiting = hearth_queue_list_waiting (self);
  running = hearth_queue_list_running (self);
  for (guint i = 0; i < waiting->len; i++)
    hearth_run_cancel (g_ptr_array_index (waiting, i));
  for (guint i = 0; i < running->len; i++)
    hearth_run_cancel (g_ptr_array_index (running, i));
}

GPtrArray *
hearth_queue_list_running (HearthQueue *self)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (HEARTH_IS_QUEUE (self), runs);

  for (guint i = 0; i < self->running->len; i++)
    g_ptr_array_add (runs, g_object_ref (g_ptr_array_index (self->running, i)));
  return runs;
}

GPtrArray *
hearth_queue_list_waiting (HearthQueue *self)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (HEARTH_IS_QUEUE (self), runs);

  for (GList *l = self->waiting.head; l; l = l->next)
    g_ptr_array_add (runs, g_object_ref (l->data));
  return runs;
}

guint
hearth_queue_get_n_running (HearthQueue *self)
{
  g_return_val_if_fail (HEARTH_IS_QUEUE (self), 0);

  return self->running->len;
}

guint
hearth_queue_get_n_waiting (HearthQueue *self)
{
  g_return_val_if_fail (HEARTH_IS_QUEUE (self), 0);

  return self->waiting.length;
}

guint
hearth_queue_get_limit (HearthQueue *self)
{
  g_return_val_if_fail (HEARTH_IS_QUEUE (self), 0);

  return self->limit;
}
