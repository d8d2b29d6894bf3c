/* hearth-mcp-hub.c: all servers of the Model Context Protocol that the user has entered; a service of runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-hub-private.h"

#include "hearth-i18n.h"

G_DEFINE_FINAL_TYPE (HearthMcpHub, hearth_mcp_hub, G_TYPE_OBJECT)

/* --- asking ------------------------------------------------------------------------------------------- */

guint
hearth_mcp_hub_list (HearthMcpHub      *self,
                     const char        *server_id,
                     const char        *what,
                     HearthMcpAnswered  answered,
                     gpointer           user_data)
{
  static const struct { const char *what, *method; } kinds[] = {
    { "tools", "tools/list" },
    { "resources", "resources/list" },
    { "resourceTemplates", "resources/templates/list" },
    { "prompts", "prompts/list" },
  };

  g_return_val_if_fail (HEARTH_IS_MCP_HUB (self), 0);
  g_return_val_if_fail (server_id != NULL && answered != NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].what, what))
      return _hearth_mcp_ticket_new (self, server_id, kinds[i].method, NULL, kinds[i].what, 0, answered, user_data);
  g_return_val_if_reached (0);
}

guint
hearth_mcp_hub_call_tool (HearthMcpHub      *self,
                          const char        *server_id,
                          const char        *tool,
                          HearthValue       *arguments,
                          guint              timeout_ms,
                          HearthMcpAnswered  answered,
                          gpointer           user_data)
{
  HearthValue *params;

  g_return_val_if_fail (HEARTH_IS_MCP_HUB (self), 0);
  g_return_val_if_fail (server_id != NULL && tool != NULL && answered != NULL, 0);

  params = hearth_value_object ("name", hearth_value_string (tool), "arguments",
                                arguments != NULL ? hearth_value_ref (arguments) : hearth_value_empty_object (), NULL);
  return _hearth_mcp_ticket_new (self, server_id, "tools/call", params, NULL, timeout_ms, answered, user_data);
}

guint
hearth_mcp_hub_read_resource (HearthMcpHub      *self,
                              const char        *server_id,
                              const char        *uri,
                              HearthMcpAnswered  answered,
                              gpointer           user_data)
{
  g_return_val_if_fail (HEARTH_IS_MCP_HUB (self), 0);
  g_return_val_if_fail (server_id != NULL && uri != NULL && answered != NULL, 0);

  return _hearth_mcp_ticket_new (self, server_id, "resources/read", hearth_value_object ("uri", hearth_value_string (uri), NULL), NULL, 0, answered,
                                 user_data);
}

void
hearth_mcp_hub_withdraw (HearthMcpHub *self,
                         guint         number)
{
  HearthMcpTicket *ticket;

  g_return_if_fail (HEARTH_IS_MCP_HUB (self));

  ticket = g_hash_table_lookup (self->tickets, GUINT_TO_POINTER (number));
  if (ticket == NULL)
    return;
  if (ticket->request != 0)
    _hearth_mcp_session_withdraw (ticket->link->session, ticket->request);
  g_hash_table_remove (self->tickets, GUINT_TO_POINTER (number));
}

/* --- the servers ------------------------------------------------------------------------------------- */

static void
end_link (HearthMcpHub *self,
          const char   *id)
{
  HearthMcpLink *link = g_hash_table_lookup (self->links, id);
  g_autoptr (GError) error = NULL;

  if (link == NULL)
    return;
  error = g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED, _("The MCP server “%s” was ended while it worked. Run the workflow again."), id);
  _hearth_mcp_link_drop (link, error);
}

gboolean
_hearth_mcp_hub_may_use (HearthMcpHub *self,
                         HearthValue  *server)
{
  return hearth_outside_is_replaying (self->outside) || hearth_mcp_server_is_allowed (server);
}

