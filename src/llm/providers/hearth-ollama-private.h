/* hearth-ollama-private.h: the parts of the provider for Ollama
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-provider.h"

G_BEGIN_DECLS

/* hearth-ollama-request.c */
gboolean _hearth_ollama_address       (const HearthChannel      *channel,
                                       const char               *method,
                                       const char               *path,
                                       HearthProviderMessage    *message,
                                       GError                  **error);
gboolean _hearth_ollama_write_request (const HearthChannel      *channel,
                                       const HearthModelRequest *request,
                                       HearthProviderMessage    *message,
                                       GError                  **error);

/* hearth-ollama-messages.c: messages as Ollama wants them; NULL with @error */
HearthValue *_hearth_ollama_make_messages (HearthValue          *messages,
                                           GError              **error);

G_END_DECLS
