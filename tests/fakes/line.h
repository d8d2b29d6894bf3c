/* line.h: a connection of the server's and the other end of its line, without a server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-connection.h"

G_BEGIN_DECLS

typedef struct
{
  GSocketConnection *base;
  HearthConnection *connection; /* may be let go of */
  GSocket *peer;
  gboolean is_gone; /* it is finalized */
} Line;

/* The kernel takes little at a time. */
void line_open  (Line *self);
void line_clear (Line *self);
/* The main loop, as long as there is something to do. */
void line_turn  (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

G_END_DECLS
