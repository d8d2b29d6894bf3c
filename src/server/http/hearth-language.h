/* hearth-language.h: the language in which a page answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *tag;    /* for Content-Language */
  const char *folder; /* where pages in it lie, below those in English; "" for English itself */
} HearthLanguage;

/* What a browser's Accept-Language likes best of what there is (RFC 9110, 12.5.4): English when it names nothing of it, or
 * is NULL. Whatever is in the header, the answer is one of a fixed few. */
const HearthLanguage *hearth_language_choose (const char *accepted);

G_END_DECLS
