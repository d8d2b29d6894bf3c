/* hearth-chat-assets.c: files that belong to a chat (http-api.md 15.4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-chat-store-private.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "hearth-file-memory.h"
#include "hearth-id.h"
#include "hearth-store-private.h"
#include "hearth-i18n.h"

#define MAX_SUFFIX 16

/* --- names --------------------------------------------------------------------------- */

/* ".png", or "" where there is none that looks like one. */
static char *
dup_suffix (const char *name)
{
  const char *dot = strrchr (name, '.');

  if (dot == NULL || dot[1] == '\0' || strlen (dot) > MAX_SUFFIX)
    return g_strdup ("");
  for (const char *at = dot + 1; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at))
      return g_strdup ("");
  return g_ascii_strdown (dot, -1);
}

static const char *
guess_type (const char *file)
{
  g_autofree char *content_type = g_content_type_guess (file, NULL, 0, NULL);
  g_autofree char *mime = g_content_type_get_mime_type (content_type);

  if (mime != NULL && g_str_has_prefix (mime, "image/"))
    return "image";
  if (mime != NULL && g_str_has_prefix (mime, "audio/"))
    return "audio";
  if (mime != NULL && g_str_has_prefix (mime, "video/"))
    return "video";
  return "document";
}

/* --- adding --------------------------------------------------------------------------- */

static gboolean
copy_file (const char *source,
           const char *directory,
           const char *file,
           GError    **error)
{
  g_autofree char *path = g_build_filename (directory, file, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (source);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GError) reason = NULL;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    return _hearth_store_fail (error, directory, errno);
  if (g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &reason))
    return TRUE;
  g_unlink (path);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO,
               /* Translators: followed by the system's reason */
               _("The file cannot be attached: %s"), reason->message);
  return FALSE;
}

static gboolean
note_asset (HearthChatTree *tree,
            gpointer        asset,
            GError        **error)
{
  hearth_chat_tree_add_asset (tree, asset);
  return TRUE;
}

static HearthValue *
describe (HearthChatPlace *place,
          const char      *session_id,
          const char      *id,
          const char      *file,
          const char      *name,
          const char      *type)
{
  g_autofree char *url = g_strdup_printf ("user://projects/%s/assets/chats/%s/%s", place->project_id, session_id, file);

  return hearth_value_object ("id", hearth_value_string (id),
                              "type", hearth_value_string (type != NULL ? type : guess_type (file)),
                              "url", hearth_value_string (url),
                              "metadata", hearth_value_object ("name", hearth_value_string (name), NULL), NULL);
}

HearthValue *
hearth_chat_store_add_asset (HearthDataDir *dir,
                             const char    *project_id,
                             const char    *session_id,
                             const char    *source,
                             const char    *name,
                             const char    *type,
                             GError       **error)
{
  g_auto (HearthChatPlace) place = { NULL };
  g_autofree char *id = NULL;
  g_autofree char *suffix = NULL;
  g_autofree char *file = NULL;
  g_autoptr (HearthValue) asset = NULL;
  g_autoptr (HearthValue) file_name = NULL;
  g_autoptr (HearthChatTree) tree = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (source != NULL && name != NULL, NULL);

  if (!_hearth_chat_place_find (&place, dir, project_id, session_id, TRUE, error))
    return NULL;
  id = hearth_id_new_uuid ();
  suffix = dup_suffix (name);
  file = g_strconcat (id, suffix, NULL);
  if (!copy_file (source, place.assets, file, error))
    return NULL;
  asset = describe (&place, session_id, id, file, name, type);
  tree = hearth_chat_store_change (dir, place.project_id, session_id, note_asset, asset, error);
  file_name = hearth_value_string (file);
  return tree != NULL ? hearth_value_with (asset, "name", file_name) : NULL;
}

/* --- looking --------------------------------------------------------------------------- */

static gboolean
look_at (HearthChatPlace *place,
         const char      *file,
         struct stat     *info)
{
  g_autofree char *path = g_build_filename (place->assets, file, NULL);

  return stat (path, info) == 0 && S_ISREG (info->st_mode) && _hearth_store_is_inside (place->assets, path);
}

HearthValue *
hearth_chat_store_list_assets (HearthDataDir *dir,
                               const char    *project_id,
                               const char    *session_id,
                               GError       **error)
{
  g_auto (HearthChatPlace) place = { NULL };
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  if (!_hearth_chat_place_find (&place, dir, project_id, session_id, TRUE, error))
    return NULL;
  names = _hearth_store_list_names (place.assets, "", error);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const char *dot = strrchr (name, '.');
      struct stat info;

      if (look_at (&place, name, &info))
        hearth_builder_add (&list, NULL,
                            hearth_value_object ("id", hearth_value_string_len (name, dot != NULL ? (gsize) (dot - name) : strlen (name)),
                                                 "name", hearth_value_string (name),
                                                 "size", hearth_value_integer (info.st_size), "lastModified",
                                                 hearth_value_integer ((gint64) info.st_mtim.tv_sec * 1000 + info.st_mtim.tv_nsec / 1000000),
                                                 NULL));
    }
  return names != NULL ? hearth_builder_end_array (&list) : NULL;
}

char *
hearth_chat_store_find_asset (HearthDataDir *dir,
                              const char    *project_id,
                              const char    *session_id,
                              const char    *name,
                              GError       **error)
{
  g_auto (HearthChatPlace) place = { NULL };
  struct stat info;

  g_return_val_if_fail (dir != NULL, NULL);

  if (!_hearth_chat_place_find (&place, dir, project_id, session_id, TRUE, error))
    return NULL;
  if (name == NULL || *name == '\0' || *name == '.' || strchr (name, '/') != NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                 _("“%s” cannot be the name of an attachment."), name != NULL ? name : "");
  else if (!look_at (&place, name, &info))
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("There is no attachment “%s” in this chat."), name);
  else
    return g_build_filename (place.assets, name, NULL);
  return NULL;
}
