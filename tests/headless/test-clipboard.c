/* test-clipboard.c: nodes that are copied and put in again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "edits.h"

static void
test_copy (Fixture      *f,
           gconstpointer data)
{
  const char *ids[] = { "MergeMessages_1", "CreateMessage_1", NULL };
  g_autoptr (HearthValue) fragment = hearth_graph_copy (f->graph, ids);
  g_autofree char *text = hearth_json_print (fragment);

  g_assert_cmpstr (text, ==,
                   "{\"source\":\"ComfyTavernWorkflowFragment\",\"version\":\"1.0\",\"data\":{\"nodes\":["
                   "{\"id\":\"CreateMessage_1\",\"type\":\"core:CreateMessage\",\"position\":{\"x\":620,\"y\":100},"
                   "\"width\":300,\"inputValues\":{\"role\":\"system\"}},"
                   "{\"id\":\"MergeMessages_1\",\"type\":\"core:MergeMessages\",\"position\":{\"x\":980,\"y\":160},"
                   "\"inputValues\":{\"message_inputs\":[null,null]},\"inputConnectionOrders\":{\"message_inputs\":"
                   "[\"Vb1cD2eF3g\",\"Hh4jK5lM6n\"]}}],\"edges\":["
                   "{\"id\":\"Vb1cD2eF3g\",\"source\":\"CreateMessage_1\",\"target\":\"MergeMessages_1\","
                   "\"sourceHandle\":\"messages\",\"targetHandle\":\"message_inputs__0\"}]}}");
}

static void
test_paste (Fixture      *f,
            gconstpointer data)
{
  const char *ids[] = { "MergeMessages_1", "CreateMessage_1", "frame-1718000000000", "CreateMessage_2", NULL };
  g_autoptr (HearthValue) fragment = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) made = NULL;
  g_autoptr (GPtrArray) edges = NULL;
  HearthNode *merge, *inner, *frame;
  HearthValue *order;

  hearth_edit_move_in_multi (f->edit, "MergeMessages_1", "message_inputs", 0, 1);
  fragment = hearth_graph_copy (f->graph, ids);
  made = hearth_edit_paste (f->edit, fragment, 1000, 2000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (made), ==, 4);
  g_assert_cmpstr (made[0], ==, "CreateMessage_3");
  g_assert_cmpstr (made[1], ==, "MergeMessages_2");
  g_assert_cmpstr (made[2], ==, "CreateMessage_4");
  g_assert_true (g_str_has_prefix (made[3], "frame-"));

  /* The top left corner is that of the frame; what lies in it moved along. */
  inner = hearth_graph_get_node (f->graph, made[0]);
  merge = hearth_graph_get_node (f->graph, made[1]);
  frame = hearth_graph_get_node (f->graph, made[3]);
  g_assert_cmpstr (inner->parent, ==, made[3]);
  g_assert_cmpfloat (inner->x, ==, 20);
  g_assert_cmpfloat (frame->x, ==, 1000);
  g_assert_cmpfloat (frame->y, ==, 2000);
  g_assert_cmpfloat (merge->x, ==, 1380);

  /* Edges are new, and the order was taken over under their new ids. */
  edges = hearth_graph_list_multi (f->graph, made[1], "message_inputs");
  g_assert_cmpuint (edges->len, ==, 2);
  g_assert_cmpstr (((HearthEdge *) edges->pdata[0])->source, ==, made[2]);
  g_assert_cmpstr (((HearthEdge *) edges->pdata[1])->source, ==, made[0]);
  g_assert_cmpstr (((HearthEdge *) edges->pdata[1])->target_handle, ==, "message_inputs__1");
  order = hearth_value_get (merge->orders, "message_inputs");
  g_assert_cmpuint (hearth_value_get_length (order), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (hearth_value_get_string (hearth_value_at (order, i), NULL), ==,
                     ((HearthEdge *) edges->pdata[i])->id);
}

