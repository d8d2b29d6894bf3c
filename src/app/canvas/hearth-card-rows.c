/* hearth-card-rows.c: the rows of a card, from the slots of its node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-card-data.h"

#include "hearth-json.h"
#include "hearth-secret.h"

#include "hearth-i18n.h"

#define LINE_CHARS 120
#define AREA_CHARS 400

static HearthValue *
get_suggestions (const HearthSlot *slot)
{
  HearthValue *list = hearth_value_get_member_kind (slot->config, "suggestions", HEARTH_VALUE_ARRAY);

  return list != NULL && hearth_value_get_length (list) > 0 ? list : NULL;
}

HearthRowKind
hearth_card_rows_pick_kind (const HearthSlot *slot)
{
  g_return_val_if_fail (slot != NULL, HEARTH_ROW_PLAIN);

  if (hearth_slot_has_category (slot, "Trigger"))
    return HEARTH_ROW_BUTTON;
  if (hearth_slot_has_category (slot, "FilePath"))
    return HEARTH_ROW_FILE;
  switch (slot->type)
    {
    case HEARTH_DATA_STRING:
      if (get_suggestions (slot) != NULL && hearth_slot_has_category (slot, "ComboOption"))
        return HEARTH_ROW_CHOICE;
      if (hearth_slot_has_category (slot, "Code") || hearth_slot_has_category (slot, "Markdown")
          || hearth_value_get_member_boolean (slot->config, "multiline", FALSE))
        return HEARTH_ROW_AREA;
      return HEARTH_ROW_TEXT;
    case HEARTH_DATA_INTEGER:
    case HEARTH_DATA_FLOAT:
      if (get_suggestions (slot) != NULL && hearth_slot_has_category (slot, "ComboOption"))
        return HEARTH_ROW_CHOICE;
      return HEARTH_ROW_NUMBER;
    case HEARTH_DATA_BOOLEAN:
      return HEARTH_ROW_SWITCH;
    case HEARTH_DATA_OBJECT:
    case HEARTH_DATA_ARRAY:
      return hearth_slot_has_category (slot, "Json") ? HEARTH_ROW_AREA : HEARTH_ROW_PLAIN;
    case HEARTH_DATA_BINARY:
    case HEARTH_DATA_WILDCARD:
    case HEARTH_DATA_CONVERTIBLE_ANY:
    default:
      return HEARTH_ROW_PLAIN;
    }
}

HearthDotShape
hearth_card_rows_pick_shape (const HearthSlot *slot)
{
  g_return_val_if_fail (slot != NULL, HEARTH_DOT_NONE);

  if (hearth_slot_is (slot, HIDE_HANDLE) || hearth_slot_has_category (slot, "Trigger"))
    return HEARTH_DOT_NONE;
  if (hearth_slot_is (slot, MULTI))
    return HEARTH_DOT_MULTI;
  if (hearth_slot_is (slot, STREAM))
    return HEARTH_DOT_STREAM;
  if (slot->type == HEARTH_DATA_WILDCARD || slot->type == HEARTH_DATA_CONVERTIBLE_ANY)
    return HEARTH_DOT_ANY;
  return HEARTH_DOT_VALUE;
}

/* A card shows a line; a text of megabytes must not be shaped for it. */
static char *
cut (const char *text,
     gsize max_chars,
     gboolean keep_lines)
{
  const char *end = text;
  gsize n = 0;
  g_autofree char *head = NULL;

  while (*end != '\0' && n++ < max_chars)
    end = g_utf8_next_char (end);
  head = g_strndup (text, (gsize) (end - text));
  if (!keep_lines)
    g_strdelimit (head, "\n\r\t", ' ');
  return *end == '\0' ? g_steal_pointer (&head) : g_strconcat (head, "…", NULL);
}

char *
hearth_card_rows_format_value (const HearthValue *value,
                               gsize max_chars,
                               gboolean keep_lines)
{
  g_autofree char *text = NULL;

  if (value == NULL || hearth_value_get_kind (value) == HEARTH_VALUE_NULL)
    return NULL;
  switch (hearth_value_get_kind (value))
    {
    case HEARTH_VALUE_STRING:
      text = g_strdup (hearth_value_get_string (value, NULL));
      break;
    case HEARTH_VALUE_BOOLEAN:
      text = g_strdup (hearth_value_get_boolean (value) ? _ ("on") : _ ("off"));
      break;
    case HEARTH_VALUE_ARRAY:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u item", "%u items",
                                           hearth_value_get_length (value)),
                              (guint) hearth_value_get_length (value));
    case HEARTH_VALUE_OBJECT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u field", "%u fields",
                                           hearth_value_get_length (value)),
                              (guint) hearth_value_get_length (value));
    case HEARTH_VALUE_NULL:
    case HEARTH_VALUE_INTEGER:
    case HEARTH_VALUE_DOUBLE:
    case HEARTH_VALUE_BIG_NUMBER:
    default:
      text = hearth_value_to_text (value);
      break;
    }
  return cut (text, max_chars, keep_lines);
}

