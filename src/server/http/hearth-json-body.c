/* hearth-json-body.c: the JSON body of a request, gathered while it comes, then parsed and checked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-json-body.h"

#include "hearth-json.h"
#include "hearth-request-private.h"
#include "hearth-i18n.h"

#define KEY "hearth-json-body"

/* Larger ones are parsed on a thread. */
#define MAX_INLINE (256 * 1024)

/* --- gathering -------------------------------------------------------------------------------------- */

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              GByteArray        *body)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (chunk, &length);

  /* Refused, and read to its end only for the sake of the answer. */
  if (soup_server_message_get_status (message) != 0)
    g_byte_array_set_size (body, 0);
  else
    g_byte_array_append (body, bytes, (guint) length);
}

void
hearth_json_body_attach (SoupServerMessage *message)
{
  GByteArray *body = g_byte_array_new ();

  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_object_set_data_full (G_OBJECT (message), KEY, body, (GDestroyNotify) g_byte_array_unref);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), body);
}

/* --- reading ---------------------------------------------------------------------------------------- */

typedef struct
{
  HearthRequest *request;
  GByteArray *bytes;
  HearthValue *details; /* of what does not fit; or NULL */
  void (*then) (HearthRequest *request,
                HearthValue   *body);
} Reading;

static void
reading_free (Reading *self)
{
  g_clear_pointer (&self->request, hearth_request_unref);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_clear_pointer (&self->details, hearth_value_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static HearthValue *
parse (Reading *self,
       GError **error)
{
  const HearthRoute *route = hearth_request_get_route (self->request);
  HearthValue *body = hearth_json_parse ((const char *) self->bytes->data, (gssize) self->bytes->len, error);

  /* Here and not with the rest: many megabytes are not given back in no time. */
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  if (body != NULL && route->fields != NULL)
    self->details = hearth_body_check (body, route->fields);
  return body;
}

static void
end (Reading      *self,
     HearthValue  *body,
     const GError *error)
{
  g_autofree char *text = NULL;

  if (body != NULL)
    {
      _hearth_request_take_checked (self->request, g_steal_pointer (&self->details));
      self->then (self->request, body);
      return;
    }
  text = g_strdup_printf ("Bad Request: %s", error->message);
  hearth_request_reply_text (self->request, SOUP_STATUS_BAD_REQUEST, text);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      reading,
             GCancellable *cancellable)
{
  GError *error = NULL;
  HearthValue *body = parse (reading, &error);

  if (body != NULL)
    g_task_return_pointer (task, body, (GDestroyNotify) hearth_value_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Reading *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) body = g_task_propagate_pointer (G_TASK (result), &error);

  end (self, body, error);
  /* The thread may be the last to let go of the task. */
  g_clear_pointer (&self->request, hearth_request_unref);
}

static void
read_bytes (HearthRequest *request,
            GByteArray    *bytes,
            void         (*then) (HearthRequest *request,
                                  HearthValue   *body))
{
  g_autoptr (Reading) reading = g_new0 (Reading, 1);
  g_autoptr (GTask) task = NULL;
  g_autoptr (HearthValue) body = NULL;
  g_autoptr (GError) error = NULL;

  reading->request = hearth_request_ref (request);
  reading->bytes = bytes;
  reading->then = then;
  if (bytes->len <= MAX_INLINE)
    {
      body = parse (reading, &error);
      end (reading, body, error);
      return;
    }
  task = g_task_new (hearth_request_get_server (request), NULL, read_cb, NULL);
  g_task_set_task_data (task, g_steal_pointer (&reading), (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_thread);
}

void
hearth_json_body_read (HearthRequest     *request,
                       SoupServerMessage *message,
                       void             (*then) (HearthRequest *request,
                                                 HearthValue   *body))
{
  g_autoptr (GByteArray) bytes = NULL;
  const char *type = soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);

  g_return_if_fail (request != NULL && then != NULL);

  g_signal_handlers_disconnect_matched (message, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, (gpointer) got_chunk_cb, NULL);
  bytes = g_object_steal_data (G_OBJECT (message), KEY);
  if (bytes == NULL || bytes->len == 0)
    then (request, NULL);
  else if (type == NULL || g_ascii_strcasecmp (type, "application/json") != 0)
    hearth_request_reply_error (request, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE,
                                _("This takes JSON only: the Content-Type must be application/json."));
  else
    read_bytes (request, g_steal_pointer (&bytes), then);
}
