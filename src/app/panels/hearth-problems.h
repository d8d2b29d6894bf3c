/* hearth-problems.h: what is wrong with a document, looked up a moment after it was changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-check.h"
#include "hearth-document.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_PROBLEMS (hearth_problems_get_type ())
G_DECLARE_FINAL_TYPE (HearthProblems, hearth_problems, HEARTH, PROBLEMS, GObject)

/* Signal ::changed */

HearthProblems *hearth_problems_new  (HearthDocument *document);
/* Of HearthProblem, or NULL before the first check; borrowed. */
GPtrArray     *hearth_problems_get_list (HearthProblems *self);
guint           hearth_problems_get_n(HearthProblems *self);
HearthProblem  *hearth_problems_at   (HearthProblems *self,
                                      guint           index);

G_END_DECLS
