/* hearth-character-store.c: lists, reads, adds and throws away character cards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-character-store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "hearth-character-card.h"
#include "hearth-character-list.h"
#include "hearth-store-private.h"
#include "hearth-i18n.h"

/* --- names ---------------------------------------------------------------------------- */

static gboolean
has_suffix (const char        *name,
            const char *const *suffixes)
{
  const char *dot = strrchr (name, '.');

  for (gsize i = 0; dot != NULL && suffixes[i] != NULL; i++)
    if (g_ascii_strcasecmp (dot, suffixes[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Names a file of the folder itself and of no other place. */
static gboolean
check_name (const char *name,
            GError    **error)
{
  if (name != NULL && *name != '\0' && *name != '.' && strchr (name, '/') == NULL && strstr (name, "..") == NULL)
    return TRUE;
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
               _("“%s” cannot be the file name of a character. Ask for one of the names in the list."),
               name != NULL ? name : "");
  return FALSE;
}

static gboolean
fail_missing (const char *name,
              GError    **error)
{
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
               _("There is no character in a file “%s”. It may have been deleted."), name);
  return FALSE;
}

/* --- looking --------------------------------------------------------------------------- */

/* Its `fileName` says by which name the character can be read and deleted. */
static HearthValue *
make_entry (HearthCharacterRow *row,
            guint               index)
{
  g_autoptr (HearthValue) entry = hearth_character_card_to_entry (row->card, row->stem, row->image_name, index);
  g_autoptr (HearthValue) file_name = hearth_value_string (g_ptr_array_index (row->files, 0));

  return hearth_value_with (entry, "fileName", file_name);
}

HearthValue *
hearth_character_store_list (HearthDataDir *dir,
                             GError       **error)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  g_autofree char *directory = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  directory = hearth_data_dir_dup_characters (dir);
  rows = _hearth_character_list_read (directory, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    hearth_builder_add (&list, NULL, make_entry (g_ptr_array_index (rows, i), i));
  return hearth_builder_end_array (&list);
}

/* @rows: owns what is returned. */
static HearthCharacterRow *
find_row (HearthDataDir *dir,
          const char    *file_name,
          GPtrArray    **rows,
          guint         *index,
          GError       **error)
{
  g_autofree char *directory = hearth_data_dir_dup_characters (dir);
  HearthCharacterRow *row;

  if (!check_name (file_name, error))
    return NULL;
  *rows = _hearth_character_list_read (directory, error);
  if (*rows == NULL)
    return NULL;
  row = _hearth_character_list_find (*rows, file_name, index);
  if (row == NULL)
    fail_missing (file_name, error);
  return row;
}

/* A damaged card in a picture counts as none, as in the list. */
static HearthValue *
read_card (const char *directory,
           const char *file,
           GError    **error)
{
  static const char *const suffixes[] = { ".png", NULL };
  g_autofree char *path = g_build_filename (directory, file, NULL);
  HearthValue *card;

  if (!has_suffix (file, suffixes))
    return hearth_store_read_json (path, HEARTH_MAX_STORED_BYTES, error);
  card = hearth_character_card_read_png_file (path, NULL);
  return card != NULL ? card : hearth_value_empty_object ();
}

HearthValue *
hearth_character_store_read (HearthDataDir *dir,
                             const char    *file_name,
                             GError       **error)
{
  g_autofree char *directory = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (HearthValue) card = NULL;
  HearthCharacterRow *row;
  guint index;

  g_return_val_if_fail (dir != NULL, NULL);

  directory = hearth_data_dir_dup_characters (dir);
  row = find_row (dir, file_name, &rows, &index, error);
  for (guint i = 0; row != NULL && i < row->files->len; i++)
    {
      g_autoptr (HearthValue) base = g_steal_pointer (&card);
      g_autoptr (HearthValue) over = read_card (directory, g_ptr_array_index (row->files, i), error);

      if (over == NULL)
        return NULL;
      card = hearth_character_card_merge (base, over);
    }
  return g_steal_pointer (&card);
}

char *
hearth_character_store_find_image (HearthDataDir *dir,
                                   const char    *image_name,
                                   GError       **error)
{
  static const char *const suffixes[] = { ".png", ".jpg", ".jpeg", ".webp", NULL };
  g_autofree char *directory = NULL;
  g_autofree char *path = NULL;
  struct stat info;

  g_return_val_if_fail (dir != NULL, NULL);

  if (!check_name (image_name, error))
    return NULL;
  directory = hearth_data_dir_dup_characters (dir);
  path = g_build_filename (directory, image_name, NULL);
  if (!has_suffix (image_name, suffixes))
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_TYPE,
                 _("“%s” is no picture. Pictures of characters are PNG, JPEG or WebP files."), image_name);
  else if (stat (path, &info) != 0 || !S_ISREG (info.st_mode) || !_hearth_store_is_inside (directory, path))
    fail_missing (image_name, error);
  else
    return g_steal_pointer (&path);
  return NULL;
}

/* --- adding ------------------------------------------------------------------------------ */

/* What is wrong with a file that is there is a fault of the disk, but here it is one of the caller. */
static gboolean
refuse (GError **error,
        GError  *reason)
{
  g_autoptr (GError) taken = reason;

  if (taken == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
                 _("The file has no character card in it. Choose a PNG with a card, or a card as a JSON file with a name."));
  else
    g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED, taken->message);
  return FALSE;
}

