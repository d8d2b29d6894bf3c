/* hearth-mcp-hub.c: all servers of the Model Context Protocol that the user has entered; a service of runs
 *
 * A Link is one server in use: its session, or the secrets on their way to it. A Ticket is one question of ours,
 * which for a list is several requests of the session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-hub.h"

#include "hearth-mcp-session.h"
#include "hearth-i18n.h"

#define CALL_TIMEOUT_MS 60000
#define IDLE_SECONDS 300
#define MAX_PAGES 100

typedef struct _Link Link;

typedef struct
{
  HearthMcpHub     *hub;
  guint             number;
  char             *server_id;
  char             *method;
  HearthValue      *params;  /* or NULL */
  guint             timeout_ms;
  const char       *list;    /* the member that is gathered, or NULL */
  HearthBuilder     gathered;
  guint             n_pages;
  Link             *link;    /* whose session is asked, or NULL */
  guint             request; /* its number there */
  guint             source;  /* of what is still to be begun */
  GError           *error;   /* which is told then */
  HearthMcpAnswered answered;
  gpointer          user_data;
} Ticket;

struct _Link
{
  grefcount         ref_count; /* the table's, and that of secrets on their way */
  HearthMcpHub     *hub;       /* NULL: it is out of the table */
  HearthValue      *server;
  char             *fingerprint;
  HearthMcpSession *session;
  guint             idle;
};

struct _HearthMcpHub
{
  GObject parent_instance;

  HearthOutside *outside;
  const HearthMcpSource *source;
  gpointer owner;
  HearthValue *servers; /* NULL: not known yet */
  gboolean loading;
  GHashTable *links;   /* server id -> Link */
  GHashTable *tickets; /* number -> Ticket */
  guint last_number;
};

G_DEFINE_FINAL_TYPE (HearthMcpHub, hearth_mcp_hub, G_TYPE_OBJECT)

static void
ticket_free (gpointer data)
{
  Ticket *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->params, hearth_value_unref);
  g_clear_error (&self->error);
  hearth_builder_clear (&self->gathered);
  g_free (self->server_id);
  g_free (self->method);
  g_free (self);
}

static void
ticket_answer (Ticket       *self,
               HearthValue  *result,
               const GError *error)
{
  HearthMcpAnswered answered = self->answered;
  gpointer user_data = self->user_data;

  g_hash_table_remove (self->hub->tickets, GUINT_TO_POINTER (self->number));
  answered (result, error, user_data);
}

/* --- links ---------------------------------------------------------------------------------------- */

static void
link_unref (Link *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  hearth_value_unref (self->server);
  g_free (self->fingerprint);
  g_free (self);
}

/* It is taken out of the table. */
static void
link_close (gpointer data)
{
  Link *self = data;
  HearthMcpSession *session = g_steal_pointer (&self->session);

  self->hub = NULL;
  g_clear_handle_id (&self->idle, g_source_remove);
  if (session != NULL)
    _hearth_mcp_session_free (session);
  link_unref (self);
}

/* Every ticket that has begun on @link hears of @error. */
static void
fail_tickets (HearthMcpHub *self,
              Link         *link,
              const GError *error)
{
  g_autoptr (GList) tickets = g_hash_table_get_values (self->tickets);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (GList *at = tickets; at != NULL; at = at->next)
    if (((Ticket *) at->data)->link == link)
      g_array_append_val (numbers, ((Ticket *) at->data)->number);
  for (guint i = 0; i < numbers->len; i++)
    {
      Ticket *ticket = g_hash_table_lookup (self->tickets, GUINT_TO_POINTER (g_array_index (numbers, guint, i)));

      if (ticket != NULL && ticket->link == link)
        ticket_answer (ticket, NULL, error);
    }
}

static void
drop_link (HearthMcpHub *self,
           Link         *link,
           const GError *error)
{
  g_autoptr (HearthMcpHub) hub = g_object_ref (self);

  g_ref_count_inc (&link->ref_count);
  g_hash_table_remove (self->links, hearth_value_get_member_string (link->server, "id", ""));
  fail_tickets (self, link, error);
  link_unref (link);
}

