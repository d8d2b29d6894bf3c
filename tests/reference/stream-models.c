/* stream-models.c: what nodes with streams make of their inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models.h"

#include <string.h>

void
ref_model_source (RefCall *call)
{
  g_autofree char *text = ref_call_dup_text (call, "text");
  gint64 count = ref_call_get_integer (call, "count", 0);
  gint64 fail_after = ref_call_get_integer (call, "fail_after", -1);
  HearthValue *how = call->get_config (call, "how");

  if (strlen (text) > 40)
    text[g_utf8_offset_to_pointer (text, 8) - text] = '\0';
  for (gint64 i = 0; i < count && i != fail_after; i++)
    {
      g_autofree char *part = g_strdup_printf ("%s%d", text, (int) i);

      ref_call_yield (call, hearth_chunk_new_text (part));
    }
  if (fail_after < 0 || fail_after >= count)
    {
      if (count % 2)
        ref_call_yield (call, hearth_chunk_new_finish ("stop"));
      ref_call_set (call, "text", hearth_value_string (text));
      ref_call_set (call, "n", hearth_value_integer (count));
    }
  else if (hearth_value_is_truthy (how))
    ref_call_fail (call, "snapped");
  else if (fail_after % 2)
    ref_call_yield (call, hearth_chunk_new ("error_chunk",
                                            hearth_value_object ("message", hearth_value_string ("torn"), NULL)));
  else
    ref_call_yield (call, hearth_chunk_new_error ("worn"));
}

/* Little of it can be told as one. */
void
ref_model_murmur (RefCall *call)
{
  g_autofree char *text = ref_call_dup_text (call, "text");
  gint64 count = ref_call_get_integer (call, "count", 0);

  if (strlen (text) > 40)
    text[g_utf8_offset_to_pointer (text, 8) - text] = '\0';
  for (gint64 i = 0; i < count; i++)
    if (i % 4 < 2)
      ref_call_yield (call, hearth_chunk_new_text (text));
    else if (i % 4 == 2)
      ref_call_yield (call, hearth_value_object ("type", hearth_value_string ("text_chunk"), "content",
                                                 hearth_value_string (text), "number", hearth_value_integer (i), NULL));
    else
      ref_call_yield (call, hearth_chunk_new ("object_chunk", hearth_value_integer (i)));
  ref_call_set (call, "n", hearth_value_integer (count));
}

HearthValue *
ref_model_map_relay (RefCall     *call,
                     HearthValue *chunk)
{
  g_autofree char *suffix = ref_call_dup_text (call, "suffix");
  const char *text = hearth_chunk_get_text (chunk);
  g_autofree char *more = NULL;

  if (text == NULL)
    return hearth_value_ref (chunk);

  more = g_strconcat (text, suffix, NULL);
  return hearth_chunk_new_text (strlen (more) > 60 ? "long" : more);
}

void
ref_model_relay (RefCall *call)
{
  GPtrArray *chunks = call->get_stream (call, "in");

  if (chunks == NULL)
    {
      g_autofree char *text = ref_call_dup_text (call, "in");

      ref_call_yield (call, hearth_chunk_new_text (text));
    }
  for (guint i = 0; chunks && i < chunks->len; i++)
    ref_call_yield (call, ref_model_map_relay (call, g_ptr_array_index (chunks, i)));
  ref_call_set (call, "n", hearth_value_integer (chunks ? (gint64) chunks->len : -1));
}

void
ref_model_collect (RefCall *call)
{
  g_autofree char *text = ref_call_join_chunks (call->get_stream (call, "in"), G_MAXUINT);

  ref_call_set (call, "text", hearth_value_string (text));
  ref_call_set (call, "also", hearth_value_ref_or_null (call->get_input (call, "also")));
}

void
ref_model_both (RefCall *call)
{
  g_autofree char *a = ref_call_join_chunks (call->get_stream (call, "a"), G_MAXUINT);
  g_autofree char *b = ref_call_join_chunks (call->get_stream (call, "b"), G_MAXUINT);
  g_autofree char *text = g_strconcat (a, "|", b, NULL);

  ref_call_set (call, "text", hearth_value_string (text));
}

void
ref_model_sip (RefCall *call)
{
  g_autofree char *text = ref_call_join_chunks (call->get_stream (call, "in"), 2);

  ref_call_set (call, "text", hearth_value_string (text));
}

void
ref_model_lazy (RefCall *call)
{
  ref_call_set (call, "out", hearth_value_boolean (call->get_stream (call, "in") != NULL));
}

/* The left or the right stream, or both; a plain output that depends on it too. */
void
ref_model_sluice (RefCall *call)
{
  gint64 take = ref_call_get_integer (call, "gate", 0) & 3;

  ref_model_source (call);
  if (take == 0 || take == 3)
    ref_call_kill (call, "right");
  if (take == 1 || take == 3)
    ref_call_kill (call, "left");
  if (take == 1)
    ref_call_kill (call, "n");
}

/* Reads to the end, then fails. */
void
ref_model_spill (RefCall *call)
{
  g_autofree char *text = ref_call_join_chunks (call->get_stream (call, "in"), G_MAXUINT);
  g_autofree char *message = g_strconcat ("spilt ", text, NULL);

  ref_call_fail (call, message);
}
