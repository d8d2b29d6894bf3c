/* hearth-responses-read.c: what OpenAI's Responses answer
 *
 * An answer is a list of items: thoughts, messages, calls of functions. In a stream they grow side by side.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-responses-private.h"

#include <string.h>

#include "hearth-provider-read.h"

#include "hearth-i18n.h"

typedef struct
{
  HearthBuilder items;      /* that are complete */
  GHashTable *has_arguments; /* output_index of calls whose arguments have begun to come */
  gboolean has_refused;
} Reader;

static void
reader_free (gpointer data)
{
  Reader *self = data;

  hearth_builder_clear (&self->items);
  g_hash_table_unref (self->has_arguments);
  g_free (self);
}

static Reader *
reader_of (HearthAnswer *answer)
{
  Reader *self = hearth_answer_get_reader (answer);

  if (self == NULL)
    {
      self = g_new0 (Reader, 1);
      self->has_arguments = g_hash_table_new (NULL, NULL);
      hearth_answer_set_reader (answer, self, reader_free);
    }
  return self;
}

/* --- items --------------------------------------------------------------------------------------- */

static gboolean
is_kind (HearthValue *item,
         const char  *type)
{
  return g_str_equal (hearth_value_get_member_string (item, "type", ""), type);
}

static void
read_refusal (HearthAnswer *answer,
              const char   *text)
{
  reader_of (answer)->has_refused = TRUE;
  hearth_answer_add_text (answer, text);
}

static void
read_arguments (HearthAnswer *answer,
                guint         index,
                const char   *arguments)
{
  if (arguments == NULL || *arguments == '\0')
    return;
  g_hash_table_add (reader_of (answer)->has_arguments, GUINT_TO_POINTER (index));
  hearth_answer_add_tool_call (answer, index, NULL, NULL, arguments);
}

/* Those that came whole, not in pieces. */
static void
read_whole_arguments (HearthAnswer *answer,
                      guint         index,
                      const char   *arguments)
{
  if (!g_hash_table_contains (reader_of (answer)->has_arguments, GUINT_TO_POINTER (index)))
    read_arguments (answer, index, arguments);
}

static void
begin_item (HearthAnswer *answer,
            guint         index,
            HearthValue  *item)
{
  if (is_kind (item, "function_call"))
    hearth_answer_add_tool_call (answer, index, hearth_read_string (item, "call_id"), hearth_read_string (item, "name"), NULL);
}

static void
end_item (HearthAnswer *answer,
          guint         index,
          HearthValue  *item)
{
  begin_item (answer, index, item); /* nothing, when it has begun */
  if (is_kind (item, "function_call"))
    read_whole_arguments (answer, index, hearth_read_string (item, "arguments"));
  hearth_builder_add (&reader_of (answer)->items, NULL, hearth_value_ref_or_null (item));
}

static void
read_texts (HearthAnswer *answer,
            HearthValue  *parts)
{
  for (gsize i = 0; parts != NULL && i < hearth_value_get_length (parts); i++)
    {
      HearthValue *part = hearth_read_at (parts, i);

      if (is_kind (part, "output_text"))
        hearth_answer_add_text (answer, hearth_read_string (part, "text"));
      else if (is_kind (part, "refusal"))
        read_refusal (answer, hearth_read_string (part, "refusal"));
      else if (is_kind (part, "summary_text") || is_kind (part, "reasoning_text"))
        hearth_answer_add_reasoning (answer, hearth_read_string (part, "text"));
    }
}

static void
read_whole_item (HearthAnswer *answer,
                 guint         index,
                 HearthValue  *item)
{
  read_texts (answer, hearth_read_array (item, "summary"));
  read_texts (answer, hearth_read_array (item, "content"));
  end_item (answer, index, item);
}

/* --- the end --------------------------------------------------------------------------------------- */

static void
read_usage (HearthAnswer *answer,
            HearthValue  *told)
{
  HearthValue *input = hearth_read_object (told, "input_tokens_details");
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;

  if (told == NULL)
    return;
  usage.prompt = hearth_read_count (told, "input_tokens");
  usage.completion = hearth_read_count (told, "output_tokens");
  usage.cached = hearth_read_count (input, "cached_tokens");
  usage.cache_written = hearth_read_count (input, "cache_write_tokens");
  usage.reasoning = hearth_read_count (hearth_read_object (told, "output_tokens_details"), "reasoning_tokens");
  hearth_answer_set_usage (answer, &usage);
}

static const char *
get_finish (HearthAnswer *answer,
            HearthValue  *response)
{
  const char *reason = hearth_read_string (hearth_read_object (response, "incomplete_details"), "reason");

  if (reason != NULL)
    return g_str_equal (reason, "max_output_tokens") ? "length" : reason;
  if (reader_of (answer)->has_refused)
    return "content_filter";
  return hearth_answer_get_n_tool_calls (answer) > 0 ? "tool_calls" : "stop";
}

