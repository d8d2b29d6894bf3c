/* hearth-request-stream.c: an answer that is sent in pieces, as they come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-request-stream.h"

#include "hearth-connection.h"
#include "hearth-request-private.h"

struct _HearthRequestStream
{
  HearthRequest *request;
  SoupServerMessage *message;
  HearthRequestStreamFunc func;
  gpointer user_data;

  gsize unsent;
  GSource *news; /* @func is to be called */
  gboolean gone;
};

static gboolean
news_cb (gpointer user_data)
{
  HearthRequestStream *self = user_data;

  g_clear_pointer (&self->news, g_source_unref);
  self->func (self->user_data, self->gone);
  return G_SOURCE_REMOVE;
}

/* Not from inside of libsoup's own writing: the owner may send, or let go of the stream. */
static void
announce (HearthRequestStream *self)
{
  if (self->news != NULL)
    return;
  self->news = g_idle_source_new ();
  g_source_set_priority (self->news, G_PRIORITY_DEFAULT);
  g_source_set_static_name (self->news, "[hearth] stream");
  g_source_set_callback (self->news, news_cb, self, NULL);
  g_source_attach (self->news, NULL);
}

static void
wrote_body_data_cb (SoupServerMessage   *message,
                    guint                size,
                    HearthRequestStream *self)
{
  self->unsent -= MIN (self->unsent, size);
  announce (self);
}

static void
finished_cb (SoupServerMessage   *message,
             HearthRequestStream *self)
{
  self->gone = TRUE;
  announce (self);
}

HearthRequestStream *
hearth_request_stream_new (HearthRequest           *request,
                           guint                    status,
                           const char              *content_type,
                           HearthRequestStreamFunc  func,
                           gpointer                 user_data)
{
  HearthRequestStream *self;
  HearthConnection *connection;

  g_return_val_if_fail (request != NULL && content_type != NULL && func != NULL, NULL);

  self = g_new0 (HearthRequestStream, 1);
  self->request = hearth_request_ref (request);
  self->message = g_object_ref (_hearth_request_get_message (request));
  self->func = func;
  self->user_data = user_data;
  g_signal_connect (self->message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), self);
  g_signal_connect (self->message, "finished", G_CALLBACK (finished_cb), self);
  /* Much time may pass between two pieces. */
  connection = hearth_connection_of (self->message);
  if (connection != NULL)
    g_socket_set_timeout (hearth_connection_get_socket (connection), 0);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (self->message), FALSE);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (self->message), SOUP_ENCODING_CHUNKED);
  _hearth_request_begin (request, status, content_type);
  return self;
}

void
hearth_request_stream_free (HearthRequestStream *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handlers_disconnect_by_data (self->message, self);
  if (self->news != NULL)
    g_source_destroy (self->news);
  g_clear_pointer (&self->news, g_source_unref);
  if (!self->gone)
    {
      soup_message_body_complete (soup_server_message_get_response_body (self->message));
      soup_server_message_unpause (self->message);
    }
  g_object_unref (self->message);
  hearth_request_unref (self->request);
  g_free (self);
}

void
hearth_request_stream_send (HearthRequestStream *self,
                            const char          *data,
                            gsize                length)
{
  g_return_if_fail (self != NULL && data != NULL);

  if (self->gone || length == 0)
    return;
  soup_message_body_append (soup_server_message_get_response_body (self->message), SOUP_MEMORY_COPY, data, length);
  self->unsent += length;
  soup_server_message_unpause (self->message);
}

void
hearth_request_stream_send_bytes (HearthRequestStream *self,
                                  GBytes              *data)
{
  g_return_if_fail (self != NULL && data != NULL);

  if (self->gone || g_bytes_get_size (data) == 0)
    return;
  soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), data);
  self->unsent += g_bytes_get_size (data);
  soup_server_message_unpause (self->message);
}

gsize
hearth_request_stream_get_unsent (HearthRequestStream *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->unsent;
}
