/* hearth-model-call-error.c: why a call failed, in sentences, without a key in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-call-private.h"

#include <string.h>

#include "hearth-provider-read.h"
#include "hearth-i18n.h"

#define MAX_SHOWN 4096 /* bytes of a body that is looked at for words */
#define LONG_ENOUGH 8  /* a header's value from here on may be a key */

GError *
_hearth_model_call_error_outside (const GError *error)
{
  static const HearthModelError codes[] = {
    [HEARTH_OUTSIDE_ERROR_UNREACHABLE] = HEARTH_MODEL_ERROR_UNREACHABLE,
    [HEARTH_OUTSIDE_ERROR_TLS] = HEARTH_MODEL_ERROR_UNREACHABLE,
    [HEARTH_OUTSIDE_ERROR_TIMEOUT] = HEARTH_MODEL_ERROR_TIMEOUT,
    [HEARTH_OUTSIDE_ERROR_CUT] = HEARTH_MODEL_ERROR_BAD_ANSWER,
    [HEARTH_OUTSIDE_ERROR_TOO_LARGE] = HEARTH_MODEL_ERROR_BAD_ANSWER,
    [HEARTH_OUTSIDE_ERROR_NOT_RECORDED] = HEARTH_MODEL_ERROR_NOT_RECORDED,
    [HEARTH_OUTSIDE_ERROR_ADDRESS] = HEARTH_MODEL_ERROR_INVALID,
  };
  gboolean is_known = error->domain == HEARTH_OUTSIDE_ERROR && (guint) error->code < G_N_ELEMENTS (codes);
  HearthModelError code = is_known ? codes[error->code] : HEARTH_MODEL_ERROR_UNREACHABLE;

  return g_error_new_literal (HEARTH_MODEL_ERROR, (int) code, error->message);
}

GError *
_hearth_model_call_error_cut (void)
{
  return g_error_new_literal (HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BAD_ANSWER,
                              _("The service's answer broke off before its end. Try again."));
}

/* Of the body, as far as there can be words in it. */
static char *
dup_text (HearthModelCall *self)
{
  return g_utf8_make_valid (self->body->str, (gssize) MIN (self->body->len, MAX_SHOWN));
}

static gboolean
is_page (HearthModelCall *self,
         const char      *text)
{
  const char *type = hearth_value_get_member_string (self->headers, "content-type", "");

  return g_str_has_prefix (type, "text/html") || *text == '<';
}

GError *
_hearth_model_call_error_no_json (HearthModelCall *self)
{
  g_autofree char *text = g_strstrip (dup_text (self));
  g_autofree char *words = hearth_read_words (text);
  g_autofree char *sentence = NULL;

  if (is_page (self, text))
    sentence = g_strdup_printf (_("The service answered with a web page. Probably the base URL “%s” is wrong; "
                                  "most end in “/v1”."), self->channel->base_url);
  else if (*text == '\0')
    sentence = g_strdup_printf (_("The service answered with nothing. Probably the base URL “%s” is wrong."),
                                self->channel->base_url);
  else if (*text == '{' || *text == '[')
    sentence = g_strdup (_("The service's answer is damaged JSON. Try again."));
  else
    sentence = g_strdup_printf (_("The service's answer is no JSON. Probably the base URL “%s” leads to something "
                                  "else."), self->channel->base_url);
  return hearth_model_error_new_sentence (HEARTH_MODEL_ERROR_BAD_ANSWER, sentence, words, NULL, self->status, 0);
}

static GError *
new_redirect_error (HearthModelCall *self)
{
  const char *place = hearth_value_get_member_string (self->headers, "location", NULL);

  return hearth_model_error_new_sentence (HEARTH_MODEL_ERROR_INVALID,
                                          _("The service sends its callers elsewhere. If you trust that place, make it the "
                                            "base URL."),
                                          place, NULL, self->status, 0);
}

GError *
_hearth_model_call_error_refused (HearthModelCall *self,
                                  HearthValue     *body)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GError) error = NULL;

  if (self->status < 400)
    return new_redirect_error (self);
  error = self->channel->provider->read_error (self->status, self->headers, body, text);
  if (self->key != NULL || !g_error_matches (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_KEY) || self->status == 403)
    return g_steal_pointer (&error);
  return hearth_model_error_new_sentence (HEARTH_MODEL_ERROR_KEY,
                                          _("The service wants a key, and this channel has none. Enter one."),
                                          hearth_model_error_get_words (error),
                                          hearth_model_error_get_provider_code (error), self->status, 0);
}

static void
mask (GError    **error,
      const char *secret)
{
  g_autoptr (GError) before = *error;

  *error = hearth_model_error_mask (before, secret);
}

GError *
_hearth_model_call_error_mask (HearthModelCall *self,
                               GError          *error)
{
  HearthValue *headers = self->channel->headers;

  if (self->key != NULL)
    mask (&error, hearth_secret_get_text (self->key));
  for (gsize i = 0; hearth_value_is (headers, OBJECT) && i < hearth_value_get_length (headers); i++)
    {
      HearthValue *value = hearth_value_member_at (headers, i);

      if (hearth_value_is (value, STRING) && strlen (hearth_value_get_string (value, NULL)) >= LONG_ENOUGH)
        mask (&error, hearth_value_get_string (value, NULL));
    }
  return error;
}
