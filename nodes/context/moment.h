/* moment.h: dates and spans of time in the words of the templates that people share, which are English
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* By letters as in "YYYY-MM-DD HH:mm" or "dddd, LL"; what is in brackets stands as it is. New string. */
char     *hearth_moment_format   (GDateTime  *time,
                                  const char *format);
/* "a few seconds", "an hour", "3 days"; with @relative "in 3 days" or "3 days ago". New string. */
char     *hearth_moment_say_span (gint64      milliseconds,
                                  gboolean    relative);
/* A date and time as files and people write it: ISO 8601, a Unix time in milliseconds, "June 19, 2023 4:13pm", a time of
 * day (today's, as @now has it). Unix time in milliseconds; FALSE when it is none. */
gboolean  hearth_moment_parse    (const char *text,
                                  GDateTime  *now,
                                  gint64     *unix_ms);

G_END_DECLS
