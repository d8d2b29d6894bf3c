/* hearth-files.h: who reads the user's files for nodes; a service of runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is read besides JSON. */
typedef enum
{
  HEARTH_FILE_YAML = 1 << 0, /* files whose names end in .yaml or .yml */
  HEARTH_FILE_CARD = 1 << 1, /* the character card in a PNG picture */
} HearthFileForms;

#define HEARTH_TYPE_FILES (hearth_files_get_type ())
G_DECLARE_INTERFACE (HearthFiles, hearth_files, HEARTH, FILES, GObject)

struct _HearthFilesInterface
{
  GTypeInterface parent;

  void         (*read_async)  (HearthFiles     *self,
                               const char          *path,
                               const char          *project_id,
                               HearthFileForms  forms,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
  HearthValue *(*read_finish) (HearthFiles     *self,
                               GAsyncResult        *result,
                               GError             **error);
};

/* @path: a logical path (storage.md 7): user://, shared:// or system://public, and project:// for what lies in the
 * folder of @project_id (or NULL). Nothing outside of these is read, whatever a link says. */
void         hearth_files_read_async  (HearthFiles     *self,
                                           const char          *path,
                                           const char          *project_id,
                                           HearthFileForms  forms,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
/* New reference: all that the file says, unchanged. NULL with a sentence that names the path or the line. */
HearthValue *hearth_files_read_finish (HearthFiles     *self,
                                           GAsyncResult        *result,
                                           GError             **error);

G_END_DECLS