static gboolean
has_encrypted (HearthValue *items)
{
  for (gsize i = 0; i < hearth_value_get_length (items); i++)
    if (hearth_read_string (hearth_read_at (items, i), "encrypted_content") != NULL)
      return TRUE;
  return FALSE;
}

static void
keep_items (HearthAnswer *answer)
{
  g_autoptr (HearthValue) items = hearth_builder_end_array (&reader_of (answer)->items);

  if (has_encrypted (items))
    hearth_answer_set_native (answer, HEARTH_RESPONSES_ID, items);
}

static void
read_items (HearthAnswer *answer,
            HearthValue  *items)
{
  for (gsize i = 0; items != NULL && i < hearth_value_get_length (items); i++)
    if (hearth_read_at (items, i) != NULL)
      read_whole_item (answer, (guint) i, hearth_read_at (items, i));
}

/* Some services tell everything only here. */
static gboolean
is_silent (HearthAnswer *answer)
{
  return *hearth_answer_get_text (answer) == '\0' && hearth_answer_get_n_tool_calls (answer) == 0
      && *hearth_answer_get_reasoning (answer) == '\0';
}

static gboolean
end_response (HearthAnswer *answer,
              HearthValue  *response,
              GError      **error)
{
  if (hearth_read_object (response, "error") != NULL
      || g_str_equal (hearth_value_get_member_string (response, "status", ""), "failed"))
    {
      g_propagate_error (error, hearth_read_error (0, NULL, response, NULL));
      return FALSE;
    }
  hearth_answer_set_identity (answer, hearth_read_string (response, "model"), hearth_read_string (response, "id"));
  if (is_silent (answer))
    {
      hearth_builder_clear (&reader_of (answer)->items);
      read_items (answer, hearth_read_array (response, "output"));
    }
  read_usage (answer, hearth_read_object (response, "usage"));
  hearth_answer_set_finish (answer, get_finish (answer, response));
  keep_items (answer);
  hearth_answer_set_done (answer);
  return TRUE;
}

/* --- events and whole answers -------------------------------------------------------------------------- */

static void
read_piece (HearthAnswer *answer,
            const char   *type,
            HearthValue  *data)
{
  guint index = hearth_read_index (data, "output_index");
  const char *delta = hearth_read_string (data, "delta");

  if (g_str_equal (type, "response.output_text.delta"))
    hearth_answer_add_text (answer, delta);
  else if (g_str_equal (type, "response.refusal.delta"))
    read_refusal (answer, delta);
  else if (g_str_equal (type, "response.reasoning_summary_text.delta") || g_str_equal (type, "response.reasoning_text.delta"))
    hearth_answer_add_reasoning (answer, delta);
  else if (g_str_equal (type, "response.reasoning_summary_part.added") && *hearth_answer_get_reasoning (answer) != '\0')
    hearth_answer_add_reasoning (answer, "\n\n");
  else if (g_str_equal (type, "response.function_call_arguments.delta"))
    read_arguments (answer, index, delta);
  else if (g_str_equal (type, "response.function_call_arguments.done"))
    read_whole_arguments (answer, index, hearth_read_string (data, "arguments"));
  else if (g_str_equal (type, "response.output_item.added"))
    begin_item (answer, index, hearth_read_object (data, "item"));
  else if (g_str_equal (type, "response.output_item.done"))
    end_item (answer, index, hearth_read_object (data, "item"));
}

gboolean
_hearth_responses_read_event (HearthAnswer *answer,
                              const char   *name,
                              HearthValue  *data,
                              GError      **error)
{
  static const char *const last[] = { "response.completed", "response.incomplete", "response.failed", NULL };
  const char *type = hearth_value_get_member_string (data, "type", name);
  HearthValue *response = hearth_read_object (data, "response");

  if (g_str_equal (type, "error"))
    {
      g_propagate_error (error, hearth_read_error (0, NULL, data, NULL));
      return FALSE;
    }
  if (g_strv_contains (last, type))
    return end_response (answer, response, error);
  if (g_str_equal (type, "response.created"))
    hearth_answer_set_identity (answer, hearth_read_string (response, "model"), hearth_read_string (response, "id"));
  else
    read_piece (answer, type, data);
  return TRUE;
}

gboolean
_hearth_responses_read_answer (HearthAnswer *answer,
                               HearthValue  *body,
                               GError      **error)
{
  gboolean has_error = hearth_read_object (body, "error") != NULL;

  if (!has_error && hearth_read_array (body, "output") == NULL)
    return hearth_model_error_set (error, HEARTH_MODEL_ERROR_BAD_ANSWER,
                                   _("The service's answer has no “output”. Probably the base URL leads to something else."));
  hearth_answer_set_raw (answer, body);
  return end_response (answer, body, error);
}
