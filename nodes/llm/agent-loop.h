/* agent-loop.h: a model that calls tools until it has its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model-input.h"
#include "model-step.h"
#include "tool.h"
#include "usage-sum.h"

G_BEGIN_DECLS

/* Belongs to the node's data. */
typedef struct _HearthAgentLoop HearthAgentLoop;

/**
 * HearthAgentRules:
 * @max_rounds: so often may the model call tools; then it must answer without
 * @max_parallel: calls of one round at the same time
 * @only_once: the calls of the first round are the result, the model does not see what came of them; it must call one
 */
typedef struct
{
  guint    max_rounds;
  guint    max_parallel;
  gboolean only_once;
} HearthAgentRules;

/* @error NULL: it went well. Borrowed. @self may be freed from within. */
typedef void (*HearthAgentEnded) (HearthAgentLoop *self,
                                  HearthAnswer    *answer,
                                  const GError    *error,
                                  gpointer         user_data);

/* Asks input->model. The tools' errors go back to the model as text. What the model says and which tools it calls are chunks of
 * the step (hearth_model_step_ask()); what came of a call is a custom one: {kind: "tool_result", id, name, result or error}, and a
 * line of the log. @tools: of HearthTool; a reference is taken. */
HearthAgentLoop *hearth_agent_loop_start        (HearthStep             *step,
                                                 HearthModelInput       *input,
                                                 GPtrArray              *tools,
                                                 const HearthAgentRules *rules,
                                                 HearthAgentEnded        ended,
                                                 gpointer                user_data);
void             hearth_agent_loop_free         (HearthAgentLoop        *self);
void             hearth_agent_loop_resume       (HearthAgentLoop        *self);
guint            hearth_agent_loop_get_rounds   (HearthAgentLoop        *self);
/* All that was said, from the first message to what came of the last call. New references. */
HearthValue     *hearth_agent_loop_dup_messages (HearthAgentLoop        *self);
/* [{round, name, arguments, result or error}] */
HearthValue     *hearth_agent_loop_dup_calls    (HearthAgentLoop        *self);
HearthValue     *hearth_agent_loop_dup_usage    (HearthAgentLoop        *self);

G_END_DECLS
