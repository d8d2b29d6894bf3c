/* hearth-gemini-turn-private.h: the parts of Gemini's turn, as far as they have come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-answer.h"

G_BEGIN_DECLS

typedef struct _HearthGeminiTurn HearthGeminiTurn;

/* Made when it is asked for first. */
HearthGeminiTurn *_hearth_gemini_turn_of         (HearthAnswer     *answer);
void              _hearth_gemini_turn_add        (HearthGeminiTurn *self,
                                                  HearthValue      *part);
/* All parts that must come back; NULL when none is signed, and then they need not come back as they were. */
HearthValue      *_hearth_gemini_turn_dup_signed (HearthGeminiTurn *self);

G_END_DECLS
