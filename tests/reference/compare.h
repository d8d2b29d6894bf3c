/* compare.h: holds a run to what the reference says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "generator.h"

G_BEGIN_DECLS

#define REF_TIMEOUT_MS 8000

/* Runs the cases, all in one queue that lets @limit of them go on at a time. NULL: the engine did
 * what it should; else what was expected and what came instead, new text. */
char *ref_check_cases (RefCase *const *cases,
                       guint           n_cases,
                       guint           limit,
                       guint           timeout_ms);

/* shrink.c: a smaller case that fails still; new. @complaint: what is wrong with it, new text. */
RefCase *ref_case_shrink (const RefCase *failing,
                          char         **complaint);

G_END_DECLS
