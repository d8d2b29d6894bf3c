/* hearth-mcp-ticket.c: one question to a server, from the hub's number to the answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-hub-private.h"

#include "hearth-i18n.h"

#define CALL_TIMEOUT_MS 60000
#define MAX_PAGES 100

void
_hearth_mcp_ticket_free (gpointer data)
{
  HearthMcpTicket *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->params, hearth_value_unref);
  hearth_builder_clear (&self->gathered);
  g_free (self->server_id);
  g_free (self->method);
  g_free (self);
}

void
_hearth_mcp_ticket_answer (HearthMcpTicket *self,
                           HearthValue     *result,
                           const GError    *error)
{
  HearthMcpAnswered answered = self->answered;
  gpointer user_data = self->user_data;

  g_hash_table_remove (self->hub->tickets, GUINT_TO_POINTER (self->number));
  answered (result, error, user_data);
}

static void
answered_cb (HearthValue  *result,
             const GError *error,
             gpointer      user_data)
{
  HearthMcpTicket *self = user_data;
  const char *cursor = hearth_value_get_member_string (result, "nextCursor", NULL);
  HearthValue *list = self->list != NULL ? hearth_value_get_member_kind (result, self->list, HEARTH_VALUE_ARRAY) : NULL;
  g_autoptr (HearthValue) all = NULL;

  self->request = 0;
  if (error != NULL || self->list == NULL)
    {
      _hearth_mcp_ticket_answer (self, result, error);
      return;
    }
  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    hearth_builder_add (&self->gathered, NULL, hearth_value_ref (hearth_value_at (list, i)));
  if (cursor != NULL && ++self->n_pages < MAX_PAGES)
    {
      g_clear_pointer (&self->params, hearth_value_unref);
      self->params = hearth_value_object ("cursor", hearth_value_string (cursor), NULL);
      _hearth_mcp_ticket_ask (self);
      return;
    }
  all = hearth_builder_end_array (&self->gathered);
  _hearth_mcp_ticket_answer (self, all, NULL);
}

void
_hearth_mcp_ticket_ask (HearthMcpTicket *self)
{
  self->request = _hearth_mcp_session_ask (self->link->session, self->method, self->params, self->timeout_ms, answered_cb, self);
}

static GError *
refuse (HearthMcpHub *self,
        const char   *id,
        HearthValue  *server)
{
  g_autofree char *command = NULL;

  if (server == NULL)
    return g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_UNKNOWN,
                        _("There is no MCP server “%s”. Add it in the preferences, or with “hearthctl mcp add”."), id);
  command = hearth_mcp_server_dup_command (server);
  return g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_NOT_ALLOWED,
                      /* Translators: a name, a command line or an address, a name */
                      _("The MCP server “%s” is not allowed yet: %s. Look at the command and allow it in the preferences, or with "
                        "“hearthctl mcp allow %s”."),
                      id, command, id);
}

static gboolean
begin_cb (gpointer data)
{
  HearthMcpTicket *self = data;
  HearthMcpHub *hub = self->hub;
  HearthValue *server = hearth_mcp_hub_find_server (hub, self->server_id);

  self->source = 0;
  if (hub->servers == NULL)
    {
      if (!hub->loading)
        hub->source->load_servers (hub->owner);
      hub->loading = TRUE;
      return G_SOURCE_REMOVE;
    }
  if (server == NULL || !_hearth_mcp_hub_may_use (hub, server))
    {
      g_autoptr (GError) refusal = refuse (hub, self->server_id, server);

      _hearth_mcp_ticket_answer (self, NULL, refusal);
      return G_SOURCE_REMOVE;
    }
  self->link = g_hash_table_lookup (hub->links, self->server_id);
  if (self->link == NULL)
    {
      self->link = _hearth_mcp_link_new (hub, server);
      _hearth_mcp_link_start (self->link);
    }
  else if (self->link->session != NULL)
    _hearth_mcp_ticket_ask (self);
  return G_SOURCE_REMOVE;
}

static void
ticket_begin (HearthMcpTicket *self)
{
  self->source = g_idle_add_full (G_PRIORITY_DEFAULT, begin_cb, self, NULL);
}

/* Those that wait for the servers to be known. */
void
_hearth_mcp_ticket_begin_all (HearthMcpHub *self)
{
  GHashTableIter iter;
  gpointer ticket;

  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &ticket))
    if (((HearthMcpTicket *) ticket)->source == 0)
      ticket_begin (ticket);
}

guint
_hearth_mcp_ticket_new (HearthMcpHub     *hub,
                        const char       *server_id,
                        const char       *method,
                        HearthValue      *params,
                        const char       *list,
                        guint             timeout_ms,
                        HearthMcpAnswered answered,
                        gpointer          user_data)
{
  HearthMcpTicket *ticket = g_new0 (HearthMcpTicket, 1);

  ticket->hub = hub;
  ticket->number = ++hub->last_number;
  ticket->server_id = g_strdup (server_id);
  ticket->method = g_strdup (method);
  ticket->params = params;
  ticket->list = list;
  ticket->timeout_ms = timeout_ms > 0 ? timeout_ms : CALL_TIMEOUT_MS;
  ticket->answered = answered;
  ticket->user_data = user_data;
  ticket_begin (ticket);
  g_hash_table_insert (hub->tickets, GUINT_TO_POINTER (ticket->number), ticket);
  return ticket->number;
}
