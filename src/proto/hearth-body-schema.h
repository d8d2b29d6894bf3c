/* hearth-body-schema.h: the fields of a request, told as JSON Schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-body-check.h"

G_BEGIN_DECLS

/* Of one value, as OpenAPI 3.1 wants it; of all members of an object. */
HearthValue *hearth_body_field_to_schema  (const HearthBodyField *field);
HearthValue *hearth_body_fields_to_schema (const HearthBodyField *fields);

G_END_DECLS
