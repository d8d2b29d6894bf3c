/* hearth-guard.c: who may talk to us, and how much they may say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any web page the user visits can send requests to the loopback, and a name that resolves to
 * 127.0.0.1 makes such a page look like ours. So the Host must be a loopback name and the Origin
 * one we know (http-api.md 1.6, websocket.md 1).
 */

#include "hearth-guard.h"

#include "hearth-connection.h"
#include "hearth-i18n.h"
#include "hearth-json.h"
#include "hearth-outside.h"

/* Beyond the limit this much is still read and thrown away, so that the sender gets to see the
 * answer; then the line is cut. */
#define MAX_DRAIN (G_GUINT64_CONSTANT (512) << 20)

#define PRIVATE_NETWORK "Access-Control-Request-Private-Network"

/* What a page of another origin can send without asking first (the Fetch standard's "simple" types). */
static const char *const form_types[] = { "application/x-www-form-urlencoded", "multipart/form-data", "text/plain" };

static const char *const loopback_names[] = { "localhost", "127.0.0.1", "[::1]" };

/* Of the web frontend's own development server. */
static const char *const default_origins[] = { "http://localhost:5573", "http://127.0.0.1:5573" };

struct _HearthGuard
{
  guint16 port;
  char **origins;
};

HearthGuard *
hearth_guard_new (void)
{
  return g_new0 (HearthGuard, 1);
}

void
hearth_guard_free (HearthGuard *self)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->origins);
  g_free (self);
}

void
hearth_guard_set_port (HearthGuard *self,
                       guint16      port)
{
  g_return_if_fail (self != NULL);

  self->port = port;
}

void
hearth_guard_set_origins (HearthGuard       *self,
                          const char *const *origins)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->origins);
  self->origins = g_strdupv ((char **) origins);
}

/* --- judging ----------------------------------------------------------------------------- */

static gboolean
is_name (HearthGuard *self,
         const char  *address,
         const char  *name)
{
  g_autofree char *own = g_strdup_printf ("%s:%u", name, self->port);

  return g_ascii_strcasecmp (address, own) == 0 || (self->port == 80 && g_ascii_strcasecmp (address, name) == 0);
}

/* Of the machine, as other devices call it: the address they reached, or its name. */
static gboolean
is_machine (HearthGuard      *self,
            HearthConnection *connection,
            const char       *address)
{
  GSocketAddress *local = hearth_connection_get_local_address (connection);
  g_autofree char *ip = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *mdns = g_strconcat (g_get_host_name (), ".local", NULL);

  if (!G_IS_INET_SOCKET_ADDRESS (local))
    return FALSE;
  ip = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)));
  shown = strchr (ip, ':') != NULL ? g_strdup_printf ("[%s]", ip) : g_strdup (ip);
  return is_name (self, address, shown) || is_name (self, address, g_get_host_name ()) || is_name (self, address, mdns);
}

/* @connection NULL or from this computer: by the names of the loopback and no other. A name that
 * somebody made resolve to us is none of them. */
static gboolean
is_own_address (HearthGuard      *self,
                HearthConnection *connection,
                const char       *address)
{
  if (connection != NULL && !hearth_connection_is_loopback (connection))
    return is_machine (self, connection, address);
  for (guint i = 0; i < G_N_ELEMENTS (loopback_names); i++)
    if (is_name (self, address, loopback_names[i]))
      return TRUE;
  return FALSE;
}

gboolean
hearth_guard_accepts_host (HearthGuard      *self,
                           HearthConnection *connection,
                           const char       *host)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return host != NULL && is_own_address (self, connection, host);
}

static gboolean
is_listed (const char *const *list,
           gsize              length,
           const char        *origin)
{
  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_strcasecmp (list[i], origin) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
hearth_guard_accepts_origin (HearthGuard      *self,
                             HearthConnection *connection,
                             const char       *origin)
{
  g_return_val_if_fail (self != NULL && origin != NULL, FALSE);

  if (g_ascii_strncasecmp (origin, "http://", 7) == 0 && is_own_address (self, connection, origin + 7))
    return TRUE;
  if (is_listed (default_origins, G_N_ELEMENTS (default_origins), origin))
    return TRUE;
  return self->origins != NULL
         && is_listed ((const char *const *) self->origins, g_strv_length (self->origins), origin);
}

/* A browser says where a request comes from even when it sends no Origin. Following a link to one
 * of our pages is fine, fetching our data from a foreign page is not. */
static gboolean
is_cross_site (SoupMessageHeaders *headers,
               const char         *path)
{
  const char *site = soup_message_headers_get_one (headers, "Sec-Fetch-Site");
  const char *mode = soup_message_headers_get_one (headers, "Sec-Fetch-Mode");
  const char *target = soup_message_headers_get_one (headers, "Sec-Fetch-Dest");

  if (site == NULL || g_ascii_strcasecmp (site, "cross-site") != 0)
    return FALSE;
  return g_str_has_prefix (path, "/api") || g_strcmp0 (mode, "navigate") != 0 || g_strcmp0 (target, "document") != 0;
}

/* --- answering ----------------------------------------------------------------------------- */

void
hearth_guard_refuse (SoupServerMessage *message,
                     guint              status,
                     const char        *text)
{
  g_autoptr (GString) body = g_string_new ("{\"error\":");

  hearth_json_append_string (body, text, -1);
  g_string_append_c (body, '}');
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  soup_message_body_truncate (soup_server_message_get_response_body (message));
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body->str, body->len);
  soup_server_message_set_status (message, status, NULL);
}

void
hearth_guard_begin (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  /* Panels are frames of our own pages. */
  soup_message_headers_replace (headers, "X-Frame-Options", "SAMEORIGIN");
  soup_message_headers_replace (headers, "Referrer-Policy", "same-origin");
  soup_message_headers_replace (headers, "Vary", "Origin");
}

