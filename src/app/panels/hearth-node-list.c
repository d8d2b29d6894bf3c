/* hearth-node-list.c: all kinds of nodes, to be searched and picked from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-node-list.h"

#include "hearth-node-row.h"

struct _HearthNodeList
{
  AdwBin       parent_instance;

  /* template */
  GtkStack    *stack;
  GtkListBox  *list;
  GtkScrolledWindow *scroller;

  /* owned */
  char       **words; /* what is searched for, casefolded */
  HearthSlot  *fit;   /* or NULL */
  gboolean     fit_is_output;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthNodeList, hearth_node_list, ADW_TYPE_BIN)

static gboolean
is_searching (HearthNodeList *self)
{
  return self->words != NULL && self->words[0] != NULL;
}

static gboolean
fits (HearthNodeList *self,
      HearthNodeType *type)
{
  GPtrArray *slots = self->fit_is_output ? type->inputs : type->outputs;

  if (self->fit == NULL)
    return TRUE;
  for (guint i = 0; slots != NULL && i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);

      if (self->fit_is_output ? hearth_slot_can_connect (self->fit, slot)
                              : hearth_slot_can_connect (slot, self->fit))
        return TRUE;
    }
  return FALSE;
}

static gboolean
filter_row (GtkListBoxRow *row,
            gpointer       user_data)
{
  HearthNodeList *self = user_data;
  HearthNodeRow *node_row = HEARTH_NODE_ROW (row);

  return fits (self, hearth_node_row_get_type_of_node (node_row)) &&
         (!is_searching (self) || hearth_node_row_match (node_row, (const char *const *) self->words) > 0);
}

static int
compare_rows (GtkListBoxRow *a,
              GtkListBoxRow *b,
              gpointer       user_data)
{
  HearthNodeList *self = user_data;
  HearthNodeType *type_a = hearth_node_row_get_type_of_node (HEARTH_NODE_ROW (a));
  HearthNodeType *type_b = hearth_node_row_get_type_of_node (HEARTH_NODE_ROW (b));
  int order = 0;

  if (is_searching (self))
    order = (int) hearth_node_row_match (HEARTH_NODE_ROW (a), (const char *const *) self->words) -
            (int) hearth_node_row_match (HEARTH_NODE_ROW (b), (const char *const *) self->words);
  else
    order = g_utf8_collate (type_a->category_title, type_b->category_title);
  return order != 0 ? order : g_utf8_collate (type_a->title, type_b->title);
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  HearthNodeList *self = user_data;
  const char *category = hearth_node_row_get_type_of_node (HEARTH_NODE_ROW (row))->category_title;
  GtkWidget *label;

  if (is_searching (self) ||
      (before != NULL &&
       g_strcmp0 (category, hearth_node_row_get_type_of_node (HEARTH_NODE_ROW (before))->category_title) == 0))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = g_object_new (GTK_TYPE_LABEL, "label", category, "xalign", 0.0f, NULL);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "node-category");
  gtk_list_box_row_set_header (row, label);
}

static GtkListBoxRow *
find_visible (HearthNodeList *self,
              GtkWidget      *from,
              int             step)
{
  GtkWidget *child = from;

  if (child == NULL)
    child = step > 0 ? gtk_widget_get_first_child (GTK_WIDGET (self->list))
                     : gtk_widget_get_last_child (GTK_WIDGET (self->list));
  else
    child = step > 0 ? gtk_widget_get_next_sibling (child) : gtk_widget_get_prev_sibling (child);
  for (; child != NULL;
       child = step > 0 ? gtk_widget_get_next_sibling (child) : gtk_widget_get_prev_sibling (child))
    if (GTK_IS_LIST_BOX_ROW (child) && gtk_widget_get_child_visible (child))
      return GTK_LIST_BOX_ROW (child);
  return NULL;
}

