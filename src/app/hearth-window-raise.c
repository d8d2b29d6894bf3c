/* hearth-window-raise.c: a run that a ceiling has stopped goes on with a higher one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-window-private.h"

#include "hearth-budget.h"
#include "hearth-ceiling-fields.h"
#include "hearth-question.h"
#include "hearth-usage-operations.h"

#include "hearth-i18n.h"

/* Whose ceiling is raised, in the order of the list. */
typedef enum
{
  SCOPE_RUN,
  SCOPE_DAY,
  SCOPE_PROJECT,
  N_SCOPES,
} Scope;

/* As hearth_workspace_read_run_budget() calls them */
static const char *const scope_names[N_SCOPES] = { "run", "day", "project" };

typedef struct
{
  HearthWindow       *window;
  HearthRun          *run;
  HearthValue        *budget;     /* of hearth_operation_read_budget */
  HearthValue        *run_budget; /* of hearth_workspace_read_run_budget() */
  AdwMessageDialog   *dialog; /* borrowed, like what is in it; it owns this question */
  AdwComboRow        *scope;
  HearthCeilingFields fields;
} Raise;

static void
raise_free (Raise *self)
{
  g_object_unref (self->window);
  g_object_unref (self->run);
  g_clear_pointer (&self->budget, hearth_value_unref);
  hearth_value_unref (self->run_budget);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Raise, raise_free)

static Raise *
raise_new (HearthWindow *window,
           HearthRun    *run)
{
  Raise *self = g_new0 (Raise, 1);

  self->window = g_object_ref (window);
  self->run = g_object_ref (run);
  self->run_budget = hearth_workspace_read_run_budget (window->workspace, hearth_run_get_id (run));
  return self;
}

static HearthWorkspace *
get_workspace (Raise *self)
{
  return self->window->workspace;
}

static const char *
get_project_id (Raise *self)
{
  return hearth_value_get_member_string (hearth_run_get_metadata (self->run), "projectId", NULL);
}

/* --- going on --------------------------------------------------------------------------------------- */

/* @ceilings: the run's own, or NULL: those that it had. */
static void
go_on (Raise       *self,
       HearthValue *ceilings)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = hearth_workspace_continue (get_workspace (self), hearth_run_get_id (self->run), ceilings, &error);

  if (id == NULL)
    hearth_window_toast (self->window, error->message);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Raise) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) budget = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (budget != NULL)
    go_on (self, NULL);
  else
    hearth_window_toast (self->window, error->message);
}

/* Takes @changes. */
static void
write_budget (Raise       *self,
              HearthValue *changes)
{
  hearth_workspace_perform (get_workspace (self), &hearth_operation_write_budget, changes, NULL, written_cb,
                            raise_new (self->window, self->run));
  hearth_value_unref (changes);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Raise            *self)
{
  g_autoptr (HearthValue) ceilings = hearth_ceiling_fields_dup (&self->fields);
  Scope scope = adw_combo_row_get_selected (self->scope);

  if (!g_str_equal (response, "raise") || ceilings == NULL)
    return;
  if (scope == SCOPE_RUN)
    go_on (self, ceilings);
  else if (scope == SCOPE_DAY)
    write_budget (self, hearth_value_object ("today", hearth_value_ref (ceilings), NULL));
  else
    write_budget (self, hearth_value_object ("projects", hearth_value_object (get_project_id (self), hearth_value_ref (ceilings), NULL),
                                             NULL));
}

/* --- the question -------------------------------------------------------------------------------------- */

/* Those that count at present. */
static HearthValue *
get_ceilings (Raise *self,
              Scope  scope)
{
  HearthValue *project = hearth_value_get (hearth_value_get (self->budget, "projects"), get_project_id (self));

  if (scope == SCOPE_RUN)
    return hearth_value_get (self->run_budget, "ceilings");
  if (scope == SCOPE_DAY)
    return hearth_value_get (hearth_value_get (self->budget, "today"), "ceilings");
  return project != NULL ? hearth_value_get (project, "ceilings") : hearth_value_get (self->budget, "project");
}

/* The one that has stopped the run. */
static Scope
get_reached (Raise *self)
{
  const char *reached = hearth_value_get_member_string (self->run_budget, "reached", NULL);

  for (Scope scope = 0; scope < N_SCOPES; scope++)
    if (g_strcmp0 (scope_names[scope], reached) == 0)
      return scope;
  return SCOPE_RUN;
}

static void
scope_cb (Raise *self)
{
  hearth_ceiling_fields_set (&self->fields, get_ceilings (self, adw_combo_row_get_selected (self->scope)));
}

static void
changed_cb (Raise *self)
{
  g_autoptr (HearthValue) ceilings = hearth_ceiling_fields_dup (&self->fields);

  adw_message_dialog_set_response_enabled (self->dialog, "raise", ceilings != NULL);
}

static GtkWidget *
make_scope_row (Raise *self)
{
  const char *names[] = { _("Of this run"), _("Of today"), get_project_id (self) != NULL ? _("Of this project") : NULL, NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Ceiling"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  self->scope = ADW_COMBO_ROW (row);
  adw_combo_row_set_selected (self->scope, get_reached (self));
  return row;
}

static GtkWidget *
make_list (Raise *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), make_scope_row (self));
  hearth_ceiling_fields_init (&self->fields, FALSE);
  for (guint i = 0; i < HEARTH_N_CEILING_FIELDS; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), self->fields.rows[i]);
  scope_cb (self);
  return list;
}

/* Takes @self. */
static void
ask (Raise *self)
{
  AdwMessageDialog *dialog = hearth_question_new (GTK_WIDGET (self->window), _("Raise the Ceiling and Go On?"),
                                                  hearth_run_get_stop_message (self->run), "raise", _("_Go On"),
                                                  ADW_RESPONSE_SUGGESTED);

  self->dialog = dialog;
  adw_message_dialog_set_extra_child (dialog, make_list (self));
  g_signal_connect_swapped (self->scope, "notify::selected", G_CALLBACK (scope_cb), self);
  for (guint i = 0; i < HEARTH_N_CEILING_FIELDS; i++)
    g_signal_connect_swapped (self->fields.rows[i], "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, (GClosureNotify) (void (*) (void)) raise_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Raise) self = user_data;
  g_autoptr (GError) error = NULL;

  self->budget = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);
  if (self->budget != NULL)
    ask (g_steal_pointer (&self));
  else
    hearth_window_toast (self->window, error->message);
}

void
_hearth_window_raise_ceiling (HearthWindow *self,
                              HearthRun    *run)
{
  g_autoptr (HearthValue) nothing = hearth_value_empty_object ();
  Raise *raise = raise_new (self, run);

  hearth_workspace_perform (get_workspace (raise), &hearth_operation_read_budget, nothing, NULL, read_cb, raise);
}
