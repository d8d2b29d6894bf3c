/* hearth-result-hash.h: 128 bits that stand for a value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-result-cache.h"

G_BEGIN_DECLS

/* Collects what a hash is made of. Each piece says what it is and how long, so no two sequences
 * of pieces look the same. */
typedef GByteArray HearthHashInput;

#define         hearth_hash_input_new() g_byte_array_sized_new (256)
void            hearth_hash_add_value   (HearthHashInput       *self,
                                         const HearthValue     *value); /* NULL: undefined */
void            hearth_hash_add_text    (HearthHashInput       *self,
                                         const char            *text);
void            hearth_hash_add_key     (HearthHashInput       *self,
                                         const HearthResultKey *key);
/* Of all that was added; empties @self. */
HearthResultKey hearth_hash_finish      (HearthHashInput       *self);

/* Enough to see a difference; a whole number that every JSON reader keeps. */
#define hearth_result_key_shorten(k) ((gint64) ((k)->low >> 11))
#define hearth_result_key_is_set(k) (((k)->high | (k)->low) != 0)

G_END_DECLS
