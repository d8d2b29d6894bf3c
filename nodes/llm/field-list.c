/* field-list.c: a JSON schema from a list of fields as people write them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "json-schema.h"

#include "shapes.h"

#include <string.h>

#include "hearth-i18n.h"

typedef struct
{
  HearthBuilder properties;
  HearthBuilder required;
  GHashTable   *names; /* borrowed from @lines */
} Fields;

static HearthValue *
make_text (void)
{
  return hearth_value_object ("type", hearth_value_string ("string"), NULL);
}

/* NULL: no such type. */
static HearthValue *
make_type (const char *type)
{
  static const struct
  {
    const char *word;
    const char *type;
  } types[] = {
    { "", "string" }, { "text", "string" }, { "string", "string" }, { "number", "number" }, { "float", "number" },
    { "integer", "integer" }, { "int", "integer" }, { "whole number", "integer" }, { "boolean", "boolean" },
    { "bool", "boolean" }, { "yes/no", "boolean" }, { "object", "object" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (types[i].word, type) == 0)
      return hearth_value_object ("type", hearth_value_string (types[i].type), NULL);
  if (g_ascii_strcasecmp (type, "date") == 0)
    return hearth_value_object ("type", hearth_value_string ("string"), "format", hearth_value_string ("date"),
                                "pattern", hearth_value_string ("^\\d{4}-\\d\\d-\\d\\d$"), NULL);
  if (g_ascii_strcasecmp (type, "list") == 0 || g_ascii_strcasecmp (type, "array") == 0)
    return hearth_value_object ("type", hearth_value_string ("array"), "items", make_text (), NULL);
  return NULL;
}

/* Cuts @line where @mark stands and returns what is behind it; "" when it does not stand there. */
static char *
split_at (char       *line,
          const char *mark)
{
  char *found = strstr (line, mark);

  if (found == NULL)
    return line + strlen (line);
  *found = '\0';
  return found + strlen (mark);
}

static gboolean
add_field (Fields  *self,
           char    *line,
           GError **error)
{
  char *description = hearth_shape_trim (split_at (line, " - "));
  char *type = hearth_shape_trim (split_at (line, ":"));
  char *name = hearth_shape_trim (line);
  gboolean optional = g_str_has_suffix (name, "?");
  g_autoptr(HearthValue) schema = make_type (type);
  g_autoptr(HearthValue) described = *description != '\0' ? hearth_value_string (description) : NULL;

  if (optional)
    name[strlen (name) - 1] = '\0';
  if (schema == NULL || *name == '\0')
    return hearth_shape_fail (error, N_("“%s” is no type of a field. Write name, or name: type, with text, number, integer, "
                                        "boolean, date, list or object."), type);
  if (!g_hash_table_add (self->names, name))
    return hearth_shape_fail (error, N_("The field “%s” stands there twice. Take one of them out."), name);
  hearth_builder_add (&self->properties, name, hearth_value_with (schema, "description", described));
  if (!optional)
    hearth_builder_add (&self->required, NULL, hearth_value_string (name));
  return TRUE;
}

HearthValue *
hearth_json_schema_from_fields (const char *fields,
                                GError    **error)
{
  g_auto(GStrv) lines = NULL;
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  Fields self = { HEARTH_BUILDER_INIT, HEARTH_BUILDER_INIT, names };
  gboolean good = TRUE;

  g_return_val_if_fail (fields != NULL, NULL);

  lines = g_strsplit_set (fields, strchr (fields, '\n') != NULL ? "\n" : ",", -1);
  for (guint i = 0; good && lines[i] != NULL; i++)
    {
      char *line = hearth_shape_trim (lines[i]);

      good = *line == '\0' || add_field (&self, line, error);
    }
  if (good && g_hash_table_size (names) == 0)
    good = hearth_shape_fail (error, N_("There are no fields. Write the name of one on each line."));
  if (good)
    return hearth_value_object ("type", hearth_value_string ("object"),
                                "properties", hearth_builder_end_object (&self.properties),
                                "required", hearth_builder_end_array (&self.required),
                                "additionalProperties", hearth_value_boolean (FALSE), NULL);
  hearth_builder_clear (&self.properties);
  hearth_builder_clear (&self.required);
  return NULL;
}
