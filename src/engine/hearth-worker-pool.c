/* hearth-worker-pool.c: the process's threads for nodes that compute
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-worker-pool.h"

/* Below the runs, which work at the default idle priority: what a @done sets off is over before the next. */
#define IN_LINE_PRIORITY (G_PRIORITY_DEFAULT_IDLE + 10)

typedef struct
{
  HearthWork work;
  HearthWork done;
  gpointer   data;
} HearthWorkItem;

typedef struct
{
  GThreadPool *threads;    /* NULL: not needed so far */
  GSource     *collector;  /* awake while finished work waits */
  GAsyncQueue *finished;
  gboolean     in_line;
} HearthWorkerPool;

typedef struct
{
  GSource           source;
  HearthWorkerPool *pool;
} HearthCollector;

static HearthWorkerPool many, line;

static void
work_cb (gpointer item_data,
         gpointer user_data)
{
  HearthWorkItem *item = item_data;
  HearthWorkerPool *pool = user_data;

  item->work (item->data);
  g_async_queue_push (pool->finished, item);
  g_source_set_ready_time (pool->collector, 0);
}

static gboolean
collect_one (HearthWorkerPool *pool)
{
  HearthWorkItem *item = g_async_queue_try_pop (pool->finished);

  if (item == NULL)
    return FALSE;
  item->done (item->data);
  g_free (item);
  return TRUE;
}

static gboolean
collect_cb (GSource    *source,
            GSourceFunc callback,
            gpointer    user_data)
{
  HearthWorkerPool *pool = ((HearthCollector *) source)->pool;

  /* First to sleep, then look: what is pushed in between wakes it again. */
  g_source_set_ready_time (source, -1);
  while (collect_one (pool) && !pool->in_line)
    ;
  if (g_async_queue_length (pool->finished) > 0)
    g_source_set_ready_time (source, 0);

  return G_SOURCE_CONTINUE;
}

static void
ensure_pool (HearthWorkerPool *pool)
{
  static GSourceFuncs funcs = { .dispatch = collect_cb };

  if (pool->threads)
    return;

  pool->in_line = pool == &line;
  pool->finished = g_async_queue_new ();
  pool->collector = g_source_new (&funcs, sizeof (HearthCollector));
  ((HearthCollector *) pool->collector)->pool = pool;
  g_source_set_static_name (pool->collector, "hearth-worker-pool");
  g_source_set_priority (pool->collector, pool->in_line ? IN_LINE_PRIORITY : G_PRIORITY_DEFAULT_IDLE);
  g_source_attach (pool->collector, NULL);
  pool->threads = g_thread_pool_new (work_cb, pool, pool->in_line ? 1 : (gint) g_get_num_processors (), FALSE, NULL);
}

static void
push (HearthWorkerPool *pool,
      HearthWork        work,
      HearthWork        done,
      gpointer          data)
{
  HearthWorkItem *item = g_new (HearthWorkItem, 1);

  ensure_pool (pool);
  *item = (HearthWorkItem) { work, done, data };
  g_thread_pool_push (pool->threads, item, NULL);
}

void
hearth_worker_pool_push (HearthWork work,
                         HearthWork done,
                         gpointer   data)
{
  g_return_if_fail (work != NULL && done != NULL);

  push (&many, work, done, data);
}

void
hearth_worker_pool_push_in_line (HearthWork work,
                                 HearthWork done,
                                 gpointer   data)
{
  g_return_if_fail (work != NULL && done != NULL);

  push (&line, work, done, data);
}
