/* regex-pattern.h: ECMAScript regular expressions in the words of PCRE2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HEARTH_REGEX_GLOBAL      = 1 << 0, /* g */
  HEARTH_REGEX_IGNORE_CASE = 1 << 1, /* i */
  HEARTH_REGEX_MULTILINE   = 1 << 2, /* m */
  HEARTH_REGEX_DOT_ALL     = 1 << 3, /* s */
  HEARTH_REGEX_UNICODE     = 1 << 4, /* u */
  HEARTH_REGEX_STICKY      = 1 << 5, /* y */
  HEARTH_REGEX_INDICES     = 1 << 6, /* d; has no effect on replacing */
} HearthRegexFlags;

/* "gi" …; FALSE with @error for an unknown flag or one that is named twice. */
gboolean  hearth_regex_parse_flags (const char        *text,
                                    HearthRegexFlags  *flags,
                                    GError           **error);

/* The same pattern for pcre2_compile() with UTF, DOTALL, DOLLAR_ENDONLY and MATCH_UNSET_BACKREF.
 * What means something else there (\s, ., ^ and $ by line, [^], \u, legacy escapes) is spelled out;
 * what exists only there (\Q, \K, possessive, atomic and conditional groups, verbs) is an error or
 * the plain letter it is in ECMAScript. Differences that stay: characters are whole code points
 * with or without the u flag, and a lookbehind needs alternatives of fixed length. */
GString  *hearth_regex_translate   (const char        *pattern,
                                    gsize              length,
                                    HearthRegexFlags   flags,
                                    GError           **error);

G_END_DECLS
