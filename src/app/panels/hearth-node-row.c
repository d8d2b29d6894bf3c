/* hearth-node-row.c: one kind of node in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-node-row.h"

#include "hearth-display.h"

#include "hearth-i18n.h"

struct _HearthNodeRow
{
  GtkListBoxRow   parent_instance;

  /* template */
  GtkLabel       *sign;
  GtkLabel       *title;
  GtkLabel       *description;

  /* owned */
  HearthNodeType *type;
  char           *folded_title;
  char           *folded_text;
};

enum
{
  ADD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthNodeRow, hearth_node_row, GTK_TYPE_LIST_BOX_ROW)

static void
add_cb (HearthNodeRow *self)
{
  g_signal_emit (self, signals[ADD], 0);
}

static GdkContentProvider *
prepare_cb (HearthNodeRow *self,
            double         x,
            double         y,
            GtkDragSource *source)
{
  g_assert (HEARTH_IS_NODE_ROW (self));

  return gdk_content_provider_new_typed (G_TYPE_STRING, self->type->id);
}

static void
drag_begin_cb (HearthNodeRow *self,
               GdkDrag       *drag,
               GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static void
hearth_node_row_finalize (GObject *object)
{
  HearthNodeRow *self = HEARTH_NODE_ROW (object);

  g_clear_pointer (&self->type, hearth_node_type_unref);
  g_free (self->folded_title);
  g_free (self->folded_text);

  G_OBJECT_CLASS (hearth_node_row_parent_class)->finalize (object);
}

static void
hearth_node_row_class_init (HearthNodeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_node_row_finalize;

  signals[ADD] = g_signal_new ("add", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-node-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthNodeRow, sign);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeRow, title);
  gtk_widget_class_bind_template_child (widget_class, HearthNodeRow, description);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
}

static void
hearth_node_row_init (HearthNodeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Names on the wire are found as well: users know them from shared workflows. */
static char *
fold_all (HearthNodeType *type)
{
  g_autofree char *all = g_strjoin ("\n", type->title, type->decl->name, type->id, type->category_title,
                                    type->decl->category != NULL ? type->decl->category : "",
                                    type->description != NULL ? type->description : "", NULL);

  return g_utf8_casefold (all, -1);
}

GtkWidget *
hearth_node_row_new (HearthNodeType *type)
{
  HearthNodeRow *self;
  g_autofree char *sign = NULL;

  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (HEARTH_TYPE_NODE_ROW, "tooltip-text", type->description, NULL);
  sign = hearth_display_sign (type);
  self->type = hearth_node_type_ref (type);
  self->folded_title = g_utf8_casefold (type->title, -1);
  self->folded_text = fold_all (type);
  gtk_label_set_label (self->sign, sign);
  gtk_label_set_label (self->title, type->title);
  gtk_label_set_label (self->description, type->description);
  gtk_widget_set_visible (GTK_WIDGET (self->description), type->description != NULL);
  hearth_display_name (GTK_WIDGET (self), type->title);
  return GTK_WIDGET (self);
}

HearthNodeType *
hearth_node_row_get_type_of_node (HearthNodeRow *self)
{
  g_return_val_if_fail (HEARTH_IS_NODE_ROW (self), NULL);

  return self->type;
}

guint
hearth_node_row_match (HearthNodeRow     *self,
                       const char *const *words)
{
  g_return_val_if_fail (HEARTH_IS_NODE_ROW (self), 0);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (self->folded_text, words[i]) == NULL)
      return 0;
  if (words[0] == NULL || g_str_has_prefix (self->folded_title, words[0]))
    return 1;
  return strstr (self->folded_title, words[0]) != NULL ? 2 : 3;
}
