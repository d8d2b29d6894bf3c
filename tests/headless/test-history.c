/* test-history.c: undo and redo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-history.h"
#include "test-types.h"

static void
push_name (HearthHistory *history,
           HearthGraph   *graph,
           const char    *name,
           const char    *merge_key)
{
  HearthEdit *edit = hearth_edit_new (graph, name);
  g_autoptr (HearthValue) value = hearth_value_string (name);

  hearth_edit_set_property (edit, "name", value);
  hearth_history_push (history, edit, merge_key);
}

static void
count_cb (HearthHistory *history,
          guint         *count)
{
  (*count)++;
}

static void
test_steps (void)
{
  g_autoptr (HearthGraph) graph = test_graph_read ("greeter.json");
  g_autoptr (HearthHistory) history = hearth_history_new (graph);
  guint count = 0;

  g_signal_connect (history, "changed", G_CALLBACK (count_cb), &count);
  g_assert_false (hearth_history_undo (history));
  g_assert_false (hearth_history_redo (history));
  g_assert_null (hearth_history_get_undo_label (history));
  push_name (history, graph, "A", NULL);
  push_name (history, graph, "B", NULL);
  push_name (history, graph, "B", NULL); /* says nothing new */
  g_assert_cmpuint (hearth_history_get_length (history), ==, 2);
  g_assert_cmpuint (count, ==, 2);
  g_assert_cmpstr (hearth_history_get_undo_label (history), ==, "B");
  g_assert_null (hearth_history_get_redo_label (history));

  g_assert_true (hearth_history_undo (history));
  g_assert_cmpstr (hearth_graph_get_name (graph), ==, "A");
  g_assert_cmpstr (hearth_history_get_redo_label (history), ==, "B");
  g_assert_cmpuint (hearth_history_get_position (history), ==, 1);
  g_assert_true (hearth_history_redo (history));
  g_assert_cmpstr (hearth_graph_get_name (graph), ==, "B");
  hearth_history_go_to (history, 0);
  g_assert_cmpstr (hearth_graph_get_name (graph), ==, "Greeter");
  g_assert_cmpuint (count, ==, 5);

  /* A new step forgets what was undone. */
  push_name (history, graph, "C", NULL);
  g_assert_cmpuint (hearth_history_get_length (history), ==, 1);
  g_assert_cmpstr (hearth_history_get_label (history, 0), ==, "C");
  g_assert_false (hearth_history_redo (history));
}

static void
test_merge (void)
{
  g_autoptr (HearthGraph) graph = test_graph_read ("greeter.json");
  g_autoptr (HearthHistory) history = hearth_history_new (graph);

  push_name (history, graph, "h", "name");
  push_name (history, graph, "he", "name");
  push_name (history, graph, "hel", "name");
  g_assert_cmpuint (hearth_history_get_length (history), ==, 1);
  hearth_history_undo (history);
  g_assert_cmpstr (hearth_graph_get_name (graph), ==, "Greeter");
  hearth_history_redo (history);
  g_assert_cmpstr (hearth_graph_get_name (graph), ==, "hel");

  /* Not across an undo, not with another key, not without one, not much later. */
  push_name (history, graph, "1", "name");
  g_assert_cmpuint (hearth_history_get_length (history), ==, 2);
  push_name (history, graph, "2", "other");
  push_name (history, graph, "3", NULL);
  push_name (history, graph, "4", NULL);
  push_name (history, graph, "5", "late");
  g_usleep (1100 * 1000);
  push_name (history, graph, "6", "late");
  g_assert_cmpuint (hearth_history_get_length (history), ==, 7);
}

static void
test_saved (void)
{
  g_autoptr (HearthGraph) graph = test_graph_read ("greeter.json");
  g_autoptr (HearthHistory) history = hearth_history_new (graph);

  g_assert_true (hearth_history_is_saved (history));
  push_name (history, graph, "A", "name");
  g_assert_false (hearth_history_is_saved (history));
  hearth_history_mark_saved (history);
  g_assert_true (hearth_history_is_saved (history));
  /* What lies on disk is a step of its own: it can be reached again. */
  push_name (history, graph, "B", "name");
  g_assert_cmpuint (hearth_history_get_length (history), ==, 2);
  g_assert_false (hearth_history_is_saved (history));
  hearth_history_undo (history);
  g_assert_true (hearth_history_is_saved (history));
  hearth_history_undo (history);
  g_assert_false (hearth_history_is_saved (history));
  /* The saved state lies on a branch that is given up: nothing leads back to it. */
  push_name (history, graph, "C", NULL);
  g_assert_false (hearth_history_is_saved (history));
  hearth_history_undo (history);
  g_assert_false (hearth_history_is_saved (history));
  hearth_history_clear (history);
  g_assert_true (hearth_history_is_saved (history));
  g_assert_cmpuint (hearth_history_get_length (history), ==, 0);
}

