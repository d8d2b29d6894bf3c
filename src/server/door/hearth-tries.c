/* hearth-tries.c: how often an address was wrong, and how long it has to wait for that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-tries.h"

#define FREE_TRIES 5
#define MAX_WAIT_S (15 * 60)

/* Of so many addresses at the most; with one more the one that has been quiet for longest goes. */
#define MAX_ADDRESSES 4096

/* Who owns one IPv6 address owns the 2^64 around it. */
#define IPV6_PREFIX_BYTES 8

typedef struct
{
  guint n_wrong;
  gint64 last_us;
} Tries;

struct _HearthTries
{
  GHashTable *addresses; /* text -> Tries */
};

HearthTries *
hearth_tries_new (void)
{
  HearthTries *self = g_new0 (HearthTries, 1);

  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
hearth_tries_free (HearthTries *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->addresses);
  g_free (self);
}

static char *
make_key (GInetAddress *address)
{
  GString *key = g_string_new (NULL);

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    {
      g_string_free (key, TRUE);
      return g_inet_address_to_string (address);
    }
  for (guint i = 0; i < IPV6_PREFIX_BYTES; i++)
    g_string_append_printf (key, "%02x", g_inet_address_to_bytes (address)[i]);
  return g_string_free (key, FALSE);
}

static guint
get_delay (const Tries *tries)
{
  guint more = tries->n_wrong < FREE_TRIES ? 0 : tries->n_wrong - FREE_TRIES + 1;

  if (more == 0)
    return 0;
  return more > 10 ? MAX_WAIT_S : MIN (MAX_WAIT_S, 1u << (more - 1));
}

guint
hearth_tries_get_wait (HearthTries  *self,
                       GInetAddress *address,
                       gint64        now)
{
  g_autofree char *key = NULL;
  Tries *tries;
  gint64 left;

  g_return_val_if_fail (self != NULL && G_IS_INET_ADDRESS (address), 0);

  key = make_key (address);
  tries = g_hash_table_lookup (self->addresses, key);
  if (tries == NULL)
    return 0;
  left = tries->last_us + (gint64) get_delay (tries) * G_USEC_PER_SEC - now;
  return left > 0 ? (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}

static void
forget_oldest (HearthTries *self)
{
  GHashTableIter iter;
  gpointer key;
  Tries *tries;
  const char *oldest = NULL;
  gint64 oldest_us = G_MAXINT64;

  g_hash_table_iter_init (&iter, self->addresses);
  while (g_hash_table_iter_next (&iter, &key, (gpointer *) &tries))
    {
      if (tries->last_us >= oldest_us)
        continue;
      oldest = key;
      oldest_us = tries->last_us;
    }
  g_hash_table_remove (self->addresses, oldest);
}

void
hearth_tries_add_wrong (HearthTries  *self,
                        GInetAddress *address,
                        gint64        now)
{
  char *key;
  Tries *tries;

  g_return_if_fail (self != NULL && G_IS_INET_ADDRESS (address));

  key = make_key (address);
  tries = g_hash_table_lookup (self->addresses, key);
  if (tries == NULL)
    {
      if (g_hash_table_size (self->addresses) >= MAX_ADDRESSES)
        forget_oldest (self);
      tries = g_new0 (Tries, 1);
      g_hash_table_insert (self->addresses, g_steal_pointer (&key), tries);
    }
  tries->n_wrong++;
  tries->last_us = now;
  g_free (key);
}

void
hearth_tries_forget (HearthTries  *self,
                     GInetAddress *address)
{
  g_autofree char *key = NULL;

  g_return_if_fail (self != NULL && G_IS_INET_ADDRESS (address));

  key = make_key (address);
  g_hash_table_remove (self->addresses, key);
}
