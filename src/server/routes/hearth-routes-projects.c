/* hearth-routes-projects.c: projects (http-api.md 8)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-project-operations.h"
#include "hearth-routes.h"

#define PROJECT "/api/projects/:projectId"

static const HearthBodyField create_fields[] = {
  { .key = "name", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1,
    .text = "Becomes the id as well, without what cannot stand in a file's name" },
  { .key = "description", .kinds = HEARTH_KIND (STRING), .text = "Without one, a sentence with the time" },
  { .key = NULL },
};

static const HearthBodyField panel_fields[] = {
  { .key = "id", .kinds = HEARTH_KIND (STRING), .required = TRUE },
  { .key = "path", .kinds = HEARTH_KIND (STRING), .required = TRUE },
  { .key = NULL },
};

static const char *const views[] = { "editor", "custom", NULL };

static const HearthBodyField update_fields[] = {
  { .key = "name", .kinds = HEARTH_KIND (STRING), .min_length = 1, .text = "The id stays as it is" },
  { .key = "description", .kinds = HEARTH_KIND (STRING) },
  { .key = "version", .kinds = HEARTH_KIND (STRING) },
  { .key = "schemaVersion", .kinds = HEARTH_KIND (STRING) },
  { .key = "updatedAt", .kinds = HEARTH_KIND (STRING), .format = HEARTH_BODY_FORMAT_DATE, .text = "Becomes now, whatever it says" },
  { .key = "templateUsed", .kinds = HEARTH_KIND (STRING) },
  { .key = "preferredView", .kinds = HEARTH_KIND (STRING), .values = views },
  { .key = "enableChatPage", .kinds = HEARTH_KIND (BOOLEAN) },
  { .key = "panels", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (OBJECT), .members = panel_fields },
  { .key = "customMetadata", .kinds = HEARTH_KIND (OBJECT) },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/projects", .name = "listProjects",
    .summary = "All projects",
    .operation = &hearth_operation_list_projects },
  { .method = "POST", .pattern = "/api/projects", .name = "createProject",
    .summary = "Makes a project",
    .body = HEARTH_BODY_JSON, .fields = create_fields, .success = SOUP_STATUS_CREATED,
    .operation = &hearth_operation_create_project },
  { .method = "GET", .pattern = PROJECT "/metadata", .name = "readProject",
    .summary = "One project",
    .operation = &hearth_operation_read_project },
  { .method = "PUT", .pattern = PROJECT, .name = "updateProject",
    .summary = "Changes name, description and settings",
    .body = HEARTH_BODY_JSON, .fields = update_fields,
    .operation = &hearth_operation_update_project },
  { .method = "DELETE", .pattern = PROJECT, .name = "deleteProject",
    .summary = "Moves a project to the recycle bin", .success = SOUP_STATUS_NO_CONTENT,
    .operation = &hearth_operation_delete_project },
};

const HearthRouteSection hearth_routes_projects = { "Projects", routes, G_N_ELEMENTS (routes) };
