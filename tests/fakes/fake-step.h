/* fake-step.h: a step without an engine, to run one node's code on its own
 *
 * Defines the functions of hearth-step.h, so a test that uses it gets these and not the engine's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-step.h"

/* @inputs, @config: JSON texts of objects, or NULL. Config defaults of slots are filled in. */
HearthStep  *fake_step_new          (const HearthNodeDecl *decl,
                                     const char           *inputs,
                                     const char           *config);
void         fake_step_free         (HearthStep           *self);
void         fake_step_set_input    (HearthStep           *self,  /* takes @value */
                                     const char           *key,
                                     HearthValue          *value);
/* What hearth_step_get_seed() says, 0 without. */
void         fake_step_set_seed     (HearthStep           *self,
                                     guint64               seed);
void         fake_step_set_run_inputs (HearthStep         *self,
                                     const char           *json);
/* What hearth_step_get_service() finds; a reference is taken. Later ones replace earlier ones. */
void         fake_step_set_service  (HearthStep           *self,
                                     GObject              *service);
/* Runs run or compute; NULL when it went well, else the node's sentence. */
char        *fake_step_run          (HearthStep           *self);
/* Borrowed; NULL is undefined. */
HearthValue *fake_step_get_output   (HearthStep           *self,
                                     const char           *key);
gboolean     fake_step_is_dead      (HearthStep           *self,
                                     const char           *key);
/* All of it in one call: the JSON of output @key, or "error: …", or "dead", or "undefined". */
char        *fake_step_try          (const HearthNodeDecl *decl,
                                     const char           *inputs,
                                     const char           *config,
                                     const char           *key);
/* The lines a node has logged, joined by line breaks. */
const char  *fake_step_get_log      (HearthStep           *self);

/* --- nodes that wait ------------------------------------------------------------------- */

void         fake_step_start        (HearthStep           *self);
/* "running", "complete" or "failed: …" */
const char  *fake_step_get_state    (HearthStep           *self);
void         fake_step_cancel       (HearthStep           *self);
/* Time goes by. */
void         fake_step_elapse       (HearthStep           *self,
                                     guint                 milliseconds);

/* The interface of the workflow it calls: keys separated by blanks. Without it there is no workflow. */
void         fake_step_set_call     (HearthStep           *self,
                                     const char           *inputs,
                                     const char           *outputs);
/* Calls are answered at once, from inside of hearth_step_call(). NULL with @error: they fail. */
typedef HearthValue *(*FakeCall)    (HearthValue          *inputs,
                                     GError              **error);
void         fake_step_set_call_func(HearthStep           *self,
                                     FakeCall              func);
/* Tags of the calls that go on, in the order they began, with their inputs: "0{…} 1{…}". */
char        *fake_step_list_calls   (HearthStep           *self);
/* @outputs: JSON, or NULL when the call fails with @message. */
void         fake_step_end_call     (HearthStep           *self,
                                     const char           *tag,
                                     const char           *outputs,
                                     const char           *message);

/* What is asked now, as JSON, or NULL. */
char        *fake_step_dup_question (HearthStep           *self);
/* @answer: JSON, or NULL for a refusal. */
void         fake_step_answer       (HearthStep           *self,
                                     const char           *answer);

/* By type, from the catalogue. */
const HearthNodeDecl *fake_find_decl (const char          *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthStep, fake_step_free)
