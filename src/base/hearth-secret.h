/* hearth-secret.h: a text that nobody may see, overwritten when the last who held it lets go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* From this length on a key's last characters may be shown; a shorter one would be half told. */
#define HEARTH_SECRET_HINT_FROM 12

/**
 * HearthSecret:
 *
 * A key or password on its way between the keyring and the one call that needs it. Immutable and
 * counted, any thread. Its memory is overwritten before it is freed. It never becomes a
 * #HearthValue on the way out: values are printed, stored and sent.
 */
typedef struct _HearthSecret HearthSecret;

HearthSecret *hearth_secret_new            (const char    *text);
/* Of the text @value; marks it with hearth_value_mark_secret(). NULL for anything but a text, for
 * an empty one, and for one with a NUL in it. */
HearthSecret *hearth_secret_new_from_value (HearthValue   *value);
HearthSecret *hearth_secret_ref            (HearthSecret  *self);
void          hearth_secret_unref          (HearthSecret  *self);
/* Borrowed. Never log it, never put it into a message, never copy it without wiping the copy. */
const char   *hearth_secret_get_text       (HearthSecret  *self);
/* The last four characters, "" when the secret is shorter than HEARTH_SECRET_HINT_FROM. */
char         *hearth_secret_dup_hint       (HearthSecret  *self);

/* The memory of this text is overwritten before it is freed. */
void          hearth_value_mark_secret     (HearthValue   *self);

/* --- keys that arrive as values, because a foreign format has them there ------------------ */

/* How a text begins that stands for a key; behind it may be the last characters. */
#define HEARTH_SECRET_HIDDEN "••••"

/* What may be shown of @value, the value of a slot that takes keys: a text is hidden, but for an empty one; of an
 * object, its member "api_key"; anything else is shown. New reference; @value may be NULL. */
HearthValue  *hearth_secret_hide_value     (HearthValue   *value);
/* Is it a text that is hidden already? */
gboolean      hearth_secret_is_hidden      (HearthValue   *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSecret, hearth_secret_unref)

G_END_DECLS
