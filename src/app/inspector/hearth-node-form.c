/* hearth-node-form.c: everything about one node: name, values, where they come from, results
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-node-form-private.h"

#include "hearth-display.h"

#include "hearth-i18n.h"

G_DEFINE_FINAL_TYPE (HearthNodeForm, hearth_node_form, ADW_TYPE_BIN)

HearthNode *
_hearth_node_form_get_node (HearthNodeForm *self)
{
  if (self->page == NULL || self->node_id == NULL)
    return NULL;
  return hearth_graph_get_node (hearth_document_get_graph (hearth_editor_page_get_document (self->page)),
                                self->node_id);
}

/* --- the head ----------------------------------------------------------------------------------- */

static void
show_head (HearthNodeForm *self,
           HearthNode     *node)
{
  g_autofree char *sign = node->type != NULL ? hearth_display_sign (node->type) : g_strdup ("?");
  const char *title = hearth_node_get_title (node);
  const char *description = node->type != NULL ? node->type->description
                                               : _("This kind of node is not known here. It keeps all it brought "
                                                   "along, can be moved, wired and saved, but not run.");

  gtk_label_set_label (self->sign, sign);
  gtk_label_set_label (self->type, node->type != NULL ? node->type->title : node->type_id);
  gtk_widget_set_visible (GTK_WIDGET (self->type), node->type == NULL || node->name != NULL);
  gtk_label_set_label (self->description, description);
  gtk_widget_set_visible (GTK_WIDGET (self->description), description != NULL);

  self->is_showing = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->title)), title) != 0 &&
      !gtk_widget_has_focus (GTK_WIDGET (self->title)))
    gtk_editable_set_text (GTK_EDITABLE (self->title), title);
  self->is_showing = FALSE;
}

static void
apply_title (HearthNodeForm *self)
{
  HearthNode *node = _hearth_node_form_get_node (self);
  HearthDocument *document;
  HearthEdit *edit;
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->title));

  if (node == NULL || self->is_showing || g_str_equal (name, hearth_node_get_title (node)))
    return;
  document = hearth_editor_page_get_document (self->page);
  edit = hearth_edit_new (hearth_document_get_graph (document), _("Rename node"));
  hearth_edit_rename_node (edit, self->node_id, name);
  hearth_history_push (hearth_document_get_history (document), edit, NULL);
}

static void
title_activate_cb (HearthNodeForm *self)
{
  g_assert (HEARTH_IS_NODE_FORM (self));

  apply_title (self);
  gtk_widget_grab_focus (GTK_WIDGET (hearth_editor_page_get_canvas (self->page)));
}

static void
title_leave_cb (HearthNodeForm *self)
{
  HearthNode *node;

  g_assert (HEARTH_IS_NODE_FORM (self));

  apply_title (self);
  node = _hearth_node_form_get_node (self);
  if (node != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->title), hearth_node_get_title (node));
}

/* --- following the node --------------------------------------------------------------------------- */

static void
update (HearthNodeForm *self)
{
  HearthNode *node = _hearth_node_form_get_node (self);

  if (node == NULL)
    return;
  show_head (self, node);
  _hearth_node_form_update_rows (self);
  hearth_policy_form_set_node (self->policy, hearth_editor_page_get_document (self->page), self->node_id);
  _hearth_node_form_update_results (self);
}

static void
graph_changed_cb (HearthNodeForm *self)
{
  g_assert (HEARTH_IS_NODE_FORM (self));

  update (self);
}

static gboolean
results_tick_cb (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       user_data)
{
  HearthNodeForm *self = HEARTH_NODE_FORM (widget);

  self->tick = 0;
  _hearth_node_form_update_results (self);
  return G_SOURCE_REMOVE;
}

/* Once a frame, however fast the chunks come. */
static void
node_changed_cb (HearthNodeForm *self,
                 const char     *node_id)
{
  g_assert (HEARTH_IS_NODE_FORM (self));

  if (g_strcmp0 (node_id, self->node_id) == 0 && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), results_tick_cb, NULL, NULL);
}

static void
run_changed_cb (HearthNodeForm *self)
{
  g_assert (HEARTH_IS_NODE_FORM (self));

  _hearth_node_form_update_results (self);
}

static void
hearth_node_form_dispose (GObject *object)
{
  HearthNodeForm *self = HEARTH_NODE_FORM (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->graph_signals);
  g_clear_object (&self->log_signals);
  g_clear_object (&self->page);
  g_clear_pointer (&self->node_id, g_free);
  g_clear_pointer (&self->shape, g_free);

  G_OBJECT_CLASS (hearth_node_form_parent_class)->dispose (object);
}

static void
hearth_node_form_class_init (HearthNodeFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_node_form_dispose;

  g_type_ensure (HEARTH_TYPE_POLICY_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-node-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, sign);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, title);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, type);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, description);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, state);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, usage);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, why);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, failure);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, policy);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, config_group);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, config);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, inputs_group);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, inputs);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, results_group);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeForm, results);
  gtk_widget_class_bind_template_callback (widget_class, title_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_leave_cb);
}

static void
hearth_node_form_init (HearthNodeForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->graph_signals = g_signal_group_new (HEARTH_TYPE_GRAPH);
  g_signal_group_connect_swapped (self->graph_signals, "changed", G_CALLBACK (graph_changed_cb), self);
  self->log_signals = g_signal_group_new (HEARTH_TYPE_RUN_LOG);
  g_signal_group_connect_swapped (self->log_signals, "node-changed", G_CALLBACK (node_changed_cb), self);
  g_signal_group_connect_swapped (self->log_signals, "run-changed", G_CALLBACK (run_changed_cb), self);
}

void
hearth_node_form_set_node (HearthNodeForm   *self,
                           HearthEditorPage *page,
                           const char       *node_id)
{
  HearthDocument *document;
  g_autofree char *id = g_strdup (node_id);

  g_return_if_fail (HEARTH_IS_NODE_FORM (self));
  g_return_if_fail (page == NULL || HEARTH_IS_EDITOR_PAGE (page));

  if (page != self->page || g_strcmp0 (id, self->node_id) != 0)
    {
      /* What is half typed belongs to the node that is left. */
      if (gtk_widget_has_focus (GTK_WIDGET (self->title)))
        apply_title (self);
      g_clear_pointer (&self->shape, g_free);
      g_free (self->node_id);
      self->node_id = g_steal_pointer (&id);
      g_set_object (&self->page, page);
    }
  document = page != NULL ? hearth_editor_page_get_document (page) : NULL;
  g_signal_group_set_target (self->graph_signals, document != NULL ? hearth_document_get_graph (document) : NULL);
  g_signal_group_set_target (self->log_signals, page != NULL ? hearth_editor_page_get_run_log (page) : NULL);
  update (self);
}
