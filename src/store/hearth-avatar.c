/* hearth-avatar.c: the picture of a user
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-avatar.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "hearth-store-private.h"
#include "hearth-i18n.h"

/* What a file of each format begins with, and what stands 8 bytes in where that is not enough. */
static const struct
{
  const char *suffix;
  const char *start;
  gsize length;
  const char *eighth;
} formats[] = {
  { "jpg", "\xff\xd8\xff", 3, NULL },
  { "png", "\x89PNG\r\n\x1a\n", 8, NULL },
  { "gif", "GIF87a", 6, NULL },
  { "gif", "GIF89a", 6, NULL },
  { "webp", "RIFF", 4, "WEBP" },
};

/* Also names an earlier version or the reference may have given it */
static const char *const suffixes[] = { "jpg", "jpeg", "png", "gif", "webp", "svg", "bmp" };

static const char *
find_suffix (const char *data,
             gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      if (length > 12 && memcmp (data, formats[i].start, formats[i].length) == 0
          && (formats[i].eighth == NULL || memcmp (data + 8, formats[i].eighth, 4) == 0))
        return formats[i].suffix;
    }
  return NULL;
}

static gboolean
check (const char  *data,
       gsize        length,
       const char **suffix,
       GError     **error)
{
  *suffix = find_suffix (data, length);
  if (*suffix == NULL)
    g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
                         _("This is no picture that a browser shows everywhere. Choose a JPEG, PNG, GIF or WebP file."));
  else if (length > HEARTH_MAX_AVATAR_BYTES)
    g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
                         _("The picture is larger than 5 MiB. Make it smaller, then choose it again."));
  else
    return TRUE;
  return FALSE;
}

static void
remove_others (const char *directory,
               const char *user,
               const char *suffix)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (user, ".", suffixes[i], NULL);
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (!g_str_equal (suffixes[i], suffix))
        g_unlink (path);
    }
}

char *
hearth_avatar_store (HearthDataDir *dir,
                     const char    *user,
                     const char    *path,
                     GError       **error)
{
  g_autofree char *public = NULL;
  g_autofree char *directory = NULL;
  g_autofree char *name = NULL;
  g_autofree char *target = NULL;
  g_autofree char *data = NULL;
  const char *suffix;
  gsize length;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (user != NULL && path != NULL, NULL);

  if (!g_file_get_contents (path, &data, &length, error) || !check (data, length, &suffix, error))
    return NULL;
  public = hearth_data_dir_dup_public (dir);
  directory = g_build_filename (public, "avatars", NULL);
  name = g_strconcat (user, ".", suffix, NULL);
  target = g_build_filename (directory, name, NULL);
  if (g_mkdir_with_parents (directory, 0777) != 0)
    {
      _hearth_store_fail (error, directory, errno);
      return NULL;
    }
  if (!g_file_set_contents_full (target, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0644, error))
    return NULL;
  remove_others (directory, user, suffix);
  return g_strconcat ("/avatars/", name, NULL);
}
