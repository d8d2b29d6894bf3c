/* hearth-reply-file.c: answers with files of users
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-reply-file.h"

#include "hearth-send-file.h"

static void
opened_cb (GObject      *workspace,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  HearthOpenFile *file = hearth_request_take_opened (request, workspace, result);

  if (file == NULL)
    return;
  if (!file->harmless)
    hearth_request_set_header (request, "Content-Disposition", "attachment");
  hearth_request_reply_file (request, file, file->harmless ? NULL : "application/octet-stream");
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
