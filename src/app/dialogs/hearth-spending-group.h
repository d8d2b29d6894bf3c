/* hearth-spending-group.h: what calls to models have cost, and how much they may
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-application.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_SPENDING_GROUP (hearth_spending_group_get_type ())
G_DECLARE_FINAL_TYPE (HearthSpendingGroup, hearth_spending_group, HEARTH, SPENDING_GROUP, AdwPreferencesGroup)

/* Once. */
void hearth_spending_group_set_application (HearthSpendingGroup *self,
                                            HearthApplication   *application);
/* Runs go on spending. */
void hearth_spending_group_update          (HearthSpendingGroup *self);

G_END_DECLS