/* --- any edits at all ------------------------------------------------------------------ */

static const char *
random_node (HearthGraph *graph,
             GRand       *rand)
{
  guint n = hearth_graph_get_n_nodes (graph);

  return n > 0 ? hearth_graph_node_at (graph, g_rand_int_range (rand, 0, n))->id : "nobody";
}

static const char *
random_frame (HearthGraph *graph,
              GRand       *rand)
{
  const char *id = random_node (graph, rand);
  HearthNode *node = hearth_graph_get_node (graph, id);

  return node != NULL && hearth_node_is_frame (node) ? id : NULL;
}

static void
connect_random (HearthEdit  *edit,
                HearthGraph *graph,
                GRand       *rand)
{
  HearthNode *source = hearth_graph_get_node (graph, random_node (graph, rand));
  HearthNode *target = hearth_graph_get_node (graph, random_node (graph, rand));
  g_autoptr (GPtrArray) outputs = NULL;
  g_autoptr (GPtrArray) inputs = NULL;

  if (source == NULL || target == NULL)
    return;
  outputs = hearth_graph_list_outputs (graph, source);
  inputs = hearth_graph_list_inputs (graph, target);
  if (outputs->len == 0 || inputs->len == 0)
    return;
  hearth_edit_connect (edit, source->id,
                       ((HearthSlot *) outputs->pdata[g_rand_int_range (rand, 0, outputs->len)])->key, target->id,
                       ((HearthSlot *) inputs->pdata[g_rand_int_range (rand, 0, inputs->len)])->key,
                       g_rand_int_range (rand, -1, 3), NULL);
}

static void
paste_random (HearthEdit  *edit,
              HearthGraph *graph,
              GRand       *rand)
{
  const char *ids[] = { random_node (graph, rand), random_node (graph, rand), random_node (graph, rand), NULL };
  g_autoptr (HearthValue) fragment = hearth_graph_copy (graph, ids);
  g_auto (GStrv) made = hearth_edit_paste (edit, fragment, 10, 10, NULL);
}

static void
disconnect_random (HearthEdit  *edit,
                   HearthGraph *graph,
                   GRand       *rand)
{
  guint n = hearth_graph_get_n_edges (graph);

  if (n > 0)
    hearth_edit_disconnect (edit, hearth_graph_edge_at (graph, g_rand_int_range (rand, 0, n))->id);
}

static void
reorder_random (HearthEdit  *edit,
                HearthGraph *graph,
                GRand       *rand)
{
  const char *id = random_node (graph, rand);

  hearth_edit_move_in_multi (edit, id, "text_inputs", g_rand_int_range (rand, 0, 3), g_rand_int_range (rand, 0, 3));
  hearth_edit_move_in_multi (edit, id, "message_inputs", g_rand_int_range (rand, 0, 3), g_rand_int_range (rand, 0, 3));
}

static void
edit_node_random (HearthEdit  *edit,
                  HearthGraph *graph,
                  GRand       *rand)
{
  static const char *const types[] = { "core:TextMerge",   "core:CreateMessage", "core:MathOperation",
                                       "core:GroupOutput", "core:frame",         "test:Various" };
  const char *id = random_node (graph, rand);
  const char *one[] = { id, random_node (graph, rand), NULL };

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
    case 1:
      hearth_edit_add_node (edit, types[g_rand_int_range (rand, 0, G_N_ELEMENTS (types))],
                            g_rand_int_range (rand, -500, 500), g_rand_double (rand), NULL);
      break;
    case 2:
      hearth_edit_remove_nodes (edit, one);
      break;
    case 3:
      hearth_edit_move_node (edit, id, g_rand_int_range (rand, -500, 500), g_rand_double (rand));
      break;
    case 4:
      hearth_edit_set_parent (edit, id, random_frame (graph, rand));
      break;
    default:
      hearth_edit_resize_node (edit, id, g_rand_int_range (rand, 160, 900), g_rand_int_range (rand, 0, 2) * 100);
      break;
    }
}

