/* test-chance.c: numbers by chance, and the same ones every time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-id.h"

static char *
draw (HearthChance *chance)
{
  g_autofree char *nano = hearth_id_draw_nano (chance, 21);
  guint32 number = hearth_chance_draw (chance);

  return g_strdup_printf ("%s %u %u", nano, number, hearth_chance_draw_below (chance, 1000));
}

static void
test_seed (void)
{
  g_autoptr (HearthChance) one = hearth_chance_new_seeded (5);
  g_autoptr (HearthChance) same = hearth_chance_new_seeded (5);
  g_autoptr (HearthChance) other = hearth_chance_new_seeded (6);
  g_autofree char *first = draw (one);
  g_autofree char *second = draw (one);
  g_autofree char *again = draw (same);
  g_autofree char *elsewhere = draw (other);

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, second);
  g_assert_cmpstr (first, !=, elsewhere);
}

/* Whatever others draw meanwhile, from one with the same seed, from the system or from GLib. */
static void
test_apart (void)
{
  g_autoptr (HearthChance) alone = hearth_chance_new_seeded (7);
  g_autoptr (HearthChance) among = hearth_chance_new_seeded (7);
  g_autoptr (HearthChance) other = hearth_chance_new_seeded (7);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *expected = draw (alone);
      g_autofree char *id = hearth_id_new_nano (i + 1);
      g_autofree char *drawn = NULL;

      hearth_chance_draw_below (other, 3);
      g_random_set_seed (7);
      drawn = draw (among);
      g_assert_cmpstr (drawn, ==, expected);
    }
}

static void
test_system (void)
{
  HearthChance *chance = hearth_chance_get_default ();
  g_autofree char *first = draw (chance);
  g_autofree char *second = draw (chance);
  guchar bytes[64] = { 0 };
  guint n_zero = 0;

  g_assert_true (chance == hearth_chance_get_default ());
  g_assert_cmpstr (first, !=, second);
  hearth_chance_fill (chance, bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    n_zero += bytes[i] == 0;
  g_assert_cmpuint (n_zero, <, 32);
}

/* Each of three numbers some 20,000 times; never the end, nor anything beyond. */
static void
test_below (void)
{
  g_autoptr (HearthChance) chance = hearth_chance_new_seeded (1);
  guint counts[3] = { 0 };
  gboolean high = FALSE;

  for (guint i = 0; i < 60000; i++)
    {
      guint32 number = hearth_chance_draw_below (chance, 3);

      g_assert_cmpuint (number, <, 3);
      counts[number]++;
    }
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (counts[i], >, 19000);
      g_assert_cmpuint (counts[i], <, 21000);
    }
  for (guint i = 0; i < 100; i++)
    {
      g_assert_cmpuint (hearth_chance_draw_below (chance, 1), ==, 0);
      g_assert_cmpuint (hearth_chance_draw_below (chance, 0xc0000000u), <, 0xc0000000u);
      high |= hearth_chance_draw_below (chance, G_MAXUINT32) > 0x80000000u;
    }
  g_assert_true (high);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chance/seed", test_seed);
  g_test_add_func ("/chance/apart", test_apart);
  g_test_add_func ("/chance/system", test_system);
  g_test_add_func ("/chance/below", test_below);

  return g_test_run ();
}
