/* hearth-value-object.c: the members of an object: finding them, and new objects from old ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-utf8-private.h"
#include "hearth-value-private.h"

/* --- the index --------------------------------------------------------------- */

/* Multiplies to 128 bits and folds the halves into one. */
static inline guint64
fold (guint64 a,
      guint64 b)
{
#ifdef __SIZEOF_INT128__
  __extension__ unsigned __int128 product = (unsigned __int128) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
#else
  guint64 cross = (a >> 32) * (b & G_MAXUINT32) + (((a & G_MAXUINT32) * (b & G_MAXUINT32)) >> 32);

  return (a * b) ^ ((a >> 32) * (b >> 32) + (cross >> 32));
#endif
}

/* Keys come from strangers. With a seed of our own they cannot be chosen to collide. */
static guint64
get_seed (void)
{
  static gsize seed = 0;

  if (g_once_init_enter (&seed))
    g_once_init_leave (&seed, ((gsize) g_random_int () << (GLIB_SIZEOF_SIZE_T * 4)) ^ g_random_int () ^ 1);
  return seed;
}

guint32
_hearth_text_hash (const char *text,
                   gsize       length)
{
  guint64 hash = get_seed () ^ length;

  for (; length >= 8; text += 8, length -= 8)
    hash = fold (hash ^ _hearth_load_bytes (text), G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
  hash = fold (hash ^ _hearth_load_tail (text, length), G_GUINT64_CONSTANT (0xe7037ed1a0b428db));
  return (guint32) (hash ^ (hash >> 32));
}

static gsize
count_slots (gsize n_members)
{
  return n_members <= HEARTH_OBJECT_MAX_LINEAR ? 0 : (gsize) 1 << (g_bit_storage (n_members) + 1);
}

/* A slot holds the place of a member, counted from 1; 0 is free. At most half of them are taken. */
static guint32 *
get_slots (const HearthValue *self)
{
  return (guint32 *) (_hearth_value_members (self) + self->length);
}

/* The slot where @key is, or the free one where it would be put. */
static guint32 *
find_slot (const HearthValue *self,
           const char        *key,
           gsize              length)
{
  guint32 *slots = get_slots (self);
  gsize mask = count_slots (self->length) - 1;
  gsize i = _hearth_text_hash (key, length) & mask;

  while (slots[i] != 0 && !_hearth_value_has_text (_hearth_value_members (self)[slots[i] - 1].key, key, length))
    i = (i + 1) & mask;
  return &slots[i];
}

static gssize
find_among (const HearthMember *members,
            gsize               n_members,
            const char         *key,
            gsize               length)
{
  for (gsize i = 0; i < n_members; i++)
    if (_hearth_value_has_text (members[i].key, key, length))
      return (gssize) i;
  return -1;
}

HearthValue *
_hearth_object_alloc (gsize n_members)
{
  HearthValue *self;

  g_assert (n_members < G_MAXUINT32 / 4);
  if (n_members == 0)
    return hearth_value_empty_object ();
  self = _hearth_value_alloc (HEARTH_VALUE_OBJECT,
                              n_members * sizeof (HearthMember) + count_slots (n_members) * sizeof (guint32));
  self->length = n_members;
  return self;
}

gssize
_hearth_object_index (HearthValue *self)
{
  HearthMember *members = _hearth_value_members (self);
  gboolean is_small = self->length <= HEARTH_OBJECT_MAX_LINEAR;

  if (!is_small)
    memset (get_slots (self), 0, count_slots (self->length) * sizeof (guint32));
  for (gsize i = 0; i < self->length; i++)
    {
      const char *key = _hearth_value_text (members[i].key);
      gsize length = members[i].key->length;
      guint32 *slot = is_small ? NULL : find_slot (self, key, length);

      if (is_small ? find_among (members, i, key, length) >= 0 : *slot != 0)
        return (gssize) i;
      if (slot != NULL)
        *slot = (guint32) i + 1;
    }
  return -1;
}

static guint
key_hash_cb (gconstpointer key)
{
  const HearthValue *text = key;

  return _hearth_text_hash (_hearth_value_text (text), text->length);
}

static gboolean
key_equal_cb (gconstpointer a,
              gconstpointer b)
{
  const HearthValue *text = b;

  return _hearth_value_has_text (a, _hearth_value_text (text), text->length);
}

static void
merge_twins (HearthValue *self)
{
  g_autoptr (GHashTable) places = g_hash_table_new (key_hash_cb, key_equal_cb);
  HearthMember *members = _hearth_value_members (self);
  gsize n_kept = 0;

  for (gsize i = 0; i < self->length; i++)
    {
      gpointer place;

      if (g_hash_table_lookup_extended (places, members[i].key, NULL, &place))
        {
          HearthMember *first = &members[GPOINTER_TO_SIZE (place)];

          hearth_value_unref (members[i].key);
          hearth_value_unref (first->value);
          first->value = members[i].value;
          continue;
        }
      g_hash_table_insert (places, members[i].key, GSIZE_TO_POINTER (n_kept));
      members[n_kept++] = members[i];
    }
  self->length = n_kept;
}

void
_hearth_object_settle (HearthValue *self)
{
  if (self->length == 0 || _hearth_object_index (self) < 0)
    return;
  merge_twins (self);
  _hearth_object_index (self);
}

gssize
_hearth_object_find (const HearthValue *self,
                     const char        *key,
                     gsize              length)
{
  if (self->length <= HEARTH_OBJECT_MAX_LINEAR)
    return find_among (_hearth_value_members (self), self->length, key, length);
  return (gssize) *find_slot (self, key, length) - 1;
}

/* --- looking -------------------------------------------------------------------- */

HearthValue *
hearth_value_get (const HearthValue *self,
                  const char        *key)
{
  gssize place;

  g_return_val_if_fail (key != NULL, NULL);

  if (!hearth_value_is (self, OBJECT))
    return NULL;
  place = _hearth_object_find (self, key, strlen (key));
  return place < 0 ? NULL : _hearth_value_members (self)[place].value;
}

const char *
hearth_value_key_at (const HearthValue *self,
                     gsize              index)
{
  g_return_val_if_fail (hearth_value_is (self, OBJECT), NULL);
  g_return_val_if_fail (index < self->length, NULL);

  return _hearth_value_text (_hearth_value_members (self)[index].key);
}

HearthValue *
hearth_value_member_at (const HearthValue *self,
                        gsize              index)
{
  g_return_val_if_fail (hearth_value_is (self, OBJECT), NULL);
  g_return_val_if_fail (index < self->length, NULL);

  return _hearth_value_members (self)[index].value;
}

const char *
hearth_value_get_member_string (const HearthValue *self,
                                const char        *key,
                                const char        *fallback)
{
  HearthValue *member = hearth_value_get (self, key);

  return hearth_value_is (member, STRING) ? _hearth_value_text (member) : fallback;
}

gboolean
hearth_value_get_member_boolean (const HearthValue *self,
                                 const char        *key,
                                 gboolean           fallback)
{
  HearthValue *member = hearth_value_get (self, key);

  return hearth_value_is (member, BOOLEAN) ? hearth_value_get_boolean (member) : fallback;
}

double
hearth_value_get_member_double (const HearthValue *self,
                                const char        *key,
                                double             fallback)
{
  HearthValue *member = hearth_value_get (self, key);

  return hearth_value_is_number (member) ? hearth_value_get_double (member) : fallback;
}

gint64
hearth_value_get_member_integer (const HearthValue *self,
                                 const char        *key,
                                 gint64             fallback)
{
  HearthValue *member = hearth_value_get (self, key);

  return hearth_value_is_number (member) ? hearth_value_get_integer (member) : fallback;
}

HearthValue *
hearth_value_get_member_kind (const HearthValue *self,
                              const char        *key,
                              HearthValueKind    kind)
{
  HearthValue *member = hearth_value_get (self, key);

  return member != NULL && hearth_value_get_kind (member) == kind ? member : NULL;
}

/* --- new values from old ones ------------------------------------------------------ */

static void
copy_members (HearthMember       *to,
              const HearthMember *from,
              gsize               n_members)
{
  for (gsize i = 0; i < n_members; i++)
    {
      to[i].key = hearth_value_ref (from[i].key);
      to[i].value = hearth_value_ref (from[i].value);
    }
}

static HearthValue *
without_member (HearthValue *self,
                gsize        place)
{
  const HearthMember *members = _hearth_value_members (self);
  HearthValue *copy = _hearth_object_alloc (self->length - 1);

  copy_members (_hearth_value_members (copy), members, place);
  copy_members (_hearth_value_members (copy) + place, members + place + 1, self->length - 1 - place);
  _hearth_object_settle (copy);
  return copy;
}

HearthValue *
hearth_value_with (HearthValue *self,
                   const char  *key,
                   HearthValue *value)
{
  HearthValue *old = self != NULL ? self : hearth_value_empty_object ();
  HearthValue *copy;
  HearthMember *member;
  gssize place;

  g_return_val_if_fail (hearth_value_is (old, OBJECT), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  place = _hearth_object_find (old, key, strlen (key));
  if (value == NULL)
    return place < 0 ? hearth_value_ref (old) : without_member (old, (gsize) place);

  copy = _hearth_object_alloc (place < 0 ? old->length + 1 : old->length);
  copy_members (_hearth_value_members (copy), _hearth_value_members (old), old->length);
  if (place < 0)
    {
      member = &_hearth_value_members (copy)[old->length];
      member->key = hearth_value_string (key);
    }
  else
    {
      member = &_hearth_value_members (copy)[place];
      hearth_value_unref (member->value);
    }
  member->value = hearth_value_ref (value);
  _hearth_object_settle (copy);
  return copy;
}

HearthValue *
hearth_value_overlay (HearthValue *base,
                      HearthValue *over)
{
  HearthValue *merged;

  g_return_val_if_fail (base == NULL || hearth_value_is (base, OBJECT), NULL);
  g_return_val_if_fail (over == NULL || hearth_value_is (over, OBJECT), NULL);

  if (hearth_value_get_length (over) == 0)
    return hearth_value_ref (base != NULL ? base : hearth_value_empty_object ());
  if (hearth_value_get_length (base) == 0)
    return hearth_value_ref (over);
  merged = _hearth_object_alloc (base->length + over->length);
  copy_members (_hearth_value_members (merged), _hearth_value_members (base), base->length);
  copy_members (_hearth_value_members (merged) + base->length, _hearth_value_members (over), over->length);
  _hearth_object_settle (merged);
  return merged;
}
