/* hearth-provider.h: how a kind of model service is spoken to; one constant for each, in a file of its own
 *
 * A provider holds no state and does no input or output: it writes a request and reads what comes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-line-reader.h"

#include "hearth-answer.h"
#include "hearth-channel.h"
#include "hearth-model-error.h"
#include "hearth-model-request.h"

G_BEGIN_DECLS

/**
 * HearthProviderPreset:
 * @id: "openrouter"
 * @name: "OpenRouter"; a name, not translated
 * @base_url: "https://openrouter.ai/api/v1"
 * @local: on this machine, no key
 *
 * A known service that speaks a provider's language.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *base_url;
  gboolean    local;
} HearthProviderPreset;

/**
 * HearthProviderMessage:
 * @method: "POST"; static
 * @uri: the whole address
 * @headers: an object of strings, or NULL; the channel's custom headers are added by the caller
 * @body: or NULL
 * @secret_header: static; NULL: no key is sent
 * @secret_prefix: static, or NULL
 *
 * What a provider wants sent; it starts as {0} and owns what is not static.
 */
typedef struct
{
  const char  *method;
  char        *uri;
  HearthValue *headers;
  HearthValue *body;
  const char  *secret_header;
  const char  *secret_prefix;
} HearthProviderMessage;

void hearth_provider_message_clear (HearthProviderMessage *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthProviderMessage, hearth_provider_message_clear)

/**
 * HearthLocalProvider:
 *
 * A provider without a network. Main thread; nothing here takes long.
 */
typedef struct _HearthLocalProvider
{
  /* The state of one answer; NULL with HEARTH_MODEL_ERROR. @request: to be copied if it is kept. */
  gpointer     (*begin)       (const HearthModelRequest *request,
                               GError                  **error);
  /* Adds the next piece; @wait_ms: how long until the one after it. FALSE: that was the last; it said
   * hearth_answer_set_done (), or it has failed with @error. */
  gboolean     (*next)        (gpointer                  state,
                               HearthAnswer             *answer,
                               guint                    *wait_ms,
                               GError                  **error);
  void         (*end)         (gpointer                  state);
  /* As read_models and read_embed give them. */
  HearthValue *(*list_models) (void);
  HearthValue *(*embed)       (HearthValue              *texts,
                               HearthUsage              *usage,
                               GError                  **error);
} HearthLocalProvider;

/**
 * HearthProvider:
 * @id: "openai": adapterType on the wire
 * @name: "OpenAI": as the wire has it (nodes.md 5.3)
 * @presets: ends with a NULL id
 * @needs_key: unless a preset is local
 * @framing: of a streamed answer
 * @local: for a provider without a network, and then the only function; NULL for all others
 */
struct _HearthProvider
{
  const char                 *id;
  const char                 *name;
  const HearthProviderPreset *presets;
  gboolean                    needs_key;
  HearthFraming               framing;

  gboolean     (*write_request) (const HearthChannel      *channel,
                                 const HearthModelRequest *request,
                                 HearthProviderMessage    *message,
                                 GError                  **error);
  /* Some services refuse what others need. @error: how the service refused @body; the answer is a body without what it
   * objects to, or NULL when it objects to something else. NULL here: none is known. */
  HearthValue *(*write_less)    (HearthValue              *body,
                                 const GError             *error);

  /* One event of a stream, any kind of value. FALSE with HEARTH_MODEL_ERROR: the call has failed. */
  gboolean     (*read_event)    (HearthAnswer             *answer,
                                 const char               *name,
                                 HearthValue              *data,
                                 GError                  **error);
  /* An event that is no JSON ("[DONE]"). NULL: such events are passed over. */
  gboolean     (*read_text)     (HearthAnswer             *answer,
                                 const char               *name,
                                 const char               *data,
                                 GError                  **error);
  /* A whole answer, any kind of value. */
  gboolean     (*read_answer)   (HearthAnswer             *answer,
                                 HearthValue              *body,
                                 GError                  **error);
  /* The body of a refusal: @status from 400. A new error, never NULL. @body NULL: no JSON; @text is what came. */
  GError      *(*read_error)    (guint                     status,
                                 HearthValue              *headers,
                                 HearthValue              *body,
                                 const char               *text);

  /* NULL: the service does not tell. */
  gboolean     (*write_models)  (const HearthChannel      *channel,
                                 HearthProviderMessage    *message,
                                 GError                  **error);
  /* [{id, name?, description?, capabilities? (texts), contextLength?}] */
  HearthValue *(*read_models)   (HearthValue              *body,
                                 GError                  **error);

  /* NULL: the service has no embeddings. @texts: an array of strings. Answer: an array of arrays of numbers, one for
   * each text (the caller counts them). */
  gboolean     (*write_embed)   (const HearthChannel      *channel,
                                 const char               *model,
                                 HearthValue              *texts,
                                 HearthProviderMessage    *message,
                                 GError                  **error);
  HearthValue *(*read_embed)    (HearthValue              *body,
                                 HearthUsage              *usage,
                                 GError                  **error);

  const HearthLocalProvider *local;
};

/* In the order in which they are offered; the first is the default. */
const HearthProvider *const *hearth_providers_get         (gsize                *n);
/* By its id; NULL and "": the default. NULL: there is no such. */
const HearthProvider        *hearth_providers_lookup      (const char           *id);
/* NULL: it has no such. @id: or NULL. */
const HearthProviderPreset  *hearth_provider_find_preset  (const HearthProvider *self,
                                                           const char           *id);

G_END_DECLS
