/* hearth-node-form-results.c: what a node gave in the newest run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-node-form-private.h"

#include "hearth-budget.h"
#include "hearth-display.h"
#include "hearth-failure-words.h"
#include "hearth-result-row.h"

#include "hearth-i18n.h"

static const char *
name_state (HearthStepState state)
{
  switch (state)
    {
    case HEARTH_STEP_WAITING:
    case HEARTH_STEP_READY:
      return _("waits");
    case HEARTH_STEP_RUNNING:
      return _("at work");
    case HEARTH_STEP_DONE:
      return _("done");
    case HEARTH_STEP_BYPASSED:
      return _("passed through");
    case HEARTH_STEP_FAILED:
      return _("failed");
    case HEARTH_STEP_SKIPPED:
      return _("skipped");
    case HEARTH_STEP_CANCELLED:
      return _("stopped");
    default:
      return "";
    }
}

static gboolean
is_in_run (HearthRun  *run,
           const char *node_id)
{
  HearthPlan *plan = run != NULL ? hearth_run_get_plan (run) : NULL;

  for (guint i = 0; plan != NULL && i < hearth_plan_get_n_steps (plan); i++)
    if (g_str_equal (hearth_plan_get_step_id (plan, i), node_id))
      return TRUE;
  return FALSE;
}

static char *
describe_why (const HearthNodeTrace *trace,
              gboolean               reused)
{
  if (trace->why == NULL)
    return NULL;
  if (reused)
    return g_strdup_printf (_("Reused: %s"), trace->why);
  return trace->begin != 0 ? g_strdup_printf (_("Ran: %s"), trace->why) : g_strdup (trace->why);
}

/* What its calls to models took; an earlier result costs nothing now. */
static void
show_usage (HearthNodeForm        *self,
            const HearthNodeTrace *trace)
{
  HearthValue *usage = trace != NULL && !trace->reused ? trace->usage : NULL;
  g_autofree char *words = usage != NULL ? hearth_usage_to_words (usage) : NULL;

  gtk_label_set_label (self->usage, words);
  gtk_widget_set_visible (GTK_WIDGET (self->usage), words != NULL);
}

static void
show_state (HearthNodeForm *self,
            HearthRun      *run)
{
  const HearthNodeTrace *trace =
    hearth_run_log_get_trace (hearth_editor_page_get_run_log (self->page), self->node_id);
  gboolean reused = trace != NULL && trace->reused;
  double ms = hearth_run_log_get_node_ms (hearth_editor_page_get_run_log (self->page), self->node_id);
  g_autofree char *duration = ms >= 0 && !reused ? hearth_display_duration (ms) : NULL;
  const char *state = reused ? _("from cache") : name_state (hearth_run_get_step_state (run, self->node_id));
  g_autofree char *text = duration != NULL ? g_strdup_printf ("%s · %s", state, duration) : g_strdup (state);
  g_autofree char *error = hearth_failure_to_words (
    hearth_document_get_graph (hearth_editor_page_get_document (self->page)),
    hearth_run_get_step_error (run, self->node_id));
  g_autofree char *why = trace != NULL ? describe_why (trace, reused) : NULL;

  gtk_label_set_label (self->state, text);
  show_usage (self, trace);
  gtk_label_set_label (self->why, why);
  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL && error == NULL);
  gtk_label_set_label (self->failure, error);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), error != NULL);
}

/* Rows in step with the node's outputs; they are made once for each set of outputs. */
static void
make_rows (HearthNodeForm *self,
           GPtrArray      *slots)
{
  GtkListBoxRow *row;
  gboolean fits = TRUE;
  guint i;

  for (i = 0; fits && i < slots->len; i++)
    {
      row = gtk_list_box_get_row_at_index (self->results, i);
      fits = row != NULL && g_str_equal (hearth_result_row_get_key (HEARTH_RESULT_ROW (row)),
                                         ((HearthSlot *) g_ptr_array_index (slots, i))->key);
    }
  if (fits && gtk_list_box_get_row_at_index (self->results, slots->len) == NULL)
    return;
  while ((row = gtk_list_box_get_row_at_index (self->results, 0)) != NULL)
    gtk_list_box_remove (self->results, GTK_WIDGET (row));
  for (i = 0; i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);

      gtk_list_box_append (self->results, hearth_result_row_new (slot->key, slot->title));
    }
}

static char *
dup_result (HearthNodeForm *self,
            HearthRun      *run,
            HearthSlot     *slot)
{
  const HearthNodeTrace *trace =
    hearth_run_log_get_trace (hearth_editor_page_get_run_log (self->page), self->node_id);
  HearthValue *outputs = trace != NULL && trace->outputs != NULL ? trace->outputs
                                                                  : hearth_run_get_step_output (run, self->node_id);
  HearthValue *value = hearth_value_get (outputs, slot->key);

  if (hearth_slot_is (slot, STREAM))
    return g_strdup (
      hearth_document_get_stream_text (hearth_editor_page_get_document (self->page), self->node_id));
  return value != NULL ? hearth_display_value (value) : NULL;
}

void
_hearth_node_form_update_results (HearthNodeForm *self)
{
  HearthNode *node = _hearth_node_form_get_node (self);
  HearthRun *run = node != NULL ? hearth_run_log_get_run (hearth_editor_page_get_run_log (self->page)) : NULL;
  g_autoptr (GPtrArray) slots = NULL;

  gtk_widget_set_visible (self->results_group, run != NULL && is_in_run (run, self->node_id));
  if (!gtk_widget_get_visible (self->results_group))
    return;
  show_state (self, run);
  slots = hearth_graph_list_outputs (hearth_document_get_graph (hearth_editor_page_get_document (self->page)), node);
  make_rows (self, slots);
  gtk_widget_set_visible (GTK_WIDGET (self->results), slots->len > 0);
  for (guint i = 0; i < slots->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->results, i);
      g_autofree char *text = dup_result (self, run, g_ptr_array_index (slots, i));

      hearth_result_row_set_text (HEARTH_RESULT_ROW (row), text);
    }
}
