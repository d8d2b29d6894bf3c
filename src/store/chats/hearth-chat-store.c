/* hearth-chat-store.c: lists, makes, reads, changes and throws away chats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-chat-store-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "hearth-file-memory.h"
#include "hearth-id.h"
#include "hearth-json.h"
#include "hearth-store-private.h"
#include "hearth-i18n.h"

/* --- files --------------------------------------------------------------------------- */

static HearthChatTree *
read_tree (const char *path,
           GError    **error)
{
  g_autoptr (HearthValue) stored = hearth_store_read_json (path, HEARTH_MAX_STORED_BYTES, error);
  g_autofree char *file = g_path_get_basename (path);
  g_autofree char *session_id = g_strndup (file, strlen (file) - strlen (".json"));

  return stored != NULL ? hearth_chat_tree_load (stored, session_id, error) : NULL;
}

/* What is larger could be written, but never read again. */
static gboolean
check_size (gsize    length,
            GError **error)
{
  g_autofree char *limit = NULL;

  if (length <= HEARTH_MAX_STORED_BYTES)
    return TRUE;
  limit = g_format_size_full (HEARTH_MAX_STORED_BYTES, G_FORMAT_SIZE_IEC_UNITS);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
               _("The chat would become larger than %s. Begin a new one, or delete branches that are no longer needed."), limit);
  return FALSE;
}

static gboolean
write_tree (HearthChatPlace *place,
            HearthChatTree  *tree,
            GError         **error)
{
  g_autofree char *directory = g_path_get_dirname (place->path);
  g_autoptr (HearthValue) stored = hearth_chat_tree_save (tree);
  g_autofree char *text = hearth_json_print_pretty (stored);
  gsize length = strlen (text);

  if (!check_size (length, error))
    return FALSE;
  if (g_mkdir_with_parents (directory, 0700) != 0)
    return _hearth_store_fail (error, directory, errno);
  return hearth_file_write_atomically (place->path, text, length, error);
}

/* --- lists ---------------------------------------------------------------------------- */

static gpointer
parse_session (const char *path,
               const char *name)
{
  g_autoptr (HearthChatTree) tree = read_tree (path, NULL);

  /* The project is added where the list is made. */
  return tree != NULL ? hearth_chat_tree_to_session (tree, "", TRUE) : NULL;
}

static gpointer
ref_session (gpointer session)
{
  return hearth_value_ref (session);
}

static void
unref_session (gpointer session)
{
  hearth_value_unref (session);
}

static HearthFileMemory sessions = { .parse = parse_session, .ref = ref_session, .unref = unref_session };

static const char *
get_activity (gconstpointer session)
{
  return hearth_value_get_member_string (*(const HearthValue *const *) session, "lastActivity", "");
}

static int
compare_activity (gconstpointer a,
                  gconstpointer b)
{
  return strcmp (get_activity (b), get_activity (a));
}

HearthValue *
hearth_chat_store_list (HearthDataDir *dir,
                        const char    *project_id,
                        GError       **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  g_autofree char *project = NULL;
  g_autofree char *directory = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (HearthValue) id = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (project_id != NULL, NULL);

  project = _hearth_store_dup_project (dir, project_id, error);
  if (project == NULL)
    return NULL;
  directory = g_build_filename (project, "chats", NULL);
  names = _hearth_store_list_names (directory, ".json", error);
  if (names == NULL)
    return NULL;
  id = hearth_value_string (project_id);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (HearthValue) session = _hearth_file_memory_look_at (&sessions, directory, g_ptr_array_index (names, i));

      if (session != NULL)
        g_ptr_array_add (list, hearth_value_with (session, "projectId", id));
    }
  g_ptr_array_sort (list, compare_activity);
  return hearth_value_array ((HearthValue *const *) list->pdata, list->len);
}

/* --- making ---------------------------------------------------------------------------- */

/* Takes @value. */
static HearthValue *
with_member (HearthValue *object,
             const char  *key,
             HearthValue *value)
{
  g_autoptr (HearthValue) old = object;
  g_autoptr (HearthValue) taken = value;

  return hearth_value_with (old, key, taken);
}

static char *
make_title (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%x");

  /* Translators: the title of a new chat; the date of today */
  return g_strdup_printf (_("Chat %s"), date);
}

