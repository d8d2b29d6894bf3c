/* fuzz-body.c: whatever a client asks of a route, it is taken or refused as the OpenAPI document says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first line of an input is "POST /api/projects?limit=5", the rest is the body.
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "hearth-body-schema.h"
#include "hearth-json.h"
#include "hearth-router.h"

#include "fuzz.h"

/* --- what JSON Schema says, read a second time ---------------------------------------------------- */

static gboolean
is_of_type (HearthValue *value,
            const char  *type)
{
  static const char *const names[] = {
    [HEARTH_VALUE_NULL] = "null",      [HEARTH_VALUE_BOOLEAN] = "boolean",   [HEARTH_VALUE_INTEGER] = "integer",
    [HEARTH_VALUE_DOUBLE] = "number",  [HEARTH_VALUE_BIG_NUMBER] = "number", [HEARTH_VALUE_STRING] = "string",
    [HEARTH_VALUE_ARRAY] = "array",    [HEARTH_VALUE_OBJECT] = "object",
  };

  return g_str_equal (type, names[hearth_value_get_kind (value)])
         || (g_str_equal (type, "number") && hearth_value_is (value, INTEGER));
}

static gboolean
fits_type (HearthValue *value,
           HearthValue *type)
{
  if (type == NULL || hearth_value_is (type, STRING))
    return type == NULL || is_of_type (value, hearth_value_get_string (type, NULL));
  for (gsize i = 0; i < hearth_value_get_length (type); i++)
    if (is_of_type (value, hearth_value_get_string (hearth_value_at (type, i), NULL)))
      return TRUE;
  return FALSE;
}

static gboolean
fits_length (HearthValue *value,
             HearthValue *schema)
{
  gboolean is_list = hearth_value_is (value, ARRAY);
  gint64 length = (gint64) hearth_value_get_length (value);
  gsize bytes;
  const char *text;

  if (!is_list && !hearth_value_is (value, STRING))
    return TRUE;
  if (!is_list)
    {
      text = hearth_value_get_string (value, &bytes);
      length = 0;
      for (gsize i = 0; i < bytes; i++)
        length += ((guchar) text[i] & 0xc0) != 0x80;
    }
  return length >= hearth_value_get_member_integer (schema, is_list ? "minItems" : "minLength", 0)
         && length <= hearth_value_get_member_integer (schema, is_list ? "maxItems" : "maxLength", G_MAXINT64);
}

static gboolean
fits_range (HearthValue *value,
            HearthValue *schema)
{
  HearthValue *minimum = hearth_value_get (schema, "minimum");
  HearthValue *maximum = hearth_value_get (schema, "maximum");

  return !hearth_value_is_number (value)
         || ((minimum == NULL || hearth_value_get_double (value) >= hearth_value_get_double (minimum))
             && (maximum == NULL || hearth_value_get_double (value) <= hearth_value_get_double (maximum)));
}

static gboolean
fits_enum (HearthValue *value,
           HearthValue *list)
{
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    if (hearth_value_equal (value, hearth_value_at (list, i)))
      return TRUE;
  return list == NULL;
}

static gboolean
fits_format (HearthValue *value,
             HearthValue *schema)
{
  const char *format = hearth_value_get_member_string (schema, "format", "");
  const char *text = hearth_value_is (value, STRING) ? hearth_value_get_string (value, NULL) : NULL;
  g_autoptr (GDateTime) date = NULL;

  if (text == NULL || !g_str_equal (format, "date-time"))
    return TRUE;
  date = g_date_time_new_from_iso8601 (text, NULL);
  return date != NULL && g_str_has_suffix (text, "Z");
}

static gboolean fits (HearthValue *value,
                      HearthValue *schema);

static gboolean
fits_items (HearthValue *value,
            HearthValue *items)
{
  for (gsize i = 0; items != NULL && hearth_value_is (value, ARRAY) && i < hearth_value_get_length (value); i++)
    if (!fits (hearth_value_at (value, i), items))
      return FALSE;
  return TRUE;
}

