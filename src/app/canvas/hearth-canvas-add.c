/* hearth-canvas-add.c: a new node on the canvas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-i18n.h"

/* Connects the new node to the slot the user came from, at the first slot that fits. */
static void
connect_new_node (HearthCanvas *self,
                  HearthEdit *edit,
                  HearthNode *node,
                  const char *from_node,
                  const char *from_key,
                  gboolean from_is_output)
{
  g_autoptr (GPtrArray) slots = from_is_output ? hearth_graph_list_inputs (self->graph, node)
                                               : hearth_graph_list_outputs (self->graph, node);

  for (guint i = 0; i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);
      const char *source = from_is_output ? from_node : node->id, *target = from_is_output ? node->id : from_node;
      const char *source_key = from_is_output ? from_key : slot->key, *target_key = from_is_output ? slot->key : from_key;
      g_autofree char *why = hearth_graph_why_not_connect (self->graph, source, source_key, target, target_key);

      if (why == NULL && !hearth_slot_is (slot, HIDE_HANDLE)
          && hearth_edit_connect (edit, source, source_key, target, target_key, -1, NULL) != NULL)
        return;
    }
}

void
hearth_canvas_add_node (HearthCanvas *self,
                        const char *type_id,
                        double x,
                        double y,
                        const char *from_node,
                        const char *from_key,
                        gboolean from_is_output)
{
  g_autoptr (HearthEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  HearthNode *node;

  g_return_if_fail (HEARTH_IS_CANVAS (self) && type_id != NULL);

  if (self->graph == NULL)
    return;
  edit = hearth_edit_new (self->graph, _ ("Add node"));
  node = hearth_edit_add_node (edit, type_id, hearth_card_layout_snap (x), hearth_card_layout_snap (y), &error);
  if (node == NULL)
    {
      hearth_canvas_say (self, error->message);
      return;
    }
  id = g_strdup (node->id);
  if (from_node != NULL && from_key != NULL)
    connect_new_node (self, edit, node, from_node, from_key, from_is_output);
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
  hearth_canvas_select (self, (const char *const[]){ id, NULL });
}
