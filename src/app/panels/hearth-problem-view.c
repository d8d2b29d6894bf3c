/* hearth-problem-view.c: what is wrong with the workflow; a click shows where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-problem-view.h"

#include "hearth-i18n.h"

/* Beyond this nobody reads on; the first ones are to be mended first. */
#define MAX_SHOWN 200

struct _HearthProblemView
{
  AdwBin            parent_instance;

  /* template */
  GtkListBox       *list;

  /* owned */
  HearthEditorPage *page;
  GSignalGroup     *signals;
};

G_DEFINE_FINAL_TYPE (HearthProblemView, hearth_problem_view, ADW_TYPE_BIN)

/* What mends it, where one action does; or NULL. */
static GtkWidget *
make_button (HearthProblem *problem)
{
  const char *action = problem->code == HEARTH_PROBLEM_PLAIN_KEY ? "win.move-keys"
                       : problem->code == HEARTH_PROBLEM_NO_CHANNEL || problem->code == HEARTH_PROBLEM_MISSING_KEY ? "app.models"
                                                                                                               : NULL;
  const char *label = problem->code == HEARTH_PROBLEM_PLAIN_KEY ? _("_Move to the Keyring") : _("Set Up _Models…");

  if (action == NULL)
    return NULL;
  return g_object_new (GTK_TYPE_BUTTON, "label", label, "use-underline", TRUE, "action-name", action, "valign", GTK_ALIGN_CENTER, NULL);
}

static GtkWidget *
make_row (HearthProblem *problem)
{
  gboolean is_error = problem->level == HEARTH_PROBLEM_ERROR;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name (is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", problem->message, "xalign", 0.0f, "wrap", TRUE,
                                   "hexpand", TRUE, NULL);
  GtkWidget *button = make_button (problem);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (icon, is_error ? "error" : "warning");
  gtk_widget_set_tooltip_text (icon, is_error ? _("Cannot run") : _("Runs without it"));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  if (button != NULL)
    gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), problem->node_id != NULL);
  g_object_set_data_full (G_OBJECT (row), "node", g_strdup (problem->node_id), g_free);
  return row;
}

static void
changed_cb (HearthProblemView *self)
{
  HearthProblems *problems = self->page != NULL ? hearth_editor_page_get_problems (self->page) : NULL;
  GtkListBoxRow *old;

  g_assert (HEARTH_IS_PROBLEM_VIEW (self));

  while ((old = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (old));
  for (guint i = 0; problems != NULL && i < MIN (hearth_problems_get_n (problems), MAX_SHOWN); i++)
    gtk_list_box_append (self->list, make_row (hearth_problems_at (problems, i)));
}

/* A node inside a group is shown by the group it is in. */
static void
row_activated_cb (HearthProblemView *self,
                  GtkListBoxRow     *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "node");
  HearthGraph *graph = hearth_document_get_graph (hearth_editor_page_get_document (self->page));
  g_auto (GStrv) parts = NULL;

  g_assert (HEARTH_IS_PROBLEM_VIEW (self));

  if (id == NULL)
    return;
  parts = g_strsplit (id, "/", 2);
  if (hearth_graph_get_node (graph, id) == NULL)
    id = parts[0];
  hearth_canvas_reveal (hearth_editor_page_get_canvas (self->page), id);
}

static void
hearth_problem_view_dispose (GObject *object)
{
  HearthProblemView *self = HEARTH_PROBLEM_VIEW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->page);

  G_OBJECT_CLASS (hearth_problem_view_parent_class)->dispose (object);
}

static void
hearth_problem_view_class_init (HearthProblemViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_problem_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-problem-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthProblemView, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
hearth_problem_view_init (HearthProblemView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (HEARTH_TYPE_PROBLEMS);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (changed_cb), self);
}

void
hearth_problem_view_set_page (HearthProblemView *self,
                              HearthEditorPage  *page)
{
  g_return_if_fail (HEARTH_IS_PROBLEM_VIEW (self));
  g_return_if_fail (page == NULL || HEARTH_IS_EDITOR_PAGE (page));

  g_set_object (&self->page, page);
  g_signal_group_set_target (self->signals, page != NULL ? hearth_editor_page_get_problems (page) : NULL);
  changed_cb (self);
}
