/* hearth-routes-api.c: the description of this interface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-openapi.h"
#include "hearth-prebuilt.h"
#include "hearth-routes.h"

static void
read_openapi (HearthRequest *request)
{
  static HearthPrebuilt *document; /* of a constant table: made once for the program */

  if (document == NULL)
    document = hearth_prebuilt_new_json (hearth_openapi_new ());
  hearth_prebuilt_reply (document, request);
}

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/openapi.json", .name = "readOpenapi",
    .summary = "All routes with their fields and examples, as OpenAPI 3.1",
    .handler = read_openapi },
};

const HearthRouteSection hearth_routes_api = { "This interface", routes, G_N_ELEMENTS (routes) };
