/* hearth-offline-resolve.c: JSON schemas that say what they want by pointing to others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-offline-private.h"

#define MAX_REFERENCES 32 /* one behind the other */

/* "~1" is "/", "~0" is "~" (RFC 6901). */
static char *
unescape_step (const char *step)
{
  g_autofree char *plain = g_uri_unescape_string (step, NULL);
  g_auto (GStrv) slashes = g_strsplit (plain != NULL ? plain : step, "~1", -1);
  g_autofree char *with_slashes = g_strjoinv ("/", slashes);
  g_auto (GStrv) tildes = g_strsplit (with_slashes, "~0", -1);

  return g_strjoinv ("~", tildes);
}

/* "#/$defs/person"; NULL: nothing there. Borrowed. */
static HearthValue *
find_reference (HearthValue *root,
                const char  *reference)
{
  g_auto (GStrv) steps = g_strsplit (reference, "/", -1);
  HearthValue *at = root;

  if (*reference != '#')
    return NULL;
  for (guint i = 1; steps[0] != NULL && steps[i] != NULL && at != NULL; i++)
    {
      g_autofree char *step = unescape_step (steps[i]);
      guint64 index;

      if (!hearth_value_is (at, ARRAY))
        at = hearth_value_get (at, step);
      else if (g_ascii_string_to_unsigned (step, 10, 0, G_MAXUINT32, &index, NULL) && index < hearth_value_get_length (at))
        at = hearth_value_at (at, (gsize) index);
      else
        at = NULL;
    }
  return at;
}

static HearthValue *
join_lists (HearthValue *a,
            HearthValue *b)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; hearth_value_is (a, ARRAY) && i < hearth_value_get_length (a); i++)
    hearth_builder_add (&out, NULL, hearth_value_ref (hearth_value_at (a, i)));
  for (gsize i = 0; hearth_value_is (b, ARRAY) && i < hearth_value_get_length (b); i++)
    hearth_builder_add (&out, NULL, hearth_value_ref (hearth_value_at (b, i)));
  return hearth_builder_end_array (&out);
}

/* What both want. */
static HearthValue *
merge (HearthValue *base,
       HearthValue *over)
{
  HearthValue *base_members = hearth_value_get_member_kind (base, "properties", HEARTH_VALUE_OBJECT);
  HearthValue *over_members = hearth_value_get_member_kind (over, "properties", HEARTH_VALUE_OBJECT);
  g_autoptr (HearthValue) members = hearth_value_overlay (base_members, over_members);
  g_autoptr (HearthValue) required = join_lists (hearth_value_get (base, "required"), hearth_value_get (over, "required"));
  g_autoptr (HearthValue) both = hearth_value_overlay (base, over);
  g_autoptr (HearthValue) with_members = NULL;

  if (base_members == NULL && over_members == NULL)
    return g_steal_pointer (&both);
  with_members = hearth_value_with (both, "properties", members);
  return hearth_value_with (with_members, "required", required);
}

static HearthValue *
merge_and_drop (HearthValue *schema,
                const char  *key,
                HearthValue *other)
{
  g_autoptr (HearthValue) without = hearth_value_with (schema, key, NULL);

  return hearth_value_is (other, OBJECT) ? merge (without, other) : g_steal_pointer (&without);
}

static gboolean
is_null_type (HearthValue *schema)
{
  return g_str_equal (hearth_value_get_member_string (schema, "type", ""), "null");
}

/* The first that is not just null. Borrowed. */
static HearthValue *
find_variant (HearthValue *variants)
{
  for (gsize i = 0; i < hearth_value_get_length (variants); i++)
    if (!is_null_type (hearth_value_at (variants, i)))
      return hearth_value_at (variants, i);
  return hearth_value_get_length (variants) > 0 ? hearth_value_at (variants, 0) : NULL;
}

static HearthValue *
merge_all (HearthValue *schema,
           HearthValue *all)
{
  HearthValue *out = hearth_value_with (schema, "allOf", NULL);

  for (gsize i = 0; i < hearth_value_get_length (all); i++)
    if (hearth_value_is (hearth_value_at (all, i), OBJECT))
      {
        HearthValue *merged = merge (out, hearth_value_at (all, i));

        hearth_value_unref (out);
        out = merged;
      }
  return out;
}

/* One step nearer to a schema that says itself what it wants; NULL: it does. */
static HearthValue *
resolve_once (HearthValue *root,
              HearthValue *schema)
{
  static const char *const choices[] = { "anyOf", "oneOf" };
  const char *reference = hearth_value_get_member_string (schema, "$ref", NULL);
  HearthValue *all = hearth_value_get_member_kind (schema, "allOf", HEARTH_VALUE_ARRAY);

  if (reference != NULL)
    return merge_and_drop (schema, "$ref", find_reference (root, reference));
  if (all != NULL)
    return merge_all (schema, all);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      HearthValue *variants = hearth_value_get_member_kind (schema, choices[i], HEARTH_VALUE_ARRAY);

      if (variants != NULL)
        return merge_and_drop (schema, choices[i], find_variant (variants));
    }
  return NULL;
}

HearthValue *
_hearth_offline_resolve (HearthValue *root,
                         HearthValue *schema)
{
  HearthValue *at = hearth_value_ref (schema);

  for (guint i = 0; i < MAX_REFERENCES && hearth_value_is (at, OBJECT); i++)
    {
      HearthValue *next = resolve_once (root, at);

      if (next == NULL)
        break;
      hearth_value_unref (at);
      at = next;
    }
  return at;
}
