/* hearth-value.c: making, sharing and looking at values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json-number-private.h"
#include "hearth-utf8-private.h"
#include "hearth-value-private.h"

/* Values that are everywhere exist once, so that most of a document costs no memory. */
#define STATIC_VALUE(KIND, number) { .kind = (KIND), .is_static = TRUE, .integer = (number) }
#define INTEGER(n) STATIC_VALUE (HEARTH_VALUE_INTEGER, n)
#define INTEGERS_4(n) INTEGER (n), INTEGER ((n) + 1), INTEGER ((n) + 2), INTEGER ((n) + 3)
#define INTEGERS_16(n) INTEGERS_4 (n), INTEGERS_4 ((n) + 4), INTEGERS_4 ((n) + 8), INTEGERS_4 ((n) + 12)
#define INTEGERS_64(n) INTEGERS_16 (n), INTEGERS_16 ((n) + 16), INTEGERS_16 ((n) + 32), INTEGERS_16 ((n) + 48)

#define FIRST_SMALL_INTEGER (-64)

static HearthValue null_value = STATIC_VALUE (HEARTH_VALUE_NULL, 0);
static HearthValue booleans[] = { STATIC_VALUE (HEARTH_VALUE_BOOLEAN, FALSE), STATIC_VALUE (HEARTH_VALUE_BOOLEAN, TRUE) };
static HearthValue empty_array = STATIC_VALUE (HEARTH_VALUE_ARRAY, 0);
static HearthValue empty_object = STATIC_VALUE (HEARTH_VALUE_OBJECT, 0);
static HearthValue small_integers[] = { INTEGERS_64 (-64), INTEGERS_64 (0), INTEGERS_64 (64), INTEGERS_64 (128),
                                        INTEGERS_64 (192) };
static struct
{
  HearthValue value;
  char nul;
} empty_string = { STATIC_VALUE (HEARTH_VALUE_STRING, 0), '\0' };

G_STATIC_ASSERT (sizeof (HearthValue) == 16);

/* --- memory ---------------------------------------------------------------- */

HearthValue *
_hearth_value_alloc (HearthValueKind kind,
                     gsize           payload)
{
  HearthValue *self = g_malloc (sizeof (HearthValue) + payload);

  self->ref_count = 1;
  self->kind = (guint8) kind;
  self->is_static = FALSE;
  self->is_plain = FALSE;
  self->is_secret = FALSE;
  return self;
}

HearthValue *
_hearth_value_new_text (HearthValueKind kind,
                        const char     *text,
                        gsize           length)
{
  gsize size = _hearth_text_size (length);
  HearthValue *self = _hearth_value_alloc (kind, size);

  self->length = length;
  memset (_hearth_value_text (self) + size - 8, 0, 8);
  memcpy (_hearth_value_text (self), text, length);
  return self;
}

static inline gboolean
is_container (const HearthValue *self)
{
  return self->kind >= HEARTH_VALUE_ARRAY;
}

/* Gives a reference back; TRUE if it was the last one and the memory is the caller's to free. */
static inline gboolean
release (HearthValue *self)
{
  return !self->is_static && g_atomic_int_dec_and_test (&self->ref_count);
}

static inline HearthValue **
last_child (HearthValue *self)
{
  if (self->kind == HEARTH_VALUE_ARRAY)
    return &_hearth_value_elements (self)[self->length - 1];
  return &_hearth_value_members (self)[self->length - 1].value;
}

static inline void
free_scalar (HearthValue *self)
{
  if (G_UNLIKELY (self->is_secret))
    explicit_bzero (_hearth_value_text (self), self->length);
  g_free (self);
}

/* Lets go of children from the last to the first, until one turns up that is itself a container
 * to be taken apart: that one is returned and is still counted in @self's length. */
static HearthValue *
release_children (HearthValue *self)
{
  while (self->length > 0)
    {
      HearthValue *child = *last_child (self);

      if (self->kind == HEARTH_VALUE_OBJECT)
        {
          HearthValue *key = _hearth_value_members (self)[self->length - 1].key;

          if (release (key))
            g_free (key);
        }
      if (release (child))
        {
          if (is_container (child))
            return child;
          free_scalar (child);
        }
      self->length--;
    }
  return NULL;
}

/* Takes a tree apart without a stack, however deep it is: while a child is being freed, its place
 * in the parent is of no use any more and holds the way back to the grandparent. */
static void
destroy_container (HearthValue *self)
{
  HearthValue *parent = NULL;

  for (;;)
    {
      HearthValue *child = release_children (self);

      if (child != NULL)
        {
          *last_child (self) = parent;
          parent = self;
          self = child;
          continue;
        }
      g_free (self);
      if (parent == NULL)
        return;
      self = parent;
      parent = *last_child (self);
      self->length--;
    }
}

HearthValue *
hearth_value_ref (HearthValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->is_static)
    g_atomic_int_inc (&self->ref_count);
  return self;
}

void
hearth_value_unref (HearthValue *self)
{
  g_return_if_fail (self != NULL);

  if (!release (self))
    return;
  if (is_container (self))
    destroy_container (self);
  else
    free_scalar (self);
}

