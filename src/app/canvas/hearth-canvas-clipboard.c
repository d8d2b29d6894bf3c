/* hearth-canvas-clipboard.c: nodes on the system's clipboard, as text (workflow-format.md 5.5)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-json.h"

#include "hearth-i18n.h"

#define DUPLICATE_OFFSET 32

void
hearth_canvas_copy (HearthCanvas *self)
{
  g_auto (GStrv) ids = hearth_canvas_list_selected (self);
  g_autoptr (HearthValue) fragment = hearth_graph_copy (self->graph, (const char *const *) ids);
  g_autofree char *text = hearth_json_print (fragment);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static gboolean
paste_value (HearthCanvas *self,
             HearthValue *fragment,
             const char *label,
             double x,
             double y,
             GError **error)
{
  g_autoptr (HearthEdit) edit = hearth_edit_new (self->graph, label);
  g_auto (GStrv) ids = hearth_edit_paste (edit, fragment, x, y, error);

  if (ids == NULL)
    {
      hearth_edit_revert (g_steal_pointer (&edit));
      return FALSE;
    }
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
  hearth_canvas_select (self, (const char *const *) ids);
  return TRUE;
}

gboolean
hearth_canvas_paste_text (HearthCanvas *self,
                          const char *text,
                          double x,
                          double y)
{
  g_autoptr (HearthValue) fragment = text != NULL ? hearth_json_parse (text, -1, NULL) : NULL;
  g_autoptr (GError) error = NULL;

  if (fragment == NULL)
    {
      hearth_canvas_say (self, _ ("There are no nodes on the clipboard."));
      return FALSE;
    }
  if (paste_value (self, fragment, _ ("Paste"), hearth_card_layout_snap (x), hearth_card_layout_snap (y), &error))
    return TRUE;
  hearth_canvas_say (self, error->message);
  return FALSE;
}

static void
read_text_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (HearthCanvas) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  double x, y;

  /* The document may have been closed meanwhile */
  if (self->graph == NULL)
    return;
  hearth_canvas_get_insert_point (self, &x, &y);
  hearth_canvas_paste_text (self, text, x, y);
}

void
hearth_canvas_paste (HearthCanvas *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, read_text_cb,
                                 g_object_ref (self));
}

void
hearth_canvas_duplicate (HearthCanvas *self)
{
  g_auto (GStrv) ids = hearth_canvas_list_selected (self);
  g_autoptr (HearthValue) fragment = hearth_graph_copy (self->graph, (const char *const *) ids);
  g_autoptr (GError) error = NULL;
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      double x, y;

      hearth_card_get_place (hearth_canvas_get_card (self, ids[i]), &x, &y);
      left = MIN (left, x);
      top = MIN (top, y);
    }
  if (!paste_value (self, fragment, _ ("Duplicate"), left + DUPLICATE_OFFSET, top + DUPLICATE_OFFSET, &error))
    hearth_canvas_say (self, error->message);
}
