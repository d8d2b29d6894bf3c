/* hearth-routes-start.c: what the web frontend asks for on its way up, where we have nothing to show yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-i18n.h"
#include "hearth-routes.h"

static void
reply_nothing (HearthRequest *request)
{
  hearth_request_reply_json (request, SOUP_STATUS_OK, hearth_value_empty_array ());
}

static void
list_characters (HearthRequest *request)
{
  hearth_request_reply_json (request, SOUP_STATUS_OK,
                             hearth_value_object ("success", hearth_value_boolean (TRUE),
                                                  "data", hearth_value_empty_array (),
                                                  NULL));
}

static void
list_sessions (HearthRequest *request)
{
  if (hearth_request_get_query (request, "projectId") == NULL)
    hearth_request_reply_error (request, SOUP_STATUS_BAD_REQUEST, _("Say whose chats: the address lacks ?projectId=."));
  else
    reply_nothing (request);
}

/* --- the table ---------------------------------------------------------------------------- */

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/characters", .name = "listCharacters",
    .summary = "Character cards: none yet",
    .handler = list_characters },
  { .method = "GET", .pattern = "/api/chat/sessions", .name = "listSessions",
    .summary = "Chats of ?projectId=: none yet",
    .handler = list_sessions },
};

const HearthRouteSection hearth_routes_start = { "Start", routes, G_N_ELEMENTS (routes) };
