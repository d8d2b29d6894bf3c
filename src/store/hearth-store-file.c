/* hearth-store-file.c: JSON files, and staying inside the data folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-id.h"
#include "hearth-json.h"
#include "hearth-i18n.h"

#define FIRST_BLOCK 65536

gboolean
_hearth_store_fail (GError    **error,
                    const char *path,
                    int         code)
{
  if (code == ENOENT || code == ENOTDIR)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("There is no file “%s”. Check its name and its folder."), path);
  else
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO,
                 _("“%s” cannot be used: %s. Check its permissions and the free space."), path, g_strerror (code));
  return FALSE;
}

static void
fail_too_large (GError    **error,
                const char *path,
                gsize       max_bytes)
{
  g_autofree char *limit = g_format_size_full (max_bytes, G_FORMAT_SIZE_IEC_UNITS);

  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
               _("“%s” is larger than %s, the most that is read. Take large data out of it."), path, limit);
}

/* --- reading ------------------------------------------------------------------- */

/* Reads on until the end, which need not be where the size says: pipes have none, and files grow. */
static GByteArray *
read_to_end (int         fd,
             const char *path,
             gsize       expected,
             gsize       max_bytes,
             GError    **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint) MAX (expected + 1, FIRST_BLOCK));
  gsize used = 0;

  for (;;)
    {
      gssize n;

      g_byte_array_set_size (bytes, (guint) MAX (used + FIRST_BLOCK, expected + 1));
      n = read (fd, bytes->data + used, bytes->len - used);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          _hearth_store_fail (error, path, errno);
          return NULL;
        }
      if (n == 0)
        break;
      used += (gsize) n;
      if (used > max_bytes)
        {
          fail_too_large (error, path, max_bytes);
          return NULL;
        }
    }
  g_byte_array_set_size (bytes, (guint) used);
  return g_steal_pointer (&bytes);
}

static GByteArray *
read_open (int         fd,
           const char *path,
           gsize       max_bytes,
           GError    **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    {
      _hearth_store_fail (error, path, errno);
      return NULL;
    }
  if (S_ISDIR (info.st_mode))
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                   _("“%s” is a folder. Name a file in it."), path);
      return NULL;
    }
  if (S_ISREG (info.st_mode) && (gsize) info.st_size > max_bytes)
    {
      fail_too_large (error, path, max_bytes);
      return NULL;
    }
  return read_to_end (fd, path, S_ISREG (info.st_mode) ? (gsize) info.st_size : 0, max_bytes, error);
}

HearthValue *
hearth_store_read_json (const char *path,
                        gsize       max_bytes,
                        GError    **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GError) reason = NULL;
  HearthValue *value;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (max_bytes < G_MAXINT, NULL);

  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    {
      _hearth_store_fail (error, path, errno);
      return NULL;
    }
  bytes = read_open (fd, path, max_bytes, error);
  close (fd);
  if (bytes == NULL)
    return NULL;
  value = hearth_json_parse ((const char *) bytes->data, (gssize) bytes->len, &reason);
  if (value == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                 /* Translators: a file, and what is wrong with it ("Line 3, column 7: …") */
                 _("“%s” is not usable as JSON. %s"), path, reason->message);
  return value;
}

gboolean
_hearth_store_write_json (const char  *path,
                          HearthValue *value,
                          GError     **error)
{
  g_autofree char *text = hearth_json_print_pretty (value);

  return hearth_file_write_atomically (path, text, strlen (text), error);
}

gboolean
_hearth_store_write_private (const char  *path,
                             HearthValue *value,
                             GError     **error)
{
  g_autofree char *text = hearth_json_print_pretty (value);

  return _hearth_file_write_as (path, path, 0600, text, strlen (text), error);
}

/* --- throwing away ---------------------------------------------------------------- */

/* Room for the time and the suffix within the 255 bytes a name may have. */
#define MAX_RETIRED_STEM 220

static char *
make_retired_name (const char *path,
                   const char *suffix)
{
  g_autofree char *name = g_path_get_basename (path);
  gsize length = strlen (name);

  if (g_str_has_suffix (name, suffix))
    length -= strlen (suffix);
  if (length > MAX_RETIRED_STEM)
    length = (gsize) (g_utf8_find_prev_char (name, name + MAX_RETIRED_STEM + 1) - name);
  return g_strdup_printf ("%.*s_%" G_GINT64_FORMAT "%s", (int) length, name, hearth_time_now_ms (), suffix);
}

char *
_hearth_store_throw_away (const char *path,
                          const char *bin,
                          const char *suffix,
                          GError    **error)
{
  g_autofree char *name = make_retired_name (path, suffix);
  g_autofree char *place = g_build_filename (bin, name, NULL);

  /* Twice the same name within a millisecond: what is in the bin stays there. */
  while (g_file_test (place, G_FILE_TEST_EXISTS))
    {
      g_free (name);
      g_free (place);
      g_usleep (1000);
      name = make_retired_name (path, suffix);
      place = g_build_filename (bin, name, NULL);
    }
  if (g_mkdir_with_parents (bin, 0700) == 0 && g_rename (path, place) == 0)
    return g_steal_pointer (&place);
  _hearth_store_fail (error, path, errno);
  return NULL;
}

/* --- staying inside ---------------------------------------------------------------- */

gboolean
_hearth_store_is_inside (const char *base,
                         const char *path)
{
  char *real_base = realpath (base, NULL);
  char *real_path = realpath (path, NULL);
  gsize length = real_base != NULL ? strlen (real_base) : 0;
  gboolean inside = real_path == NULL;

  if (real_base != NULL && real_path != NULL)
    inside = strncmp (real_base, real_path, length) == 0 && (real_path[length] == '/' || real_path[length] == '\0');
  free (real_base);
  free (real_path);
  return inside;
}

static char *
check_inside (HearthDataDir *dir,
              char          *path,
              const char    *project_id,
              GError       **error)
{
  g_autofree char *taken = path;
  g_autofree char *projects = hearth_data_dir_dup_projects (dir);

  if (taken == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                 _("“%s” cannot be the name of a project. Use letters or digits."),
                 project_id != NULL ? project_id : "");
  else if (!_hearth_store_is_inside (projects, taken))
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                 _("The folder “%s” is a link that leads out of the projects. Move the folder itself there."), taken);
  else
    return g_steal_pointer (&taken);
  return NULL;
}

char *
_hearth_store_dup_project (HearthDataDir *dir,
                           const char    *project_id,
                           GError       **error)
{
  return check_inside (dir, hearth_data_dir_dup_project (dir, project_id), project_id, error);
}

char *
_hearth_store_dup_workflows (HearthDataDir *dir,
                             const char    *project_id,
                             GError       **error)
{
  g_autofree char *library = NULL;

  if (project_id != NULL)
    return check_inside (dir, hearth_data_dir_dup_workflows (dir, project_id), project_id, error);
  library = hearth_data_dir_dup_shared (dir);
  return g_build_filename (library, "workflows", NULL);
}
