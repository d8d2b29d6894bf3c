/* hearth-queue-button.c: how many runs go on and wait, and which
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-queue-button.h"

#include "hearth-display.h"

#include "hearth-i18n.h"

struct _HearthQueueButton
{
  AdwBin           parent_instance;

  /* template */
  GtkMenuButton   *button;
  GtkListBox      *list;
  GtkSwitch       *pause;

  /* owned */
  HearthWorkspace *workspace;
};

G_DEFINE_FINAL_TYPE (HearthQueueButton, hearth_queue_button, ADW_TYPE_BIN)

static void
cancel_cb (HearthQueueButton *self,
           GtkWidget         *button)
{
  g_assert (HEARTH_IS_QUEUE_BUTTON (self));

  gtk_widget_set_sensitive (button, FALSE);
  hearth_workspace_cancel (self->workspace, g_object_get_data (G_OBJECT (button), "run"));
}

static gboolean
pause_cb (HearthQueueButton *self,
          gboolean           paused)
{
  HearthQueue *queue = hearth_workspace_get_queue (self->workspace);

  g_assert (HEARTH_IS_QUEUE_BUTTON (self));

  if (hearth_queue_is_paused (queue) != paused)
    hearth_queue_set_paused (queue, paused);
  return FALSE;
}

static char *
describe (HearthRun *run)
{
  HearthValue *metadata = hearth_run_get_metadata (run);
  const char *name = hearth_value_get_member_string (metadata, "workflowName", NULL);

  if (name == NULL)
    name = hearth_value_get_member_string (metadata, "workflowId", NULL);
  return g_strdup (name != NULL ? name : _("A workflow"));
}

static void
add_row (HearthQueueButton *self,
         HearthRun         *run)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("media-playback-stop-symbolic");
  g_autofree char *title = describe (run);
  g_autofree char *clock = hearth_display_clock (hearth_run_get_submitted_ms (run));
  gboolean runs = hearth_run_get_status (run) == HEARTH_RUN_RUNNING;
  g_autofree char *subtitle = g_strdup_printf (runs ? _("runs since %s") : _("waits since %s"), clock);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Stop this run"));
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "run", g_strdup (hearth_run_get_id (run)), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->list, row);
}

static void
add_rows (HearthQueueButton *self,
          GPtrArray         *runs)
{
  for (guint i = 0; i < runs->len; i++)
    add_row (self, g_ptr_array_index (runs, i));
}

static void
changed_cb (HearthQueueButton *self)
{
  HearthQueue *queue = hearth_workspace_get_queue (self->workspace);
  g_autoptr (GPtrArray) running = hearth_queue_list_running (queue);
  g_autoptr (GPtrArray) waiting = hearth_queue_list_waiting (queue);
  gboolean is_paused = hearth_queue_is_paused (queue);
  guint n = running->len + waiting->len;
  g_autofree char *text = is_paused ? g_strdup_printf (_("Paused · %u"), n) : g_strdup_printf ("%u", n);
  GtkListBoxRow *old;

  g_assert (HEARTH_IS_QUEUE_BUTTON (self));

  while ((old = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (old));
  add_rows (self, running);
  add_rows (self, waiting);
  gtk_menu_button_set_label (self->button, text);
  gtk_switch_set_active (self->pause, is_paused);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  /* Who has paused the queue must find the way back */
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || is_paused);
  if (n == 0 && !is_paused)
    gtk_menu_button_popdown (self->button);
}

static void
hearth_queue_button_dispose (GObject *object)
{
  g_clear_object (&HEARTH_QUEUE_BUTTON (object)->workspace);

  G_OBJECT_CLASS (hearth_queue_button_parent_class)->dispose (object);
}

static void
hearth_queue_button_class_init (HearthQueueButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_queue_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-queue-button.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthQueueButton, button);
  gtk_widget_class_bind_template_child (widget_class, HearthQueueButton, list);
  gtk_widget_class_bind_template_child (widget_class, HearthQueueButton, pause);
  gtk_widget_class_bind_template_callback (widget_class, pause_cb);
}

static void
hearth_queue_button_init (HearthQueueButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hearth_queue_button_set_workspace (HearthQueueButton *self,
                                   HearthWorkspace   *workspace)
{
  g_return_if_fail (HEARTH_IS_QUEUE_BUTTON (self));
  g_return_if_fail (HEARTH_IS_WORKSPACE (workspace));

  if (!g_set_object (&self->workspace, workspace))
    return;
  g_signal_connect_object (hearth_workspace_get_queue (workspace), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
}
