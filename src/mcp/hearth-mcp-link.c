/* hearth-mcp-link.c: one server in use
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-hub-private.h"

#define IDLE_MS 300000

static void
link_unref (HearthMcpLink *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  hearth_value_unref (self->server);
  g_free (self->fingerprint);
  g_free (self);
}

/* It is taken out of the table. */
void
_hearth_mcp_link_close (gpointer data)
{
  HearthMcpLink *self = data;
  HearthMcpSession *session = g_steal_pointer (&self->session);

  if (self->idle != 0)
    hearth_clock_remove (hearth_outside_get_clock (self->hub->outside), self->idle);
  self->idle = 0;
  self->hub = NULL;
  if (session != NULL)
    _hearth_mcp_session_free (session);
  link_unref (self);
}

/* Every ticket that has begun on @link hears of @error. */
static void
fail_tickets (HearthMcpHub  *self,
              HearthMcpLink *link,
              const GError  *error)
{
  g_autoptr (GList) tickets = g_hash_table_get_values (self->tickets);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (GList *at = tickets; at != NULL; at = at->next)
    if (((HearthMcpTicket *) at->data)->link == link)
      g_array_append_val (numbers, ((HearthMcpTicket *) at->data)->number);
  for (guint i = 0; i < numbers->len; i++)
    {
      HearthMcpTicket *ticket = g_hash_table_lookup (self->tickets, GUINT_TO_POINTER (g_array_index (numbers, guint, i)));

      if (ticket != NULL && ticket->link == link)
        _hearth_mcp_ticket_answer (ticket, NULL, error);
    }
}

void
_hearth_mcp_link_drop (HearthMcpLink *self,
                       const GError  *error)
{
  g_autoptr (HearthMcpHub) hub = g_object_ref (self->hub);

  g_ref_count_inc (&self->ref_count);
  g_hash_table_remove (hub->links, hearth_value_get_member_string (self->server, "id", ""));
  fail_tickets (hub, self, error);
  link_unref (self);
}

static void idle_cb (gpointer data);

static void
wait_idle (HearthMcpLink *self)
{
  self->idle = hearth_clock_add_timeout (hearth_outside_get_clock (self->hub->outside), IDLE_MS, idle_cb, self);
}

static void
idle_cb (gpointer data)
{
  HearthMcpLink *self = data;

  self->idle = 0;
  if (_hearth_mcp_session_get_n_requests (self->session) > 0)
    wait_idle (self);
  else
    g_hash_table_remove (self->hub->links, hearth_value_get_member_string (self->server, "id", ""));
}

static void
session_ended_cb (HearthMcpSession *session,
                  const GError     *error,
                  gpointer          user_data)
{
  _hearth_mcp_link_drop (user_data, error);
}

static void
begin_session (HearthMcpLink *self,
               GHashTable    *secrets)
{
  HearthMcpHub *hub = self->hub;
  g_autoptr (GList) tickets = NULL;

  self->session = _hearth_mcp_session_new (hub->outside, self->server, secrets, session_ended_cb, self);
  wait_idle (self);
  tickets = g_hash_table_get_values (hub->tickets);
  for (GList *at = tickets; at != NULL; at = at->next)
    if (((HearthMcpTicket *) at->data)->link == self)
      _hearth_mcp_ticket_ask (at->data);
}

static void
secrets_cb (GHashTable   *secrets,
            const GError *error,
            gpointer      user_data)
{
  HearthMcpLink *link = user_data;

  if (link->hub != NULL && error != NULL)
    _hearth_mcp_link_drop (link, error);
  else if (link->hub != NULL)
    begin_session (link, secrets);
  link_unref (link);
}

HearthMcpLink *
_hearth_mcp_link_new (HearthMcpHub *hub,
                      HearthValue  *server)
{
  HearthMcpLink *self = g_new0 (HearthMcpLink, 1);

  g_ref_count_init (&self->ref_count);
  self->hub = hub;
  self->server = hearth_value_ref (server);
  self->fingerprint = hearth_mcp_server_dup_fingerprint (server);
  g_hash_table_insert (hub->links, (gpointer) hearth_value_get_member_string (self->server, "id", ""), self);
  return self;
}

static gboolean
has_secrets (HearthValue *server)
{
  HearthValue *secrets = hearth_value_get_member_kind (server, "secrets", HEARTH_VALUE_ARRAY);

  return secrets != NULL && hearth_value_get_length (secrets) > 0;
}

void
_hearth_mcp_link_start (HearthMcpLink *self)
{
  HearthMcpHub *hub = self->hub;

  if (!has_secrets (self->server) || hearth_outside_is_replaying (hub->outside))
    {
      begin_session (self, NULL);
      return;
    }
  g_ref_count_inc (&self->ref_count);
  hub->source->load_secrets (hub->owner, self->server, secrets_cb, self);
}
