/* hearth-log-view.c: what the newest run told, line by line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-log-view.h"

#include "hearth-display.h"

#include "hearth-i18n.h"

struct _HearthLogView
{
  AdwBin            parent_instance;

  /* template */
  GtkListView      *view;

  /* owned */
  HearthEditorPage *page;
};

G_DEFINE_FINAL_TYPE (HearthLogView, hearth_log_view, ADW_TYPE_BIN)

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *time = gtk_label_new (NULL);
  GtkWidget *text = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, "hexpand", TRUE,
                                  NULL);

  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_add_css_class (time, "numeric");
  gtk_box_append (GTK_BOX (box), time);
  gtk_box_append (GTK_BOX (box), text);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  static const char *const classes[] = {
    [HEARTH_LOG_QUIET] = "dim-label",
    [HEARTH_LOG_PLAIN] = "plain",
    [HEARTH_LOG_GOOD] = "success",
    [HEARTH_LOG_BAD] = "error",
  };
  HearthRunLine *line = gtk_list_item_get_item (item);
  GtkWidget *time = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *text = gtk_widget_get_next_sibling (time);
  const char *css[] = { classes[hearth_run_line_get_tone (line)], NULL };
  g_autofree char *clock = hearth_display_clock (hearth_run_line_get_time (line));
  g_autofree char *single = g_strdelimit (g_strdup (hearth_run_line_get_text (line)), "\r\n", ' ');

  gtk_label_set_label (GTK_LABEL (time), clock);
  gtk_label_set_label (GTK_LABEL (text), single);
  gtk_widget_set_tooltip_text (text, hearth_run_line_get_text (line));
  gtk_widget_set_css_classes (text, css);
}

static void
activate_cb (HearthLogView *self,
             guint          position)
{
  g_autoptr (HearthRunLine) line = NULL;
  HearthGraph *graph;
  const char *id;

  g_assert (HEARTH_IS_LOG_VIEW (self));

  if (self->page == NULL)
    return;
  line = g_list_model_get_item (hearth_run_log_get_lines (hearth_editor_page_get_run_log (self->page)), position);
  id = line != NULL ? hearth_run_line_get_node_id (line) : NULL;
  graph = hearth_document_get_graph (hearth_editor_page_get_document (self->page));
  if (id != NULL && hearth_graph_get_node (graph, id) != NULL)
    hearth_canvas_reveal (hearth_editor_page_get_canvas (self->page), id);
}

static void
hearth_log_view_dispose (GObject *object)
{
  g_clear_object (&HEARTH_LOG_VIEW (object)->page);

  G_OBJECT_CLASS (hearth_log_view_parent_class)->dispose (object);
}

static void
hearth_log_view_class_init (HearthLogViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_log_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hearthstudio/Hearth/hearth-log-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthLogView, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
hearth_log_view_init (HearthLogView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  gtk_list_view_set_factory (self->view, factory);
}

void
hearth_log_view_set_page (HearthLogView    *self,
                          HearthEditorPage *page)
{
  g_autoptr (GtkSelectionModel) model = NULL;

  g_return_if_fail (HEARTH_IS_LOG_VIEW (self));
  g_return_if_fail (page == NULL || HEARTH_IS_EDITOR_PAGE (page));

  if (!g_set_object (&self->page, page))
    return;
  if (page != NULL)
    model = GTK_SELECTION_MODEL (
      gtk_no_selection_new (g_object_ref (hearth_run_log_get_lines (hearth_editor_page_get_run_log (page)))));
  gtk_list_view_set_model (self->view, model);
}
