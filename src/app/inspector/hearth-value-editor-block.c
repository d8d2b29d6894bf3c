/* hearth-value-editor-block.c: value editors of many lines: text, code, JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-value-editor-private.h"

#include "hearth-display.h"
#include "hearth-json.h"

#include <gtksourceview/gtksource.h>

#include "hearth-i18n.h"

static char *
dup_text (HearthValueEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->widget));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
set_text (HearthValueEditor *self,
          const char        *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->widget)), text, -1);
}

/* Grows with its text, up to a point. */
static GtkWidget *
in_frame (HearthValueEditor *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->widget);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                                      "child", view,
                                      "min-content-height", 56,
                                      "max-content-height", 260,
                                      "propagate-natural-height", TRUE,
                                      "overflow", GTK_OVERFLOW_HIDDEN,
                                      NULL);

  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (view, 8);
  gtk_text_view_set_right_margin (view, 8);
  gtk_text_view_set_top_margin (view, 6);
  gtk_text_view_set_bottom_margin (view, 6);
  /* Tab walks on to the next value, as in every form. */
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_widget_add_css_class (scroller, "text-area");
  return scroller;
}

/* --- plain text ---------------------------------------------------------------------------------- */

static void
area_changed_cb (HearthValueEditor *self)
{
  g_autofree char *text = NULL;

  g_assert (HEARTH_IS_VALUE_EDITOR (self));

  if (self->is_showing)
    return;
  text = dup_text (self);
  _hearth_value_editor_take (self, hearth_value_string (text));
}

static void
show_area (HearthValueEditor *self,
           HearthValue       *value)
{
  g_autofree char *text = value == NULL || hearth_value_is (value, NULL) ? g_strdup ("")
                                                                         : hearth_display_value (value);

  set_text (self, text);
}

static GtkWidget *
build_area (HearthValueEditor *self)
{
  self->widget = gtk_text_view_new ();
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->widget)), "changed",
                           G_CALLBACK (area_changed_cb), self, G_CONNECT_SWAPPED);
  return in_frame (self);
}

/* --- code ------------------------------------------------------------------------------------------ */

static const char *
find_language (HearthSlot *slot)
{
  const char *hint = hearth_value_get_member_string (slot->config, "languageHint", NULL);

  if (hint == NULL)
    hint = hearth_value_get_member_string (slot->config, "language", NULL);
  if (hint == NULL && hearth_slot_has_category (slot, "Markdown"))
    hint = "markdown";
  if (hint == NULL && hearth_slot_has_category (slot, "JavaScript"))
    hint = "js";
  if (hint == NULL && !hearth_slot_has_category (slot, "Code"))
    hint = "json";
  if (g_strcmp0 (hint, "javascript") == 0)
    hint = "js";
  return g_strcmp0 (hint, "python") == 0 ? "python3" : hint;
}

static void
dark_cb (GtkSourceBuffer *buffer)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *manager = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (buffer, gtk_source_style_scheme_manager_get_scheme (
                                                manager, is_dark ? "Adwaita-dark" : "Adwaita"));
}

static GtkWidget *
build_source (HearthValueEditor *self,
              GCallback          changed)
{
  g_autoptr (GtkSourceBuffer) buffer = gtk_source_buffer_new (NULL);
  const char *language = find_language (self->slot);

  if (language != NULL)
    gtk_source_buffer_set_language (
      buffer, gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), language));
  self->widget = gtk_source_view_new_with_buffer (buffer);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->widget), TRUE);
  dark_cb (buffer);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (dark_cb), buffer,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "changed", changed, self, G_CONNECT_SWAPPED);
  return in_frame (self);
}

static GtkWidget *
build_code (HearthValueEditor *self)
{
  return build_source (self, G_CALLBACK (area_changed_cb));
}

/* --- JSON -------------------------------------------------------------------------------------------- */

/* What cannot be read is marked and not taken; the last good value stays in force. */
static void
json_changed_cb (HearthValueEditor *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  HearthValue *value;

  g_assert (HEARTH_IS_VALUE_EDITOR (self));

  if (self->is_showing)
    return;
  text = dup_text (self);
  value = hearth_json_parse (text, -1, &error);
  gtk_widget_set_tooltip_text (self->widget, error != NULL ? error->message : NULL);
  if (value == NULL)
    {
      gtk_widget_add_css_class (adw_bin_get_child (ADW_BIN (self)), "error");
      return;
    }
  gtk_widget_remove_css_class (adw_bin_get_child (ADW_BIN (self)), "error");
  _hearth_value_editor_take (self, value);
}

static GtkWidget *
build_json (HearthValueEditor *self)
{
  return build_source (self, G_CALLBACK (json_changed_cb));
}

static void
show_json (HearthValueEditor *self,
           HearthValue       *value)
{
  g_autofree char *text = value != NULL ? hearth_display_value (value) : g_strdup ("");
  GtkWidget *frame = adw_bin_get_child (ADW_BIN (self));

  set_text (self, text);
  if (frame != NULL)
    gtk_widget_remove_css_class (frame, "error");
}

const HearthEditorKind _hearth_editor_area = { build_area, show_area, TRUE };
const HearthEditorKind _hearth_editor_code = { build_code, show_area, TRUE };
const HearthEditorKind _hearth_editor_json = { build_json, show_json, TRUE };
