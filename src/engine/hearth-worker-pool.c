/* hearth-worker-pool.c: the process's threads for nodes that compute
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-worker-pool.h"

typedef struct
{
  HearthWork work;
  HearthWork done;
  gpointer   data;
} HearthWorkItem;

static GThreadPool *pool;
static GSource *collector;   /* awake while finished work waits */
static GAsyncQueue *finished;

static HearthWorkItem *
item_new (HearthWork work,
          HearthWork done,
          gpointer   data)
{
  HearthWorkItem *item = g_new (HearthWorkItem, 1);

  *item = (HearthWorkItem) { work, done, data };
  return item;
}

static void
work_cb (gpointer item_data,
         gpointer user_data)
{
  HearthWorkItem *item = item_data;

  item->work (item->data);
  g_async_queue_push (finished, item);
  g_source_set_ready_time (collector, 0);
}

static gboolean
collect_cb (GSource    *source,
            GSourceFunc callback,
            gpointer    user_data)
{
  HearthWorkItem *item;

  /* First to sleep, then look: what is pushed in between wakes it again. */
  g_source_set_ready_time (source, -1);
  while ((item = g_async_queue_try_pop (finished)))
    {
      item->done (item->data);
      g_free (item);
    }

  return G_SOURCE_CONTINUE;
}

static void
ensure_pool (void)
{
  static GSourceFuncs funcs = { .dispatch = collect_cb };

  if (pool)
    return;

  finished = g_async_queue_new ();
  collector = g_source_new (&funcs, sizeof (GSource));
  g_source_set_static_name (collector, "hearth-worker-pool");
  g_source_set_priority (collector, G_PRIORITY_DEFAULT_IDLE);
  g_source_attach (collector, NULL);
  pool = g_thread_pool_new (work_cb, NULL, g_get_num_processors (), FALSE, NULL);
}

void
hearth_worker_pool_push (HearthWork work,
                         HearthWork done,
                         gpointer   data)
{
  g_return_if_fail (work != NULL && done != NULL);

  ensure_pool ();
  g_thread_pool_push (pool, item_new (work, done, data), NULL);
}

void
hearth_worker_pool_do (HearthWork work,
                       HearthWork done,
                       gpointer   data)
{
  g_return_if_fail (work != NULL && done != NULL);

  ensure_pool ();
  work_cb (item_new (work, done, data), NULL);
}