static void
edit_value_random (HearthEdit  *edit,
                   HearthGraph *graph,
                   GRand       *rand)
{
  static const char *const keys[] = { "role", "content", "a", "value", "object", "separator" };
  static const char *const modes[] = { "add", "sqrt", "unheard" };
  const char *id = random_node (graph, rand);
  g_autoptr (HearthValue) number = hearth_value_integer (g_rand_int_range (rand, 0, 3));
  g_autoptr (HearthValue) mode = hearth_value_string (modes[g_rand_int_range (rand, 0, 3)]);
  g_autoptr (HearthValue) slot = test_parse ("{\"dataFlowType\":\"FLOAT\",\"displayName\":\"n\"}");
  gboolean some = g_rand_boolean (rand);

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
      hearth_edit_set_input (edit, id, keys[g_rand_int_range (rand, 0, G_N_ELEMENTS (keys))], some ? number : NULL);
      break;
    case 1:
      hearth_edit_set_config (edit, id, "operationMode", some ? mode : NULL);
      break;
    case 2:
      hearth_edit_rename_node (edit, id, some ? "Name" : NULL);
      break;
    case 3:
      hearth_edit_set_bypassed (edit, id, some);
      break;
    case 4:
      hearth_edit_set_property (edit, g_rand_boolean (rand) ? "name" : "fresh", some ? mode : NULL);
      break;
    default:
      hearth_edit_set_interface (edit, g_rand_boolean (rand), g_rand_boolean (rand) ? "input_0" : "output_0",
                                 some ? slot : NULL);
      break;
    }
}

static void
edit_random (HearthEdit  *edit,
             HearthGraph *graph,
             GRand       *rand)
{
  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
    case 1:
      edit_node_random (edit, graph, rand);
      break;
    case 2:
    case 3:
      connect_random (edit, graph, rand);
      break;
    case 4:
      disconnect_random (edit, graph, rand);
      break;
    case 5:
      reorder_random (edit, graph, rand);
      break;
    case 6:
      edit_value_random (edit, graph, rand);
      break;
    default:
      if (g_rand_int_range (rand, 0, 4) == 0)
        paste_random (edit, graph, rand);
      break;
    }
}

/* What is derived must say the same as a graph read anew from the same text. */
static void
assert_consistent (HearthGraph *graph)
{
  g_autoptr (HearthValue) value = hearth_graph_to_value (graph);
  g_autoptr (HearthGraph) fresh = test_graph_from_value (value);

  g_assert_cmpuint (hearth_graph_get_n_nodes (graph), ==, hearth_graph_get_n_nodes (fresh));
  for (guint i = 0; i < hearth_graph_get_n_nodes (graph); i++)
    {
      const char *id = hearth_graph_node_at (graph, i)->id;
      GPtrArray *in = hearth_graph_get_edges_in (graph, id);
      GPtrArray *fresh_in = hearth_graph_get_edges_in (fresh, id);

      g_assert_cmpstr (hearth_graph_node_at (fresh, i)->id, ==, id);
      g_assert_cmpuint (in->len, ==, fresh_in->len);
      for (guint j = 0; j < in->len; j++)
        g_assert_cmpstr (((HearthEdge *) in->pdata[j])->id, ==, ((HearthEdge *) fresh_in->pdata[j])->id);
      g_assert_cmpuint (hearth_graph_get_edges_out (graph, id)->len, ==, hearth_graph_get_edges_out (fresh, id)->len);
    }
}

static void
test_random (gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  g_autoptr (HearthGraph) graph = test_graph_read ("greeter.json");
  g_autoptr (HearthHistory) history = hearth_history_new (graph);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (states, test_print (graph));
  for (guint i = 0; i < 250; i++)
    {
      HearthEdit *edit = hearth_edit_new (graph, "Random");
      guint before = hearth_history_get_length (history);

      for (int verbs = g_rand_int_range (rand, 1, 5); verbs > 0; verbs--)
        edit_random (edit, graph, rand);
      hearth_history_push (history, edit, NULL);
      if (hearth_history_get_length (history) > before)
        g_ptr_array_add (states, test_print (graph));
    }
  g_assert_cmpuint (states->len, >, 100);
  assert_consistent (graph);

  for (guint walk = 0; walk < 40; walk++)
    {
      guint position = walk == 0 ? 0 : walk == 1 ? states->len - 1 : (guint) g_rand_int_range (rand, 0, states->len);
      g_autofree char *text = NULL;

      hearth_history_go_to (history, position);
      text = test_print (graph);
      g_assert_cmpstr (text, ==, g_ptr_array_index (states, position));
      assert_consistent (graph);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/steps", test_steps);
  g_test_add_func ("/history/merge", test_merge);
  g_test_add_func ("/history/saved", test_saved);
  for (guint seed = 1; seed <= 8; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/history/random/%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_random);
    }
  return g_test_run ();
}
