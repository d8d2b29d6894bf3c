/* hearth-openai-answer.c: answers of services that speak OpenAI's chat completions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-openai-private.h"

#include <string.h>

#include "hearth-json.h"
#include "hearth-provider-read.h"
#include "hearth-i18n.h"

/* --- usage --------------------------------------------------------------------------------------- */

static void
take (gint64      *place,
      HearthValue *object,
      const char  *key)
{
  gint64 count = hearth_read_count (object, key);

  if (count >= 0)
    *place = count;
}

void
_hearth_openai_read_usage (HearthValue *told,
                           HearthUsage *usage)
{
  HearthValue *prompt = hearth_read_object (told, "prompt_tokens_details");

  take (&usage->prompt, told, "prompt_tokens");
  take (&usage->completion, told, "completion_tokens");
  take (&usage->cached, told, "prompt_cache_hit_tokens"); /* DeepSeek */
  take (&usage->cached, prompt, "cached_tokens");
  take (&usage->cache_written, prompt, "cache_write_tokens"); /* OpenRouter */
  take (&usage->reasoning, hearth_read_object (told, "completion_tokens_details"), "reasoning_tokens");
}

static void
read_usage (HearthAnswer *answer,
            HearthValue  *told)
{
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;

  if (told == NULL)
    return;
  _hearth_openai_read_usage (told, &usage);
  if (usage.prompt >= 0 || usage.completion >= 0)
    hearth_answer_set_usage (answer, &usage);
}

/* --- what is said ---------------------------------------------------------------------------------- */

static void read_content (HearthAnswer *answer,
                          HearthValue  *content,
                          gboolean      is_reasoning);

/* Mistral: {"type": "thinking", "thinking": [parts]} beside {"type": "text", "text": "…"}. */
static void
read_part (HearthAnswer *answer,
           HearthValue  *part,
           gboolean      is_reasoning)
{
  if (hearth_value_get (part, "thinking") != NULL)
    read_content (answer, hearth_value_get (part, "thinking"), TRUE);
  else
    read_content (answer, hearth_value_get_member_kind (part, "text", HEARTH_VALUE_STRING), is_reasoning);
}

/* A text, or an array of parts. */
static void
read_content (HearthAnswer *answer,
              HearthValue  *content,
              gboolean      is_reasoning)
{
  if (hearth_value_is (content, STRING) && is_reasoning)
    hearth_answer_add_reasoning (answer, hearth_value_get_string (content, NULL));
  else if (hearth_value_is (content, STRING))
    hearth_answer_add_text (answer, hearth_value_get_string (content, NULL));
  else if (hearth_value_is (content, ARRAY))
    for (gsize i = 0; i < hearth_value_get_length (content); i++)
      read_part (answer, hearth_value_at (content, i), is_reasoning);
}

/* Some services write it under both names. */
static void
read_reasoning (HearthAnswer *answer,
                HearthValue  *message)
{
  const char *reasoning = hearth_read_string (message, "reasoning_content");

  if (reasoning == NULL || *reasoning == '\0')
    reasoning = hearth_read_string (message, "reasoning");
  hearth_answer_add_reasoning (answer, reasoning);
}

static void
read_tool_call (HearthAnswer *answer,
                HearthValue  *call)
{
  HearthValue *function = hearth_read_object (call, "function");
  HearthValue *arguments = hearth_value_get (function, "arguments");
  g_autofree char *text = NULL;

  if (hearth_value_is (arguments, OBJECT)) /* some write the value, not its text */
    text = hearth_json_print (arguments);
  hearth_answer_add_tool_call (answer, hearth_read_index (call, "index"), hearth_read_string (call, "id"),
                               hearth_read_string (function, "name"),
                               text != NULL ? text : hearth_read_string (function, "arguments"));
}

static void
read_tool_calls (HearthAnswer *answer,
                 HearthValue  *message)
{
  HearthValue *calls = hearth_read_array (message, "tool_calls");
  HearthValue *older = hearth_read_object (message, "function_call");

  for (gsize i = 0; calls != NULL && i < hearth_value_get_length (calls); i++)
    if (hearth_read_at (calls, i) != NULL)
      read_tool_call (answer, hearth_read_at (calls, i));
  if (calls == NULL && older != NULL)
    hearth_answer_add_tool_call (answer, 0, NULL, hearth_read_string (older, "name"), hearth_read_string (older, "arguments"));
}

/* A refusal is all that is said then; it comes with "stop" as its reason. */
static void
read_refusal (HearthAnswer *answer,
              HearthValue  *message)
{
  const char *refusal = hearth_read_string (message, "refusal");

  if (refusal == NULL || *refusal == '\0')
    return;
  hearth_answer_add_text (answer, refusal);
  hearth_answer_set_finish (answer, "content_filter");
}

