/* hearth-log-line.h: one line in the log of a run, and what it may show (engine.md 15)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-notes.h"

G_BEGIN_DECLS

/* The line, or lines, or nothing at all. */
void            _hearth_log_append     (GString              *out,
                                        const HearthNote     *note);

/* --- hearth-log-value.c --------------------------------------------------------------------- */

#define HEARTH_LOG_HIDDEN "***已隐藏***" /* as the reference writes it */

/* What of a value a log may show: without secrets, long texts cut, not too deep. New reference. */
HearthValue    *_hearth_log_trim       (HearthValue          *value);
/* A sentence without what looks like a key in it. */
char           *_hearth_log_trim_text  (const char           *text);

G_END_DECLS
