/* hearth-log-line.h: one line of what a run told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  HEARTH_LOG_QUIET,
  HEARTH_LOG_PLAIN,
  HEARTH_LOG_GOOD,
  HEARTH_LOG_BAD,
} HearthLogTone;

#define HEARTH_TYPE_LOG_LINE (hearth_log_line_get_type ())
G_DECLARE_FINAL_TYPE (HearthLogLine, hearth_log_line, HEARTH, LOG_LINE, GObject)

/* @node_id may be NULL. */
HearthLogLine *hearth_log_line_new         (HearthLogTone  tone,
                                            const char    *node_id,
                                            const char    *text);
HearthLogTone  hearth_log_line_get_tone    (HearthLogLine *self);
gint64         hearth_log_line_get_time    (HearthLogLine *self); /* Unix time, milliseconds */
const char    *hearth_log_line_get_node_id (HearthLogLine *self);
const char    *hearth_log_line_get_text    (HearthLogLine *self);

G_END_DECLS
