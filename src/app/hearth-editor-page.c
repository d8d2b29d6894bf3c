/* hearth-editor-page.c: one open workflow: its canvas and what belongs to it alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-editor-page.h"

#include "hearth-ask-bar.h"
#include "hearth-palette.h"

#include "hearth-i18n.h"

struct _HearthEditorPage
{
  AdwBin          parent_instance;

  /* template */
  HearthCanvas   *canvas;
  GtkRevealer    *conflict;
  HearthAskBar   *ask_bar;
  GtkRevealer    *hint;
  GtkRevealer    *empty;
  GtkButton      *zoom_label;

  /* owned */
  HearthDocument *document;
  HearthRunLog   *run_log;
  HearthProblems *problems;
  GtkWidget      *palette; /* a child, unparented by hand */

  guint           fit_tick;
};

enum
{
  MESSAGE,
  OPEN_WORKFLOW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthEditorPage, hearth_editor_page, ADW_TYPE_BIN)

/* --- what the canvas says ------------------------------------------------------------------- */

static void
palette_requested_cb (HearthEditorPage *self,
                      double            x,
                      double            y,
                      const char       *node_id,
                      const char       *slot_key,
                      gboolean          is_output)
{
  g_assert (HEARTH_IS_EDITOR_PAGE (self));

  hearth_palette_ask (HEARTH_PALETTE (self->palette), self->canvas, x, y, node_id, slot_key, is_output);
}

static void
message_cb (HearthEditorPage *self,
            const char       *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

static void
open_workflow_cb (HearthEditorPage *self,
                  const char       *workflow_id)
{
  g_signal_emit (self, signals[OPEN_WORKFLOW], 0, workflow_id);
}

static void
zoom_cb (HearthEditorPage *self)
{
  g_autofree char *text = NULL;
  double zoom = 1;

  g_object_get (self->canvas, "zoom", &zoom, NULL);
  /* Translators: how large the workflow is shown */
  text = g_strdup_printf (_("%.0f %%"), zoom * 100);
  gtk_button_set_label (self->zoom_label, text);
}

/* The buttons stand beside the canvas, not in it, so they name its action themselves. */
static void
canvas_action_cb (HearthEditorPage *self,
                  GtkWidget        *button)
{
  gtk_widget_activate_action (GTK_WIDGET (self->canvas), gtk_widget_get_name (button), NULL);
}

static gboolean
drop_cb (HearthEditorPage *self,
         const GValue     *value,
         double            x,
         double            y)
{
  HearthGraph *graph = hearth_document_get_graph (self->document);
  const char *type_id = g_value_get_string (value);
  double at_x, at_y;

  if (type_id == NULL || hearth_catalog_lookup (hearth_graph_get_catalog (graph), type_id) == NULL)
    return FALSE;
  hearth_canvas_point_from_widget (self->canvas, x, y, &at_x, &at_y);
  hearth_canvas_add_node (self->canvas, type_id, at_x, at_y, NULL, NULL, FALSE);
  return TRUE;
}

/* --- bars and hints ------------------------------------------------------------------------- */

static void
conflict_cb (HearthEditorPage *self)
{
  gtk_revealer_set_reveal_child (self->conflict, TRUE);
}

static void
reloaded_cb (HearthEditorPage *self)
{
  gtk_revealer_set_reveal_child (self->conflict, FALSE);
  g_signal_emit (self, signals[MESSAGE], 0, _("The workflow was changed elsewhere; this is the new state"));
}

static void
take_theirs_cb (HearthEditorPage *self)
{
  gtk_revealer_set_reveal_child (self->conflict, FALSE);
  hearth_document_take_theirs (self->document);
}

static void
keep_mine_cb (HearthEditorPage *self)
{
  gtk_revealer_set_reveal_child (self->conflict, FALSE);
  hearth_document_keep_mine (self->document);
}

static void
close_hint_cb (HearthEditorPage *self)
{
  gtk_revealer_set_reveal_child (self->hint, FALSE);
}

static void
problems_changed_cb (HearthEditorPage *self)
{
  g_assert (HEARTH_IS_EDITOR_PAGE (self));

  hearth_canvas_set_problems (self->canvas, hearth_problems_get_list (self->problems));
}

/* An empty canvas says what to do with it. Group ends and frames alone count as empty. */
static void
graph_changed_cb (HearthEditorPage *self)
{
  HearthGraph *graph = hearth_document_get_graph (self->document);
  gboolean is_empty = TRUE;

  g_assert (HEARTH_IS_EDITOR_PAGE (self));

  for (guint i = 0; is_empty && i < hearth_graph_get_n_nodes (graph); i++)
    {
      const char *type_id = hearth_graph_node_at (graph, i)->type_id;

      is_empty = g_str_equal (type_id, HEARTH_TYPE_ID_GROUP_INPUT) ||
                 g_str_equal (type_id, HEARTH_TYPE_ID_GROUP_OUTPUT);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->empty), is_empty);
  gtk_revealer_set_reveal_child (self->empty, is_empty);
}

static void
run_changed_cb (HearthEditorPage *self)
{
  if (hearth_run_log_get_run (self->run_log) != NULL)
    gtk_revealer_set_reveal_child (self->hint, FALSE);
}