static void
test_paste_refusals (Fixture      *f,
                     gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *message;
  } refused[] = {
    { "5", "What was copied is not part of a workflow. Copy nodes first." },
    { "{\"nodes\":[],\"edges\":[]}", "What was copied is not part of a workflow. Copy nodes first." },
    { "{\"source\":\"ComfyTavernWorkflowFragment\",\"data\":{\"nodes\":[{\"id\":\"a\",\"type\":5}]}}",
      "data.nodes[0].type: expected a string, found a number" },
    { "{\"source\":\"ComfyTavernWorkflowFragment\",\"data\":{\"nodes\":[],\"edges\":[{\"source\":\"a\"}]}}",
      "data.edges[0].target: expected a string, found nothing" },
    { "{\"source\":\"ComfyTavernWorkflowFragment\",\"data\":{\"nodes\":[{\"id\":\"a\",\"type\":\"t\"},"
      "{\"id\":\"a\",\"type\":\"t\"}]}}",
      "data.nodes[1].id: another node already has the id “a”; give one of them a new id" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (HearthValue) fragment = test_parse (refused[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (hearth_edit_paste (f->edit, fragment, 0, 0, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, refused[i].message);
    }
  g_assert_true (hearth_edit_is_empty (f->edit));
}

/* What other programs copy may be odd: stale orders, foreign parents, edges to elsewhere. */
static void
test_paste_foreign (Fixture      *f,
                    gconstpointer data)
{
  g_autoptr (HearthValue) fragment = test_parse (
    "{\"source\":\"ComfyTavernWorkflowFragment\",\"version\":\"1.0\",\"data\":{\"nodes\":["
    "{\"id\":\"a\",\"type\":\"elsewhere:Unheard\",\"parentNode\":\"gone\",\"secret\":[1]},"
    "{\"id\":\"b\",\"type\":\"core:TextMerge\",\"position\":{\"x\":5,\"y\":6},\"inputConnectionOrders\":"
    "{\"text_inputs\":[\"old\",3]}}],\"edges\":["
    "{\"id\":\"e\",\"source\":\"a\",\"target\":\"b\",\"sourceHandle\":\"o\",\"targetHandle\":\"text_inputs__4\"},"
    "{\"id\":\"e\",\"source\":\"a\",\"target\":\"b\",\"sourceHandle\":\"o\",\"targetHandle\":\"text_inputs__2\"},"
    "{\"id\":\"x\",\"source\":\"a\",\"target\":\"m\",\"sourceHandle\":\"o\",\"targetHandle\":\"a\"}]}}");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) made = hearth_edit_paste (f->edit, fragment, 100, 100, &error);
  HearthNode *node;
  g_autoptr (GPtrArray) edges = NULL;

  g_assert_no_error (error);
  node = hearth_graph_get_node (f->graph, made[0]);
  g_assert_cmpstr (node->id, ==, "Unheard_1");
  g_assert_null (node->parent);
  g_assert_nonnull (hearth_value_get (node->stored, "secret"));
  g_assert_cmpuint (hearth_graph_get_n_edges (f->graph), ==, 2);
  edges = hearth_graph_list_multi (f->graph, made[1], "text_inputs");
  g_assert_cmpuint (edges->len, ==, 2);
  g_assert_cmpint (((HearthEdge *) edges->pdata[1])->target_index, ==, 1);
}

static void
test_paste_many (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"source\":\"ComfyTavernWorkflowFragment\",\"data\":{\"nodes\":[");
  g_autoptr (HearthValue) fragment = NULL;
  g_auto (GStrv) made = NULL;
  gint64 start;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "%s{\"id\":\"%u\",\"type\":\"core:MathOperation\"}", i > 0 ? "," : "", i);
  g_string_append (text, "]}}");
  fragment = test_parse (text->str);
  start = g_get_monotonic_time ();
  made = hearth_edit_paste (f->edit, fragment, 0, 0, NULL);
  g_assert_cmpuint (g_strv_length (made), ==, 5000);
  g_assert_cmpstr (made[4999], ==, "MathOperation_5000");
  g_assert_cmpuint (f->batches, ==, 1);
  g_test_message ("5,000 nodes pasted in %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/edit/copy", "greeter.json", test_copy);
  add_test ("/edit/paste", "greeter.json", test_paste);
  add_test ("/edit/paste-refusals", PLAIN, test_paste_refusals);
  add_test ("/edit/paste-foreign", PLAIN, test_paste_foreign);
  add_test ("/edit/paste-many", "{\"nodes\":[]}", test_paste_many);
  return g_test_run ();
}
