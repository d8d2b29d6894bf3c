/* hearth-node-trace.h: what a run told of one node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-run.h"

G_BEGIN_DECLS

typedef struct
{
  gint64       begin;   /* monotonic, microseconds; 0: has not run */
  gint64       end;     /* 0: still at work */
  gboolean     reused;  /* an earlier result */
  char        *why;     /* why it ran, was reused or skipped, or NULL */
  HearthValue *usage;   /* what its calls to models took (hearth_usage_to_words()), or NULL */
  HearthValue *outputs; /* kept here, because a run lets go of what nobody in it needs; or NULL */
} HearthNodeTrace;

HearthNodeTrace *hearth_node_trace_new    (void);
void             hearth_node_trace_free   (gpointer               self);
void             hearth_node_trace_add    (HearthNodeTrace       *self,
                                           const HearthRunEvent  *event);
/* How long it took, or has been at work; -1 when it has not run. */
double           hearth_node_trace_get_ms (const HearthNodeTrace *self);

G_END_DECLS
