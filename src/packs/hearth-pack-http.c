/* hearth-pack-http.c: a pack's node that asks a service over HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"

#include <libsoup/soup.h>
#include <string.h>

#include "hearth-json.h"
#include "shapes.h"
#include "hearth-i18n.h"

#define READ_BYTES (64 * 1024)
#define MAX_SHOWN 200 /* characters of an answer that is a refusal */

/* Lives until the step has ended and the last of its readings has come back. */
typedef struct
{
  grefcount     ref_count;
  HearthStep   *step;        /* borrowed; NULL: it has ended */
  GSource      *watch;
  GCancellable *cancellable;
  SoupMessage  *message;
  GInputStream *stream;
  GByteArray   *body;
} Request;

static Request *
request_ref (Request *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

static void
request_unref (Request *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->cancellable);
  g_clear_object (&self->message);
  g_clear_object (&self->stream);
  g_byte_array_unref (self->body);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_unref)

/* The step has ended. */
static void
request_stop (gpointer data)
{
  Request *self = data;

  self->step = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->watch, hearth_shape_unwatch);
  request_unref (self);
}

/* --- the answer ------------------------------------------------------------------------------ */

static HearthValue *
dup_headers (SoupMessage *message)
{
  g_auto (HearthBuilder) headers = HEARTH_BUILDER_INIT;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, soup_message_get_response_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      char *key = g_ascii_strdown (name, -1);
      g_autofree char *valid = g_utf8_make_valid (value, -1);

      if (g_utf8_validate (key, -1, NULL) && !g_hash_table_contains (seen, key))
        hearth_builder_add_string (&headers, key, valid);
      g_hash_table_add (seen, key);
    }
  return hearth_builder_end_object (&headers);
}

/* What the expressions see: status, headers, text, and body, which is the JSON or else the text. */
static HearthValue *
make_variables (Request *self)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) self->body->data, (gssize) self->body->len);
  HearthValue *body = hearth_json_parse (text, -1, NULL);

  return hearth_value_object ("status", hearth_value_integer (soup_message_get_status (self->message)),
                              "headers", dup_headers (self->message),
                              "text", hearth_value_string (text),
                              "body", body != NULL ? body : hearth_value_string (text), NULL);
}

static void
fail_status (Request *self)
{
  guint status = soup_message_get_status (self->message);
  g_autofree char *text = g_utf8_make_valid ((const char *) self->body->data, (gssize) self->body->len);
  g_autofree char *shown = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_SHOWN));
  g_autofree char *message = NULL;
  const char *error_class = status == 429 ? "rate-limit" : status >= 500 ? "server" : "refused";

  message = g_strdup_printf (_("The service answered with status %u (%s). %s"), status,
                             soup_status_get_phrase (status), g_strstrip (shown));
  hearth_step_fail (self->step, hearth_error_new_class (error_class, 0, message));
}

static void
request_complete (Request *self)
{
  HearthStep *step = self->step;
  g_autoptr (HearthValue) variables = make_variables (self);
  GHashTableIter iter;
  gpointer key, expression;

  g_hash_table_iter_init (&iter, hearth_pack_node_of (step)->expressions);
  while (g_hash_table_iter_next (&iter, &key, &expression))
    {
      g_autoptr (GError) error = NULL;
      HearthValue *value = hearth_expr_evaluate (expression, variables, &error);

      if (value == NULL)
        {
          hearth_step_fail (step, g_error_new (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                                               /* Translators: an output's key, an expression, what is wrong */
                                               _("The answer does not fit the output “%s” (%s): %s"), (const char *) key,
                                               hearth_expr_get_text (expression), error->message));
          return;
        }
      hearth_step_set_output (step, key, value);
    }
  hearth_step_complete (step);
}

/* --- reading ----------------------------------------------------------------------------------- */

static void
fail_network (Request      *self,
              const GError *error)
{
  g_autofree char *message = g_strdup_printf (_("The service cannot be reached: %s."), error->message);

  hearth_step_fail (self->step, hearth_error_new_class ("network", 0, message));
}

static void request_read (Request *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Request) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length;
  const void *data;

  if (self->step == NULL)
    return;
  if (bytes == NULL)
    {
      fail_network (self, error);
      return;
    }
  data = g_bytes_get_data (bytes, &length);
  if (length > 0)
    g_byte_array_append (self->body, data, (guint) length);
  if (self->body->len > HEARTH_PACK_MAX_OUTPUT)
    hearth_step_fail (self->step, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                                                       _("The answer is larger than any that is read.")));
  else if (length > 0)
    request_read (self);
  else if (soup_message_get_status (self->message) >= 400)
    fail_status (self);
  else
    request_complete (self);
}

