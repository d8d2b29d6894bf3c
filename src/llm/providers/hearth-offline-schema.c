/* hearth-offline-schema.c: a value that fits a JSON schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-offline-private.h"

#include "hearth-offline-scalar-private.h"

#define MAX_DEPTH 24      /* beyond it, and beyond as many values, a schema that holds itself ends, whatever it says */
#define MAX_VALUES 2000
#define OPTIONAL_DEPTH 6  /* deeper members are only made when they must be there */
#define MAX_ELEMENTS 100
#define USUAL_ELEMENTS 2

typedef struct
{
  HearthOfflineStuff stuff;
  HearthValue *root;
  guint depth;
  guint n_values;
} Filler;

static HearthValue *fill (Filler      *self,
                          HearthValue *schema,
                          const char  *name,
                          guint        place);

/* --- objects and arrays ------------------------------------------------------------------------------ */

static gboolean
is_required (HearthValue *schema,
             const char  *name)
{
  HearthValue *required = hearth_value_get_member_kind (schema, "required", HEARTH_VALUE_ARRAY);

  for (gsize i = 0; required != NULL && i < hearth_value_get_length (required); i++)
    if (hearth_value_is (hearth_value_at (required, i), STRING)
        && g_str_equal (hearth_value_get_string (hearth_value_at (required, i), NULL), name))
      return TRUE;
  return FALSE;
}

static void
add_member (Filler        *self,
            HearthBuilder *out,
            GHashTable    *made,
            HearthValue   *schema,
            const char    *name)
{
  if (g_hash_table_add (made, (gpointer) name))
    hearth_builder_add (out, name, fill (self, schema, name, 0));
}

/* Members that must be there though nobody describes them. */
static void
add_undescribed (Filler        *self,
                 HearthBuilder *out,
                 GHashTable    *made,
                 HearthValue   *schema)
{
  HearthValue *required = hearth_value_get_member_kind (schema, "required", HEARTH_VALUE_ARRAY);
  HearthValue *other = hearth_value_get_member_kind (schema, "additionalProperties", HEARTH_VALUE_OBJECT);

  for (gsize i = 0; required != NULL && i < hearth_value_get_length (required); i++)
    if (hearth_value_is (hearth_value_at (required, i), STRING))
      add_member (self, out, made, other, hearth_value_get_string (hearth_value_at (required, i), NULL));
}

static HearthValue *
fill_object (Filler      *self,
             HearthValue *schema)
{
  HearthValue *members = hearth_value_get_member_kind (schema, "properties", HEARTH_VALUE_OBJECT);
  g_autoptr (GHashTable) made = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; members != NULL && i < hearth_value_get_length (members); i++)
    if (self->depth <= OPTIONAL_DEPTH || is_required (schema, hearth_value_key_at (members, i)))
      add_member (self, &out, made, hearth_value_member_at (members, i), hearth_value_key_at (members, i));
  add_undescribed (self, &out, made, schema);
  return hearth_builder_end_object (&out);
}

static guint
get_n_elements (Filler      *self,
                HearthValue *schema,
                gsize        n_first)
{
  gint64 least = hearth_value_get_member_integer (schema, "minItems", 0);
  gint64 most = hearth_value_get_member_integer (schema, "maxItems", MAX_ELEMENTS);
  gint64 usual = n_first > 0 ? (gint64) n_first : self->depth <= OPTIONAL_DEPTH ? USUAL_ELEMENTS : 0;

  return (guint) CLAMP (MIN (MAX (usual, least), most), 0, MAX_ELEMENTS);
}

/* The first elements may have schemas of their own, in older schemas under another name. */
static HearthValue *
fill_array (Filler      *self,
            HearthValue *schema,
            const char  *name)
{
  HearthValue *items = hearth_value_get (schema, "items");
  HearthValue *first = hearth_value_is (items, ARRAY) ? items : hearth_value_get_member_kind (schema, "prefixItems", HEARTH_VALUE_ARRAY);
  gsize n_first = first != NULL ? hearth_value_get_length (first) : 0;
  guint n = get_n_elements (self, schema, n_first);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < n; i++)
    hearth_builder_add (&out, NULL, fill (self, i < n_first ? hearth_value_at (first, i) : items, name, i));
  return hearth_builder_end_array (&out);
}

