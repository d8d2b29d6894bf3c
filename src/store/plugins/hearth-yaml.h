/* hearth-yaml.h: YAML files read as values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/**
 * HearthYamlError:
 * @HEARTH_YAML_ERROR_SYNTAX: not YAML, or a key twice
 * @HEARTH_YAML_ERROR_UNSUPPORTED: YAML, but none of what is read here: an anchor, a tag, a second document
 * @HEARTH_YAML_ERROR_LIMIT: too long, nested too deep, or of too many values
 *
 * Every message is a sentence for people; but for the length they start with "Line L: " (from 1).
 */
typedef enum
{
  HEARTH_YAML_ERROR_SYNTAX,
  HEARTH_YAML_ERROR_UNSUPPORTED,
  HEARTH_YAML_ERROR_LIMIT,
} HearthYamlError;

#define HEARTH_YAML_ERROR (hearth_yaml_error_quark ())
GQuark       hearth_yaml_error_quark (void);

/* In bytes: what people write by hand, and what programs save. */
#define HEARTH_YAML_MAX_MANIFEST ((gsize) 256 << 10)
#define HEARTH_YAML_MAX_DATA ((gsize) 8 << 20)
#define HEARTH_YAML_MAX_DEPTH 32
#define HEARTH_YAML_MAX_VALUES (1u << 20)

/* One document of lists, mappings with text as keys, and scalars: null, true, false and JSON's numbers when
 * they are written without quotes, else text. Aliases are refused, so that nothing stands in memory that is not on
 * disk, and of small values there are no more than HEARTH_YAML_MAX_VALUES. An empty file is null.
 *
 * @max_length: bytes; a longer text is refused.
 * @lines (optional): where everything stands, "frontend.styles[0]" -> line as a pointer's integer; new table,
 * also when the reading fails. Safe in any thread. */
HearthValue *hearth_yaml_parse       (const char  *text,
                                      gsize        length,
                                      gsize        max_length,
                                      GHashTable **lines,
                                      GError     **error);

G_END_DECLS
