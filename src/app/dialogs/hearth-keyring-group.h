/* hearth-keyring-group.h: whether the keyring can be used, and keys that are not in it yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-preferences-group.h"

G_BEGIN_DECLS

/* Hidden while there is nothing to say: the keyring is ready, and no key stands in clear. */
#define HEARTH_TYPE_KEYRING_GROUP (hearth_keyring_group_get_type ())
G_DECLARE_FINAL_TYPE (HearthKeyringGroup, hearth_keyring_group, HEARTH, KEYRING_GROUP, HearthPreferencesGroup)

G_END_DECLS
