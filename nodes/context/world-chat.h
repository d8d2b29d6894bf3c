/* world-chat.h: a conversation as world books look at it (docs/nodes/world-books.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-step.h"

G_BEGIN_DECLS

/* Texts that are looked through besides the messages, by entries that want it. */
typedef enum
{
  WORLD_SEES_PERSONA      = 1 << 0,
  WORLD_SEES_DESCRIPTION  = 1 << 1,
  WORLD_SEES_PERSONALITY  = 1 << 2,
  WORLD_SEES_DEPTH_PROMPT = 1 << 3,
  WORLD_SEES_SCENARIO     = 1 << 4,
  WORLD_SEES_NOTES        = 1 << 5,
} WorldSight;
#define WORLD_N_SIGHTS 6

typedef struct
{
  char     *raw;
  char     *folded;     /* in small letters */
  gboolean  is_answer;  /* of the assistant */
  guint64   seed;       /* of this message and all before it: what chance is drawn by after it */
} WorldText;

typedef struct
{
  GArray    *messages;                /* of WorldText, oldest first */
  WorldText  sights[WORLD_N_SIGHTS];  /* by the bits of WorldSight; empty ones are NULL */
} WorldChat;

WorldChat *world_chat_new       (void);
void       world_chat_free      (WorldChat  *self);
/* Takes @text. */
void       world_chat_add       (WorldChat  *self,
                                 char       *text,
                                 gboolean    is_answer);
/* Takes @text. */
void       world_chat_set_sight (WorldChat  *self,
                                 WorldSight  sight,
                                 char       *text);
/* What chance is drawn by when there are the first @length messages. */
guint64    world_chat_get_seed  (WorldChat  *self,
                                 guint       length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WorldChat, world_chat_free)

/**
 * WorldView:
 * @first, @end: messages that are looked through: @first is one, @end is behind them
 * @recursed: what was called up so far, or NULL
 * @joined: all of it in one text, newest first; made when it is wanted
 *
 * What one entry sees.
 */
typedef struct
{
  WorldChat   *chat;
  HearthStep  *step;
  guint        first;
  guint        end;
  WorldSight   sights;
  WorldText   *recursed;
  GString     *joined;
} WorldView;

const char *world_view_get_joined (WorldView *self);
void        world_view_clear      (WorldView *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WorldView, world_view_clear)

G_END_DECLS
