/* hearth-spool.h: a request body that is written to disk while it comes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-router.h"

G_BEGIN_DECLS

/* When the head of a request to a route with a body of bytes or a form is there: from now on its body goes
 * to @folder and is not kept in memory. While more than about 1 MiB waits to be written nothing more is
 * read. The files last as long as @message, unless somebody moves them away. */
void         hearth_spool_attach      (SoupServerMessage   *message,
                                       HearthBodyKind       kind,
                                       const char          *folder);
/* When all of the body is there: calls back when all of it is written. @source: of the result. */
void         hearth_spool_end_async   (SoupServerMessage   *message,
                                       gpointer             source,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
/* The body as hearth_spool_writer_end() tells it. */
HearthValue *hearth_spool_end_finish  (GAsyncResult        *result,
                                       GError             **error);

G_END_DECLS
