/* hearth-file-memory.c: remembers what is in the files of a folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-file-memory.h"

#include <string.h>
#include <sys/stat.h>

#include "hearth-store-private.h"
#include "hearth-i18n.h"

/* A file that changed this shortly before it was looked at may change once more within the same
 * tick of the file system's clock, so it is not trusted next time. */
#define TICK_NS (G_GINT64_CONSTANT (50) * 1000 * 1000)

/* How we know that a file is still the one we read. */
typedef struct
{
  dev_t device;
  ino_t inode;
  off_t size;
  gint64 modified_ns;
  gint64 changed_ns;
} Stamp;

typedef struct
{
  Stamp stamp;
  gboolean settled;
  gpointer known; /* NULL: not one of ours */
  void (*unref) (gpointer known);
} Memory;

static void
memory_free (gpointer data)
{
  Memory *self = data;

  g_clear_pointer (&self->known, self->unref);
  g_free (self);
}

static gint64
to_ns (struct timespec time)
{
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static gboolean
stamp_equal (const Stamp *a,
             const Stamp *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size && a->modified_ns == b->modified_ns
         && a->changed_ns == b->changed_ns;
}

/* FALSE when there is nothing that may be read. */
static gboolean
take_stamp (const char *directory,
            const char *path,
            Stamp      *stamp)
{
  struct stat info;

  if (lstat (path, &info) != 0)
    return FALSE;
  if (S_ISLNK (info.st_mode) && (!_hearth_store_is_inside (directory, path) || stat (path, &info) != 0))
    return FALSE;
  if (!S_ISREG (info.st_mode))
    return FALSE;
  *stamp = (Stamp){ info.st_dev, info.st_ino, info.st_size, to_ns (info.st_mtim), to_ns (info.st_ctim) };
  return TRUE;
}

/* TRUE when the file is as it was; then @known is a new reference, or NULL. */
static gboolean
recall (HearthFileMemory *self,
        const char       *path,
        const Stamp      *stamp,
        gpointer         *known)
{
  Memory *memory;
  gboolean same;

  g_mutex_lock (&self->mutex);
  memory = self->files != NULL ? g_hash_table_lookup (self->files, path) : NULL;
  same = memory != NULL && memory->settled && stamp_equal (&memory->stamp, stamp);
  *known = same && memory->known != NULL ? self->ref (memory->known) : NULL;
  g_mutex_unlock (&self->mutex);
  return same;
}

static void
remember (HearthFileMemory *self,
          const char       *path,
          const Stamp      *stamp,
          gint64            read_at_ns,
          gpointer          known)
{
  Memory *memory = g_new0 (Memory, 1);

  memory->stamp = *stamp;
  memory->settled = read_at_ns - stamp->changed_ns > TICK_NS;
  memory->known = known != NULL ? self->ref (known) : NULL;
  memory->unref = self->unref;
  g_mutex_lock (&self->mutex);
  if (self->files == NULL)
    self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, memory_free);
  g_hash_table_replace (self->files, g_strdup (path), memory);
  g_mutex_unlock (&self->mutex);
}

static void
forget (HearthFileMemory *self,
        const char       *path)
{
  g_mutex_lock (&self->mutex);
  if (self->files != NULL)
    g_hash_table_remove (self->files, path);
  g_mutex_unlock (&self->mutex);
}

gpointer
_hearth_file_memory_look_at (HearthFileMemory *self,
                             const char       *directory,
                             const char       *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  gint64 now_ns = g_get_real_time () * 1000;
  gpointer known = NULL;
  Stamp stamp;

  if (!take_stamp (directory, path, &stamp))
    {
      forget (self, path);
      return NULL;
    }
  if (recall (self, path, &stamp, &known))
    return known;
  known = self->parse (path, name);
  remember (self, path, &stamp, now_ns, known);
  return known;
}

/* --- folders --------------------------------------------------------------------------- */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
has_suffix (const char *name,
            const char *suffix)
{
  gsize length = strlen (name);
  gsize end = strlen (suffix);

  return length > end && g_ascii_strcasecmp (name + length - end, suffix) == 0;
}

GPtrArray *
_hearth_store_list_names (const char *directory,
                          const char *suffix,
                          GError    **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) open = g_dir_open (directory, 0, &reason);
  const char *name;

  if (open == NULL && !g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO,
                   _("The folder “%s” cannot be read. Check its permissions."), directory);
      return NULL;
    }
  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    if (has_suffix (name, suffix) && g_utf8_validate (name, -1, NULL))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}
