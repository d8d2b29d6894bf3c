/* test-tries.c: who guesses waits longer and longer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-tries.h"

static GInetAddress *
address (const char *text)
{
  GInetAddress *made = g_inet_address_new_from_string (text);

  g_assert_nonnull (made);
  return made;
}

static void
test_waits (void)
{
  static const guint waits[] = { 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900 };
  g_autoptr (HearthTries) tries = hearth_tries_new ();
  g_autoptr (GInetAddress) guesser = address ("192.168.1.5");
  g_autoptr (GInetAddress) other = address ("192.168.1.6");
  gint64 now = G_USEC_PER_SEC;

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      hearth_tries_add_wrong (tries, guesser, now);
      g_assert_cmpuint (hearth_tries_get_wait (tries, guesser, now), ==, waits[i]);
      g_assert_cmpuint (hearth_tries_get_wait (tries, guesser, now + (gint64) waits[i] * G_USEC_PER_SEC), ==, 0);
      g_assert_cmpuint (hearth_tries_get_wait (tries, other, now), ==, 0);
    }
  hearth_tries_forget (tries, guesser);
  g_assert_cmpuint (hearth_tries_get_wait (tries, guesser, now), ==, 0);
}

/* The addresses of one household count as one. */
static void
test_ipv6 (void)
{
  g_autoptr (HearthTries) tries = hearth_tries_new ();
  g_autoptr (GInetAddress) neighbour = address ("2001:db8:0:1:ffff::9");
  g_autoptr (GInetAddress) stranger = address ("2001:db8:0:2::1");

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *text = g_strdup_printf ("2001:db8:0:1::%u", i);
      g_autoptr (GInetAddress) each = address (text);

      hearth_tries_add_wrong (tries, each, 0);
    }
  g_assert_cmpuint (hearth_tries_get_wait (tries, neighbour, 0), ==, 8);
  g_assert_cmpuint (hearth_tries_get_wait (tries, stranger, 0), ==, 0);
}

/* However many come: the newest are known. */
static void
test_many (void)
{
  g_autoptr (HearthTries) tries = hearth_tries_new ();

  for (guint i = 0; i < 6000; i++)
    {
      g_autofree char *text = g_strdup_printf ("10.0.%u.%u", i / 250, i % 250);
      g_autoptr (GInetAddress) each = address (text);

      for (guint k = 0; k < 5; k++)
        hearth_tries_add_wrong (tries, each, i);
      g_assert_cmpuint (hearth_tries_get_wait (tries, each, i), ==, 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tries/waits", test_waits);
  g_test_add_func ("/tries/ipv6", test_ipv6);
  g_test_add_func ("/tries/many", test_many);
  return g_test_run ();
}