/* --- making ------------------------------------------------------------------ */

HearthValue *
hearth_value_null (void)
{
  return &null_value;
}

HearthValue *
hearth_value_boolean (gboolean value)
{
  return &booleans[value ? 1 : 0];
}

HearthValue *
hearth_value_integer (gint64 value)
{
  HearthValue *self;

  if (value >= FIRST_SMALL_INTEGER && value < FIRST_SMALL_INTEGER + (gint64) G_N_ELEMENTS (small_integers))
    return &small_integers[value - FIRST_SMALL_INTEGER];
  self = _hearth_value_alloc (HEARTH_VALUE_INTEGER, 0);
  self->integer = value;
  return self;
}

HearthValue *
hearth_value_double (double value)
{
  HearthValue *self;

  if (!isfinite (value))
    return &null_value;
  self = _hearth_value_alloc (HEARTH_VALUE_DOUBLE, 0);
  self->number = value;
  return self;
}

HearthValue *
hearth_value_big_number (const char *digits,
                         gsize       length)
{
  const char *at = digits;
  HearthValue *self;

  g_return_val_if_fail (digits != NULL, NULL);

  /* A number that is not big after all becomes the kind that holds it. */
  self = _hearth_json_read_number (&at, digits + length);
  if (self != NULL && at != digits + length)
    g_clear_pointer (&self, hearth_value_unref);
  g_return_val_if_fail (self != NULL, NULL);
  return self;
}

HearthValue *
hearth_value_string (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return hearth_value_string_len (text, strlen (text));
}

HearthValue *
hearth_value_string_len (const char *text,
                         gsize       length)
{
  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length == 0)
    return &empty_string.value;
#ifndef NDEBUG
  g_assert (_hearth_utf8_is_valid (text, length));
#endif
  return _hearth_value_new_text (HEARTH_VALUE_STRING, text, length);
}

HearthValue *
hearth_value_array (HearthValue *const *elements,
                    gsize               n_elements)
{
  HearthValue *self;

  g_return_val_if_fail (elements != NULL || n_elements == 0, NULL);

  if (n_elements == 0)
    return &empty_array;
  self = _hearth_value_alloc (HEARTH_VALUE_ARRAY, n_elements * sizeof (HearthValue *));
  self->length = n_elements;
  for (gsize i = 0; i < n_elements; i++)
    _hearth_value_elements (self)[i] = hearth_value_ref (elements[i]);
  return self;
}

HearthValue *
hearth_value_strv (const char *const *strings)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (strings != NULL, NULL);

  for (gsize i = 0; strings[i] != NULL; i++)
    hearth_builder_add_string (&builder, NULL, strings[i]);
  return hearth_builder_end_array (&builder);
}

HearthValue *
hearth_value_empty_array (void)
{
  return &empty_array;
}

HearthValue *
hearth_value_empty_object (void)
{
  return &empty_object;
}

/* --- looking -------------------------------------------------------------------- */

HearthValueKind
hearth_value_get_kind (const HearthValue *self)
{
  g_return_val_if_fail (self != NULL, HEARTH_VALUE_NULL);

  return (HearthValueKind) self->kind;
}

gboolean
hearth_value_is_number (const HearthValue *self)
{
  return self != NULL && self->kind >= HEARTH_VALUE_INTEGER && self->kind <= HEARTH_VALUE_BIG_NUMBER;
}

gboolean
hearth_value_get_boolean (const HearthValue *self)
{
  g_return_val_if_fail (hearth_value_is (self, BOOLEAN), FALSE);

  return self->integer != 0;
}

gint64
hearth_value_get_integer (const HearthValue *self)
{
  double number;

  g_return_val_if_fail (hearth_value_is_number (self), 0);

  if (self->kind == HEARTH_VALUE_INTEGER)
    return self->integer;
  number = hearth_value_get_double (self);
  if (number >= 0x1p63)
    return G_MAXINT64;
  if (number <= -0x1p63)
    return G_MININT64;
  return (gint64) number;
}

double
hearth_value_get_double (const HearthValue *self)
{
  g_return_val_if_fail (hearth_value_is_number (self), 0);

  if (self->kind == HEARTH_VALUE_INTEGER)
    return (double) self->integer;
  if (self->kind == HEARTH_VALUE_DOUBLE)
    return self->number;
  return g_ascii_strtod (_hearth_value_text (self), NULL);
}

const char *
hearth_value_get_string (const HearthValue *self,
                         gsize             *length)
{
  if (length != NULL)
    *length = 0;
  g_return_val_if_fail (hearth_value_is (self, STRING) || hearth_value_is (self, BIG_NUMBER), NULL);

  if (length != NULL)
    *length = self->length;
  return _hearth_value_text (self);
}

gsize
hearth_value_get_length (const HearthValue *self)
{
  return self != NULL && is_container (self) ? self->length : 0;
}

HearthValue *
hearth_value_at (const HearthValue *self,
                 gsize              index)
{
  g_return_val_if_fail (hearth_value_is (self, ARRAY), NULL);
  g_return_val_if_fail (index < self->length, NULL);

  return _hearth_value_elements (self)[index];
}
