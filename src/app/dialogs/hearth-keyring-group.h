/* hearth-keyring-group.h: whether the keyring can be used, and keys that are not in it yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-application.h"

G_BEGIN_DECLS

/* Hidden while there is nothing to say: the keyring is ready, and no key stands in clear. */
#define HEARTH_TYPE_KEYRING_GROUP (hearth_keyring_group_get_type ())
G_DECLARE_FINAL_TYPE (HearthKeyringGroup, hearth_keyring_group, HEARTH, KEYRING_GROUP, AdwPreferencesGroup)

/* Once. */
void hearth_keyring_group_set_application (HearthKeyringGroup *self,
                                           HearthApplication  *application);
/* Other programs unlock and lock the keyring, too. */
void hearth_keyring_group_update          (HearthKeyringGroup *self);

G_END_DECLS
