/* hearth-canvas-value.c: values as they are typed: to text and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-json.h"

#include <gio/gio.h>
#include <math.h>

#include "hearth-i18n.h"

char *
hearth_canvas_value_to_text (HearthValue *value,
                             const HearthSlot *slot)
{
  if (value == NULL || hearth_value_is (value, NULL))
    return g_strdup ("");
  if (hearth_value_is (value, STRING))
    return g_strdup (hearth_value_get_string (value, NULL));
  if (hearth_value_is (value, OBJECT) || hearth_value_is (value, ARRAY))
    return hearth_json_print_pretty (value);
  return hearth_json_print (value);
}

static gboolean
parse_number (const char *text,
              double *number)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  char *end = NULL;

  /* People type the comma of their language */
  g_strdelimit (trimmed, ",", '.');
  *number = g_ascii_strtod (trimmed, &end);
  return *trimmed != '\0' && *end == '\0' && isfinite (*number);
}

static HearthValue *
number_from_text (const char *text,
                  const HearthSlot *slot,
                  GError **error)
{
  double minimum = hearth_value_get_member_double (slot->config, "min", -G_MAXDOUBLE);
  double maximum = hearth_value_get_member_double (slot->config, "max", G_MAXDOUBLE);
  double number;

  if (!parse_number (text, &number))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("“%s” is not a number."), text);
      return NULL;
    }
  if (slot->type == HEARTH_DATA_INTEGER)
    number = round (number);
  number = CLAMP (number, minimum, maximum);
  if (slot->type == HEARTH_DATA_INTEGER && fabs (number) < 9e15)
    return hearth_value_integer ((gint64) number);
  return hearth_value_double (number);
}

HearthValue *
hearth_canvas_value_from_text (const char *text,
                               const HearthSlot *slot,
                               GError **error)
{
  switch (slot->type)
    {
    case HEARTH_DATA_INTEGER:
    case HEARTH_DATA_FLOAT:
      return number_from_text (text, slot, error);
    case HEARTH_DATA_OBJECT:
    case HEARTH_DATA_ARRAY:
      return hearth_json_parse (text, -1, error);
    case HEARTH_DATA_STRING:
    case HEARTH_DATA_BOOLEAN:
    case HEARTH_DATA_BINARY:
    case HEARTH_DATA_WILDCARD:
    case HEARTH_DATA_CONVERTIBLE_ANY:
    default:
      return hearth_value_string (text);
    }
}

void
hearth_canvas_store_value (HearthCanvas *self,
                           const char *node_id,
                           const char *key,
                           gboolean is_config,
                           HearthValue *value)
{
  HearthCard *card = hearth_canvas_get_card (self, node_id);
  HearthCardRow *row;
  g_autofree char *label = NULL;
  g_autofree char *merge_key = NULL;
  g_autoptr (HearthEdit) edit = NULL;

  if (card == NULL)
    return;
  row = is_config ? hearth_card_data_find_config (hearth_card_get_data (card), key)
                  : hearth_card_data_find_row (hearth_card_get_data (card), key, FALSE);
  label = g_strdup_printf (_ ("Change “%s”"), row != NULL ? row->title : key);
  merge_key = g_strdup_printf ("%s/%s", node_id, key);
  edit = hearth_edit_new (self->graph, label);
  if (is_config)
    hearth_edit_set_config (edit, node_id, key, value);
  else
    hearth_edit_set_input (edit, node_id, key, value);
  hearth_canvas_push (self, g_steal_pointer (&edit), merge_key);
}

/* The node is asked for new values, as its browser script would be: the input that was pressed is
 * true for this one call. */
void
hearth_canvas_press_trigger (HearthCanvas *self,
                             const char *node_id,
                             const char *key)
{
  g_autoptr (HearthValue) pressed = hearth_value_boolean (TRUE);
  g_autoptr (HearthValue) inputs = NULL;
  g_autoptr (HearthValue) values = NULL;
  g_autoptr (HearthEdit) edit = NULL;
  g_autofree char *id = g_strdup (node_id);
  HearthNode *node;

  g_return_if_fail (HEARTH_IS_CANVAS (self) && node_id != NULL && key != NULL);

  node = self->graph != NULL ? hearth_graph_get_node (self->graph, node_id) : NULL;
  if (node == NULL || node->type == NULL || node->type->decl->before_run == NULL)
    {
      hearth_canvas_say (self, _ ("This button does nothing outside a browser"));
      return;
    }
  inputs = hearth_value_with (node->inputs, key, pressed);
  values = node->type->decl->before_run (inputs, hearth_chance_get_default ());
  edit = hearth_edit_new (self->graph, _ ("Press a button"));
  for (gsize i = 0; hearth_value_is (values, OBJECT) && i < hearth_value_get_length (values); i++)
    hearth_edit_set_input (edit, id, hearth_value_key_at (values, i), hearth_value_member_at (values, i));
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
}
