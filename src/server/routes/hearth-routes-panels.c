/* hearth-routes-panels.c: the panels of a project, and what their pages talk to (http-api.md 16)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-pages.h"
#include "hearth-panel-operations.h"
#include "hearth-routes.h"
#include "hearth-send-file.h"

#define PANELS "/api/projects/:projectId/panels"
#define FILES PANELS "/:panelId/fs/*path"

#define FILE_LIMIT (G_GUINT64_CONSTANT (1) << 30)

static void
get_sdk (HearthRequest *request)
{
  hearth_pages_reply (request, "panel-sdk.js");
}

/* --- files of a panel ---------------------------------------------------------------------- */

static void
opened_cb (GObject      *workspace,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  HearthOpenFile *file = hearth_request_take_opened (request, workspace, result);

  /* Whatever it is: the panel asks for it with a script, and a browser is not to run it as a page. */
  if (file != NULL)
    hearth_request_reply_file (request, file, "application/octet-stream");
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) found = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (found == NULL)
    hearth_request_reply_failure (request, error);
  else if (hearth_value_is (found, ARRAY))
    hearth_request_reply_json (request, SOUP_STATUS_OK, g_steal_pointer (&found));
  else
    hearth_workspace_open_file (HEARTH_WORKSPACE (source), hearth_value_get_member_string (found, "root", NULL),
                                hearth_value_get_member_string (found, "path", NULL), NULL, opened_cb,
                                g_steal_pointer (&request));
}

static void
read_file (HearthRequest *request)
{
  hearth_workspace_perform (hearth_request_get_workspace (request), &hearth_operation_look_at_panel_file,
                            hearth_request_get_arguments (request), NULL, looked_cb, hearth_request_ref (request));
}

/* --- the table ---------------------------------------------------------------------------- */

/* An empty one is for the store to refuse: that is 400, a missing one 422. */
static const HearthBodyField create_fields[] = {
  { .key = "panelId", .kinds = HEARTH_KIND (STRING), .required = TRUE, .text = "Becomes the name of its folder" },
  { .key = "displayName", .kinds = HEARTH_KIND (STRING), .required = TRUE },
  { .key = "templateId", .kinds = HEARTH_KIND (STRING) | HEARTH_KIND (NULL), .text = "Without one the panel is blank" },
  { .key = NULL },
};

static const HearthBodyField file_fields[] = {
  { .key = "file", .kinds = HEARTH_KIND (OBJECT), .required = TRUE,
    .text = "The bytes, of whatever type; with application/vnd.comfy.create-directory a folder is made" },
  { .key = NULL },
};

static const HearthBodyField delete_query[] = {
  { .key = "recursive", .kinds = HEARTH_KIND (BOOLEAN), .text = "A folder with what is in it" },
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
  { .method = "GET", .pattern = FILES, .name = "readPanelFile",
    .summary = "A file of a panel, or what is in a folder of it",
    .handler = read_file },
  { .method = "POST", .pattern = FILES, .name = "writePanelFile",
    .summary = "Writes a file of a panel, or makes a folder",
    .body = HEARTH_BODY_BYTES, .limit = FILE_LIMIT, .fields = file_fields, .success = SOUP_STATUS_CREATED,
    .operation = &hearth_operation_write_panel_file },
  { .method = "DELETE", .pattern = FILES, .name = "deletePanelFile",
    .summary = "Deletes a file or folder of a panel for ever",
    .query = delete_query, .success = SOUP_STATUS_NO_CONTENT,
    .operation = &hearth_operation_delete_panel_file },
  { .method = "GET", .pattern = "/api/fam/sdk/panel.js", .name = "getPanelSdk",
    .summary = "The script with which a panel's page talks to its project",
    .handler = get_sdk },
};

const HearthRouteSection hearth_routes_panels = { "Panels", routes, G_N_ELEMENTS (routes) };
