/* evaluation.h: what the parts of the reference that work out fates share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kinds.h"
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
HearthValue *ref_node_get_config   (RefNode    *node,
                                    const char *key);

/* policy.c */
double       ref_policy_get_number (HearthValue *object,
                                    const char  *key,
                                    double       fallback,
                                    double       max);
guint        ref_node_get_delay    (RefNode     *node,
                                    const char  *run_id,
                                    RefCall     *failed);
gboolean     ref_node_may_retry    (RefNode     *node,
                                    RefCall     *call);
/* Outputs from somewhere else: one chunk for a stream. */
void         ref_node_use_outputs  (RefNode     *node,
                                    HearthValue *outputs,
                                    RefCall     *call);
gboolean     ref_node_fall_back    (RefNode     *node,
                                    RefCall     *call);

/* reuse.c: what its result depends on */
void         ref_node_make_key     (RefNode     *node);
/* What is told of a stream when its result is used again. */
GPtrArray   *ref_chunks_merge      (GPtrArray   *chunks);

/* groups.c */
void         ref_group_evaluate    (Reference   *self,
                                    RefGroup    *group);
/* @group NULL: of the workflow. */
HearthValue *ref_group_make_outputs(Reference   *self,
                                    RefGroup    *group);

G_END_DECLS
