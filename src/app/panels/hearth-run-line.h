/* hearth-run-line.h: one line of what a run told
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

#define HEARTH_TYPE_RUN_LINE (hearth_run_line_get_type ())
G_DECLARE_FINAL_TYPE (HearthRunLine, hearth_run_line, HEARTH, RUN_LINE, GObject)

/* @node_id may be NULL. */
HearthRunLine *hearth_run_line_new         (HearthLogTone  tone,
                                            const char    *node_id,
                                            const char    *text);
HearthLogTone  hearth_run_line_get_tone    (HearthRunLine *self);
gint64         hearth_run_line_get_time    (HearthRunLine *self); /* Unix time, milliseconds */
const char    *hearth_run_line_get_node_id (HearthRunLine *self);
const char    *hearth_run_line_get_text    (HearthRunLine *self);

G_END_DECLS