/* --- values ------------------------------------------------------------------------------------------ */

/* The type that the schema names first, but for null; without one, what its other members speak of. */
static const char *
get_type (HearthValue *schema)
{
  static const struct
  {
    const char *member;
    const char *type;
  } signs[] = {
    { "properties", "object" }, { "required", "object" }, { "additionalProperties", "object" }, { "items", "array" },
    { "prefixItems", "array" }, { "minItems", "array" }, { "minimum", "number" }, { "maximum", "number" },
    { "multipleOf", "number" },
  };
  HearthValue *type = hearth_value_get (schema, "type");

  if (hearth_value_is (type, STRING))
    return hearth_value_get_string (type, NULL);
  for (gsize i = 0; hearth_value_is (type, ARRAY) && i < hearth_value_get_length (type); i++)
    if (hearth_value_is (hearth_value_at (type, i), STRING)
        && !g_str_equal (hearth_value_get_string (hearth_value_at (type, i), NULL), "null"))
      return hearth_value_get_string (hearth_value_at (type, i), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (hearth_value_get (schema, signs[i].member) != NULL)
      return signs[i].type;
  return hearth_value_is (type, ARRAY) ? "null" : "string";
}

static HearthValue *
fill_type (Filler      *self,
           HearthValue *schema,
           const char  *name,
           guint        place)
{
  const char *type = get_type (schema);

  if (g_str_equal (type, "object"))
    return fill_object (self, schema);
  if (g_str_equal (type, "array"))
    return fill_array (self, schema, name);
  if (g_str_equal (type, "integer") || g_str_equal (type, "number"))
    return _hearth_offline_make_number (&self->stuff, schema, name, place, g_str_equal (type, "integer"));
  if (g_str_equal (type, "boolean"))
    return hearth_value_boolean ((_hearth_offline_hash (0, name) + _hearth_offline_hash (0, self->stuff.question) + place) % 2 == 0);
  if (g_str_equal (type, "null"))
    return hearth_value_null ();
  return _hearth_offline_make_string (&self->stuff, schema, name, place);
}

static HearthValue *
fill_resolved (Filler      *self,
               HearthValue *schema,
               const char  *name,
               guint        place)
{
  HearthValue *choices = hearth_value_get_member_kind (schema, "enum", HEARTH_VALUE_ARRAY);
  HearthValue *fixed = hearth_value_get (schema, "const");

  if (fixed != NULL)
    return hearth_value_ref (fixed);
  if (choices != NULL && hearth_value_get_length (choices) > 0)
    return _hearth_offline_choose (&self->stuff, choices, place);
  if (hearth_value_get (schema, "default") != NULL && place == 0)
    return hearth_value_ref (hearth_value_get (schema, "default"));
  return fill_type (self, schema, name, place);
}

/* @schema: NULL and what is no object want anything. */
static HearthValue *
fill (Filler      *self,
      HearthValue *schema,
      const char  *name,
      guint        place)
{
  g_autoptr (HearthValue) resolved = hearth_value_is (schema, OBJECT) ? _hearth_offline_resolve (self->root, schema) : hearth_value_empty_object ();
  HearthValue *value;

  if (self->depth >= MAX_DEPTH || ++self->n_values > MAX_VALUES)
    return hearth_value_null ();
  self->depth++;
  value = fill_resolved (self, resolved, name, place);
  self->depth--;
  return value;
}

HearthValue *
_hearth_offline_fill_schema (HearthValue *schema,
                             const char  *question)
{
  Filler filler = { .root = schema };
  HearthValue *value;

  _hearth_offline_stuff_init (&filler.stuff, question);
  value = fill (&filler, schema, "", 0);
  _hearth_offline_stuff_clear (&filler.stuff);
  return value;
}