static gboolean
check_card (const char *file_name,
            GBytes     *bytes,
            GError    **error)
{
  static const char *const pictures[] = { ".png", NULL };
  static const char *const texts[] = { ".json", NULL };
  g_autoptr (GError) reason = NULL;
  g_autoptr (HearthValue) card = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (has_suffix (file_name, pictures))
    card = hearth_character_card_read_png (bytes, &reason);
  else if (has_suffix (file_name, texts))
    card = hearth_character_card_parse (length > 0 ? text : "", (gssize) length, &reason);
  if (card != NULL && *hearth_character_card_get_text (card, "name") != '\0')
    return TRUE;
  return refuse (error, g_steal_pointer (&reason));
}

G_LOCK_DEFINE_STATIC (folder); /* one at a time puts files in or takes them out */

static gboolean
write_card (const char *directory,
            const char *file_name,
            GBytes     *bytes,
            GError    **error)
{
  g_autofree char *path = g_build_filename (directory, file_name, NULL);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gboolean written = FALSE;

  G_LOCK (folder);
  if (g_mkdir_with_parents (directory, 0700) != 0)
    _hearth_store_fail (error, directory, errno);
  else if (g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS,
                 _("There is a character file “%s” already. Rename the new one, or delete the old one first."), file_name);
  else
    written = hearth_file_write_atomically (path, data, length, error);
  G_UNLOCK (folder);
  return written;
}

HearthValue *
hearth_character_store_import (HearthDataDir *dir,
                               const char    *file_name,
                               GBytes        *bytes,
                               GError       **error)
{
  g_autofree char *directory = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  HearthCharacterRow *row;
  guint index;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  directory = hearth_data_dir_dup_characters (dir);
  name = hearth_name_sanitize (file_name != NULL ? file_name : "");
  if (!check_name (name, error) || !check_card (name, bytes, error) || !write_card (directory, name, bytes, error))
    return NULL;
  row = find_row (dir, name, &rows, &index, error);
  return row != NULL ? make_entry (row, index) : NULL;
}

/* --- throwing away -------------------------------------------------------------------------- */

static char *
throw_away (const char *directory,
            const char *bin,
            const char *file,
            GError    **error)
{
  g_autofree char *path = g_build_filename (directory, file, NULL);

  return _hearth_store_throw_away (path, bin, strrchr (file, '.'), error);
}

char *
hearth_character_store_delete (HearthDataDir *dir,
                               const char    *file_name,
                               GError       **error)
{
  g_autofree char *directory = NULL;
  g_autofree char *recycle_bin = NULL;
  g_autofree char *bin = NULL;
  g_autofree char *place = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  HearthCharacterRow *row;
  guint index;

  g_return_val_if_fail (dir != NULL, NULL);

  row = find_row (dir, file_name, &rows, &index, error);
  if (row == NULL)
    return NULL;
  directory = hearth_data_dir_dup_characters (dir);
  recycle_bin = hearth_data_dir_dup_recycle_bin (dir);
  bin = g_build_filename (recycle_bin, "library", "SillyTavern", "CharacterCard", NULL);
  G_LOCK (folder);
  place = throw_away (directory, bin, g_ptr_array_index (row->files, 0), error);
  for (guint i = 1; place != NULL && i < row->files->len; i++)
    g_free (throw_away (directory, bin, g_ptr_array_index (row->files, i), NULL));
  G_UNLOCK (folder);
  return g_steal_pointer (&place);
}