static HearthValue *
make_metadata (HearthValue *members)
{
  static const char *const keys[] = { "title", "description", "tags", "settings" };
  const char *type = hearth_value_get_member_string (members, "type", "chat");
  g_autofree char *title = make_title ();
  HearthValue *metadata = hearth_value_object ("title", hearth_value_string (title), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (hearth_value_get (members, keys[i]) != NULL)
      metadata = with_member (metadata, keys[i], hearth_value_ref (hearth_value_get (members, keys[i])));
  /* The reference has no place for it, and its chats are all of this type. */
  return g_str_equal (type, "chat") ? metadata : with_member (metadata, "type", hearth_value_string (type));
}

static HearthValue *
add_tree (HearthDataDir  *dir,
          const char     *project_id,
          HearthChatTree *tree,
          GError        **error)
{
  g_auto (HearthChatPlace) place = { NULL };
  g_autoptr (HearthProjectLock) lock = NULL;

  if (!_hearth_chat_place_find (&place, dir, project_id, hearth_chat_tree_get_session_id (tree), FALSE, error))
    return NULL;
  lock = _hearth_project_lock_take (dir, project_id);
  return write_tree (&place, tree, error) ? hearth_chat_tree_to_session (tree, project_id, FALSE) : NULL;
}

HearthValue *
hearth_chat_store_create (HearthDataDir *dir,
                          const char    *project_id,
                          HearthValue   *members,
                          GError       **error)
{
  g_autofree char *session_id = NULL;
  g_autoptr (HearthValue) metadata = NULL;
  g_autoptr (HearthChatTree) tree = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (project_id != NULL, NULL);

  session_id = hearth_id_new_uuid ();
  metadata = make_metadata (members);
  tree = hearth_chat_tree_new (session_id, metadata);
  return add_tree (dir, project_id, tree, error);
}

/* With times of its own where it has none. Takes @stored, which may be NULL or anything. */
static HearthValue *
with_times (HearthValue *stored)
{
  g_autofree char *now = hearth_time_now_iso ();
  HearthValue *metadata = hearth_value_get_member_kind (stored, "metadata", HEARTH_VALUE_OBJECT);
  g_autoptr (HearthValue) times = hearth_value_object ("createdAt", hearth_value_string (now),
                                                       "updatedAt", hearth_value_string (now), NULL);

  return hearth_value_is (stored, OBJECT) ? with_member (stored, "metadata", hearth_value_overlay (times, metadata)) : stored;
}

HearthValue *
hearth_chat_store_import (HearthDataDir *dir,
                          const char    *project_id,
                          const char    *text,
                          GError       **error)
{
  g_autofree char *session_id = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (HearthValue) stored = NULL;
  g_autoptr (HearthChatTree) tree = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (project_id != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  session_id = hearth_id_new_uuid ();
  stored = with_times (hearth_json_parse (text, -1, &reason));
  tree = stored != NULL ? hearth_chat_tree_load (stored, session_id, &reason) : NULL;
  if (tree != NULL)
    return add_tree (dir, project_id, tree, error);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
               /* Translators: followed by what is wrong with it */
               _("The chat cannot be imported. %s"), reason->message);
  return NULL;
}

/* --- one chat ---------------------------------------------------------------------------- */

HearthChatTree *
hearth_chat_store_read (HearthDataDir *dir,
                        const char    *project_id,
                        const char    *session_id,
                        GError       **error)
{
  g_auto (HearthChatPlace) place = { NULL };

  g_return_val_if_fail (dir != NULL, NULL);

  if (!_hearth_chat_place_find (&place, dir, project_id, session_id, TRUE, error))
    return NULL;
  return read_tree (place.path, error);
}

HearthChatTree *
hearth_chat_store_change (HearthDataDir   *dir,
                          const char      *project_id,
                          const char      *session_id,
                          HearthChatChange change,
                          gpointer         user_data,
                          GError         **error)
{
  g_auto (HearthChatPlace) place = { NULL };
  g_autoptr (HearthChatTree) tree = NULL;
  g_autoptr (HearthProjectLock) lock = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (change != NULL, NULL);

  if (!_hearth_chat_place_find (&place, dir, project_id, session_id, TRUE, error))
    return NULL;
  lock = _hearth_project_lock_take (dir, place.project_id);
  tree = read_tree (place.path, error);
  if (tree == NULL || !change (tree, user_data, error))
    return NULL;
  hearth_chat_tree_touch (tree);
  return write_tree (&place, tree, error) ? g_steal_pointer (&tree) : NULL;
}

char *
hearth_chat_store_delete (HearthDataDir *dir,
                          const char    *project_id,
                          const char    *session_id,
                          GError       **error)
{
  g_auto (HearthChatPlace) place = { NULL };
  g_autofree char *bin = NULL;
  g_autofree char *chats = NULL;
  g_autofree char *assets = NULL;
  g_autofree char *thrown = NULL;
  g_autoptr (HearthProjectLock) lock = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  if (!_hearth_chat_place_find (&place, dir, project_id, session_id, TRUE, error))
    return NULL;
  lock = _hearth_project_lock_take (dir, place.project_id);
  bin = hearth_data_dir_dup_recycle_bin (dir);
  chats = g_build_filename (bin, place.project_id, "chats", NULL);
  assets = g_build_filename (bin, place.project_id, "assets", "chats", NULL);
  thrown = _hearth_store_throw_away (place.path, chats, ".json", error);
  if (thrown != NULL && g_file_test (place.assets, G_FILE_TEST_IS_DIR))
    g_free (_hearth_store_throw_away (place.assets, assets, "", NULL));
  return g_steal_pointer (&thrown);
}
