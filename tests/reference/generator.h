/* generator.h: random workflows, the same ones for the same seed on every machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-run.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 state;
} RefRandom;

void     ref_random_init   (RefRandom *self,
                            guint64    seed,
                            guint64    number);
guint    ref_random_below  (RefRandom *self,
                            guint      limit);
gboolean ref_random_chance (RefRandom *self,
                            guint      percent);

/* What one run is made from. */
typedef struct
{
  HearthValue *workflow;    /* stored form */
  HearthValue *groups;      /* workflow id -> stored form */
  HearthValue *values;      /* of interface inputs, or NULL */
  HearthValue *mappings;    /* or NULL */
  HearthValue *again;       /* the workflow with one change, for a second run that reuses; or NULL */
  char        *anew;        /* node of it that runs anew, or NULL */
  HearthRunReuse modes[2];  /* of the first and the second run */
  char        *run_id;      /* some waits are made from it */
  int          cancel_at;   /* number of an event, or -1 */
  int          cancel_again;/* the same for the second run */
  gboolean     cancel_later;/* not inside the event but right after */
} RefCase;

RefCase *ref_case_new      (RefRandom     *random);
RefCase *ref_case_copy     (const RefCase *self);
void     ref_case_free     (RefCase       *self);
/* All of it as one JSON object. */
char    *ref_case_print    (const RefCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefCase, ref_case_free)

G_END_DECLS
