/* hearth-anthropic-private.h: the parts of the Anthropic provider
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-provider.h"

G_BEGIN_DECLS

#define HEARTH_ANTHROPIC_ID "anthropic"

/* Models that know no output format answer with a call of this tool, which readers take for text. */
#define HEARTH_ANTHROPIC_ANSWER_TOOL "structured_answer"

/* hearth-anthropic-messages.c: [{role: user|assistant, content: [blocks]}]; NULL with HEARTH_MODEL_ERROR_INVALID */
HearthValue *_hearth_anthropic_dup_messages (HearthValue              *messages,
                                             GError                  **error);

/* hearth-anthropic-write.c */
gboolean     _hearth_anthropic_write        (const HearthChannel      *channel,
                                             const HearthModelRequest *request,
                                             HearthProviderMessage    *message,
                                             GError                  **error);
HearthValue *_hearth_anthropic_write_less   (HearthValue              *body,
                                             const GError             *error);
/* With which version, and where the key goes. */
void         _hearth_anthropic_sign         (HearthProviderMessage    *message,
                                             gboolean                  takes_key);

/* hearth-anthropic-schema.c: a JSON schema with only what the service knows; what it does not is told in the description */
HearthValue *_hearth_anthropic_dup_schema   (HearthValue              *schema);

/* hearth-anthropic-read.c */
gboolean     _hearth_anthropic_read_event   (HearthAnswer             *answer,
                                             const char               *name,
                                             HearthValue              *data,
                                             GError                  **error);
gboolean     _hearth_anthropic_read_answer  (HearthAnswer             *answer,
                                             HearthValue              *body,
                                             GError                  **error);
GError      *_hearth_anthropic_read_error   (guint                     status,
                                             HearthValue              *headers,
                                             HearthValue              *body,
                                             const char               *text);

G_END_DECLS
