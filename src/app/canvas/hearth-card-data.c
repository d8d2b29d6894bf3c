/* hearth-card-data.c: everything one card shows, as plain data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-card-data.h"

#include "hearth-card-layout.h"
#include "hearth-policy.h"

#include "hearth-i18n.h"

#define RESULT_CHARS 120

static void
row_free (gpointer data)
{
  HearthCardRow *row = data;

  g_clear_pointer (&row->slot, hearth_slot_unref);
  g_free (row->key);
  g_free (row->title);
  g_free (row->value);
  g_free (row->edge_id);
  g_free (row);
}

/* "🔢 Add" shows its emoji apart from its title; a title that begins with the icon would say it twice. */
static char *
dup_title (HearthNode *node)
{
  const char *title = hearth_node_get_title (node);
  const char *icon = node->type != NULL ? node->type->decl->icon : NULL;

  if (icon != NULL && *icon != '\0' && g_str_has_prefix (title, icon))
    title += strlen (icon);
  while (g_unichar_isspace (g_utf8_get_char (title)))
    title = g_utf8_next_char (title);
  return g_strdup (*title != '\0' ? title : node->type_id);
}

static HearthDataType
pick_tint (const HearthCardData *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const HearthCardRow *row = g_ptr_array_index (self->rows, i);

      if (row->side == HEARTH_SIDE_OUTPUT && row->shape != HEARTH_DOT_ANY)
        return row->type;
    }
  return HEARTH_DATA_WILDCARD;
}

static void
set_size (HearthCardData *self,
          HearthNode *node)
{
  double width, height;

  hearth_node_get_size (node, &width, &height);
  self->stored_height = height;
  if (self->is_frame)
    {
      self->width = width > 0 ? width : HEARTH_FRAME_WIDTH;
      self->stored_height = height > 0 ? height : HEARTH_FRAME_HEIGHT;
    }
  else
    {
      self->width = width > 0 ? CLAMP (width, HEARTH_CARD_MIN_WIDTH, HEARTH_CARD_MAX_WIDTH) : HEARTH_CARD_WIDTH;
    }
}

/* --- public ------------------------------------------------------------------ */

HearthCardData *
hearth_card_data_new (const char *id,
                      const char *title)
{
  HearthCardData *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_new0 (HearthCardData, 1);
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->tint = HEARTH_DATA_WILDCARD;
  self->width = HEARTH_CARD_WIDTH;
  return self;
}

HearthCardData *
hearth_card_data_new_from_graph (HearthGraph *graph,
                                 HearthNode *node)
{
  g_autofree char *title = NULL;
  HearthCardData *self;

  g_return_val_if_fail (HEARTH_IS_GRAPH (graph) && node != NULL, NULL);

  title = dup_title (node);
  self = hearth_card_data_new (node->id, title);
  self->is_frame = hearth_node_is_frame (node);
  self->is_unknown = node->type == NULL && !self->is_frame;
  self->is_group = g_str_equal (node->type_id, HEARTH_TYPE_ID_NODE_GROUP);
  self->bypassed = node->bypassed;
  self->pinned = hearth_value_get (node->config, HEARTH_PINNED_KEY) != NULL;
  if (node->type != NULL)
    {
      self->icon = g_strdup (node->type->decl->icon);
      self->category = g_strdup (node->type->category_title);
      self->description = g_strdup (node->type->description);
    }
  set_size (self, node);
  if (!self->is_frame)
    hearth_card_rows_build (self, graph, node);
  if (self->is_unknown)
    self->error = g_strdup_printf (_ ("Hearth has no node type “%s”. It is kept as it is."), node->type_id);
  self->tint = pick_tint (self);
  hearth_card_layout_update (self);
  return self;
}

void
hearth_card_data_free (HearthCardData *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->title);
  g_free (self->icon);
  g_free (self->category);
  g_free (self->description);
  g_free (self->error);
  g_free (self->elapsed);
  g_free (self->note);
  g_free (self->why);
  g_free (self->problem);
  g_free (self->stream_text);
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

HearthCardRow *
hearth_card_data_add_row (HearthCardData *self,
                          HearthRowSide side,
                          const char *key,
                          const char *title,
                          HearthDataType type)
{
  HearthCardRow *row;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  row = g_new0 (HearthCardRow, 1);
  row->key = g_strdup (key);
  row->title = g_strdup (title);
  row->side = side;
  row->type = type;
  row->shape = side == HEARTH_SIDE_CONFIG ? HEARTH_DOT_NONE : HEARTH_DOT_VALUE;
  row->index = -1;
  g_ptr_array_add (self->rows, row);
  return row;
}

static HearthCardRow *
find_row (const HearthCardData *self,
          HearthRowSide side,
          const char *key)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      HearthCardRow *row = g_ptr_array_index (self->rows, i);

      if (row->side == side && g_str_equal (row->key, key))
        return row;
    }
  return NULL;
}

