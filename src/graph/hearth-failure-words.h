/* hearth-failure-words.h: what a run tells of a failure, for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph.h"

G_BEGIN_DECLS

/* The few texts that are fixed on the wire (engine.md 5) become sentences with the titles that @graph (or NULL) knows;
 * all others, and NULL, stay as they are. New string. */
char *hearth_failure_to_words (HearthGraph *graph,
                               const char  *message);

G_END_DECLS
