/* hearth-routes-status.c: how the program and the computer are, and our own pages about it (http-api.md 18)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-i18n.h"
#include "hearth-machine-operations.h"
#include "hearth-pages.h"
#include "hearth-routes.h"
#include "hearth-server-private.h"

/* --- figures -------------------------------------------------------------------------------- */

/* What the reference does not tell. */
static HearthValue *
describe_engine (HearthRequest *request)
{
  HearthServer *server = hearth_request_get_server (request);
  HearthQueue *queue = hearth_workspace_get_queue (hearth_request_get_workspace (request));
  gboolean frontend = _hearth_server_get_frontend_dir (server) != NULL;

  return hearth_value_object ("version", hearth_value_string (HEARTH_VERSION),
                              "running", hearth_value_integer (hearth_queue_get_n_running (queue)),
                              "waiting", hearth_value_integer (hearth_queue_get_n_waiting (queue)),
                              "paused", hearth_value_boolean (hearth_queue_is_paused (queue)),
                              "clients", hearth_value_integer (hearth_server_get_n_clients (server)),
                              "frontend", hearth_value_boolean (frontend),
                              NULL);
}

static void
described_cb (GObject      *workspace,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) machine = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);
  g_autoptr (HearthValue) engine = describe_engine (request);

  if (machine != NULL)
    hearth_request_reply_json (request, SOUP_STATUS_OK, hearth_value_with (machine, "hearth", engine));
  else
    hearth_request_reply_failure (request, error);
}

static void
read_status (HearthRequest *request)
{
  hearth_workspace_perform (hearth_request_get_workspace (request), &hearth_operation_describe_machine,
                            hearth_request_get_arguments (request), NULL, described_cb, hearth_request_ref (request));
}

/* --- logging in -------------------------------------------------------------------------------- */

static void
is_login_required (HearthRequest *request)
{
  hearth_request_reply_json (request, SOUP_STATUS_OK,
                             hearth_value_object ("authRequired", hearth_value_boolean (FALSE), NULL));
}

static void
log_in (HearthRequest *request)
{
  hearth_request_reply_outcome (request, SOUP_STATUS_BAD_REQUEST,
                                _("Nothing is locked here: the status can be read without logging in."));
}

/* --- pages ---------------------------------------------------------------------------------------- */

static void
get_docs (HearthRequest *request)
{
  hearth_pages_reply (request, "docs.html");
}

static void
get_page_part (HearthRequest *request)
{
  hearth_pages_reply (request, hearth_request_get_param (request, "file"));
}

/* Pages of the reference ask for it; ours need no library. */
static void
get_chart_library (HearthRequest *request)
{
  hearth_request_reply_unknown (request);
}

/* --- the table ---------------------------------------------------------------------------- */

static const HearthBodyField login_fields[] = {
  { .key = "username", .kinds = HEARTH_KIND (STRING) },
  { .key = "password", .kinds = HEARTH_KIND (STRING) },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/status", .name = "readStatus",
    .summary = "How the program and the computer are",
    .handler = read_status },
  { .method = "GET", .pattern = "/api/status/auth-required", .name = "isLoginRequired",
    .summary = "Whether the status is locked: no",
    .handler = is_login_required },
  { .method = "POST", .pattern = "/api/status/login", .name = "logIn",
    .summary = "Refused: there is nothing to log in to",
    .body = HEARTH_BODY_JSON, .fields = login_fields, .outcome = TRUE,
    .handler = log_in },
  { .method = "GET", .pattern = "/api/docs", .name = "getDocs",
    .summary = "This interface as a page to read",
    .handler = get_docs },
  { .method = "GET", .pattern = "/api/pages/:file", .name = "getPagePart",
    .summary = "Pages, scripts and styles of our own, such as status.html",
    .handler = get_page_part },
  { .method = "GET", .pattern = "/vendor/chart.js", .name = "getChartLibrary",
    .summary = "Not there: our status page needs no library",
    .handler = get_chart_library },
};

const HearthRouteSection hearth_routes_status = { "Status", routes, G_N_ELEMENTS (routes) };
