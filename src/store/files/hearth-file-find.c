/* hearth-file-find.c: files to choose from, and files from elsewhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-file-store.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "hearth-i18n.h"

/* More is nothing that one would look through. */
#define MAX_DEPTH 6
#define MAX_FOUND 500

/* --- finding ------------------------------------------------------------------------------------- */

typedef struct
{
  HearthDataDir     *dir;
  const char *const *endings;
  HearthBuilder      found;
  guint              n_found;
} Search;

static gboolean
is_wanted (Search     *self,
           const char *name)
{
  const char *dot = strrchr (name, '.');

  for (gsize i = 0; dot != NULL && self->endings[i] != NULL; i++)
    if (g_ascii_strcasecmp (dot + 1, self->endings[i]) == 0)
      return TRUE;
  return FALSE;
}

/* What Hearth keeps there for itself. */
static gboolean
is_own (const char *name)
{
  static const char *const names[] = { "workflows", "themes", "locales", "ui", "project.json", NULL };

  return *name == '.' || g_strv_contains (names, name);
}

/* Links are not followed: a search could go round in circles. */
static void
search (Search     *self,
        const char *folder,
        guint       depth)
{
  g_autoptr (HearthValue) items = hearth_file_store_list (self->dir, folder, FALSE, NULL);

  for (gsize i = 0; items != NULL && i < hearth_value_get_length (items) && self->n_found < MAX_FOUND; i++)
    {
      HearthValue *item = hearth_value_at (items, i);
      const char *name = hearth_value_get_member_string (item, "name", "");
      const char *path = hearth_value_get_member_string (item, "logicalPath", "");

      if (is_own (name) || hearth_value_get_member_boolean (item, "isSymlink", FALSE))
        continue;
      if (g_str_equal (hearth_value_get_member_string (item, "itemType", ""), "directory"))
        {
          if (depth < MAX_DEPTH)
            search (self, path, depth + 1);
        }
      else if (is_wanted (self, name))
        {
          hearth_builder_add_string (&self->found, NULL, path);
          self->n_found++;
        }
    }
}

HearthValue *
hearth_file_store_find (HearthDataDir     *dir,
                        const char *const *folders,
                        const char *const *endings)
{
  Search self = { dir, endings, HEARTH_BUILDER_INIT, 0 };

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (folders != NULL && endings != NULL, NULL);

  for (gsize i = 0; folders[i] != NULL; i++)
    search (&self, folders[i], 0);
  return hearth_builder_end_array (&self.found);
}

/* --- taking in ------------------------------------------------------------------------------------- */

static gboolean
has_name (HearthValue *items,
          const char  *name)
{
  for (gsize i = 0; items != NULL && i < hearth_value_get_length (items); i++)
    if (g_strcmp0 (hearth_value_get_member_string (hearth_value_at (items, i), "name", NULL), name) == 0)
      return TRUE;
  return FALSE;
}

/* "owl 2.png" when there is an "owl.png". */
static char *
dup_free_name (HearthDataDir *dir,
               const char    *folder,
               const char    *name)
{
  g_autoptr (HearthValue) items = hearth_file_store_list (dir, folder, FALSE, NULL);
  const char *dot = strrchr (name, '.');
  int length = dot != NULL ? (int) (dot - name) : (int) strlen (name);
  char *found = g_strdup (name);

  for (guint i = 2; has_name (items, found); i++)
    {
      g_free (found);
      found = g_strdup_printf ("%.*s %u%s", length, name, i, dot != NULL ? dot : "");
    }
  return found;
}

/* In the data folder, so that it only changes its name afterwards. */
static char *
copy_near (HearthDataDir *dir,
           const char    *path,
           GError       **error)
{
  g_autofree char *place = g_build_filename (hearth_data_dir_get_root (dir), ".import-XXXXXX", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GFile) target = NULL;
  int fd = g_mkstemp (place);

  if (fd < 0)
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO, "%s", g_strerror (errno));
      return NULL;
    }
  close (fd);
  target = g_file_new_for_path (place);
  if (g_file_copy (source, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, error))
    return g_steal_pointer (&place);
  g_unlink (place);
  return NULL;
}

HearthValue *
hearth_file_store_import (HearthDataDir *dir,
                          const char    *path,
                          const char    *folder,
                          GError       **error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autofree char *copy = NULL;
  HearthValue *item;

  g_return_val_if_fail (dir != NULL && path != NULL && folder != NULL, NULL);

  if (!hearth_file_store_check_folder (dir, folder, error))
    return NULL;
  copy = copy_near (dir, path, error);
  if (copy == NULL)
    return NULL;
  base = g_path_get_basename (path);
  name = dup_free_name (dir, folder, base);
  item = hearth_file_store_take (dir, folder, name, copy, error);
  if (item == NULL)
    g_unlink (copy);
  return item;
}
