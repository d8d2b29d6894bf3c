/* work.h: a node of a random graph at work in the engine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-stream.h"
#include "kinds.h"

G_BEGIN_DECLS

#define MAX_STREAMS 2

typedef struct
{
  HearthStep         *step;
  const RefKind      *kind;
  guint               timer;
  gulong              cancel;
  guint               turns;  /* main loop turns that pass before each thing it does */
  guint               turn;
  RefCall             call;   /* of what plays: the whole script */
  guint               played;
  const char         *resource; /* it uses, or NULL */
  guint               n_streams;
  const char         *keys[MAX_STREAMS];
  HearthStreamReader *readers[MAX_STREAMS];
  GPtrArray          *read[MAX_STREAMS];
  gboolean            ended[MAX_STREAMS];
} RefWork;

/* What a model may ask of @step. */
RefCall  ref_step_get_call        (HearthStep *step);
/* Calls the model of a step that needs no RefWork, and hands on what it made. FALSE: it failed. */
gboolean ref_call_model           (HearthStep *step,
                                   RefCall    *call,
                                   GError    **error);
void     ref_give_dead            (HearthStep *step,
                                   RefCall    *call);
/* As the model wanted it. */
void     ref_end_step             (HearthStep *step,
                                   RefCall    *call);
guint    ref_step_get_config_uint (HearthStep *step,
                                   const char *key);

/* Belongs to the step. */
RefWork *ref_work_new             (HearthStep *step);
/* One that never asks whether it was cancelled. */
RefWork *ref_work_new_deaf        (HearthStep *step,
                                   gboolean    deaf);
/* Ends the step with what the call of the model has made. */
void     ref_work_finish          (RefWork    *work);

G_END_DECLS
