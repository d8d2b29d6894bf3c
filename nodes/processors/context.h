/* context.h: what the messages of a conversation are put together from (docs/nodes/context-builder.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-step.h"
#include "macros.h"
#include "world-book.h"

G_BEGIN_DECLS

/**
 * Context:
 * @card: where the card has its fields: `data` of versions 2 and 3, else the card itself; or NULL
 * @is_plain: the card is of no version: its `system_prompt` stands for all of it
 * @history: an array of messages, or NULL
 * @entries: of WorldEntry; @world: those that are called up, in the order of a prompt
 */
typedef struct
{
  HearthStep   *step;
  HearthValue  *whole_card;
  HearthValue  *card;
  gboolean      is_plain;
  HearthValue  *book;
  HearthValue  *history;
  HearthValue  *preset;
  HearthMacros *macros;
  GPtrArray    *entries;
  GPtrArray    *world;
} Context;

/* Takes the values, each may be NULL, and looks for what is called up. FALSE only when the step is cancelled. */
gboolean     context_init       (Context       *self,
                                 HearthStep    *step,
                                 HearthValue   *card,
                                 HearthValue   *book,
                                 HearthValue   *history,
                                 HearthValue   *preset);
void         context_clear      (Context       *self);
/* A text of the card, "" when it has none. */
const char  *context_get_field  (const Context *self,
                                 const char    *key);
/* A text of the preset, @fallback when it has none. */
const char  *context_get_preset (const Context *self,
                                 const char    *key,
                                 const char    *fallback);
/* Texts of the world books at that place, one line each; new string, "" for none. */
char        *context_join_world (const Context *self,
                                 WorldPosition  position);
/* What a message says: its content, or the texts among its parts. New string. */
char        *context_read_message (HearthValue *message);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Context, context_clear)

/* --- context-prompts.c: the order of a prompt ------------------------------------------------------------- */

/* One part of the prompt. */
typedef struct
{
  const char  *id;
  HearthValue *value;  /* of the preset's `prompts`; NULL in our own order */
} ContextPrompt;

/* The parts in order (of ContextPrompt): as the preset arranges them, or as we do. */
GArray      *context_list_prompts (const Context *self);
/* Does the preset arrange the messages? */
gboolean     context_is_arranged  (const Context *self);
/* What a part of the prompt says; new string, NULL for nothing. */
char        *context_make_text    (Context             *self,
                                   const ContextPrompt *prompt);

/* --- context-chat.c: the history, and what is put into it -------------------------------------------------- */

/* The messages of the conversation with everything that stands at a depth, oldest first (of HearthValue). */
GPtrArray   *context_make_chat    (Context      *self,
                                   const GArray *prompts);
/* Is it put into the history rather than into the order of the parts? */
gboolean     context_is_in_chat   (const ContextPrompt *prompt);

G_END_DECLS
