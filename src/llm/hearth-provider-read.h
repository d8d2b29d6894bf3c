/* hearth-provider-read.h: what all providers' readers need: data that may lie, and refusals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-answer.h"
#include "hearth-model-error.h"

G_BEGIN_DECLS

/* The member when it is an array, an object or a text; else NULL. @object: any kind, or NULL. */
HearthValue     *hearth_read_array     (HearthValue      *object,
                                        const char       *key);
HearthValue     *hearth_read_object    (HearthValue      *object,
                                        const char       *key);
const char      *hearth_read_string    (HearthValue      *object,
                                        const char       *key);
/* A number of tokens: -1 when absent, no number or below 0; a huge one ends at 2^53. */
gint64           hearth_read_count     (HearthValue      *object,
                                        const char       *key);
/* Two of them together; of what is unknown (-1) the other counts alone. */
gint64           hearth_read_add_counts (gint64           a,
                                        gint64            b);
/* An index below HEARTH_ANSWER_NO_INDEX, or that. */
guint            hearth_read_index     (HearthValue      *object,
                                        const char       *key);
/* The element when it is there and an object; else NULL. @array: any kind, or NULL. */
HearthValue     *hearth_read_at        (HearthValue      *array,
                                        gsize             index);
/* An array of what @find finds at each place of @list: arrays that hold numbers and nothing else. NULL with
 * HEARTH_MODEL_ERROR_BAD_ANSWER. @find: borrows, NULL when there is nothing. */
HearthValue     *hearth_read_vectors   (HearthValue      *list,
                                        HearthValue    *(*find) (HearthValue *list,
                                                                 gsize        index),
                                        GError          **error);

/* The class by what the service calls the problem: its status (0: none), its code and type, its words; each or NULL. */
HearthModelError hearth_read_error_code (guint            status,
                                        const char       *provider_code,
                                        const char       *type,
                                        const char       *words);
/* What a text that is no JSON says: a page its title, another itself; NULL for nothing. @text: valid, or NULL */
char            *hearth_read_words     (const char       *text);
/* The read_error of a provider that writes its errors as most do: {error: {message, code, type}}, {error: "…"},
 * {message}, {detail: "…" or [{loc, msg}]}, any of them in an array; or no JSON at all. */
GError          *hearth_read_error     (guint             status,
                                        HearthValue      *headers,
                                        HearthValue      *body,
                                        const char       *text);

G_END_DECLS
