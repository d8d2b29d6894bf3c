/* hearth-run-logger.c: the log file of each run (engine.md 15)
 *
 * One logger for each run: what runs at the same time never writes into another's file, and each file
 * is ended by its own run. Lines are made and written on a thread of their own; the run itself only
 * keeps what it told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-run-logger.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "hearth-log-line.h"
#include "hearth-recorder.h"

/* Lines gathered for one file before they are written, whatever else is waiting. */
#define MAX_BUFFER ((gsize) 1 << 20)

struct _HearthRunLogger
{
  HearthQueue *queue;
  HearthDataDir *dir;
  GThreadPool *pool; /* one thread */
  HearthWriter *writer;
  GHashTable *logs;  /* HearthRun -> Log, of runs that go on */
};

/* One run's log. Counted: the entries on their way to the thread keep it. */
typedef struct
{
  gatomicrefcount ref_count;
  char *path;
  char *run_id;
  HearthSnapshot *snapshot;
  GHashTable *outputs; /* log thread only: see _hearth_log_append() */
  GString *buffer;     /* log thread only */

  HearthRunLogger *logger; /* main thread only, as all below */
  HearthRun *run;
  guint observer;
} Log;

typedef struct
{
  Log *log;
  HearthLogEntry *entry;
} Line;

static Log *
log_ref (Log *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
log_unref (Log *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->snapshot, _hearth_snapshot_unref);
  g_hash_table_unref (self->outputs);
  g_string_free (self->buffer, TRUE);
  g_free (self->path);
  g_free (self->run_id);
  g_free (self);
}

static void
line_free (gpointer data)
{
  Line *self = data;

  log_unref (self->log);
  _hearth_log_entry_free (self->entry);
  g_free (self);
}

/* --- on the log thread ------------------------------------------------------------------------------- */

static int
open_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  if (fd < 0 && errno == ENOENT && g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  return fd;
}

static gboolean
write_all (int         fd,
           const char *text,
           gsize       length)
{
  while (length > 0)
    {
      gssize n = write (fd, text, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      text += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  return TRUE;
}

static gboolean
write_buffer (Log     *log,
              GError **error)
{
  int fd = open_file (log->path);
  gboolean written = fd >= 0 && write_all (fd, log->buffer->str, log->buffer->len);

  if (!written)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", log->path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  g_string_truncate (log->buffer, 0);
  return written;
}

static gboolean
write_work (HearthStorage *storage,
            GPtrArray     *lines,
            GError       **error)
{
  g_autoptr (GHashTable) touched = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer log;

  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = g_ptr_array_index (lines, i);

      _hearth_log_append (line->log->buffer, line->log->run_id, line->log->snapshot, line->log->outputs, line->entry);
      g_hash_table_add (touched, line->log);
      if (line->log->buffer->len > MAX_BUFFER && !write_buffer (line->log, error))
        return FALSE;
    }
  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &log, NULL))
    if (((Log *) log)->buffer->len > 0 && !write_buffer (log, error))
      return FALSE;
  return TRUE;
}

/* --- runs come and go ----------------------------------------------------------------------------------- */

/* The reference writes to logs/executions/executions/<day>, because its "system://logs" is
 * logs/executions already (storage.md 3.9). Nothing reads that second folder, and what people are told
 * is system://logs/<day>, so ours lie where that points: logs/executions/<day>. */
static char *
make_path (HearthDataDir *dir,
           HearthRun     *run)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *time = g_date_time_format (now, "%H-%M-%S");
  g_autofree char *name = g_strdup_printf ("execution-%s-%s.log", hearth_run_get_id (run), time);

  return g_build_filename (hearth_data_dir_get_root (dir), "logs", "executions", day, name, NULL);
}

static void
event_cb (const HearthRunEvent *event,
          gpointer              user_data)
{
  Log *log = user_data;
  Line *line;

  if (event->kind == HEARTH_EVENT_INTERFACE_OUTPUTS || event->kind == HEARTH_EVENT_NODE_ASKS
      || (event->kind == HEARTH_EVENT_STATUS && event->status == HEARTH_RUN_QUEUED))
    return;
  line = g_new0 (Line, 1);
  line->log = log_ref (log);
  line->entry = _hearth_log_entry_new (event);
  _hearth_writer_add (log->logger->writer, line);
}

