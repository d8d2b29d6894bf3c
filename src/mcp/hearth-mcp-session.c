/* hearth-mcp-session.c: a conversation with one running server: requests, their answers, and what comes between
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-session.h"

#include "hearth-json.h"
#include "hearth-i18n.h"

#define PROTOCOL_VERSION "2025-06-18"
#define START_TIMEOUT_MS 60000 /* a package runner may first fetch the server */

#define METHOD_NOT_FOUND (-32601)

typedef struct
{
  HearthMcpSession *session;
  guint             number;
  char             *method;
  HearthValue      *params;
  guint             timeout_ms;
  guint             timer;      /* of the clock; 0: none */
  HearthMcpAnswered answered;
  gpointer          user_data;
} Request;

struct _HearthMcpSession
{
  HearthMcpTransport *transport; /* NULL: closed */
  HearthClock        *clock;
  GHashTable         *requests;  /* number -> Request */
  GQueue              waiting;   /* numbers of those that wait for the introduction */
  guint               last_number;
  gboolean            ready;
  HearthValue        *info;
  HearthMcpEnded      ended;
  gpointer            user_data;
};

static void
stop_timer (Request *self)
{
  if (self->timer != 0)
    hearth_clock_remove (self->session->clock, self->timer);
  self->timer = 0;
}

static void
request_free (gpointer data)
{
  Request *self = data;

  stop_timer (self);
  g_clear_pointer (&self->params, hearth_value_unref);
  g_free (self->method);
  g_free (self);
}

/* --- messages --------------------------------------------------------------------------------------- */

/* Takes @params, which may be NULL. */
static void
send_message (HearthMcpSession *self,
              guint             number, /* 0: a notification */
              const char       *method,
              HearthValue      *params)
{
  g_autoptr (HearthValue) message =
      hearth_value_object ("jsonrpc", hearth_value_string ("2.0"), "id", number > 0 ? hearth_value_integer (number) : NULL,
                           "method", hearth_value_string (method), "params", params, NULL);

  if (self->transport != NULL)
    self->transport->send (self->transport, message);
}

/* With a token, by which the server may say how far it is. */
static HearthValue *
add_token (HearthValue *params,
           guint        number)
{
  g_autoptr (HearthValue) meta = hearth_value_object ("progressToken", hearth_value_integer (number), NULL);

  return hearth_value_with (params, "_meta", meta);
}

/* --- answers ------------------------------------------------------------------------------------------ */

static void
answer (Request      *request,
        HearthValue  *result,
        const GError *error)
{
  HearthMcpSession *self = request->session;
  HearthMcpAnswered answered = request->answered;
  gpointer user_data = request->user_data;

  g_hash_table_remove (self->requests, GUINT_TO_POINTER (request->number));
  answered (result, error, user_data);
}

static void
timeout_cb (gpointer data)
{
  Request *request = data;
  HearthMcpSession *self = request->session;
  guint number = request->number;
  g_autoptr (GError) error = g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_TIMEOUT,
                                          _("The server gave no answer to “%s” within %u seconds. Try again, or look into its own log."), request->method,
                                          request->timeout_ms / 1000);
  HearthMcpAnswered answered = request->answered;
  gpointer user_data = request->user_data;

  request->timer = 0;
  _hearth_mcp_session_withdraw (self, number);
  answered (NULL, error, user_data);
}

static void
start_timer (Request *request)
{
  stop_timer (request);
  request->timer = hearth_clock_add_timeout (request->session->clock, request->timeout_ms, timeout_cb, request);
}

/* Its time begins now: until the server has introduced itself, that request's does. */
static void
send_request (Request *request)
{
  send_message (request->session, request->number, request->method, add_token (request->params, request->number));
  start_timer (request);
}

