/* hearth-reply-file.c: answers with files of users
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-reply-file.h"

#include "hearth-send-file.h"

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

static void
opened_cb (GObject      *workspace,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  HearthOpenFile *file = hearth_workspace_open_file_finish (HEARTH_WORKSPACE (workspace), result, &error);
  const char *type;

  if (file == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  type = get_harmless_type (file->name);
  hearth_request_set_header (request, "Cache-Control", "no-cache");
  if (type == NULL)
    hearth_request_set_header (request, "Content-Disposition", "attachment");
  hearth_request_reply_file (request, file, type != NULL ? type : "application/octet-stream");
}

static void
found_cb (GObject      *workspace,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  if (answer == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  folder = g_path_get_dirname (hearth_value_get_member_string (answer, "path", ""));
  name = g_path_get_basename (hearth_value_get_member_string (answer, "path", ""));
  hearth_workspace_open_file (HEARTH_WORKSPACE (workspace), folder, name, NULL, opened_cb,
                              g_steal_pointer (&request));
}

void
hearth_request_reply_found_file (HearthRequest         *self,
                                 const HearthOperation *operation)
{
  g_return_if_fail (self != NULL);

  hearth_workspace_perform (hearth_request_get_workspace (self), operation, hearth_request_get_arguments (self), NULL,
                            found_cb, hearth_request_ref (self));
}
