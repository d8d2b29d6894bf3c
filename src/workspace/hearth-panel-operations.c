/* hearth-panel-operations.c: listing, reading and making the panels of a project (http-api.md 16)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-panel-operations.h"

#include "hearth-panel-store.h"
#include "hearth-workspace-private.h"

static const char *
text (HearthValue *arguments,
      const char  *key)
{
  return hearth_value_get_member_string (arguments, key, NULL);
}

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
  return hearth_panel_store_list (storage->dir, text (arguments, "projectId"), error);
}

const HearthOperation hearth_operation_list_panels = { .work = list, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
read_one (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  return hearth_panel_store_read (storage->dir, text (arguments, "projectId"), text (arguments, "panelId"), error);
}

const HearthOperation hearth_operation_read_panel = { .work = read_one, .place = HEARTH_OPERATION_HELPERS };

static HearthValue *
create (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  return hearth_panel_store_create (storage->dir, text (arguments, "projectId"), text (arguments, "panelId"),
                                    text (arguments, "displayName"), text (arguments, "templateId"), error);
}

const HearthOperation hearth_operation_create_panel = { .work = create, .place = HEARTH_OPERATION_HELPERS };
