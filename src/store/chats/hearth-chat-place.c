/* hearth-chat-place.c: finds a chat in its project, or in all of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-chat-store-private.h"

#include <string.h>

#include "hearth-file-memory.h"
#include "hearth-store-private.h"
#include "hearth-i18n.h"

void
_hearth_chat_place_clear (HearthChatPlace *self)
{
  g_clear_pointer (&self->project_id, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->assets, g_free);
}

static void
fail_missing (const char *session_id,
              GError    **error)
{
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
               _("There is no chat “%s”. It may have been deleted."), session_id);
}

/* An id is the name of a file, and names no other place. */
static gboolean
check_id (const char *session_id,
          GError    **error)
{
  g_autofree char *safe = session_id != NULL ? hearth_name_sanitize (session_id) : NULL;

  if (safe != NULL && *safe != '\0' && *safe != '.' && g_str_equal (safe, session_id)
      && strlen (safe) + strlen (".json") <= 255)
    return TRUE;
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
               _("“%s” cannot be the id of a chat. Ask for one of the ids in the project's list."),
               session_id != NULL ? session_id : "");
  return FALSE;
}

static gboolean
fill (HearthChatPlace *self,
      const char      *project,
      const char      *session_id,
      gboolean         must_exist)
{
  g_autofree char *file = g_strconcat (session_id, ".json", NULL);

  self->path = g_build_filename (project, "chats", file, NULL);
  self->assets = g_build_filename (project, "assets", "chats", session_id, NULL);
  self->project_id = g_path_get_basename (project);
  /* A link may lead from one project to another, but not out. */
  if (_hearth_store_is_inside (project, self->path)
      && (!must_exist || g_file_test (self->path, G_FILE_TEST_IS_REGULAR)))
    return TRUE;
  _hearth_chat_place_clear (self);
  return FALSE;
}

static gboolean
search (HearthChatPlace *self,
        HearthDataDir   *dir,
        const char      *session_id,
        GError         **error)
{
  g_autofree char *projects = hearth_data_dir_dup_projects (dir);
  g_autoptr (GPtrArray) names = _hearth_store_list_names (projects, "", error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *project = _hearth_store_dup_project (dir, g_ptr_array_index (names, i), NULL);

      if (project != NULL && fill (self, project, session_id, TRUE))
        return TRUE;
    }
  if (names != NULL)
    fail_missing (session_id, error);
  return FALSE;
}

gboolean
_hearth_chat_place_find (HearthChatPlace *self,
                         HearthDataDir   *dir,
                         const char      *project_id,
                         const char      *session_id,
                         gboolean         must_exist,
                         GError         **error)
{
  g_autofree char *project = NULL;

  if (!check_id (session_id, error))
    return FALSE;
  if (project_id == NULL)
    return search (self, dir, session_id, error);
  project = _hearth_store_dup_project (dir, project_id, error);
  if (project == NULL)
    return FALSE;
  if (!must_exist && !g_file_test (project, G_FILE_TEST_IS_DIR))
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("There is no project “%s”. It may have been renamed or deleted."), project_id);
  else if (!fill (self, project, session_id, must_exist))
    fail_missing (session_id, error);
  else
    return TRUE;
  return FALSE;
}
