/* hearth-json-parser-private.h: the state of reading one JSON text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-json.h"

G_BEGIN_DECLS

#define HEARTH_JSON_KEY_CACHE_SIZE 256

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  guint depth;
  GError **error;

  /* What the containers still open hold so far, innermost last: a value for each element of an
   * array; key, value and the place of the key in the text for each member of an object. */
  gpointer *stack;
  gsize n_stack;
  gsize stack_size;

  /* Text with its escapes undone; made when the first one turns up. */
  GString *scratch;
  /* Keys met before, by hash, to be shared. Borrowed: they live in the stack or in its values. */
  HearthValue *keys[HEARTH_JSON_KEY_CACHE_SIZE];
} HearthJsonParser;

/* What the grammar asks for at a place where something else stands. */
typedef enum
{
  HEARTH_JSON_EXPECT_VALUE,
  HEARTH_JSON_EXPECT_DIGIT,
  HEARTH_JSON_EXPECT_KEY,
  HEARTH_JSON_EXPECT_COLON,
  HEARTH_JSON_EXPECT_ARRAY_END,
  HEARTH_JSON_EXPECT_OBJECT_END,
  HEARTH_JSON_EXPECT_END,
} HearthJsonExpected;

/* Both set the error and return NULL, so that a caller can return what they return. */
gpointer _hearth_json_fail     (HearthJsonParser  *self,
                                HearthJsonError    code,
                                const char        *at,
                                const char        *sentence);
gpointer _hearth_json_mismatch (HearthJsonParser  *self,
                                HearthJsonExpected expected);
/* The text of a string without its quotes, in the source (then it is plain, it had no escapes) or
 * in the scratch; NULL and an error. */
const char *_hearth_json_read_string (HearthJsonParser *self,
                                      gsize            *length,
                                      gboolean         *is_plain);

G_END_DECLS
