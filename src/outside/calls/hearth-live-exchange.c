/* hearth-live-exchange.c: one call on its way over a socket, read no faster than it is wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-outside-private.h"

#include "hearth-i18n.h"

#define READ_BYTES (16 * 1024)
#define MAX_REDIRECTS 10

/* Lives until it is over and the last of its readings has come back. */
typedef struct
{
  HearthExchange parent;
  grefcount ref_count;
  const HearthExchangeEvents *events;
  gpointer user_data;

  SoupSession *session;
  HearthSent *sent; /* NULL: it has failed before it began */
  guint n_redirects;
  GCancellable *cancellable;
  GSource *deadline;
  SoupMessage *message; /* with the answer's head; NULL before */
  GSocket *socket;      /* it comes from; or NULL */
  GInputStream *stream; /* of its body */
  gsize received;
  gsize framing; /* see hearth-socket-table.c */

  gboolean paused;
  gboolean reading;
  gboolean telling; /* head or data; then it is read on */
  gboolean over;

  /* what the last reading brought, until it is told */
  GSource *turn; /* tells it from the main loop */
  gboolean has_held;
  gssize held; /* bytes in the buffer, 0: the end, -1: @error */
  GError *error;
  char buffer[READ_BYTES];

  HearthTake *take; /* while recording, until it is over; or NULL */
} LiveExchange;

static LiveExchange *
exchange_ref (LiveExchange *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

static void
exchange_unref (LiveExchange *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->sent, _hearth_sent_free);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiveExchange, exchange_unref)

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Nothing is told any more. The caller's reference goes; another must be held to look at @self again. */
static void
exchange_stop (LiveExchange *self)
{
  self->over = TRUE;
  g_clear_pointer (&self->take, _hearth_take_break_off);
  clear_source (&self->deadline);
  clear_source (&self->turn);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->stream);
  exchange_unref (self);
}

static void
exchange_end (LiveExchange *self,
              const GError *error)
{
  g_autoptr (LiveExchange) keep = exchange_ref (self);
  g_autoptr (GError) copy = error != NULL ? g_error_copy (error) : NULL;

  if (self->take != NULL)
    _hearth_take_end (g_steal_pointer (&self->take), error);
  exchange_stop (self);
  keep->events->ended (copy, keep->user_data);
}

static void
exchange_fail (LiveExchange      *self,
               HearthOutsideError code,
               const char        *format)
{
  g_autofree char *place = _hearth_sent_dup_place (self->sent);
  g_autoptr (GString) message = g_string_new (format);
  g_autoptr (GError) error = NULL;

  g_string_replace (message, "%s", place, 1);
  error = g_error_new_literal (HEARTH_OUTSIDE_ERROR, (int) code, message->str);
  exchange_end (self, error);
}

/* --- deadlines ----------------------------------------------------------------------------------- */

static gboolean
deadline_cb (gpointer user_data)
{
  LiveExchange *self = user_data;

  exchange_fail (self, HEARTH_OUTSIDE_ERROR_TIMEOUT,
                 self->stream == NULL ? _("“%s” has not answered in time. Try again later, or allow it more time.")
                                      : _("“%s” has stopped in the middle of its answer. Try again later."));
  return G_SOURCE_REMOVE;
}

static gboolean
dispatch_deadline (GSource    *source,
                   GSourceFunc callback,
                   gpointer    user_data)
{
  return callback (user_data);
}

static GSourceFuncs deadline_funcs = { .dispatch = dispatch_deadline };

static void
set_deadline (LiveExchange *self,
              guint         milliseconds)
{
  if (self->deadline == NULL)
    {
      self->deadline = g_source_new (&deadline_funcs, sizeof (GSource));
      g_source_set_static_name (self->deadline, "[hearth] deadline of an exchange");
      g_source_set_priority (self->deadline, HEARTH_OUTSIDE_PRIORITY);
      g_source_set_callback (self->deadline, deadline_cb, self, NULL);
      g_source_attach (self->deadline, NULL);
    }
  g_source_set_ready_time (self->deadline, g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND);
}

/* --- the body ------------------------------------------------------------------------------------ */

static void tell_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_more (LiveExchange *self)
{
  self->reading = TRUE;
  set_deadline (self, self->sent->idle_ms);
  g_input_stream_read_async (self->stream, self->buffer, sizeof self->buffer, HEARTH_OUTSIDE_PRIORITY, self->cancellable,
                             tell_cb, exchange_ref (self));
}

static void
tell_held (LiveExchange *self)
{
  g_autoptr (LiveExchange) keep = exchange_ref (self);

  self->has_held = FALSE;
  if (self->held <= 0)
    {
      exchange_end (self, self->error);
      return;
    }
  self->received += (gsize) self->held;
  self->framing += _hearth_socket_table_frame ((gsize) self->held);
  if (self->received > self->sent->max_bytes)
    {
      exchange_fail (self, HEARTH_OUTSIDE_ERROR_TOO_LARGE, _("The answer of “%s” is larger than any that is read. Ask for less at once."));
      return;
    }
  if (self->take != NULL)
    _hearth_take_add_data (self->take, self->buffer, (gsize) self->held);
  self->telling = TRUE;
  self->events->data (self->buffer, (gsize) self->held, self->user_data);
  self->telling = FALSE;
  if (!self->over && !self->paused)
    read_more (self);
}

