/* hearth-openapi.c: the route table as an OpenAPI 3.1 document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-openapi.h"

#include "hearth-body-schema.h"
#include "hearth-examples.h"
#include "hearth-routes.h"

#define DESCRIPTION "The engine, the projects and the runs of Hearth on this computer. The same as docs/api.md, made from the " \
                    "program's own table of routes; a test sends every example and compares the answer."

/* --- parameters ------------------------------------------------------------------------------- */

static HearthValue *
parameter (const char            *name,
           const char            *place,
           gboolean               required,
           const HearthBodyField *field,
           HearthValue           *example)
{
  static const HearthBodyField text = { .kinds = HEARTH_KIND (STRING) };

  return hearth_value_object ("name", hearth_value_string (name),
                              "in", hearth_value_string (place),
                              "required", hearth_value_boolean (required),
                              "schema", hearth_body_field_to_schema (field != NULL ? field : &text),
                              "example", hearth_value_ref_or_null (example),
                              NULL);
}

/* "/a/:b" -> "/a/{b}", and a parameter for each such part. */
static char *
read_pattern (const HearthRoute *route,
              HearthValue       *example,
              HearthBuilder     *parameters)
{
  g_auto (GStrv) parts = g_strsplit (route->pattern, "/", -1);
  HearthValue *params = hearth_value_get (example, "params");

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = NULL;

      if (*parts[i] != ':' && *parts[i] != '*')
        continue;
      part = g_steal_pointer (&parts[i]);
      parts[i] = g_strdup_printf ("{%s}", part + 1);
      hearth_builder_add (parameters, NULL, parameter (part + 1, "path", TRUE, NULL, hearth_value_get (params, part + 1)));
    }
  return g_strjoinv ("/", parts);
}

static void
add_query (const HearthRoute *route,
           HearthValue       *example,
           HearthBuilder     *parameters)
{
  HearthValue *query = hearth_value_get (example, "query");

  for (const HearthBodyField *field = route->query; field != NULL && field->key != NULL; field++)
    hearth_builder_add (parameters, NULL,
                        parameter (field->key, "query", field->required, field, hearth_value_get (query, field->key)));
}

/* --- bodies ------------------------------------------------------------------------------------ */

static HearthValue *
content (const char  *type,
         HearthValue *schema,  /* taken */
         HearthValue *example) /* or NULL */
{
  g_autoptr (HearthValue) media = NULL;

  media = hearth_value_object ("schema", schema, "example", hearth_value_ref_or_null (example), NULL);
  return hearth_value_object (type, hearth_value_ref (media), NULL);
}

static HearthValue *
form_schema (void)
{
  static const HearthBodyField fields[] = {
    { .key = "files", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (STRING), .text = "Files, each as a part of its own" },
    { .key = NULL },
  };

  return hearth_body_fields_to_schema (fields);
}

static HearthValue *
request_body (const HearthRoute *route,
              HearthValue       *example)
{
  HearthValue *body = hearth_value_get (example, "body");

  switch (route->body)
    {
    case HEARTH_BODY_JSON:
      return content ("application/json",
                      route->fields != NULL ? hearth_body_fields_to_schema (route->fields) : hearth_value_empty_object (),
                      body);
    case HEARTH_BODY_BYTES:
      return content ("application/octet-stream", hearth_value_empty_object (), body);
    case HEARTH_BODY_FORM:
      return content ("multipart/form-data", route->fields != NULL ? hearth_body_fields_to_schema (route->fields) : form_schema (),
                      NULL);
    case HEARTH_BODY_NONE:
    default:
      return NULL;
    }
}

/* --- answers ------------------------------------------------------------------------------------ */

static HearthValue *
response (const char  *description,
          HearthValue *exchange)
{
  HearthValue *answer = hearth_value_get (exchange, "answer");
  HearthValue *text = hearth_value_get (exchange, "text");
  const char *type = hearth_value_get_member_string (exchange, "type", "text/plain");
  HearthValue *body = NULL;

  if (answer != NULL)
    body = content ("application/json", hearth_value_empty_object (), answer);
  else if (text != NULL)
    body = content (type, hearth_value_empty_object (), text);
  return hearth_value_object ("description", hearth_value_string (description), "content", body, NULL);
}

/* The first exchange of each status. */
static HearthValue *
responses (const HearthRoute *route,
           HearthValue       *exchanges)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (HearthValue) error = NULL;

  for (gsize i = 0; exchanges != NULL && i < hearth_value_get_length (exchanges); i++)
    {
      HearthValue *exchange = hearth_value_at (exchanges, i);
      gint64 status = hearth_value_get_member_integer (exchange, "status", SOUP_STATUS_OK);
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, status);

      if (g_hash_table_add (seen, GINT_TO_POINTER ((int) status)))
        hearth_builder_add (&out, key, response (status < 300 ? route->summary : soup_status_get_phrase ((guint) status), exchange));
    }
  error = hearth_value_object ("$ref", hearth_value_string (route->outcome ? "#/components/responses/Outcome"
                                                                            : "#/components/responses/Error"), NULL);
  hearth_builder_add (&out, "default", hearth_value_ref (error));
  return hearth_builder_end_object (&out);
}

