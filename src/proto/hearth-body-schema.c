/* hearth-body-schema.c: the fields of a request, told as JSON Schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-body-schema.h"

static const char *
type_of (HearthValueKind kind)
{
  static const char *const names[] = {
    [HEARTH_VALUE_NULL] = "null",       [HEARTH_VALUE_BOOLEAN] = "boolean",    [HEARTH_VALUE_INTEGER] = "integer",
    [HEARTH_VALUE_DOUBLE] = "number",   [HEARTH_VALUE_BIG_NUMBER] = "number",  [HEARTH_VALUE_STRING] = "string",
    [HEARTH_VALUE_ARRAY] = "array",     [HEARTH_VALUE_OBJECT] = "object",
  };

  return names[kind];
}

/* One name, or a list of them; NULL when any will do. */
static HearthValue *
kinds_to_type (guint kinds)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (kinds == HEARTH_KINDS_ANY)
    return NULL;
  /* To JSON Schema a whole number is a number as well. */
  if ((kinds & HEARTH_KINDS_NUMBER) == HEARTH_KINDS_NUMBER)
    kinds &= ~(HEARTH_KIND (INTEGER) | HEARTH_KIND (BIG_NUMBER));
  for (guint kind = HEARTH_VALUE_NULL; kind <= HEARTH_VALUE_OBJECT; kind++)
    {
      if ((kinds & (1u << kind)) != 0)
        g_ptr_array_add (names, (gpointer) type_of (kind));
    }
  if (names->len == 1)
    return hearth_value_string (g_ptr_array_index (names, 0));
  g_ptr_array_add (names, NULL);
  return hearth_value_strv ((const char *const *) names->pdata);
}

static void
add_length (HearthBuilder         *out,
            const HearthBodyField *field)
{
  gboolean list = (field->kinds & HEARTH_KIND (ARRAY)) != 0;

  if (field->min_length > 0)
    hearth_builder_add (out, list ? "minItems" : "minLength", hearth_value_integer ((gint64) field->min_length));
  if (field->max_length > 0)
    hearth_builder_add (out, list ? "maxItems" : "maxLength", hearth_value_integer ((gint64) field->max_length));
}

static void
add_range (HearthBuilder         *out,
           const HearthBodyField *field)
{
  if (field->minimum >= field->maximum)
    return;
  hearth_builder_add (out, "minimum", hearth_value_double (field->minimum));
  hearth_builder_add (out, "maximum", hearth_value_double (field->maximum));
}

/* What an array holds, or an object with free keys. */
static void
add_contents (HearthBuilder         *out,
              const HearthBodyField *field)
{
  const HearthBodyField item = { .kinds = field->items != 0 ? field->items : HEARTH_KINDS_ANY, .members = field->members };

  if ((field->kinds & HEARTH_KIND (ARRAY)) != 0 && field->kinds != HEARTH_KINDS_ANY)
    hearth_builder_add (out, "items", hearth_body_field_to_schema (&item));
  if (field->entries != NULL)
    hearth_builder_add (out, "additionalProperties", hearth_body_field_to_schema (field->entries));
}

static void
add_members (HearthBuilder         *out,
             const HearthBodyField *fields)
{
  g_auto (HearthBuilder) properties = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) required = HEARTH_BUILDER_INIT;
  gboolean any = FALSE;

  for (; fields->key != NULL; fields++)
    {
      hearth_builder_add (&properties, fields->key, hearth_body_field_to_schema (fields));
      if (!fields->required)
        continue;
      hearth_builder_add_string (&required, NULL, fields->key);
      any = TRUE;
    }
  hearth_builder_add (out, "properties", hearth_builder_end_object (&properties));
  if (any)
    hearth_builder_add (out, "required", hearth_builder_end_array (&required));
}

HearthValue *
hearth_body_field_to_schema (const HearthBodyField *field)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (field != NULL, NULL);

  hearth_builder_add (&out, "type", kinds_to_type (field->kinds));
  hearth_builder_add_string (&out, "description", field->text);
  add_length (&out, field);
  add_range (&out, field);
  if (field->values != NULL)
    hearth_builder_add (&out, "enum", hearth_value_strv (field->values));
  if (field->format == HEARTH_BODY_FORMAT_DATE)
    hearth_builder_add_string (&out, "format", "date-time");
  if (field->secret)
    {
      hearth_builder_add_string (&out, "format", "password");
      hearth_builder_add (&out, "writeOnly", hearth_value_boolean (TRUE));
    }
  add_contents (&out, field);
  if (field->members != NULL && (field->kinds & HEARTH_KIND (OBJECT)) != 0)
    add_members (&out, field->members);
  return hearth_builder_end_object (&out);
}

HearthValue *
hearth_body_fields_to_schema (const HearthBodyField *fields)
{
  const HearthBodyField object = { .kinds = HEARTH_KIND (OBJECT), .members = fields };

  return hearth_body_field_to_schema (&object);
}
