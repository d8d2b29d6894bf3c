/* hearth-answer-value.c: an answer in the forms that travel along wires
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-answer-private.h"

#include "hearth-json.h"

/* --- usage --------------------------------------------------------------------------------------- */

static void
add_count (HearthBuilder *builder,
           const char    *key,
           gint64         count)
{
  if (count >= 0)
    hearth_builder_add (builder, key, hearth_value_integer (count));
}

static void
add_details (HearthBuilder *builder,
             const char    *key,
             HearthBuilder *details)
{
  g_autoptr (HearthValue) value = hearth_builder_end_object (details);

  if (hearth_value_get_length (value) > 0)
    hearth_builder_add (builder, key, g_steal_pointer (&value));
}

HearthValue *
hearth_usage_to_value (const HearthUsage *usage)
{
  g_auto (HearthBuilder) value = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) prompt = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) completion = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (usage != NULL, NULL);

  add_count (&value, "prompt_tokens", usage->prompt);
  add_count (&value, "completion_tokens", usage->completion);
  if (usage->prompt >= 0 && usage->completion >= 0)
    add_count (&value, "total_tokens",
               usage->prompt <= G_MAXINT64 - usage->completion ? usage->prompt + usage->completion : G_MAXINT64);
  add_count (&prompt, "cached_tokens", usage->cached);
  add_count (&prompt, "cache_write_tokens", usage->cache_written);
  add_count (&completion, "reasoning_tokens", usage->reasoning);
  add_details (&value, "prompt_tokens_details", &prompt);
  add_details (&value, "completion_tokens_details", &completion);
  {
    g_autoptr (HearthValue) told = hearth_builder_end_object (&value);

    return hearth_value_get_length (told) > 0 ? g_steal_pointer (&told) : NULL;
  }
}

HearthValue *
hearth_answer_dup_usage (HearthAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return hearth_usage_to_value (&self->usage);
}

/* --- tool calls ------------------------------------------------------------------------------------ */

static char *
dup_call_id (const HearthToolCall *call)
{
  return call->id != NULL ? g_strdup (call->id) : g_strdup_printf ("call_%u", call->index + 1);
}

/* A call without arguments has none to give. */
static const char *
get_arguments (const HearthToolCall *call)
{
  return call->arguments->len > 0 ? call->arguments->str : "{}";
}

static HearthValue *
tool_call_to_value (const HearthToolCall *call)
{
  g_autofree char *id = dup_call_id (call);
  g_autoptr (HearthValue) arguments = hearth_json_parse (get_arguments (call), -1, NULL);

  return hearth_value_object ("id", hearth_value_string (id),
                              "name", hearth_value_string (call->name != NULL ? call->name : ""),
                              "arguments",
                              hearth_value_is (arguments, OBJECT) ? g_steal_pointer (&arguments)
                                                                  : hearth_value_string (get_arguments (call)),
                              NULL);
}

HearthValue *
hearth_answer_dup_tool_calls (HearthAnswer *self)
{
  g_auto (HearthBuilder) calls = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->tool_calls->len; i++)
    hearth_builder_add (&calls, NULL, tool_call_to_value (g_ptr_array_index (self->tool_calls, i)));
  return hearth_builder_end_array (&calls);
}

/* As chat completions write it; NULL: there are none. */
static HearthValue *
dup_message_calls (HearthAnswer *self)
{
  g_auto (HearthBuilder) calls = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < self->tool_calls->len; i++)
    {
      const HearthToolCall *call = g_ptr_array_index (self->tool_calls, i);
      g_autofree char *id = dup_call_id (call);
      HearthValue *function = hearth_value_object ("name", hearth_value_string (call->name != NULL ? call->name : ""),
                                                   "arguments", hearth_value_string (get_arguments (call)), NULL);

      hearth_builder_add (&calls, NULL, hearth_value_object ("id", hearth_value_string (id),
                                                            "type", hearth_value_string ("function"),
                                                            "function", function, NULL));
    }
  return self->tool_calls->len > 0 ? hearth_builder_end_array (&calls) : NULL;
}

HearthValue *
hearth_answer_to_message (HearthAnswer *self)
{
  gboolean is_silent;

  g_return_val_if_fail (self != NULL, NULL);

  is_silent = self->text->len == 0 && self->tool_calls->len > 0;
  return hearth_value_object ("role", hearth_value_string ("assistant"),
                              "content", is_silent ? hearth_value_null () : hearth_value_string (self->text->str),
                              "tool_calls", dup_message_calls (self),
                              "native", hearth_value_ref_or_null (self->native), NULL);
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static HearthValue *
string_or_null (const char *text)
{
  return text != NULL ? hearth_value_string (text) : hearth_value_null ();
}

/* The provider's own, when it gave several in this form. */
static HearthValue *
dup_choices (HearthAnswer *self)
{
  HearthValue *told = hearth_value_get_member_kind (self->raw, "choices", HEARTH_VALUE_ARRAY);
  HearthValue *choice;

  if (told != NULL && hearth_value_get_length (told) > 0)
    return hearth_value_ref (told);
  choice = hearth_value_object ("index", hearth_value_integer (0), "message", hearth_answer_to_message (self),
                                "finish_reason", string_or_null (self->finish), NULL);
  {
    HearthValue *choices = hearth_value_array (&choice, 1);

    hearth_value_unref (choice);
    return choices;
  }
}

HearthValue *
hearth_answer_to_value (HearthAnswer *self)
{
  g_auto (HearthBuilder) value = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (self != NULL, NULL);

  hearth_builder_add_string (&value, "text", self->text->str);
  if (self->reasoning->len > 0)
    hearth_builder_add_string (&value, "reasoning", self->reasoning->str);
  if (self->tool_calls->len > 0)
    hearth_builder_add (&value, "tool_calls", hearth_answer_dup_tool_calls (self));
  hearth_builder_add (&value, "choices", dup_choices (self));
  hearth_builder_add (&value, "usage", hearth_answer_dup_usage (self));
  hearth_builder_add (&value, "raw_response", hearth_value_ref_or_null (self->raw));
  hearth_builder_add (&value, "model", hearth_value_string (self->model != NULL ? self->model : ""));
  hearth_builder_add_string (&value, "response_id", self->response_id);
  return hearth_builder_end_object (&value);
}
