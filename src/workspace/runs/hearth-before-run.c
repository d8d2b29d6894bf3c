/* hearth-before-run.c: does for a run of ours what a browser's node scripts do before theirs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-before-run.h"

HearthValue *
hearth_before_run_ask (HearthGraph  *graph,
                       HearthChance *chance)
{
  g_auto (HearthBuilder) changes = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (HEARTH_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (HEARTH_IS_CHANCE (chance), NULL);

  for (guint i = 0; i < hearth_graph_get_n_nodes (graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (graph, i);
      HearthValue *values = NULL;

      if (node->type != NULL && node->type->decl->before_run != NULL)
        values = node->type->decl->before_run (node->inputs, chance);
      if (hearth_value_is (values, OBJECT))
        hearth_builder_add (&changes, node->id, values);
      else
        g_clear_pointer (&values, hearth_value_unref);
    }
  return hearth_builder_end_object (&changes);
}

static void
set_inputs (HearthEdit  *edit,
            const char  *id,
            HearthValue *values)
{
  for (gsize i = 0; hearth_value_is (values, OBJECT) && i < hearth_value_get_length (values); i++)
    hearth_edit_set_input (edit, id, hearth_value_key_at (values, i), hearth_value_member_at (values, i));
}

void
hearth_before_run_set (HearthEdit  *edit,
                       HearthGraph *graph,
                       HearthValue *changes)
{
  g_return_if_fail (edit != NULL);
  g_return_if_fail (HEARTH_IS_GRAPH (graph));
  g_return_if_fail (hearth_value_is (changes, OBJECT));

  for (gsize i = 0; i < hearth_value_get_length (changes); i++)
    if (hearth_graph_get_node (graph, hearth_value_key_at (changes, i)) != NULL)
      set_inputs (edit, hearth_value_key_at (changes, i), hearth_value_member_at (changes, i));
}

void
hearth_before_run_apply (HearthEdit   *edit,
                         HearthGraph  *graph,
                         HearthChance *chance)
{
  g_autoptr (HearthValue) changes = hearth_before_run_ask (graph, chance);

  hearth_before_run_set (edit, graph, changes);
}
