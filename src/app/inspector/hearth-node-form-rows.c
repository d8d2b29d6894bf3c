/* hearth-node-form-rows.c: the values of a node as rows to edit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-node-form-private.h"

#include "hearth-file-choice.h"
#include "hearth-source-row.h"
#include "hearth-value-row.h"

#include "hearth-i18n.h"

static HearthDocument *
get_document (HearthNodeForm *self)
{
  return hearth_editor_page_get_document (self->page);
}

static HearthGraph *
get_graph (HearthNodeForm *self)
{
  return hearth_document_get_graph (get_document (self));
}

/* --- edits -------------------------------------------------------------------------------------------- */

/* Typing in one field is one step of the history. @list: where the field stands, "input" or "config". */
static void
change (HearthNodeForm *self,
        HearthSlot     *slot,
        const char     *list,
        HearthValue    *value,
        void (*set) (HearthEdit *, const char *, const char *, HearthValue *))
{
  g_autofree char *label = NULL;
  g_autofree char *merge_key = NULL;
  HearthEdit *edit;

  if (_hearth_node_form_get_node (self) == NULL)
    return;
  /* Translators: a step of the history; %s is the name of an input */
  label = g_strdup_printf (_("Change “%s”"), slot->title);
  edit = hearth_edit_new (get_graph (self), label);
  set (edit, self->node_id, slot->key, value);
  merge_key = g_strdup_printf ("%s:%s:%s", list, self->node_id, slot->key);
  hearth_history_push (hearth_document_get_history (get_document (self)), edit, merge_key);
}

static void
input_edited_cb (HearthNodeForm *self,
                 gpointer        value,
                 HearthValueRow *row)
{
  g_assert (HEARTH_IS_NODE_FORM (self));

  change (self, hearth_value_row_get_slot (row), "input", value, hearth_edit_set_input);
}

static void
config_edited_cb (HearthNodeForm *self,
                  gpointer        value,
                  HearthValueRow *row)
{
  g_assert (HEARTH_IS_NODE_FORM (self));

  change (self, hearth_value_row_get_slot (row), "config", value, hearth_edit_set_config);
}

static void
triggered_cb (HearthNodeForm *self,
              HearthValueRow *row)
{
  g_assert (HEARTH_IS_NODE_FORM (self));

  hearth_canvas_press_trigger (hearth_editor_page_get_canvas (self->page), self->node_id,
                               hearth_value_row_get_slot (row)->key);
}

/* --- wires ----------------------------------------------------------------------------------------------- */

static void
verb_cb (HearthNodeForm  *self,
         int              verb,
         HearthSourceRow *row)
{
  HearthGraph *graph = get_graph (self);
  HearthEdge *found = hearth_graph_get_edge (graph, hearth_source_row_get_edge (row));
  guint index = hearth_source_row_get_index (row);
  HearthEdit *edit;

  g_assert (HEARTH_IS_NODE_FORM (self));

  if (found == NULL)
    return;
  if (verb == HEARTH_SOURCE_REVEAL)
    {
      hearth_canvas_reveal (hearth_editor_page_get_canvas (self->page), found->source);
      return;
    }
  edit = hearth_edit_new (graph, verb == HEARTH_SOURCE_CUT ? _("Disconnect") : _("Reorder connections"));
  if (verb == HEARTH_SOURCE_CUT)
    hearth_edit_disconnect (edit, hearth_source_row_get_edge (row));
  else
    hearth_edit_move_in_multi (edit, self->node_id, found->target_key, index,
                               verb == HEARTH_SOURCE_UP ? (int) index - 1 : (int) index + 1);
  hearth_history_push (hearth_document_get_history (get_document (self)), edit, NULL);
}

static void
add_source_row (HearthNodeForm *self,
                HearthEdge     *edge,
                const char     *title,
                guint           index,
                guint           n)
{
  GtkWidget *row = hearth_source_row_new (get_graph (self), edge, title);

  hearth_source_row_set_place (HEARTH_SOURCE_ROW (row), index, n);
  g_signal_connect_object (row, "verb", G_CALLBACK (verb_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->inputs, row);
}

static GPtrArray *
list_edges (HearthNodeForm *self,
            HearthNode     *node,
            HearthSlot     *slot)
{
  HearthGraph *graph = get_graph (self);
  g_autoptr (GPtrArray) edges = NULL;
  GPtrArray *all;

  if (hearth_slot_is (slot, MULTI))
    return hearth_graph_list_multi (graph, node->id, slot->key);
  edges = g_ptr_array_new ();
  all = hearth_graph_get_edges_in (graph, node->id);
  for (guint i = 0; i < all->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (all, i);

      if (g_str_equal (edge->target_handle, slot->key) || g_str_equal (edge->target_key, slot->key))
        g_ptr_array_add (edges, edge);
    }
  return g_steal_pointer (&edges);
}

/* --- rows --------------------------------------------------------------------------------------------------- */

static void
add_slot_rows (HearthNodeForm *self,
               HearthNode     *node,
               HearthSlot     *slot)
{
  g_autoptr (GPtrArray) edges = list_edges (self, node, slot);
  GtkWidget *row;

  for (guint i = 0; i < edges->len; i++)
    add_source_row (self, g_ptr_array_index (edges, i), i == 0 ? slot->title : NULL, i, edges->len);
  if (edges->len > 0)
    return;
  row = hearth_value_row_new (slot);
  g_signal_connect_object (row, "edited", G_CALLBACK (input_edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "triggered", G_CALLBACK (triggered_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->inputs, row);
}

static void
workflows_listed_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (HearthValueEditor) editor = user_data;
  g_autoptr (HearthValue) list = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, NULL);
  g_auto (HearthBuilder) choices = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) array = NULL;

  if (!hearth_value_is (list, ARRAY))
    return;
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      HearthValue *entry = hearth_value_at (list, i);
      HearthValue *id = hearth_value_get (entry, "id");
      HearthValue *name = hearth_value_get (entry, "name");

      if (id != NULL)
        hearth_builder_add (&choices, NULL, hearth_value_object ("value", hearth_value_ref (id), "label",
                                                                 hearth_value_ref (name != NULL ? name : id), NULL));
    }
  array = hearth_builder_end_array (&choices);
  hearth_value_editor_set_choices (editor, array);
}

