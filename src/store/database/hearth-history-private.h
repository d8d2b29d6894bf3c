/* hearth-history-private.h: what the tables of the history share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-rows-private.h"
#include "hearth-runs-table.h"

G_BEGIN_DECLS

/* --- hearth-values-table.c: large values, each once ------------------------------------------ */

/* Writes values of one run after the other. */
typedef struct _HearthValueWriter HearthValueWriter;

HearthValueWriter *_hearth_value_writer_new    (HearthSqliteConnection *connection,
                                                GError                **error);
void               _hearth_value_writer_free   (HearthValueWriter      *self);
/* The text to store for @value: itself, or with references where it, or a member, is too large. NULL
 * with @error; @value NULL gives NULL without one. */
char              *_hearth_value_writer_pack   (HearthValueWriter      *self,
                                                gint64                  run,
                                                HearthValue            *value,
                                                GError                **error);
/* NULL without an error: this run has no such value. */
HearthValue       *_hearth_values_table_read   (HearthSqliteConnection *connection,
                                                gint64                  run,
                                                const char             *hash,
                                                GError                **error);
/* Those that no run refers to any more. */
gboolean           _hearth_values_table_prune  (HearthSqliteConnection *connection,
                                                GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthValueWriter, _hearth_value_writer_free)

/* --- hearth-steps-table.c ---------------------------------------------------------------------- */

gboolean           _hearth_steps_table_put     (HearthSqliteConnection *connection,
                                                HearthValueWriter      *values,
                                                GPtrArray              *steps,
                                                GError                **error);
/* node id -> what hearth_runs_table_read() says of it; in the order they were put. */
HearthValue       *_hearth_steps_table_read    (HearthSqliteConnection *connection,
                                                gint64                  run,
                                                GError                **error);

/* --- both ------------------------------------------------------------------------------------------ */

/* 0 without an error: no such run. */
gint64             _hearth_runs_table_find     (HearthSqliteConnection *connection,
                                                const char             *run_id,
                                                GError                **error);

G_END_DECLS
