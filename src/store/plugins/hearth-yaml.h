/* hearth-yaml.h: small YAML files read as values
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
 * @HEARTH_YAML_ERROR_LIMIT: too long, or nested too deep
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

#define HEARTH_YAML_MAX_LENGTH ((gsize) 256 << 10) /* bytes */
#define HEARTH_YAML_MAX_DEPTH 32

/* One document of lists, mappings with text as keys, and scalars: null, true, false and JSON's numbers when
 * they are written without quotes, else text. Aliases are refused, so that a file is never larger in memory
 * than on disk. An empty file is null.
 *
 * @lines (optional): where everything stands, "frontend.styles[0]" -> line as a pointer's integer; new table,
 * also when the reading fails. Safe in any thread. */
HearthValue *hearth_yaml_parse       (const char  *text,
                                      gsize        length,
                                      GHashTable **lines,
                                      GError     **error);

G_END_DECLS
