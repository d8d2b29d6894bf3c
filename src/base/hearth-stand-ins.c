/* hearth-stand-ins.c: what goes along wires in place of keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-stand-ins.h"

#include <string.h>

struct _HearthStandIns
{
  GObject parent_instance;

  GHashTable *keys; /* stand-in -> HearthSecret; as many as there are different keys in the workflow */
};

G_DEFINE_FINAL_TYPE (HearthStandIns, hearth_stand_ins, G_TYPE_OBJECT)

static void
hearth_stand_ins_finalize (GObject *object)
{
  g_hash_table_unref (HEARTH_STAND_INS (object)->keys);
  G_OBJECT_CLASS (hearth_stand_ins_parent_class)->finalize (object);
}

static void
hearth_stand_ins_class_init (HearthStandInsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_stand_ins_finalize;
}

static void
hearth_stand_ins_init (HearthStandIns *self)
{
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hearth_secret_unref);
}

HearthStandIns *
hearth_stand_ins_new (void)
{
  return g_object_new (HEARTH_TYPE_STAND_INS, NULL);
}

static const char *
find_stand_in (HearthStandIns *self,
               const char     *key)
{
  GHashTableIter iter;
  gpointer text, secret;

  g_hash_table_iter_init (&iter, self->keys);
  while (g_hash_table_iter_next (&iter, &text, &secret))
    if (strcmp (hearth_secret_get_text (secret), key) == 0)
      return text;
  return NULL;
}

/* Two keys may end alike. */
static char *
make_stand_in (HearthStandIns *self,
               HearthSecret   *key)
{
  g_autofree char *hint = hearth_secret_dup_hint (key);
  char *text = g_strconcat (HEARTH_SECRET_HIDDEN, hint, NULL);

  for (guint n = 2; self != NULL && g_hash_table_contains (self->keys, text); n++)
    {
      g_free (text);
      text = g_strdup_printf ("%s%s (%u)", HEARTH_SECRET_HIDDEN, hint, n);
    }
  return text;
}

HearthValue *
hearth_stand_ins_hide (HearthStandIns *self,
                       HearthSecret   *key)
{
  g_autofree char *made = NULL;
  const char *known;

  g_return_val_if_fail (self == NULL || HEARTH_IS_STAND_INS (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  known = self != NULL ? find_stand_in (self, hearth_secret_get_text (key)) : NULL;
  if (known != NULL)
    return hearth_value_string (known);
  made = make_stand_in (self, key);
  if (self != NULL)
    g_hash_table_insert (self->keys, g_strdup (made), hearth_secret_ref (key));
  return hearth_value_string (made);
}

HearthSecret *
hearth_stand_ins_reveal (HearthStandIns *self,
                         HearthValue    *text)
{
  HearthSecret *known;

  g_return_val_if_fail (self == NULL || HEARTH_IS_STAND_INS (self), NULL);

  if (!hearth_secret_is_hidden (text))
    return hearth_secret_new_from_value (text);
  known = self != NULL ? g_hash_table_lookup (self->keys, hearth_value_get_string (text, NULL)) : NULL;
  return known != NULL ? hearth_secret_ref (known) : NULL;
}
