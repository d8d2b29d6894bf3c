/* structured.h: a question whose answer is a value that fits a schema, asked until it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model-input.h"
#include "model-step.h"

G_BEGIN_DECLS

/* Belongs to the node's data. */
typedef struct _HearthStructured HearthStructured;

/* @value: borrowed, it fits; NULL with @error, when no answer did. @self may be freed from within. */
typedef void (*HearthStructuredFunc) (HearthStructured *self,
                                      HearthValue      *value,
                                      const GError     *error,
                                      gpointer          user_data);

/* Asks input->model, with input->params, input->messages. The schema goes with the request for services that can hold the
 * model to it, and into the messages for all others. An answer that is no JSON is repaired; one that does not fit goes back with
 * what is wrong, until @max_answers have come. @name: of what is asked for, [a-z_]. */
HearthStructured *hearth_structured_ask         (HearthStep           *step,
                                                 HearthModelInput     *input,
                                                 const char           *name,
                                                 HearthValue          *schema,
                                                 guint                 max_answers,
                                                 HearthStructuredFunc  ended,
                                                 gpointer              user_data);
void              hearth_structured_free        (HearthStructured     *self);
guint             hearth_structured_get_answers (HearthStructured     *self);
/* Of all answers together; {} when nothing was told. */
HearthValue      *hearth_structured_dup_usage   (HearthStructured     *self);

/* --- nodes that read a text (structured-node.c) -------------------------------------------------- */

/**
 * HearthStructuredNode:
 * @name: of what is asked for, [a-z_]
 * @instruction: English, for the model
 * @no_text: what is said when there is no text, marked with N_(); NULL: it may be empty
 * @make_schema: of the answer, from the step's inputs; or NULL with @error
 * @answered: sets the outputs; "usage" and the end are seen to
 */
typedef struct
{
  const char *name;
  const char *instruction;
  const char *no_text;
  HearthValue *(*make_schema) (HearthStep       *step,
                               GError          **error);
  void         (*answered)    (HearthStep       *step,
                               HearthStructured *question,
                               HearthValue      *value);
} HearthStructuredNode;

/* The whole start function: asks about the input "text", with what "instructions" add. @kind must stay. Takes the step's data. */
void              hearth_structured_node_start (HearthStep                 *step,
                                                const HearthStructuredNode *kind,
                                                guint                       max_answers);

/* The input "instructions"; @about says what they are for. */
#define HEARTH_STRUCTURED_SLOT_INSTRUCTIONS(about) \
  { .key = "instructions", .type = HEARTH_DATA_STRING, .name = "补充说明", .title = N_("Instructions"), .description = about, \
    .categories = "Prompt", .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "", "multiline": true }) }

G_END_DECLS
