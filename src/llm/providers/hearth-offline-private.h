/* hearth-offline-private.h: the parts of the provider that answers inside the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-provider.h"

G_BEGIN_DECLS

/* --- hearth-offline-words.c: looking at texts; the same on every machine --------------------------- */

/* FNV-1a. */
guint64      _hearth_offline_hash         (guint64                   seed,
                                           const char               *text);
/* Letters and digits that stand together, in small letters; an ideograph alone. */
GPtrArray   *_hearth_offline_dup_words    (const char               *text);
/* The text without line breaks; of a long one the beginning, with "…". */
char        *_hearth_offline_shorten      (const char               *text,
                                           guint                     max_words);
/* Four characters are a token, and so is an ideograph. */
gint64       _hearth_offline_count_tokens (const char               *text);

/* The length in bytes of the first @max_tokens. */
gsize        _hearth_offline_measure      (const char               *text,
                                           gint64                    max_tokens);

/* --- hearth-offline-text.c ---------------------------------------------------------------------------- */

/* What was said last by the user, without pictures; "" for nothing. Of a very long one the beginning, so that looking at
 * it takes no time. */
char        *_hearth_offline_dup_question (HearthValue              *messages);
/* The results of tools behind that, likewise; NULL: there are none. */
char        *_hearth_offline_dup_result   (HearthValue              *messages);
char        *_hearth_offline_answer_text  (HearthValue              *messages);

/* --- hearth-offline-schema.c --------------------------------------------------------------------------- */

/* A value that fits the JSON schema, made of the words and numbers of @question as far as they fit. */
HearthValue *_hearth_offline_fill_schema  (HearthValue              *schema,
                                           const char               *question);

/* --- hearth-offline-resolve.c ---------------------------------------------------------------------------- */

/* @schema without $ref, allOf, anyOf and oneOf at its top: what they point to, in it; of choices the first that is not
 * just null. @root: where references begin. New reference; what cannot be resolved stays. */
HearthValue *_hearth_offline_resolve      (HearthValue              *root,
                                           HearthValue              *schema);

/* --- hearth-offline-embed.c ------------------------------------------------------------------------------ */

/* Vectors of length 1; texts that share words lie near each other. */
HearthValue *_hearth_offline_embed        (HearthValue              *texts,
                                           HearthUsage              *usage,
                                           GError                  **error);

G_END_DECLS
