/* evaluation.h: what the parts of the reference that work out fates share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reference.h"

G_BEGIN_DECLS

typedef struct
{
  Reference *reference;
  gboolean   cancelled;
  RefClock   clock;
  gpointer   user_data;
} Evaluation;

/* inflow.c: what a node works on */
gboolean     ref_node_ended_well   (RefNode    *node);
/* Whose stream is it, really (rule 17)? NULL: the output is a plain one. */
RefNode     *ref_node_get_streamer (RefNode    *node,
                                    const char *handle,
                                    const char **real_handle); /* or NULL */
HearthValue *ref_node_dup_text     (RefNode    *streamer);
gboolean     ref_input_takes_stream(RefInput   *input);
void         ref_node_fill_inputs  (RefNode    *node);
void         ref_node_bypass       (RefNode    *node);
/* Streams it hands on are known before anything runs. */
void         ref_node_hand_on      (RefNode    *node);
gboolean     ref_node_is_dead      (RefNode    *node,
                                    const char *handle);

/* links.c: which links are dead */
void         ref_node_look_through (RefNode    *node);
gboolean     ref_node_is_skipped   (Evaluation *self,
                                    RefNode    *node);
/* The joining @node sees only what is alive; FALSE: what it waits for never came. */
gboolean     ref_node_choose       (Evaluation *self,
                                    RefNode    *node,
                                    guint       choice);
guint        ref_node_count_choices(Evaluation *self,
                                    RefNode    *node);

/* tries.c: what comes of it when it runs */
void         ref_node_start        (Evaluation *self,
                                    RefNode    *node,
                                    const RefTimes *times);
/* calls.c */
void         ref_node_call         (Evaluation *self,
                                    RefNode    *node,
                                    const RefTimes *times);
HearthValue *ref_node_get_input    (RefNode    *node,
                                    const char *key);

G_END_DECLS
