/* hearth-model-error.h: what can go wrong with a model, in classes a person can act on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/**
 * HearthModelError:
 * @HEARTH_MODEL_ERROR_KEY: 401, 403: no key, or a wrong one
 * @HEARTH_MODEL_ERROR_CREDIT: 402, insufficient_quota
 * @HEARTH_MODEL_ERROR_RATE_LIMIT: 429, 529
 * @HEARTH_MODEL_ERROR_TOO_LONG: context_length_exceeded, 413
 * @HEARTH_MODEL_ERROR_REFUSED: content policy
 * @HEARTH_MODEL_ERROR_INVALID: 400, 404, 422: no such model, bad parameter
 * @HEARTH_MODEL_ERROR_SERVER: 5xx
 * @HEARTH_MODEL_ERROR_UNREACHABLE: no such host, refused, no network, a wrong certificate
 * @HEARTH_MODEL_ERROR_TIMEOUT: no first byte, or no next one, in time; 408, 504
 * @HEARTH_MODEL_ERROR_BAD_ANSWER: no JSON, cut, HTML
 * @HEARTH_MODEL_ERROR_BUDGET: a ceiling of ours (money)
 * @HEARTH_MODEL_ERROR_NO_CHANNEL: none active that has the model
 * @HEARTH_MODEL_ERROR_NOT_RECORDED: replaying, and the recording has no such call
 */
typedef enum
{
  HEARTH_MODEL_ERROR_KEY,
  HEARTH_MODEL_ERROR_CREDIT,
  HEARTH_MODEL_ERROR_RATE_LIMIT,
  HEARTH_MODEL_ERROR_TOO_LONG,
  HEARTH_MODEL_ERROR_REFUSED,
  HEARTH_MODEL_ERROR_INVALID,
  HEARTH_MODEL_ERROR_SERVER,
  HEARTH_MODEL_ERROR_UNREACHABLE,
  HEARTH_MODEL_ERROR_TIMEOUT,
  HEARTH_MODEL_ERROR_BAD_ANSWER,
  HEARTH_MODEL_ERROR_BUDGET,
  HEARTH_MODEL_ERROR_NO_CHANNEL,
  HEARTH_MODEL_ERROR_NOT_RECORDED,
} HearthModelError;

#define HEARTH_MODEL_ERROR (hearth_model_error_quark ())
GQuark           hearth_model_error_quark             (void);

/* The sentence of the class with the provider's own words behind it. @words, @provider_code: or NULL; of very
 * long words the beginning is kept. @status 0: none. @retry_after_ms 0: not told. */
GError          *hearth_model_error_new               (HearthModelError  code,
                                                       const char       *words,
                                                       const char       *provider_code,
                                                       guint             status,
                                                       guint             retry_after_ms);
/* The same with another sentence than that of the class. */
GError          *hearth_model_error_new_sentence      (HearthModelError  code,
                                                       const char       *sentence,
                                                       const char       *words,
                                                       const char       *provider_code,
                                                       guint             status,
                                                       guint             retry_after_ms);
/* In the manner of g_set_error (), for what we say ourselves: @sentence is the whole message. Always FALSE. */
gboolean         hearth_model_error_set               (GError          **error,
                                                       HearthModelError  code,
                                                       const char       *sentence);

/* These take a NULL @error and one of another domain, too: nothing is known then. Borrowed. */
const char      *hearth_model_error_get_words         (const GError     *error); /* the provider's own, or NULL */
const char      *hearth_model_error_get_provider_code (const GError     *error); /* "invalid_api_key", or NULL */
guint            hearth_model_error_get_status        (const GError     *error);
guint            hearth_model_error_get_retry_after   (const GError     *error); /* ms */
/* "key", "credit", "rate-limit", "too-long", "refused", "input", "server", "network", "timeout", "bad-answer",
 * "budget", "no-channel", "not-recorded": for events and the engine's retry rules (hearth_error_new_class ()).
 * NULL for errors of another domain. */
const char      *hearth_model_error_get_class         (const GError     *error);

/* A copy of @error without @secret in any of its texts. */
GError          *hearth_model_error_mask              (const GError     *error,
                                                       const char       *secret);

/* --- for who reads a refusal ------------------------------------------------------------------ */

/* The class of an HTTP status from 400. */
HearthModelError hearth_model_error_from_status       (guint             status);
/* Milliseconds, of "retry-after-ms" or "retry-after" (seconds or an HTTP date), at most a day; 0: none.
 * @headers: an object with lower-case names, or NULL. */
guint            hearth_model_error_read_retry_after  (HearthValue      *headers);

G_END_DECLS
