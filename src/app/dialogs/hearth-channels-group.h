/* hearth-channels-group.h: the services of language models, and those that are found on this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-preferences-group.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_CHANNELS_GROUP (hearth_channels_group_get_type ())
G_DECLARE_FINAL_TYPE (HearthChannelsGroup, hearth_channels_group, HEARTH, CHANNELS_GROUP, HearthPreferencesGroup)

G_END_DECLS
