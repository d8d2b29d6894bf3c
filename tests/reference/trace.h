/* trace.h: everything a run told, and the run's part in its queue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-queue.h"
#include "hearth-run.h"

G_BEGIN_DECLS

typedef struct
{
  HearthRunEventKind kind;
  HearthRunStatus    status;
  char              *node_id; /* or NULL */
  char              *key;     /* or NULL */
  HearthValue       *value;   /* or NULL */
  char              *message; /* or NULL */
  char              *why;     /* or NULL */
  gboolean           reused;
  char              *origin;
  guint              attempt, delay_ms;
  gboolean           last;
} RefEvent;

typedef struct
{
  HearthRun *run;
  GPtrArray *events;      /* of RefEvent */
  guint      n_final;
  gboolean   given_up;    /* it did not end in time */
  int        cancel_at;   /* the event that makes it stop the run; -1: never */
  gboolean   cancel_later;/* not there and then, but from the main loop */
  int        cancelled;   /* number of the last event before it was stopped; -1: it was not */
  guint      timer;
  GHashTable *tries;      /* node id -> how many there were so far */
  HearthClock *clock;     /* of the run; owned */
  GHashTable *questions;  /* node id -> the question that is open */
  GPtrArray  *people;     /* who is to answer */
  GPtrArray  *guests;     /* id of a node, the resource it uses, and so on; borrowed */
  char       *complaint;  /* or NULL */
} RefTrace;

RefTrace   *ref_trace_new      (HearthRun *run); /* takes it */
void        ref_trace_free     (RefTrace  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefTrace, ref_trace_free)
#define ref_trace_at(t, i)     ((RefEvent *) g_ptr_array_index ((t)->events, (i)))
/* person.c: whatever is asked gets its answer after a while. */
void        ref_trace_ask      (RefTrace       *self,
                                const RefEvent *event);
GPtrArray  *ref_people_new     (void);
/* "YIELD n1 {…} last"; members of an object in alphabetical order. New. */
char       *ref_event_print    (const RefEvent *event);

/* Runs all of @traces through a queue; FALSE: one of them did not end in time. */
gboolean    ref_traces_run     (GPtrArray *traces,
                                guint      limit,
                                guint      timeout_ms,
                                char     **complaint);

G_END_DECLS
