/* hearth-before-run.c: does for a run of ours what a browser's node scripts do before theirs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-before-run.h"

static void
set_inputs (HearthEdit  *edit,
            HearthNode  *node,
            HearthValue *values)
{
  g_autofree char *id = g_strdup (node->id);

  for (gsize i = 0; i < hearth_value_get_length (values); i++)
    hearth_edit_set_input (edit, id, hearth_value_key_at (values, i), hearth_value_member_at (values, i));
}

void
hearth_before_run_apply (HearthEdit   *edit,
                         HearthGraph  *graph,
                         HearthChance *chance)
{
  g_return_if_fail (edit != NULL);
  g_return_if_fail (HEARTH_IS_GRAPH (graph));
  g_return_if_fail (HEARTH_IS_CHANCE (chance));

  for (guint i = 0; i < hearth_graph_get_n_nodes (graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (graph, i);
      g_autoptr (HearthValue) values = NULL;

      if (node->type == NULL || node->type->decl->before_run == NULL)
        continue;
      values = node->type->decl->before_run (node->inputs, chance);
      if (hearth_value_is (values, OBJECT))
        set_inputs (edit, node, values);
    }
}
