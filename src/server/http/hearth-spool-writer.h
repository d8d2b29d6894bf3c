/* hearth-spool-writer.h: a request body written to temporary files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-router.h"

G_BEGIN_DECLS

/* Of one file; a route's limit counts for all of them together. */
#define HEARTH_SPOOL_MAX_FILE (G_GUINT64_CONSTANT (4) << 30)
/* Of all fields that are no files. */
#define HEARTH_SPOOL_MAX_TEXT ((gsize) 1 << 20)

/**
 * HearthSpoolWriter:
 *
 * Blocking; may go from thread to thread, but only one at a time may use it. Its files are for us alone
 * and go with it, unless somebody has moved them away by then. Errors: HEARTH_PROTO_ERROR for a broken
 * form, HEARTH_STORE_ERROR_TOO_LARGE, HEARTH_STORE_ERROR_FULL when less than 100 MiB of the disk would
 * stay free (HEARTH_KEEP_FREE in the environment: so many bytes), HEARTH_STORE_ERROR_IO.
 */
typedef struct _HearthSpoolWriter HearthSpoolWriter;

/* @kind: HEARTH_BODY_BYTES or HEARTH_BODY_FORM. NULL with an error when @content_type is not one of a
 * form and should be. @expected: how long the body will be, or 0. */
HearthSpoolWriter *hearth_spool_writer_new   (HearthBodyKind     kind,
                                              const char        *content_type,
                                              const char        *folder,
                                              guint64            expected,
                                              GError           **error);
void               hearth_spool_writer_free  (HearthSpoolWriter *self);
gboolean           hearth_spool_writer_write (HearthSpoolWriter *self,
                                              GBytes            *bytes,
                                              GError           **error);
/* The body as a JSON object. Of a form: its fields, of which the first of a name counts, and "files",
 * [{"field","name","path","size","type"}]; of bytes: "file", {"path","size","type"}. */
HearthValue       *hearth_spool_writer_end   (HearthSpoolWriter *self,
                                              GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSpoolWriter, hearth_spool_writer_free)

G_END_DECLS
