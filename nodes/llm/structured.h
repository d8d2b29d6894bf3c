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

G_END_DECLS
