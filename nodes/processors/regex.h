/* regex.h: search, and search and replace, with ECMAScript regular expressions, within limits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-step.h"

G_BEGIN_DECLS

typedef struct _HearthRegex HearthRegex;

/* @flags: letters, as in JavaScript. Errors are the second half of a sentence about a rule. */
HearthRegex *hearth_regex_new     (const char   *pattern,
                                   gsize         length,
                                   const char   *flags,
                                   GError      **error);
void         hearth_regex_free    (HearthRegex  *self);

/* What String.prototype.replace() does with a text as replacement. Gives up with an error when it
 * takes longer than a quarter of a second and another one for each MiB of @subject, when the
 * result passes 64 MiB, and with HEARTH_ENGINE_ERROR_CANCELLED when @step is cancelled. */
GString     *hearth_regex_replace (HearthRegex  *self,
                                   const char   *subject,
                                   gsize         length,
                                   const char   *replacement,
                                   HearthStep   *step,
                                   GError      **error);

/* RegExp.prototype.test(), within the same limits. */
gboolean     hearth_regex_test    (HearthRegex  *self,
                                   const char   *subject,
                                   gsize         length,
                                   HearthStep   *step,
                                   gboolean     *matches,
                                   GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthRegex, hearth_regex_free)

G_END_DECLS