static gboolean
idle_cb (gpointer data)
{
  Link *link = data;

  if (_hearth_mcp_session_get_n_requests (link->session) > 0)
    return G_SOURCE_CONTINUE;
  link->idle = 0;
  g_hash_table_remove (link->hub->links, hearth_value_get_member_string (link->server, "id", ""));
  return G_SOURCE_REMOVE;
}

static void
session_ended_cb (HearthMcpSession *session,
                  const GError     *error,
                  gpointer          user_data)
{
  drop_link (user_data ? ((Link *) user_data)->hub : NULL, user_data, error);
}

static void ticket_ask (Ticket *self);

static void
link_start (Link       *self,
            GHashTable *secrets)
{
  HearthMcpHub *hub = self->hub;
  g_autoptr (GList) tickets = NULL;
  g_autoptr (GError) error = NULL;

  self->session = _hearth_mcp_session_new (hub->outside, self->server, secrets, session_ended_cb, self, &error);
  if (self->session == NULL)
    {
      drop_link (hub, self, error);
      return;
    }
  self->idle = g_timeout_add_seconds (IDLE_SECONDS, idle_cb, self);
  tickets = g_hash_table_get_values (hub->tickets);
  for (GList *at = tickets; at != NULL; at = at->next)
    if (((Ticket *) at->data)->link == self)
      ticket_ask (at->data);
}

static void
secrets_cb (GHashTable   *secrets,
            const GError *error,
            gpointer      user_data)
{
  Link *link = user_data;

  if (link->hub != NULL && error != NULL)
    drop_link (link->hub, link, error);
  else if (link->hub != NULL)
    link_start (link, secrets);
  link_unref (link);
}

static Link *
link_new (HearthMcpHub *hub,
          HearthValue  *server)
{
  Link *self = g_new0 (Link, 1);

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

/* --- tickets ------------------------------------------------------------------------------------------ */

static void
answered_cb (HearthValue  *result,
             const GError *error,
             gpointer      user_data)
{
  Ticket *self = user_data;
  const char *cursor = hearth_value_get_member_string (result, "nextCursor", NULL);
  HearthValue *list = self->list != NULL ? hearth_value_get_member_kind (result, self->list, HEARTH_VALUE_ARRAY) : NULL;
  g_autoptr (HearthValue) all = NULL;

  self->request = 0;
  if (error != NULL || self->list == NULL)
    {
      ticket_answer (self, result, error);
      return;
    }
  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    hearth_builder_add (&self->gathered, NULL, hearth_value_ref (hearth_value_at (list, i)));
  if (cursor != NULL && ++self->n_pages < MAX_PAGES)
    {
      g_clear_pointer (&self->params, hearth_value_unref);
      self->params = hearth_value_object ("cursor", hearth_value_string (cursor), NULL);
      ticket_ask (self);
      return;
    }
  all = hearth_builder_end_array (&self->gathered);
  ticket_answer (self, all, NULL);
}

static void
ticket_ask (Ticket *self)
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

static void
ticket_open_link (Ticket      *self,
                  HearthValue *server)
{
  HearthMcpHub *hub = self->hub;

  self->link = link_new (hub, server);
  if (has_secrets (server) && !hearth_outside_is_replaying (hub->outside))
    {
      g_ref_count_inc (&self->link->ref_count);
      hub->source->load_secrets (hub->owner, server, secrets_cb, self->link);
    }
  else
    link_start (self->link, NULL);
}

/* Why @server, or NULL, is not asked; NULL: it is. */
static GError *
check_server (HearthMcpHub *self,
              const char   *id,
              HearthValue  *server)
{
  if (server == NULL || !hearth_mcp_server_is_allowed (server))
    return refuse (self, id, server);
  if (hearth_outside_is_replaying (self->outside) && hearth_value_get (server, "url") == NULL)
    return g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_START,
                        _("The MCP server “%s” is a program, and what programs say is in no recording. Run without --replay."), id);
  return NULL;
}