static void
add_cors_headers (SoupMessageHeaders *headers,
                  const char         *origin)
{
  soup_message_headers_replace (headers, "Access-Control-Allow-Origin", origin);
  soup_message_headers_replace (headers, "Access-Control-Allow-Credentials", "true");
  soup_message_headers_replace (headers, "Access-Control-Allow-Headers", "Content-Type, Authorization");
  soup_message_headers_replace (headers, "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS");
  soup_message_headers_replace (headers, "Access-Control-Expose-Headers",
                                "ETag, Content-Disposition, Content-Length, Content-Range, Accept-Ranges");
}

static gboolean
check_host_and_origin (HearthGuard       *self,
                       SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  HearthConnection *connection = hearth_connection_of (message);
  const char *origin = soup_message_headers_get_list (headers, "Origin");

  /* The list form: a header sent twice must not get through by its better half. */
  if (!hearth_guard_accepts_host (self, connection, soup_message_headers_get_list (headers, "Host")))
    {
      hearth_guard_refuse (message, SOUP_STATUS_FORBIDDEN,
                           _("This address is not served. Open it as http://localhost with the port of Hearth."));
      return FALSE;
    }
  if (soup_message_headers_get_list (headers, HEARTH_OUTSIDE_HEADER) != NULL)
    {
      hearth_guard_refuse (message, SOUP_STATUS_FORBIDDEN,
                           _("A node of a plugin may not use Hearth itself. Build a workflow from nodes instead."));
      return FALSE;
    }
  if (origin != NULL ? !hearth_guard_accepts_origin (self, connection, origin)
                     : is_cross_site (headers, g_uri_get_path (soup_server_message_get_uri (message))))
    {
      hearth_guard_refuse (message, SOUP_STATUS_FORBIDDEN,
                           _("This web page may not use Hearth. Its address is not on the list of allowed origins."));
      return FALSE;
    }
  if (origin != NULL)
    add_cors_headers (soup_server_message_get_response_headers (message), origin);
  return TRUE;
}

gboolean
hearth_guard_check (HearthGuard       *self,
                    SoupServerMessage *message)
{
  SoupMessageHeaders *reply;

  g_return_val_if_fail (self != NULL, FALSE);

  reply = soup_server_message_get_response_headers (message);
  if (!check_host_and_origin (self, message))
    return FALSE;
  if (soup_server_message_get_method (message) != SOUP_METHOD_OPTIONS)
    return TRUE;
  soup_message_headers_replace (reply, "Access-Control-Max-Age", "5");
  /* A page of the public web asks before it reaches into the private one; ours by then is allowed. */
  if (soup_message_headers_get_one (soup_server_message_get_request_headers (message), PRIVATE_NETWORK) != NULL)
    soup_message_headers_replace (reply, "Access-Control-Allow-Private-Network", "true");
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
  return FALSE;
}

/* Bytes of any type are taken from those who can set this header: for that a page elsewhere would have to
 * ask first, as a form never does. Its value does not matter (http-api.md 16.6). */
static gboolean
is_set_by_script (SoupServerMessage *message)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization") != NULL;
}

static gboolean
is_form (const char *type)
{
  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (form_types); i++)
    if (g_ascii_strcasecmp (type, form_types[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_taken (SoupServerMessage *message,
          const char        *type,
          const char        *taken)
{
  if (g_strcmp0 (taken, HEARTH_GUARD_ANY_TYPE) == 0)
    return is_set_by_script (message);
  return taken != NULL && g_ascii_strcasecmp (type, taken) == 0;
}

void
hearth_guard_refuse_forms (SoupServerMessage *message,
                           const char        *taken)
{
  const char *method = soup_server_message_get_method (message);
  const char *type = soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);

  if (soup_server_message_get_status (message) != 0 || method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD)
    return;
  if (is_form (type) && !is_taken (message, type, taken))
    hearth_guard_refuse (message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, _("Forms and plain text are not taken at this address."));
}

/* --- counting ------------------------------------------------------------------------------- */

typedef struct
{
  guint64 limit;
  guint64 seen;
} BodyCount;

static void
refuse_length (SoupServerMessage *message,
               guint64            limit)
{
  g_autofree char *size = g_format_size_full (limit, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *text = g_strdup_printf (_("The request is too large: at most %s are taken here."), size);

  hearth_guard_refuse (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, text);
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              BodyCount         *count)
{
  count->seen += g_bytes_get_size (chunk);
  if (count->seen > count->limit && soup_server_message_get_status (message) == 0)
    refuse_length (message, count->limit);
  if (count->seen > count->limit + MAX_DRAIN)
    {
      HearthConnection *connection = hearth_connection_of (message);

      if (connection != NULL)
        hearth_connection_cut (connection);
    }
}

void
hearth_guard_limit_body (SoupServerMessage *message,
                         gsize              limit)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *length = soup_message_headers_get_one (headers, "Content-Length");
  BodyCount *count = g_new0 (BodyCount, 1);
  guint64 announced = 0;

  count->limit = limit;
  g_signal_connect_data (message, "got-chunk", G_CALLBACK (got_chunk_cb), count, (GClosureNotify) (GCallback) g_free, 0);
  if (length == NULL || soup_server_message_get_status (message) != 0)
    return;
  if (!g_ascii_string_to_unsigned (length, 10, 0, G_MAXINT64, &announced, NULL))
    hearth_guard_refuse (message, SOUP_STATUS_BAD_REQUEST, _("The length of the request is not a number."));
  else if (announced > limit)
    refuse_length (message, limit);
}
