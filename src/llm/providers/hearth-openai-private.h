/* hearth-openai-private.h: the parts of the provider for OpenAI's chat completions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-provider.h"

G_BEGIN_DECLS

/* Services that want something of their own; known by the channel's preset or, without one, by the host. */
typedef enum
{
  HEARTH_OPENAI_ANY,
  HEARTH_OPENAI_ITSELF,
  HEARTH_OPENAI_AZURE,
  HEARTH_OPENAI_DEEPSEEK,
  HEARTH_OPENAI_MISTRAL,
  HEARTH_OPENAI_OPENROUTER,
} HearthOpenaiService;

/* hearth-openai-address.c */
HearthOpenaiService _hearth_openai_get_service   (const HearthChannel      *channel);
/* Fills method, address and how the key is sent. @path: "/chat/completions"; @model: for Azure's deployments, or NULL. */
gboolean            _hearth_openai_address       (const HearthChannel      *channel,
                                                  const char               *method,
                                                  const char               *path,
                                                  const char               *model,
                                                  HearthProviderMessage    *message,
                                                  GError                  **error);
/* Where the models are listed, which may be a path or an address of the channel's own. */
gboolean            _hearth_openai_models_address (const HearthChannel     *channel,
                                                  HearthProviderMessage    *message,
                                                  GError                  **error);

/* hearth-openai-request.c */
gboolean            _hearth_openai_write_request (const HearthChannel      *channel,
                                                  const HearthModelRequest *request,
                                                  HearthProviderMessage    *message,
                                                  GError                  **error);
HearthValue        *_hearth_openai_write_less    (HearthValue              *body,
                                                  const GError             *error);

/* hearth-openai-answer.c */
gboolean            _hearth_openai_read_event    (HearthAnswer             *answer,
                                                  const char               *name,
                                                  HearthValue              *data,
                                                  GError                  **error);
gboolean            _hearth_openai_read_text     (HearthAnswer             *answer,
                                                  const char               *name,
                                                  const char               *data,
                                                  GError                  **error);
gboolean            _hearth_openai_read_answer   (HearthAnswer             *answer,
                                                  HearthValue              *body,
                                                  GError                  **error);
/* What an answer's "usage" tells; @usage: an object, or NULL. */
void                _hearth_openai_read_usage    (HearthValue              *told,
                                                  HearthUsage              *usage);

/* hearth-openai-turn.c */
/* What of a piece or a message must come back unchanged is kept; at the end of a turn that calls tools it becomes part of
 * the answer's message. */
void                _hearth_openai_turn_read     (HearthAnswer             *answer,
                                                  HearthValue              *message);
void                _hearth_openai_turn_end      (HearthAnswer             *answer);
/* The messages as the channel's service wants them. */
HearthValue        *_hearth_openai_turn_write    (const HearthChannel      *channel,
                                                  HearthValue              *messages);

/* hearth-openai-lists.c */
HearthValue        *_hearth_openai_read_models   (HearthValue              *body,
                                                  GError                  **error);
gboolean            _hearth_openai_write_embed   (const HearthChannel      *channel,
                                                  const char               *model,
                                                  HearthValue              *texts,
                                                  HearthProviderMessage    *message,
                                                  GError                  **error);
HearthValue        *_hearth_openai_read_embed    (HearthValue              *body,
                                                  HearthUsage              *usage,
                                                  GError                  **error);

G_END_DECLS