static gboolean
begin_cb (gpointer data)
{
  Ticket *self = data;
  HearthMcpHub *hub = self->hub;
  HearthValue *server = hearth_mcp_hub_find_server (hub, self->server_id);
  g_autoptr (GError) refusal = NULL;

  self->source = 0;
  if (hub->servers == NULL)
    {
      if (!hub->loading)
        hub->source->load_servers (hub->owner);
      hub->loading = TRUE;
      return G_SOURCE_REMOVE;
    }
  refusal = check_server (hub, self->server_id, server);
  if (refusal != NULL)
    {
      ticket_answer (self, NULL, refusal);
      return G_SOURCE_REMOVE;
    }
  self->link = g_hash_table_lookup (hub->links, self->server_id);
  if (self->link == NULL)
    ticket_open_link (self, server);
  else if (self->link->session != NULL)
    ticket_ask (self);
  return G_SOURCE_REMOVE;
}

static void
ticket_begin (Ticket *self)
{
  self->source = g_idle_add_full (G_PRIORITY_DEFAULT, begin_cb, self, NULL);
}

/* Those that wait for the servers to be known. */
static void
begin_waiting (HearthMcpHub *self)
{
  GHashTableIter iter;
  gpointer ticket;

  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &ticket))
    if (((Ticket *) ticket)->source == 0)
      ticket_begin (ticket);
}

/* Takes @params. */
static guint
ask (HearthMcpHub      *self,
     const char        *server_id,
     const char        *method,
     HearthValue       *params,
     const char        *list,
     guint              timeout_ms,
     HearthMcpAnswered  answered,
     gpointer           user_data)
{
  Ticket *ticket = g_new0 (Ticket, 1);

  ticket->hub = self;
  ticket->number = ++self->last_number;
  ticket->server_id = g_strdup (server_id);
  ticket->method = g_strdup (method);
  ticket->params = params;
  ticket->list = list;
  ticket->timeout_ms = timeout_ms > 0 ? timeout_ms : CALL_TIMEOUT_MS;
  ticket->answered = answered;
  ticket->user_data = user_data;
  ticket_begin (ticket);
  g_hash_table_insert (self->tickets, GUINT_TO_POINTER (ticket->number), ticket);
  return ticket->number;
}

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
      return ask (self, server_id, kinds[i].method, NULL, kinds[i].what, 0, answered, user_data);
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
  return ask (self, server_id, "tools/call", params, NULL, timeout_ms, answered, user_data);
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

  return ask (self, server_id, "resources/read", hearth_value_object ("uri", hearth_value_string (uri), NULL), NULL, 0, answered,
              user_data);
}

void
hearth_mcp_hub_withdraw (HearthMcpHub *self,
                         guint         number)
{
  Ticket *ticket;

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
  Link *link = g_hash_table_lookup (self->links, id);
  g_autoptr (GError) error = NULL;

  if (link == NULL)
    return;
  error = g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED, _("The MCP server “%s” was ended."), id);
  drop_link (self, link, error);
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
    begin_waiting (self);
  ids = (char **) g_hash_table_get_keys_as_array (self->links, NULL);
  for (char **id = ids; *id != NULL; id++)
    *id = g_strdup (*id);
  for (char **id = ids; *id != NULL; id++)
    {
      HearthValue *server = hearth_mcp_hub_find_server (self, *id);
      Link *link = g_hash_table_lookup (self->links, *id);
      g_autofree char *fingerprint = server != NULL ? hearth_mcp_server_dup_fingerprint (server) : NULL;

      if (link != NULL && (g_strcmp0 (fingerprint, link->fingerprint) != 0 || !hearth_mcp_server_is_allowed (server)))
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
  Link *link;

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
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, link_close);
  self->tickets = g_hash_table_new_full (NULL, NULL, NULL, ticket_free);
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
