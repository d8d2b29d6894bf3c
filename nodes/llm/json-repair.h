/* json-repair.h: JSON as models write it, made JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-json.h"

G_BEGIN_DECLS

/* The first object or list in @text, else the first value that begins a line of its own. Passed over: what stands before and
 * behind, code fences, comments. Understood: trailing and missing commas, single and curly quotes, bare keys, True, False and
 * None, line breaks in texts, backslashes that escape nothing, brackets that were never closed (the answer was cut).
 * NULL with HEARTH_JSON_ERROR when there is nothing like JSON in it. Strict JSON is what it is. */
HearthValue *hearth_json_repair (const char *text,
                                 GError    **error);

G_END_DECLS
