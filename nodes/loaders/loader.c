/* loader.c: a step that reads a file of the user (nodes.md 5.5)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "loader.h"

#include "hearth-i18n.h"

typedef struct
{
  HearthStep         *step;   /* NULL: ended before the file was read */
  const HearthLoader *loader;
  GSource            *watch;
} Load;

/* The step's data goes; the file may still be read, whose answer frees the rest. */
static void
leave_step (gpointer data)
{
  Load *self = data;

  hearth_shape_unwatch (self->watch);
  self->step = NULL;
}

static void
fail (HearthStep         *step,
      const HearthLoader *loader,
      const char         *reason)
{
  g_autofree char *message = g_strconcat (_(loader->failed), reason, NULL);

  hearth_step_fail (step, hearth_error_new_class ("input", 0, message));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Load *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = hearth_files_read_finish (HEARTH_FILES (source), result, &error);
  HearthStep *step = self->step;
  const HearthLoader *loader = self->loader;

  if (step == NULL)
    return;
  if (value == NULL)
    fail (step, loader, error->message);
  else if (loader->is_valid != NULL && !loader->is_valid (value))
    fail (step, loader, _(loader->invalid));
  else
    {
      hearth_step_set_output (step, loader->output, g_steal_pointer (&value));
      hearth_step_complete (step);
    }
}

static void
begin (HearthStep         *step,
       const HearthLoader *loader,
       HearthFiles    *files,
       const char         *path)
{
  const char *project = hearth_value_get_member_string (hearth_step_get_run_metadata (step), "projectId", NULL);
  Load *self = g_new0 (Load, 1);

  self->step = step;
  self->loader = loader;
  self->watch = hearth_shape_watch_cancel (step);
  hearth_step_set_data (step, self, leave_step);
  hearth_files_read_async (files, path, project, loader->forms, hearth_step_get_cancellable (step), read_cb, self);
}

void
hearth_loader_start (HearthStep         *step,
                     const HearthLoader *loader)
{
  HearthFiles *files = hearth_step_get_service (step, HEARTH_TYPE_FILES);
  HearthValue *value = hearth_step_get_config (step, loader->config);
  const char *path = hearth_value_is (value, STRING) ? hearth_value_get_string (value, NULL) : "";

  if (*path == '\0')
    hearth_step_fail (step, hearth_error_new_class ("input", 0, _(loader->not_selected)));
  else if (files == NULL)
    fail (step, loader, _("Files cannot be read here."));
  else
    begin (step, loader, files, path);
}
