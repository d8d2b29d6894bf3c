/* hearth-commands.h: what a client may say over its WebSocket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-hub.h"

G_BEGIN_DECLS

/* Does what @frame asks for; what cannot be done is answered by an error message. */
void hearth_commands_run    (HearthHub    *hub,
                             HearthClient *client,
                             HearthValue  *frame);
/* An error message without promptId: with one it would end a run (websocket.md 2). */
void hearth_commands_refuse (HearthClient *client,
                             const char   *message);

G_END_DECLS
