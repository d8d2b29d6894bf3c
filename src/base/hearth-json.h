/* hearth-json.h: the one door between JSON text and HearthValue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/**
 * HearthJsonError:
 * @HEARTH_JSON_ERROR_SYNTAX: not JSON (RFC 8259)
 * @HEARTH_JSON_ERROR_ENCODING: not UTF-8, or an escape that names half a surrogate pair
 * @HEARTH_JSON_ERROR_DEPTH: nested deeper than HEARTH_JSON_MAX_DEPTH
 * @HEARTH_JSON_ERROR_DUPLICATE_KEY: an object names one key twice
 *
 * Every message is a sentence for people and starts with "Line L, column C: " (both from 1;
 * columns count characters).
 */
typedef enum
{
  HEARTH_JSON_ERROR_SYNTAX,
  HEARTH_JSON_ERROR_ENCODING,
  HEARTH_JSON_ERROR_DEPTH,
  HEARTH_JSON_ERROR_DUPLICATE_KEY,
} HearthJsonError;

#define HEARTH_JSON_ERROR (hearth_json_error_quark ())
GQuark       hearth_json_error_quark    (void);

#define HEARTH_JSON_MAX_DEPTH 256

/* Strict: no comments, no trailing commas, exactly one value. A byte order mark is an error.
 * @length -1 for NUL-terminated text. Safe in any thread. */
HearthValue *hearth_json_parse          (const char   *text,
                                         gssize        length,
                                         GError      **error);

/* Numbers are written as ECMAScript writes them: shortest text that reads back equal, no ".0". */
void         hearth_json_append         (GString      *out,
                                         const HearthValue *value);
void         hearth_json_append_string  (GString      *out,     /* with the quotes */
                                         const char   *text,
                                         gssize        length);
void         hearth_json_append_double  (GString      *out,
                                         double        number);
char        *hearth_json_print          (const HearthValue *value);
/* Two spaces of indentation, the form of files on disk (storage.md 3); no final line break. */
char        *hearth_json_print_pretty   (const HearthValue *value);

/* JSON as C source: HEARTH_JSON ({ "default": 0 }) is the text {"default": 0}. */
#define HEARTH_JSON(...) #__VA_ARGS__

G_END_DECLS
