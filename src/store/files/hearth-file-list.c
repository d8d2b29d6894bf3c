/* hearth-file-list.c: what is in a folder (http-api.md 13.1, 13.2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-file-private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-beneath.h"
#include "hearth-file-type.h"
#include "hearth-folder.h"

#include "hearth-i18n.h"

/* Of a file or folder that is not whole yet; gone in a moment. */
static gboolean
is_temporary (const char *name)
{
  return g_str_has_prefix (name, HEARTH_FOLDER_UNFINISHED);
}

static gboolean
can_be_named (const char *name)
{
  return g_utf8_validate (name, -1, NULL) && strpbrk (name, "\\") == NULL && !is_temporary (name);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Takes @fd. */
static GPtrArray *
list_names (int         fd,
            const char *shown,
            GError    **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  DIR *folder = fdopendir (fd);
  struct dirent *entry;

  if (folder == NULL)
    {
      hearth_beneath_fail (error, shown, errno);
      close (fd);
      return NULL;
    }
  while ((entry = readdir (folder)) != NULL)
    if (!g_str_equal (entry->d_name, ".") && !g_str_equal (entry->d_name, "..") && can_be_named (entry->d_name))
      g_ptr_array_add (names, g_strdup (entry->d_name));
  closedir (folder);
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

/* A link shows what it leads to, as long as that lies in the same place. */
static void
add_target (HearthBuilder           *out,
            const HearthLogicalPath *path,
            struct stat             *info)
{
  g_autofree char *base = NULL;
  g_autofree char *real = hearth_beneath_resolve (path->root, path->below, path->normal, &base, NULL);
  g_autofree char *place = real != NULL ? g_build_filename (base, real, NULL) : NULL;
  g_autofree char *target = NULL;

  if (place == NULL || lstat (place, info) != 0 || S_ISLNK (info->st_mode))
    {
      hearth_builder_add_string (out, "error", _("This is a link that leads out of its folder, or nowhere."));
      return;
    }
  target = g_strdup_printf ("%.*s%s", (int) (strlen (path->normal) - strlen (path->below)), path->normal, real);
  hearth_builder_add_string (out, "targetLogicalPath", target);
}

static HearthValue *
describe (const HearthLogicalPath *path,
          struct stat              info)
{
  const char *name = hearth_logical_path_get_name (path);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) more = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) base = NULL;
  g_autoptr (HearthValue) rest = NULL;
  gboolean is_link = S_ISLNK (info.st_mode);

  if (is_link)
    add_target (&more, path, &info);
  hearth_builder_add_string (&out, "id", path->normal);
  hearth_builder_add_string (&out, "name", name);
  hearth_builder_add_string (&out, "logicalPath", path->normal);
  hearth_builder_add_string (&out, "itemType", _hearth_file_kind (info.st_mode));
  if (!S_ISDIR (info.st_mode))
    {
      gint64 modified = (gint64) info.st_mtim.tv_sec * 1000 + info.st_mtim.tv_nsec / 1000000;

      hearth_builder_add (&out, "size", hearth_value_integer ((gint64) info.st_size));
      hearth_builder_add (&out, "lastModified", hearth_value_integer (modified));
      hearth_builder_add_string (&more, "mimeType", hearth_file_type_of (name)->type);
    }
  hearth_builder_add (&out, "isSymlink", hearth_value_boolean (is_link));
  hearth_builder_add (&out, "isWritable", hearth_value_boolean (path->writable));
  base = hearth_builder_end_object (&out);
  rest = hearth_builder_end_object (&more);
  return hearth_value_overlay (base, rest);
}

static HearthValue *
list_folder (const HearthLogicalPath *path,
             gboolean                 make,
             GError                 **error)
{
  int fd = hearth_beneath_open_folder (path->root, path->below, make && path->writable, path->normal, error);
  g_autoptr (GPtrArray) names = fd >= 0 ? list_names (dup (fd), path->normal, error) : NULL;
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autoptr (HearthLogicalPath) child = hearth_logical_path_dup_child (path, name);
      struct stat info;

      /* Gone meanwhile */
      if (fstatat (fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
        hearth_builder_add (&out, NULL, describe (child, info));
    }
  if (fd >= 0)
    close (fd);
  return names != NULL ? hearth_builder_end_array (&out) : NULL;
}

static HearthValue *
list_shared_areas (void)
{
  static const char *const areas[] = { "library", "templates" };
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      g_autofree char *path = g_strconcat ("shared://", areas[i], NULL);

      hearth_builder_add (&out, NULL, hearth_value_object ("id", hearth_value_string (path),
                                                           "name", hearth_value_string (areas[i]),
                                                           "logicalPath", hearth_value_string (path),
                                                           "itemType", hearth_value_string ("directory"),
                                                           "isSymlink", hearth_value_boolean (FALSE),
                                                           "isWritable", hearth_value_boolean (TRUE),
                                                           NULL));
    }
  return hearth_builder_end_array (&out);
}

HearthValue *
hearth_file_store_list (HearthDataDir *dir,
                        const char    *path,
                        gboolean       make,
                        GError       **error)
{
  g_autoptr (HearthLogicalPath) folder = NULL;
  g_autoptr (GError) local_error = NULL;
  HearthValue *list;

  g_return_val_if_fail (dir != NULL && path != NULL, NULL);

  folder = hearth_logical_path_new (dir, path, error);
  if (folder == NULL)
    return NULL;
  if (folder->root == NULL)
    return list_shared_areas ();
  list = list_folder (folder, make, &local_error);
  if (list == NULL && g_error_matches (local_error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND))
    return hearth_value_empty_array ();
  if (list == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return list;
}
