/* hearth-value.h: an immutable JSON value, the one data type that travels through Hearth
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthValue:
 *
 * Everything that is stored, wired from node to node or sent to a client is a
 * #HearthValue. It never changes after it was made, so it can be shared between
 * threads; the reference count is atomic. "No value" (undefined) is %NULL, which
 * is not the same as the JSON null.
 *
 * Objects keep the order of their members: order is the display order.
 */
typedef struct _HearthValue HearthValue;

/**
 * HearthValueKind:
 * @HEARTH_VALUE_INTEGER: a whole number that fits a #gint64
 * @HEARTH_VALUE_DOUBLE: any other finite number a double holds well enough
 * @HEARTH_VALUE_BIG_NUMBER: a number neither can hold exactly (a whole number beyond
 *   64 bits, or beyond a double's range); it keeps the digits it was written with
 */
typedef enum
{
  HEARTH_VALUE_NULL,
  HEARTH_VALUE_BOOLEAN,
  HEARTH_VALUE_INTEGER,
  HEARTH_VALUE_DOUBLE,
  HEARTH_VALUE_BIG_NUMBER,
  HEARTH_VALUE_STRING,
  HEARTH_VALUE_ARRAY,
  HEARTH_VALUE_OBJECT,
} HearthValueKind;

/* --- making ------------------------------------------------------------ */

HearthValue     *hearth_value_null        (void);
HearthValue     *hearth_value_boolean     (gboolean            value);
HearthValue     *hearth_value_integer     (gint64              value);
/* NaN and the infinities have no JSON form and become null, as on the wire of the protocol. */
HearthValue     *hearth_value_double      (double              value);
HearthValue     *hearth_value_big_number  (const char         *digits,
                                           gsize               length);
/* @text must be UTF-8 (asserted in debug builds); the length form may contain NUL. */
HearthValue     *hearth_value_string      (const char         *text);
HearthValue     *hearth_value_string_len  (const char         *text,
                                           gsize               length);
/* Takes a new reference on each element. */
HearthValue     *hearth_value_array       (HearthValue *const *elements,
                                           gsize               n_elements);
HearthValue     *hearth_value_strv        (const char *const  *strings);
HearthValue     *hearth_value_empty_array (void);
HearthValue     *hearth_value_empty_object(void);
/* Members as "key", value, "key", value, NULL; takes the references; a NULL value ends the list
 * only in key position, a NULL in value position leaves the member out. */
HearthValue     *hearth_value_object      (const char         *first_key,
                                           ...) G_GNUC_NULL_TERMINATED;

HearthValue     *hearth_value_ref         (HearthValue        *self);
void             hearth_value_unref       (HearthValue        *self);
#define          hearth_value_ref_or_null(v) ((v) ? hearth_value_ref (v) : NULL)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthValue, hearth_value_unref)

/* --- looking ------------------------------------------------------------ */

HearthValueKind  hearth_value_get_kind    (const HearthValue  *self);
#define          hearth_value_is(v, KIND) ((v) != NULL && hearth_value_get_kind (v) == HEARTH_VALUE_##KIND)
gboolean         hearth_value_is_number   (const HearthValue  *self);
/* Deep equality; 1 and 1.0 are equal; objects are equal whatever the order of their members.
 * Both may be NULL. */
gboolean         hearth_value_equal       (const HearthValue  *a,
                                           const HearthValue  *b);
/* About how many bytes it takes in memory; stops counting at @limit. */
gsize            hearth_value_measure     (const HearthValue  *self,
                                           gsize               limit);

gboolean         hearth_value_get_boolean (const HearthValue  *self);
/* A double is truncated and clamped to 64 bits. */
gint64           hearth_value_get_integer (const HearthValue  *self);
double           hearth_value_get_double  (const HearthValue  *self);
/* NUL-terminated; for STRING and BIG_NUMBER. @length may be NULL. */
const char      *hearth_value_get_string  (const HearthValue  *self,
                                           gsize              *length);

gsize            hearth_value_get_length  (const HearthValue  *self); /* elements or members */
HearthValue     *hearth_value_at          (const HearthValue  *self,  /* element of an array */
                                           gsize               index);
HearthValue     *hearth_value_get         (const HearthValue  *self,  /* member or NULL; also NULL when not an object */
                                           const char         *key);
const char      *hearth_value_key_at      (const HearthValue  *self,
                                           gsize               index);
HearthValue     *hearth_value_member_at   (const HearthValue  *self,
                                           gsize               index);

/* --- members with a fallback; @self may be NULL or not an object ----------- */

const char      *hearth_value_get_member_string (const HearthValue *self, const char *key, const char *fallback);
gboolean         hearth_value_get_member_boolean(const HearthValue *self, const char *key, gboolean    fallback);
double           hearth_value_get_member_double (const HearthValue *self, const char *key, double      fallback);
gint64           hearth_value_get_member_integer(const HearthValue *self, const char *key, gint64      fallback);
/* The member when it is of that kind, else NULL. */
HearthValue     *hearth_value_get_member_kind   (const HearthValue *self, const char *key, HearthValueKind kind);

/* --- new values from old ones --------------------------------------------- */

/* A copy of the object @self (NULL counts as {}) with @key set to @value (new reference taken),
 * at its old place if it was there, else at the end; NULL removes the member. */
HearthValue     *hearth_value_with        (HearthValue        *self,
                                           const char         *key,
                                           HearthValue        *value);
/* All members of @over on top of @base; either may be NULL. */
HearthValue     *hearth_value_overlay     (HearthValue        *base,
                                           HearthValue        *over);

/* --- JavaScript's view, which the node catalogue is defined in (nodes.md) ------- */

gboolean         hearth_value_is_truthy   (const HearthValue  *self); /* NULL, null, false, 0, "" are not */
double           hearth_value_to_number   (const HearthValue  *self); /* numeric text parsed; may be NaN */
char            *hearth_value_to_text     (const HearthValue  *self); /* "true", "1.5", "[object Object]", "a,b" */

/* --- builders ---------------------------------------------------------------- */

/**
 * HearthBuilder:
 *
 * Collects the members of an object or the elements of an array. Live on the stack:
 * `g_auto(HearthBuilder) b = HEARTH_BUILDER_INIT;`. Ending it leaves it empty and reusable.
 * For an array pass NULL keys throughout.
 */
typedef struct
{
  /*< private >*/
  gpointer members;
  guint    n_members, n_allocated;
} HearthBuilder;

#define HEARTH_BUILDER_INIT { NULL, 0, 0 }

void             hearth_builder_add       (HearthBuilder      *self,   /* takes @value; NULL @value is left out */
                                           const char         *key,
                                           HearthValue        *value);
void             hearth_builder_add_string(HearthBuilder      *self,   /* NULL @text is left out */
                                           const char         *key,
                                           const char         *text);
HearthValue     *hearth_builder_end_array (HearthBuilder      *self);
HearthValue     *hearth_builder_end_object(HearthBuilder      *self);
void             hearth_builder_clear     (HearthBuilder      *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthBuilder, hearth_builder_clear)

G_END_DECLS
