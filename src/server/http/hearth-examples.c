/* hearth-examples.c: one request and its answer for each route, as examples/ tells them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-examples.h"

#include "hearth-assets.h"
#include "hearth-json.h"

struct _HearthExamples
{
  GHashTable *by_route; /* name -> GPtrArray of HearthValue */
};

/* --- references ---------------------------------------------------------------------------- */

/* "createChat.id": a member of the newest good answer of that route. */
static HearthValue *
follow (GHashTable *answers,
        const char *reference)
{
  g_auto (GStrv) parts = g_strsplit (reference, ".", -1);
  HearthValue *value = parts[0] != NULL ? g_hash_table_lookup (answers, parts[0]) : NULL;

  for (guint i = 1; value != NULL && parts[i] != NULL; i++)
    {
      if (hearth_value_is (value, ARRAY))
        value = hearth_value_at (value, (gsize) g_ascii_strtoull (parts[i], NULL, 10));
      else
        value = hearth_value_get (value, parts[i]);
    }
  return value != NULL ? hearth_value_ref (value) : hearth_value_null ();
}

/* @value without its references. */
static HearthValue *
resolve (HearthValue *value,
         GHashTable  *answers)
{
  const char *reference = hearth_value_get_member_string (value, "$from", NULL);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (reference != NULL)
    return follow (answers, reference);
  if (hearth_value_is (value, ARRAY))
    {
      for (gsize i = 0; i < hearth_value_get_length (value); i++)
        hearth_builder_add (&out, NULL, resolve (hearth_value_at (value, i), answers));
      return hearth_builder_end_array (&out);
    }
  if (!hearth_value_is (value, OBJECT))
    return hearth_value_ref (value);
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    hearth_builder_add (&out, hearth_value_key_at (value, i), resolve (hearth_value_member_at (value, i), answers));
  return hearth_builder_end_object (&out);
}

/* --- reading --------------------------------------------------------------------------------- */

static void
add_exchange (HearthExamples *self,
              HearthValue    *exchange, /* taken */
              GHashTable     *answers)
{
  const char *route = hearth_value_get_member_string (exchange, "route", "");
  HearthValue *answer = hearth_value_get (exchange, "answer");
  GPtrArray *list = g_hash_table_lookup (self->by_route, route);

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
      g_hash_table_insert (self->by_route, g_strdup (route), list);
    }
  g_ptr_array_add (list, exchange);
  if (answer != NULL && hearth_value_get_member_integer (exchange, "status", 200) < 300)
    g_hash_table_replace (answers, g_strdup (route), hearth_value_ref (answer));
}

static void
read_story (HearthExamples *self,
            const char     *name)
{
  g_autofree char *path = g_strconcat ("examples/", name, NULL);
  g_autoptr (GBytes) bytes = hearth_assets_lookup (path);
  g_autoptr (GHashTable) answers = NULL;
  g_autoptr (HearthValue) story = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hearth_value_unref);
  story = hearth_json_parse (text, (gssize) length, NULL);
  g_return_if_fail (hearth_value_is (story, ARRAY));

  for (gsize i = 0; i < hearth_value_get_length (story); i++)
    add_exchange (self, resolve (hearth_value_at (story, i), answers), answers);
}

HearthExamples *
hearth_examples_new (void)
{
  HearthExamples *self = g_new0 (HearthExamples, 1);
  g_auto (GStrv) names = hearth_assets_list ("examples/");

  self->by_route = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; names[i] != NULL; i++)
    read_story (self, names[i]);
  return self;
}

void
hearth_examples_free (HearthExamples *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->by_route);
  g_free (self);
}

HearthValue *
hearth_examples_lookup (HearthExamples *self,
                        const char     *route)
{
  GPtrArray *list;

  g_return_val_if_fail (self != NULL && route != NULL, NULL);

  list = g_hash_table_lookup (self->by_route, route);
  return list != NULL ? hearth_value_array ((HearthValue *const *) list->pdata, list->len) : NULL;
}
