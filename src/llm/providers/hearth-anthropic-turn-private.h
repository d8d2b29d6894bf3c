/* hearth-anthropic-turn-private.h: the blocks of Anthropic's turn, as far as they have come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-answer.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_ANTHROPIC_TEXT,
  HEARTH_ANTHROPIC_THINKING,
  HEARTH_ANTHROPIC_TOOL_USE,
  HEARTH_ANTHROPIC_ANSWER, /* a call of HEARTH_ANTHROPIC_ANSWER_TOOL */
  HEARTH_ANTHROPIC_OTHER,  /* of the service's own tools */
} HearthAnthropicBlockKind;

typedef struct
{
  HearthAnthropicBlockKind kind;
  guint index;
  GString *text;      /* what was said, thought, or written as input */
  HearthValue *begun; /* as it began, or NULL */
  HearthValue *input; /* that came with its beginning, or NULL */
  char *signature;    /* or NULL */
} HearthAnthropicBlock;

/* Tokens: -1: not told. */
typedef struct
{
  GPtrArray *blocks; /* of HearthAnthropicBlock, as they came */
  gint64 input;
  gint64 cached;
  gint64 cache_written;
} HearthAnthropicTurn;

/* Made when it is asked for first. */
HearthAnthropicTurn  *_hearth_anthropic_turn_of         (HearthAnswer         *answer);
HearthAnthropicBlock *_hearth_anthropic_turn_begin      (HearthAnthropicTurn  *self,
                                                         guint                 index,
                                                         HearthValue          *told);
/* The latest with this index, or NULL. */
HearthAnthropicBlock *_hearth_anthropic_turn_find       (HearthAnthropicTurn  *self,
                                                         guint                 index);
/* All blocks in the service's form; NULL when none is signed, and then they need not come back as they were. */
HearthValue          *_hearth_anthropic_turn_dup_signed (HearthAnthropicTurn  *self);
/* A piece more of its signature. */
void                  _hearth_anthropic_block_sign      (HearthAnthropicBlock *self,
                                                         const char           *signature);

G_END_DECLS
