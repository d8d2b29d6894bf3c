/* hearth-command.h: a command as a person reads it before allowing it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* Adds one word as a shell would want it typed, with a blank in front unless it is the first. What cannot be seen on
 * a screen does not hide: it stands as "\u{202E}". */
void  hearth_command_append_word (GString     *line,
                                  const char  *word);
/* All texts of the list @words (anything else is no word) in one line. New string. */
char *hearth_command_to_line     (HearthValue *words);

G_END_DECLS
