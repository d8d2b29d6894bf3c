/* hearth-goodbye.h: the last word to who sends no request that can be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An answer with @status, 400, 414 or 431, and the end of what is sent. libsoup would be content to hang up. */
void _hearth_goodbye_say (GSocket *socket,
                          guint    status);

G_END_DECLS
