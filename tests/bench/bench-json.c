/* bench-json.c: how fast JSON is read and written, beside json-glib
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line of JSON for each figure: the best of several rounds, in milliseconds.
 */

#include "config.h"

#include <json-glib/json-glib.h>

#include "hearth-json.h"

#define N_NODES 20000
#define N_ROUNDS 15

typedef void (*Work) (gpointer data);

/* What is measured: one document as text and in both forms in memory. */
typedef struct
{
  char *text;
  gsize length;
  HearthValue *value;
  JsonNode *node;
} Document;

static double
measure_round (Work     work,
               gpointer data)
{
  gint64 start = g_get_monotonic_time ();

  work (data);
  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* Both in turn, so that a slow moment of the machine hits both. */
static void
compare (const char     *name,
         const Document *document,
         Work            ours,
         const char     *other_name,
         Work            other)
{
  double best_ours = G_MAXDOUBLE;
  double best_other = G_MAXDOUBLE;
  g_autoptr (HearthValue) line = NULL;
  g_autofree char *printed = NULL;

  for (int round = 0; round < N_ROUNDS; round++)
    {
      best_ours = MIN (best_ours, measure_round (ours, (gpointer) document));
      best_other = MIN (best_other, measure_round (other, (gpointer) document));
    }
  line = hearth_value_object ("bench", hearth_value_string (name), "bytes",
                              hearth_value_integer ((gint64) document->length), "ms", hearth_value_double (best_ours),
                              other_name, hearth_value_double (best_other), "ratio",
                              hearth_value_double (best_other / best_ours), NULL);
  printed = hearth_json_print (line);
  g_print ("%s\n", printed);
}

/* --- the document ------------------------------------------------------------------------ */

static HearthValue *
make_position (GRand *random)
{
  /* Most nodes lie where the grid puts them, some where a zoomed drag left them. */
  double x = g_rand_double_range (random, -5000, 5000);
  double y = g_rand_double_range (random, -5000, 5000);
  gboolean is_free = g_rand_int_range (random, 0, 4) == 0;

  return hearth_value_object ("x", is_free ? hearth_value_double (x) : hearth_value_integer ((gint64) x), "y",
                              is_free ? hearth_value_double (y) : hearth_value_integer ((gint64) y), NULL);
}

static HearthValue *
make_node (guint  i,
           GRand *random)
{
  static const char *const types[] = { "core:TextMerge", "core:MathOperation", "core:CreateMessage", "core:NodeGroup" };
  static const char *const texts[] = { "plain text", "一段中文文字", "two\nlines with \"quotes\"", "" };
  g_autofree char *id = g_strdup_printf ("Node_%u", i);

  return hearth_value_object ("id", hearth_value_string (id), "type", hearth_value_string (types[i % 4]), "position",
                              make_position (random), "inputValues",
                              hearth_value_object ("text", hearth_value_string (texts[i / 4 % 4]), "amount",
                                                   hearth_value_double (g_rand_int_range (random, 0, 1000) / 100.0),
                                                   "on", hearth_value_boolean (i % 3 == 0), NULL),
                              NULL);
}

static HearthValue *
make_edge (guint i)
{
  g_autofree char *id = g_strdup_printf ("edge_%u", i);
  g_autofree char *source = g_strdup_printf ("Node_%u", i);
  g_autofree char *target = g_strdup_printf ("Node_%u", i + 1);

  return hearth_value_object ("id", hearth_value_string (id), "source", hearth_value_string (source), "target",
                              hearth_value_string (target), NULL);
}

static void
document_init (Document *self)
{
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) edges = HEARTH_BUILDER_INIT;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (HearthValue) value = NULL;

  for (guint i = 0; i < N_NODES; i++)
    {
      hearth_builder_add (&nodes, NULL, make_node (i, random));
      if (i % 2 == 0)
        hearth_builder_add (&edges, NULL, make_edge (i));
    }
  value = hearth_value_object ("name", hearth_value_string ("bench"), "nodes", hearth_builder_end_array (&nodes),
                               "edges", hearth_builder_end_array (&edges), NULL);
  self->text = hearth_json_print (value);
  self->length = strlen (self->text);
  self->value = hearth_json_parse (self->text, (gssize) self->length, NULL);
  self->node = json_from_string (self->text, NULL);
}

static void
document_clear (Document *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->value, hearth_value_unref);
  g_clear_pointer (&self->node, json_node_unref);
}

/* --- what is measured ---------------------------------------------------------------------- */

static void
parse_and_free (gpointer data)
{
  const Document *document = data;
  g_autoptr (HearthValue) value = hearth_json_parse (document->text, (gssize) document->length, NULL);

  g_assert_nonnull (value);
}

static void
parse_and_free_json_glib (gpointer data)
{
  const Document *document = data;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  g_assert_true (json_parser_load_from_data (parser, document->text, (gssize) document->length, NULL));
}

static void
print (gpointer data)
{
  const Document *document = data;
  g_autofree char *text = hearth_json_print (document->value);

  g_assert_nonnull (text);
}

static void
print_json_glib (gpointer data)
{
  const Document *document = data;
  g_autofree char *text = json_to_string (document->node, FALSE);

  g_assert_nonnull (text);
}

static JsonNode *
to_json_glib (const HearthValue *value)
{
  JsonNode *node = json_node_alloc ();
  JsonObject *object;
  JsonArray *array;

  switch (hearth_value_get_kind (value))
    {
    case HEARTH_VALUE_NULL:
      return json_node_init_null (node);
    case HEARTH_VALUE_BOOLEAN:
      return json_node_init_boolean (node, hearth_value_get_boolean (value));
    case HEARTH_VALUE_INTEGER:
      return json_node_init_int (node, hearth_value_get_integer (value));
    case HEARTH_VALUE_DOUBLE:
    case HEARTH_VALUE_BIG_NUMBER:
      return json_node_init_double (node, hearth_value_get_double (value));
    case HEARTH_VALUE_STRING:
      return json_node_init_string (node, hearth_value_get_string (value, NULL));
    case HEARTH_VALUE_ARRAY:
      array = json_array_sized_new ((guint) hearth_value_get_length (value));
      for (gsize i = 0; i < hearth_value_get_length (value); i++)
        json_array_add_element (array, to_json_glib (hearth_value_at (value, i)));
      json_node_init (node, JSON_NODE_ARRAY);
      json_node_take_array (node, array);
      return node;
    case HEARTH_VALUE_OBJECT:
      object = json_object_new ();
      for (gsize i = 0; i < hearth_value_get_length (value); i++)
        json_object_set_member (object, hearth_value_key_at (value, i), to_json_glib (hearth_value_member_at (value, i)));
      json_node_init (node, JSON_NODE_OBJECT);
      json_node_take_object (node, object);
      return node;
    default:
      g_assert_not_reached ();
    }
}

/* The objects of json-glib alone, without its parser: what a better parser for them could reach. */
static void
build_and_free_json_glib (gpointer data)
{
  const Document *document = data;
  g_autoptr (JsonNode) node = to_json_glib (document->value);

  g_assert_nonnull (node);
}

int
main (int   argc,
      char *argv[])
{
  Document document = { 0 };

  document_init (&document);
  compare ("json-parse", &document, parse_and_free, "jsonGlibMs", parse_and_free_json_glib);
  compare ("json-print", &document, print, "jsonGlibMs", print_json_glib);
  compare ("json-glib-objects", &document, build_and_free_json_glib, "jsonGlibParseMs", parse_and_free_json_glib);
  document_clear (&document);
  return 0;
}
