/* hearth-gemini-read.c: what Gemini answers
 *
 * In a stream every event is a whole answer with the next piece in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-gemini-private.h"

#include <string.h>

#include "hearth-gemini-turn-private.h"
#include "hearth-json.h"
#include "hearth-provider-read.h"

#include "hearth-i18n.h"

/* --- refusals ---------------------------------------------------------------------------------------- */

static HearthValue *
find_detail (HearthValue *told,
             const char  *type_end)
{
  HearthValue *details = hearth_read_array (told, "details");

  for (gsize i = 0; details != NULL && i < hearth_value_get_length (details); i++)
    if (g_str_has_suffix (hearth_value_get_member_string (hearth_value_at (details, i), "@type", ""), type_end))
      return hearth_value_at (details, i);
  return NULL;
}

/* "34s", "1.5s" */
static guint
read_delay_ms (HearthValue *told)
{
  const char *delay = hearth_value_get_member_string (find_detail (told, ".RetryInfo"), "retryDelay", "");
  double seconds = g_ascii_strtod (delay, NULL);

  return seconds > 0 && seconds < 24 * 60 * 60 ? (guint) (seconds * 1000) : 0;
}

static const struct
{
  const char *status;
  HearthModelError code;
} statuses[] = {
  { "UNAUTHENTICATED", HEARTH_MODEL_ERROR_KEY },
  { "PERMISSION_DENIED", HEARTH_MODEL_ERROR_KEY },
  { "RESOURCE_EXHAUSTED", HEARTH_MODEL_ERROR_RATE_LIMIT },
  { "DEADLINE_EXCEEDED", HEARTH_MODEL_ERROR_TIMEOUT },
  { "UNAVAILABLE", HEARTH_MODEL_ERROR_SERVER },
  { "INTERNAL", HEARTH_MODEL_ERROR_SERVER },
};

static HearthModelError
find_kind (guint       status,
           const char *name,
           const char *reason,
           const char *words)
{
  g_autofree char *lower = g_ascii_strdown (words != NULL ? words : "", -1);

  if (g_strcmp0 (reason, "API_KEY_INVALID") == 0)
    return HEARTH_MODEL_ERROR_KEY;
  if (strstr (lower, "maximum number of tokens") != NULL)
    return HEARTH_MODEL_ERROR_TOO_LONG;
  if (strstr (lower, "credits are depleted") != NULL)
    return HEARTH_MODEL_ERROR_CREDIT;
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (statuses[i].status, name) == 0)
      return statuses[i].code;
  return hearth_read_error_code (status, NULL, NULL, words);
}

GError *
_hearth_gemini_read_error (guint        status,
                           HearthValue *headers,
                           HearthValue *body,
                           const char  *text)
{
  HearthValue *object = hearth_value_is (body, ARRAY) ? hearth_read_at (body, 0) : body;
  HearthValue *told = hearth_read_object (object, "error");
  const char *words = hearth_read_string (told, "message");
  const char *name = hearth_read_string (told, "status");
  const char *reason = hearth_read_string (find_detail (told, ".ErrorInfo"), "reason");
  guint retry_after = hearth_model_error_read_retry_after (headers);

  if (told == NULL || name == NULL)
    return hearth_read_error (status, headers, body, text);
  if (status == 0)
    status = (guint) CLAMP (hearth_read_count (told, "code"), 0, 599);
  return hearth_model_error_new (find_kind (status, name, reason, words), words, reason != NULL ? reason : name, status,
                                 retry_after > 0 ? retry_after : read_delay_ms (told));
}

/* --- usage and reasons ----------------------------------------------------------------------------- */

/* Thoughts are counted apart from what is said, and so is what tools of the service's own read. */
static void
read_usage (HearthAnswer *answer,
            HearthValue  *told)
{
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;

  if (told == NULL)
    return;
  usage.prompt = hearth_read_add_counts (hearth_read_count (told, "promptTokenCount"), hearth_read_count (told, "toolUsePromptTokenCount"));
  usage.reasoning = hearth_read_count (told, "thoughtsTokenCount");
  usage.completion = hearth_read_add_counts (hearth_read_count (told, "candidatesTokenCount"), usage.reasoning);
  usage.cached = hearth_read_count (told, "cachedContentTokenCount");
  hearth_answer_set_usage (answer, &usage);
}

static const struct
{
  const char *theirs;
  const char *ours;
} reasons[] = {
  { "STOP", "stop" },
  { "FUNCTION_CALL", "tool_calls" }, /* gateways */
  { "MAX_TOKENS", "length" },
  { "SAFETY", "content_filter" },
  { "RECITATION", "content_filter" },
  { "BLOCKLIST", "content_filter" },
  { "PROHIBITED_CONTENT", "content_filter" },
  { "SPII", "content_filter" },
  { "IMAGE_SAFETY", "content_filter" },
  { "IMAGE_PROHIBITED_CONTENT", "content_filter" },
  { "IMAGE_RECITATION", "content_filter" },
  { "MALFORMED_FUNCTION_CALL", "error" },
  { "UNEXPECTED_TOOL_CALL", "error" },
  { "TOO_MANY_TOOL_CALLS", "error" },
  { "LANGUAGE", "error" },
  { "OTHER", "error" },
};

