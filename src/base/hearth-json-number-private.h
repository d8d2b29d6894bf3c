/* hearth-json-number-private.h: numbers between text and memory, without loss
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <math.h>

#include "hearth-json.h"

G_BEGIN_DECLS

/* Enough for every double and every integer, with a NUL. */
#define HEARTH_NUMBER_TEXT_SIZE 32

/* Reads the JSON number at @at and moves @at behind it. If it is not one the result is NULL and
 * @at is where it went wrong. */
HearthValue *_hearth_json_read_number     (const char **at,
                                           const char  *end);
/* Both write less than HEARTH_NUMBER_TEXT_SIZE bytes without a NUL and return how many. */
gsize        _hearth_json_write_integer   (char         *out,
                                           gint64       number);
gsize        _hearth_json_write_double    (char         *out,
                                           double       number);
/* Do two JSON numbers, however they are written, mean the same number? */
gboolean     _hearth_json_is_same_decimal (const char  *a,
                                           gsize        length_a,
                                           const char  *b,
                                           gsize        length_b);

G_END_DECLS
