/* hearth-spool.c: a request body that is written to disk while it comes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The main loop gathers what comes; a thread writes it, one batch after the other. While a batch is
 * with the thread the main loop does not touch the writer.
 */

#include "hearth-spool.h"

#include "hearth-spool-writer.h"

#define SPOOL_KEY "hearth-spool"

/* What may wait in memory before the sender has to. */
#define MAX_WAITING ((gsize) 1 << 20)

typedef struct
{
  gatomicrefcount ref_count;

  SoupServerMessage *message;  /* NULL when it is gone */
  HearthSpoolWriter *writer;   /* NULL when it could not be made */
  GError *error;               /* after it everything else that comes is thrown away */

  GPtrArray *waiting;          /* of GBytes */
  gsize waiting_bytes;
  gboolean writing;            /* a thread has the writer */
  gboolean paused;
  gboolean ended;
  GTask *task;                 /* of who waits for the end */
} HearthSpool;

typedef struct
{
  HearthSpool *spool;
  GPtrArray *batch;
  gboolean last;
  HearthValue *body; /* of the last */
} Batch;

static void start_writing (HearthSpool *self);

/* Removing large files takes its time. */
static void
free_writer_thread (GTask        *task,
                    gpointer      source,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  hearth_spool_writer_free (task_data);
}

static void
spool_unref (HearthSpool *self)
{
  g_autoptr (GTask) task = NULL;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->writer != NULL)
    {
      task = g_task_new (NULL, NULL, NULL, NULL);
      g_task_set_task_data (task, self->writer, NULL);
      g_task_run_in_thread (task, free_writer_thread);
    }
  g_clear_error (&self->error);
  g_ptr_array_unref (self->waiting);
  g_free (self);
}

static void
batch_free (Batch *batch)
{
  spool_unref (batch->spool);
  g_ptr_array_unref (batch->batch);
  g_clear_pointer (&batch->body, hearth_value_unref);
  g_free (batch);
}

/* --- writing ----------------------------------------------------------------------------------- */

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Batch *batch = task_data;
  GError *error = NULL;
  gboolean written = TRUE;

  for (guint i = 0; written && i < batch->batch->len; i++)
    written = hearth_spool_writer_write (batch->spool->writer, g_ptr_array_index (batch->batch, i), &error);
  if (written && batch->last)
    batch->body = hearth_spool_writer_end (batch->spool->writer, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
tell_end (HearthSpool *self,
          HearthValue *body)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (body != NULL)
    g_task_return_pointer (task, hearth_value_ref (body), (GDestroyNotify) hearth_value_unref);
  else
    g_task_return_error (task, g_error_copy (self->error));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Batch *batch = g_task_get_task_data (G_TASK (result));
  HearthSpool *self = batch->spool;

  self->writing = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &self->error))
    g_ptr_array_set_size (self->waiting, 0);
  if (batch->last || (self->ended && self->error != NULL))
    tell_end (self, batch->body);
  else if (self->waiting->len > 0 || self->ended)
    start_writing (self);
  if (self->paused && self->message != NULL)
    {
      self->paused = FALSE;
      soup_server_message_unpause (self->message);
    }
}

static void
start_writing (HearthSpool *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, written_cb, NULL);
  Batch *batch = g_new0 (Batch, 1);

  g_atomic_ref_count_inc (&self->ref_count);
  batch->spool = self;
  batch->batch = g_steal_pointer (&self->waiting);
  batch->last = self->ended;
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->waiting_bytes = 0;
  self->writing = TRUE;
  g_task_set_task_data (task, batch, (GDestroyNotify) batch_free);
  g_task_run_in_thread (task, write_thread);
}

/* --- what comes ------------------------------------------------------------------------------------ */

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              HearthSpool       *self)
{
  /* Refused already: what still comes is thrown away. */
  if (self->error != NULL || soup_server_message_get_status (message) != 0)
    return;
  g_ptr_array_add (self->waiting, g_bytes_ref (chunk));
  self->waiting_bytes += g_bytes_get_size (chunk);
  if (!self->writing)
    start_writing (self);
  if (self->waiting_bytes > MAX_WAITING && !self->paused)
    {
      self->paused = TRUE;
      soup_server_message_pause (message);
    }
}

static void
finished_cb (SoupServerMessage *message,
             HearthSpool       *self)
{
  self->paused = FALSE;
}

static void
detach (gpointer data)
{
  HearthSpool *self = data;

  self->message = NULL;
  spool_unref (self);
}

static guint64
get_expected (SoupServerMessage *message)
{
  return (guint64) MAX (soup_message_headers_get_content_length (soup_server_message_get_request_headers (message)), 0);
}

void
hearth_spool_attach (SoupServerMessage *message,
                     HearthBodyKind     kind,
                     const char        *folder)
{
  HearthSpool *self = g_new0 (HearthSpool, 1);
  const char *type = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Content-Type");

  g_atomic_ref_count_init (&self->ref_count);
  self->message = message;
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->writer = hearth_spool_writer_new (kind, type, folder, get_expected (message), &self->error);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  g_object_set_data_full (G_OBJECT (message), SPOOL_KEY, self, detach);
}

void
hearth_spool_end_async (SoupServerMessage   *message,
                        gpointer             source,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  HearthSpool *self = g_object_get_data (G_OBJECT (message), SPOOL_KEY);

  g_return_if_fail (self != NULL && !self->ended);

  self->ended = TRUE;
  self->task = g_task_new (source, NULL, callback, user_data);
  if (self->writing)
    return;
  if (self->error != NULL)
    tell_end (self, NULL);
  else
    start_writing (self);
}

HearthValue *
hearth_spool_end_finish (GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
