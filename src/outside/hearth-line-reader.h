/* hearth-line-reader.h: pieces of a stream, cut anywhere, made whole again: server-sent events and JSON lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthFraming:
 * @HEARTH_FRAMING_EVENTS: text/event-stream, as the HTML standard reads it (9.2.6, "Interpreting an event stream")
 * @HEARTH_FRAMING_LINES: one JSON text on each line; lines end with LF or CR LF, empty ones are none
 *
 * A byte order mark at the beginning is skipped in both.
 */
typedef enum
{
  HEARTH_FRAMING_EVENTS,
  HEARTH_FRAMING_LINES,
} HearthFraming;

typedef struct _HearthLineReader HearthLineReader;

/* @name: of the event, "message" when it has none; "" for lines. @data: NUL-terminated valid UTF-8 (bad bytes replaced).
 * FALSE: read no further; the reader may be freed by then. */
typedef gboolean (*HearthLineFunc) (const char *name,
                                    const char *data,
                                    gsize       length,
                                    gpointer    user_data);

/* @max_bytes: of one event or line; more is HEARTH_OUTSIDE_ERROR_TOO_LARGE. */
HearthLineReader *hearth_line_reader_new  (HearthFraming     framing,
                                           gsize             max_bytes,
                                           HearthLineFunc    func,
                                           gpointer          user_data);
void              hearth_line_reader_free (HearthLineReader *self);
/* TRUE also when @func wants no more. After an error only hearth_line_reader_free() may follow. */
gboolean          hearth_line_reader_feed (HearthLineReader *self,
                                           const char       *bytes,
                                           gsize             length,
                                           GError          **error);
/* The stream is over: a last line without an end is a line; a last event without its empty line is none. */
gboolean          hearth_line_reader_end  (HearthLineReader *self,
                                           GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthLineReader, hearth_line_reader_free)

G_END_DECLS