static void
read_message (HearthAnswer *answer,
              HearthValue  *message)
{
  read_reasoning (answer, message);
  _hearth_openai_turn_read (answer, message);
  read_content (answer, hearth_value_get (message, "content"), FALSE);
  read_refusal (answer, message);
  read_tool_calls (answer, message);
}

/* --- how it ends ------------------------------------------------------------------------------------- */

static const struct
{
  const char *theirs;
  const char *ours;
} reasons[] = {
  { "function_call", "tool_calls" },
  { "eos", "stop" },
  { "end_turn", "stop" },
  { "stop_sequence", "stop" },
  { "max_tokens", "length" },
  { "model_length", "length" },
};

static void
read_finish (HearthAnswer *answer,
             const char   *reason)
{
  if (reason == NULL || *reason == '\0')
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (reasons[i].theirs, reason) == 0)
      reason = reasons[i].ours;
  if (strcmp (reason, "stop") == 0 && hearth_answer_get_n_tool_calls (answer) > 0)
    reason = "tool_calls"; /* not every service tells the two apart */
  if (strcmp (reason, "stop") != 0 || g_strcmp0 (hearth_answer_get_finish (answer), "content_filter") != 0)
    hearth_answer_set_finish (answer, reason);
  _hearth_openai_turn_end (answer);
  hearth_answer_set_done (answer);
}

/* An error may come under any status, also in the middle of a stream. */
static gboolean
check_error (HearthValue *body,
             GError     **error)
{
  HearthValue *told = hearth_value_get (body, "error");

  if (!hearth_value_is (told, OBJECT) && !hearth_value_is (told, STRING))
    return TRUE;
  g_propagate_error (error, hearth_read_error (0, NULL, body, NULL));
  return FALSE;
}

/* --- events and whole answers --------------------------------------------------------------------------- */

/* Of several choices the first is the answer. */
static HearthValue *
find_first_choice (HearthValue *body)
{
  HearthValue *choices = hearth_read_array (body, "choices");

  for (gsize i = 0; choices != NULL && i < hearth_value_get_length (choices); i++)
    {
      HearthValue *choice = hearth_read_at (choices, i);

      if (choice != NULL && hearth_value_get_member_integer (choice, "index", 0) == 0)
        return choice;
    }
  return NULL;
}

static void
read_choice (HearthAnswer *answer,
             HearthValue  *choice,
             const char   *key)
{
  read_usage (answer, hearth_read_object (choice, "usage")); /* Moonshot */
  if (hearth_read_object (choice, key) != NULL)
    read_message (answer, hearth_read_object (choice, key));
  read_finish (answer, hearth_read_string (choice, "finish_reason"));
}

gboolean
_hearth_openai_read_event (HearthAnswer *answer,
                           const char   *name,
                           HearthValue  *data,
                           GError      **error)
{
  HearthValue *choice = find_first_choice (data);

  if (!check_error (data, error))
    return FALSE;
  if (strcmp (name, "error") == 0)
    {
      g_propagate_error (error, hearth_read_error (0, NULL, data, NULL));
      return FALSE;
    }
  hearth_answer_set_identity (answer, hearth_read_string (data, "model"), hearth_read_string (data, "id"));
  read_usage (answer, hearth_read_object (data, "usage"));
  read_usage (answer, hearth_read_object (hearth_read_object (data, "x_groq"), "usage"));
  if (choice != NULL)
    read_choice (answer, choice, "delta");
  return TRUE;
}

gboolean
_hearth_openai_read_text (HearthAnswer *answer,
                          const char   *name,
                          const char   *data,
                          GError      **error)
{
  g_autofree char *text = g_strstrip (g_strdup (data));

  if (strcmp (text, "[DONE]") == 0)
    {
      hearth_answer_set_done (answer);
      return TRUE;
    }
  if (*text == '\0')
    return TRUE;
  g_propagate_error (error, hearth_model_error_new (HEARTH_MODEL_ERROR_BAD_ANSWER, text, NULL, 0, 0));
  return FALSE;
}

gboolean
_hearth_openai_read_answer (HearthAnswer *answer,
                            HearthValue  *body,
                            GError      **error)
{
  HearthValue *choice = find_first_choice (body);

  if (!check_error (body, error))
    return FALSE;
  if (choice == NULL)
    return hearth_model_error_set (error, HEARTH_MODEL_ERROR_BAD_ANSWER,
                                   _("The service's answer has no “choices”. Probably the base URL leads to something else."));
  hearth_answer_set_raw (answer, body);
  hearth_answer_set_identity (answer, hearth_read_string (body, "model"), hearth_read_string (body, "id"));
  read_usage (answer, hearth_read_object (body, "usage"));
  read_choice (answer, choice, "message");
  hearth_answer_set_done (answer);
  return TRUE;
}
