/* hearth-project-lock.c: one writer at a time for each project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-store-private.h"

struct _HearthProjectLock
{
  GMutex mutex;
  char *path;
  guint n_users; /* guarded by the table's mutex */
};

static GMutex table_mutex;
static GHashTable *table; /* path -> HearthProjectLock that somebody holds or waits for */

static HearthProjectLock *
enter (const char *path)
{
  HearthProjectLock *self;

  if (table == NULL)
    table = g_hash_table_new (g_str_hash, g_str_equal);
  self = g_hash_table_lookup (table, path);
  if (self == NULL)
    {
      self = g_new0 (HearthProjectLock, 1);
      g_mutex_init (&self->mutex);
      self->path = g_strdup (path);
      g_hash_table_insert (table, self->path, self);
    }
  self->n_users++;
  return self;
}

HearthProjectLock *
_hearth_project_lock_take (HearthDataDir *dir,
                           const char    *project_id)
{
  g_autofree char *path = project_id != NULL ? hearth_data_dir_dup_project (dir, project_id) : hearth_data_dir_dup_shared (dir);
  HearthProjectLock *self;

  g_assert (path != NULL);
  g_mutex_lock (&table_mutex);
  self = enter (path);
  g_mutex_unlock (&table_mutex);
  g_mutex_lock (&self->mutex);
  return self;
}

void
_hearth_project_lock_release (HearthProjectLock *self)
{
  gboolean last;

  g_mutex_unlock (&self->mutex);
  g_mutex_lock (&table_mutex);
  last = --self->n_users == 0;
  if (last)
    g_hash_table_remove (table, self->path);
  g_mutex_unlock (&table_mutex);
  if (!last)
    return;
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}
