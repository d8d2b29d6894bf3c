/* hearth-mcp-http.c: messages by HTTP: each is posted, and what comes back is one message or a stream of them
 *
 * The server may name a session with its first answer; we say the name with every later message, and tell the
 * server when we need it no more. We do not listen for what a server says unasked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-mcp-transport.h"

#include <string.h>

#include "hearth-json.h"
#include "hearth-line-reader.h"
#include "hearth-i18n.h"

#define PATIENCE_MS (10 * 60 * 1000) /* the conversation has deadlines of its own */
#define MAX_SHOWN 300                /* characters of what came instead of a message */

typedef struct
{
  HearthMcpTransport  parent;
  grefcount           ref_count;
  HearthOutside      *outside;
  char               *url;
  char               *header;      /* of the secret, or NULL */
  HearthSecret       *secret;
  char               *session_id;  /* or NULL */
  GPtrArray          *posts;       /* of Post, those on their way */
  const HearthMcpTransportEvents *events; /* NULL: closed */
  gpointer            user_data;
} Http;

typedef struct
{
  Http             *http;
  HearthExchange   *exchange;
  guint             status;
  HearthLineReader *lines; /* of a stream; NULL: one message in */
  GString          *body;
} Post;

static void
http_unref (Http *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->outside);
  g_clear_pointer (&self->secret, hearth_secret_unref);
  g_ptr_array_unref (self->posts);
  g_free (self->session_id);
  g_free (self->header);
  g_free (self->url);
  g_free (self);
}

static void
post_free (gpointer data)
{
  Post *self = data;

  g_clear_pointer (&self->exchange, hearth_exchange_cancel);
  g_clear_pointer (&self->lines, hearth_line_reader_free);
  g_string_free (self->body, TRUE);
  g_free (self);
}

static void
tell_closed (Http   *self,
             GError *error) /* taken */
{
  const HearthMcpTransportEvents *events = g_steal_pointer (&self->events);

  if (events != NULL)
    events->closed (error, self->user_data);
  g_error_free (error);
}

/* --- what comes back ---------------------------------------------------------------------------------- */

static void
take_message (Http       *self,
              const char *text,
              gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) message = hearth_json_parse (text, (gssize) length, &error);

  if (message == NULL)
    tell_closed (self, g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ANSWER, _("The server's message is not JSON. Check that a server of MCP is at this address. %s"),
                                    error->message));
  else if (self->events != NULL)
    self->events->received (message, self->user_data);
}

static gboolean
event_cb (const char *name,
          const char *data,
          gsize       length,
          gpointer    user_data)
{
  Post *post = user_data;
  Http *self = post->http;

  if (length > 0 && g_str_equal (name, "message"))
    take_message (self, data, length);
  return self->events != NULL;
}

static void
head_cb (guint        status,
         HearthValue *headers,
         gpointer     user_data)
{
  Post *self = user_data;
  const char *type = hearth_value_get_member_string (headers, "content-type", "");
  const char *id = hearth_value_get_member_string (headers, "mcp-session-id", NULL);

  self->status = status;
  if (id != NULL && self->http->session_id == NULL)
    self->http->session_id = g_strdup (id);
  if (status < 300 && g_str_has_prefix (type, "text/event-stream"))
    self->lines = hearth_line_reader_new (HEARTH_FRAMING_EVENTS, HEARTH_MCP_MAX_MESSAGE, event_cb, self);
}

static void
data_cb (const char *bytes,
         gsize       length,
         gpointer    user_data)
{
  Post *self = user_data;
  Http *http = self->http;
  g_autoptr (GError) error = NULL;

  if (self->lines == NULL)
    g_string_append_len (self->body, bytes, (gssize) length);
  else
    {
      g_ref_count_inc (&http->ref_count);
      if (!hearth_line_reader_feed (self->lines, bytes, length, &error))
        tell_closed (http, g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ANSWER, _("The server's message cannot be read. Check that a server of MCP is at this address. %s"),
                                        error->message));
      http_unref (http);
    }
}

static GError *
explain_error (const GError *error)
{
  if (g_error_matches (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_NOT_RECORDED))
    return g_error_new_literal (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_NOT_RECORDED, error->message);
  return g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED, _("The server cannot be reached. Check that it runs, and its address. %s"), error->message);
}

static GError *
explain_status (guint       status,
                const char *body)
{
  g_autofree char *valid = g_utf8_make_valid (body, -1);
  g_autofree char *shown = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_SHOWN));

  if (status == 401 || status == 403)
    return g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_START,
                        _("The server wants a key, or another one (status %u). Enter it in the server's settings."), status);
  if (status == 404)
    return g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED,
                        _("The server does not know this conversation any more, or there is no server at this address (status 404). Try again, and check "
                          "the address."));
  return g_error_new (HEARTH_MCP_ERROR, HEARTH_MCP_ERROR_ENDED, _("The server answered with status %u. Check its address, or try again later. %s"), status, g_strstrip (shown));
}

