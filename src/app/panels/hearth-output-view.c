/* hearth-output-view.c: what the workflow gives, as it arrives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-output-view.h"

#include "hearth-budget.h"
#include "hearth-result-row.h"
#include "hearth-surroundings.h"

#include "hearth-i18n.h"

struct _HearthOutputView
{
  AdwBin            parent_instance;

  /* template */
  GtkListBox       *list;
  GtkLabel         *usage;
  GtkWidget        *recording;
  GtkLabel         *recording_label;
  GtkButton        *replay_button;

  /* owned */
  HearthEditorPage *page;
  GSignalGroup     *log_signals;
  GSignalGroup     *graph_signals;
  HearthValue      *interface; /* what the rows were made for */
};

G_DEFINE_FINAL_TYPE (HearthOutputView, hearth_output_view, ADW_TYPE_BIN)

static HearthResultRow *
find_row (HearthOutputView *self,
          const char       *key)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_str_equal (hearth_result_row_get_key (HEARTH_RESULT_ROW (row)), key))
      return HEARTH_RESULT_ROW (row);
  return NULL;
}

static void
show_results (HearthOutputView *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      g_autofree char *text = hearth_run_log_dup_output (hearth_editor_page_get_run_log (self->page),
                                                         hearth_result_row_get_key (HEARTH_RESULT_ROW (row)));

      hearth_result_row_set_text (HEARTH_RESULT_ROW (row), text);
    }
}

/* What the models of the run took, once it is over. */
static void
show_usage (HearthOutputView *self)
{
  HearthRun *run = hearth_run_log_get_run (hearth_editor_page_get_run_log (self->page));
  HearthValue *usage = run != NULL && hearth_run_status_is_final (hearth_run_get_status (run)) ? hearth_run_get_usage (run) : NULL;
  g_autofree char *words = usage != NULL ? hearth_usage_to_words (usage) : NULL;
  g_autofree char *text = words != NULL ? g_strdup_printf (_("This run: %s"), words) : NULL;

  gtk_label_set_label (self->usage, text);
  gtk_widget_set_visible (GTK_WIDGET (self->usage), text != NULL);
}

static char *
describe_recording (HearthSurroundings *surroundings,
                    gboolean            is_final)
{
  guint n_calls = hearth_surroundings_get_n_calls (surroundings);
  g_autofree char *file = g_path_get_basename (hearth_surroundings_get_path (surroundings));
  g_autofree char *name = g_filename_display_name (file);

  if (!is_final && hearth_surroundings_get_kind (surroundings) == HEARTH_SURROUNDINGS_RECORDED)
    /* Translators: the name of a file */
    return g_strdup_printf (_("Calls are recorded in “%s”"), name);
  if (n_calls == 0)
    /* Translators: the name of a file */
    return g_strdup_printf (_("No calls: “%s” has only the time and what was by chance"), name);
  if (hearth_surroundings_get_kind (surroundings) == HEARTH_SURROUNDINGS_RECORDED)
    /* Translators: a number of calls, and the name of a file */
    return g_strdup_printf (ngettext ("%u call is recorded in “%s”", "%u calls are recorded in “%s”", n_calls), n_calls, name);
  /* Translators: a number of calls, and the name of a file */
  return g_strdup_printf (ngettext ("No call left: %u answer comes from “%s”", "No call left: %u answers come from “%s”", n_calls),
                          n_calls, name);
}

/* Of a run that was recorded or replayed. */
static void
show_recording (HearthOutputView *self)
{
  HearthRun *run = hearth_run_log_get_run (hearth_editor_page_get_run_log (self->page));
  HearthSurroundings *surroundings = run != NULL ? hearth_run_get_service (run, HEARTH_TYPE_SURROUNDINGS) : NULL;
  gboolean has_one = surroundings != NULL && hearth_surroundings_get_path (surroundings) != NULL;

  gtk_widget_set_visible (self->recording, has_one);
  if (has_one)
    {
      g_autofree char *text = describe_recording (surroundings, hearth_run_status_is_final (hearth_run_get_status (run)));

      gtk_label_set_label (self->recording_label, text);
      gtk_widget_set_tooltip_text (self->recording, hearth_surroundings_get_path (surroundings));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->replay_button), "s", hearth_surroundings_get_path (surroundings));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->replay_button), "win.replay-file");
    }
}

