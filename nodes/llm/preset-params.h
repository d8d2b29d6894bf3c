/* preset-params.h: how a preset of SillyTavern wants a model to be asked (docs/nodes/models.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* Is it a preset rather than a list of parameters? One that arranges the messages is. */
gboolean     hearth_preset_is_one      (HearthValue *value);
/* The parameters among its members, by the names that services know. Left out is what makes no difference, such as a
 * penalty of 0, because many services refuse parameters they do not have. New reference. */
HearthValue *hearth_preset_read_params (HearthValue *preset);

G_END_DECLS