static void
refresh (HearthNodeList *self)
{
  GtkListBoxRow *first;

  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_sort (self->list);
  gtk_list_box_invalidate_headers (self->list);
  first = find_visible (self, NULL, 1);
  gtk_stack_set_visible_child_name (self->stack, first != NULL ? "list" : "nothing");
  gtk_list_box_select_row (self->list, is_searching (self) || self->fit != NULL ? first : NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
pick (HearthNodeList *self,
      GtkListBoxRow  *row)
{
  g_signal_emit (self, signals[PICKED], 0, hearth_node_row_get_type_of_node (HEARTH_NODE_ROW (row))->id);
}

static void
row_activated_cb (HearthNodeList *self,
                  GtkListBoxRow  *row)
{
  g_assert (HEARTH_IS_NODE_LIST (self));

  pick (self, row);
}

static void
row_add_cb (HearthNodeList *self,
            HearthNodeRow  *row)
{
  g_assert (HEARTH_IS_NODE_LIST (self));

  pick (self, GTK_LIST_BOX_ROW (row));
}

static void
search_changed_cb (HearthNodeList *self,
                   GtkSearchEntry *entry)
{
  hearth_node_list_set_query (self, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static gboolean
entry_key_cb (HearthNodeList  *self,
              guint            keyval,
              guint            keycode,
              GdkModifierType  state)
{
  g_assert (HEARTH_IS_NODE_LIST (self));

  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up)
    hearth_node_list_move_selection (self, keyval == GDK_KEY_Down ? 1 : -1);
  else if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    hearth_node_list_pick_selected (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
hearth_node_list_finalize (GObject *object)
{
  HearthNodeList *self = HEARTH_NODE_LIST (object);

  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->fit, hearth_slot_unref);

  G_OBJECT_CLASS (hearth_node_list_parent_class)->finalize (object);
}

static void
hearth_node_list_class_init (HearthNodeListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_node_list_finalize;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-node-list.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthNodeList, stack);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeList, list);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeList, scroller);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
hearth_node_list_init (HearthNodeList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
  gtk_list_box_set_sort_func (self->list, compare_rows, self, NULL);
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
}

/* --- public ------------------------------------------------------------------------------- */

void
hearth_node_list_set_catalog (HearthNodeList *self,
                              HearthCatalog  *catalog)
{
  GtkListBoxRow *row;

  g_return_if_fail (HEARTH_IS_NODE_LIST (self));
  g_return_if_fail (HEARTH_IS_CATALOG (catalog));

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < hearth_catalog_get_size (catalog); i++)
    {
      GtkWidget *child = hearth_node_row_new (hearth_catalog_at (catalog, i));

      g_signal_connect_object (child, "add", G_CALLBACK (row_add_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, child);
    }
  refresh (self);
}

void
hearth_node_list_set_query (HearthNodeList *self,
                            const char     *query)
{
  g_autofree char *folded = NULL;
  g_autofree char *clean = NULL;

  g_return_if_fail (HEARTH_IS_NODE_LIST (self));

  folded = g_utf8_casefold (query != NULL ? query : "", -1);
  clean = g_strstrip (g_steal_pointer (&folded));
  g_clear_pointer (&self->words, g_strfreev);
  self->words = g_strsplit_set (clean, " \t", -1);
  if (*clean == '\0')
    g_clear_pointer (&self->words, g_strfreev);
  refresh (self);
}

void
hearth_node_list_set_fit (HearthNodeList *self,
                          HearthSlot     *slot,
                          gboolean        is_output)
{
  g_return_if_fail (HEARTH_IS_NODE_LIST (self));

  g_clear_pointer (&self->fit, hearth_slot_unref);
  self->fit = slot != NULL ? hearth_slot_ref (slot) : NULL;
  self->fit_is_output = is_output;
  refresh (self);
}

static void
scroll_to (HearthNodeList *self,
           GtkWidget      *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (row, GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

void
hearth_node_list_move_selection (HearthNodeList *self,
                                 int             step)
{
  GtkListBoxRow *row;

  g_return_if_fail (HEARTH_IS_NODE_LIST (self));

  row = find_visible (self, GTK_WIDGET (gtk_list_box_get_selected_row (self->list)), step);
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, row);
  scroll_to (self, GTK_WIDGET (row));
}

void
hearth_node_list_pick_selected (HearthNodeList *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (HEARTH_IS_NODE_LIST (self));

  row = gtk_list_box_get_selected_row (self->list);
  if (row == NULL)
    row = find_visible (self, NULL, 1);
  if (row != NULL)
    pick (self, row);
}

void
hearth_node_list_follow_entry (HearthNodeList *self,
                               GtkSearchEntry *entry)
{
  GtkEventController *keys;

  g_return_if_fail (HEARTH_IS_NODE_LIST (self));
  g_return_if_fail (GTK_IS_SEARCH_ENTRY (entry));

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (entry_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
  /* Not "search-changed", which comes later: Enter right after the last letter must find what it says. */
  g_signal_connect_object (entry, "changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
}