static void
take_answer (HearthMcpSession *self,
             HearthValue      *message)
{
  gint64 id = hearth_value_get_member_integer (message, "id", 0);
  Request *request = id > 0 && id <= G_MAXUINT ? g_hash_table_lookup (self->requests, GUINT_TO_POINTER ((guint) id)) : NULL;
  HearthValue *result = hearth_value_get_member_kind (message, "result", HEARTH_VALUE_OBJECT);
  g_autoptr (GError) error = NULL;

  if (request == NULL)
    return; /* was withdrawn */
  if (hearth_value_get (message, "error") != NULL)
    error = hearth_mcp_error_new_refused (hearth_value_get_member_string (hearth_value_get (message, "error"), "message", NULL));
  else if (result == NULL)
    error = g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ANSWER, _("The server's answer to “%s” has no result, which the protocol asks for. Look for a newer version of it."), request->method);
  answer (request, error == NULL ? result : NULL, error);
}

/* --- what the server says unasked ----------------------------------------------------------------------- */

static void
take_notification (HearthMcpSession *self,
                   const char       *method,
                   HearthValue      *params)
{
  gint64 token = hearth_value_get_member_integer (params, "progressToken", 0);
  Request *request;

  if (!g_str_equal (method, "notifications/progress") || token <= 0 || token > G_MAXUINT)
    return;
  request = g_hash_table_lookup (self->requests, GUINT_TO_POINTER ((guint) token));
  if (request != NULL)
    start_timer (request);
}

/* It may ask whether we live; our models, our files and our user are not its to ask. */
static void
take_question (HearthMcpSession *self,
               const char       *method,
               HearthValue      *id)
{
  g_autoptr (HearthValue) reply = NULL;

  if (g_str_equal (method, "ping"))
    reply = hearth_value_object ("jsonrpc", hearth_value_string ("2.0"), "id", hearth_value_ref (id), "result",
                                 hearth_value_empty_object (), NULL);
  else
    reply = hearth_value_object ("jsonrpc", hearth_value_string ("2.0"), "id", hearth_value_ref (id), "error",
                                 hearth_value_object ("code", hearth_value_integer (METHOD_NOT_FOUND), "message",
                                                      hearth_value_string ("Method not found"), NULL),
                                 NULL);
  if (self->transport != NULL)
    self->transport->send (self->transport, reply);
}

static void
received_cb (HearthValue *message,
             gpointer     user_data)
{
  HearthMcpSession *self = user_data;
  const char *method = hearth_value_get_member_string (message, "method", NULL);
  HearthValue *id = hearth_value_get (message, "id");

  if (method == NULL)
    take_answer (self, message);
  else if (id == NULL)
    take_notification (self, method, hearth_value_get (message, "params"));
  else
    take_question (self, method, id);
}

/* --- the end ----------------------------------------------------------------------------------------------- */

/* Whoever is told may free the session. */
static void
end (HearthMcpSession *self,
     const GError     *error)
{
  HearthMcpTransport *transport = g_steal_pointer (&self->transport);
  g_autoptr (GError) reason = g_error_copy (error);

  if (transport != NULL)
    transport->close (transport);
  g_hash_table_remove_all (self->requests);
  self->ended (self, reason, self->user_data);
}

static void
closed_cb (const GError *error,
           gpointer      user_data)
{
  end (user_data, error);
}

/* --- the beginning ------------------------------------------------------------------------------------------- */

static void
introduced_cb (HearthValue  *result,
               const GError *error,
               gpointer      user_data)
{
  HearthMcpSession *self = user_data;
  gpointer number;

  if (error != NULL)
    {
      g_autoptr (GError) reason = g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_START, "%s", error->message);

      if (self->transport != NULL)
        end (self, reason);
      return;
    }
  self->ready = TRUE;
  self->info = hearth_value_ref (result);
  send_message (self, 0, "notifications/initialized", NULL);
  while ((number = g_queue_pop_head (&self->waiting)) != NULL)
    {
      Request *request = g_hash_table_lookup (self->requests, number);

      if (request != NULL)
        send_request (request);
    }
}