static void
make_rows (HearthOutputView *self)
{
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (old));
  for (gsize i = 0; hearth_value_is (self->interface, OBJECT) && i < hearth_value_get_length (self->interface); i++)
    {
      const char *key = hearth_value_key_at (self->interface, i);
      const char *title =
        hearth_value_get_member_string (hearth_value_member_at (self->interface, i), "displayName", key);
      GtkWidget *row;

      if (g_str_equal (title, "*"))
        continue;
      row = hearth_result_row_new (key, title);
      hearth_result_row_set_tall (HEARTH_RESULT_ROW (row), TRUE);
      gtk_list_box_append (self->list, row);
    }
}

static void
update_rows (HearthOutputView *self)
{
  HearthGraph *graph =
    self->page != NULL ? hearth_document_get_graph (hearth_editor_page_get_document (self->page)) : NULL;
  HearthValue *interface = graph != NULL ? hearth_graph_get_property (graph, "interfaceOutputs") : NULL;

  if (interface == self->interface)
    return;
  g_clear_pointer (&self->interface, hearth_value_unref);
  self->interface = hearth_value_ref_or_null (interface);
  make_rows (self);
  if (self->page != NULL)
    show_results (self);
}

static void
run_changed_cb (HearthOutputView *self)
{
  g_assert (HEARTH_IS_OUTPUT_VIEW (self));

  show_results (self);
  show_recording (self);
  show_usage (self);
}

static void
output_changed_cb (HearthOutputView *self,
                   const char       *key,
                   const char       *added)
{
  HearthResultRow *row = find_row (self, key);
  g_autofree char *text = NULL;

  g_assert (HEARTH_IS_OUTPUT_VIEW (self));

  if (row == NULL)
    return;
  if (added != NULL)
    {
      hearth_result_row_append (row, added);
      return;
    }
  text = hearth_run_log_dup_output (hearth_editor_page_get_run_log (self->page), key);
  hearth_result_row_set_text (row, text);
}

static void
hearth_output_view_dispose (GObject *object)
{
  HearthOutputView *self = HEARTH_OUTPUT_VIEW (object);

  g_clear_object (&self->log_signals);
  g_clear_object (&self->graph_signals);
  g_clear_object (&self->page);
  g_clear_pointer (&self->interface, hearth_value_unref);

  G_OBJECT_CLASS (hearth_output_view_parent_class)->dispose (object);
}

static void
hearth_output_view_class_init (HearthOutputViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_output_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-output-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthOutputView, list);
  gtk_widget_class_bind_template_child (widget_class, HearthOutputView, usage);
  gtk_widget_class_bind_template_child (widget_class, HearthOutputView, recording);
  gtk_widget_class_bind_template_child (widget_class, HearthOutputView, recording_label);
  gtk_widget_class_bind_template_child (widget_class, HearthOutputView, replay_button);
}

static void
hearth_output_view_init (HearthOutputView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->log_signals = g_signal_group_new (HEARTH_TYPE_RUN_LOG);
  g_signal_group_connect_swapped (self->log_signals, "run-changed", G_CALLBACK (run_changed_cb), self);
  g_signal_group_connect_swapped (self->log_signals, "output-changed", G_CALLBACK (output_changed_cb), self);
  self->graph_signals = g_signal_group_new (HEARTH_TYPE_GRAPH);
  g_signal_group_connect_swapped (self->graph_signals, "changed", G_CALLBACK (update_rows), self);
}

void
hearth_output_view_set_page (HearthOutputView *self,
                             HearthEditorPage *page)
{
  g_return_if_fail (HEARTH_IS_OUTPUT_VIEW (self));
  g_return_if_fail (page == NULL || HEARTH_IS_EDITOR_PAGE (page));

  if (!g_set_object (&self->page, page))
    return;
  g_signal_group_set_target (self->log_signals, page != NULL ? hearth_editor_page_get_run_log (page) : NULL);
  g_signal_group_set_target (self->graph_signals,
                             page != NULL ? hearth_document_get_graph (hearth_editor_page_get_document (page)) : NULL);
  update_rows (self);
  if (page != NULL)
    {
      show_recording (self);
      show_usage (self);
    }
}

char *
hearth_output_view_dup_text (HearthOutputView *self,
                             const char       *key)
{
  HearthResultRow *row;

  g_return_val_if_fail (HEARTH_IS_OUTPUT_VIEW (self), NULL);

  row = find_row (self, key);
  return row != NULL ? g_strdup (hearth_result_row_get_text (row)) : NULL;
}
