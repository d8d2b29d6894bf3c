/* hearth-source-row.c: where a connected input gets its value from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-source-row.h"

#include "hearth-display.h"

#include "hearth-i18n.h"

struct _HearthSourceRow
{
  GtkListBoxRow  parent_instance;

  /* template */
  GtkLabel      *title;
  GtkLabel      *source;
  GtkButton     *up;
  GtkButton     *down;

  /* owned */
  char          *edge;

  guint          index;
};

enum
{
  VERB,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthSourceRow, hearth_source_row, GTK_TYPE_LIST_BOX_ROW)

static void
reveal_cb (HearthSourceRow *self)
{
  g_signal_emit (self, signals[VERB], 0, HEARTH_SOURCE_REVEAL);
}

static void
cut_cb (HearthSourceRow *self)
{
  g_signal_emit (self, signals[VERB], 0, HEARTH_SOURCE_CUT);
}

static void
up_cb (HearthSourceRow *self)
{
  g_signal_emit (self, signals[VERB], 0, HEARTH_SOURCE_UP);
}

static void
down_cb (HearthSourceRow *self)
{
  g_signal_emit (self, signals[VERB], 0, HEARTH_SOURCE_DOWN);
}

static void
hearth_source_row_finalize (GObject *object)
{
  HearthSourceRow *self = HEARTH_SOURCE_ROW (object);

  g_free (self->edge);

  G_OBJECT_CLASS (hearth_source_row_parent_class)->finalize (object);
}

static void
hearth_source_row_class_init (HearthSourceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_source_row_finalize;

  signals[VERB] = g_signal_new ("verb", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-source-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthSourceRow, title);
  gtk_widget_class_bind_template_child (widget_class, HearthSourceRow, source);
  gtk_widget_class_bind_template_child (widget_class, HearthSourceRow, up);
  gtk_widget_class_bind_template_child (widget_class, HearthSourceRow, down);
  gtk_widget_class_bind_template_callback (widget_class, reveal_cb);
  gtk_widget_class_bind_template_callback (widget_class, cut_cb);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
}

static void
hearth_source_row_init (HearthSourceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
describe (HearthGraph *graph,
          HearthEdge  *edge)
{
  HearthNode *node = hearth_graph_get_node (graph, edge->source);
  g_autoptr (HearthSlot) slot = NULL;

  if (node == NULL)
    return g_strdup (_("A node that is gone"));
  slot = hearth_graph_find_output (graph, node, edge->source_handle);
  return g_strdup_printf ("%s · %s", hearth_node_get_title (node),
                          slot != NULL ? slot->title : edge->source_handle);
}

GtkWidget *
hearth_source_row_new (HearthGraph *graph,
                       HearthEdge  *edge,
                       const char  *title)
{
  HearthSourceRow *self;
  g_autofree char *source = NULL;

  g_return_val_if_fail (HEARTH_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (edge != NULL, NULL);

  self = g_object_new (HEARTH_TYPE_SOURCE_ROW, NULL);
  self->edge = g_strdup (edge->id);
  source = describe (graph, edge);
  gtk_label_set_label (self->source, source);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->source), source);
  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->title), title != NULL);
  hearth_display_name (GTK_WIDGET (self), source);
  return GTK_WIDGET (self);
}

const char *
hearth_source_row_get_edge (HearthSourceRow *self)
{
  g_return_val_if_fail (HEARTH_IS_SOURCE_ROW (self), NULL);

  return self->edge;
}

void
hearth_source_row_set_place (HearthSourceRow *self,
                             guint            index,
                             guint            n)
{
  g_return_if_fail (HEARTH_IS_SOURCE_ROW (self));

  self->index = index;
  gtk_widget_set_visible (GTK_WIDGET (self->up), n > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->down), n > 1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->up), index > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->down), index + 1 < n);
}

guint
hearth_source_row_get_index (HearthSourceRow *self)
{
  g_return_val_if_fail (HEARTH_IS_SOURCE_ROW (self), 0);

  return self->index;
}