/* The labels of modes are fixed on the wire, their titles are in the user's language. */
static const char *
find_mode_title (const HearthNodeType *type,
                 const HearthSlot *slot,
                 const HearthValue *value)
{
  if (type == NULL || g_strcmp0 (type->decl->mode_key, slot->key) != 0 || !hearth_value_is (value, STRING))
    return NULL;
  for (guint i = 0; i < type->modes->len; i++)
    {
      HearthMode *mode = g_ptr_array_index (type->modes, i);

      if (g_str_equal (mode->id, hearth_value_get_string (value, NULL)))
        return mode->title;
    }
  return NULL;
}

const char *
hearth_card_rows_find_label (const HearthNodeType *type,
                             const HearthSlot *slot,
                             const HearthValue *value)
{
  HearthValue *list = get_suggestions (slot);
  const char *mode_title = find_mode_title (type, slot, value);

  if (mode_title != NULL)
    return mode_title;

  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    {
      HearthValue *entry = hearth_value_at (list, i);

      if (hearth_value_is (entry, OBJECT) && hearth_value_equal (hearth_value_get (entry, "value"), value))
        return hearth_value_get_member_string (entry, "label", NULL);
    }
  return NULL;
}

HearthValue *
hearth_card_rows_get_value (HearthNode *node,
                            const HearthSlot *slot,
                            gboolean is_config)
{
  HearthValue *value;

  g_return_val_if_fail (node != NULL && slot != NULL, NULL);

  value = hearth_value_get (is_config ? node->config : node->inputs, slot->key);
  if (value == NULL || hearth_value_is (value, NULL))
    value = hearth_slot_get_effective_default (slot);
  return value;
}

static char *
format_json (const HearthValue *value)
{
  g_autofree char *text = hearth_json_print_pretty (value);

  return cut (text, AREA_CHARS, TRUE);
}

/* "owl.png" */
static void
set_file (HearthCardRow *row,
          const HearthValue *value)
{
  const char *path = hearth_value_is (value, STRING) ? hearth_value_get_string (value, NULL) : "";
  const char *slash = strrchr (path, '/');

  row->hint = *path == '\0';
  row->value = row->hint ? g_strdup (_ ("Choose…")) : cut (slash != NULL ? slash + 1 : path, LINE_CHARS, FALSE);
}

static void
set_value (HearthCardRow *row,
           const HearthNodeType *type,
           const HearthSlot *slot,
           HearthValue *value)
{
  gboolean is_area = row->kind == HEARTH_ROW_AREA;
  const char *label = row->kind == HEARTH_ROW_CHOICE ? hearth_card_rows_find_label (type, slot, value) : NULL;
  g_autoptr (HearthValue) hidden = hearth_slot_is (slot, SECRET) ? hearth_secret_hide_value (value) : NULL;

  if (hidden != NULL)
    value = hidden;
  if (row->kind == HEARTH_ROW_PLAIN || row->kind == HEARTH_ROW_BUTTON)
    return;
  if (row->kind == HEARTH_ROW_FILE)
    {
      set_file (row, value);
      return;
    }
  row->on = hearth_value_is_truthy (value);
  if (label != NULL)
    row->value = g_strdup (label);
  else if (is_area && (hearth_value_is (value, OBJECT) || hearth_value_is (value, ARRAY)))
    row->value = format_json (value);
  else if (row->kind != HEARTH_ROW_SWITCH)
    row->value = hearth_card_rows_format_value (value, is_area ? AREA_CHARS : LINE_CHARS, is_area);
  if (row->value == NULL || *row->value == '\0')
    {
      const char *hint = hearth_value_get_member_string (slot->config, "placeholder", NULL);

      g_free (row->value);
      row->value = hint != NULL ? cut (hint, LINE_CHARS, FALSE) : NULL;
      row->hint = TRUE;
    }
}

