/* hearth-openai-turn.c: messages as services take them, and thoughts they want back with the results of the tools they led to
 *
 * DeepSeek refuses a turn that called tools without its "reasoning_content"; OpenRouter hands the signed or encrypted
 * "reasoning_details" on to the model. Others get neither: some refuse members that they do not know.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-openai-private.h"

#include "hearth-provider-read.h"
#include "hearth-provider-write-private.h"

#define PROVIDER "openai"

void
_hearth_openai_turn_read (HearthAnswer *answer,
                          HearthValue  *message)
{
  HearthValue *details = hearth_read_array (message, "reasoning_details");
  GPtrArray *kept = hearth_answer_get_reader (answer);

  if (details == NULL)
    return;
  if (kept == NULL)
    {
      kept = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
      hearth_answer_set_reader (answer, kept, (GDestroyNotify) g_ptr_array_unref);
    }
  for (gsize i = 0; i < hearth_value_get_length (details); i++)
    g_ptr_array_add (kept, hearth_value_ref (hearth_value_at (details, i)));
}

void
_hearth_openai_turn_end (HearthAnswer *answer)
{
  GPtrArray *kept = hearth_answer_get_reader (answer);
  const char *reasoning = hearth_answer_get_reasoning (answer);
  g_auto (HearthBuilder) thoughts = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) element = NULL;
  g_autoptr (HearthValue) turn = NULL;

  if (hearth_answer_get_n_tool_calls (answer) == 0)
    return;
  if (*reasoning != '\0')
    hearth_builder_add_string (&thoughts, "reasoning_content", reasoning);
  if (kept != NULL)
    hearth_builder_add (&thoughts, "reasoning_details", hearth_value_array ((HearthValue *const *) kept->pdata, kept->len));
  if (thoughts.n_members == 0)
    return;
  element = hearth_builder_end_object (&thoughts);
  turn = hearth_value_array (&element, 1);
  hearth_answer_set_native (answer, PROVIDER, turn);
}

/* Histories know more of a message, such as when it was sent. Services refuse that. */
static HearthValue *
dup_sendable (HearthValue *message)
{
  static const char *const members[] = { "role", "content", "name", "tool_calls", "tool_call_id", "function_call", "refusal", "audio",
                                         "prefix", "partial", "reasoning", "reasoning_content", "reasoning_details", NULL };
  g_auto (HearthBuilder) sendable = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (message); i++)
    if (g_strv_contains (members, hearth_value_key_at (message, i)))
      hearth_builder_add (&sendable, hearth_value_key_at (message, i), hearth_value_ref (hearth_value_member_at (message, i)));
  return hearth_builder_end_object (&sendable);
}

static HearthValue *
dup_message (HearthOpenaiService service,
             HearthValue        *message)
{
  HearthValue *thoughts = hearth_read_at (_hearth_message_get_native (message, PROVIDER), 0);
  const char *key = service == HEARTH_OPENAI_DEEPSEEK ? "reasoning_content" : "reasoning_details";
  g_autoptr (HearthValue) plain = dup_sendable (message);

  if ((service != HEARTH_OPENAI_DEEPSEEK && service != HEARTH_OPENAI_OPENROUTER) || hearth_value_get (thoughts, key) == NULL)
    return g_steal_pointer (&plain);
  return hearth_value_with (plain, key, hearth_value_get (thoughts, key));
}

HearthValue *
_hearth_openai_turn_write (const HearthChannel *channel,
                           HearthValue         *messages)
{
  HearthOpenaiService service = _hearth_openai_get_service (channel);
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (messages); i++)
    hearth_builder_add (&list, NULL, dup_message (service, hearth_value_at (messages, i)));
  return hearth_builder_end_array (&list);
}
