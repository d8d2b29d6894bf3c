/* hearth-routes-panels.c: the panels of a project, and what their pages talk to (http-api.md 16)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-pages.h"
#include "hearth-panel-operations.h"
#include "hearth-routes.h"

#define PANELS "/api/projects/:projectId/panels"

static void
get_sdk (HearthRequest *request)
{
  hearth_pages_reply (request, "panel-sdk.js");
}

/* --- the table ---------------------------------------------------------------------------- */

/* An empty one is for the store to refuse: that is 400, a missing one 422. */
static const HearthBodyField create_fields[] = {
  { .key = "panelId", .kinds = HEARTH_KIND (STRING), .required = TRUE, .text = "Becomes the name of its folder" },
  { .key = "displayName", .kinds = HEARTH_KIND (STRING), .required = TRUE },
  { .key = "templateId", .kinds = HEARTH_KIND (STRING) | HEARTH_KIND (NULL), .text = "Without one the panel is blank" },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/panels/templates", .name = "listPanelTemplates",
    .summary = "What panels can be made from",
    .operation = &hearth_operation_list_panel_templates },
  { .method = "GET", .pattern = PANELS, .name = "listPanels",
    .summary = "The panels of a project",
    .operation = &hearth_operation_list_panels },
  { .method = "POST", .pattern = PANELS, .name = "createPanel",
    .summary = "Makes a panel, blank or from a template",
    .body = HEARTH_BODY_JSON, .fields = create_fields, .invalid = SOUP_STATUS_UNPROCESSABLE_ENTITY,
    .success = SOUP_STATUS_CREATED, .operation = &hearth_operation_create_panel },
  { .method = "GET", .pattern = PANELS "/:panelId", .name = "readPanel",
    .summary = "One panel",
    .operation = &hearth_operation_read_panel },
  { .method = "GET", .pattern = "/api/fam/sdk/panel.js", .name = "getPanelSdk",
    .summary = "The script with which a panel's page talks to its project",
    .handler = get_sdk },
};

const HearthRouteSection hearth_routes_panels = { "Panels", routes, G_N_ELEMENTS (routes) };