static void
request_read (Request *self)
{
  g_input_stream_read_bytes_async (self->stream, READ_BYTES, G_PRIORITY_DEFAULT, self->cancellable, read_cb,
                                   request_ref (self));
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Request) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (self->step == NULL)
    return;
  if (stream == NULL)
    {
      fail_network (self, error);
      return;
    }
  self->stream = g_steal_pointer (&stream);
  request_read (self);
}

static void
expired_cb (HearthStep *step,
            gpointer    user_data)
{
  hearth_step_fail (step, hearth_error_new_class ("timeout", 0, _("The service took longer to answer than its time-out allows.")));
}

/* --- asking --------------------------------------------------------------------------------------- */

static SoupMessage *
make_message (HearthValue *behavior,
              HearthValue *world,
              GError     **error)
{
  g_autofree char *address = _hearth_pack_template_expand (hearth_value_get_member_string (behavior, "url", ""),
                                                           HEARTH_PACK_URL, world, error);
  g_autoptr (GUri) uri = NULL;

  if (address == NULL)
    return NULL;
  uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' && g_uri_get_userinfo (uri) == NULL
      && (g_str_equal (g_uri_get_scheme (uri), "http") || g_str_equal (g_uri_get_scheme (uri), "https")))
    return soup_message_new_from_uri (hearth_value_get_member_string (behavior, "method", "GET"), uri);
  g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
               _("“%s” is not an address that begins with http:// or https://. Check the pack's settings."), address);
  return NULL;
}

static gboolean
set_headers (SoupMessage *message,
             HearthValue *headers,
             HearthValue *world,
             GError     **error)
{
  SoupMessageHeaders *sent = soup_message_get_request_headers (message);

  for (gsize i = 0; headers != NULL && i < hearth_value_get_length (headers); i++)
    {
      const char *text = hearth_value_get_string (hearth_value_member_at (headers, i), NULL);
      g_autofree char *value = _hearth_pack_template_expand (text, HEARTH_PACK_PLAIN, world, error);

      if (value == NULL)
        return FALSE;
      if (strpbrk (value, "\r\n") != NULL)
        return _hearth_pack_fail (error, _("The value of a header cannot hold a line break."));
      soup_message_headers_replace (sent, hearth_value_key_at (headers, i), value);
    }
  return TRUE;
}

static gboolean
set_body (SoupMessage *message,
          HearthValue *body,
          HearthValue *world,
          GError     **error)
{
  g_autoptr (HearthValue) value = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GString *text;

  if (body == NULL)
    return TRUE;
  value = _hearth_pack_value_expand (body, world, error);
  if (value == NULL)
    return FALSE;
  text = g_string_new (NULL);
  hearth_json_append (text, value);
  bytes = g_string_free_to_bytes (text);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  return TRUE;
}

static SoupMessage *
prepare (HearthStep *step,
         GError    **error)
{
  HearthPackNode *node = hearth_pack_node_of (step);
  g_autoptr (HearthValue) world = _hearth_pack_dup_world (step);
  g_autoptr (SoupMessage) message = make_message (node->behavior, world, error);

  if (message == NULL || !set_body (message, hearth_value_get (node->behavior, "body"), world, error)
      || !set_headers (message, hearth_value_get (node->behavior, "headers"), world, error))
    return NULL;
  soup_message_headers_replace (soup_message_get_request_headers (message), HEARTH_PACK_HEADER, node->pack->name);
  return g_steal_pointer (&message);
}

static SoupSession *
get_session (HearthPack *pack)
{
  if (pack->session == NULL)
    pack->session = soup_session_new_with_options ("user-agent", "Hearth", NULL);
  return pack->session;
}

void
_hearth_pack_http_start (HearthStep *step)
{
  HearthPackNode *node = hearth_pack_node_of (step);
  GError *error = NULL;
  SoupMessage *message = prepare (step, &error);
  Request *self;

  if (message == NULL)
    {
      hearth_step_fail (step, error);
      return;
    }
  self = g_new0 (Request, 1);
  g_ref_count_init (&self->ref_count);
  self->step = step;
  self->cancellable = g_cancellable_new ();
  self->message = message;
  self->body = g_byte_array_new ();
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_set_data (step, self, request_stop);
  hearth_step_add_timeout (step, _hearth_pack_get_timeout (node->behavior) * 1000, expired_cb, NULL);
  soup_session_send_async (get_session (node->pack), message, G_PRIORITY_DEFAULT, self->cancellable, sent_cb,
                           request_ref (self));
}
