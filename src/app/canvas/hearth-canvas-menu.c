/* hearth-canvas-menu.c: the context menu of a card, a wire, the void
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-i18n.h"

static void
append_section (GMenu *menu,
                const char *const *items)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; items[i] != NULL; i += 2)
    g_menu_append (section, _ (items[i]), items[i + 1]);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
append_card_items (GMenu *menu,
                   gboolean is_group)
{
  static const char *const enter[] = { N_ ("Enter Group"), "canvas.enter", NULL };
  static const char *const edit[] = { N_ ("Edit Value"), "canvas.edit", N_ ("Rename"), "canvas.rename", N_ ("Mute"),
                                      "canvas.bypass", NULL };
  static const char *const run[] = { N_ ("Run From Here"), "canvas.run-from", N_ ("Run To Here"), "canvas.run-to",
                                     N_ ("Pin Result"), "canvas.pin", NULL };
  static const char *const clipboard[] = { N_ ("Cut"),       "canvas.cut",       N_ ("Copy"), "canvas.copy",
                                           N_ ("Duplicate"), "canvas.duplicate", NULL };
  static const char *const group[] = { N_ ("Put a Frame Around"), "canvas.frame", N_ ("Disconnect"),
                                       "canvas.disconnect", NULL };
  static const char *const delete[] = { N_ ("Delete"), "canvas.delete", NULL };

  if (is_group)
    append_section (menu, enter);
  append_section (menu, edit);
  append_section (menu, run);
  append_section (menu, clipboard);
  append_section (menu, group);
  append_section (menu, delete);
}

static GMenu *
make_menu (HearthCanvas *self,
           const HearthHit *hit)
{
  static const char *const add[] = { N_ ("Add Node…"), "canvas.add-node", N_ ("Paste"), "canvas.paste", NULL };
  static const char *const view[] = { N_ ("Select All"), "canvas.select-all", N_ ("Show Everything"), "canvas.fit",
                                      NULL };
  static const char *const wire[] = { N_ ("Disconnect"), "canvas.delete", NULL };
  GMenu *menu = g_menu_new ();
  HearthNode *node = hit->node_id != NULL ? hearth_graph_get_node (self->graph, hit->node_id) : NULL;

  if (node != NULL)
    append_card_items (menu, g_str_equal (node->type_id, HEARTH_TYPE_ID_NODE_GROUP));
  else if (hit->kind == HEARTH_HIT_WIRE)
    append_section (menu, wire);
  else
    {
      append_section (menu, add);
      append_section (menu, view);
    }
  return menu;
}

void
hearth_canvas_popup_menu (HearthCanvas *self,
                          double wx,
                          double wy,
                          const HearthHit *hit)
{
  g_autoptr (GMenu) menu = make_menu (self, hit);

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (NULL);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), G_MENU_MODEL (menu));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) wx, (int) wy, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
