/* hearth-history-list.c: every step of a workflow's history; a click goes there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-history-list.h"

#include "hearth-i18n.h"

struct _HearthHistoryList
{
  AdwBin            parent_instance;

  /* template */
  GtkListView      *view;

  /* owned */
  HearthEditorPage *page;
  GtkStringList    *labels; /* item i: the state after i steps */
  GSignalGroup     *signals;
};

G_DEFINE_FINAL_TYPE (HearthHistoryList, hearth_history_list, ADW_TYPE_BIN)

static HearthHistory *
get_history (HearthHistoryList *self)
{
  return self->page != NULL ? hearth_document_get_history (hearth_editor_page_get_document (self->page)) : NULL;
}

/* --- rows ---------------------------------------------------------------------------------------------- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         HearthHistoryList        *self)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  HearthHistory *history = get_history (self);
  guint position = history != NULL ? hearth_history_get_position (history) : 0;

  gtk_label_set_label (GTK_LABEL (label),
                       gtk_string_object_get_string (GTK_STRING_OBJECT (gtk_list_item_get_item (item))));
  gtk_widget_remove_css_class (label, "dim-label");
  gtk_widget_remove_css_class (label, "heading");
  /* What was undone can still be had back. */
  if (gtk_list_item_get_position (item) > position)
    gtk_widget_add_css_class (label, "dim-label");
  else if (gtk_list_item_get_position (item) == position)
    gtk_widget_add_css_class (label, "heading");
}

static void
activate_cb (HearthHistoryList *self,
             guint              position)
{
  g_assert (HEARTH_IS_HISTORY_LIST (self));

  if (get_history (self) != NULL)
    hearth_history_go_to (get_history (self), position);
}

/* --- following the history ----------------------------------------------------------------------------- */

static void
history_changed_cb (HearthHistoryList *self)
{
  HearthHistory *history = get_history (self);
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  g_assert (HEARTH_IS_HISTORY_LIST (self));

  if (history != NULL)
    {
      g_ptr_array_add (labels, (gpointer) _("Opened"));
      for (guint i = 0; i < hearth_history_get_length (history); i++)
        g_ptr_array_add (labels, (gpointer) hearth_history_get_label (history, i));
    }
  g_ptr_array_add (labels, NULL);
  gtk_string_list_splice (self->labels, 0, g_list_model_get_n_items (G_LIST_MODEL (self->labels)),
                          (const char *const *) labels->pdata);
  if (history != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u",
                                hearth_history_get_position (history));
}

static void
hearth_history_list_dispose (GObject *object)
{
  HearthHistoryList *self = HEARTH_HISTORY_LIST (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->page);
  g_clear_object (&self->labels);

  G_OBJECT_CLASS (hearth_history_list_parent_class)->dispose (object);
}

static void
hearth_history_list_class_init (HearthHistoryListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_history_list_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-history-list.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthHistoryList, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
hearth_history_list_init (HearthHistoryList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *model;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->labels = gtk_string_list_new (NULL);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  g_object_unref (factory);
  model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->labels))));
  gtk_list_view_set_model (self->view, model);
  g_object_unref (model);

  self->signals = g_signal_group_new (HEARTH_TYPE_HISTORY);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (history_changed_cb), self);
}

void
hearth_history_list_set_page (HearthHistoryList *self,
                              HearthEditorPage  *page)
{
  g_return_if_fail (HEARTH_IS_HISTORY_LIST (self));
  g_return_if_fail (page == NULL || HEARTH_IS_EDITOR_PAGE (page));

  if (!g_set_object (&self->page, page))
    return;
  g_signal_group_set_target (self->signals, get_history (self));
  history_changed_cb (self);
}
