/* hearth-anthropic-read.c: what Anthropic's Messages answer
 *
 * A turn is a list of blocks: texts, thoughts, calls of tools. In a stream each is begun, grows and is ended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-anthropic-private.h"

#include <string.h>

#include "hearth-anthropic-turn-private.h"
#include "hearth-json.h"
#include "hearth-provider-read.h"

#include "hearth-i18n.h"

/* --- usage and reasons ----------------------------------------------------------------------------- */

/* Tokens from the cache are counted apart there. */
static void
read_usage (HearthAnswer *answer,
            HearthValue  *told)
{
  HearthAnthropicTurn *turn = _hearth_anthropic_turn_of (answer);
  gint64 *counts[] = { &turn->input, &turn->cached, &turn->cache_written };
  static const char *const names[] = { "input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens" };
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;

  if (told == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    if (hearth_read_count (told, names[i]) >= 0)
      *counts[i] = hearth_read_count (told, names[i]);
  usage.prompt = hearth_read_add_counts (turn->input, hearth_read_add_counts (turn->cached, turn->cache_written));
  usage.cached = turn->cached;
  usage.cache_written = turn->cache_written;
  usage.completion = hearth_read_count (told, "output_tokens");
  usage.reasoning = hearth_read_count (hearth_read_object (told, "output_tokens_details"), "thinking_tokens");
  hearth_answer_set_usage (answer, &usage);
}

static const struct
{
  const char *theirs;
  const char *ours;
} reasons[] = {
  { "end_turn", "stop" },
  { "stop_sequence", "stop" },
  { "max_tokens", "length" },
  { "model_context_window_exceeded", "length" },
  { "tool_use", "tool_calls" },
  { "refusal", "content_filter" },
};

static void
read_finish (HearthAnswer *answer,
             const char   *reason)
{
  if (reason == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (reasons[i].theirs, reason) == 0)
      reason = reasons[i].ours;
  /* Who asked for structured text hears nothing of the tool that wrote it. */
  if (strcmp (reason, "tool_calls") == 0 && hearth_answer_get_n_tool_calls (answer) == 0)
    reason = "stop";
  hearth_answer_set_finish (answer, reason);
}

/* --- blocks ---------------------------------------------------------------------------------------- */

static void
grow_text (HearthAnswer         *answer,
           HearthAnthropicBlock *block,
           const char           *text)
{
  g_string_append (block->text, text != NULL ? text : "");
  hearth_answer_add_text (answer, text);
}

static void
grow_thought (HearthAnswer         *answer,
              HearthAnthropicBlock *block,
              const char           *thought)
{
  g_string_append (block->text, thought != NULL ? thought : "");
  hearth_answer_add_reasoning (answer, thought);
}

static void
grow_input (HearthAnswer         *answer,
            HearthAnthropicBlock *block,
            const char           *json)
{
  if (json == NULL)
    return;
  g_string_append (block->text, json);
  if (block->kind == HEARTH_ANTHROPIC_ANSWER)
    hearth_answer_add_text (answer, json);
  else if (block->kind == HEARTH_ANTHROPIC_TOOL_USE)
    hearth_answer_add_tool_call (answer, block->index, NULL, NULL, json);
}

static void
begin_block (HearthAnswer *answer,
             guint         index,
             HearthValue  *told)
{
  HearthAnthropicBlock *block = _hearth_anthropic_turn_begin (_hearth_anthropic_turn_of (answer), index, told);

  switch (block->kind)
    {
    case HEARTH_ANTHROPIC_TEXT:
      grow_text (answer, block, hearth_read_string (told, "text"));
      break;
    case HEARTH_ANTHROPIC_THINKING:
      grow_thought (answer, block, hearth_read_string (told, "thinking"));
      break;
    case HEARTH_ANTHROPIC_TOOL_USE:
      hearth_answer_add_tool_call (answer, index, hearth_read_string (told, "id"), hearth_read_string (told, "name"), NULL);
      break;
    case HEARTH_ANTHROPIC_ANSWER:
    case HEARTH_ANTHROPIC_OTHER:
      break;
    }
}

static void
grow_block (HearthAnswer *answer,
            guint         index,
            HearthValue  *delta)
{
  HearthAnthropicBlock *block = _hearth_anthropic_turn_find (_hearth_anthropic_turn_of (answer), index);
  const char *signature = hearth_read_string (delta, "signature");

  if (block == NULL)
    return;
  if (signature != NULL)
    _hearth_anthropic_block_sign (block, signature);
  if (block->kind == HEARTH_ANTHROPIC_TEXT)
    grow_text (answer, block, hearth_read_string (delta, "text"));
  else if (block->kind == HEARTH_ANTHROPIC_THINKING)
    grow_thought (answer, block, hearth_read_string (delta, "thinking"));
  else
    grow_input (answer, block, hearth_read_string (delta, "partial_json"));
}

/* Arguments that came whole, and those of a call without any. */
static void
end_block (HearthAnswer *answer,
           guint         index)
{
  HearthAnthropicBlock *block = _hearth_anthropic_turn_find (_hearth_anthropic_turn_of (answer), index);
  g_autofree char *json = NULL;

  if (block == NULL || block->text->len > 0)
    return;
  if (block->kind != HEARTH_ANTHROPIC_TOOL_USE && block->kind != HEARTH_ANTHROPIC_ANSWER)
    return;
  json = block->input != NULL ? hearth_json_print (block->input) : g_strdup ("{}");
  grow_input (answer, block, json);
}

static void
end_turn (HearthAnswer *answer)
{
  g_autoptr (HearthValue) blocks = _hearth_anthropic_turn_dup_signed (_hearth_anthropic_turn_of (answer));

  if (blocks != NULL)
    hearth_answer_set_native (answer, HEARTH_ANTHROPIC_ID, blocks);
  hearth_answer_set_done (answer);
}

/* --- events and whole answers -------------------------------------------------------------------------- */

static gboolean
fail (HearthValue *body,
      GError     **error)
{
  g_propagate_error (error, _hearth_anthropic_read_error (0, NULL, body, NULL));
  return FALSE;
}

gboolean
_hearth_anthropic_read_event (HearthAnswer *answer,
                              const char   *name,
                              HearthValue  *data,
                              GError      **error)
{
  const char *type = hearth_value_get_member_string (data, "type", name);
  HearthValue *message = hearth_read_object (data, "message");
  HearthValue *delta = hearth_read_object (data, "delta");
  guint index = hearth_read_index (data, "index");

  if (strcmp (type, "error") == 0)
    return fail (data, error);
  if (strcmp (type, "message_start") == 0)
    {
      hearth_answer_set_identity (answer, hearth_read_string (message, "model"), hearth_read_string (message, "id"));
      read_usage (answer, hearth_read_object (message, "usage"));
    }
  else if (strcmp (type, "content_block_start") == 0)
    begin_block (answer, index, hearth_read_object (data, "content_block"));
  else if (strcmp (type, "content_block_delta") == 0)
    grow_block (answer, index, delta);
  else if (strcmp (type, "content_block_stop") == 0)
    end_block (answer, index);
  else if (strcmp (type, "message_delta") == 0)
    {
      read_usage (answer, hearth_read_object (data, "usage"));
      read_finish (answer, hearth_read_string (delta, "stop_reason"));
    }
  else if (strcmp (type, "message_stop") == 0)
    end_turn (answer);
  return TRUE; /* "ping", and what may come one day */
}

gboolean
_hearth_anthropic_read_answer (HearthAnswer *answer,
                               HearthValue  *body,
                               GError      **error)
{
  HearthValue *content = hearth_read_array (body, "content");

  if (g_str_equal (hearth_value_get_member_string (body, "type", ""), "error"))
    return fail (body, error);
  if (content == NULL)
    return hearth_model_error_set (error, HEARTH_MODEL_ERROR_BAD_ANSWER,
                                   _("The service's answer has no “content”. Probably the base URL leads to something else."));
  hearth_answer_set_raw (answer, body);
  hearth_answer_set_identity (answer, hearth_read_string (body, "model"), hearth_read_string (body, "id"));
  for (gsize i = 0; i < hearth_value_get_length (content); i++)
    {
      begin_block (answer, (guint) i, hearth_read_at (content, i));
      end_block (answer, (guint) i);
    }
  read_usage (answer, hearth_read_object (body, "usage"));
  read_finish (answer, hearth_read_string (body, "stop_reason"));
  end_turn (answer);
  return TRUE;
}

/* --- refusals ---------------------------------------------------------------------------------------------- */

static const char *
get_code (HearthValue *told)
{
  const char *code = hearth_read_string (hearth_read_object (told, "details"), "error_code");

  return code != NULL ? code : hearth_read_string (told, "type");
}

GError *
_hearth_anthropic_read_error (guint        status,
                              HearthValue *headers,
                              HearthValue *body,
                              const char  *text)
{
  HearthValue *told = hearth_read_object (body, "error");
  const char *words = hearth_read_string (told, "message");
  const char *code = get_code (told);
  HearthModelError kind;

  if (told == NULL || code == NULL)
    return hearth_read_error (status, headers, body, text);
  /* A ceiling that somebody set there comes as 429. */
  kind = strstr (code, "spend_limit") != NULL ? HEARTH_MODEL_ERROR_CREDIT
                                              : hearth_read_error_code (status, code, hearth_read_string (told, "type"), words);
  return hearth_model_error_new (kind, words, code, status, hearth_model_error_read_retry_after (headers));
}