/* --- the document --------------------------------------------------------------------------------- */

static HearthValue *
operation (const HearthRoute *route,
           const char        *tag,
           HearthExamples    *examples,
           char             **path)
{
  const char *const tags[] = { tag, NULL };
  g_autoptr (HearthValue) exchanges = hearth_examples_lookup (examples, route->name);
  HearthValue *example = exchanges != NULL ? hearth_value_at (exchanges, 0) : NULL;
  g_auto (HearthBuilder) parameters = HEARTH_BUILDER_INIT;
  HearthValue *body = request_body (route, example);

  *path = read_pattern (route, example, &parameters);
  add_query (route, example, &parameters);
  return hearth_value_object ("operationId", hearth_value_string (route->name),
                              "deprecated", route->same_as != NULL ? hearth_value_boolean (TRUE) : NULL,
                              "x-same-as", route->same_as != NULL ? hearth_value_string (route->same_as) : NULL,
                              "tags", hearth_value_strv (tags),
                              "summary", hearth_value_string (route->summary),
                              "parameters", hearth_builder_end_array (&parameters),
                              "requestBody", body != NULL ? hearth_value_object ("content", body, NULL) : NULL,
                              "responses", responses (route, exchanges),
                              NULL);
}

/* One object for each path, with its methods in it. */
static void
add_route (GHashTable        *paths, /* path -> HearthValue */
           GPtrArray         *order, /* of paths, borrowed from the table */
           const HearthRoute *route,
           const char        *tag,
           HearthExamples    *examples)
{
  g_autofree char *path = NULL;
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  g_autoptr (HearthValue) value = operation (route, tag, examples, &path);
  HearthValue *methods = g_hash_table_lookup (paths, path);

  if (methods != NULL)
    {
      g_hash_table_insert (paths, g_strdup (path), hearth_value_with (methods, method, value));
      return;
    }
  g_ptr_array_add (order, path);
  g_hash_table_insert (paths, g_steal_pointer (&path), hearth_value_with (NULL, method, value));
}

static HearthValue *
list_paths (HearthExamples *examples)
{
  g_autoptr (GHashTable) paths = NULL;
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  gsize n_sections;
  const HearthRouteSection *const *sections = hearth_routes_get_sections (&n_sections);

  paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hearth_value_unref);
  for (gsize s = 0; s < n_sections; s++)
    {
      for (gsize i = 0; i < sections[s]->n_routes; i++)
        add_route (paths, order, &sections[s]->routes[i], sections[s]->title, examples);
    }
  for (guint i = 0; i < order->len; i++)
    {
      const char *path = g_ptr_array_index (order, i);

      hearth_builder_add (&out, path, hearth_value_ref (g_hash_table_lookup (paths, path)));
    }
  return hearth_builder_end_object (&out);
}

/* The two forms in which errors are told (http-api.md 3). */
static HearthValue *
components (void)
{
  static const HearthBodyField error[] = {
    { .key = "error", .kinds = HEARTH_KIND (STRING), .required = TRUE, .text = "What is wrong and what to do, for people" },
    { .key = "details", .kinds = HEARTH_KIND (OBJECT), .text = "Field by field, where the request is not of the right form" },
    { .key = NULL },
  };
  static const HearthBodyField outcome[] = {
    { .key = "success", .kinds = HEARTH_KIND (BOOLEAN), .required = TRUE },
    { .key = "message", .kinds = HEARTH_KIND (STRING), .required = TRUE, .text = "What is wrong and what to do, for people" },
    { .key = NULL },
  };
  HearthValue *responses_ = hearth_value_object (
      "Error", hearth_value_object ("description", hearth_value_string ("It did not work."),
                                    "content", content ("application/json", hearth_body_fields_to_schema (error), NULL), NULL),
      "Outcome", hearth_value_object ("description", hearth_value_string ("It did not work."),
                                      "content", content ("application/json", hearth_body_fields_to_schema (outcome), NULL), NULL),
      NULL);

  return hearth_value_object ("responses", responses_, NULL);
}

HearthValue *
hearth_openapi_new (void)
{
  g_autoptr (HearthExamples) examples = hearth_examples_new ();

  return hearth_value_object ("openapi", hearth_value_string ("3.1.0"),
                              "info", hearth_value_object ("title", hearth_value_string ("Hearth"),
                                                           "version", hearth_value_string (HEARTH_VERSION),
                                                           "description", hearth_value_string (DESCRIPTION), NULL),
                              "paths", list_paths (examples),
                              "components", components (),
                              NULL);
}
