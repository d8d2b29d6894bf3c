/* hearth-books-claims.c: what calls may take is made known to all processes of a data folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-books-claims.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "hearth-books.h"
#include "hearth-reservations-table.h"

#define MAX_TRIES 100

/* That we live. Used by the storage thread alone; it goes with the last job. */
typedef struct
{
  char *database; /* path */
  char *process;
  int fd;         /* -1: not yet */
} Lock;

struct _HearthBooksClaims
{
  HearthWorkspace *workspace; /* borrowed */
  Lock *lock;
};

/* On its way to the storage thread and back. */
typedef struct
{
  GWeakRef workspace;
  Lock *lock;
  HearthValue *reservation;
  gboolean granted;
  HearthClaimed claimed;
  gpointer user_data;
} Errand;

/* --- life ------------------------------------------------------------------------------------- */

static char *
dup_path (Lock       *self,
          const char *process)
{
  return g_strdup_printf ("%s-%s.lock", self->database, process);
}

static void
lock_clear (gpointer data)
{
  Lock *self = data;
  g_autofree char *path = dup_path (self, self->process);

  if (self->fd >= 0)
    {
      unlink (path);
      close (self->fd);
    }
  g_free (self->database);
  g_free (self->process);
}

static void
lock_unref (gpointer lock)
{
  g_atomic_rc_box_release_full (lock, lock_clear);
}

/* Whoever can lock its file outlives it. */
static gboolean
lives (const char *process,
       gpointer    user_data)
{
  g_autofree char *path = dup_path (user_data, process);
  int fd = open (path, O_RDWR | O_CLOEXEC);
  gboolean is_held;

  if (fd < 0)
    return errno != ENOENT;
  is_held = flock (fd, LOCK_EX | LOCK_NB) != 0;
  if (!is_held)
    unlink (path);
  close (fd);
  return is_held;
}

/* What nobody holds was left behind. */
static void
sweep (Lock *self)
{
  g_autofree char *folder = g_path_get_dirname (self->database);
  g_autofree char *name = g_path_get_basename (self->database);
  g_autofree char *pattern = g_strdup_printf ("%s-*.lock", name);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *entry;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    if (g_pattern_match_simple (pattern, entry))
      {
        g_autofree char *process = g_strndup (entry + strlen (name) + 1, strlen (entry) - strlen (name) - strlen ("-.lock"));

        lives (process, self);
      }
}

/* Waits while somebody looks whether we live. -1 with errno; also when the file was swept away before it was ours. */
static int
open_locked (const char *path)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  GStatBuf ours, there;

  if (fd < 0)
    return -1;
  if (flock (fd, LOCK_EX) == 0 && fstat (fd, &ours) == 0 && g_stat (path, &there) == 0 && ours.st_ino == there.st_ino)
    return fd;
  close (fd);
  errno = EAGAIN;
  return -1;
}

static gboolean
take_lock (Lock    *self,
           GError **error)
{
  g_autofree char *path = dup_path (self, self->process);

  if (self->fd >= 0)
    return TRUE;
  sweep (self);
  for (guint i = 0; i < MAX_TRIES && self->fd < 0; i++)
    self->fd = open_locked (path);
  if (self->fd < 0)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  return self->fd >= 0;
}

/* --- on the storage thread -------------------------------------------------------------------- */

static gboolean deliver_cb (gpointer data);

static void
errand_free (gpointer data)
{
  Errand *self = data;

  self->claimed (self->granted, self->user_data);
  g_weak_ref_clear (&self->workspace);
  hearth_value_unref (self->reservation);
  lock_unref (self->lock);
  g_free (self);
}

/* Where nobody can be asked the ceilings hold for this process, as they would without others. */
static gpointer
claim_work (HearthJob *job,
            GError   **error)
{
  Errand *self = g_steal_pointer (&job->data); /* it goes its own way back */
  HearthDatabase *database = _hearth_storage_open_database (job->storage, error);
  HearthClaim claim = { self->reservation, self->lock->process, HEARTH_CURRENCY, lives, self->lock };
  gboolean asked;

  job->free_data = NULL;
  asked = database != NULL && take_lock (self->lock, error)
          && hearth_reservations_table_claim (database, &claim, &self->granted, error);
  if (!asked)
    self->granted = TRUE;
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver_cb, self, errand_free);
  return asked ? hearth_value_null () : NULL;
}

static gpointer
drop_work (HearthJob *job,
           GError   **error)
{
  HearthDatabase *database = _hearth_storage_open_database (job->storage, error);

  return database != NULL && hearth_reservations_table_drop (database, job->data, error) ? hearth_value_null () : NULL;
}

/* --- on the main thread ----------------------------------------------------------------------- */

/* Perhaps others have not reserved what is left, but spent it: then that is known when it is asked again. */
static gboolean
deliver_cb (gpointer data)
{
  Errand *self = data;
  g_autoptr (HearthWorkspace) workspace = g_weak_ref_get (&self->workspace);

  if (workspace != NULL && !self->granted)
    _hearth_books_load (workspace->books, NULL, NULL);
  return G_SOURCE_REMOVE; /* and its end tells who asked */
}

static void
claim (gpointer      owner,
       HearthValue  *reservation,
       HearthClaimed claimed,
       gpointer      user_data)
{
  HearthBooksClaims *self = owner;
  Errand *errand = g_new0 (Errand, 1);

  g_weak_ref_init (&errand->workspace, self->workspace);
  errand->lock = g_atomic_rc_box_acquire (self->lock);
  errand->reservation = hearth_value_ref (reservation);
  errand->claimed = claimed;
  errand->user_data = user_data;
  _hearth_job_push (_hearth_job_new_silent (self->workspace->storage, claim_work, errand, errand_free),
                    self->workspace->storage_pool);
}

static void
drop (gpointer    owner,
      const char *id)
{
  HearthBooksClaims *self = owner;

  _hearth_job_push (_hearth_job_new_silent (self->workspace->storage, drop_work, g_strdup (id), g_free),
                    self->workspace->storage_pool);
}

const HearthClaims _hearth_books_claims = { claim, drop };

HearthBooksClaims *
_hearth_books_claims_new (HearthWorkspace *workspace,
                          const char      *process)
{
  HearthBooksClaims *self = g_new0 (HearthBooksClaims, 1);

  self->workspace = workspace;
  self->lock = g_atomic_rc_box_new0 (Lock);
  self->lock->database = hearth_data_dir_dup_database (workspace->storage->dir);
  self->lock->process = g_strdup (process);
  self->lock->fd = -1;
  return self;
}

void
_hearth_books_claims_free (HearthBooksClaims *self)
{
  lock_unref (self->lock);
  g_free (self);
}
