/* hearth-id.h: identifiers and time stamps in the forms the protocol fixes (storage.md 5.5)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-chance.h"

G_BEGIN_DECLS

#define HEARTH_PROMPT_ID_LENGTH 21

/* @length characters of A-Z a-z 0-9 _ -, from the kernel's random source. Never begins with "-", so
 * that it can be typed on a command line without being taken for an option. */
char *hearth_id_new_nano  (guint length);
/* The same, from somebody's own chance. */
char *hearth_id_draw_nano (HearthChance *chance,
                           guint         length);
char *hearth_id_new_uuid  (void);

/* "2026-01-31T12:00:00.000Z"; the frontend refuses every other form. */
char *hearth_time_now_iso (void);
char *hearth_time_to_iso  (gint64 unix_ms);
/* For people: date and time of day, local and in their language. */
char *hearth_time_to_words (gint64 unix_ms);
gint64 hearth_time_now_ms (void);   /* Unix time, milliseconds */

G_END_DECLS
