/* hearth-workflow-index.c: remembers what is in the files of a folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workflow-index.h"

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
  HearthWorkflowFile *file; /* NULL: not a workflow */
} Memory;

static GMutex mutex;
static GHashTable *memories; /* path -> Memory */

/* --- one file ---------------------------------------------------------------------- */

void
_hearth_workflow_file_unref (HearthWorkflowFile *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->entry, hearth_value_unref);
  g_free (self->own_id);
  g_free (self->stem);
  g_free (self->file);
  g_free (self);
}

static HearthWorkflowFile *
file_ref (HearthWorkflowFile *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static HearthValue *
make_entry (HearthValue *workflow,
            const char  *id)
{
  HearthValue *references = hearth_value_get_member_kind (workflow, "referencedWorkflows", HEARTH_VALUE_ARRAY);
  g_auto (HearthBuilder) entry = HEARTH_BUILDER_INIT;

  hearth_builder_add_string (&entry, "id", id);
  hearth_builder_add_string (&entry, "name", hearth_value_get_member_string (workflow, "name", NULL));
  hearth_builder_add_string (&entry, "description", hearth_value_get_member_string (workflow, "description", NULL));
  hearth_builder_add_string (&entry, "updatedAt", hearth_value_get_member_string (workflow, "updatedAt", NULL));
  hearth_builder_add_string (&entry, "creationMethod",
                             hearth_value_get_member_string (workflow, "creationMethod", NULL));
  hearth_builder_add (&entry, "referencedWorkflows", hearth_value_ref_or_null (references));
  return hearth_builder_end_object (&entry);
}

static HearthWorkflowFile *
parse_file (const char *path,
            const char *name)
{
  g_autoptr (HearthValue) workflow = hearth_store_read_json (path, HEARTH_MAX_STORED_BYTES, NULL);
  const char *id = hearth_value_get_member_string (workflow, "id", "");
  const char *title = hearth_value_get_member_string (workflow, "name", "");
  HearthWorkflowFile *self;

  if (!hearth_value_is (workflow, OBJECT) || hearth_value_get_member_kind (workflow, "nodes", HEARTH_VALUE_ARRAY) == NULL)
    return NULL;
  self = g_new0 (HearthWorkflowFile, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->file = g_strdup (name);
  self->stem = g_strndup (name, strlen (name) - strlen (".json"));
  self->own_id = g_strdup (*id != '\0' ? id : self->stem);
  self->id = self->own_id;
  self->entry = *title != '\0' ? make_entry (workflow, self->own_id) : NULL;
  return self;
}

/* --- memory --------------------------------------------------------------------------- */

static void
memory_free (gpointer data)
{
  Memory *self = data;

  g_clear_pointer (&self->file, _hearth_workflow_file_unref);
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

/* TRUE when the file is as it was; then @file is a new reference, or NULL. */
static gboolean
recall (const char          *path,
        const Stamp         *stamp,
        HearthWorkflowFile **file)
{
  Memory *memory;
  gboolean known;

  g_mutex_lock (&mutex);
  memory = memories != NULL ? g_hash_table_lookup (memories, path) : NULL;
  known = memory != NULL && memory->settled && stamp_equal (&memory->stamp, stamp);
  *file = known && memory->file != NULL ? file_ref (memory->file) : NULL;
  g_mutex_unlock (&mutex);
  return known;
}

static void
remember (const char         *path,
          const Stamp        *stamp,
          gint64              read_at_ns,
          HearthWorkflowFile *file)
{
  Memory *memory = g_new0 (Memory, 1);

  memory->stamp = *stamp;
  memory->settled = read_at_ns - stamp->changed_ns > TICK_NS;
  memory->file = file != NULL ? file_ref (file) : NULL;
  g_mutex_lock (&mutex);
  if (memories == NULL)
    memories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, memory_free);
  g_hash_table_replace (memories, g_strdup (path), memory);
  g_mutex_unlock (&mutex);
}

static void
forget (const char *path)
{
  g_mutex_lock (&mutex);
  if (memories != NULL)
    g_hash_table_remove (memories, path);
  g_mutex_unlock (&mutex);
}

static HearthWorkflowFile *
look_at (const char *directory,
         const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  gint64 now_ns = g_get_real_time () * 1000;
  HearthWorkflowFile *file = NULL;
  Stamp stamp;

  if (!take_stamp (directory, path, &stamp))
    {
      forget (path);
      return NULL;
    }
  if (recall (path, &stamp, &file))
    return file;
  file = parse_file (path, name);
  remember (path, &stamp, now_ns, file);
  return file;
}

/* --- folders --------------------------------------------------------------------------- */

static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  const HearthWorkflowFile *const *left = a;
  const HearthWorkflowFile *const *right = b;

  return strcmp ((*left)->file, (*right)->file);
}

GPtrArray *
_hearth_workflow_index_list (const char *directory,
                             GError    **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) _hearth_workflow_file_unref);
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
    if (g_str_has_suffix (name, ".json") && g_utf8_validate (name, -1, NULL))
      {
        HearthWorkflowFile *file = look_at (directory, name);

        if (file != NULL)
          g_ptr_array_add (files, file);
      }
  g_ptr_array_sort (files, compare_files);
  return g_steal_pointer (&files);
}

HearthWorkflowFile *
_hearth_workflow_index_find (GPtrArray  *files,
                             const char *workflow_id)
{
  for (guint i = 0; i < files->len; i++)
    {
      HearthWorkflowFile *file = g_ptr_array_index (files, i);

      if (g_str_equal (file->id, workflow_id))
        return file;
    }
  for (guint i = 0; i < files->len; i++)
    {
      HearthWorkflowFile *file = g_ptr_array_index (files, i);

      if (g_str_equal (file->stem, workflow_id) || g_str_equal (file->file, workflow_id))
        return file;
    }
  return NULL;
}
