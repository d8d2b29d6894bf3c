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
void         fake_step_set_run_inputs (HearthStep         *self,
                                     const char           *json);
/* Runs run or compute; NULL when it went well, else the node's sentence. */
char        *fake_step_run          (HearthStep           *self);
/* Borrowed; NULL is undefined. */
HearthValue *fake_step_get_output   (HearthStep           *self,
                                     const char           *key);
/* All of it in one call: the JSON of output @key, or "error: …", or "undefined". */
char        *fake_step_try          (const HearthNodeDecl *decl,
                                     const char           *inputs,
                                     const char           *config,
                                     const char           *key);
/* The lines a node has logged, joined by line breaks. */
const char  *fake_step_get_log      (HearthStep           *self);

/* By type, from the catalogue. */
const HearthNodeDecl *fake_find_decl (const char          *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthStep, fake_step_free)