static gboolean
fits_members (HearthValue *value,
              HearthValue *schema)
{
  HearthValue *properties = hearth_value_get (schema, "properties");
  HearthValue *required = hearth_value_get (schema, "required");
  HearthValue *others = hearth_value_get (schema, "additionalProperties");

  if (!hearth_value_is (value, OBJECT))
    return TRUE;
  for (gsize i = 0; required != NULL && i < hearth_value_get_length (required); i++)
    if (hearth_value_get (value, hearth_value_get_string (hearth_value_at (required, i), NULL)) == NULL)
      return FALSE;
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    {
      HearthValue *property = hearth_value_get (properties, hearth_value_key_at (value, i));
      HearthValue *wanted = property != NULL ? property : others;

      if (wanted != NULL && !fits (hearth_value_member_at (value, i), wanted))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fits (HearthValue *value,
      HearthValue *schema)
{
  return fits_type (value, hearth_value_get (schema, "type")) && fits_length (value, schema)
         && fits_range (value, schema) && fits_enum (value, hearth_value_get (schema, "enum"))
         && fits_format (value, schema) && fits_items (value, hearth_value_get (schema, "items"))
         && fits_members (value, schema);
}

/* --- the target -------------------------------------------------------------------------------------- */

/* A list of reasons for each field that is named. */
static void
check_details (HearthValue *details)
{
  g_assert_true (hearth_value_is (details, OBJECT));
  g_assert_cmpuint (hearth_value_get_length (details), >, 0);
  for (gsize i = 0; i < hearth_value_get_length (details); i++)
    {
      HearthValue *reasons = hearth_value_member_at (details, i);

      g_assert_true (hearth_value_is (reasons, ARRAY));
      g_assert_true (*hearth_value_get_string (hearth_value_at (reasons, 0), NULL) != '\0');
    }
}

static void
check_object (HearthValue           *object,
              const HearthBodyField *fields)
{
  g_autoptr (HearthValue) details = hearth_body_check (object, fields);
  g_autoptr (HearthValue) schema = hearth_body_fields_to_schema (fields);
  g_autofree char *text = NULL;

  if (details != NULL)
    check_details (details);
  if (fits (object, schema) == (details == NULL))
    return;
  text = hearth_json_print (details != NULL ? details : schema);
  g_error ("The check and its description differ: %s", text);
}

/* As hearth-arguments.c does, but from text. */
static HearthValue *
read_query (const char            *query,
            const HearthBodyField *fields)
{
  g_autoptr (GHashTable) pairs = soup_form_decode (query);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (; fields->key != NULL; fields++)
    {
      const char *text = g_hash_table_lookup (pairs, fields->key);

      if (text != NULL && g_utf8_validate (text, -1, NULL))
        hearth_builder_add (&out, fields->key, hearth_body_read_query (fields, text));
    }
  return hearth_builder_end_object (&out);
}

static const HearthRoute *
find_route (const char *method,
            const char *path)
{
  g_autoptr (GHashTable) params = NULL;
  gboolean bad_path;
  const HearthRoute *route = hearth_router_match (method, path, &params, &bad_path);
  GHashTableIter iter;
  gpointer text;

  g_assert_true ((route == NULL) == (params == NULL));
  if (params == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, params);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    g_assert_true (g_utf8_validate (text, -1, NULL));
  return route;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const guint8 *end = size > 0 ? memchr (data, '\n', size) : NULL;
  g_autofree char *line = g_strndup ((const char *) data, end != NULL ? (gsize) (end - data) : size);
  g_auto (GStrv) words = g_strsplit (line, " ", 2);
  char *query = words[0] != NULL && words[1] != NULL ? strchr (words[1], '?') : NULL;
  const HearthRoute *route = NULL;

  if (query != NULL)
    *query++ = '\0';
  if (words[0] != NULL && words[1] != NULL)
    route = find_route (words[0], words[1]);
  if (route != NULL && route->query != NULL)
    {
      g_autoptr (HearthValue) object = read_query (query != NULL ? query : "", route->query);

      check_object (object, route->query);
    }
  if (route != NULL && route->fields != NULL && end != NULL)
    {
      g_autoptr (HearthValue) body = hearth_json_parse ((const char *) end + 1, (gssize) (data + size - end) - 1, NULL);

      if (body != NULL)
        check_object (body, route->fields);
    }
  return 0;
}
