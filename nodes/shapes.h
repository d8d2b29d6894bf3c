/* shapes.h: chores that several nodes share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-step.h"

G_BEGIN_DECLS

/* Sets @error to the node's own sentence; returns FALSE, so that a run function can end with it. @format is marked with N_(): people
 * get its translation, and a model that has the node at work gets it as it is. So what is put into it must not be a text in the
 * user's language, such as the message of another error: that takes g_set_error(). */
gboolean     hearth_shape_fail         (GError     **error,
                                        const char  *format,
                                        ...) G_GNUC_PRINTF (2, 3);
/* The same, of a kind that retry rules know (hearth_error_new_class ()). */
GError      *hearth_shape_new_error    (const char  *error_class,
                                        guint        retry_after_ms,
                                        const char  *format,
                                        ...) G_GNUC_PRINTF (3, 4);
/* hearth_shape_fail() for a sentence that is chosen elsewhere, marked with N_(). */
gboolean     hearth_shape_fail_literal (GError     **error,
                                        const char  *sentence);

/* Backslash escapes as people type them into a field: \n \t \r \" \' and \\ (nodes.md 4). */
char        *hearth_shape_unescape     (const char  *text);

/* Without the blanks around it, as JavaScript counts them; within @text, which is changed. */
char        *hearth_shape_trim         (char        *text);

/* A list of messages goes along a wire as JSON text. */
HearthValue *hearth_shape_print_list   (HearthBuilder *list);

/* Texts of @list (an array), or when that is NULL of @text: on each line one, or between commas when it has one line only.
 * Without blanks around them; empty ones and repetitions are left out. */
HearthValue *hearth_shape_split_list   (HearthValue *list,
                                        const char  *text);

/* An OBJECT or ARRAY input that may be absent: NULL without @error then, also for empty text. */
HearthValue *hearth_shape_dup_json     (HearthStep  *step,
                                        const char  *key,
                                        GError     **error);

/* Fails the step from the main loop once it is cancelled. Give the source back with
 * hearth_shape_unwatch() when the step's data is freed. */
GSource     *hearth_shape_watch_cancel (HearthStep  *step);
void         hearth_shape_unwatch      (GSource     *watch);

/* --- stream relay: one stream in, one stream out ---------------------------- */

/* Takes @chunk, returns the chunk to pass on. */
typedef HearthValue *(*HearthRelayFunc) (HearthStep  *step,
                                         HearthValue *chunk,
                                         gpointer     user_data);

/* The whole start function of a relay: chunks of stream input @key go through @func to the stream
 * outputs, no faster than the consumers take them. When @key holds no stream, the node fails with
 * an error chunk that says @no_stream. @user_data is freed when the step ends. */
void         hearth_shape_relay_start  (HearthStep      *step,
                                        const char      *key,
                                        const char      *no_stream,
                                        HearthRelayFunc  func,
                                        gpointer         user_data,
                                        GDestroyNotify   destroy);
void         hearth_shape_relay_resume (HearthStep      *step);

G_END_DECLS
