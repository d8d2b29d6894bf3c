/* hearth-static.c: answering with a file of a folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-static.h"

#include "hearth-send-file.h"

typedef struct
{
  HearthRequest *request;
  const char    *type; /* static, or NULL */
} Search;

static void
search_free (Search *self)
{
  hearth_request_unref (self->request);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static char *
make_type (const HearthOpenFile *file)
{
  if (g_str_equal (file->type, "application/javascript"))
    return g_strdup ("text/javascript; charset=utf-8");
  return g_str_has_prefix (file->type, "text/") ? g_strconcat (file->type, "; charset=utf-8", NULL) : g_strdup (file->type);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Search) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *type = NULL;
  HearthOpenFile *file = hearth_workspace_open_file_finish (HEARTH_WORKSPACE (source), result, &error);

  if (file == NULL)
    {
      guint status = hearth_error_to_status (error);

      /* A folder is no file to be had. */
      hearth_request_reply_error (self->request, status == SOUP_STATUS_BAD_REQUEST ? SOUP_STATUS_NOT_FOUND : status,
                                  error->message);
      return;
    }
  type = make_type (file);
  hearth_request_set_header (self->request, "Cache-Control", "no-cache");
  hearth_request_reply_file (self->request, file, self->type != NULL ? self->type : type);
}

void
hearth_static_reply (HearthRequest *request,
                     const char    *root,
                     const char    *relative,
                     const char    *type)
{
  Search *self;

  g_return_if_fail (request != NULL && root != NULL && relative != NULL);

  self = g_new0 (Search, 1);
  self->request = hearth_request_ref (request);
  self->type = type;
  hearth_workspace_open_file (hearth_request_get_workspace (request), root, relative, NULL, opened_cb, self);
}