/* The names on the wire are not those of our window. */
static HearthValue *
list_modes (HearthNodeType *type)
{
  g_auto (HearthBuilder) choices = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < type->modes->len; i++)
    {
      HearthMode *mode = g_ptr_array_index (type->modes, i);

      hearth_builder_add (&choices, NULL, hearth_value_object ("value", hearth_value_string (mode->id), "label",
                                                               hearth_value_string (mode->title), NULL));
    }
  return hearth_builder_end_array (&choices);
}

static void
add_config_row (HearthNodeForm *self,
                HearthNodeType *type,
                HearthSlot     *slot)
{
  GtkWidget *row = hearth_value_row_new (slot);
  HearthValueEditor *editor = hearth_value_row_get_editor (HEARTH_VALUE_ROW (row));

  g_signal_connect_object (row, "edited", G_CALLBACK (config_edited_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->config, row);
  if (editor != NULL && type->modes->len > 0 && g_strcmp0 (type->decl->mode_key, slot->key) == 0)
    {
      g_autoptr (HearthValue) modes = list_modes (type);

      hearth_value_editor_set_choices (editor, modes);
    }
  if (editor != NULL && hearth_slot_has_category (slot, "FilePath"))
    hearth_file_choice_attach (HEARTH_VALUE_ROW (row), get_document (self));
  else if (editor != NULL && hearth_slot_has_category (slot, "ResourceId"))
    hearth_workspace_list_workflows (hearth_document_get_workspace (get_document (self)),
                                     hearth_document_get_project_id (get_document (self)), self->cancellable,
                                     workflows_listed_cb, g_object_ref (editor));
}

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static GPtrArray *
list_inputs (HearthNodeForm *self,
             HearthNode     *node)
{
  /* The ends of a group show the interface, which has its own page. */
  if (g_str_equal (node->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT) || hearth_node_is_frame (node))
    return g_ptr_array_new ();
  return hearth_graph_list_inputs (get_graph (self), node);
}

static void
rebuild (HearthNodeForm *self,
         HearthNode     *node,
         GPtrArray      *slots)
{
  GPtrArray *config = node->type != NULL ? node->type->config : NULL;

  clear (self->config);
  clear (self->inputs);
  for (guint i = 0; config != NULL && i < config->len; i++)
    add_config_row (self, node->type, g_ptr_array_index (config, i));
  for (guint i = 0; i < slots->len; i++)
    add_slot_rows (self, node, g_ptr_array_index (slots, i));
  gtk_widget_set_visible (self->config_group, config != NULL && config->len > 0);
  gtk_widget_set_visible (self->inputs_group, slots->len > 0);
}

/* All that decides which rows there are; values are not part of it. */
static char *
describe_shape (HearthNodeForm *self,
                HearthNode     *node,
                GPtrArray      *slots)
{
  GString *shape = g_string_new (node->type_id);

  for (guint i = 0; i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);
      g_autoptr (GPtrArray) edges = list_edges (self, node, slot);

      g_string_append_printf (shape, "\n%s %d %s", slot->key, slot->type, slot->title);
      for (guint j = 0; j < edges->len; j++)
        {
          HearthEdge *edge = g_ptr_array_index (edges, j);
          HearthNode *source = hearth_graph_get_node (get_graph (self), edge->source);

          g_string_append_printf (shape, "\n  %s %s %s", edge->id, edge->source_handle,
                                  source != NULL ? hearth_node_get_title (source) : "");
        }
    }
  return g_string_free (shape, FALSE);
}

static void
show_values (GtkListBox  *list,
             HearthValue *values)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (HEARTH_IS_VALUE_ROW (row))
      {
        HearthSlot *slot = hearth_value_row_get_slot (HEARTH_VALUE_ROW (row));

        hearth_value_row_set_value (HEARTH_VALUE_ROW (row), hearth_value_get (values, slot->key));
      }
}

void
_hearth_node_form_update_rows (HearthNodeForm *self)
{
  HearthNode *node = _hearth_node_form_get_node (self);
  g_autoptr (GPtrArray) slots = list_inputs (self, node);
  g_autofree char *shape = describe_shape (self, node, slots);

  if (g_strcmp0 (shape, self->shape) != 0)
    {
      g_free (self->shape);
      self->shape = g_steal_pointer (&shape);
      rebuild (self, node, slots);
    }
  show_values (self->config, node->config);
  show_values (self->inputs, node->inputs);
}
