/* hearth-gemini-private.h: the parts of the Google Gemini provider
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-provider.h"

G_BEGIN_DECLS

/* adapterType on the wire */
#define HEARTH_GEMINI_ID "google"

/* The signature that the service documents for calls of functions that another model made. */
#define HEARTH_GEMINI_NO_SIGNATURE "skip_thought_signature_validator"

/* hearth-gemini-contents.c: [{role: user|model, parts}]; NULL with HEARTH_MODEL_ERROR_INVALID */
HearthValue *_hearth_gemini_dup_contents   (const HearthModelRequest *request,
                                            GError                  **error);

/* hearth-gemini-write.c */
gboolean     _hearth_gemini_write          (const HearthChannel      *channel,
                                            const HearthModelRequest *request,
                                            HearthProviderMessage    *message,
                                            GError                  **error);
HearthValue *_hearth_gemini_write_less     (HearthValue              *body,
                                            const GError             *error);
/* The address of one of a model's methods: ":generateContent". */
gboolean     _hearth_gemini_model_address  (const HearthChannel      *channel,
                                            const char               *model,
                                            const char               *method,
                                            const char               *query,
                                            HearthProviderMessage    *message,
                                            GError                  **error);
/* "models/gemini-…", as the service names its models. */
char        *_hearth_gemini_dup_model_path (const char               *model);

/* hearth-gemini-read.c */
gboolean     _hearth_gemini_read_event     (HearthAnswer             *answer,
                                            const char               *name,
                                            HearthValue              *data,
                                            GError                  **error);
gboolean     _hearth_gemini_read_answer    (HearthAnswer             *answer,
                                            HearthValue              *body,
                                            GError                  **error);
GError      *_hearth_gemini_read_error     (guint                     status,
                                            HearthValue              *headers,
                                            HearthValue              *body,
                                            const char               *text);

G_END_DECLS
