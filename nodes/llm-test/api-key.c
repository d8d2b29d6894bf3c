/* api-key.c: the stand-ins of keys that pass from node to node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "api-key.h"

#include <string.h>

/* stand-in -> HearthSecret. As many as there are different keys in the workflows that ran. */
static GHashTable *keys;

static const char *
find_stand_in (const char *key)
{
  GHashTableIter iter;
  gpointer text, secret;

  if (keys == NULL)
    keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hearth_secret_unref);
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &text, &secret))
    if (strcmp (hearth_secret_get_text (secret), key) == 0)
      return text;
  return NULL;
}

/* Two keys may end alike. */
static char *
make_stand_in (HearthSecret *key)
{
  g_autofree char *hint = hearth_secret_dup_hint (key);
  char *text = g_strconcat (HEARTH_SECRET_HIDDEN, hint, NULL);

  for (guint n = 2; g_hash_table_contains (keys, text); n++)
    {
      g_free (text);
      text = g_strdup_printf ("%s%s (%u)", HEARTH_SECRET_HIDDEN, hint, n);
    }
  return text;
}

HearthValue *
hearth_api_key_hide (HearthSecret *key)
{
  const char *known;
  char *made;

  g_return_val_if_fail (key != NULL, NULL);

  known = find_stand_in (hearth_secret_get_text (key));
  if (known != NULL)
    return hearth_value_string (known);
  made = make_stand_in (key);
  g_hash_table_insert (keys, made, hearth_secret_ref (key));
  return hearth_value_string (made);
}

HearthSecret *
hearth_api_key_reveal (HearthValue *text)
{
  HearthSecret *known;

  if (!hearth_secret_is_hidden (text))
    return hearth_secret_new_from_value (text);
  known = keys != NULL ? g_hash_table_lookup (keys, hearth_value_get_string (text, NULL)) : NULL;
  return known != NULL ? hearth_secret_ref (known) : NULL;
}
