/* hearth-provider-error.c: refusals, in the forms in which services write them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-provider-read.h"

#include <string.h>

#include "hearth-i18n.h"

/* --- which class ------------------------------------------------------------------------------- */

/* Parts of codes and types, the first that fits; what is more special comes first. */
static const struct
{
  const char *part;
  HearthModelError code;
} known_codes[] = {
  { "insufficient_quota", HEARTH_MODEL_ERROR_CREDIT },
  { "billing", HEARTH_MODEL_ERROR_CREDIT },
  { "insufficient_balance", HEARTH_MODEL_ERROR_CREDIT },
  { "context_length", HEARTH_MODEL_ERROR_TOO_LONG },
  { "context_window", HEARTH_MODEL_ERROR_TOO_LONG },
  { "exceed_context", HEARTH_MODEL_ERROR_TOO_LONG },
  { "string_above_max_length", HEARTH_MODEL_ERROR_TOO_LONG },
  { "request_too_large", HEARTH_MODEL_ERROR_TOO_LONG },
  { "content_policy", HEARTH_MODEL_ERROR_REFUSED },
  { "invalid_prompt", HEARTH_MODEL_ERROR_REFUSED },
  { "bio_policy", HEARTH_MODEL_ERROR_REFUSED },
  { "content_filter", HEARTH_MODEL_ERROR_REFUSED },
  { "moderation", HEARTH_MODEL_ERROR_REFUSED },
  { "api_key", HEARTH_MODEL_ERROR_KEY },
  { "authentication", HEARTH_MODEL_ERROR_KEY },
  { "permission", HEARTH_MODEL_ERROR_KEY },
  { "unauthorized", HEARTH_MODEL_ERROR_KEY },
  { "rate_limit", HEARTH_MODEL_ERROR_RATE_LIMIT },
  { "too_many_requests", HEARTH_MODEL_ERROR_RATE_LIMIT },
  { "overloaded", HEARTH_MODEL_ERROR_RATE_LIMIT },
  { "timeout", HEARTH_MODEL_ERROR_TIMEOUT },
  { "server_error", HEARTH_MODEL_ERROR_SERVER },
  { "internal", HEARTH_MODEL_ERROR_SERVER },
  { "api_error", HEARTH_MODEL_ERROR_SERVER },
  { "invalid_request", HEARTH_MODEL_ERROR_INVALID },
  { "not_found", HEARTH_MODEL_ERROR_INVALID },
};

/* Many say only in words that a request is too long, and some that there is no credit. */
static const struct
{
  const char *part;
  HearthModelError code;
} known_words[] = {
  { "context length", HEARTH_MODEL_ERROR_TOO_LONG },
  { "context size", HEARTH_MODEL_ERROR_TOO_LONG },
  { "context window", HEARTH_MODEL_ERROR_TOO_LONG },
  { "prompt is too long", HEARTH_MODEL_ERROR_TOO_LONG },
  { "too many tokens", HEARTH_MODEL_ERROR_TOO_LONG },
  { "insufficient balance", HEARTH_MODEL_ERROR_CREDIT },
  { "insufficient credit", HEARTH_MODEL_ERROR_CREDIT },
  { "credit balance", HEARTH_MODEL_ERROR_CREDIT },
  { "api key not valid", HEARTH_MODEL_ERROR_KEY },
};

static gboolean
find_code (const char       *text,
           HearthModelError *code)
{
  g_autofree char *lower = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  for (gsize i = 0; lower != NULL && i < G_N_ELEMENTS (known_codes); i++)
    if (strstr (lower, known_codes[i].part) != NULL)
      {
        *code = known_codes[i].code;
        return TRUE;
      }
  return FALSE;
}

static gboolean
find_words (const char       *words,
            HearthModelError *code)
{
  g_autofree char *lower = words != NULL ? g_ascii_strdown (words, -1) : NULL;

  for (gsize i = 0; lower != NULL && i < G_N_ELEMENTS (known_words); i++)
    if (strstr (lower, known_words[i].part) != NULL)
      {
        *code = known_words[i].code;
        return TRUE;
      }
  return FALSE;
}

/* Status codes that say all there is to say; a 400 or a 403 may be anything. */
static gboolean
is_clear (guint status)
{
  return status == 401 || status == 402 || status == 408 || status == 413 || status == 504 || status == 529;
}

