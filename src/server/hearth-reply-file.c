/* hearth-reply-file.c: answers with files of users
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-reply-file.h"

#include "hearth-safe-path.h"

/* No script can be in one of these. */
static const struct
{
  const char *suffix;
  const char *type;
} harmless[] = {
  { ".gif", "image/gif" },   { ".jpeg", "image/jpeg" }, { ".jpg", "image/jpeg" },  { ".m4a", "audio/mp4" },
  { ".mp3", "audio/mpeg" },  { ".mp4", "video/mp4" },   { ".oga", "audio/ogg" },   { ".ogg", "audio/ogg" },
  { ".ogv", "video/ogg" },   { ".png", "image/png" },   { ".wav", "audio/wav" },   { ".webm", "video/webm" },
  { ".webp", "image/webp" },
};

static const char *
get_harmless_type (const char *path)
{
  const char *dot = strrchr (path, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (harmless); i++)
    if (g_ascii_strcasecmp (dot, harmless[i].suffix) == 0)
      return harmless[i].type;
  return NULL;
}

typedef struct
{
  char *path;
  char *etag;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_free (self->path);
  g_free (self->etag);
  g_free (self);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  GBytes *bytes = hearth_safe_path_read (reading->path, &reading->etag, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  Reading *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);
  const char *known = hearth_request_get_header (request, "If-None-Match");
  const char *type;

  if (bytes == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  hearth_request_set_header (request, "ETag", reading->etag);
  hearth_request_set_header (request, "Cache-Control", "no-cache");
  if (known != NULL && strstr (known, reading->etag) != NULL)
    {
      hearth_request_reply_empty (request, SOUP_STATUS_NOT_MODIFIED);
      return;
    }
  type = get_harmless_type (reading->path);
  if (type == NULL)
    hearth_request_set_header (request, "Content-Disposition", "attachment");
  hearth_request_reply_bytes (request, SOUP_STATUS_OK, type != NULL ? type : "application/octet-stream", bytes);
}

static void
found_cb (GObject      *workspace,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  if (answer == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  reading = g_new0 (Reading, 1);
  reading->path = g_strdup (hearth_value_get_member_string (answer, "path", ""));
  task = g_task_new (hearth_request_get_server (request), NULL, read_cb, hearth_request_ref (request));
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_thread);
}

void
hearth_request_reply_found_file (HearthRequest         *self,
                                 const HearthOperation *operation)
{
  g_return_if_fail (self != NULL);

  hearth_workspace_perform (hearth_request_get_workspace (self), operation, hearth_request_get_arguments (self), NULL,
                            found_cb, hearth_request_ref (self));
}
