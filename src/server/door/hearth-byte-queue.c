/* hearth-byte-queue.c: bytes that wait for their turn: appended behind, taken off in front
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-byte-queue.h"

/* Larger ones are given back to the system. */
#define MAX_SPARE (128 * 1024)

/* Most are filled and emptied one after the other. */
static GByteArray *spare;

gsize
hearth_byte_queue_get_length (const HearthByteQueue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->bytes != NULL ? self->bytes->len - self->taken : 0;
}

const guint8 *
hearth_byte_queue_get_data (const HearthByteQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes != NULL ? self->bytes->data + self->taken : NULL;
}

void
hearth_byte_queue_append (HearthByteQueue *self,
                          const void      *bytes,
                          gsize            length)
{
  g_return_if_fail (self != NULL && bytes != NULL);

  if (self->bytes == NULL)
    self->bytes = spare != NULL ? g_steal_pointer (&spare) : g_byte_array_new ();
  g_byte_array_append (self->bytes, bytes, (guint) length);
}

/* What was taken is thrown away only when it is the larger half, so that no byte moves often. */
void
hearth_byte_queue_take (HearthByteQueue *self,
                        gsize            length)
{
  g_return_if_fail (length <= hearth_byte_queue_get_length (self));

  if (length == hearth_byte_queue_get_length (self))
    {
      hearth_byte_queue_clear (self);
      return;
    }
  self->taken += (guint) length;
  if (self->taken <= self->bytes->len / 2)
    return;
  g_byte_array_remove_range (self->bytes, 0, self->taken);
  self->taken = 0;
}

void
hearth_byte_queue_clear (HearthByteQueue *self)
{
  g_return_if_fail (self != NULL);

  self->taken = 0;
  if (self->bytes != NULL && spare == NULL && self->bytes->len <= MAX_SPARE)
    {
      g_byte_array_set_size (self->bytes, 0);
      spare = g_steal_pointer (&self->bytes);
    }
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

void
hearth_byte_queue_drop_spare (void)
{
  g_clear_pointer (&spare, g_byte_array_unref);
}
