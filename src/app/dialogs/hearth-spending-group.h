/* hearth-spending-group.h: what calls to models have cost, and how much they may
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-preferences-group.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_SPENDING_GROUP (hearth_spending_group_get_type ())
G_DECLARE_FINAL_TYPE (HearthSpendingGroup, hearth_spending_group, HEARTH, SPENDING_GROUP, HearthPreferencesGroup)

G_END_DECLS
