/* hearth-model-error.c: errors of models, with what the provider said about them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-error.h"

#include <string.h>

#include "hearth-i18n.h"

#define MAX_WORDS 1000 /* characters */
#define MASK "•••"

typedef struct
{
  char *words;
  char *provider_code;
  guint status;
  guint retry_after_ms;
} HearthModelErrorPrivate;

static void
hearth_model_error_private_init (HearthModelErrorPrivate *self)
{
}

static void
hearth_model_error_private_copy (const HearthModelErrorPrivate *self,
                                 HearthModelErrorPrivate       *copy)
{
  copy->words = g_strdup (self->words);
  copy->provider_code = g_strdup (self->provider_code);
  copy->status = self->status;
  copy->retry_after_ms = self->retry_after_ms;
}

static void
hearth_model_error_private_clear (HearthModelErrorPrivate *self)
{
  g_free (self->words);
  g_free (self->provider_code);
}

G_DEFINE_EXTENDED_ERROR (HearthModelError, hearth_model_error)

/* By code. */
static const struct
{
  const char *error_class;
  const char *sentence;
} kinds[] = {
  [HEARTH_MODEL_ERROR_KEY] = { "key",
    N_("The service does not accept the key. Check the key of this channel.") },
  [HEARTH_MODEL_ERROR_CREDIT] = { "credit",
    N_("There is no credit left with this service. Add some there, or use another channel.") },
  [HEARTH_MODEL_ERROR_RATE_LIMIT] = { "rate-limit",
    N_("The service takes no more requests for the moment. Wait a little, or use another channel.") },
  [HEARTH_MODEL_ERROR_TOO_LONG] = { "too-long",
    N_("The request is too long for this model. Shorten it, or use a model with a larger context.") },
  [HEARTH_MODEL_ERROR_REFUSED] = { "refused",
    N_("The service refuses this request because of its content. Word it otherwise, or use another model.") },
  [HEARTH_MODEL_ERROR_INVALID] = { "input",
    N_("The service does not understand the request. Check the model's name and the parameters.") },
  [HEARTH_MODEL_ERROR_SERVER] = { "server",
    N_("The service has a problem of its own. Try again later, or use another channel.") },
  [HEARTH_MODEL_ERROR_UNREACHABLE] = { "network",
    N_("The service cannot be reached. Check the base URL and the network.") },
  [HEARTH_MODEL_ERROR_TIMEOUT] = { "timeout",
    N_("The service did not answer in time. Try again later, or allow the channel more time.") },
  [HEARTH_MODEL_ERROR_BAD_ANSWER] = { "bad-answer",
    N_("The service's answer cannot be read. Check that the base URL and the kind of service fit together.") },
  [HEARTH_MODEL_ERROR_BUDGET] = { "budget",
    N_("This call would go beyond a ceiling. Raise it and let the run go on.") },
  [HEARTH_MODEL_ERROR_NO_CHANNEL] = { "no-channel",
    N_("No active channel has this model. Add one, or choose another model.") },
  [HEARTH_MODEL_ERROR_NOT_RECORDED] = { "not-recorded",
    N_("The recording has no such call. Record the run anew.") },
};

static const HearthModelErrorPrivate *
get_private (const GError *error)
{
  return error != NULL && error->domain == HEARTH_MODEL_ERROR ? hearth_model_error_get_private (error) : NULL;
}

/* Trimmed, and not without end; NULL for nothing. */
static char *
dup_words (const char *words)
{
  g_autofree char *valid = words != NULL ? g_utf8_make_valid (words, -1) : NULL;

  if (valid == NULL || *g_strstrip (valid) == '\0')
    return NULL;
  if (strlen (valid) > MAX_WORDS && g_utf8_strlen (valid, -1) > MAX_WORDS)
    {
      g_autofree char *beginning = g_utf8_substring (valid, 0, MAX_WORDS);

      return g_strconcat (beginning, "…", NULL);
    }
  return g_steal_pointer (&valid);
}