/* Leaves the run. */
static void
log_end (gpointer data)
{
  Log *self = data;

  hearth_run_remove_observer (self->run, self->observer);
  g_clear_object (&self->run);
  log_unref (self);
}

static void
run_added_cb (HearthQueue *queue,
              HearthRun   *run,
              gpointer     user_data)
{
  HearthRunLogger *self = user_data;
  HearthSnapshot *snapshot = _hearth_snapshot_get_of_run (run);
  Log *log;

  if (_hearth_run_is_preview (run))
    return;
  log = g_new0 (Log, 1);
  g_atomic_ref_count_init (&log->ref_count);
  log->path = make_path (self->dir, run);
  log->run_id = g_strdup (hearth_run_get_id (run));
  log->snapshot = snapshot != NULL ? _hearth_snapshot_ref (snapshot) : NULL;
  log->outputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hearth_value_unref);
  log->buffer = g_string_new (NULL);
  log->logger = self;
  log->run = g_object_ref (run);
  log->observer = hearth_run_add_observer (run, event_cb, log, NULL);
  g_hash_table_insert (self->logs, run, log);
}

static void
run_finished_cb (HearthQueue *queue,
                 HearthRun   *run,
                 gpointer     user_data)
{
  HearthRunLogger *self = user_data;

  g_hash_table_remove (self->logs, run);
}

HearthRunLogger *
_hearth_run_logger_new (HearthQueue   *queue,
                        HearthStorage *storage)
{
  HearthRunLogger *self = g_new0 (HearthRunLogger, 1);

  self->queue = g_object_ref (queue);
  self->dir = hearth_data_dir_ref (storage->dir);
  self->pool = _hearth_job_pool_new (1);
  self->writer = _hearth_writer_new (storage, self->pool, write_work, line_free);
  self->logs = g_hash_table_new_full (NULL, NULL, NULL, log_end);
  g_signal_connect (queue, "run-added", G_CALLBACK (run_added_cb), self);
  g_signal_connect (queue, "run-finished", G_CALLBACK (run_finished_cb), self);
  return self;
}

/* A run that has not ended by now never will: its end is written for it. */
static void
end_all (HearthRunLogger *self)
{
  GHashTableIter iter;
  gpointer log;

  g_hash_table_iter_init (&iter, self->logs);
  while (g_hash_table_iter_next (&iter, NULL, &log))
    {
      const HearthRunEvent event = {
        .kind = HEARTH_EVENT_STATUS,
        .run = ((Log *) log)->run,
        .status = HEARTH_RUN_INTERRUPTED,
      };

      event_cb (&event, log);
    }
}

void
_hearth_run_logger_free (HearthRunLogger *self)
{
  g_signal_handlers_disconnect_by_data (self->queue, self);
  end_all (self);
  _hearth_writer_free (self->writer);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_hash_table_unref (self->logs);
  g_object_unref (self->queue);
  hearth_data_dir_unref (self->dir);
  g_free (self);
}

/* --- old files ---------------------------------------------------------------------------------------------- */

static gboolean
is_day (const char *name)
{
  return g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d$", name, 0, 0);
}

static void
remove_day (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "execution-") && g_str_has_suffix (name, ".log"))
      {
        g_autofree char *file = g_build_filename (path, name, NULL);

        g_unlink (file);
      }
  g_rmdir (path);
}

/* Only what this program may have written goes; what is not empty then stays. */
void
_hearth_run_logs_prune (HearthDataDir *dir,
                        const char    *first_day)
{
  g_autofree char *base = g_build_filename (hearth_data_dir_get_root (dir), "logs", "executions", NULL);
  g_autoptr (GDir) folder = g_dir_open (base, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (is_day (name) && g_strcmp0 (name, first_day) < 0)
      {
        g_autofree char *path = g_build_filename (base, name, NULL);

        remove_day (path);
      }
}
