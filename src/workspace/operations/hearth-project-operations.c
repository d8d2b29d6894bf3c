/* hearth-project-operations.c: listing, making, changing and deleting projects (http-api.md 8)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-project-operations.h"

#include "hearth-operation-private.h"
#include "hearth-workspace-private.h"

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  return hearth_project_store_list (storage->dir, error);
}

const HearthOperation hearth_operation_list_projects = { .work = list };

static HearthValue *
read_one (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  return hearth_project_store_read (storage->dir, _hearth_text (arguments, "projectId"), error);
}

const HearthOperation hearth_operation_read_project = { .work = read_one };

static HearthValue *
create (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  return hearth_project_store_create (storage->dir, _hearth_text (arguments, "name"),
                                      _hearth_text (arguments, "description"), error);
}

const HearthOperation hearth_operation_create_project
    = { .work = create, .announce = _hearth_operation_announce_projects };

static HearthValue *
update (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  g_autoptr (HearthValue) members = hearth_value_with (arguments, "projectId", NULL);

  return hearth_project_store_update (storage->dir, _hearth_text (arguments, "projectId"), members, error);
}

const HearthOperation hearth_operation_update_project
    = { .work = update, .announce = _hearth_operation_announce_projects };

static HearthValue *
throw_away (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  g_autofree char *place = hearth_project_store_delete (storage->dir, _hearth_text (arguments, "projectId"), error);

  return place != NULL ? hearth_value_null () : NULL;
}

const HearthOperation hearth_operation_delete_project
    = { .work = throw_away, .announce = _hearth_operation_announce_projects };
