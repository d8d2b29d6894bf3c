/* hearth-send-file.c: a file as an answer, read from the disk while it is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-send-file.h"

#include <errno.h>
#include <unistd.h>

#include "hearth-range.h"
#include "hearth-request-private.h"

#define BLOCK ((gsize) 256 << 10)

/**
 * Sending:
 *
 * A block is read on a thread, given to libsoup, and the next one read when it has been written. Held by
 * the message until that is finished, and by the thread.
 */
typedef struct
{
  HearthRequest *request;
  HearthOpenFile *file;
  guint64 at;
  guint64 end;
  gboolean gone;
} Sending;

static void
sending_clear (gpointer data)
{
  Sending *self = data;

  hearth_open_file_free (self->file);
  hearth_request_unref (self->request);
}

static void
sending_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, sending_clear);
}

/* --- blocks --------------------------------------------------------------------------------- */

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Sending *self = task_data;
  gsize length = (gsize) MIN (self->end - self->at, BLOCK);
  char *block = g_malloc (length);
  gssize n;

  do
    n = pread (self->file->fd, block, length, (off_t) self->at);
  while (n < 0 && errno == EINTR);
  g_task_return_pointer (task, g_bytes_new_take (block, (gsize) MAX (n, 0)), (GDestroyNotify) g_bytes_unref);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Sending *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GBytes) block = g_task_propagate_pointer (G_TASK (result), NULL);
  SoupServerMessage *message = _hearth_request_get_message (self->request);

  if (self->gone)
    return;
  if (g_bytes_get_size (block) == 0)
    {
      /* Cut short meanwhile, or the disk failed: the length is promised, so only hanging up tells. */
      g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
      return;
    }
  self->at += g_bytes_get_size (block);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), block);
  if (self->at == self->end)
    soup_message_body_complete (soup_server_message_get_response_body (message));
  soup_server_message_unpause (message);
}

static void
read_block (Sending *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, read_cb, NULL);

  g_task_set_task_data (task, g_atomic_rc_box_acquire (self), sending_unref);
  g_task_run_in_thread (task, read_thread);
}

static void
wrote_chunk_cb (SoupServerMessage *message,
                Sending           *self)
{
  if (self->at < self->end)
    read_block (self);
}

static void
finished_cb (SoupServerMessage *message,
             Sending           *self)
{
  self->gone = TRUE;
  g_signal_handlers_disconnect_by_data (message, self);
  sending_unref (self);
}

static void
send_file (HearthRequest  *request,
           HearthOpenFile *file, /* taken */
           guint64         start,
           guint64         end)
{
  SoupServerMessage *message = _hearth_request_get_message (request);
  Sending *self = g_atomic_rc_box_new0 (Sending);

  self->request = hearth_request_ref (request);
  self->file = file;
  self->at = start;
  self->end = end;
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), self);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  read_block (self);
}

/* --- the answer -------------------------------------------------------------------------------- */

static char *
format_date (gint64 seconds)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);

  return soup_date_time_to_string (date, SOUP_DATE_HTTP);
}

static gboolean
is_known (HearthRequest        *self,
          const HearthOpenFile *file)
{
  const char *known = hearth_request_get_header (self, "If-None-Match");

  return known != NULL && (strstr (known, file->etag) != NULL || g_str_equal (known, "*"));
}

/* A part of an older file is of no use beside one of this. */
static gboolean
is_same_as_before (HearthRequest        *self,
                   const HearthOpenFile *file)
{
  const char *condition = hearth_request_get_header (self, "If-Range");
  g_autofree char *date = format_date (file->modified);

  return condition == NULL || g_str_equal (condition, file->etag) || g_strcmp0 (condition, date) == 0;
}

static HearthRangeKind
choose_part (HearthRequest        *self,
             const HearthOpenFile *file,
             guint64              *start,
             guint64              *end)
{
  SoupServerMessage *message = _hearth_request_get_message (self);
  gboolean wanted = soup_server_message_get_method (message) == SOUP_METHOD_GET && is_same_as_before (self, file);
  HearthRangeKind kind;

  kind = hearth_range_parse (wanted ? hearth_request_get_header (self, "Range") : NULL, file->size, start, end);
  /* libsoup would cut a part out of what there is so far. */
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  return kind;
}

