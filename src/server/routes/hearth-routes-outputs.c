/* hearth-routes-outputs.c: what runs have left in folders called "outputs" (http-api.md 21)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-file-operations.h"
#include "hearth-routes.h"
#include "hearth-send-file.h"

static const char *
text (HearthRequest *request,
      const char    *name)
{
  return hearth_value_get_member_string (hearth_request_get_arguments (request), name, "");
}

/* Each part is one name: a slash in it would reach another project. */
static char *
dup_outputs (HearthRequest *request)
{
  const char *project = text (request, "projectId");

  if (*project == '\0')
    return g_strdup ("user://outputs");
  return strchr (project, '/') == NULL ? g_strdup_printf ("user://projects/%s/outputs", project) : NULL;
}

static void
reply_nothing_there (HearthRequest *request)
{
  hearth_request_reply_unknown (request);
}

static void
list_outputs (HearthRequest *request)
{
  g_autofree char *outputs = dup_outputs (request);
  g_autofree char *path = outputs != NULL ? g_strconcat (outputs, "/", text (request, "path"), NULL) : NULL;
  g_autoptr (HearthValue) arguments = NULL;

  if (path == NULL)
    {
      reply_nothing_there (request);
      return;
    }
  arguments = hearth_value_object ("logicalPath", hearth_value_string (path), NULL);
  hearth_workspace_perform (hearth_request_get_workspace (request), &hearth_operation_list_files, arguments, NULL,
                            hearth_request_answered_cb, hearth_request_ref (request));
}

static void
view_project_output (HearthRequest *request)
{
  g_autofree char *outputs = dup_outputs (request);
  g_autofree char *path = outputs != NULL ? g_strconcat (outputs, "/", text (request, "path"), NULL) : NULL;

  if (path != NULL)
    hearth_request_reply_download (request, path);
  else
    reply_nothing_there (request);
}

static void
view_output (HearthRequest *request)
{
  g_autofree char *path = g_strconcat ("user://outputs/", text (request, "subfolder"), "/", text (request, "filename"), NULL);

  hearth_request_reply_download (request, path);
}

static const HearthBodyField list_query[] = {
  { .key = "path", .kinds = HEARTH_KIND (STRING), .text = "A folder in it" },
  { .key = NULL },
};

static const HearthBodyField view_query[] = {
  { .key = "filename", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1 },
  { .key = "subfolder", .kinds = HEARTH_KIND (STRING) },
  { .key = "type", .kinds = HEARTH_KIND (STRING), .text = "Makes no difference" },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/projects/:projectId/outputs", .name = "listOutputs",
    .summary = "What runs have left in the outputs folder of a project", .query = list_query,
    .handler = list_outputs },
  { .method = "GET", .pattern = "/view/:projectId/*path", .name = "viewProjectOutput",
    .summary = "A file of it",
    .handler = view_project_output },
  { .method = "GET", .pattern = "/view", .name = "viewOutput",
    .summary = "A file of user://outputs", .query = view_query,
    .handler = view_output },
};

const HearthRouteSection hearth_routes_outputs = { "Outputs", routes, G_N_ELEMENTS (routes) };