static void
tell_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (LiveExchange) self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  self->reading = FALSE;
  if (self->over)
    return;
  self->has_held = TRUE;
  self->held = n_read;
  if (n_read == 0 && self->socket != NULL && _hearth_socket_table_was_cut (self->socket, self->message, self->received, self->framing))
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, _("the connection was closed"));
  if (error != NULL)
    {
      g_autofree char *place = _hearth_sent_dup_place (self->sent);

      self->error = _hearth_outside_error_translate (error, place, TRUE);
    }
  if (!self->paused)
    tell_held (self);
}

/* --- the head ------------------------------------------------------------------------------------ */

static HearthValue *
dup_headers (SoupMessage *message)
{
  g_auto (HearthBuilder) headers = HEARTH_BUILDER_INIT;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  SoupMessageHeaders *received = soup_message_get_response_headers (message);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, received);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      g_autofree char *valid_name = g_utf8_make_valid (name, -1);
      char *key = g_ascii_strdown (valid_name, -1);
      g_autofree char *valid = g_utf8_make_valid (soup_message_headers_get_list (received, name), -1);

      if (g_hash_table_add (seen, key))
        hearth_builder_add_string (&headers, key, valid);
    }
  return hearth_builder_end_object (&headers);
}

static void exchange_ask (LiveExchange *self);

static void
head_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (LiveExchange) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (HearthValue) headers = NULL;

  if (self->over)
    return;
  if (stream == NULL)
    {
      g_autofree char *place = _hearth_sent_dup_place (self->sent);
      g_autoptr (GError) translated = _hearth_outside_error_translate (error, place, FALSE);

      exchange_end (self, translated);
      return;
    }
  if (self->n_redirects++ < MAX_REDIRECTS && _hearth_sent_follow (self->sent, message))
    {
      exchange_ask (self);
      return;
    }
  self->stream = g_steal_pointer (&stream);
  self->message = g_object_ref (message);
  g_set_object (&self->socket, _hearth_socket_table_lookup (self->session, message));
  headers = dup_headers (message);
  if (self->take != NULL)
    _hearth_take_set_head (self->take, soup_message_get_status (message), headers);
  self->telling = TRUE;
  self->events->head (soup_message_get_status (message), headers, self->user_data);
  self->telling = FALSE;
  if (!self->over && !self->paused)
    read_more (self);
}

static void
exchange_ask (LiveExchange *self)
{
  g_autoptr (SoupMessage) message = _hearth_sent_make_message (self->sent);

  _hearth_socket_table_watch (self->session, message);
  soup_session_send_async (self->session, message, HEARTH_OUTSIDE_PRIORITY, self->cancellable, head_cb, exchange_ref (self));
}

/* --- from outside ---------------------------------------------------------------------------------- */

static gboolean
turn_cb (gpointer user_data)
{
  LiveExchange *self = user_data;

  clear_source (&self->turn);
  if (!self->paused)
    tell_held (self);
  return G_SOURCE_REMOVE;
}

static void
tell_soon (LiveExchange *self)
{
  self->turn = g_idle_source_new ();
  g_source_set_static_name (self->turn, "[hearth] news of an exchange");
  g_source_set_priority (self->turn, HEARTH_OUTSIDE_PRIORITY);
  g_source_set_callback (self->turn, turn_cb, self, NULL);
  g_source_attach (self->turn, NULL);
}

static void
live_pause (HearthExchange *exchange)
{
  LiveExchange *self = (LiveExchange *) exchange;

  self->paused = TRUE;
  if (self->stream != NULL)
    g_source_set_ready_time (self->deadline, -1);
}

static void
live_resume (HearthExchange *exchange)
{
  LiveExchange *self = (LiveExchange *) exchange;

  if (!self->paused)
    return;
  self->paused = FALSE;
  if (self->has_held && self->turn == NULL)
    tell_soon (self);
  else if (self->reading)
    set_deadline (self, self->sent->idle_ms);
  else if (self->stream != NULL && !self->telling)
    read_more (self);
}

static void
live_cancel (HearthExchange *exchange)
{
  exchange_stop ((LiveExchange *) exchange);
}

static LiveExchange *
make_exchange (const HearthExchangeEvents *events,
               gpointer                    user_data)
{
  static const HearthExchangeKind kind = { live_pause, live_resume, live_cancel };
  LiveExchange *self = g_new0 (LiveExchange, 1);

  self->parent.kind = &kind;
  g_ref_count_init (&self->ref_count);
  self->events = events;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  return self;
}

HearthExchange *
_hearth_live_exchange_new (SoupSession                *session,
                           HearthSent                 *sent,
                           HearthTake                 *take,
                           const HearthExchangeEvents *events,
                           gpointer                    user_data)
{
  LiveExchange *self = make_exchange (events, user_data);

  self->session = g_object_ref (session);
  self->sent = sent;
  self->take = take;
  set_deadline (self, sent->first_byte_ms);
  exchange_ask (self);
  return &self->parent;
}

HearthExchange *
_hearth_exchange_new_failed (GError                     *error,
                             const HearthExchangeEvents *events,
                             gpointer                    user_data)
{
  LiveExchange *self = make_exchange (events, user_data);

  self->error = error;
  self->has_held = TRUE;
  self->held = -1;
  tell_soon (self);
  return &self->parent;
}
