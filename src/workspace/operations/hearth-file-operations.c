/* hearth-file-operations.c: listing, making, moving and deleting files behind logical paths
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-file-operations.h"

#include "hearth-operation-private.h"
#include "hearth-workspace-private.h"

#include "hearth-i18n.h"

/* --- paths among the arguments ---------------------------------------------------------------- */

static gboolean
fail_path (GError    **error,
           const char *reason)
{
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME, reason);
  return FALSE;
}

/* Without white space around it. JSON texts may hold NUL, names cannot. */
static char *
dup_text (HearthValue *value,
          GError     **error)
{
  gsize length = 0;
  const char *text = hearth_value_is (value, STRING) ? hearth_value_get_string (value, &length) : "";
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  if (strlen (text) != length)
    fail_path (error, _("A path must not hold NUL."));
  else if (*trimmed == '\0')
    fail_path (error, _("The request names no file or folder."));
  else
    return g_steal_pointer (&trimmed);
  return NULL;
}

/* Of the bodies that hold percent-encoded paths (http-api.md 13): decoded once. */
static char *
dup_decoded (HearthValue *value,
             GError     **error)
{
  g_autofree char *text = dup_text (value, error);
  g_autofree char *decoded = text != NULL ? g_uri_unescape_string (text, NULL) : NULL;

  if (text == NULL)
    return NULL;
  if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
    {
      fail_path (error, _("The path holds a broken percent escape."));
      return NULL;
    }
  return g_strdup (g_strstrip (decoded));
}

static char *
dup_argument (HearthValue *arguments,
              const char  *key,
              GError     **error)
{
  return dup_text (hearth_value_get (arguments, key), error);
}

/* --- one file or folder -------------------------------------------------------------------------- */

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  g_autofree char *path = dup_argument (arguments, "logicalPath", error);
  gboolean make = g_strcmp0 (hearth_value_get_member_string (arguments, "ensureExists", NULL), "true") == 0;

  return path != NULL ? hearth_file_store_list (storage->dir, path, make, error) : NULL;
}