HearthCardRow *
hearth_card_data_find_row (const HearthCardData *self,
                           const char *key,
                           gboolean is_output)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  return find_row (self, is_output ? HEARTH_SIDE_OUTPUT : HEARTH_SIDE_INPUT, key);
}

HearthCardRow *
hearth_card_data_find_config (const HearthCardData *self,
                              const char *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  return find_row (self, HEARTH_SIDE_CONFIG, key);
}

HearthCardRow *
hearth_card_data_find_source (const HearthCardData *self,
                              const char *edge_id)
{
  g_return_val_if_fail (self != NULL && edge_id != NULL, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      HearthCardRow *row = g_ptr_array_index (self->rows, i);

      if (row->side == HEARTH_SIDE_SOURCE && g_strcmp0 (row->edge_id, edge_id) == 0)
        return row;
    }
  return NULL;
}

static const char *
state_to_words (HearthCardState state)
{
  switch (state)
    {
    case HEARTH_CARD_WAITING: return _ ("waiting");
    case HEARTH_CARD_RUNNING: return _ ("running");
    case HEARTH_CARD_DONE: return _ ("done");
    case HEARTH_CARD_SKIPPED: return _ ("skipped");
    case HEARTH_CARD_FAILED: return _ ("failed");
    case HEARTH_CARD_STOPPED: return _ ("stopped");
    case HEARTH_CARD_ASKING: return _ ("asks for an answer");
    case HEARTH_CARD_IDLE:
    default: return NULL;
    }
}

const char *
hearth_card_data_get_notice (const HearthCardData *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->error != NULL ? self->error : self->note;
}

void
hearth_card_data_set_note (HearthCardData *self,
                           const char *note)
{
  g_return_if_fail (self != NULL);

  g_free (self->note);
  self->note = g_strdup (note);
}

char *
hearth_card_data_dup_label (const HearthCardData *self)
{
  GString *label;
  const char *state;

  g_return_val_if_fail (self != NULL, NULL);

  label = g_string_new (self->title);
  state = state_to_words (self->state);
  if (self->is_frame)
    g_string_append_printf (label, ", %s", _ ("frame"));
  if (self->is_unknown)
    g_string_append_printf (label, ", %s", _ ("unknown node type"));
  if (self->bypassed)
    g_string_append_printf (label, ", %s", _ ("muted"));
  if (self->pinned)
    g_string_append_printf (label, ", %s", _ ("pinned"));
  if (state != NULL)
    g_string_append_printf (label, ", %s", state);
  if (self->reused)
    g_string_append_printf (label, ", %s", _ ("from cache"));
  return g_string_free (label, FALSE);
}

void
hearth_card_data_keep_run (HearthCardData *self,
                           HearthCardData *old)
{
  g_return_if_fail (self != NULL && old != NULL);

  self->state = old->state;
  self->reused = old->reused;
  self->problem = g_steal_pointer (&old->problem);
  self->problem_is_error = old->problem_is_error;
  self->outputs = g_steal_pointer (&old->outputs);
  self->note = g_steal_pointer (&old->note);
  self->why = g_steal_pointer (&old->why);
  self->elapsed = g_steal_pointer (&old->elapsed);
  self->stream_text = g_steal_pointer (&old->stream_text);
  if (self->error == NULL && old->state == HEARTH_CARD_FAILED)
    self->error = g_steal_pointer (&old->error);
  for (guint i = 0; i < self->rows->len; i++)
    {
      HearthCardRow *row = g_ptr_array_index (self->rows, i);
      HearthCardRow *before = row->side == HEARTH_SIDE_OUTPUT ? find_row (old, row->side, row->key) : NULL;

      if (before != NULL)
        row->value = g_steal_pointer (&before->value);
    }
  hearth_card_layout_update (self);
}

void
hearth_card_data_clear_run (HearthCardData *self)
{
  g_return_if_fail (self != NULL);

  self->state = HEARTH_CARD_IDLE;
  self->reused = FALSE;
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->elapsed, g_free);
  g_clear_pointer (&self->stream_text, g_free);
  if (!self->is_unknown)
    g_clear_pointer (&self->error, g_free);
  hearth_card_data_set_outputs (self, NULL);
  hearth_card_layout_update (self);
}

void
hearth_card_data_set_outputs (HearthCardData *self,
                              HearthValue *outputs)
{
  HearthValue *before;

  g_return_if_fail (self != NULL);

  before = self->outputs;
  self->outputs = hearth_value_ref_or_null (outputs);
  g_clear_pointer (&before, hearth_value_unref);
  for (guint i = 0; i < self->rows->len; i++)
    {
      HearthCardRow *row = g_ptr_array_index (self->rows, i);

      if (row->side != HEARTH_SIDE_OUTPUT)
        continue;
      g_free (row->value);
      row->value = hearth_card_rows_format_value (hearth_value_get (outputs, row->key), RESULT_CHARS, FALSE);
    }
}