static HearthCardRow *
add_slot (HearthCardData *self,
          HearthRowSide side,
          HearthSlot *slot)
{
  HearthCardRow *row = hearth_card_data_add_row (self, side, slot->key, slot->title, slot->type);

  row->slot = hearth_slot_ref (slot);
  if (side != HEARTH_SIDE_CONFIG)
    row->shape = hearth_card_rows_pick_shape (slot);
  return row;
}

static void
add_outputs (HearthCardData *self,
             HearthGraph *graph,
             HearthNode *node)
{
  g_autoptr (GPtrArray) slots = hearth_graph_list_outputs (graph, node);
  GPtrArray *edges = hearth_graph_get_edges_out (graph, node->id);

  for (guint i = 0; i < slots->len; i++)
    {
      HearthCardRow *row = add_slot (self, HEARTH_SIDE_OUTPUT, g_ptr_array_index (slots, i));

      for (guint j = 0; j < edges->len && !row->connected; j++)
        row->connected = g_str_equal (((HearthEdge *) g_ptr_array_index (edges, j))->source_handle, row->key);
    }
}

static void
add_config (HearthCardData *self,
            HearthNode *node)
{
  GPtrArray *slots = node->type != NULL ? node->type->config : NULL;

  for (guint i = 0; slots != NULL && i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);
      HearthCardRow *row;

      /* What is chosen is a workflow, and its id says nothing. */
      if (hearth_slot_has_category (slot, "ResourceId") && !hearth_slot_has_category (slot, "FilePath"))
        continue;
      row = add_slot (self, HEARTH_SIDE_CONFIG, slot);
      row->kind = hearth_card_rows_pick_kind (slot);
      set_value (row, node->type, slot, hearth_card_rows_get_value (node, slot, TRUE));
    }
}

static char *
dup_source_title (HearthGraph *graph,
                  HearthEdge *edge)
{
  HearthNode *source = hearth_graph_get_node (graph, edge->source);
  g_autoptr (HearthSlot) slot = NULL;

  if (source == NULL)
    return g_strdup (_ ("a node that is missing"));
  slot = hearth_graph_find_output (graph, source, edge->source_handle);
  if (slot == NULL)
    return g_strdup (hearth_node_get_title (source));
  return g_strdup_printf ("%s · %s", slot->title, hearth_node_get_title (source));
}

static void
add_sources (HearthCardData *self,
             HearthGraph *graph,
             HearthNode *node,
             HearthCardRow *multi)
{
  g_autoptr (GPtrArray) edges = hearth_graph_list_multi (graph, node->id, multi->key);

  multi->n_sources = edges->len;
  multi->connected = edges->len > 0;
  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);
      g_autofree char *title = dup_source_title (graph, edge);
      HearthCardRow *row = hearth_card_data_add_row (self, HEARTH_SIDE_SOURCE, multi->key, title, multi->type);

      row->shape = HEARTH_DOT_NONE;
      row->connected = TRUE;
      row->index = (int) i;
      row->edge_id = g_strdup (edge->id);
    }
}

/* The slot whose key is the whole handle goes before the multi-input it might be a part of. */
static HearthEdge *
find_edge_into (GPtrArray *edges,
                const char *key)
{
  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (g_str_equal (edge->target_handle, key))
        return edge;
    }
  return NULL;
}

static void
add_inputs (HearthCardData *self,
            HearthGraph *graph,
            HearthNode *node)
{
  g_autoptr (GPtrArray) slots = hearth_graph_list_inputs (graph, node);
  GPtrArray *edges = hearth_graph_get_edges_in (graph, node->id);
  gboolean is_interface = g_str_equal (node->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT) || node->type == NULL;

  for (guint i = 0; i < slots->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (slots, i);
      HearthCardRow *row;
      HearthEdge *edge;

      row = add_slot (self, HEARTH_SIDE_INPUT, slot);
      if (hearth_slot_is (slot, MULTI))
        {
          add_sources (self, graph, node, row);
          continue;
        }
      edge = find_edge_into (edges, slot->key);
      row->connected = edge != NULL;
      row->edge_id = edge != NULL ? g_strdup (edge->id) : NULL;
      if (edge != NULL || is_interface)
        continue;
      row->kind = hearth_card_rows_pick_kind (slot);
      set_value (row, node->type, slot, hearth_card_rows_get_value (node, slot, FALSE));
    }
}

void
hearth_card_rows_build (HearthCardData *self,
                        HearthGraph *graph,
                        HearthNode *node)
{
  g_return_if_fail (self != NULL && HEARTH_IS_GRAPH (graph) && node != NULL);

  add_outputs (self, graph, node);
  add_config (self, node);
  add_inputs (self, graph, node);
}
