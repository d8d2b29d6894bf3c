/* model-step.h: a step that asks a model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-model-router.h"
#include "model-input.h"
#include "shapes.h"

G_BEGIN_DECLS

/* One question on its way. Belongs to the node's data. */
typedef struct _HearthModelStep HearthModelStep;

/* @answer: what came, before @error too; borrowed. @question may be freed from within. */
typedef void (*HearthModelStepFunc) (HearthModelStep *question,
                                     HearthAnswer    *answer,
                                     const GError    *error,
                                     gpointer         user_data);

/* FALSE: the run knows no models, and the step has failed with a sentence that says so. */
gboolean         hearth_model_step_can_ask (HearthStep               *step);
/* The run, the node and the project of @step pay. @channel, @key: as in hearth_model_router_ask(). With request->stream
 * the pieces of the answer go out as chunks while they come, no faster than they are taken: text_chunk,
 * tool_call_chunk ({index, id?, name?, arguments}), usage_chunk, and for what the model thinks custom ({kind:
 * "reasoning", text}). @source (or NULL) stands in each of them as "source". */
HearthModelStep *hearth_model_step_ask     (HearthStep               *step,
                                            const HearthModelRequest *request,
                                            HearthChannel            *channel,
                                            HearthSecret             *key,
                                            const char               *source,
                                            HearthModelStepFunc       ended,
                                            gpointer                  user_data);
/* For the node's resume function. */
void             hearth_model_step_resume  (HearthModelStep          *self);
/* Ends the call at once when it is still on its way. */
void             hearth_model_step_free    (HearthModelStep          *self);

/* Tells what the step's calls took so far, by the run's ledger. Done by itself when a question ends. */
void             hearth_model_step_note_usage (HearthStep            *step);
/* Fails the step as the model's error is (its class decides about retries); @prefix (or NULL) precedes the sentence. */
void             hearth_model_step_fail    (HearthStep               *step,
                                            const char               *prefix,
                                            const GError             *error);
/* The last chunk of an answer: finish_reason_chunk with "stop", "length" … */
void             hearth_model_step_yield_finish (HearthStep          *step,
                                            HearthAnswer             *answer);
/* Usage as the wire has it; {} when nothing was told. */
HearthValue     *hearth_model_step_dup_usage (HearthAnswer           *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthModelStep, hearth_model_step_free)

/* --- nodes that ask one question (single-question.c) ------------------------------------------- */

/**
 * HearthSingleQuestion:
 * @read: what is asked, from the step's inputs; with what a node needs itself kept elsewhere
 * @answered: sets the outputs and completes the step; @messages: what was asked
 * @failed: fails the step; NULL: as hearth_model_step_fail() does
 */
typedef struct
{
  gboolean (*read) (HearthModelInput *input,
                    HearthStep       *step,
                    GError          **error);
  void (*answered) (HearthStep   *step,
                    HearthAnswer *answer,
                    HearthValue  *messages);
  void (*failed)   (HearthStep   *step,
                    const GError *error,
                    HearthValue  *messages);
} HearthSingleQuestion;

/* The whole start function of a node whose answer comes in pieces; @kind must stay. Takes the step's data. */
void             hearth_single_question_run    (HearthStep                 *step,
                                                const HearthSingleQuestion *kind);
/* The rest of one that reads its inputs itself. */
void             hearth_single_question_start  (HearthStep                 *step,
                                                const HearthModelRequest   *request,
                                                HearthChannel              *channel,
                                                HearthSecret               *key,
                                                const HearthSingleQuestion *kind);
void             hearth_single_question_resume (HearthStep                 *step);
/* An @answered that is all there is: outputs "text" and "usage". */
void             hearth_single_question_give_text (HearthStep              *step,
                                                HearthAnswer               *answer,
                                                HearthValue                *messages);

G_END_DECLS