static void
set_range (HearthRequest        *self,
           const HearthOpenFile *file,
           guint64               start,
           guint64               end,
           gboolean              is_part)
{
  g_autofree char *range = NULL;

  range = is_part ? g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, start, end - 1,
                                     file->size)
                  : g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, file->size);
  hearth_request_set_header (self, "Content-Range", range);
}

static void
set_headers (HearthRequest        *self,
             const HearthOpenFile *file)
{
  g_autofree char *date = format_date (file->modified);

  hearth_request_set_header (self, "ETag", file->etag);
  hearth_request_set_header (self, "Last-Modified", date);
  hearth_request_set_header (self, "Accept-Ranges", "bytes");
}

static void
reply_part (HearthRequest  *self,
            HearthOpenFile *file, /* taken */
            const char     *content_type,
            guint           status,
            guint64         start,
            guint64         end)
{
  g_autoptr (HearthOpenFile) owned = file;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (_hearth_request_get_message (self));
  g_autoptr (GBytes) bytes = NULL;

  if (file->content != NULL)
    {
      bytes = g_bytes_new_from_bytes (file->content, start, end - start);
      hearth_request_reply_bytes (self, status, content_type, bytes);
      return;
    }
  hearth_request_wait (self);
  if (!_hearth_request_begin_reply (self, status))
    return;
  hearth_request_set_header (self, "Content-Type", content_type);
  soup_message_headers_set_content_length (headers, (goffset) (end - start));
  if (soup_server_message_get_method (_hearth_request_get_message (self)) == SOUP_METHOD_HEAD)
    _hearth_request_release (self);
  else
    send_file (self, g_steal_pointer (&owned), start, end);
}

void
hearth_request_reply_file (HearthRequest  *self,
                           HearthOpenFile *file,
                           const char     *content_type)
{
  g_autoptr (HearthOpenFile) owned = file;
  HearthRangeKind kind;
  guint64 start;
  guint64 end;

  g_return_if_fail (self != NULL && file != NULL);

  set_headers (self, file);
  kind = choose_part (self, file, &start, &end);
  if (is_known (self, file))
    {
      hearth_request_reply_empty (self, SOUP_STATUS_NOT_MODIFIED);
      return;
    }
  if (kind != HEARTH_RANGE_ALL)
    set_range (self, file, start, end, kind == HEARTH_RANGE_PART);
  if (kind == HEARTH_RANGE_NONE)
    hearth_request_reply_empty (self, SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE);
  else
    reply_part (self, g_steal_pointer (&owned), content_type != NULL ? content_type : file->type,
                kind == HEARTH_RANGE_PART ? SOUP_STATUS_PARTIAL_CONTENT : SOUP_STATUS_OK, start, end);
}

HearthOpenFile *
hearth_request_take_opened (HearthRequest *self,
                            GObject       *workspace,
                            GAsyncResult  *result)
{
  g_autoptr (GError) error = NULL;
  HearthOpenFile *file;

  g_return_val_if_fail (self != NULL, NULL);

  file = hearth_workspace_open_file_finish (HEARTH_WORKSPACE (workspace), result, &error);
  if (file != NULL)
    hearth_request_set_header (self, "Cache-Control", "no-cache");
  else
    hearth_request_reply_failure (self, error);
  return file;
}

void
hearth_request_set_disposition (HearthRequest        *self,
                                const HearthOpenFile *file)
{
  g_autofree char *name = NULL;
  g_autofree char *header = NULL;

  g_return_if_fail (self != NULL && file != NULL);

  name = g_uri_escape_string (file->name, NULL, FALSE);
  header = g_strdup_printf ("%s; filename=\"%s\"; filename*=UTF-8''%s", file->shown ? "inline" : "attachment", name, name);
  hearth_request_set_header (self, "Content-Disposition", header);
}

static void
opened_cb (GObject      *workspace,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  HearthOpenFile *file = hearth_request_take_opened (request, workspace, result);

  if (file == NULL)
    return;
  hearth_request_set_disposition (request, file);
  hearth_request_reply_file (request, file, NULL);
}

void
hearth_request_reply_download (HearthRequest *self,
                               const char    *logical_path)
{
  g_return_if_fail (self != NULL && logical_path != NULL);

  hearth_workspace_open_file (hearth_request_get_workspace (self), NULL, logical_path, NULL, opened_cb,
                              hearth_request_ref (self));
}
