/* hearth-request.c: one HTTP request on its way through a handler, and its one answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-request-private.h"

#include "hearth-memory.h"
#include "hearth-server-private.h"

struct _HearthRequest
{
  gatomicrefcount ref_count;

  HearthServer *server;
  SoupServerMessage *message;
  const HearthRoute *route;
  GHashTable *params;
  GHashTable *query;
  HearthValue *body;
  HearthValue *arguments;
  gboolean is_checked;
  HearthValue *details; /* what was wrong with the body; or NULL */

  gboolean waiting;  /* the message is held up until the answer comes */
  gboolean answered;
  gboolean gone;     /* the client hung up */
};

static void
message_finished_cb (SoupServerMessage *message,
                     HearthRequest     *self)
{
  self->gone = TRUE;
}

HearthRequest *
hearth_request_new (HearthServer      *server,
                    SoupServerMessage *message,
                    const HearthRoute *route,
                    GHashTable        *params)
{
  HearthRequest *self = g_new0 (HearthRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->server = g_object_ref (server);
  self->message = g_object_ref (message);
  self->route = route;
  self->params = params;
  g_signal_connect (message, "finished", G_CALLBACK (message_finished_cb), self);
  return self;
}

HearthRequest *
hearth_request_ref (HearthRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hearth_request_unref (HearthRequest *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_pointer (&self->params, g_hash_table_unref);
  g_clear_pointer (&self->query, g_hash_table_unref);
  hearth_memory_release_value (self->body);
  hearth_memory_release_value (self->arguments);
  g_clear_pointer (&self->details, hearth_value_unref);
  g_object_unref (self->message);
  g_object_unref (self->server);
  g_free (self);
}

/* --- what was asked --------------------------------------------------------------------- */

HearthServer *
hearth_request_get_server (HearthRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->server;
}

HearthWorkspace *
hearth_request_get_workspace (HearthRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _hearth_server_get_workspace (self->server);
}

const HearthRoute *
hearth_request_get_route (HearthRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->route;
}

const char *
hearth_request_get_param (HearthRequest *self,
                          const char    *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->params != NULL ? g_hash_table_lookup (self->params, name) : NULL;
}

const char *
hearth_request_get_query (HearthRequest *self,
                          const char    *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

const char *
hearth_request_get_header (HearthRequest *self,
                           const char    *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message), name);
}

const char *
hearth_request_get_path (HearthRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_uri_get_path (soup_server_message_get_uri (self->message));
}

HearthValue *
hearth_request_get_body (HearthRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

void
hearth_request_set_body (HearthRequest *self,
                         HearthValue   *body)
{
  g_return_if_fail (self != NULL && body != NULL);

  hearth_value_ref (body);
  g_clear_pointer (&self->body, hearth_value_unref);
  self->body = body;
}

void
hearth_request_set_query (HearthRequest *self,
                          GHashTable    *query)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->query, g_hash_table_unref);
  self->query = query != NULL ? g_hash_table_ref (query) : NULL;
}

GHashTable *
_hearth_request_get_params (HearthRequest *self)
{
  return self->params;
}

void
_hearth_request_take_arguments (HearthRequest *self,
                                HearthValue   *arguments)
{
  g_clear_pointer (&self->arguments, hearth_value_unref);
  self->arguments = arguments;
}

void
_hearth_request_take_checked (HearthRequest *self,
                              HearthValue   *details)
{
  self->is_checked = TRUE;
  g_clear_pointer (&self->details, hearth_value_unref);
  self->details = details;
}

gboolean
_hearth_request_is_checked (HearthRequest *self)
{
  return self->is_checked;
}

HearthValue *
_hearth_request_steal_details (HearthRequest *self)
{
  return g_steal_pointer (&self->details);
}

SoupServerMessage *
_hearth_request_get_message (HearthRequest *self)
{
  return self->message;
}

HearthValue *
hearth_request_get_arguments (HearthRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->arguments;
}

/* --- the answer --------------------------------------------------------------------------- */

void
hearth_request_wait (HearthRequest *self)
{
  g_return_if_fail (self != NULL);

  if (self->answered || self->waiting)
    return;
  self->waiting = TRUE;
  soup_server_message_pause (self->message);
}

void
hearth_request_set_header (HearthRequest *self,
                           const char    *name,
                           const char    *value)
{
  g_return_if_fail (self != NULL);

  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), name, value);
}

gboolean
_hearth_request_begin_reply (HearthRequest *self,
                             guint          status)
{
  self->answered = TRUE;
  if (self->gone)
    return FALSE;
  soup_server_message_set_status (self->message, status, NULL);
  return TRUE;
}

void
_hearth_request_release (HearthRequest *self)
{
  if (self->waiting && !self->gone)
    soup_server_message_unpause (self->message);
}

void
_hearth_request_begin (HearthRequest *self,
                       guint          status,
                       const char    *content_type)
{
  g_assert (!self->answered);

  if (!_hearth_request_begin_reply (self, status))
    return;
  hearth_request_set_header (self, "Content-Type", content_type);
  _hearth_request_release (self);
}

void
hearth_request_reply_bytes (HearthRequest *self,
                            guint          status,
                            const char    *content_type,
                            GBytes        *bytes)
{
  g_return_if_fail (self != NULL && !self->answered);

  if (!_hearth_request_begin_reply (self, status))
    return;
  if (content_type != NULL)
    hearth_request_set_header (self, "Content-Type", content_type);
  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), bytes);
  _hearth_request_release (self);
}

void
hearth_request_reply_text (HearthRequest *self,
                           guint          status,
                           const char    *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  hearth_request_reply_bytes (self, status, "text/plain;charset=utf-8", bytes);
}

void
hearth_request_reply_empty (HearthRequest *self,
                            guint          status)
{
  hearth_request_reply_bytes (self, status, NULL, NULL);
}
