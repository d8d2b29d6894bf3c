/* hearth-result-row.c: a result to read and to copy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-result-row.h"

#include "hearth-display.h"

#include "hearth-i18n.h"

/* A label lays out all it holds; more than this is for copying, not for reading here. */
#define MAX_SHOWN 20000
#define SHORT_LINES 8

struct _HearthResultRow
{
  GtkListBoxRow  parent_instance;

  /* template */
  GtkLabel      *title;
  GtkLabel      *text;
  GtkButton     *copy;

  /* owned */
  char          *key;
  GString       *whole; /* NULL: no result */

  guint          tick;
};

G_DEFINE_FINAL_TYPE (HearthResultRow, hearth_result_row, GTK_TYPE_LIST_BOX_ROW)

static void
show (HearthResultRow *self)
{
  gboolean is_there = self->whole != NULL && self->whole->len > 0;
  g_autofree char *shown = NULL;

  if (is_there)
    shown = g_utf8_strlen (self->whole->str, -1) > MAX_SHOWN ? g_utf8_substring (self->whole->str, 0, MAX_SHOWN)
                                                             : g_strdup (self->whole->str);
  else
    shown = g_strdup (self->whole != NULL ? _("empty") : _("no result yet"));
  gtk_label_set_label (self->text, shown);
  gtk_widget_set_sensitive (GTK_WIDGET (self->copy), is_there);
  if (is_there)
    gtk_widget_remove_css_class (GTK_WIDGET (self->text), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "dim-label");
}

static gboolean
show_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  HearthResultRow *self = HEARTH_RESULT_ROW (widget);

  self->tick = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

/* At most once a frame, however fast the chunks come. */
static void
queue_show (HearthResultRow *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    show (self);
  else if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), show_cb, NULL, NULL);
}

static void
copy_cb (HearthResultRow *self)
{
  g_assert (HEARTH_IS_RESULT_ROW (self));

  if (self->whole != NULL)
    hearth_display_copy (GTK_WIDGET (self), self->whole->str);
}

static void
drop_whole (HearthResultRow *self)
{
  if (self->whole != NULL)
    g_string_free (g_steal_pointer (&self->whole), TRUE);
}

static void
hearth_result_row_finalize (GObject *object)
{
  HearthResultRow *self = HEARTH_RESULT_ROW (object);

  drop_whole (self);
  g_free (self->key);

  G_OBJECT_CLASS (hearth_result_row_parent_class)->finalize (object);
}

static void
hearth_result_row_class_init (HearthResultRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_result_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-result-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthResultRow, title);
  gtk_widget_class_bind_template_child (widget_class, HearthResultRow, text);
  gtk_widget_class_bind_template_child (widget_class, HearthResultRow, copy);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
hearth_result_row_init (HearthResultRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hearth_result_row_set_tall (self, FALSE);
  show (self);
}

GtkWidget *
hearth_result_row_new (const char *key,
                       const char *title)
{
  HearthResultRow *self = g_object_new (HEARTH_TYPE_RESULT_ROW, NULL);

  self->key = g_strdup (key);
  gtk_label_set_label (self->title, title);
  hearth_display_name (GTK_WIDGET (self), title);
  return GTK_WIDGET (self);
}

const char *
hearth_result_row_get_key (HearthResultRow *self)
{
  g_return_val_if_fail (HEARTH_IS_RESULT_ROW (self), NULL);

  return self->key;
}

void
hearth_result_row_set_text (HearthResultRow *self,
                            const char      *text)
{
  g_return_if_fail (HEARTH_IS_RESULT_ROW (self));

  if ((text == NULL) == (self->whole == NULL) && (text == NULL || g_str_equal (text, self->whole->str)))
    return;
  drop_whole (self);
  self->whole = text != NULL ? g_string_new (text) : NULL;
  queue_show (self);
}

void
hearth_result_row_append (HearthResultRow *self,
                          const char      *text)
{
  g_return_if_fail (HEARTH_IS_RESULT_ROW (self));
  g_return_if_fail (text != NULL);

  if (self->whole == NULL)
    self->whole = g_string_new (NULL);
  g_string_append (self->whole, text);
  queue_show (self);
}

const char *
hearth_result_row_get_text (HearthResultRow *self)
{
  g_return_val_if_fail (HEARTH_IS_RESULT_ROW (self), NULL);

  return self->whole != NULL ? self->whole->str : NULL;
}

void
hearth_result_row_set_tall (HearthResultRow *self,
                            gboolean         is_tall)
{
  g_return_if_fail (HEARTH_IS_RESULT_ROW (self));

  gtk_label_set_lines (self->text, is_tall ? -1 : SHORT_LINES);
  gtk_label_set_ellipsize (self->text, is_tall ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
}