static guint
add_request (HearthMcpSession *self,
             const char       *method,
             HearthValue      *params, /* taken */
             guint             timeout_ms,
             HearthMcpAnswered answered,
             gpointer          user_data)
{
  Request *request = g_new0 (Request, 1);

  request->session = self;
  request->number = ++self->last_number;
  request->method = g_strdup (method);
  request->params = params;
  request->timeout_ms = timeout_ms;
  request->answered = answered;
  request->user_data = user_data;
  g_hash_table_insert (self->requests, GUINT_TO_POINTER (request->number), request);
  return request->number;
}

static void
introduce (HearthMcpSession *self)
{
  HearthValue *client = hearth_value_object ("name", hearth_value_string ("Hearth"), "version", hearth_value_string (HEARTH_VERSION), NULL);
  HearthValue *params = hearth_value_object ("protocolVersion", hearth_value_string (PROTOCOL_VERSION), "capabilities",
                                             hearth_value_empty_object (), "clientInfo", client, NULL);
  guint number = add_request (self, "initialize", params, START_TIMEOUT_MS, introduced_cb, self);
  Request *request = g_hash_table_lookup (self->requests, GUINT_TO_POINTER (number));

  send_message (self, number, request->method, hearth_value_ref (request->params));
  start_timer (request);
}

HearthMcpSession *
_hearth_mcp_session_new (HearthOutside  *outside,
                         HearthValue    *server,
                         GHashTable     *secrets,
                         HearthMcpEnded  ended,
                         gpointer        user_data)
{
  static const HearthMcpTransportEvents events = { received_cb, closed_cb };
  HearthMcpSession *self = g_new0 (HearthMcpSession, 1);

  self->clock = g_object_ref (hearth_outside_get_clock (outside));
  self->requests = g_hash_table_new_full (NULL, NULL, NULL, request_free);
  self->ended = ended;
  self->user_data = user_data;
  g_queue_init (&self->waiting);
  if (hearth_value_get (server, "url") != NULL)
    self->transport = _hearth_mcp_http_new (outside, server, secrets, &events, self);
  else
    self->transport = _hearth_mcp_stdio_new (outside, server, secrets, &events, self);
  introduce (self);
  return self;
}

void
_hearth_mcp_session_free (HearthMcpSession *self)
{
  HearthMcpTransport *transport = g_steal_pointer (&self->transport);

  if (transport != NULL)
    transport->close (transport);
  g_hash_table_unref (self->requests);
  g_queue_clear (&self->waiting);
  g_clear_pointer (&self->info, hearth_value_unref);
  g_object_unref (self->clock);
  g_free (self);
}

/* --- asking ------------------------------------------------------------------------------------------------------ */

guint
_hearth_mcp_session_ask (HearthMcpSession  *self,
                         const char        *method,
                         HearthValue       *params,
                         guint              timeout_ms,
                         HearthMcpAnswered  answered,
                         gpointer           user_data)
{
  guint number = add_request (self, method, hearth_value_ref_or_null (params), timeout_ms, answered, user_data);

  if (self->ready)
    send_request (g_hash_table_lookup (self->requests, GUINT_TO_POINTER (number)));
  else
    g_queue_push_tail (&self->waiting, GUINT_TO_POINTER (number));
  return number;
}

void
_hearth_mcp_session_withdraw (HearthMcpSession *self,
                              guint             number)
{
  if (!g_hash_table_remove (self->requests, GUINT_TO_POINTER (number)) || g_queue_remove (&self->waiting, GUINT_TO_POINTER (number)))
    return;
  send_message (self, 0, "notifications/cancelled",
                hearth_value_object ("requestId", hearth_value_integer (number), "reason", hearth_value_string ("cancelled"), NULL));
}

guint
_hearth_mcp_session_get_n_requests (HearthMcpSession *self)
{
  return g_hash_table_size (self->requests);
}

HearthValue *
_hearth_mcp_session_get_info (HearthMcpSession *self)
{
  return self->info;
}
