/* json-schema.h: does a value fit a JSON schema?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* FALSE with what does not fit, a sentence for each, at most HEARTH_SCHEMA_MAX_PROBLEMS: "$.age: 3.5 should be a whole number."
 * People read the message of @error, models hearth_error_get_plain(), where each stands on a line of its own. Known: type, enum, const, properties, required, additionalProperties, items,
 * minItems, maxItems, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, minLength, maxLength, pattern, anyOf,
 * oneOf, allOf, and $ref within the schema; what else stands there restricts nothing. */
#define HEARTH_SCHEMA_MAX_PROBLEMS 10
gboolean     hearth_json_schema_check   (HearthValue *schema,
                                         HearthValue *value,
                                         GError     **error);

/* A schema of an object from a list of fields as people write them: a line or a part between commas for each,
 * "name", "age: integer", "tags: list - what it is about". Types: text, number, integer, boolean, date, list, object; a "?"
 * behind the name: may be missing. NULL with a sentence when a line is none of that. */
HearthValue *hearth_json_schema_from_fields (const char *fields,
                                         GError     **error);

G_END_DECLS
