/* hearth-writer.c: gathers what is to be written and hands it to the storage thread now and then
 *
 * A run makes thousands of small things to keep. One transaction for each would cost more than the
 * run, and the run must not wait for any.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-writer.h"

#define INTERVAL_MS 250
#define MAX_ENTRIES 5000

struct _HearthWriter
{
  HearthStorage *storage;
  GThreadPool *pool; /* of the workspace */
  HearthWriterWork work;
  GDestroyNotify free_entry;
  GPtrArray *entries;
  guint timeout_id;
};

/* What travels to the thread. */
typedef struct
{
  HearthWriterWork work;
  GPtrArray *entries;
} Parcel;

static void
parcel_free (gpointer data)
{
  Parcel *self = data;

  g_ptr_array_unref (self->entries);
  g_free (self);
}

static gpointer
write_work (HearthJob *job,
            GError   **error)
{
  Parcel *parcel = job->data;

  return parcel->work (job->storage, parcel->entries, error) ? hearth_value_null () : NULL;
}

HearthWriter *
_hearth_writer_new (HearthStorage   *storage,
                    GThreadPool     *pool,
                    HearthWriterWork work,
                    GDestroyNotify   free_entry)
{
  HearthWriter *self = g_new0 (HearthWriter, 1);

  self->storage = _hearth_storage_ref (storage);
  self->pool = pool;
  self->work = work;
  self->free_entry = free_entry;
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  return self;
}

void
_hearth_writer_free (HearthWriter *self)
{
  _hearth_writer_flush (self);
  g_ptr_array_unref (self->entries);
  _hearth_storage_unref (self->storage);
  g_free (self);
}

void
_hearth_writer_flush (HearthWriter *self)
{
  HearthJob *job;
  Parcel *parcel;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->entries->len == 0)
    return;
  parcel = g_new0 (Parcel, 1);
  parcel->work = self->work;
  parcel->entries = g_steal_pointer (&self->entries);
  self->entries = g_ptr_array_new_with_free_func (self->free_entry);
  job = _hearth_job_new_silent (self->storage, write_work, parcel, parcel_free);
  _hearth_job_push (job, self->pool);
}

static gboolean
timeout_cb (gpointer user_data)
{
  HearthWriter *self = user_data;

  self->timeout_id = 0;
  _hearth_writer_flush (self);
  return G_SOURCE_REMOVE;
}

void
_hearth_writer_add (HearthWriter *self,
                    gpointer      entry)
{
  g_ptr_array_add (self->entries, entry);
  if (self->entries->len >= MAX_ENTRIES)
    _hearth_writer_flush (self);
  else if (self->timeout_id == 0)
    self->timeout_id = g_timeout_add (INTERVAL_MS, timeout_cb, self);
}
