/* comparison.h: how a value compares with another one, which may have been typed as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* Two texts letter by letter. Otherwise the text is read as what the other side is: a number, yes or
 * no, or a list or an object in JSON. NULL counts as null. */
gboolean hearth_comparison_equal       (HearthValue *value,
                                        HearthValue *against,
                                        gboolean     ignore_case);
/* As numbers when both read as one, else as texts. @order is below, at or above 0. Fails when one is
 * null, a list or an object. */
gboolean hearth_comparison_order       (HearthValue *value,
                                        HearthValue *against,
                                        gboolean     ignore_case,
                                        int         *order,
                                        GError     **error);
/* A text in a text, an element in a list, a key in an object. */
gboolean hearth_comparison_contains    (HearthValue *value,
                                        HearthValue *against,
                                        gboolean     ignore_case);
gboolean hearth_comparison_starts_with (HearthValue *value,
                                        HearthValue *against,
                                        gboolean     ignore_case);
gboolean hearth_comparison_ends_with   (HearthValue *value,
                                        HearthValue *against,
                                        gboolean     ignore_case);
/* What the comparisons of text see: nothing is the empty text, lists and objects are JSON. New string. */
char    *hearth_comparison_dup_text    (HearthValue *value);
/* NULL, null, "", [] and {}; not 0 and not false. */
gboolean hearth_comparison_is_empty    (HearthValue *value);

G_END_DECLS
