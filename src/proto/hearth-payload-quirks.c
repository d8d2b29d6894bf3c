/* hearth-payload-quirks.c: what the frontend does to payloads that nobody would expect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-payload-private.h"

HearthValue *
_hearth_payload_member (HearthValue *object,
                        const char  *key,
                        const char  *stored_key)
{
  HearthValue *value = hearth_value_get (object, key);

  if (value == NULL || hearth_value_is (value, NULL))
    value = hearth_value_get (object, stored_key);
  return value != NULL && !hearth_value_is (value, NULL) ? value : NULL;
}

static gboolean
is_slot_object (HearthValue *value)
{
  const char *name = hearth_value_get_member_string (value, "dataFlowType", NULL);
  HearthDataType type;

  return name != NULL && hearth_data_type_from_string (name, &type);
}

/* A slot object without "value" stands for an undefined value, which JSON cannot say. */
HearthValue *
_hearth_payload_unwrap (HearthValue *inputs)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (inputs); i++)
    {
      HearthValue *value = hearth_value_member_at (inputs, i);

      if (is_slot_object (value))
        value = hearth_value_get (value, "value");
      hearth_builder_add (&out, hearth_value_key_at (inputs, i), hearth_value_ref_or_null (value));
    }
  return hearth_builder_end_object (&out);
}

GHashTable *
_hearth_payload_find_replaced (HearthValue *nodes)
{
  GHashTable *replaced = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < hearth_value_get_length (nodes); i++)
    {
      const char *id = hearth_value_get_member_string (hearth_value_at (nodes, i), "id", NULL);
      gpointer before;

      if (id == NULL)
        continue;
      if (g_hash_table_lookup_extended (last, id, NULL, &before))
        g_hash_table_add (replaced, before);
      g_hash_table_insert (last, (char *) id, GSIZE_TO_POINTER (i));
    }
  return replaced;
}

char *
_hearth_payload_edge_id (HearthValue *edge,
                         GHashTable  *used)
{
  const char *given = hearth_value_get_member_string (edge, "id", NULL);
  g_autofree char *id = g_strdup (given != NULL ? given : "edge");

  for (guint n = 2; g_hash_table_contains (used, id); n++)
    {
      g_free (id);
      id = g_strdup_printf ("%s~%u", given != NULL ? given : "edge", n);
    }
  g_hash_table_add (used, g_strdup (id));
  return g_steal_pointer (&id);
}
