/* hearth-png-text.h: the texts that a PNG carries beside its picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions block; any thread. Files may come from anybody: sizes are bounded, check sums of what is used
 * are compared, and the picture itself is never read. Errors are of HEARTH_STORE_ERROR.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Of one text, as it is stored and as it is unpacked. */
#define HEARTH_PNG_MAX_TEXT_BYTES ((gsize) 16 << 20)

/* The text (UTF-8) under the first of @keywords that there is and can be read, in a tEXt, zTXt or iTXt chunk.
 * NULL without an error: none. A damaged text is an error only where no other one does. */
char   *hearth_png_text_find         (GBytes             *png,
                                      const char *const  *keywords,
                                      GError            **error);
char   *hearth_png_text_find_in_file (const char         *path,
                                      const char *const  *keywords,
                                      GError            **error);
/* A copy of @png in which @text, and nothing else, stands under @keyword (1 to 79 characters of ASCII). */
GBytes *hearth_png_text_replace      (GBytes             *png,
                                      const char         *keyword,
                                      const char         *text,
                                      GError            **error);

G_END_DECLS
