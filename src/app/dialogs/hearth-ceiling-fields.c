/* hearth-ceiling-fields.c: rows in which a person enters ceilings of what calls to models may cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-ceiling-fields.h"

#include "hearth-display.h"

#include <math.h>

#include "hearth-i18n.h"

/* The fields. */
enum
{
  COST,
  TOKENS,
  CALLS,
  SECONDS,
};

typedef struct
{
  const char *key;
  const char *title;
  gboolean    whole;
} Kind;

static const Kind kinds[HEARTH_N_CEILING_FIELDS] = {
  [COST] = { "cost", N_("Money in USD"), FALSE },
  [TOKENS] = { "tokens", N_("Tokens"), TRUE },
  [CALLS] = { "calls", N_("Calls"), TRUE },
  [SECONDS] = { "seconds", N_("Time of Calls in Seconds"), FALSE },
};

void
hearth_ceiling_fields_init (HearthCeilingFields *self,
                            gboolean             with_button)
{
  for (guint i = 0; i < HEARTH_N_CEILING_FIELDS; i++)
    {
      self->rows[i] = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), _(kinds[i].title));
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->rows[i]), with_button);
      adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->rows[i]), GTK_INPUT_PURPOSE_NUMBER);
    }
}

/* NULL: there is none. */
static char *
dup_number (HearthValue *ceilings,
            const Kind  *kind)
{
  HearthValue *value = hearth_value_get (ceilings, kind->key);

  return value != NULL && hearth_value_is_number (value) ? hearth_display_value (value) : NULL;
}

void
hearth_ceiling_fields_set (HearthCeilingFields *self,
                           HearthValue         *ceilings)
{
  for (guint i = 0; i < HEARTH_N_CEILING_FIELDS; i++)
    {
      g_autofree char *text = dup_number (ceilings, &kinds[i]);

      gtk_editable_set_text (GTK_EDITABLE (self->rows[i]), text != NULL ? text : "");
      gtk_widget_remove_css_class (self->rows[i], "error");
    }
}

/* A comma is a point for half of the world. NULL: no number. */
static HearthValue *
parse_number (const char *text,
              gboolean    whole)
{
  g_autofree char *number = g_strstrip (g_strdelimit (g_strdup (text), ",", '.'));
  char *end = NULL;
  double value = g_ascii_strtod (number, &end);

  if (*number == '\0')
    return hearth_value_null ();
  if (*end != '\0' || !isfinite (value) || value < 0 || value > 1e12 || (whole && value != floor (value)))
    return NULL;
  return value == floor (value) ? hearth_value_integer ((gint64) value) : hearth_value_double (value);
}

HearthValue *
hearth_ceiling_fields_dup (HearthCeilingFields *self)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  gboolean good = TRUE;

  for (guint i = 0; i < HEARTH_N_CEILING_FIELDS; i++)
    {
      HearthValue *value = parse_number (gtk_editable_get_text (GTK_EDITABLE (self->rows[i])), kinds[i].whole);

      if (value != NULL)
        gtk_widget_remove_css_class (self->rows[i], "error");
      else
        gtk_widget_add_css_class (self->rows[i], "error");
      good = good && value != NULL;
      hearth_builder_add (&builder, kinds[i].key, value);
    }
  return good ? hearth_builder_end_object (&builder) : NULL;
}

static char *
say (guint       field,
     const char *number)
{
  gulong n = (gulong) g_ascii_strtod (number, NULL);

  switch (field)
    {
    case TOKENS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s token", "%s tokens", n), number);
    case CALLS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s call", "%s calls", n), number);
    case SECONDS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s second", "%s seconds", n), number);
    default:
      return g_strdup_printf (_("%s USD"), number);
    }
}

char *
hearth_ceilings_to_words (HearthValue *ceilings)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < HEARTH_N_CEILING_FIELDS; i++)
    {
      g_autofree char *number = dup_number (ceilings, &kinds[i]);
      g_autofree char *part = number != NULL ? say (i, number) : NULL;

      if (part != NULL)
        /* Translators: between the parts of a list */
        g_string_append_printf (words, "%s%s", words->len > 0 ? _(", ") : "", part);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : g_strdup (_("No ceiling"));
}
