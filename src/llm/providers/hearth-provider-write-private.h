/* hearth-provider-write-private.h: what providers have in common when they write a request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-provider.h"

G_BEGIN_DECLS

/* --- parameters ---------------------------------------------------------------------------- */

/* @to NULL: the service has nothing like it, and a request is understood without it. */
typedef struct
{
  const char *from;
  const char *to;
} HearthParamName;

/* @params under the provider's names: those in @names (ends with a NULL from) are renamed, the others keep theirs. What
 * is null is not sent, so that a parameter of a node can be taken away. "model", "messages" and "stream" are the caller's. */
HearthValue *_hearth_params_rename     (HearthValue           *params,
                                        const HearthParamName *names);
/* "stop" as a list, whether it is a text or a list; NULL for neither. */
HearthValue *_hearth_params_stop_list  (HearthValue           *stop);
/* The value without @key, which may be no object. Takes @object. */
HearthValue *_hearth_value_without     (HearthValue           *object,
                                        const char            *key);

/* Whether it names a model and has a list of messages; FALSE with HEARTH_MODEL_ERROR_INVALID. */
gboolean     _hearth_provider_check     (const HearthModelRequest *request,
                                        GError                  **error);

/* --- messages -------------------------------------------------------------------------------- */

/* A call of a tool in an assistant's message, in OpenAI's form and in ours (HearthAnswer). */
typedef struct
{
  const char *id;
  const char *name;
  HearthValue *arguments; /* an object */
} HearthMessageCall;

void         _hearth_message_call_clear (HearthMessageCall    *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthMessageCall, _hearth_message_call_clear)

void         _hearth_message_call_read (HearthMessageCall     *self,
                                        HearthValue           *value);
/* The name of the tool that call @id was of, said before message @before; NULL: nobody called. */
char        *_hearth_messages_dup_tool (HearthValue           *messages,
                                        gsize                  before,
                                        const char            *id);
/* "system" or "developer" */
gboolean     _hearth_message_is_system (HearthValue           *message);
/* The texts of all of them, an empty line between two; NULL: none. */
char        *_hearth_messages_dup_system (HearthValue         *messages);
/* What an assistant's message keeps of @provider's own form (hearth_answer_set_native ()); NULL: nothing. Borrowed. */
HearthValue *_hearth_message_get_native (HearthValue          *message,
                                         const char           *provider);

/* @body with its list @key made anew of what @func gives for each element: another, the same, or NULL: none. NULL when
 * nothing has changed. @func: gives a new reference */
typedef HearthValue *(*HearthElementFunc) (HearthValue *element);
HearthValue *_hearth_body_change_list  (HearthValue           *body,
                                        const char            *key,
                                        HearthElementFunc      func);

/* --- addresses ----------------------------------------------------------------------------------- */

/* The channel's base URL; NULL with HEARTH_MODEL_ERROR_INVALID when it is no address of the web. */
GUri        *_hearth_provider_parse_base (const HearthChannel  *channel,
                                        GError               **error);
/* Without slashes at its end. */
char        *_hearth_provider_dup_base_path (GUri              *base);
/* The base URL with @path behind it. @query, or one that @path brings with it, replaces the base's own; NULL: that stays. */
gboolean     _hearth_provider_address   (const HearthChannel   *channel,
                                        const char            *method,
                                        const char            *path,
                                        const char            *query,
                                        HearthProviderMessage *message,
                                        GError               **error);
/* Where the models are listed: at @path, or where the channel says, which may be a path or a whole address. FALSE for
 * @takes_key: that address is somebody else's, who does not get the key. */
gboolean     _hearth_provider_models_address (const HearthChannel *channel,
                                        const char            *path,
                                        const char            *query,
                                        HearthProviderMessage *message,
                                        gboolean              *takes_key,
                                        GError               **error);

G_END_DECLS
