/* hearth-devices-group.h: whether other devices may come in, and with which tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-preferences-group.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_DEVICES_GROUP (hearth_devices_group_get_type ())
G_DECLARE_FINAL_TYPE (HearthDevicesGroup, hearth_devices_group, HEARTH, DEVICES_GROUP, HearthPreferencesGroup)

G_END_DECLS
