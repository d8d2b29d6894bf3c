/* hearth-runs-table.h: the history of runs: what ran when, and what came out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions block; call them from a worker thread.
 */

#pragma once

#include "hearth-database.h"

G_BEGIN_DECLS

/* A value whose JSON is longer lies apart, once for all runs, under a hash of its content. In its
 * place stands {"$value": hash, "bytes": …, "start": "…"}. */
#define HEARTH_MAX_INLINE_BYTES ((gsize) 64 << 10)
#define HEARTH_VALUE_REFERENCE_KEY "$value"

/**
 * HearthRunRow:
 * @status: as on the wire
 * @started_ms: Unix time, 0 when it never started; @ended_ms: 0 while it goes on
 *
 * One run. All but @id and @status may be missing.
 */
typedef struct
{
  char        *id;
  char        *workflow_id;
  char        *workflow_name;
  char        *project_id;
  char        *status;
  char        *message;
  gint64       submitted_ms;
  gint64       started_ms;
  gint64       ended_ms;
  double       duration_ms;
  HearthValue *outputs;     /* or NULL */
} HearthRunRow;

/* One node's part in a run. */
typedef struct
{
  char        *run_id;
  char        *node_id;
  char        *type_id;
  char        *state;       /* as on the wire: "complete", "error", "skipped", … */
  gint64       started_ms;
  gint64       ended_ms;
  double       duration_ms;
  guint        tries;
  gboolean     reused;
  char        *why;
  char        *error;
  HearthValue *input;       /* an object, or NULL */
  HearthValue *output;      /* or NULL */
} HearthStepRow;

void         hearth_run_row_free         (HearthRunRow    *self);
void         hearth_step_row_free        (HearthStepRow   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthRunRow, hearth_run_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthStepRow, hearth_step_row_free)

/* Of HearthRunRow and HearthStepRow; new ones, or newer states of what is there. Steps whose run
 * is in neither place are left out. All or nothing. */
gboolean     hearth_runs_table_put       (HearthDatabase  *self,
                                          GPtrArray       *runs,
                                          GPtrArray       *steps,
                                          GError         **error);

/* What of the history is asked for; NULL and 0 do not restrict. */
typedef struct
{
  const char *status;
  const char *project_id;
  const char *workflow_id;
  const char *text; /* somewhere in the workflow's name or the message */
  guint       page;  /* from 1; 0 is 1 */
  guint       limit; /* 0: 50; at most 500 */
} HearthRunFilter;

/* {"items": […], "total", "page", "limit"}, the newest first; an item is what hearth_runs_table_read()
 * gives without nodes and outputs. */
HearthValue *hearth_runs_table_list      (HearthDatabase        *self,
                                          const HearthRunFilter *filter,
                                          GError               **error);
/* {"promptId", "status", "workflowId", "workflowName", "projectId", "submittedAt", "startedAt",
 * "completedAt", "durationMs", "errorInfo", "outputs", "nodes": {id: {"type", "status",
 * "startedAt", "completedAt", "durationMs", "tries", "reused", "why", "error", "input", "output"}}};
 * what is not known is absent, large values stand as references. */
HearthValue *hearth_runs_table_read      (HearthDatabase  *self,
                                          const char      *run_id,
                                          GError         **error);
/* The value behind a reference of that run. */
HearthValue *hearth_runs_table_read_value(HearthDatabase  *self,
                                          const char      *run_id,
                                          const char      *reference,
                                          GError         **error);
/* Forgets what is neither among the last @n_keep runs nor submitted since @since_ms. */
gboolean     hearth_runs_table_prune     (HearthDatabase  *self,
                                          guint            n_keep,
                                          gint64           since_ms,
                                          GError         **error);
/* Runs that go on, as they say, but whose process has ended, become "interrupted" with @message. */
gboolean     hearth_runs_table_bury      (HearthDatabase  *self,
                                          const char      *message,
                                          GError         **error);

G_END_DECLS
