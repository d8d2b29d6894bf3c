/* hearth-outside-request.c: a request, checked and kept for as long as it may have to be sent again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-outside-private.h"

#include <string.h>

#include "hearth-i18n.h"

#define DEADLINE_MS 60000
#define MAX_BYTES ((gsize) 64 << 20)

/* --- checks -------------------------------------------------------------------------------------- */

static gboolean
fail (GError    **error,
      const char *message)
{
  g_set_error_literal (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_ADDRESS, message);
  return FALSE;
}

/* RFC 9110, 5.6.2 */
static gboolean
is_token (const char *text)
{
  if (text == NULL || *text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr ("!#$%&'*+-.^_`|~", *text) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_header_value (const char *text)
{
  return text != NULL && strpbrk (text, "\r\n") == NULL;
}

static gboolean
is_web (const char *scheme)
{
  return g_str_equal (scheme, "http") || g_str_equal (scheme, "https");
}

static GUri *
parse_uri (const char *text,
           GError    **error)
{
  g_autoptr (GUri) uri = text != NULL ? g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (uri != NULL && is_web (g_uri_get_scheme (uri)) && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
      && g_uri_get_userinfo (uri) == NULL)
    return g_steal_pointer (&uri);
  if (uri != NULL && g_uri_get_userinfo (uri) != NULL) /* it is not repeated: it may be a password */
    fail (error, _("An address cannot hold a name and a password. Send them in a header, from a stored credential."));
  else
    g_set_error (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_ADDRESS,
                 _("“%s” is not an address. Enter one that begins with http:// or https://."), text != NULL ? text : "");
  return NULL;
}

static gboolean
check_headers (HearthValue *headers,
               GError     **error)
{
  for (gsize i = 0; headers != NULL && i < hearth_value_get_length (headers); i++)
    {
      HearthValue *value = hearth_value_member_at (headers, i);
      gsize length = 0;
      const char *text = hearth_value_is (value, STRING) ? hearth_value_get_string (value, &length) : NULL;

      if (is_token (hearth_value_key_at (headers, i)) && is_header_value (text) && strlen (text) == length)
        continue;
      g_set_error (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_ADDRESS,
                   _("The header “%s” cannot be sent: a name is letters, digits and hyphens, a value is text in one line."),
                   hearth_value_key_at (headers, i));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check (const HearthOutsideRequest *request,
       GError                    **error)
{
  if (!is_token (request->method))
    return fail (error, _("The method of a request is a word such as GET or POST."));
  if (request->secret == NULL)
    return check_headers (request->headers, error);
  if (!is_token (request->secret_header) || !is_header_value (hearth_secret_get_text (request->secret)))
    return fail (error, _("The key cannot be sent: it has a line break in it. Store it again."));
  return check_headers (request->headers, error);
}

/* --- the copy ------------------------------------------------------------------------------------ */

HearthSent *
_hearth_sent_new (const HearthOutsideRequest *request,
                  GError                    **error)
{
  g_autoptr (HearthSent) self = NULL;

  if (!check (request, error))
    return NULL;
  self = g_new0 (HearthSent, 1);
  self->uri = parse_uri (request->uri, error);
  if (self->uri == NULL)
    return NULL;
  self->method = g_strdup (request->method);
  self->headers = request->headers != NULL ? hearth_value_ref (request->headers) : hearth_value_empty_object ();
  self->secret = request->secret != NULL ? hearth_secret_ref (request->secret) : NULL;
  self->secret_header = g_strdup (request->secret_header);
  self->secret_prefix = g_strdup (request->secret_prefix != NULL ? request->secret_prefix : "");
  self->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  self->content_type = g_strdup (request->content_type);
  self->first_byte_ms = request->first_byte_ms != 0 ? request->first_byte_ms : DEADLINE_MS;
  self->idle_ms = request->idle_ms != 0 ? request->idle_ms : DEADLINE_MS;
  self->max_bytes = request->max_bytes != 0 ? request->max_bytes : MAX_BYTES;
  return g_steal_pointer (&self);
}

void
_hearth_sent_free (HearthSent *self)
{
  g_free (self->method);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_pointer (&self->headers, hearth_value_unref);
  g_clear_pointer (&self->secret, hearth_secret_unref);
  g_free (self->secret_header);
  g_free (self->secret_prefix);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self);
}

static void
add_secret (HearthSent         *self,
            SoupMessageHeaders *headers)
{
  char *value = g_strconcat (self->secret_prefix, hearth_secret_get_text (self->secret), NULL);

  soup_message_headers_replace (headers, self->secret_header, value);
  explicit_bzero (value, strlen (value));
  g_free (value);
}

SoupMessage *
_hearth_sent_make_message (HearthSent *self)
{
  SoupMessage *message = soup_message_new_from_uri (self->method, self->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (self->body != NULL)
    soup_message_set_request_body_from_bytes (message, self->content_type, self->body);
  for (gsize i = 0; i < hearth_value_get_length (self->headers); i++)
    soup_message_headers_replace (headers, hearth_value_key_at (self->headers, i),
                                  hearth_value_get_string (hearth_value_member_at (self->headers, i), NULL));
  if (self->secret != NULL)
    add_secret (self, headers);
  return message;
}

/* --- where it goes ------------------------------------------------------------------------------- */

static int
get_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  return port > 0 ? port : g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

/* The same origin, or the same host by its usual ports and now encrypted. */
static gboolean
may_follow (GUri *from,
            GUri *to)
{
  gboolean is_encrypted = g_str_equal (g_uri_get_scheme (to), "https");

  if (!is_web (g_uri_get_scheme (to)) || g_uri_get_host (to) == NULL || g_uri_get_userinfo (to) != NULL
      || g_ascii_strcasecmp (g_uri_get_host (from), g_uri_get_host (to)) != 0)
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (from), g_uri_get_scheme (to)))
    return get_port (from) == get_port (to);
  return is_encrypted && get_port (from) == 80 && get_port (to) == 443;
}

/* RFC 9110, 15.4: what was posted is not posted again unless the answer says so. */
static void
follow_with_get (HearthSent *self)
{
  if (!g_str_equal (self->method, "HEAD"))
    {
      g_free (self->method);
      self->method = g_strdup ("GET");
    }
  g_clear_pointer (&self->body, g_bytes_unref);
}

gboolean
_hearth_sent_follow (HearthSent  *self,
                     SoupMessage *message)
{
  guint status = soup_message_get_status (message);
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  g_autoptr (GUri) uri = NULL;

  if (location == NULL || (status != 301 && status != 302 && status != 303 && status != 307 && status != 308))
    return FALSE;
  uri = g_uri_parse_relative (self->uri, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || !may_follow (self->uri, uri))
    return FALSE;
  if (status == 303 || (status < 303 && g_str_equal (self->method, "POST")))
    follow_with_get (self);
  g_uri_unref (self->uri);
  self->uri = g_steal_pointer (&uri);
  return TRUE;
}

char *
_hearth_sent_dup_place (HearthSent *self)
{
  int port = g_uri_get_port (self->uri);

  return port > 0 ? g_strdup_printf ("%s:%d", g_uri_get_host (self->uri), port) : g_strdup (g_uri_get_host (self->uri));
}

gboolean
_hearth_sent_is_near (HearthSent *self)
{
  const char *host = g_uri_get_host (self->uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost");
}
