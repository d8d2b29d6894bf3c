/* hearth-writer.h: gathers what is to be written and hands it to the storage thread now and then
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-workspace-private.h"

G_BEGIN_DECLS

typedef struct _HearthWriter HearthWriter;

/* On the storage thread, with everything that was gathered, in order. */
typedef gboolean (*HearthWriterWork)      (HearthStorage    *storage,
                                           GPtrArray        *entries,
                                           GError          **error);

/* @pool must have one thread, and outlive the writer. */
HearthWriter     *_hearth_writer_new      (HearthStorage    *storage,
                                           GThreadPool      *pool,
                                           HearthWriterWork  work,
                                           GDestroyNotify    free_entry);
/* Hands over what is left; the thread writes it even when the main loop is no more. */
void              _hearth_writer_free     (HearthWriter     *self);
/* Takes @entry; written a quarter of a second later, or with others when there are many. */
void              _hearth_writer_add      (HearthWriter     *self,
                                           gpointer          entry);
/* What the storage thread is asked after this sees everything added before. */
void              _hearth_writer_flush    (HearthWriter     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthWriter, _hearth_writer_free)

G_END_DECLS
