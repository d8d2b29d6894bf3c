/* random.c: numbers that are the same on every machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "generator.h"

static guint64
next (RefRandom *self)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

void
ref_random_init (RefRandom *self,
                 guint64    seed,
                 guint64    number)
{
  self->state = seed * G_GUINT64_CONSTANT (0x2545f4914f6cdd1d);
  self->state = next (self) ^ number;
  next (self);
}

guint
ref_random_below (RefRandom *self,
                  guint      limit)
{
  return limit ? (guint) ((next (self) >> 33) % limit) : 0;
}

gboolean
ref_random_chance (RefRandom *self,
                   guint      percent)
{
  return ref_random_below (self, 100) < percent;
}
