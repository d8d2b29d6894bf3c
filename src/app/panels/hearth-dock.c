/* hearth-dock.c: output, problems and log below the canvas; folds to one line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-dock.h"

#include "hearth-log-view.h"
#include "hearth-problem-view.h"
#include "hearth-sizer.h"

#include "hearth-i18n.h"

struct _HearthDock
{
  AdwBin             parent_instance;

  /* template */
  GtkToggleButton   *output_button;
  GtkToggleButton   *problems_button;
  GtkToggleButton   *log_button;
  GtkLabel          *n_problems;
  GtkWidget         *sizer;
  GtkStack          *stack;
  HearthOutputView  *output;
  HearthProblemView *problems;
  HearthLogView     *log;

  /* owned */
  GSignalGroup      *problem_signals;
  HearthEditorPage  *page;

  gboolean           is_open;
  gboolean           is_showing;
  int                height;
};

enum
{
  PROP_0,
  PROP_OPEN,
  PROP_HEIGHT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (HearthDock, hearth_dock, ADW_TYPE_BIN)

static void
show_state (HearthDock *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  self->is_showing = TRUE;
  gtk_toggle_button_set_active (self->output_button, self->is_open && g_strcmp0 (name, "output") == 0);
  gtk_toggle_button_set_active (self->problems_button, self->is_open && g_strcmp0 (name, "problems") == 0);
  gtk_toggle_button_set_active (self->log_button, self->is_open && g_strcmp0 (name, "log") == 0);
  self->is_showing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->stack), self->is_open);
  gtk_widget_set_visible (self->sizer, self->is_open);
}

static void
set_open (HearthDock *self,
          gboolean    is_open)
{
  if (self->is_open != is_open)
    {
      self->is_open = is_open;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPEN]);
    }
  show_state (self);
}

/* The button of the page that is shown folds the dock away, any other shows its page. */
static void
toggled_cb (HearthDock      *self,
            GtkToggleButton *button)
{
  g_assert (HEARTH_IS_DOCK (self));

  if (self->is_showing)
    return;
  if (gtk_toggle_button_get_active (button))
    hearth_dock_show (self, gtk_widget_get_name (GTK_WIDGET (button)));
  else
    set_open (self, FALSE);
}

static void
resized_cb (HearthDock *self,
            int         height)
{
  self->height = height;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEIGHT]);
}

static void
problems_changed_cb (HearthDock *self)
{
  guint n = self->page != NULL ? hearth_problems_get_n (hearth_editor_page_get_problems (self->page)) : 0;
  g_autofree char *text = g_strdup_printf ("%u", n);

  g_assert (HEARTH_IS_DOCK (self));

  gtk_label_set_label (self->n_problems, text);
  gtk_widget_set_visible (GTK_WIDGET (self->n_problems), n > 0);
}

static void
hearth_dock_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  HearthDock *self = HEARTH_DOCK (object);

  switch (prop_id)
    {
    case PROP_OPEN:
      g_value_set_boolean (value, self->is_open);
      break;
    case PROP_HEIGHT:
      g_value_set_int (value, self->height);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hearth_dock_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  HearthDock *self = HEARTH_DOCK (object);

  switch (prop_id)
    {
    case PROP_OPEN:
      set_open (self, g_value_get_boolean (value));
      break;
    case PROP_HEIGHT:
      self->height = g_value_get_int (value);
      gtk_widget_set_size_request (GTK_WIDGET (self->stack), -1, self->height);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hearth_dock_dispose (GObject *object)
{
  HearthDock *self = HEARTH_DOCK (object);

  g_clear_object (&self->problem_signals);
  g_clear_object (&self->page);

  G_OBJECT_CLASS (hearth_dock_parent_class)->dispose (object);
}

static void
hearth_dock_class_init (HearthDockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hearth_dock_dispose;
  object_class->get_property = hearth_dock_get_property;
  object_class->set_property = hearth_dock_set_property;
  properties[PROP_OPEN] =
    g_param_spec_boolean ("open", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HEIGHT] =
    g_param_spec_int ("height", NULL, NULL, 80, 2000, 200, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (HEARTH_TYPE_OUTPUT_VIEW);
  g_type_ensure (HEARTH_TYPE_PROBLEM_VIEW);
  g_type_ensure (HEARTH_TYPE_LOG_VIEW);
  g_type_ensure (HEARTH_TYPE_SIZER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hearthstudio/Hearth/hearth-dock.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthDock, output_button);
  gtk_widget_class_bind_template_child (widget_class, HearthDock, problems_button);
  gtk_widget_class_bind_template_child (widget_class, HearthDock, log_button);
  gtk_widget_class_bind_template_child (widget_class, HearthDock, n_problems);
  gtk_widget_class_bind_template_child (widget_class, HearthDock, sizer);
  gtk_widget_class_bind_template_child (widget_class, HearthDock, stack);
  gtk_widget_class_bind_template_child (widget_class, HearthDock, output);
  gtk_widget_class_bind_template_child (widget_class, HearthDock, problems);
  gtk_widget_class_bind_template_child (widget_class, HearthDock, log);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, resized_cb);
}

static void
hearth_dock_init (HearthDock *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->problem_signals = g_signal_group_new (HEARTH_TYPE_PROBLEMS);
  g_signal_group_connect_swapped (self->problem_signals, "changed", G_CALLBACK (problems_changed_cb), self);
  show_state (self);
}

void
hearth_dock_set_page (HearthDock       *self,
                      HearthEditorPage *page)
{
  g_return_if_fail (HEARTH_IS_DOCK (self));
  g_return_if_fail (page == NULL || HEARTH_IS_EDITOR_PAGE (page));

  g_set_object (&self->page, page);
  g_signal_group_set_target (self->problem_signals, page != NULL ? hearth_editor_page_get_problems (page) : NULL);
  hearth_output_view_set_page (self->output, page);
  hearth_problem_view_set_page (self->problems, page);
  hearth_log_view_set_page (self->log, page);
  problems_changed_cb (self);
}

void
hearth_dock_show (HearthDock *self,
                  const char *name)
{
  g_return_if_fail (HEARTH_IS_DOCK (self));

  gtk_stack_set_visible_child_name (self->stack, name);
  set_open (self, TRUE);
}

HearthOutputView *
hearth_dock_get_output (HearthDock *self)
{
  g_return_val_if_fail (HEARTH_IS_DOCK (self), NULL);

  return self->output;
}
