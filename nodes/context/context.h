/* context.h: what the messages of a conversation are put together from (docs/nodes/context-builder.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-step.h"
#include "macros.h"
#include "world-scan.h"

G_BEGIN_DECLS

/* The kind of answer that is wanted, as SillyTavern names them; kinds that make no difference are normal. */
#define CONTEXT_CONTINUE    "continue"
#define CONTEXT_IMPERSONATE "impersonate"
#define CONTEXT_QUIET       "quiet"

/**
 * Context:
 * @card: where the card has its fields: `data` of versions 2 and 3, else the card itself; or NULL
 * @is_plain: the card is of no version: its `system_prompt` stands for all of it
 * @history: an array of messages, or NULL
 * @kind: the preset's `generation_type`, or "normal"
 * @members: names of a group, when the preset has `group_members` (an array), or NULL
 * @greeting: what the character says first, when nothing was said yet; or NULL
 * @prompt: what the user says now, or NULL
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
  const char   *kind;
  HearthValue  *members;
  HearthMacros *macros;
  char         *greeting;
  char         *prompt;
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
/* The same with macros filled in; new string, NULL when it is empty. */
char        *context_expand_preset (const Context *self,
                                 const char    *key);
gboolean     context_is_kind    (const Context *self,
                                 const char    *kind);
/* What a message says: its content, or the texts among its parts. New string. */
char        *context_read_message (HearthValue *message);
/* Who says it; new string, NULL when nobody knows. */
char        *context_dup_speaker (const Context *self,
                                 HearthValue   *message);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Context, context_clear)

/* --- context-macros.c: what the macros stand for ---------------------------------------------------------- */

/* Once at the beginning, and once more when the world books have been looked through. */
void         context_set_macros       (Context *self);
void         context_set_world_macros (Context *self);

/* --- context-world.c: what the world books say ------------------------------------------------------------ */

/* FALSE only when the step is cancelled. */
gboolean     context_scan_world (Context       *self);
/* Texts of the world books at that place, one line each; new string, "" for none. */
char        *context_join_world (const Context *self,
                                 WorldPosition  position);
/* Does an entry want the preset to be silent at @prompt? */
gboolean     context_world_disables (const Context *self,
                                 const char    *prompt);

/* --- context-greeting.c: how a conversation begins ------------------------------------------------------- */

/* What the character says first, new string, NULL for nothing: of `first_mes`, the alternate greetings and, in a
 * group, those for groups, the one the preset names by its number. */
char        *context_make_greeting  (const Context *self);
/* The number of the greeting the conversation has begun with; -1 when it is none of the card's. */
gint64       context_find_greeting  (const Context *self);

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

/* --- context-chat.c, context-injections.c: the history, and what is put into it ----------------------------- */

/* The messages of the conversation with everything that stands at a depth, oldest first (of HearthValue). @continued
 * is set to the one that goes on, when the preset wants that at the very end, and is none of them then. */
GPtrArray   *context_make_chat    (Context      *self,
                                   const GArray *prompts,
                                   HearthValue **continued);
/* Is it put into the history rather than into the order of the parts? */
gboolean     context_is_in_chat   (const ContextPrompt *prompt);
/* Puts what stands at a depth between the messages of @history; new array (of HearthValue). */
GPtrArray   *context_inject       (Context      *self,
                                   const GArray *prompts,
                                   GPtrArray    *history);

/* --- context-assembly.c: all of it --------------------------------------------------------------------------- */

/* The messages, an array. */
HearthValue *context_assemble     (Context      *self);

G_END_DECLS
