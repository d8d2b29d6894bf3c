/* hearth-project-store.c: projects as folders with a project.json
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-store-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "hearth-file-memory.h"
#include "hearth-folder.h"
#include "hearth-id.h"
#include "hearth-i18n.h"

#define PROJECT_FILE "project.json"

/* --- metadata ------------------------------------------------------------------- */

static gboolean
is_utc_time (const char *text)
{
  g_autoptr (GDateTime) time = NULL;

  if (!g_str_has_suffix (text, "Z") || strchr (text, 'T') == NULL)
    return FALSE;
  time = g_date_time_new_from_iso8601 (text, NULL);
  return time != NULL;
}

static gboolean
is_absent_or (HearthValue    *metadata,
              const char     *key,
              HearthValueKind kind)
{
  HearthValue *value = hearth_value_get (metadata, key);

  return value == NULL || hearth_value_get_kind (value) == kind;
}

/* What the frontend insists on; one project that lacks it would take the whole list down. */
static gboolean
is_metadata (HearthValue *value)
{
  const char *view = hearth_value_get_member_string (value, "preferredView", "editor");
  static const char *const texts[] = { "id", "name", "version", "schemaVersion" };
  static const char *const times[] = { "createdAt", "updatedAt" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (hearth_value_get_member_string (value, texts[i], NULL) == NULL)
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    if (!is_utc_time (hearth_value_get_member_string (value, times[i], "")))
      return FALSE;
  return is_absent_or (value, "description", HEARTH_VALUE_STRING)
         && is_absent_or (value, "templateUsed", HEARTH_VALUE_STRING)
         && is_absent_or (value, "preferredView", HEARTH_VALUE_STRING)
         && is_absent_or (value, "enableChatPage", HEARTH_VALUE_BOOLEAN)
         && is_absent_or (value, "panels", HEARTH_VALUE_ARRAY)
         && is_absent_or (value, "customMetadata", HEARTH_VALUE_OBJECT)
         && (g_str_equal (view, "editor") || g_str_equal (view, "custom"));
}

/* Takes @metadata. */
static HearthValue *
with_default (HearthValue *metadata,
              const char  *key,
              HearthValue *fallback)
{
  g_autoptr (HearthValue) old = metadata;
  g_autoptr (HearthValue) value = fallback;

  if (hearth_value_get (old, key) != NULL)
    return g_steal_pointer (&old);
  return hearth_value_with (old, key, value);
}

static HearthValue *
read_metadata (const char *project,
               GError    **error)
{
  g_autofree char *path = g_build_filename (project, PROJECT_FILE, NULL);
  g_autoptr (HearthValue) metadata = hearth_store_read_json (path, HEARTH_MAX_PROJECT_BYTES, error);

  if (metadata == NULL)
    return NULL;
  if (!is_metadata (metadata))
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID,
                   _("“%s” does not describe a project: id, name, version, schemaVersion, createdAt and updatedAt must be there. Correct it in a text editor."),
                   path);
      return NULL;
    }
  metadata = with_default (g_steal_pointer (&metadata), "preferredView", hearth_value_string ("editor"));
  return with_default (g_steal_pointer (&metadata), "enableChatPage", hearth_value_boolean (TRUE));
}

static gboolean
write_metadata (const char  *project,
                HearthValue *metadata,
                GError     **error)
{
  g_autofree char *path = g_build_filename (project, PROJECT_FILE, NULL);

  return _hearth_store_write_json (path, metadata, error);
}

static void
fail_missing (GError    **error,
              const char *project_id)
{
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
               _("There is no project “%s”. It may have been renamed or deleted."), project_id);
}

static char *
find_project (HearthDataDir *dir,
              const char    *project_id,
              GError       **error)
{
  g_autofree char *project = _hearth_store_dup_project (dir, project_id, error);

  if (project == NULL)
    return NULL;
  if (!g_file_test (project, G_FILE_TEST_IS_DIR))
    {
      fail_missing (error, project_id);
      return NULL;
    }
  return g_steal_pointer (&project);
}

/* --- looking --------------------------------------------------------------------- */

HearthValue *
hearth_project_store_list (HearthDataDir *dir,
                           GError       **error)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  g_autofree char *projects = NULL;
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  projects = hearth_data_dir_dup_projects (dir);
  names = _hearth_store_list_names (projects, "", error);
  if (names == NULL)
    return NULL;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      gboolean unfinished = g_str_has_prefix (name, HEARTH_FOLDER_UNFINISHED);
      g_autofree char *project = unfinished ? NULL : find_project (dir, name, NULL);
      g_autoptr (HearthValue) metadata = project != NULL ? read_metadata (project, NULL) : NULL;
      g_autoptr (HearthValue) id = hearth_value_string (name);

      if (metadata != NULL)
        hearth_builder_add (&list, NULL, hearth_value_with (metadata, "id", id));
    }
  return hearth_builder_end_array (&list);
}

