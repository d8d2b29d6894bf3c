/* hearth-mcp-hub-private.h: the hub from the inside: servers in use, and questions on their way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-mcp-hub.h"
#include "hearth-mcp-session.h"

G_BEGIN_DECLS

typedef struct _HearthMcpLink   HearthMcpLink;
typedef struct _HearthMcpTicket HearthMcpTicket;

/* One server in use: its session, or the secrets on their way to it. */
struct _HearthMcpLink
{
  grefcount         ref_count; /* the table's, and that of secrets on their way */
  HearthMcpHub     *hub;       /* NULL: it is out of the table */
  HearthValue      *server;
  char             *fingerprint;
  HearthMcpSession *session;
  guint             idle;      /* of the clock; 0: none */
};

/* One question, which for a list is several requests of the session. */
struct _HearthMcpTicket
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
  HearthMcpLink    *link;    /* whose session is asked, or NULL */
  guint             request; /* its number there */
  guint             source;  /* of what is still to be begun */
  HearthMcpAnswered answered;
  gpointer          user_data;
};

struct _HearthMcpHub
{
  GObject parent_instance;

  HearthOutside *outside;
  const HearthMcpSource *source;
  gpointer owner;
  HearthValue *servers; /* NULL: not known yet */
  gboolean loading;
  GHashTable *links;   /* server id -> HearthMcpLink */
  GHashTable *tickets; /* number -> HearthMcpTicket */
  guint last_number;
};

/* The user has allowed @server; or it is played back, so that nobody is asked. */
gboolean       _hearth_mcp_hub_may_use   (HearthMcpHub    *self,
                                          HearthValue     *server);

/* --- hearth-mcp-link.c ---------------------------------------------------------------------- */

/* Puts it into the hub's table. Borrowed. */
HearthMcpLink *_hearth_mcp_link_new      (HearthMcpHub    *hub,
                                          HearthValue     *server);
/* At once, or when its secrets are there. What becomes of it is told to the tickets that have it. */
void           _hearth_mcp_link_start    (HearthMcpLink   *self);
/* What the hub's table does with one that is taken out. */
void           _hearth_mcp_link_close    (gpointer         self);
/* Takes it out; everybody who asks it hears of @error. */
void           _hearth_mcp_link_drop     (HearthMcpLink   *self,
                                          const GError    *error);

/* --- hearth-mcp-ticket.c -------------------------------------------------------------------- */

/* Takes @params. Returns the ticket's number. */
guint          _hearth_mcp_ticket_new    (HearthMcpHub     *hub,
                                          const char       *server_id,
                                          const char       *method,
                                          HearthValue      *params,
                                          const char       *list,
                                          guint             timeout_ms,
                                          HearthMcpAnswered answered,
                                          gpointer          user_data);
void           _hearth_mcp_ticket_free   (gpointer          self);
/* Its link has a session now. */
void           _hearth_mcp_ticket_ask    (HearthMcpTicket  *self);
/* It is gone then. */
void           _hearth_mcp_ticket_answer (HearthMcpTicket  *self,
                                          HearthValue      *result,
                                          const GError     *error);
/* The servers are known now. */
void           _hearth_mcp_ticket_begin_all (HearthMcpHub  *hub);

G_END_DECLS