GError *
hearth_model_error_new_sentence (HearthModelError code,
                                 const char      *sentence,
                                 const char      *words,
                                 const char      *provider_code,
                                 guint            status,
                                 guint            retry_after_ms)
{
  g_autofree char *own_words = dup_words (words);
  HearthModelErrorPrivate *details;
  GError *error;

  g_return_val_if_fail (sentence != NULL, NULL);

  if (own_words != NULL)
    /* Translators: what is wrong, and what the service itself wrote about it */
    error = g_error_new (HEARTH_MODEL_ERROR, (int) code, _("%s It says: %s"), sentence, own_words);
  else
    error = g_error_new_literal (HEARTH_MODEL_ERROR, (int) code, sentence);
  details = hearth_model_error_get_private (error);
  details->words = g_steal_pointer (&own_words);
  details->provider_code = dup_words (provider_code);
  details->status = status;
  details->retry_after_ms = retry_after_ms;
  return error;
}

GError *
hearth_model_error_new (HearthModelError code,
                        const char      *words,
                        const char      *provider_code,
                        guint            status,
                        guint            retry_after_ms)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (kinds), NULL);

  return hearth_model_error_new_sentence (code, _(kinds[code].sentence), words, provider_code, status, retry_after_ms);
}

gboolean
hearth_model_error_set (GError         **error,
                        HearthModelError code,
                        const char      *sentence)
{
  g_return_val_if_fail (sentence != NULL, FALSE);

  g_set_error_literal (error, HEARTH_MODEL_ERROR, code, sentence);
  return FALSE;
}

const char *
hearth_model_error_get_words (const GError *error)
{
  const HearthModelErrorPrivate *details = get_private (error);

  return details != NULL ? details->words : NULL;
}

const char *
hearth_model_error_get_provider_code (const GError *error)
{
  const HearthModelErrorPrivate *details = get_private (error);

  return details != NULL ? details->provider_code : NULL;
}

guint
hearth_model_error_get_status (const GError *error)
{
  const HearthModelErrorPrivate *details = get_private (error);

  return details != NULL ? details->status : 0;
}

guint
hearth_model_error_get_retry_after (const GError *error)
{
  const HearthModelErrorPrivate *details = get_private (error);

  return details != NULL ? details->retry_after_ms : 0;
}

const char *
hearth_model_error_get_class (const GError *error)
{
  if (get_private (error) == NULL || (guint) error->code >= G_N_ELEMENTS (kinds))
    return NULL;
  return kinds[error->code].error_class;
}

static void
mask_text (char      **text,
           const char *secret)
{
  char *masked;

  if (*text == NULL || strstr (*text, secret) == NULL)
    return;
  {
    g_auto (GStrv) pieces = g_strsplit (*text, secret, -1);

    masked = g_strjoinv (MASK, pieces);
  }
  g_free (*text);
  *text = masked;
}

GError *
hearth_model_error_mask (const GError *error,
                         const char   *secret)
{
  GError *copy;

  g_return_val_if_fail (error != NULL && secret != NULL, NULL);

  copy = g_error_copy (error);
  if (*secret == '\0')
    return copy;
  mask_text (&copy->message, secret);
  if (copy->domain == HEARTH_MODEL_ERROR)
    {
      HearthModelErrorPrivate *details = hearth_model_error_get_private (copy);

      mask_text (&details->words, secret);
      mask_text (&details->provider_code, secret);
    }
  return copy;
}

HearthModelError
hearth_model_error_from_status (guint status)
{
  switch (status)
    {
    case 401:
    case 403:
      return HEARTH_MODEL_ERROR_KEY;
    case 402:
      return HEARTH_MODEL_ERROR_CREDIT;
    case 408:
    case 504:
      return HEARTH_MODEL_ERROR_TIMEOUT;
    case 413:
      return HEARTH_MODEL_ERROR_TOO_LONG;
    case 429:
    case 529:
      return HEARTH_MODEL_ERROR_RATE_LIMIT;
    default:
      return status >= 500 ? HEARTH_MODEL_ERROR_SERVER : HEARTH_MODEL_ERROR_INVALID;
    }
}
