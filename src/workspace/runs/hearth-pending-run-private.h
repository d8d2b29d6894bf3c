/* hearth-pending-run-private.h: a run whose id is promised while it is still on its way to the queue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-outline.h"
#include "hearth-surroundings-private.h"

G_BEGIN_DECLS

typedef struct
{
  HearthWorkspace *workspace; /* owned, so that the promise is kept */
  char *id;
  HearthGraph *graph; /* a copy of its own, while the groups are read */
  HearthValue *mappings;
  HearthValue *metadata;
  HearthValue *inputs;
  HearthPlan *plan;
  GError *error; /* why there is no plan */
  HearthOutline outline;
  char **files;             /* that its nodes read, to be looked at; or NULL */
  HearthValue *file_states; /* or NULL */
  char **workflow_ids;      /* whose results may be of use */
  char **anew;
  HearthRunReuse reuse;
  HearthCeilings ceilings;  /* of money, for this run */
  GError *refusal;          /* they are none */
  HearthSurroundings *surroundings;
  char *continues;          /* id of the run that this one goes on from, or NULL */
  gboolean preview;
  gboolean cancelled;
} HearthPendingRun;

/* Into the queue; that is the end of @self. */
void     _hearth_pending_run_enter    (HearthPendingRun *self);
/* The same, soon. */
void     _hearth_pending_run_enter_later (HearthPendingRun *self);
/* TRUE: it needs something from the disk first, and enters the queue by itself when it is there. */
gboolean _hearth_pending_run_wait     (HearthPendingRun *self);

G_END_DECLS
