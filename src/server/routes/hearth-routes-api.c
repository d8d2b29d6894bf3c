/* hearth-routes-api.c: the description of this interface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-openapi.h"
#include "hearth-prebuilt.h"
#include "hearth-routes.h"

/* Of a constant table: made once for the program. */
static HearthPrebuilt *document;

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, hearth_prebuilt_new_json (hearth_openapi_new ()), (GDestroyNotify) hearth_prebuilt_free);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  HearthPrebuilt *made = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Two may have asked for the first. */
  if (document == NULL)
    document = made;
  else
    hearth_prebuilt_free (made);
  hearth_prebuilt_reply (document, request);
}

static void
read_openapi (HearthRequest *request)
{
  g_autoptr (GTask) task = NULL;

  if (document != NULL)
    {
      hearth_prebuilt_reply (document, request);
      return;
    }
  task = g_task_new (hearth_request_get_server (request), NULL, made_cb, hearth_request_ref (request));
  g_task_run_in_thread (task, make_thread);
}

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/openapi.json", .name = "readOpenapi",
    .summary = "All routes with their fields and examples, as OpenAPI 3.1",
    .handler = read_openapi },
};

const HearthRouteSection hearth_routes_api = { "This interface", routes, G_N_ELEMENTS (routes) };
