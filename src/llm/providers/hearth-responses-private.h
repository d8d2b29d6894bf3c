/* hearth-responses-private.h: the parts of the provider for OpenAI's Responses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-provider.h"

G_BEGIN_DECLS

#define HEARTH_RESPONSES_ID "openai-responses"

/* hearth-responses-input.c: the items of a conversation, without the system's messages before its begin; NULL with
 * HEARTH_MODEL_ERROR_INVALID */
HearthValue *_hearth_responses_dup_input        (HearthValue              *messages,
                                                 GError                  **error);
/* The texts of those messages; NULL: none. */
char        *_hearth_responses_dup_instructions (HearthValue              *messages);

/* hearth-responses-write.c */
gboolean     _hearth_responses_write            (const HearthChannel      *channel,
                                                 const HearthModelRequest *request,
                                                 HearthProviderMessage    *message,
                                                 GError                  **error);
HearthValue *_hearth_responses_write_less       (HearthValue              *body,
                                                 const GError             *error);

/* hearth-responses-read.c */
gboolean     _hearth_responses_read_event       (HearthAnswer             *answer,
                                                 const char               *name,
                                                 HearthValue              *data,
                                                 GError                  **error);
gboolean     _hearth_responses_read_answer      (HearthAnswer             *answer,
                                                 HearthValue              *body,
                                                 GError                  **error);

G_END_DECLS
