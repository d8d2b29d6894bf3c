/* hearth-log-line.h: one line in the log of a run, and what it may show (engine.md 15)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-run.h"
#include "hearth-snapshot.h"

G_BEGIN_DECLS

/* What a run told, kept until a thread makes a line of it. */
typedef struct
{
  HearthRunEventKind kind;
  HearthRunStatus    status;
  gint64             time_ms;
  char              *node_id; /* or the key of an interface output */
  HearthValue       *value;
  char              *message;
  gboolean           last;
  guint              attempt;
  guint              delay_ms;
  double             duration_ms;
} HearthLogEntry;

HearthLogEntry *_hearth_log_entry_new  (const HearthRunEvent *event);
void            _hearth_log_entry_free (HearthLogEntry       *self);

/* The line, or lines, of @entry. @outputs: trimmed outputs of the nodes of this run so far, node id ->
 * HearthValue, which grows by it. */
void            _hearth_log_append     (GString              *out,
                                        const char           *run_id,
                                        HearthSnapshot       *snapshot, /* or NULL */
                                        GHashTable           *outputs,
                                        const HearthLogEntry *entry);

/* --- hearth-log-value.c --------------------------------------------------------------------- */

#define HEARTH_LOG_HIDDEN "***已隐藏***" /* as the reference writes it */

/* What of a value a log may show: without secrets, long texts cut, not too deep. New reference. */
HearthValue    *_hearth_log_trim       (HearthValue          *value);
/* A sentence without what looks like a key in it. */
char           *_hearth_log_trim_text  (const char           *text);

G_END_DECLS