static void
ended_cb (const GError *error,
          gpointer      user_data)
{
  Post *self = user_data;
  Http *http = self->http;

  self->exchange = NULL;
  g_ref_count_inc (&http->ref_count);
  if (error != NULL)
    tell_closed (http, explain_error (error));
  else if (self->status >= 300)
    tell_closed (http, explain_status (self->status, self->body->str));
  else if (self->lines != NULL)
    hearth_line_reader_end (self->lines, NULL);
  else if (self->body->len > 0)
    take_message (http, self->body->str, self->body->len);
  g_ptr_array_remove (http->posts, self);
  http_unref (http);
}

/* --- sending ---------------------------------------------------------------------------------------------- */

static HearthOutsideRequest
make_request (Http        *self,
              const char  *method,
              HearthValue *headers,
              GBytes      *body)
{
  const char *secret = self->secret != NULL ? hearth_secret_get_text (self->secret) : "";
  gboolean bare = self->header != NULL && g_ascii_strcasecmp (self->header, "Authorization") == 0 && strchr (secret, ' ') == NULL;

  return (HearthOutsideRequest) {
    .method = method,
    .uri = self->url,
    .headers = headers,
    .secret = self->secret,
    .secret_header = self->header,
    .secret_prefix = bare ? "Bearer " : NULL,
    .body = body,
    .content_type = "application/json",
    .first_byte_ms = PATIENCE_MS,
    .idle_ms = PATIENCE_MS,
    .max_bytes = HEARTH_MCP_MAX_MESSAGE,
  };
}

static void
post (Http       *self,
      const char *method,
      GBytes     *body)
{
  static const HearthExchangeEvents events = { head_cb, data_cb, ended_cb };
  g_autoptr (HearthValue) headers =
      hearth_value_object ("Accept", hearth_value_string ("application/json, text/event-stream"), "Mcp-Session-Id",
                           self->session_id != NULL ? hearth_value_string (self->session_id) : NULL, NULL);
  HearthOutsideRequest request = make_request (self, method, headers, body);
  Post *made = g_new0 (Post, 1);

  made->http = self;
  made->body = g_string_new (NULL);
  g_ptr_array_add (self->posts, made);
  made->exchange = hearth_outside_send (self->outside, &request, &events, made);
}

static void
http_send (HearthMcpTransport *transport,
           HearthValue        *message)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;

  hearth_json_append (text, message);
  body = g_string_free_to_bytes (text);
  post ((Http *) transport, "POST", body);
}

/* The last that is sent; what comes back concerns nobody, and it holds the transport until then. */
typedef struct
{
  Http           *http;
  HearthExchange *exchange;
} Farewell;

static void
ignore_head_cb (guint        status,
                HearthValue *headers,
                gpointer     user_data)
{
}

static void
ignore_data_cb (const char *bytes,
                gsize       length,
                gpointer    user_data)
{
}

static void
farewell_cb (const GError *error,
             gpointer      user_data)
{
  Farewell *self = user_data;

  http_unref (self->http);
  g_free (self);
}

static void
say_goodbye (Http *self)
{
  static const HearthExchangeEvents events = { ignore_head_cb, ignore_data_cb, farewell_cb };
  g_autoptr (HearthValue) headers = hearth_value_object ("Mcp-Session-Id", hearth_value_string (self->session_id), NULL);
  HearthOutsideRequest request = make_request (self, "DELETE", headers, NULL);
  Farewell *farewell = g_new0 (Farewell, 1);

  request.first_byte_ms = 5000;
  farewell->http = self;
  g_ref_count_inc (&self->ref_count);
  farewell->exchange = hearth_outside_send (self->outside, &request, &events, farewell);
}

static void
http_close (HearthMcpTransport *transport)
{
  Http *self = (Http *) transport;

  self->events = NULL;
  for (guint i = 0; i < self->posts->len; i++)
    {
      Post *on_its_way = g_ptr_array_index (self->posts, i);

      g_clear_pointer (&on_its_way->exchange, hearth_exchange_cancel);
    }
  if (self->session_id != NULL)
    say_goodbye (self);
  http_unref (self);
}

HearthMcpTransport *
_hearth_mcp_http_new (HearthOutside                  *outside,
                      HearthValue                    *server,
                      GHashTable                     *secrets,
                      const HearthMcpTransportEvents *events,
                      gpointer                        user_data)
{
  Http *self = g_new0 (Http, 1);
  GHashTableIter iter;
  gpointer name, secret;

  self->parent = (HearthMcpTransport) { .send = http_send, .close = http_close };
  g_ref_count_init (&self->ref_count);
  self->outside = g_object_ref (outside);
  self->url = g_strdup (hearth_value_get_member_string (server, "url", ""));
  self->posts = g_ptr_array_new_with_free_func (post_free);
  self->events = events;
  self->user_data = user_data;
  if (secrets != NULL)
    {
      g_hash_table_iter_init (&iter, secrets);
      if (g_hash_table_iter_next (&iter, &name, &secret))
        {
          self->header = g_strdup (name);
          self->secret = hearth_secret_ref (secret);
        }
    }
  return &self->parent;
}
