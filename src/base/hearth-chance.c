/* hearth-chance.c: numbers nobody knows beforehand, or the same ones every time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <sys/random.h>

#include "hearth-chance.h"

struct _HearthChance
{
  GObject parent_instance;

  GRand *seeded; /* NULL: the system's */
};

G_DEFINE_FINAL_TYPE (HearthChance, hearth_chance, G_TYPE_OBJECT)

static void
hearth_chance_finalize (GObject *object)
{
  HearthChance *self = HEARTH_CHANCE (object);

  g_clear_pointer (&self->seeded, g_rand_free);
  G_OBJECT_CLASS (hearth_chance_parent_class)->finalize (object);
}

static void
hearth_chance_class_init (HearthChanceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_chance_finalize;
}

static void
hearth_chance_init (HearthChance *self)
{
}

HearthChance *
hearth_chance_get_default (void)
{
  static HearthChance *chance;

  if (g_once_init_enter (&chance))
    g_once_init_leave (&chance, g_object_new (HEARTH_TYPE_CHANCE, NULL));
  return chance;
}

HearthChance *
hearth_chance_new_seeded (guint32 seed)
{
  HearthChance *self = g_object_new (HEARTH_TYPE_CHANCE, NULL);

  self->seeded = g_rand_new_with_seed (seed);
  return self;
}

static void
fill_from_system (guchar *bytes,
                  gsize   n_bytes)
{
  while (n_bytes > 0)
    {
      ssize_t n_got = getrandom (bytes, n_bytes, 0);

      if (n_got < 0 && errno == EINTR)
        continue;
      if (n_got < 0)
        g_error ("The system gives no random numbers: %s", g_strerror (errno));
      bytes += n_got;
      n_bytes -= (gsize) n_got;
    }
}

void
hearth_chance_fill (HearthChance *self,
                    guchar       *bytes,
                    gsize         n_bytes)
{
  g_return_if_fail (HEARTH_IS_CHANCE (self));
  g_return_if_fail (bytes != NULL || n_bytes == 0);

  if (self->seeded == NULL)
    fill_from_system (bytes, n_bytes);
  else
    for (gsize i = 0; i < n_bytes; i++)
      bytes[i] = (guchar) g_rand_int (self->seeded);
}

guint32
hearth_chance_draw (HearthChance *self)
{
  guint32 number = 0;

  g_return_val_if_fail (HEARTH_IS_CHANCE (self), 0);

  if (self->seeded != NULL)
    return g_rand_int (self->seeded);
  fill_from_system ((guchar *) &number, sizeof number);
  return number;
}

guint32
hearth_chance_draw_below (HearthChance *self,
                          guint32       end)
{
  guint32 number, rest;

  g_return_val_if_fail (HEARTH_IS_CHANCE (self), 0);
  g_return_val_if_fail (end > 0, 0);

  /* The numbers above the last whole multiple of @end would make the small ones likelier. */
  rest = (guint32) ((G_MAXUINT32 % end + 1) % end);
  do
    number = hearth_chance_draw (self);
  while (number > G_MAXUINT32 - rest);
  return number % end;
}
