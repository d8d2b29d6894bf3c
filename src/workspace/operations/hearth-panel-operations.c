/* hearth-panel-operations.c: listing, reading and making the panels of a project (http-api.md 16)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-panel-operations.h"

#include "hearth-panel-files.h"
#include "hearth-panel-store.h"
#include "hearth-operation-private.h"
#include "hearth-workspace-private.h"

#include "hearth-i18n.h"

#define FOLDER_TYPE "application/vnd.comfy.create-directory"

static HearthValue *
list_templates (HearthStorage *storage,
                HearthValue   *arguments,
                GError       **error)
{
  return hearth_panel_store_list_templates (storage->dir, error);
}

const HearthOperation hearth_operation_list_panel_templates = { .work = list_templates,
                                                                .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  return hearth_panel_store_list (storage->dir, _hearth_text (arguments, "projectId"), error);
}

const HearthOperation hearth_operation_list_panels = { .work = list, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
read_one (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  return hearth_panel_store_read (storage->dir, _hearth_text (arguments, "projectId"),
                                  _hearth_text (arguments, "panelId"), error);
}

const HearthOperation hearth_operation_read_panel = { .work = read_one, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
create (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  return hearth_panel_store_create (storage->dir, _hearth_text (arguments, "projectId"),
                                    _hearth_text (arguments, "panelId"), _hearth_text (arguments, "displayName"),
                                    _hearth_text (arguments, "templateId"), error);
}

const HearthOperation hearth_operation_create_panel = { .work = create, .place = HEARTH_OPERATION_HELPERS };

/* --- files of a panel ------------------------------------------------------------------------ */

static HearthValue *
look (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  return hearth_panel_files_look (storage->dir, _hearth_text (arguments, "projectId"),
                                  _hearth_text (arguments, "panelId"), _hearth_text (arguments, "path"), error);
}

const HearthOperation hearth_operation_look_at_panel_file = { .work = look, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
make_outcome (const char *message)
{
  return hearth_value_object ("success", hearth_value_boolean (TRUE), "message", hearth_value_string (message), NULL);
}

static HearthValue *
write_one (HearthStorage *storage,
           HearthValue   *arguments,
           GError       **error)
{
  HearthValue *file = hearth_value_get (arguments, "file");
  const char *project_id = _hearth_text (arguments, "projectId");
  const char *panel_id = _hearth_text (arguments, "panelId");
  const char *path = _hearth_text (arguments, "path");

  if (g_ascii_strcasecmp (hearth_value_get_member_string (file, "type", ""), FOLDER_TYPE) == 0)
    return hearth_panel_files_create_folder (storage->dir, project_id, panel_id, path, error)
             ? make_outcome (_("The folder is there."))
             : NULL;
  return hearth_panel_files_take (storage->dir, project_id, panel_id, path, _hearth_text (file, "path"), error)
           ? make_outcome (_("The file is saved."))
           : NULL;
}

const HearthOperation hearth_operation_write_panel_file = { .work = write_one, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
delete_one (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  return hearth_panel_files_delete (storage->dir, _hearth_text (arguments, "projectId"),
                                    _hearth_text (arguments, "panelId"), _hearth_text (arguments, "path"),
                                    hearth_value_get_member_boolean (arguments, "recursive", FALSE), error)
             ? hearth_value_null ()
             : NULL;
}

const HearthOperation hearth_operation_delete_panel_file = { .work = delete_one, .place = HEARTH_OPERATION_HELPERS };
