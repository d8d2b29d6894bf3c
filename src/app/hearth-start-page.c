/* hearth-start-page.c: the projects to choose from, when none is open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-start-page.h"

#include "hearth-display.h"

#include "hearth-i18n.h"

struct _HearthStartPage
{
  AdwBin           parent_instance;

  /* template */
  GtkStack        *stack;
  GtkFlowBox      *cards;

  /* owned */
  HearthWorkspace *workspace;
  GCancellable    *cancellable;
};

enum
{
  OPEN,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthStartPage, hearth_start_page, ADW_TYPE_BIN)

static void
card_cb (HearthStartPage *self,
         GtkWidget       *card)
{
  g_signal_emit (self, signals[OPEN], 0, g_object_get_data (G_OBJECT (card), "project"));
}

static GtkWidget *
make_label (const char *text,
            const char *css)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "max-width-chars", 26, NULL);

  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
make_card (HearthStartPage *self,
           HearthValue     *project)
{
  const char *id = hearth_value_get_member_string (project, "id", "");
  const char *name = hearth_value_get_member_string (project, "name", id);
  const char *description = hearth_value_get_member_string (project, "description", "");
  g_autofree char *day = hearth_display_day (hearth_value_get_member_string (project, "updatedAt", NULL));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *card = gtk_button_new ();
  GtkWidget *text = make_label (description, "dim-label");
  GtkWidget *when = make_label (day, "caption");

  g_object_set (text, "wrap", TRUE, "lines", 2, "yalign", 0.0f, "vexpand", TRUE, NULL);
  gtk_widget_add_css_class (when, "dim-label");
  gtk_box_append (GTK_BOX (box), make_label (name, "heading"));
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), when);
  gtk_button_set_child (GTK_BUTTON (card), box);
  gtk_widget_set_size_request (card, 220, 108);
  gtk_widget_set_tooltip_text (card, description);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "project-card");
  hearth_display_name (card, name);
  g_object_set_data_full (G_OBJECT (card), "project", g_strdup (id), g_free);
  g_signal_connect_object (card, "clicked", G_CALLBACK (card_cb), self, G_CONNECT_SWAPPED);
  return card;
}

/* The latest first. */
static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 (hearth_value_get_member_string (*(HearthValue *const *) b, "updatedAt", ""),
                    hearth_value_get_member_string (*(HearthValue *const *) a, "updatedAt", ""));
}

static void
show_projects (HearthStartPage *self,
               HearthValue     *projects)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GtkFlowBoxChild *old;

  for (gsize i = 0; hearth_value_is (projects, ARRAY) && i < hearth_value_get_length (projects); i++)
    g_ptr_array_add (sorted, hearth_value_at (projects, i));
  g_ptr_array_sort (sorted, compare_days);
  while ((old = gtk_flow_box_get_child_at_index (self->cards, 0)) != NULL)
    gtk_flow_box_remove (self->cards, GTK_WIDGET (old));
  for (guint i = 0; i < sorted->len; i++)
    {
      GtkWidget *child;

      gtk_flow_box_append (self->cards, make_card (self, g_ptr_array_index (sorted, i)));
      child = GTK_WIDGET (gtk_flow_box_get_child_at_index (self->cards, i));
      gtk_widget_set_focusable (child, FALSE);
    }
  gtk_stack_set_visible_child_name (self->stack, sorted->len > 0 ? "projects" : "nothing");
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthStartPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) projects = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (projects != NULL)
    show_projects (self, projects);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[MESSAGE], 0, error->message);
}

static void
reload (HearthStartPage *self)
{
  g_assert (HEARTH_IS_START_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  hearth_workspace_list_projects (self->workspace, self->cancellable, listed_cb, g_object_ref (self));
}

static void
hearth_start_page_dispose (GObject *object)
{
  HearthStartPage *self = HEARTH_START_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (hearth_start_page_parent_class)->dispose (object);
}

static void
hearth_start_page_class_init (HearthStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_start_page_dispose;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthStartPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HearthStartPage, cards);
}

static void
hearth_start_page_init (HearthStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hearth_start_page_set_workspace (HearthStartPage *self,
                                 HearthWorkspace *workspace)
{
  g_return_if_fail (HEARTH_IS_START_PAGE (self));
  g_return_if_fail (HEARTH_IS_WORKSPACE (workspace));

  if (g_set_object (&self->workspace, workspace))
    g_signal_connect_object (workspace, "projects-changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
}