HearthModelError
hearth_read_error_code (guint       status,
                        const char *provider_code,
                        const char *type,
                        const char *words)
{
  HearthModelError code;
  guint64 number = 0;
  gboolean has_code;

  if (is_clear (status))
    return hearth_model_error_from_status (status);
  has_code = find_code (provider_code, &code) || (status == 0 && find_code (type, &code));
  if (has_code && code != HEARTH_MODEL_ERROR_INVALID) /* which many call whatever they do not like */
    return code;
  if (status < 500 && status != 429 && find_words (words, &code))
    return code;
  if (has_code)
    return HEARTH_MODEL_ERROR_INVALID;
  if (status == 429 && find_code (type, &code) && code == HEARTH_MODEL_ERROR_CREDIT)
    return code;
  if (status == 0 && provider_code != NULL && g_ascii_string_to_unsigned (provider_code, 10, 400, 599, &number, NULL))
    status = (guint) number;
  if (status == 400 && find_code (type, &code))
    return code;
  return status >= 400 ? hearth_model_error_from_status (status) : HEARTH_MODEL_ERROR_SERVER;
}

/* --- what it says -------------------------------------------------------------------------------- */

static char *
dup_scalar (HearthValue *object,
            const char  *key)
{
  HearthValue *value = hearth_value_get (object, key);

  return hearth_value_is (value, STRING) || hearth_value_is_number (value) ? hearth_value_to_text (value) : NULL;
}

/* [{"loc": ["body", "seed"], "msg": "…"}] as "body.seed: …; …": what checks of bodies write. */
static char *
dup_detail (HearthValue *details)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < hearth_value_get_length (details); i++)
    {
      HearthValue *detail = hearth_read_at (details, i);
      HearthValue *place = hearth_read_array (detail, "loc");
      g_autofree char *message = dup_scalar (detail, "msg");

      if (message == NULL)
        continue;
      g_string_append (text, text->len > 0 ? "; " : "");
      for (gsize j = 0; place != NULL && j < hearth_value_get_length (place); j++)
        {
          g_autofree char *step = hearth_value_to_text (hearth_value_at (place, j));

          g_string_append_printf (text, "%s%s", j > 0 ? "." : "", step);
        }
      g_string_append_printf (text, "%s%s", place != NULL ? ": " : "", message);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static char *
dup_words (HearthValue *object)
{
  static const char *const keys[] = { "message", "error", "detail", "msg", "error_description" };
  char *words = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (keys) && words == NULL; i++)
    words = dup_scalar (object, keys[i]);
  if (words == NULL && hearth_read_array (object, "detail") != NULL)
    words = dup_detail (hearth_read_array (object, "detail"));
  if (words == NULL && hearth_read_object (object, "message") != NULL) /* Mistral: {"message": {"detail": [...]}} */
    words = dup_words (hearth_read_object (object, "message"));
  return words;
}

/* OpenRouter puts what the service behind it said into metadata.raw. */
static char *
dup_all_words (HearthValue *object)
{
  g_autofree char *words = dup_words (object);
  g_autofree char *raw = dup_scalar (hearth_read_object (object, "metadata"), "raw");

  return raw != NULL && words != NULL ? g_strdup_printf ("%s: %s", words, raw) : g_steal_pointer (&words);
}

char *
hearth_read_words (const char *text)
{
  g_autoptr (GRegex) title = g_regex_new ("<title[^>]*>\\s*([^<]*?)\\s*</title>", G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  while (text != NULL && g_ascii_isspace (*text))
    text++;
  if (text == NULL || *text != '<')
    return g_strdup (text);
  return g_regex_match (title, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

GError *
hearth_read_error (guint        status,
                   HearthValue *headers,
                   HearthValue *body,
                   const char  *text)
{
  HearthValue *object = hearth_value_is (body, ARRAY) ? hearth_read_at (body, 0) : body;
  HearthValue *inner = hearth_read_object (object, "error");
  HearthValue *told = inner != NULL ? inner : object;
  g_autofree char *words = hearth_value_is (object, OBJECT) ? dup_all_words (told) : hearth_read_words (text);
  g_autofree char *provider_code = dup_scalar (told, "code");
  g_autofree char *type = dup_scalar (told, "type");

  if (status == 404 && !hearth_value_is (object, OBJECT)) /* a page instead of JSON: the path leads nowhere */
    return hearth_model_error_new_sentence (HEARTH_MODEL_ERROR_INVALID,
                                            _("There is no model service at this address. Probably the base URL is wrong; "
                                              "most end in “/v1”."),
                                            words, NULL, status, 0);
  return hearth_model_error_new (hearth_read_error_code (status, provider_code, type, words), words,
                                 provider_code != NULL ? provider_code : type, status,
                                 hearth_model_error_read_retry_after (headers));
}
