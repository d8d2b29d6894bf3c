/* hearth-file-choice-operations.c: the files that a node may read, to choose from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-file-operations.h"

#include "hearth-operation-private.h"
#include "hearth-workspace-private.h"

#include "hearth-i18n.h"

/* Below its root, so that a project keeps its files when it is copied or renamed (storage.md 7.1). */
#define PROJECT_SCHEME "project://"
#define IMPORT_FOLDER "files"

/* "user://projects/<id>/" */
static char *
dup_project_root (HearthValue *arguments)
{
  const char *id = _hearth_text (arguments, "projectId");

  return id != NULL ? g_strconcat ("user://projects/", id, "/", NULL) : NULL;
}

static HearthValue *
name_in_project (const char *path,
                 const char *root)
{
  g_autofree char *name = NULL;

  if (root == NULL || !g_str_has_prefix (path, root))
    return hearth_value_string (path);
  name = g_strconcat (PROJECT_SCHEME, path + strlen (root), NULL);
  return hearth_value_string (name);
}

static char **
dup_endings (HearthValue *arguments)
{
  HearthValue *list = hearth_value_get_member_kind (arguments, "endings", HEARTH_VALUE_ARRAY);
  g_autoptr (GStrvBuilder) endings = g_strv_builder_new ();

  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    g_strv_builder_add (endings, hearth_value_get_string (hearth_value_at (list, i), NULL));
  return g_strv_builder_end (endings);
}

static HearthValue *
find (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  g_autofree char *root = dup_project_root (arguments);
  const char *const folders[] = { "user://library", "shared://library", root, NULL };
  g_auto (GStrv) endings = dup_endings (arguments);
  g_autoptr (HearthValue) found = hearth_file_store_find (storage->dir, folders, (const char *const *) endings);
  g_auto (HearthBuilder) named = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (found); i++)
    hearth_builder_add (&named, NULL, name_in_project (hearth_value_get_string (hearth_value_at (found, i), NULL), root));
  return hearth_builder_end_array (&named);
}

const HearthOperation hearth_operation_find_files = { .work = find, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
import (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  const char *path = _hearth_text (arguments, "path");
  g_autofree char *root = dup_project_root (arguments);
  g_autofree char *folder = root != NULL ? g_strconcat (root, IMPORT_FOLDER, NULL) : NULL;
  g_autoptr (HearthValue) item = NULL;

  if (path == NULL || folder == NULL)
    {
      g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME, _("The request names no file or folder."));
      return NULL;
    }
  item = hearth_file_store_import (storage->dir, path, folder, error);
  if (item == NULL)
    return NULL;
  return hearth_value_object ("logicalPath", name_in_project (_hearth_text (item, "logicalPath"), root), NULL);
}

const HearthOperation hearth_operation_import_file = { .work = import, .place = HEARTH_OPERATION_HELPERS };
