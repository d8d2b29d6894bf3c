/* hearth-value-private.h: how a value lies in memory, for the files of this room only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <string.h>

#include "hearth-value.h"

G_BEGIN_DECLS

/* One block of memory a value: this head, then the bytes of a text (with a NUL behind them), the
 * elements of an array, or the members of an object and behind them, if there are many, an index. */
struct _HearthValue
{
  gint ref_count;
  guint8 kind;
  guint8 is_static; /* never freed, never counted */
  guint8 is_plain;  /* a text known to need no escapes in JSON */
  guint8 is_secret; /* a text to be overwritten before it is freed */
  union
  {
    gint64 integer; /* also the boolean */
    double number;
    gsize length;
  };
};

typedef struct
{
  HearthValue *key;
  HearthValue *value;
} HearthMember;

/* Up to here walking along the keys is faster than an index. */
#define HEARTH_OBJECT_MAX_LINEAR 16

/* Every double up to here stands for one whole number and no other. */
#define HEARTH_MAX_EXACT_INTEGER (G_GINT64_CONSTANT (1) << 53)

static inline char *
_hearth_value_text (const HearthValue *self)
{
  return (char *) (self + 1);
}

/* Texts are filled up with NULs to whole words, at least one, so that they can be copied as such. */
static inline gsize
_hearth_text_size (gsize length)
{
  return (length + 8) & ~(gsize) 7;
}

static inline HearthValue **
_hearth_value_elements (const HearthValue *self)
{
  return (HearthValue **) (self + 1);
}

static inline HearthMember *
_hearth_value_members (const HearthValue *self)
{
  return (HearthMember *) (self + 1);
}

static inline gboolean
_hearth_value_has_children (const HearthValue *self)
{
  return self->kind >= HEARTH_VALUE_ARRAY && self->length > 0;
}

static inline gboolean
_hearth_value_has_text (const HearthValue *self,
                        const char        *text,
                        gsize              length)
{
  return self->length == length && memcmp (_hearth_value_text (self), text, length) == 0;
}

HearthValue *_hearth_value_alloc       (HearthValueKind    kind,
                                        gsize              payload);
/* No check for UTF-8: for callers that have looked already. */
HearthValue *_hearth_value_new_text    (HearthValueKind    kind,
                                        const char        *text,
                                        gsize              length);

/* Room for @n_members; the caller fills them in and then builds the index. */
HearthValue *_hearth_object_alloc      (gsize              n_members);
/* -1, or the place of the first member whose key stands earlier as well. */
gssize       _hearth_object_index      (HearthValue       *self);
/* Indexes; of members with one key the last value stays, at the first one's place. */
void         _hearth_object_settle     (HearthValue       *self);
/* The place of the member, or -1. */
gssize       _hearth_object_find       (const HearthValue *self,
                                        const char        *key,
                                        gsize              length);
guint32      _hearth_text_hash         (const char        *text,
                                        gsize              length);

G_END_DECLS