static void
read_finish (HearthAnswer *answer,
             const char   *reason)
{
  g_autoptr (HearthValue) parts = NULL;

  if (reason == NULL || *reason == '\0' || strcmp (reason, "FINISH_REASON_UNSPECIFIED") == 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (reasons[i].theirs, reason) == 0)
      reason = reasons[i].ours;
  if (strcmp (reason, "stop") == 0 && hearth_answer_get_n_tool_calls (answer) > 0)
    reason = "tool_calls";
  hearth_answer_set_finish (answer, reason);
  parts = _hearth_gemini_turn_dup_signed (_hearth_gemini_turn_of (answer));
  if (parts != NULL)
    hearth_answer_set_native (answer, HEARTH_GEMINI_ID, parts);
  hearth_answer_set_done (answer);
}

/* --- parts ------------------------------------------------------------------------------------------- */

/* Older models number nothing; the answer's own id keeps calls of different answers apart. */
static char *
make_call_id (HearthAnswer *answer,
              const char   *response_id)
{
  return g_strdup_printf ("call_%u%s%s", hearth_answer_get_n_tool_calls (answer) + 1, response_id != NULL ? "_" : "",
                          response_id != NULL ? response_id : "");
}

static HearthValue *
with_call_id (HearthValue *part,
              HearthValue *call,
              const char  *id)
{
  g_autoptr (HearthValue) value = hearth_value_string (id);
  g_autoptr (HearthValue) numbered = hearth_value_with (call, "id", value);

  return hearth_value_with (part, "functionCall", numbered);
}

static void
read_call (HearthAnswer *answer,
           HearthValue  *part,
           HearthValue  *call,
           const char   *response_id)
{
  HearthValue *args = hearth_read_object (call, "args");
  const char *told = hearth_read_string (call, "id");
  g_autofree char *id = told != NULL && *told != '\0' ? g_strdup (told) : make_call_id (answer, response_id);
  g_autofree char *json = args != NULL ? hearth_json_print (args) : g_strdup ("{}");
  g_autoptr (HearthValue) kept = with_call_id (part, call, id);

  hearth_answer_add_tool_call (answer, HEARTH_ANSWER_NO_INDEX, id, hearth_read_string (call, "name"), json);
  _hearth_gemini_turn_add (_hearth_gemini_turn_of (answer), kept);
}

static void
read_part (HearthAnswer *answer,
           HearthValue  *part,
           const char   *response_id)
{
  HearthValue *call = hearth_read_object (part, "functionCall");
  const char *text = hearth_read_string (part, "text");

  if (call != NULL)
    {
      if (*hearth_value_get_member_string (call, "name", "") != '\0')
        read_call (answer, part, call, response_id);
      return;
    }
  if (hearth_value_get_member_boolean (part, "thought", FALSE))
    hearth_answer_add_reasoning (answer, text);
  else
    hearth_answer_add_text (answer, text);
  _hearth_gemini_turn_add (_hearth_gemini_turn_of (answer), part);
}

static void
read_candidate (HearthAnswer *answer,
                HearthValue  *candidate,
                const char   *response_id)
{
  HearthValue *parts = hearth_read_array (hearth_read_object (candidate, "content"), "parts");

  for (gsize i = 0; parts != NULL && i < hearth_value_get_length (parts); i++)
    if (hearth_read_at (parts, i) != NULL)
      read_part (answer, hearth_read_at (parts, i), response_id);
  read_finish (answer, hearth_read_string (candidate, "finishReason"));
}

/* --- events and whole answers -------------------------------------------------------------------------- */

/* Of several candidates the first is the answer. */
static HearthValue *
find_first (HearthValue *body)
{
  HearthValue *candidates = hearth_read_array (body, "candidates");

  for (gsize i = 0; candidates != NULL && i < hearth_value_get_length (candidates); i++)
    if (hearth_value_get_member_integer (hearth_read_at (candidates, i), "index", 0) == 0)
      return hearth_read_at (candidates, i);
  return NULL;
}

static gboolean
check_feedback (HearthValue *body,
                GError     **error)
{
  HearthValue *feedback = hearth_read_object (body, "promptFeedback");
  const char *reason = hearth_read_string (feedback, "blockReason");
  const char *words = hearth_read_string (feedback, "blockReasonMessage");

  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, hearth_model_error_new (HEARTH_MODEL_ERROR_REFUSED, words != NULL ? words : reason, reason, 0, 0));
  return FALSE;
}

gboolean
_hearth_gemini_read_event (HearthAnswer *answer,
                           const char   *name,
                           HearthValue  *data,
                           GError      **error)
{
  HearthValue *object = hearth_value_is (data, ARRAY) ? hearth_read_at (data, 0) : data;
  const char *response_id = hearth_read_string (object, "responseId");

  if (hearth_read_object (object, "error") != NULL)
    {
      g_propagate_error (error, _hearth_gemini_read_error (0, NULL, object, NULL));
      return FALSE;
    }
  hearth_answer_set_identity (answer, hearth_read_string (object, "modelVersion"), response_id);
  read_usage (answer, hearth_read_object (object, "usageMetadata"));
  if (find_first (object) != NULL)
    read_candidate (answer, find_first (object), response_id);
  else
    return check_feedback (object, error);
  return TRUE;
}

gboolean
_hearth_gemini_read_answer (HearthAnswer *answer,
                            HearthValue  *body,
                            GError      **error)
{
  if (!_hearth_gemini_read_event (answer, "", body, error))
    return FALSE;
  if (find_first (body) == NULL)
    return hearth_model_error_set (error, HEARTH_MODEL_ERROR_BAD_ANSWER,
                                   _("The service's answer has no “candidates”. Probably the base URL leads to something else."));
  hearth_answer_set_raw (answer, body);
  hearth_answer_set_done (answer);
  return TRUE;
}
