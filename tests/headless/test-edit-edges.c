/* test-edit-edges.c: verbs that connect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "edits.h"

static void
assert_order (Fixture    *f,
              const char *expected)
{
  g_autoptr (GPtrArray) edges = hearth_graph_list_multi (f->graph, "t", "text_inputs");
  HearthValue *order = hearth_value_get (hearth_graph_get_node (f->graph, "t")->orders, "text_inputs");
  g_autoptr (GString) sources = g_string_new (NULL);

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      g_string_append (sources, edge->source);
      g_assert_cmpint (edge->target_index, ==, i);
      g_assert_cmpstr (hearth_value_get_string (hearth_value_at (order, i), NULL), ==, edge->id);
    }
  g_assert_cmpuint (order != NULL ? hearth_value_get_length (order) : 0, ==, edges->len);
  g_assert_cmpstr (sources->str, ==, expected);
}

static void
test_connect_single (Fixture      *f,
                     gconstpointer data)
{
  HearthEdge *edge = connect_slots (f, "m", "result", "o", "a", -1);
  g_autofree char *id = g_strdup (edge->id);

  g_assert_cmpuint (strlen (edge->id), ==, 10);
  g_assert_cmpstr (hearth_value_get_member_string (edge->stored, "targetHandle", NULL), ==, "a");
  /* The same again changes nothing, another source takes its place. */
  g_assert_true (connect_slots (f, "m", "result", "o", "a", -1) == edge);
  connect_slots (f, "n", "result", "o", "a", -1);
  assert_edges (f, "n.result>o.a");
  g_assert_null (hearth_graph_get_edge (f->graph, id));
  hearth_edit_disconnect (f->edit, hearth_graph_edge_at (f->graph, 0)->id);
  assert_edges (f, "");
  hearth_edit_disconnect (f->edit, "nobody");
  g_assert_cmpuint (f->batches, ==, 3);
}

static void
test_connect_multi (Fixture      *f,
                    gconstpointer data)
{
  HearthEdge *second;

  connect_slots (f, "m", "result", "t", "text_inputs", -1);
  second = connect_slots (f, "n", "result", "t", "text_inputs", -1);
  connect_slots (f, "o", "result", "t", "text_inputs", 0);
  assert_order (f, "omn");
  connect_slots (f, "m", "result", "t", "text_inputs__1", -1);
  assert_order (f, "ommn");
  hearth_edit_move_in_multi (f->edit, "t", "text_inputs", 0, 3);
  assert_order (f, "mmno");
  hearth_edit_move_in_multi (f->edit, "t", "text_inputs", 3, 2);
  assert_order (f, "mmon");
  hearth_edit_move_in_multi (f->edit, "t", "text_inputs", 0, 4);
  assert_order (f, "mmon");
  hearth_edit_disconnect (f->edit, second->id);
  assert_order (f, "mmo");
  while (hearth_graph_get_n_edges (f->graph) > 0)
    hearth_edit_disconnect (f->edit, hearth_graph_edge_at (f->graph, 0)->id);
  assert_stored (f, "t", "{\"id\":\"t\",\"type\":\"core:TextMerge\"}");
}

static void
test_refusals (Fixture      *f,
               gconstpointer data)
{
  static const struct
  {
    const char *source, *output, *target, *input, *why;
  } refused[] = {
    { "m", "result", "nobody", "a", "There is no node “nobody”." },
    { "m", "result", "m", "a", "A node cannot feed itself." },
    { "m", "nothing", "n", "value", "“Math” has no output “nothing”." },
    { "m", "result", "o", "value", "“Last” has no input “value”." },
    { "m", "result", "t", "separator__0", "“Merge texts” has no input “separator__0”." },
    { "v", "text", "o", "a", "“Text” gives text, but “a” takes number." },
    { "m", "result", "v", "button", "The input “button” cannot be connected." },
    { "m", "result", "v", "hidden", "The input “hidden” cannot be connected." },
    { "o", "result", "m", "a", "This would make a circle: “Math” already leads to “Last”." },
  };

  connect_slots (f, "m", "result", "n", "value", -1);
  connect_slots (f, "n", "result", "o", "a", -1);
  f->batches = 0;
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *why = hearth_graph_why_not_connect (f->graph, refused[i].source, refused[i].output,
                                                           refused[i].target, refused[i].input);

      g_assert_cmpstr (why, ==, refused[i].why);
      g_assert_null (hearth_edit_connect (f->edit, refused[i].source, refused[i].output, refused[i].target,
                                          refused[i].input, -1, &error));
      g_assert_error (error, HEARTH_GRAPH_ERROR, HEARTH_GRAPH_ERROR_REFUSED);
      g_assert_cmpstr (error->message, ==, refused[i].why);
    }
  g_assert_cmpuint (f->batches, ==, 0);
  g_assert_null (hearth_graph_why_not_connect (f->graph, "m", "result", "o", "b"));
}

/* Callers may name things by the graph's own texts, which the verb replaces or frees. */
static void
test_own_texts (Fixture      *f,
                gconstpointer data)
{
  HearthEdge *edge = connect_slots (f, "m", "result", "t", "text_inputs", -1);
  HearthNode *node = hearth_graph_get_node (f->graph, "n");
  const char *twice[] = { node->id, node->id, NULL };

  connect_slots (f, "o", "result", "t", "text_inputs", -1);
  hearth_edit_move_in_multi (f->edit, edge->target, edge->target_key, 0, 1);
  assert_order (f, "om");
  connect_slots (f, edge->source, edge->source_handle, edge->target, edge->target_handle, 0);
  assert_order (f, "mom");
  hearth_edit_disconnect (f->edit, edge->id);
  assert_order (f, "mo");
  hearth_edit_set_config (f->edit, node->id, hearth_value_key_at (node->config, 0), NULL);
  g_assert_null (node->config);
  hearth_edit_remove_nodes (f->edit, twice);
  g_assert_null (hearth_graph_get_node (f->graph, "n"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/edit/connect-single", PLAIN, test_connect_single);
  add_test ("/edit/connect-multi", PLAIN, test_connect_multi);
  add_test ("/edit/refusals", PLAIN, test_refusals);
  add_test ("/edit/own-texts", PLAIN, test_own_texts);
  return g_test_run ();
}
