/* hearth-operation.h: one question to the workspace, its arguments and its answer both JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-workspace.h"

G_BEGIN_DECLS

/* What worker threads may see of the workspace: paths and the database. */
typedef struct _HearthStorage HearthStorage;

/**
 * HearthOperationPlace:
 * @HEARTH_OPERATION_STORAGE: the one storage thread: what is asked for first is done first. All that
 *   touches the database, and what must not overtake another.
 * @HEARTH_OPERATION_HELPERS: any worker thread: copying files, hashing, parsing
 */
typedef enum
{
  HEARTH_OPERATION_STORAGE,
  HEARTH_OPERATION_HELPERS,
} HearthOperationPlace;

/**
 * HearthOperation:
 * @work: on a worker thread; a new reference to the answer (hearth_value_null() when there is nothing
 *   to say), or NULL with an error
 * @start: instead, for what waits: on the main thread; returns at once and ends the task later, from the main
 *   loop, with such an answer or an error. Takes the task, whose source object is the workspace; its cancellable
 *   ends the waiting. Has no @announce and no @place
 * @announce: on the main thread, after success and before the caller hears of it; or NULL
 * @of_runs: what has been told of runs until now is written first
 *
 * One `const` for each use case, in hearth-<noun>-operations.c. A member of the arguments that is not
 * there is "not given"; who calls has checked the kinds of those that are.
 */
typedef struct
{
  HearthValue *(*work)     (HearthStorage   *storage,
                            HearthValue     *arguments,
                            GError         **error);
  void         (*start)    (HearthWorkspace *workspace,
                            HearthValue     *arguments,
                            GTask           *task);
  void         (*announce) (HearthWorkspace *workspace,
                            HearthValue     *arguments,
                            HearthValue     *answer);
  HearthOperationPlace place;
  gboolean     of_runs;
} HearthOperation;

/* hearth_workspace_finish() ends it. @arguments: an object. */
void hearth_workspace_perform (HearthWorkspace       *self,
                               const HearthOperation *operation,
                               HearthValue           *arguments,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data);

G_END_DECLS
