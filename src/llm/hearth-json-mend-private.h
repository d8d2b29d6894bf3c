/* hearth-json-mend-private.h: JSON that services get slightly wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Services that cut their text anywhere send halves of surrogate pairs ("\ud83d" alone), which no JSON has. A copy with
 * U+FFFD in their places; NULL: there is none. */
char *_hearth_json_mend_halves (const char *text,
                                gsize       length);

G_END_DECLS