void
hearth_mcp_hub_set_servers (HearthMcpHub *self,
                            HearthValue  *servers)
{
  g_auto (GStrv) ids = NULL;
  gboolean known = self->servers != NULL;

  g_return_if_fail (HEARTH_IS_MCP_HUB (self));
  g_return_if_fail (hearth_value_is (servers, ARRAY));

  hearth_value_ref (servers);
  g_clear_pointer (&self->servers, hearth_value_unref);
  self->servers = servers;
  if (!known)
    _hearth_mcp_ticket_begin_all (self);
  ids = (char **) g_hash_table_get_keys_as_array (self->links, NULL);
  for (char **id = ids; *id != NULL; id++)
    *id = g_strdup (*id);
  for (char **id = ids; *id != NULL; id++)
    {
      HearthValue *server = hearth_mcp_hub_find_server (self, *id);
      HearthMcpLink *link = g_hash_table_lookup (self->links, *id);
      g_autofree char *fingerprint = server != NULL ? hearth_mcp_server_dup_fingerprint (server) : NULL;

      if (link != NULL && (g_strcmp0 (fingerprint, link->fingerprint) != 0 || !_hearth_mcp_hub_may_use (self, server)))
        end_link (self, *id);
    }
}

HearthValue *
hearth_mcp_hub_find_server (HearthMcpHub *self,
                            const char   *id)
{
  g_return_val_if_fail (HEARTH_IS_MCP_HUB (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (gsize i = 0; self->servers != NULL && i < hearth_value_get_length (self->servers); i++)
    if (g_strcmp0 (hearth_value_get_member_string (hearth_value_at (self->servers, i), "id", NULL), id) == 0)
      return hearth_value_at (self->servers, i);
  return NULL;
}

gboolean
hearth_mcp_hub_is_running (HearthMcpHub *self,
                           const char   *id)
{
  HearthMcpLink *link;

  g_return_val_if_fail (HEARTH_IS_MCP_HUB (self), FALSE);

  link = g_hash_table_lookup (self->links, id);
  return link != NULL && link->session != NULL && _hearth_mcp_session_get_info (link->session) != NULL;
}

void
hearth_mcp_hub_end (HearthMcpHub *self,
                    const char   *id)
{
  g_return_if_fail (HEARTH_IS_MCP_HUB (self));
  g_return_if_fail (id != NULL);

  end_link (self, id);
}

/* --- the object ---------------------------------------------------------------------------------------- */

static void
hearth_mcp_hub_dispose (GObject *object)
{
  HearthMcpHub *self = HEARTH_MCP_HUB (object);

  g_hash_table_remove_all (self->tickets); /* who asked holds a reference, so there are none */
  g_hash_table_remove_all (self->links);
  g_clear_object (&self->outside);
  G_OBJECT_CLASS (hearth_mcp_hub_parent_class)->dispose (object);
}

static void
hearth_mcp_hub_finalize (GObject *object)
{
  HearthMcpHub *self = HEARTH_MCP_HUB (object);

  g_hash_table_unref (self->tickets);
  g_hash_table_unref (self->links);
  g_clear_pointer (&self->servers, hearth_value_unref);
  G_OBJECT_CLASS (hearth_mcp_hub_parent_class)->finalize (object);
}

static void
hearth_mcp_hub_class_init (HearthMcpHubClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hearth_mcp_hub_dispose;
  object_class->finalize = hearth_mcp_hub_finalize;
}

static void
hearth_mcp_hub_init (HearthMcpHub *self)
{
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, _hearth_mcp_link_close);
  self->tickets = g_hash_table_new_full (NULL, NULL, NULL, _hearth_mcp_ticket_free);
}

HearthMcpHub *
hearth_mcp_hub_new (HearthOutside         *outside,
                    const HearthMcpSource *source,
                    gpointer               owner)
{
  HearthMcpHub *self;

  g_return_val_if_fail (HEARTH_IS_OUTSIDE (outside), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  self = g_object_new (HEARTH_TYPE_MCP_HUB, NULL);
  self->outside = g_object_ref (outside);
  self->source = source;
  self->owner = owner;
  return self;
}
