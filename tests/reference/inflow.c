/* inflow.c: rules 4, 5, 16, 17 and 45 of docs/scheduler.md: what a node works on, and what passes it by
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "evaluation.h"

#include <string.h>

/* --- values ------------------------------------------------------------------------ */

gboolean
ref_node_ended_well (RefNode *node)
{
  return node->fate == REF_DONE || node->fate == REF_BYPASSED;
}

RefNode *
ref_node_get_streamer (RefNode     *node,
                       const char  *handle,
                       const char **real_handle)
{
  RefSource *handed = node->handed_on ? g_hash_table_lookup (node->handed_on, handle) : NULL;

  if (real_handle)
    *real_handle = handed ? handed->handle : handle;
  if (handed)
    return ref_node_get_streamer (handed->node, handed->handle, real_handle);
  for (guint i = 0; node->streams && i < node->slots_out->len; i++)
    {
      HearthSlot *slot = g_ptr_array_index (node->slots_out, i);

      if (strcmp (slot->key, handle) == 0 && hearth_slot_is (slot, STREAM))
        return node;
    }

  return NULL;
}

gboolean
ref_node_is_dead (RefNode    *node,
                  const char *handle)
{
  return node->dead && handle && g_ptr_array_find (node->dead, g_intern_string (handle), NULL);
}

HearthValue *
ref_node_dup_text (RefNode *streamer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; streamer->chunks && i < streamer->chunks->len; i++)
    {
      HearthValue *chunk = g_ptr_array_index (streamer->chunks, i);

      if (g_strcmp0 (hearth_value_get_member_string (chunk, "type", NULL), "text_chunk") == 0)
        g_string_append (text, hearth_value_get_member_string (chunk, "content", ""));
    }

  return hearth_value_string (text->str);
}

/* New reference, or NULL. */
static HearthValue *
dup_source_value (RefSource *source)
{
  RefNode *streamer;

  if (source->node == NULL)
    return hearth_value_ref_or_null (source->constant);
  if (source->unseen)
    return NULL;

  streamer = ref_node_get_streamer (source->node, source->handle, NULL);
  if (streamer)
    return ref_node_ended_well (streamer) ? ref_node_dup_text (streamer) : NULL;
  return ref_node_ended_well (source->node) ? hearth_value_ref_or_null (hearth_value_get (source->node->outputs, source->handle))
                                   : NULL;
}

gboolean
ref_input_takes_stream (RefInput *input)
{
  return input->slot && hearth_slot_is (input->slot, STREAM) && !input->collects;
}

static HearthValue *
dup_list (RefInput *input)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < input->sources->len; i++)
    {
      HearthValue *value = dup_source_value (&g_array_index (input->sources, RefSource, i));

      hearth_builder_add (&list, NULL, value ? value : hearth_value_null ());
    }

  return hearth_builder_end_array (&list);
}

/* Rule 45: what was dead or came too late is not even replaced by what is stored. */
static void
fill_input (RefInput *input)
{
  RefSource *source = input->sources->len ? &g_array_index (input->sources, RefSource, input->sources->len - 1) : NULL;
  RefNode *streamer = source && source->node && ref_input_takes_stream (input)
                          ? ref_node_get_streamer (source->node, source->handle, NULL) : NULL;

  g_clear_pointer (&input->value, hearth_value_unref);
  input->stream = NULL;
  if (source && input->collects)
    input->value = dup_list (input);
  else if (source && source->unseen)
    return;
  else if (streamer)
    input->stream = streamer;
  else
    {
      input->value = source ? dup_source_value (source) : NULL;
      if (input->value == NULL)
        input->value = hearth_value_ref_or_null (input->constant);
    }
}

void
ref_node_fill_inputs (RefNode *node)
{
  for (guint i = 0; i < node->inputs->len; i++)
    fill_input (g_ptr_array_index (node->inputs, i));
}

/* --- bypass (rules 16, 17) ---------------------------------------------------------- */

static gboolean
may_pass (RefInput   *input,
          HearthSlot *output)
{
  return input && input->slot && (input->sources->len > 0 || input->constant) && hearth_slot_can_pass (input->slot, output);
}

static RefInput *
choose_input (RefNode    *node,
              HearthSlot *output,
              GHashTable *used)
{
  HearthValue *behaviour = node->node->type->bypass;
  const char *key;

  if (hearth_value_is (behaviour, OBJECT))
    {
      RefInput *input;

      key = hearth_value_get_member_string (hearth_value_get (behaviour, "passThrough"), output->key, NULL);
      input = key ? reference_find_input (node, key) : NULL;
      return may_pass (input, output) ? input : NULL;
    }
  for (guint i = 0; i < node->inputs->len; i++)
    {
      RefInput *input = g_ptr_array_index (node->inputs, i);

      if (may_pass (input, output) && g_hash_table_add (used, input))
        return input;
    }

  return NULL;
}

static HearthValue *
dup_empty (RefNode    *node,
           HearthSlot *output)
{
  HearthValue *behaviour = node->node->type->bypass;
  HearthValue *value = hearth_value_get (hearth_value_get (behaviour, "defaults"), output->key);

  if (value == NULL)
    value = hearth_data_type_get_zero (output->type);
  return value ? hearth_value_ref (value) : hearth_value_null ();
}

static RefSource *
get_stream_source (RefInput *input)
{
  RefSource *source;

  if (input == NULL || input->sources->len == 0 || !ref_input_takes_stream (input))
    return NULL;
  source = &g_array_index (input->sources, RefSource, input->sources->len - 1);
  return source->node && ref_node_get_streamer (source->node, source->handle, NULL) ? source : NULL;
}

static gboolean
is_mute (RefNode *node)
{
  return hearth_value_is (node->node->type->bypass, STRING);
}

void
ref_node_hand_on (RefNode *node)
{
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);

  node->handed_on = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < node->slots_out->len && !is_mute (node); i++)
    {
      HearthSlot *output = g_ptr_array_index (node->slots_out, i);
      RefSource *source = get_stream_source (choose_input (node, output, used));

      if (source)
        g_hash_table_insert (node->handed_on, output->key, source);
    }
}

void
ref_node_bypass (RefNode *node)
{
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);
  g_auto (HearthBuilder) outputs = HEARTH_BUILDER_INIT;

  g_clear_pointer (&node->outputs, hearth_value_unref);
  for (guint i = 0; i < node->slots_out->len && !is_mute (node); i++)
    {
      HearthSlot *output = g_ptr_array_index (node->slots_out, i);
      RefInput *input = choose_input (node, output, used);

      if (!g_hash_table_contains (node->handed_on, output->key))
        hearth_builder_add (&outputs, output->key,
                            input && input->value ? hearth_value_ref (input->value) : dup_empty (node, output));
    }
  node->outputs = hearth_builder_end_object (&outputs);
}
