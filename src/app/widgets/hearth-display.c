/* hearth-display.c: values, times and types as people read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-display.h"

#include "hearth-id.h"
#include "hearth-json.h"

#include <math.h>

#include "hearth-i18n.h"

char *
hearth_display_value (HearthValue *value)
{
  if (value == NULL)
    return g_strdup ("");
  if (hearth_value_is (value, STRING))
    return g_strdup (hearth_value_get_string (value, NULL));
  return hearth_json_print_pretty (value);
}

char *
hearth_display_duration (double ms)
{
  if (ms < 1000)
    return g_strdup_printf (_("%.0f ms"), ms);
  if (ms < 60000)
    return g_strdup_printf (_("%.1f s"), ms / 1000);
  return g_strdup_printf (_("%d min %d s"), (int) (ms / 60000), (int) fmod (ms / 1000, 60));
}

char *
hearth_display_day (const char *iso)
{
  g_autoptr (GDateTime) time = iso != NULL ? g_date_time_new_from_iso8601 (iso, NULL) : NULL;
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  /* Translators: a day, as strftime writes it */
  return local != NULL ? g_date_time_format (local, _("%-d %B %Y")) : g_strdup ("");
}

char *
hearth_display_moment (const char *iso)
{
  g_autoptr (GDateTime) time = iso != NULL ? g_date_time_new_from_iso8601 (iso, NULL) : NULL;

  return time != NULL ? hearth_time_to_words (g_date_time_to_unix (time) * 1000) : g_strdup ("");
}

char *
hearth_display_clock (gint64 unix_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_ms / 1000);

  return time != NULL ? g_date_time_format (time, "%H:%M:%S") : g_strdup ("");
}

const char *
hearth_display_type (HearthDataType type)
{
  static const char *const names[HEARTH_N_DATA_TYPES] = {
    [HEARTH_DATA_STRING] = N_("Text"),
    [HEARTH_DATA_INTEGER] = N_("Whole number"),
    [HEARTH_DATA_FLOAT] = N_("Number"),
    [HEARTH_DATA_BOOLEAN] = N_("Yes or no"),
    [HEARTH_DATA_OBJECT] = N_("Object"),
    [HEARTH_DATA_ARRAY] = N_("List"),
    [HEARTH_DATA_BINARY] = N_("Binary data"),
    [HEARTH_DATA_WILDCARD] = N_("Anything"),
    [HEARTH_DATA_CONVERTIBLE_ANY] = N_("Adopts what is connected"),
  };

  g_return_val_if_fail (type < HEARTH_N_DATA_TYPES, "");

  return _(names[type]);
}

char *
hearth_display_sign (HearthNodeType *type)
{
  g_return_val_if_fail (type != NULL, NULL);

  if (type->decl != NULL && type->decl->icon != NULL)
    return g_strdup (type->decl->icon);
  return g_utf8_substring (type->title, 0, 1);
}

void
hearth_display_name (GtkWidget  *widget,
                     const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
hearth_display_verbatim (GtkLabel   *label,
                         const char *text)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (label, TRUE);
  gtk_label_set_xalign (label, 0);
  gtk_label_set_label (label, text);
}

void
hearth_display_copy (GtkWidget  *widget,
                     const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}