static void
ask_cb (HearthEditorPage *self)
{
  hearth_editor_page_ask_for_node (self);
}

static gboolean
fit_cb (GtkWidget     *widget,
        GdkFrameClock *clock,
        gpointer       user_data)
{
  HearthEditorPage *self = HEARTH_EDITOR_PAGE (widget);

  if (gtk_widget_get_width (GTK_WIDGET (self->canvas)) == 0)
    return G_SOURCE_CONTINUE;
  self->fit_tick = 0;
  hearth_canvas_zoom_to_fit (self->canvas);
  return G_SOURCE_REMOVE;
}

/* --- class ------------------------------------------------------------------------------------ */

static void
hearth_editor_page_dispose (GObject *object)
{
  HearthEditorPage *self = HEARTH_EDITOR_PAGE (object);

  if (self->fit_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fit_tick);
  self->fit_tick = 0;
  g_clear_pointer (&self->palette, gtk_widget_unparent);
  g_clear_object (&self->run_log);
  g_clear_object (&self->problems);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (hearth_editor_page_parent_class)->dispose (object);
}

static void
hearth_editor_page_class_init (HearthEditorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_editor_page_dispose;

  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPEN_WORKFLOW] = g_signal_new ("open-workflow", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (HEARTH_TYPE_CANVAS);
  g_type_ensure (HEARTH_TYPE_ASK_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-editor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthEditorPage, canvas);
  gtk_widget_class_bind_template_child (widget_class, HearthEditorPage, conflict);
  gtk_widget_class_bind_template_child (widget_class, HearthEditorPage, ask_bar);
  gtk_widget_class_bind_template_child (widget_class, HearthEditorPage, hint);
  gtk_widget_class_bind_template_child (widget_class, HearthEditorPage, empty);
  gtk_widget_class_bind_template_child (widget_class, HearthEditorPage, zoom_label);
  gtk_widget_class_bind_template_callback (widget_class, palette_requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_workflow_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_theirs_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_mine_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_hint_cb);
  gtk_widget_class_bind_template_callback (widget_class, canvas_action_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
}

static void
hearth_editor_page_init (HearthEditorPage *self)
{
  GtkDropTarget *drop;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->palette = hearth_palette_new ();
  gtk_widget_set_parent (self->palette, GTK_WIDGET (self));

  drop = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);
  g_signal_connect_object (drop, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), GTK_EVENT_CONTROLLER (drop));
  zoom_cb (self);
}

/* --- public ------------------------------------------------------------------------------- */

GtkWidget *
hearth_editor_page_new (HearthDocument *document)
{
  HearthEditorPage *self;

  g_return_val_if_fail (HEARTH_IS_DOCUMENT (document), NULL);

  self = g_object_new (HEARTH_TYPE_EDITOR_PAGE, NULL);
  self->document = g_object_ref (document);
  self->run_log = hearth_run_log_new (document);
  self->problems = hearth_problems_new (document);
  hearth_canvas_set_document (self->canvas, document);
  hearth_ask_bar_set_document (self->ask_bar, document);

  g_signal_connect_object (document, "conflict", G_CALLBACK (conflict_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "reloaded", G_CALLBACK (reloaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->problems, "changed", G_CALLBACK (problems_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run_log, "run-changed", G_CALLBACK (run_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hearth_document_get_graph (document), "changed", G_CALLBACK (graph_changed_cb), self,
                           G_CONNECT_SWAPPED);
  graph_changed_cb (self);
  return GTK_WIDGET (self);
}

HearthDocument *
hearth_editor_page_get_document (HearthEditorPage *self)
{
  g_return_val_if_fail (HEARTH_IS_EDITOR_PAGE (self), NULL);

  return self->document;
}

HearthCanvas *
hearth_editor_page_get_canvas (HearthEditorPage *self)
{
  g_return_val_if_fail (HEARTH_IS_EDITOR_PAGE (self), NULL);

  return self->canvas;
}

HearthRunLog *
hearth_editor_page_get_run_log (HearthEditorPage *self)
{
  g_return_val_if_fail (HEARTH_IS_EDITOR_PAGE (self), NULL);

  return self->run_log;
}

HearthProblems *
hearth_editor_page_get_problems (HearthEditorPage *self)
{
  g_return_val_if_fail (HEARTH_IS_EDITOR_PAGE (self), NULL);

  return self->problems;
}

void
hearth_editor_page_ask_for_node (HearthEditorPage *self)
{
  double x, y;

  g_return_if_fail (HEARTH_IS_EDITOR_PAGE (self));

  hearth_canvas_get_insert_point (self->canvas, &x, &y);
  hearth_palette_ask (HEARTH_PALETTE (self->palette), self->canvas, x, y, NULL, NULL, FALSE);
}

void
hearth_editor_page_show_hint (HearthEditorPage *self)
{
  g_return_if_fail (HEARTH_IS_EDITOR_PAGE (self));

  gtk_revealer_set_reveal_child (self->hint, TRUE);
}

void
hearth_editor_page_fit (HearthEditorPage *self)
{
  g_return_if_fail (HEARTH_IS_EDITOR_PAGE (self));

  if (self->fit_tick == 0)
    self->fit_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), fit_cb, NULL, NULL);
}
