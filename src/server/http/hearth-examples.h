/* hearth-examples.h: one request and its answer for each route, as examples/ tells them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/**
 * HearthExamples:
 *
 * Each file in examples/ is a list of exchanges in the order of a story; the tests send them, the
 * OpenAPI document shows them. An exchange: {"route": the name of a route, "params", "query", "body"
 * or "form", "status", and "answer" (JSON) or "text"}. In a request {"$from": "createChat.id"} stands
 * for a member of an earlier answer of the story. What else there may be: tests/server/test-examples.py.
 */
typedef struct _HearthExamples HearthExamples;

HearthExamples *hearth_examples_new    (void);
void            hearth_examples_free   (HearthExamples *self);
/* The exchanges with a route: an array, or NULL. References to earlier answers are resolved. */
HearthValue    *hearth_examples_lookup (HearthExamples *self,
                                        const char     *route);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthExamples, hearth_examples_free)

G_END_DECLS
