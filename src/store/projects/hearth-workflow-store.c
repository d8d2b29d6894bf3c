/* hearth-workflow-store.c: workflows as files of a project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-store-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "hearth-workflow-index.h"
#include "hearth-i18n.h"

/* The chat page asks for its workflow by this path (http-api.md 9.4). */
#define CHAT_PATH "/workflows/_apps/chat/main.json"
#define CHAT_ID "_apps_chat_main"

/* --- finding ------------------------------------------------------------------------ */

/* What counts is behind the last slash, so that no id can name another folder. */
static char *
reduce_id (const char *workflow_id,
           GError    **error)
{
  const char *slash = workflow_id != NULL ? strrchr (workflow_id, '/') : NULL;
  const char *id = slash != NULL ? slash + 1 : workflow_id;

  if (workflow_id != NULL && g_str_has_suffix (workflow_id, CHAT_PATH))
    return g_strdup (CHAT_ID);
  if (id != NULL && *id != '\0' && !g_str_equal (id, ".") && !g_str_equal (id, ".."))
    return g_strdup (id);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
               _("“%s” cannot be the id of a workflow. Ask for one of the ids in the project's list."),
               workflow_id != NULL ? workflow_id : "");
  return NULL;
}

/* The file's name in @directory. */
static char *
find_file (const char *directory,
           const char *workflow_id,
           char      **found_id,
           GError    **error)
{
  g_autofree char *id = reduce_id (workflow_id, error);
  g_autoptr (GPtrArray) files = id != NULL ? _hearth_workflow_index_list (directory, error) : NULL;
  HearthWorkflowFile *file = files != NULL ? _hearth_workflow_index_find (files, id) : NULL;

  if (file != NULL && found_id != NULL)
    *found_id = g_strdup (file->id);
  if (file != NULL)
    return g_strdup (file->file);
  if (files != NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("There is no workflow “%s” here. It may have been deleted or moved to another project."), workflow_id);
  return NULL;
}

static HearthValue *
read_file (const char *directory,
           const char *file,
           const char *id,
           GError    **error)
{
  g_autofree char *path = g_build_filename (directory, file, NULL);
  g_autoptr (HearthValue) workflow = hearth_store_read_json (path, HEARTH_MAX_STORED_BYTES, error);
  g_autoptr (HearthValue) value = hearth_value_string (id);

  if (workflow == NULL)
    return NULL;
  if (hearth_value_get_member_string (workflow, "id", NULL) != NULL)
    return g_steal_pointer (&workflow);
  return hearth_value_with (workflow, "id", value);
}

HearthValue *
hearth_workflow_store_find_in (const char *directory,
                               const char *workflow_id,
                               GError    **error)
{
  g_autofree char *file = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (directory != NULL, NULL);

  file = find_file (directory, workflow_id, &id, error);
  return file != NULL ? read_file (directory, file, id, error) : NULL;
}

HearthValue *
hearth_workflow_store_read (HearthDataDir *dir,
                            const char    *project_id,
                            const char    *workflow_id,
                            GError       **error)
{
  g_autofree char *directory = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  directory = _hearth_store_dup_workflows (dir, project_id, error);
  return directory != NULL ? hearth_workflow_store_find_in (directory, workflow_id, error) : NULL;
}

HearthValue *
hearth_workflow_store_list (HearthDataDir *dir,
                            const char    *project_id,
                            GError       **error)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  g_autofree char *directory = NULL;
  g_autoptr (GPtrArray) files = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  directory = _hearth_store_dup_workflows (dir, project_id, error);
  files = directory != NULL ? _hearth_workflow_index_list (directory, error) : NULL;
  if (files == NULL)
    return NULL;
  for (guint i = 0; i < files->len; i++)
    {
      HearthWorkflowFile *file = g_ptr_array_index (files, i);

      if (file->entry != NULL)
        hearth_builder_add (&list, NULL, hearth_value_ref (file->entry));
    }
  return hearth_builder_end_array (&list);
}

/* --- changing ---------------------------------------------------------------------------- */

static void
touch (HearthDataDir *dir,
       const char    *project_id)
{
  if (project_id != NULL)
    _hearth_project_touch (dir, project_id);
}

static gboolean
is_taken (const char *path)
{
  struct stat info;

  return lstat (path, &info) == 0;
}

static gboolean
check_free (const char *directory,
            const char *file,
            const char *name,
            GError    **error)
{
  g_autofree char *path = g_build_filename (directory, file, NULL);

  if (!is_taken (path))
    return TRUE;
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS,
               _("There is a workflow “%s” in this project already. Choose another name."), name);
  return FALSE;
}

static gboolean
write_workflow (const char  *directory,
                const char  *file,
                HearthValue *workflow,
                GError     **error)
{
  g_autofree char *path = g_build_filename (directory, file, NULL);

  return _hearth_store_write_json (path, workflow, error);
}

