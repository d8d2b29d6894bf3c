/* hearth-key-place-private.h: a key on its way from a request to where it is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-secrets.h"
#include "hearth-workspace-private.h"

G_BEGIN_DECLS

/* What the keyring's own program shows, "OpenAI – Hearth". */
char              *_hearth_key_make_label   (const char      *name);
/* The text that @arguments has as @member; NULL when it has none or "". FALSE with an error: it cannot
 * be a key. From now on its memory is wiped when it is freed. */
gboolean           _hearth_key_take         (HearthValue     *arguments,
                                             const char      *member,
                                             HearthSecret   **secret,
                                             GError         **error);
/* "keyStore" of @arguments, or where keys go at present. */
HearthSecretPlace  _hearth_key_choose_place (HearthStorage   *storage,
                                             HearthValue     *arguments);

G_END_DECLS
