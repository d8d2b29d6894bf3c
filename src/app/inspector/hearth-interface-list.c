/* hearth-interface-list.c: the inputs and outputs of a workflow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-interface-list.h"

#include "hearth-display.h"
#include "hearth-interface-row.h"

#include "hearth-i18n.h"

struct _HearthInterfaceList
{
  AdwBin            parent_instance;

  /* template */
  GtkListBox       *inputs;
  GtkListBox       *outputs;
  GtkMenuButton    *add_input;
  GtkMenuButton    *add_output;

  /* owned */
  HearthEditorPage *page;
  GSignalGroup     *signals;
};

G_DEFINE_FINAL_TYPE (HearthInterfaceList, hearth_interface_list, ADW_TYPE_BIN)

static const char *
get_property_key (gboolean is_output)
{
  return is_output ? "interfaceOutputs" : "interfaceInputs";
}

static HearthGraph *
get_graph (HearthInterfaceList *self)
{
  return hearth_document_get_graph (hearth_editor_page_get_document (self->page));
}

static HearthValue *
get_slots (HearthInterfaceList *self,
           gboolean             is_output)
{
  HearthValue *slots = hearth_graph_get_property (get_graph (self), get_property_key (is_output));

  return hearth_value_is (slots, OBJECT) ? slots : NULL;
}

static gsize
count_slots (HearthValue *slots)
{
  return slots != NULL ? hearth_value_get_length (slots) : 0;
}

/* The open slot at the end belongs to the canvas. */
static gboolean
is_open_slot (HearthValue *entry)
{
  return g_strcmp0 (hearth_value_get_member_string (entry, "displayName", NULL), "*") == 0;
}

/* --- edits -------------------------------------------------------------------------------------------- */

static void
push (HearthInterfaceList *self,
      HearthEdit          *edit,
      const char          *merge_key)
{
  hearth_history_push (hearth_document_get_history (hearth_editor_page_get_document (self->page)), edit, merge_key);
}

static gboolean
is_in_outputs (HearthInterfaceList *self,
               GtkWidget           *row)
{
  return gtk_widget_is_ancestor (row, GTK_WIDGET (self->outputs));
}

static void
edited_cb (HearthInterfaceList *self,
           gpointer             entry,
           HearthInterfaceRow  *row)
{
  gboolean is_output = is_in_outputs (self, GTK_WIDGET (row));
  const char *key = hearth_interface_row_get_key (row);
  g_autofree char *merge_key = g_strdup_printf ("interface:%d:%s", is_output, key);
  HearthEdit *edit;

  g_assert (HEARTH_IS_INTERFACE_LIST (self));

  edit = hearth_edit_new (get_graph (self), _("Change interface"));
  hearth_edit_set_interface (edit, is_output, key, entry);
  push (self, edit, merge_key);
}

/* The entries in a new order are one property; wires are not concerned. */
static void
move_slot (HearthInterfaceList *self,
           const char          *key,
           gboolean             is_output,
           int                  step)
{
  HearthValue *slots = get_slots (self, is_output);
  gsize n = count_slots (slots);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) moved = NULL;
  HearthEdit *edit;
  guint from;
  int to;

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (keys, (gpointer) hearth_value_key_at (slots, i));
  if (!g_ptr_array_find_with_equal_func (keys, key, g_str_equal, &from))
    return;
  to = (int) from + step;
  if (to < 0 || to >= (int) n || is_open_slot (hearth_value_member_at (slots, to)))
    return;
  key = g_ptr_array_steal_index (keys, from);
  g_ptr_array_insert (keys, to, (gpointer) key);
  for (gsize i = 0; i < n; i++)
    hearth_builder_add (&builder, g_ptr_array_index (keys, i),
                        hearth_value_ref (hearth_value_get (slots, g_ptr_array_index (keys, i))));
  moved = hearth_builder_end_object (&builder);
  edit = hearth_edit_new (get_graph (self), _("Reorder interface"));
  hearth_edit_set_property (edit, get_property_key (is_output), moved);
  push (self, edit, NULL);
}

static void
verb_cb (HearthInterfaceList *self,
         int                  verb,
         HearthInterfaceRow  *row)
{
  gboolean is_output = is_in_outputs (self, GTK_WIDGET (row));
  g_autofree char *key = g_strdup (hearth_interface_row_get_key (row));
  HearthEdit *edit;

  g_assert (HEARTH_IS_INTERFACE_LIST (self));

  if (verb != HEARTH_INTERFACE_REMOVE)
    {
      move_slot (self, key, is_output, verb == HEARTH_INTERFACE_UP ? -1 : 1);
      return;
    }
  edit = hearth_edit_new (get_graph (self), is_output ? _("Remove output") : _("Remove input"));
  hearth_edit_set_interface (edit, is_output, key, NULL);
  push (self, edit, NULL);
}

static char *
make_key (HearthInterfaceList *self,
          gboolean             is_output)
{
  HearthValue *slots = get_slots (self, is_output);

  for (guint i = 1;; i++)
    {
      g_autofree char *key = g_strdup_printf (is_output ? "output_%u" : "input_%u", i);

      if (hearth_value_get (slots, key) == NULL)
        return g_steal_pointer (&key);
    }
}