HearthValue *
hearth_workflow_store_create (HearthDataDir *dir,
                              const char    *project_id,
                              HearthValue   *workflow,
                              GError       **error)
{
  const char *name = hearth_value_get_member_string (workflow, "name", NULL);
  g_autofree char *directory = NULL;
  g_autofree char *file = NULL;
  g_autoptr (HearthValue) stored = NULL;
  g_autoptr (HearthProjectLock) lock = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (hearth_value_is (workflow, OBJECT), NULL);

  directory = _hearth_store_dup_workflows (dir, project_id, error);
  if (directory == NULL)
    return NULL;
  lock = _hearth_project_lock_take (dir, project_id);
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      _hearth_store_fail (error, directory, errno);
      return NULL;
    }
  file = hearth_name_to_workflow_file (name);
  if (!check_free (directory, file, name, error))
    return NULL;
  stored = _hearth_workflow_new_stored (workflow);
  if (!write_workflow (directory, file, stored, error))
    return NULL;
  touch (dir, project_id);
  return g_steal_pointer (&stored);
}

/* The file of the old name becomes the previous generation of the new one. */
static void
retire_file (const char *directory,
             const char *old_file,
             const char *new_file)
{
  g_autofree char *old = g_build_filename (directory, old_file, NULL);
  g_autofree char *previous = g_build_filename (directory, ".previous", NULL);
  g_autofree char *kept = g_build_filename (previous, new_file, NULL);

  g_mkdir (previous, 0777);
  if (g_rename (old, kept) != 0)
    g_unlink (old);
}

static HearthValue *
write_renewed (const char  *directory,
               const char  *old_file,
               HearthValue *workflow,
               GError     **error)
{
  const char *name = hearth_value_get_member_string (workflow, "name", NULL);
  g_autofree char *file = name != NULL ? hearth_name_to_workflow_file (name) : g_strdup (old_file);
  gboolean renamed = !g_str_equal (file, old_file);

  if (renamed && !check_free (directory, file, name, error))
    return NULL;
  if (!write_workflow (directory, file, workflow, error))
    return NULL;
  if (renamed)
    retire_file (directory, old_file, file);
  return hearth_value_ref (workflow);
}

static HearthValue *
change (HearthDataDir *dir,
        const char    *project_id,
        const char    *workflow_id,
        HearthValue   *members,
        gboolean       overlay,
        GError       **error)
{
  g_autofree char *directory = _hearth_store_dup_workflows (dir, project_id, error);
  g_autofree char *file = NULL;
  g_autofree char *id = NULL;
  g_autoptr (HearthValue) stored = NULL;
  g_autoptr (HearthValue) renewed = NULL;
  g_autoptr (HearthValue) answer = NULL;
  g_autoptr (HearthProjectLock) lock = NULL;

  if (directory == NULL)
    return NULL;
  lock = _hearth_project_lock_take (dir, project_id);
  file = find_file (directory, workflow_id, &id, error);
  stored = file != NULL ? read_file (directory, file, id, error) : NULL;
  if (stored == NULL)
    return NULL;
  renewed = _hearth_workflow_renew (stored, overlay ? stored : NULL, members, id);
  answer = write_renewed (directory, file, renewed, error);
  if (answer != NULL)
    touch (dir, project_id);
  return g_steal_pointer (&answer);
}

HearthValue *
hearth_workflow_store_update (HearthDataDir *dir,
                              const char    *project_id,
                              const char    *workflow_id,
                              HearthValue   *workflow,
                              GError       **error)
{
  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (hearth_value_is (workflow, OBJECT), NULL);

  return change (dir, project_id, workflow_id, workflow, TRUE, error);
}

HearthValue *
hearth_workflow_store_replace (HearthDataDir *dir,
                               const char    *project_id,
                               const char    *workflow_id,
                               HearthValue   *workflow,
                               GError       **error)
{
  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (hearth_value_is (workflow, OBJECT), NULL);

  return change (dir, project_id, workflow_id, workflow, FALSE, error);
}

static char *
dup_workflow_bin (HearthDataDir *dir,
                  const char    *project_id)
{
  g_autofree char *bin = hearth_data_dir_dup_recycle_bin (dir);
  g_autofree char *safe = project_id != NULL ? hearth_name_to_project_id (project_id) : g_strdup ("library");

  return g_build_filename (bin, safe, "workflows", NULL);
}

char *
hearth_workflow_store_delete (HearthDataDir *dir,
                              const char    *project_id,
                              const char    *workflow_id,
                              GError       **error)
{
  g_autofree char *directory = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bin = NULL;
  g_autofree char *place = NULL;
  g_autoptr (HearthProjectLock) lock = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  directory = _hearth_store_dup_workflows (dir, project_id, error);
  if (directory == NULL)
    return NULL;
  lock = _hearth_project_lock_take (dir, project_id);
  file = find_file (directory, workflow_id, NULL, error);
  if (file == NULL)
    return NULL;
  path = g_build_filename (directory, file, NULL);
  bin = dup_workflow_bin (dir, project_id);
  place = _hearth_store_throw_away (path, bin, ".json", error);
  if (place != NULL)
    touch (dir, project_id);
  return g_steal_pointer (&place);
}
