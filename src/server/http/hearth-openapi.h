/* hearth-openapi.h: the route table as an OpenAPI 3.1 document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* With the examples of examples/, which the tests send. Any thread. */
HearthValue *hearth_openapi_new (void);

G_END_DECLS