static void
add (HearthInterfaceList *self,
     gboolean             is_output,
     HearthDataType       type)
{
  g_autofree char *key = NULL;
  g_autoptr (HearthValue) entry = NULL;
  HearthEdit *edit;

  if (self->page == NULL)
    return;
  key = make_key (self, is_output);
  entry = hearth_value_object ("key", hearth_value_string (key),
                               "displayName", hearth_value_string (is_output ? _("Output") : _("Input")),
                               "dataFlowType", hearth_value_string (hearth_data_type_to_string (type)),
                               NULL);
  edit = hearth_edit_new (get_graph (self), is_output ? _("Add output") : _("Add input"));
  hearth_edit_set_interface (edit, is_output, key, entry);
  push (self, edit, NULL);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  gboolean is_output;
  guint type;

  g_variant_get (parameter, "(bu)", &is_output, &type);
  if (type < HEARTH_N_DATA_TYPES)
    add (HEARTH_INTERFACE_LIST (widget), is_output, type);
}

/* --- the lists ------------------------------------------------------------------------------------------- */

static gboolean
shows_same_keys (GtkListBox  *list,
                 HearthValue *slots)
{
  gsize n = 0;

  for (gsize i = 0; i < count_slots (slots); i++)
    {
      GtkListBoxRow *row;

      if (is_open_slot (hearth_value_member_at (slots, i)))
        continue;
      row = gtk_list_box_get_row_at_index (list, n++);
      if (row == NULL || !g_str_equal (hearth_interface_row_get_key (HEARTH_INTERFACE_ROW (row)),
                                       hearth_value_key_at (slots, i)))
        return FALSE;
    }
  return gtk_list_box_get_row_at_index (list, n) == NULL;
}

static void
rebuild (HearthInterfaceList *self,
         GtkListBox          *list,
         HearthValue         *slots)
{
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (old));
  for (gsize i = 0; i < count_slots (slots); i++)
    {
      HearthValue *entry = hearth_value_member_at (slots, i);
      GtkWidget *row;

      if (is_open_slot (entry))
        continue;
      row = hearth_interface_row_new (hearth_value_key_at (slots, i), entry, list == self->outputs);
      g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "verb", G_CALLBACK (verb_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (list, row);
    }
}

static void
update_list (HearthInterfaceList *self,
             GtkListBox          *list)
{
  HearthValue *slots = self->page != NULL ? get_slots (self, list == self->outputs) : NULL;
  GtkListBoxRow *row;

  if (!shows_same_keys (list, slots))
    rebuild (self, list, slots);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    hearth_interface_row_set_entry (HEARTH_INTERFACE_ROW (row),
                                    hearth_value_get (slots, hearth_interface_row_get_key (HEARTH_INTERFACE_ROW (row))));
  gtk_widget_set_visible (GTK_WIDGET (list), gtk_list_box_get_row_at_index (list, 0) != NULL);
}

static void
graph_changed_cb (HearthInterfaceList *self)
{
  g_assert (HEARTH_IS_INTERFACE_LIST (self));

  update_list (self, self->inputs);
  update_list (self, self->outputs);
}

static GMenuModel *
make_type_menu (gboolean is_output)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i <= HEARTH_DATA_WILDCARD; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (hearth_display_type (i), NULL);

      g_menu_item_set_action_and_target (item, "interface.add", "(bu)", is_output, i);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
hearth_interface_list_dispose (GObject *object)
{
  HearthInterfaceList *self = HEARTH_INTERFACE_LIST (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->page);

  G_OBJECT_CLASS (hearth_interface_list_parent_class)->dispose (object);
}

static void
hearth_interface_list_class_init (HearthInterfaceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_interface_list_dispose;

  gtk_widget_class_install_action (widget_class, "interface.add", "(bu)", add_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-interface-list.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceList, inputs);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceList, outputs);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceList, add_input);
  gtk_widget_class_bind_template_child (widget_class, HearthInterfaceList, add_output);
}

static void
hearth_interface_list_init (HearthInterfaceList *self)
{
  g_autoptr (GMenuModel) inputs = make_type_menu (FALSE);
  g_autoptr (GMenuModel) outputs = make_type_menu (TRUE);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->add_input, inputs);
  gtk_menu_button_set_menu_model (self->add_output, outputs);
  self->signals = g_signal_group_new (HEARTH_TYPE_GRAPH);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (graph_changed_cb), self);
}

void
hearth_interface_list_set_page (HearthInterfaceList *self,
                                HearthEditorPage    *page)
{
  g_return_if_fail (HEARTH_IS_INTERFACE_LIST (self));
  g_return_if_fail (page == NULL || HEARTH_IS_EDITOR_PAGE (page));

  g_set_object (&self->page, page);
  g_signal_group_set_target (self->signals, page != NULL ? get_graph (self) : NULL);
  graph_changed_cb (self);
}