HearthValue *
hearth_project_store_read (HearthDataDir *dir,
                           const char    *project_id,
                           GError       **error)
{
  g_autofree char *project = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  project = find_project (dir, project_id, error);
  return project != NULL ? read_metadata (project, error) : NULL;
}

/* --- changing ---------------------------------------------------------------------- */

static HearthValue *
make_metadata (const char *id,
               const char *name,
               const char *description)
{
  g_autofree char *now = hearth_time_now_iso ();
  g_autofree char *sentence = g_strdup_printf (_("A project made at %s"), now);

  return hearth_value_object ("id", hearth_value_string (id),
                              "name", hearth_value_string (name),
                              "description",
                              hearth_value_string (description != NULL && *description != '\0' ? description : sentence),
                              "version", hearth_value_string (HEARTH_VERSION),
                              "createdAt", hearth_value_string (now),
                              "updatedAt", hearth_value_string (now),
                              "preferredView", hearth_value_string ("editor"),
                              "schemaVersion", hearth_value_string (HEARTH_VERSION),
                              "enableChatPage", hearth_value_boolean (TRUE),
                              NULL);
}

/* FALSE with EXISTS when the folder is there. */
static gboolean
make_project_directory (const char *project,
                        GError    **error)
{
  g_autofree char *projects = g_path_get_dirname (project);
  g_autofree char *workflows = g_build_filename (project, "workflows", NULL);
  g_autofree char *name = g_path_get_basename (project);

  if (g_mkdir_with_parents (projects, 0700) != 0)
    return _hearth_store_fail (error, projects, errno);
  if (g_mkdir (project, 0777) == 0 && g_mkdir (workflows, 0777) == 0)
    return TRUE;
  if (errno != EEXIST)
    return _hearth_store_fail (error, project, errno);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS,
               _("There is a project “%s” already. Choose another name."), name);
  return FALSE;
}

HearthValue *
hearth_project_store_create (HearthDataDir *dir,
                             const char    *name,
                             const char    *description,
                             GError       **error)
{
  g_autofree char *id = NULL;
  g_autofree char *project = NULL;
  g_autoptr (HearthValue) metadata = NULL;
  g_autoptr (HearthProjectLock) lock = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  project = _hearth_store_dup_project (dir, name, error);
  if (project == NULL)
    return NULL;
  id = g_path_get_basename (project);
  lock = _hearth_project_lock_take (dir, id);
  if (!make_project_directory (project, error))
    return NULL;
  metadata = make_metadata (id, name, description);
  return write_metadata (project, metadata, error) ? g_steal_pointer (&metadata) : NULL;
}

static HearthValue *
overlay_metadata (HearthValue *metadata,
                  HearthValue *members)
{
  g_autofree char *now = hearth_time_now_iso ();
  g_autoptr (HearthValue) overlaid = hearth_value_overlay (metadata, members);
  g_autoptr (HearthValue) fixed = hearth_value_object (
      "id", hearth_value_ref (hearth_value_get (metadata, "id")),
      "createdAt", hearth_value_ref (hearth_value_get (metadata, "createdAt")),
      "updatedAt", hearth_value_string (now), NULL);

  return hearth_value_overlay (overlaid, fixed);
}

HearthValue *
hearth_project_store_update (HearthDataDir *dir,
                             const char    *project_id,
                             HearthValue   *members,
                             GError       **error)
{
  g_autofree char *project = NULL;
  g_autoptr (HearthValue) metadata = NULL;
  g_autoptr (HearthValue) updated = NULL;
  g_autoptr (HearthProjectLock) lock = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (hearth_value_is (members, OBJECT), NULL);

  project = find_project (dir, project_id, error);
  if (project == NULL)
    return NULL;
  lock = _hearth_project_lock_take (dir, project_id);
  metadata = read_metadata (project, error);
  if (metadata == NULL)
    return NULL;
  updated = overlay_metadata (metadata, members);
  return write_metadata (project, updated, error) ? g_steal_pointer (&updated) : NULL;
}

void
_hearth_project_touch (HearthDataDir *dir,
                       const char    *project_id)
{
  g_autofree char *project = find_project (dir, project_id, NULL);
  g_autoptr (HearthValue) metadata = project != NULL ? read_metadata (project, NULL) : NULL;
  g_autoptr (HearthValue) updated = NULL;

  if (metadata == NULL)
    return;
  updated = overlay_metadata (metadata, NULL);
  write_metadata (project, updated, NULL);
}

char *
hearth_project_store_delete (HearthDataDir *dir,
                             const char    *project_id,
                             GError       **error)
{
  g_autofree char *project = NULL;
  g_autofree char *bin = NULL;
  g_autoptr (HearthProjectLock) lock = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  project = find_project (dir, project_id, error);
  if (project == NULL)
    return NULL;
  lock = _hearth_project_lock_take (dir, project_id);
  bin = hearth_data_dir_dup_recycle_bin (dir);
  return _hearth_store_throw_away (project, bin, "", error);
}
