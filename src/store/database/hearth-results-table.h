/* hearth-results-table.h: results of nodes, kept so that they need not be computed again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions block; call them from a worker thread.
 */

#pragma once

#include "hearth-database.h"

G_BEGIN_DECLS

#define HEARTH_RESULT_KEY_BYTES 16
/* A larger result costs more to keep and to read than it is likely to save. */
#define HEARTH_MAX_RESULT_BYTES ((gsize) 8 << 20)

/* One result under the key that names what it was made of. */
typedef struct
{
  guint8       key[HEARTH_RESULT_KEY_BYTES];
  char        *type_id;
  char        *run_id;
  gint64       made_ms;  /* Unix time */
  HearthValue *outputs;
} HearthResultRow;

void       hearth_result_row_free       (HearthResultRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthResultRow, hearth_result_row_free)

/* Of HearthResultRow. Replaces what is there under the same keys; leaves out what is too large.
 * When all results together take more than @limit bytes, the ones that were not used for the
 * longest time go. */
gboolean   hearth_results_table_put     (HearthDatabase  *self,
                                         GPtrArray       *rows,
                                         gint64           now_ms,
                                         gsize            limit,
                                         GError         **error);
/* Says that these were used: @keys are @n_keys times HEARTH_RESULT_KEY_BYTES bytes. */
gboolean   hearth_results_table_touch   (HearthDatabase  *self,
                                         const guint8    *keys,
                                         gsize            n_keys,
                                         gint64           now_ms,
                                         GError         **error);
/* New array of HearthResultRow, in the order of @keys, without those that are not there; stops
 * when it has @max_bytes of text. */
GPtrArray *hearth_results_table_read    (HearthDatabase  *self,
                                         const guint8    *keys,
                                         gsize            n_keys,
                                         gsize            max_bytes,
                                         GError         **error);
/* Keys of what the last @n_runs runs of a workflow made, the last used first, as one row of bytes. */
GByteArray *hearth_results_table_list   (HearthDatabase  *self,
                                         const char      *workflow_id,
                                         guint            n_runs,
                                         guint            max_keys,
                                         GError         **error);
/* Bytes that all of them take, as @limit above counts them; -1 with an error. */
gint64     hearth_results_table_get_size(HearthDatabase  *self,
                                         GError         **error);

G_END_DECLS
