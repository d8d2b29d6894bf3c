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

void
hearth_route_list_plugins (HearthRequest *request)
{
  reply_nothing (request);
}

void
hearth_route_list_characters (HearthRequest *request)
{
  hearth_request_reply_json (request, SOUP_STATUS_OK,
                             hearth_value_object ("success", hearth_value_boolean (TRUE),
                                                  "data", hearth_value_empty_array (),
                                                  NULL));
}

void
hearth_route_list_providers (HearthRequest *request)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  hearth_builder_add (&list, NULL,
                      hearth_value_object ("id", hearth_value_string ("openai"), "name", hearth_value_string ("OpenAI"), NULL));
  hearth_request_reply_json (request, SOUP_STATUS_OK, hearth_builder_end_array (&list));
}

void
hearth_route_list_channels (HearthRequest *request)
{
  reply_nothing (request);
}

void
hearth_route_list_models (HearthRequest *request)
{
  reply_nothing (request);
}

void
hearth_route_list_sessions (HearthRequest *request)
{
  if (hearth_request_get_query (request, "projectId") == NULL)
    hearth_request_reply_error (request, SOUP_STATUS_BAD_REQUEST, _("Say whose chats: the address lacks ?projectId=."));
  else
    reply_nothing (request);
}

void
hearth_route_list_panels (HearthRequest *request)
{
  reply_nothing (request);
}

void
hearth_route_get_plugin_file (HearthRequest *request)
{
  hearth_request_reply_error (request, SOUP_STATUS_NOT_FOUND, _("There is no such plugin."));
}
