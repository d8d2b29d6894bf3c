/* hearth-files.c: who reads the user's files for nodes; a service of runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-files.h"

G_DEFINE_INTERFACE (HearthFiles, hearth_files, G_TYPE_OBJECT)

static void
hearth_files_default_init (HearthFilesInterface *iface)
{
}

void
hearth_files_read_async (HearthFiles    *self,
                             const char         *path,
                             const char         *project_id,
                             HearthFileForms forms,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_return_if_fail (HEARTH_IS_FILES (self));
  g_return_if_fail (path != NULL);

  HEARTH_FILES_GET_IFACE (self)->read_async (self, path, project_id, forms, cancellable, callback, user_data);
}

HearthValue *
hearth_files_read_finish (HearthFiles *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (HEARTH_IS_FILES (self), NULL);

  return HEARTH_FILES_GET_IFACE (self)->read_finish (self, result, error);
}
