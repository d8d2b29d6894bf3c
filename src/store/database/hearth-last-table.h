/* hearth-last-table.h: what each node of a workflow was computed from the last time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions block; call them from a worker thread.
 */

#pragma once

#include "hearth-results-table.h"

G_BEGIN_DECLS

typedef struct
{
  char        *workflow_id;
  char        *node_id;
  guint8       key[HEARTH_RESULT_KEY_BYTES]; /* of the result; when has_key */
  gboolean     has_key;
  HearthValue *parts;
} HearthLastRow;

void       hearth_last_row_free      (HearthLastRow   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthLastRow, hearth_last_row_free)

/* Of HearthLastRow. */
gboolean   hearth_last_table_put     (HearthDatabase  *self,
                                      GPtrArray       *rows,
                                      gint64           now_ms,
                                      GError         **error);
/* All nodes of one workflow; new array of HearthLastRow. */
GPtrArray *hearth_last_table_list    (HearthDatabase  *self,
                                      const char      *workflow_id,
                                      GError         **error);
/* The workflows that have any; NULL-terminated. */
char     **hearth_last_table_list_workflows (HearthDatabase *self,
                                      GError         **error);
/* Forgets what was set before @before_ms. */
gboolean   hearth_last_table_prune   (HearthDatabase  *self,
                                      gint64           before_ms,
                                      GError         **error);

G_END_DECLS
