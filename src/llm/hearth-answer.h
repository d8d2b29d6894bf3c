/* hearth-answer.h: what a model answers, as it grows
 *
 * A provider's reader fills it; whoever asked hears each piece. Stop reasons and usage are told in one vocabulary.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

typedef struct _HearthAnswer HearthAnswer;

typedef enum
{
  HEARTH_DELTA_TEXT,
  HEARTH_DELTA_REASONING,
  HEARTH_DELTA_TOOL_CALL,
  HEARTH_DELTA_USAGE,
} HearthDeltaKind;

/**
 * HearthDelta:
 * @text: the piece; of a tool call a piece of its arguments' JSON text, maybe ""; NULL for usage
 * @index: which tool call, from 0, in the order in which they came
 * @id: of the tool call, with its first piece; NULL when not told (yet)
 * @name: likewise
 */
typedef struct
{
  HearthDeltaKind kind;
  const char     *text;
  guint           index;
  const char     *id;
  const char     *name;
} HearthDelta;

typedef void (*HearthDeltaFunc) (HearthAnswer      *answer,
                                 const HearthDelta *delta,
                                 gpointer           user_data);

/* Tokens; -1: the provider did not tell. prompt includes cached and cache_written; completion includes reasoning. */
typedef struct
{
  gint64 prompt;
  gint64 completion;
  gint64 cached;
  gint64 cache_written;
  gint64 reasoning;
} HearthUsage;

#define HEARTH_USAGE_UNKNOWN { -1, -1, -1, -1, -1 }

/* @func: called from within the functions that add; or NULL */
HearthAnswer      *hearth_answer_new            (HearthDeltaFunc    func,
                                                 gpointer           user_data);
void               hearth_answer_free           (HearthAnswer      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthAnswer, hearth_answer_free)

/* --- for providers -------------------------------------------------------------------------- */

/* NULL and "" add nothing. */
void               hearth_answer_add_text       (HearthAnswer      *self,
                                                 const char        *text);
void               hearth_answer_add_reasoning  (HearthAnswer      *self,
                                                 const char        *text);

/* The provider does not number its tool calls. */
#define HEARTH_ANSWER_NO_INDEX G_MAXUINT

/* @index: the provider's own number for the call, any, or HEARTH_ANSWER_NO_INDEX. @id, @name, @arguments: or NULL when
 * they were told already. A name with another id than the call had is a new call, whatever the index says; so is,
 * without an index, a name without an id. */
void               hearth_answer_add_tool_call  (HearthAnswer      *self,
                                                 guint              index,
                                                 const char        *id,
                                                 const char        *name,
                                                 const char        *arguments);
/* Later ones replace what they tell. */
void               hearth_answer_set_usage      (HearthAnswer      *self,
                                                 const HearthUsage *usage);
/* "stop", "length", "tool_calls", "content_filter", "error", or the provider's own word */
void               hearth_answer_set_finish     (HearthAnswer      *self,
                                                 const char        *reason);
/* Either or NULL. */
void               hearth_answer_set_identity   (HearthAnswer      *self,
                                                 const char        *model,
                                                 const char        *response_id);
/* A whole answer, not streamed. */
void               hearth_answer_set_raw        (HearthAnswer      *self,
                                                 HearthValue       *body);
/* The same turn as a list in @provider's own form, for turns that must come back unchanged because thoughts in them are
 * signed or encrypted; to_message () keeps it. */
void               hearth_answer_set_native     (HearthAnswer      *self,
                                                 const char        *provider,
                                                 HearthValue       *turn);
/* What a provider's reader remembers from one event to the next; freed with the answer. NULL: nothing yet. */
void               hearth_answer_set_reader     (HearthAnswer      *self,
                                                 gpointer           state,
                                                 GDestroyNotify     free_func);
gpointer           hearth_answer_get_reader     (HearthAnswer      *self);
/* The provider said that the answer is complete; a stream that ends without it was cut. */
void               hearth_answer_set_done       (HearthAnswer      *self);

/* --- for who asked; get_ borrows until the next piece -------------------------------------------- */

const char        *hearth_answer_get_text       (HearthAnswer      *self);
const char        *hearth_answer_get_reasoning  (HearthAnswer      *self);
guint              hearth_answer_get_n_tool_calls (HearthAnswer    *self);
/* [{id, name, arguments (object, or text when it is no JSON object)}], []. A call without an id gets "call_<n>". */
HearthValue       *hearth_answer_dup_tool_calls (HearthAnswer      *self);
const HearthUsage *hearth_answer_get_usage      (HearthAnswer      *self);
const char        *hearth_answer_get_finish     (HearthAnswer      *self); /* NULL: not told */
const char        *hearth_answer_get_model      (HearthAnswer      *self); /* NULL: not told */
gboolean           hearth_answer_is_done        (HearthAnswer      *self);

/* --- as values (hearth-answer-value.c) ------------------------------------------------------------ */

/* {prompt_tokens, completion_tokens, total_tokens, prompt_tokens_details?, completion_tokens_details?}; what was not
 * told is absent; NULL when nothing was. */
HearthValue       *hearth_usage_to_value        (const HearthUsage *usage);
HearthValue       *hearth_answer_dup_usage      (HearthAnswer      *self);
/* StandardResponse of nodes.md 4, with "reasoning" and "tool_calls" when there are any. */
HearthValue       *hearth_answer_to_value       (HearthAnswer      *self);
/* {role: "assistant", content, tool_calls?, native?: {provider, turn}}: to be put behind the messages. "native" is sent
 * to nobody but the service that it came from. */
HearthValue       *hearth_answer_to_message     (HearthAnswer      *self);

G_END_DECLS
