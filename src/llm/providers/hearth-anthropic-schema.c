/* hearth-anthropic-schema.c: JSON schemas as Anthropic's output format takes them
 *
 * Objects are closed there, and ranges and lengths are refused; they are told to the model in the description instead.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-anthropic-private.h"

#include "hearth-json.h"

static HearthValue *dup_any (HearthValue *schema);

static HearthValue *
dup_each (HearthValue *schemas)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  gboolean is_array = hearth_value_is (schemas, ARRAY);

  for (gsize i = 0; i < hearth_value_get_length (schemas); i++)
    hearth_builder_add (&out, is_array ? NULL : hearth_value_key_at (schemas, i),
                        dup_any (is_array ? hearth_value_at (schemas, i) : hearth_value_member_at (schemas, i)));
  return is_array ? hearth_builder_end_array (&out) : hearth_builder_end_object (&out);
}

static gboolean
is_known_format (HearthValue *format)
{
  static const char *const formats[] = {
    "date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid", NULL,
  };

  return hearth_value_is (format, STRING) && g_strv_contains (formats, hearth_value_get_string (format, NULL));
}

static gboolean
is_known (const char  *key,
          HearthValue *value)
{
  static const char *const plain[] = { "type", "enum", "const", "title", "description", "required", "default", "$ref", NULL };

  if (g_str_equal (key, "format"))
    return is_known_format (value);
  if (g_str_equal (key, "minItems"))
    return hearth_value_is_number (value) && hearth_value_get_double (value) <= 1;
  return g_strv_contains (plain, key);
}

/* A member that is a schema, or a list or an object of them, as it is sent; NULL: it is none. */
static HearthValue *
dup_inner (const char  *key,
           HearthValue *value)
{
  static const char *const many[] = { "properties", "$defs", "definitions", "anyOf", "allOf", NULL };

  if (g_strv_contains (many, key) && (hearth_value_is (value, ARRAY) || hearth_value_is (value, OBJECT)))
    return dup_each (value);
  return g_str_equal (key, "items") && hearth_value_is (value, OBJECT) ? dup_any (value) : NULL;
}

static void
add_remark (GString     *remarks,
            const char  *key,
            HearthValue *value)
{
  g_autofree char *text = hearth_json_print (value);

  g_string_append_printf (remarks, "%s%s: %s", remarks->len > 0 ? ", " : "", key, text);
}

static void
add_member (HearthBuilder *out,
            GString       *remarks,
            const char    *key,
            HearthValue   *value)
{
  HearthValue *inner = dup_inner (key, value);

  if (inner != NULL)
    hearth_builder_add (out, key, inner);
  else if (g_str_equal (key, "oneOf") && hearth_value_is (value, ARRAY))
    hearth_builder_add (out, "anyOf", dup_each (value));
  else if (is_known (key, value))
    hearth_builder_add (out, key, hearth_value_ref (value));
  else if (!g_str_equal (key, "additionalProperties") && !g_str_equal (key, "$schema") && !g_str_equal (key, "$id"))
    add_remark (remarks, key, value);
}

static HearthValue *
with_remarks (HearthValue *schema,
              GString     *remarks)
{
  const char *description = hearth_value_get_member_string (schema, "description", "");
  g_autofree char *text = g_strdup_printf ("%s%s(%s)", description, *description != '\0' ? " " : "", remarks->str);
  g_autoptr (HearthValue) value = hearth_value_string (text);

  return hearth_value_with (schema, "description", value);
}

static HearthValue *
dup_any (HearthValue *schema)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  g_autoptr (GString) remarks = g_string_new (NULL);
  g_autoptr (HearthValue) known = NULL;

  if (!hearth_value_is (schema, OBJECT))
    return hearth_value_ref (schema);
  for (gsize i = 0; i < hearth_value_get_length (schema); i++)
    add_member (&out, remarks, hearth_value_key_at (schema, i), hearth_value_member_at (schema, i));
  if (g_str_equal (hearth_value_get_member_string (schema, "type", ""), "object"))
    hearth_builder_add (&out, "additionalProperties", hearth_value_boolean (FALSE));
  known = hearth_builder_end_object (&out);
  return remarks->len > 0 ? with_remarks (known, remarks) : g_steal_pointer (&known);
}

HearthValue *
_hearth_anthropic_dup_schema (HearthValue *schema)
{
  g_assert (schema != NULL);

  return dup_any (schema);
}
