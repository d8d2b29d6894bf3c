/* hearth-machine-operations.h: what the computer says of itself (http-api.md 18.2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* No arguments. */
extern const HearthOperation hearth_operation_describe_machine;

G_END_DECLS