const HearthOperation hearth_operation_list_files = { .work = list, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
write_json (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  g_autofree char *path = dup_argument (arguments, "logicalPath", error);
  HearthValue *content = hearth_value_get (arguments, "content");

  if (path == NULL || !hearth_file_store_write_json (storage->dir, path, content, error))
    return NULL;
  return hearth_value_null ();
}

const HearthOperation hearth_operation_write_json = { .work = write_json, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
create_folder (HearthStorage *storage,
               HearthValue   *arguments,
               GError       **error)
{
  g_autofree char *parent = dup_argument (arguments, "parentLogicalPath", error);
  g_autofree char *name = parent != NULL ? dup_argument (arguments, "dirName", error) : NULL;

  return name != NULL ? hearth_file_store_create_folder (storage->dir, parent, name, error) : NULL;
}

const HearthOperation hearth_operation_create_folder = { .work = create_folder, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
rename_file (HearthStorage *storage,
             HearthValue   *arguments,
             GError       **error)
{
  g_autofree char *path = dup_decoded (hearth_value_get (arguments, "logicalPath"), error);
  g_autofree char *name = path != NULL ? dup_argument (arguments, "newName", error) : NULL;

  return name != NULL ? hearth_file_store_rename (storage->dir, path, name, error) : NULL;
}

const HearthOperation hearth_operation_rename_file = {
  .work = rename_file, .announce = _hearth_operation_announce_projects, .place = HEARTH_OPERATION_HELPERS
};

/* --- many of them ----------------------------------------------------------------------------------- */

typedef struct
{
  HearthBuilder items;
  HearthBuilder errors;
  int code; /* of the errors; "not found" weighs more than others */
  gboolean failed;
} Outcome;

static void
outcome_clear (Outcome *self)
{
  hearth_builder_clear (&self->items);
  hearth_builder_clear (&self->errors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* @item: taken, or NULL with @error, which is taken. */
static void
outcome_add (Outcome     *self,
             HearthValue *item,
             const char  *key,
             HearthValue *what,
             GError      *error)
{
  if (item != NULL)
    {
      hearth_builder_add (&self->items, NULL, item);
      return;
    }
  hearth_builder_add (&self->errors, NULL, hearth_value_object (key, hearth_value_ref (what),
                                                                "message", hearth_value_string (error->message),
                                                                NULL));
  if (!self->failed || error->code == HEARTH_STORE_ERROR_NOT_FOUND)
    self->code = error->code;
  self->failed = TRUE;
  g_error_free (error);
}

static HearthValue *
outcome_end (Outcome *self)
{
  return hearth_value_object ("items", hearth_builder_end_array (&self->items),
                              "errors", hearth_builder_end_array (&self->errors),
                              "code", self->failed ? hearth_value_integer (self->code) : NULL,
                              NULL);
}

static HearthValue *
move_one (HearthDataDir *dir,
          HearthValue   *source,
          const char    *target,
          GError       **error)
{
  g_autofree char *path = dup_decoded (source, error);
  g_autoptr (HearthValue) item = path != NULL ? hearth_file_store_move (dir, path, target, error) : NULL;

  return item != NULL ? hearth_value_with (item, "sourcePath", source) : NULL;
}

static HearthValue *
move (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  g_autofree char *target = dup_decoded (hearth_value_get (arguments, "targetParentPath"), error);
  HearthValue *sources = hearth_value_get (arguments, "sourcePaths");
  g_auto (Outcome) outcome = { HEARTH_BUILDER_INIT, HEARTH_BUILDER_INIT, 0, FALSE };

  if (target == NULL || !hearth_file_store_check_folder (storage->dir, target, error))
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (sources); i++)
    {
      HearthValue *source = hearth_value_at (sources, i);
      GError *reason = NULL;
      HearthValue *item = move_one (storage->dir, source, target, &reason);

      outcome_add (&outcome, item, "path", source, reason);
    }
  return outcome_end (&outcome);
}

const HearthOperation hearth_operation_move_files = {
  .work = move, .announce = _hearth_operation_announce_projects, .place = HEARTH_OPERATION_HELPERS
};

static HearthValue *
delete (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  HearthValue *paths = hearth_value_get (arguments, "logicalPaths");
  g_auto (Outcome) outcome = { HEARTH_BUILDER_INIT, HEARTH_BUILDER_INIT, 0, FALSE };

  for (gsize i = 0; i < hearth_value_get_length (paths); i++)
    {
      HearthValue *given = hearth_value_at (paths, i);
      GError *reason = NULL;
      g_autofree char *path = dup_decoded (given, &reason);
      gboolean gone = path != NULL && hearth_file_store_delete (storage->dir, path, &reason);

      outcome_add (&outcome, gone ? hearth_value_ref (given) : NULL, "path", given, reason);
    }
  return outcome_end (&outcome);
}

const HearthOperation hearth_operation_delete_files = {
  .work = delete, .announce = _hearth_operation_announce_projects, .place = HEARTH_OPERATION_HELPERS
};

static HearthValue *
take (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  g_autofree char *folder = dup_argument (arguments, "logicalPath", error);
  HearthValue *files = hearth_value_get (arguments, "files");
  g_auto (Outcome) outcome = { HEARTH_BUILDER_INIT, HEARTH_BUILDER_INIT, 0, FALSE };

  if (folder == NULL || !hearth_file_store_check_folder (storage->dir, folder, error))
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (files); i++)
    {
      HearthValue *file = hearth_value_at (files, i);
      GError *reason = NULL;
      HearthValue *item = hearth_file_store_take (storage->dir, folder, hearth_value_get_member_string (file, "name", ""),
                                                  hearth_value_get_member_string (file, "path", ""), &reason);

      outcome_add (&outcome, item, "name", hearth_value_get (file, "name"), reason);
    }
  return outcome_end (&outcome);
}

const HearthOperation hearth_operation_take_files = { .work = take, .place = HEARTH_OPERATION_HELPERS };
