/* json-schema.h: does a value fit a JSON schema?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* What does not fit, a sentence for each, for people and for models: "$.age: 3.5 should be a whole number." At most
 * HEARTH_SCHEMA_MAX_PROBLEMS. NULL: it fits. Known: type, enum, const, properties, required, additionalProperties, items,
 * minItems, maxItems, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, minLength, maxLength, pattern, anyOf,
 * oneOf, allOf, and $ref within the schema; what else stands there restricts nothing. */
#define HEARTH_SCHEMA_MAX_PROBLEMS 10
char       **hearth_json_schema_check   (HearthValue *schema,
                                         HearthValue *value);

/* A schema of an object from a list of fields as people write them: a line or a part between commas for each,
 * "name", "age: integer", "tags: list - what it is about". Types: text, number, integer, boolean, date, list, object; a "?"
 * behind the name: may be missing. NULL with a sentence when a line is none of that. */
HearthValue *hearth_json_schema_from_fields (const char *fields,
                                         GError     **error);

G_END_DECLS
