/* regex-pattern-private.h: the translator of regular expressions, shared by its three files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "regex-pattern.h"

typedef struct
{
  const char      *begin;
  const char      *next;
  const char      *end;
  GString         *out;
  HearthRegexFlags flags;
  guint            n_groups;
  gboolean         has_names;
  GError         **error;
} HearthRegexTranslator;

/* --- regex-pattern.c ------------------------------------------------------------ */

/* Sets the error to @reason at the present character; returns FALSE. */
gboolean _hearth_regex_fail             (HearthRegexTranslator       *self,
                                         const char                  *reason);
/* The character @ahead bytes from here, '\0' behind the end. */
char     _hearth_regex_peek             (const HearthRegexTranslator *self,
                                         gsize                        ahead);
/* Steps over @expected if it is next. */
gboolean _hearth_regex_skip             (HearthRegexTranslator       *self,
                                         char                         expected);
void     _hearth_regex_put_char         (HearthRegexTranslator       *self,
                                         gunichar                     c);

/* --- regex-escape.c: behind the backslash ------------------------------------------- */

/* An escape that stands for one character. */
gboolean _hearth_regex_read_char_escape (HearthRegexTranslator       *self,
                                         gunichar                    *c);
/* The sets \d \w \s \p, outside of a class or inside. FALSE without @failed: not one of them. */
gboolean _hearth_regex_put_set_escape   (HearthRegexTranslator       *self,
                                         gboolean                     in_class,
                                         gboolean                    *failed);

/* --- regex-class.c -------------------------------------------------------------------- */

/* "[…]", from its bracket on. */
gboolean _hearth_regex_put_class        (HearthRegexTranslator       *self);
