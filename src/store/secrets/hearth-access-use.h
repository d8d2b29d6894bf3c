/* hearth-access-use.h: when each access token was used last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file of its own (data/access-uses.json, for its owner alone), which only servers write: the file of the tokens
 * is not written again just because one was used, so that a revoked token cannot come back. Both functions block;
 * call them from a worker thread.
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-value.h"

G_BEGIN_DECLS

/* {id: time stamp}; those of revoked tokens may be among them. */
HearthValue *hearth_access_use_list (HearthDataDir *dir,
                                     GError       **error);
/* Notes that token @id is used now, and forgets those that @tokens (hearth_access_token_list()) has no more. */
gboolean     hearth_access_use_note (HearthDataDir *dir,
                                     HearthValue   *tokens,
                                     const char    *id,
                                     GError       **error);

G_END_DECLS
