/* hearth-engine-types.h: the names of the engine room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Lifetimes: a Plan is a graph frozen and ordered, a Run is one execution of a plan, a Step is one
 * node's part in a run. A Queue decides which runs may go on at the same time. */
typedef struct _HearthPlan         HearthPlan;
typedef struct _HearthRun          HearthRun;
typedef struct _HearthQueue        HearthQueue;
typedef struct _HearthStreamReader HearthStreamReader;
typedef struct _HearthRunEvent     HearthRunEvent;

/**
 * HearthEngineError:
 * @HEARTH_ENGINE_ERROR_CYCLE: the graph has a cycle; no order exists
 * @HEARTH_ENGINE_ERROR_GROUP: a node group cannot be expanded (missing workflow, recursion)
 * @HEARTH_ENGINE_ERROR_INPUT: a required input has no value
 * @HEARTH_ENGINE_ERROR_NODE: a node failed; the message is the node's own
 * @HEARTH_ENGINE_ERROR_CANCELLED: the user stopped the run
 */
typedef enum
{
  HEARTH_ENGINE_ERROR_CYCLE,
  HEARTH_ENGINE_ERROR_GROUP,
  HEARTH_ENGINE_ERROR_INPUT,
  HEARTH_ENGINE_ERROR_NODE,
  HEARTH_ENGINE_ERROR_CANCELLED,
} HearthEngineError;

#define HEARTH_ENGINE_ERROR (hearth_engine_error_quark ())
GQuark hearth_engine_error_quark (void);

/* What kind of failure a node's error is, for retry rules: nodes that talk to the outside attach it with
 * hearth_error_new_class(); others are "node". Classes: "network", "timeout", "rate-limit", "server",
 * "refused", "input", "node" and others that a service names. Only the first four pass by waiting and are tried
 * again by default. HEARTH_CLASS_BUDGET stops the run: such a step is never tried again, nothing stands in for it,
 * and its message is that of the run. */
#define HEARTH_CLASS_BUDGET "budget"

GError     *hearth_error_new_class  (const char   *error_class,
                                     guint         retry_after_ms,
                                     const char   *message);
const char *hearth_error_get_class  (const GError *error,
                                     guint        *retry_after_ms);

/* What a model is told of the error when it had the node at work, as a tool: English, whatever the user's language, so that a prompt
 * and its recording are the same whoever runs it. The message is for people. @error: HEARTH_ENGINE_ERROR. */
void        hearth_error_set_plain  (GError       *error,
                                     const char   *plain);
/* Where nobody has set it: a sentence that says of what kind the error is. Never NULL, of any @error. Borrowed. */
const char *hearth_error_get_plain  (const GError *error);

/* Of a run; names on the wire: engine.md 5. */
typedef enum
{
  HEARTH_RUN_QUEUED,
  HEARTH_RUN_RUNNING,
  HEARTH_RUN_COMPLETE,
  HEARTH_RUN_ERROR,
  HEARTH_RUN_INTERRUPTED,
} HearthRunStatus;

const char *hearth_run_status_to_string (HearthRunStatus status); /* "complete" */
#define hearth_run_status_is_final(s) ((s) >= HEARTH_RUN_COMPLETE)

/* Of a step. Moves: docs/scheduler.md; only the run moves a step. */
typedef enum
{
  HEARTH_STEP_WAITING,   /* an input is not there yet */
  HEARTH_STEP_READY,     /* in the ready queue */
  HEARTH_STEP_RUNNING,
  HEARTH_STEP_DONE,
  HEARTH_STEP_BYPASSED,  /* passed its inputs through; counts as done */
  HEARTH_STEP_FAILED,
  HEARTH_STEP_SKIPPED,   /* something it depends on failed */
  HEARTH_STEP_CANCELLED,
} HearthStepState;

G_END_DECLS
